"""How much a week holds: its days, the minutes and size of a session, and its walks."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from coach.model.plan import Plan, Walk
from coach.programs.allowed import Context, anything, why_not
from coach.programs.days import spread
from coach.programs.dose import scale
from coach.programs.library import Library
from coach.programs.orders import Orders, level_within, often
from coach.programs.phases import Phase, Template
from coach.programs.prescription import with_dose, within_phase


def sessions_of(
    plan: Plan, number: int, starts: date, template: Template, library: Library
) -> tuple[int, ...]:
    """Return the days of a week that have a session, counted from its first day."""
    phase = template.phase(number)
    count = min(plan.sessions_per_week, phase.sessions[1], plan.bounds.max_sessions)
    if plan.minimum:
        count = min(count, int(library.building.number("minimum_sessions")))
    days = spread(count, starts, plan.preferences.days)
    least = library.building.number("habit_plan_sessions")
    return days if len(days) >= least and minutes_of(plan, phase, library) > 0 else ()


def minutes_of(plan: Plan, phase: Phase, library: Library, starts: date | None = None) -> int:
    """Return the minutes a session may take; 0 where sessions are too short and habits take over.

    ``starts`` is the first day of the week, where a rule of a plan file may shorten its sessions.
    """
    building = library.building
    limit = _asked_minutes(plan, library)
    if limit < building.number("habit_plan_minutes"):
        return 0
    limit = min(limit, phase.minutes[1])
    shares = [e.share for e in plan.easings if starts is not None and not e.exercises and starts <= e.until]
    if not shares:
        return limit
    return min(limit, max(int(building.number("habit_plan_minutes")), int(limit * min(shares))))


def _asked_minutes(plan: Plan, library: Library) -> int:
    """Minutes of a session as the person, the file and the small plan ask for, before any phase."""
    asked = plan.preferences.session_minutes
    if plan.bounds.max_session_minutes is not None:
        asked = min(asked, plan.bounds.max_session_minutes)
    return min(asked, int(library.building.number("minimum_minutes"))) if plan.minimum else asked


def size_of(plan: Plan, library: Library) -> int:
    """Return how many exercises a session has at most."""
    building = library.building
    size = _asked_minutes(plan, library) // building.number("minutes_per_exercise")
    return int(max(building.number("exercises_least"), min(size, building.number("exercises_most"))))


def walk_of(
    plan: Plan, phase: Phase, library: Library, context: Context, orders: Orders | None = None
) -> Walk | None:
    """Return the walks of a week within the stated walking minutes, or null when there is no time."""
    if plan.walk is None or plan.walk.deferred:
        return None
    building = library.building
    exercise = library.exercises[plan.walk.exercise]
    if why_not(exercise, anything(context)) is not None:
        return None
    time = plan.preferences.walk_minutes
    dose, often_most = plan.walk.dose, exercise.frequency[1]
    if orders is not None:
        line = orders.dose(exercise.id, context.week)
        dose, often_most = level_within(dose, line), often(exercise, line).frequency[1]
        shares = [e.share for e in plan.easings if exercise.id in e.exercises]
        dose = (scale(dose, min(shares)) if shares else None) or dose
    one = dose.minutes if dose.minutes is not None else (dose.rounds or 1) * 2.0
    shortest, least = building.number("walk_shortest"), int(building.number("walks"))
    if one * least > time and dose.minutes is not None:
        one = max(float(time // least), min(one, shortest))
        dose = replace(dose, minutes=one)
    times = int(min(phase.walks, often_most, time // one))
    if times < 1:
        return None
    given = with_dose(plan.walk.prescription, within_phase(dose, exercise, phase))
    return Walk(prescription=given, times=times, minutes=one)
