"""The week that binds next."""

from __future__ import annotations

from msgspec.structs import replace

from coach.model.plan import Plan, Week
from coach.programs.library import Library
from coach.programs.phases import Template
from coach.programs.week import build_week


def coming_week(plan: Plan, after: Plan, template: Template, library: Library, *, deload: bool) -> Week:
    """The week that binds next, with at most one session more than the last, and none more when doses rise."""
    before = len(plan.week.sessions)
    rises = {each.exercise: each.dose for each in plan.standing}
    rising = any(
        each.exercise not in rises or each.dose.size > rises[each.exercise].size for each in after.standing
    )
    ceiling = before + (0 if rising else 1) if before else after.sessions_per_week
    limited = replace(after, sessions_per_week=min(after.sessions_per_week, ceiling))
    return build_week(limited, after.week.number, after.week.starts, template, library, deload=deload)
