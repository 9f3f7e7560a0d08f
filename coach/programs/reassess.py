"""A new assessment in a running plan: what was earned stays, what is no longer allowed goes."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from coach.model.assessment import Profile
from coach.model.exercise import Number, Reason
from coach.model.plan import Plan, Preferences, Standing
from coach.programs.allowed import Context, why_not
from coach.programs.gates import from_tests
from coach.programs.habits_review import kept_habits
from coach.programs.library import Library
from coach.programs.phases import Template
from coach.programs.prescribe import prescribe
from coach.programs.week import build_week

RENEWED = (
    "profile", "primary", "secondary", "headline", "tier", "level", "tags", "qualifiers", "weaker",
    "eased", "lifted", "flare_kit", "lessons", "goals", "activity", "preferences",
    "sessions_per_week", "bounds", "library",
)  # fmt: skip
"""What a running plan takes over as a fresh one has it; levels, habits and history it keeps."""


def renewed(plan: Plan, fresh: Plan) -> Plan:
    """The next version of a running plan, made for the profile and the wishes of a fresh one."""
    version = plan.version + 1
    return replace(
        plan, id=f"v{version}", version=version, **{name: getattr(fresh, name) for name in RENEWED}
    )


def reassess(
    plan: Plan,
    profile: Profile,
    preferences: Preferences,
    template: Template,
    library: Library,
    *,
    today: date,
) -> Plan:
    """Make the next version of a plan from a new profile or new wishes.

    The standing level of every ladder that stays is kept where its exercise is still allowed;
    ladders that are new, or whose exercise is now barred, start as a new plan would start them.
    Raises as `prescribe`.
    """
    fresh = prescribe(profile, preferences, template, library, start=plan.start)
    number = plan.week.number
    gates = from_tests(profile, library, plan.gates)
    context = Context.of(replace(fresh, gates=gates), number)
    level = {each.ladder: each for each in plan.standing}
    kept = tuple(_kept(level.get(each.ladder), each, library, context) for each in fresh.standing)
    walk = _kept(plan.walk, fresh.walk, library, context) if plan.walk and fresh.walk else fresh.walk
    made = replace(
        renewed(plan, fresh),
        made=today,
        standing=kept,
        walk=walk,
        gates=gates,
        left_out=fresh.left_out,
        notes=fresh.notes,
        week=replace(plan.week, habits=kept_habits(plan, fresh)),
        reason=_reason(plan, fresh),
    )
    week = build_week(made, number, plan.week.starts, template, library, deload=plan.week.deload)
    return replace(made, week=week)


def _kept(old: Standing | None, new: Standing, library: Library, context: Context) -> Standing:
    """The level that was earned, if its exercise may still be done; one that never began starts anew."""
    if old is None or not old.rung or not (old.started or old.levels):
        return new
    exercise = library.exercises[old.exercise]
    return old if why_not(exercise, context) is None else new


def _reason(old: Plan, new: Plan) -> Reason:
    return Reason(
        rule="reassessment",
        text="Made from a new assessment. The levels you reached are kept where they still fit.",
        numbers=(
            Number(
                name="starting profile", value=f"{old.primary} -> {new.primary}", source="clinical.md 4.2"
            ),
            Number(name="safety level", value=f"{old.level} -> {new.level}", source="clinical.md 1.1"),
        ),
        otherwise="Without a new assessment the plan goes on week by week.",
    )
