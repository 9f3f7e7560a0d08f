"""The week that binds next."""

from __future__ import annotations

from msgspec.structs import replace

from coach.model.plan import Plan, Week
from coach.programs.library import Library
from coach.programs.phases import Template
from coach.programs.week import build_week
from coach.programs.weeklimits import sessions_of


def coming_week(plan: Plan, after: Plan, template: Template, library: Library, *, deload: bool) -> Week:
    """The week that binds next: at most one session more than the last (``progression.md`` 10)."""
    before = len(plan.week.sessions)
    most = min(after.sessions_per_week, before + 1) if before else after.sessions_per_week
    limited = replace(after, sessions_per_week=most)
    return build_week(limited, after.week.number, after.week.starts, template, library, deload=deload)


def more_sessions(plan: Plan, after: Plan, template: Template, library: Library) -> bool:
    """Whether the coming week has more sessions than the last; then no dose rises (``progression.md`` 11)."""
    before = len(plan.week.sessions)
    phase = template.phase(after.week.number)
    if not before or before >= min(after.sessions_per_week, phase.sessions[1], after.bounds.max_sessions):
        return False
    return len(sessions_of(after, after.week.number, after.week.starts, template, library)) > before
