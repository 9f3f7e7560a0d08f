"""What may be used in a week, at which dose, and what lies over it: easier rungs, deloads, easier days."""

from __future__ import annotations

from datetime import date, timedelta
from math import floor

from msgspec.structs import replace

from coach.model.exercise import Dose, Exercise
from coach.model.plan import Plan
from coach.programs.allowed import Context, anything, why_not
from coach.programs.builder import Board, Option
from coach.programs.dose import scale
from coach.programs.fit import Entry
from coach.programs.library import Library
from coach.programs.orders import Orders, eased_sets, often, shown_within
from coach.programs.phases import Phase
from coach.programs.prescription import fits, start_dose, within_phase
from coach.programs.rungs import lower_rungs

_LOWER = "An easier step of this ladder for now; your own level comes back when it may be used."


def options(
    plan: Plan,
    phase: Phase,
    library: Library,
    context: Context,
    orders: Orders | None,
    *,
    deload: bool,
) -> dict[str, Option]:
    """Return what may be used this week, by ladder.

    Where the standing exercise is barred this week, or needs more effort than the phase has,
    the highest lower rung that may be used stands in at its start dose (``clinical.md`` 6.1).
    """
    found: dict[str, Option] = {}
    for standing in plan.standing:
        exercise = library.exercises[standing.exercise]
        if standing.deferred or standing.ladder in found or exercise.component == "c4":
            continue
        # what stands in the plan is in it, whatever a file leaves out: a swap of the person, what relieves
        if why_not(exercise, anything(context)) is None and fits(exercise, phase):
            dose = within_phase(standing.dose, exercise, phase)
            found[standing.ladder] = _ordered(exercise, dose, orders, context.week, deload=deload)
            continue
        lower = next((e for e in lower_rungs(exercise.id, library, context) if fits(e, phase)), None)
        if lower is not None:
            dose = start_dose(lower, "e1", context, phase)
            dose = replace(dose, sets=min(dose.sets, standing.dose.sets))
            option = _ordered(lower, dose, orders, context.week, deload=deload)
            found[standing.ladder] = replace(option, note=_LOWER)
    return found


def _ordered(exercise: Exercise, dose: Dose, orders: Orders | None, week: int, *, deload: bool) -> Option:
    """An exercise under what a plan file says of it in a week; a deload lies over the whole dose instead."""
    if orders is None:
        return Option(exercise=exercise, dose=dose)
    line = orders.dose(exercise.id, week)
    dose = shown_within(dose, line)
    if not deload:
        sets = eased_sets(dose.sets, orders, exercise.id, week)
        dose = dose if sets == dose.sets else replace(dose, sets=sets)
    return Option(exercise=often(exercise, line), dose=dose)


def deloaded(entry: Entry, board: Board, orders: Orders | None) -> Entry:
    """Return what a deload leaves of the standing sets, never more than the session has anyway.

    Where a plan file has an easy week, too, the smaller of the two holds, not both.
    """
    standing = board.options[entry.pick.ladder].dose.sets
    sets = max(1, floor(standing * board.building.number("deload_sets") + 0.5))
    return entry.lowered(min(sets, eased_sets(standing, orders, entry.exercise.id, board.week)), "deload")


def rested(
    entries: list[list[Entry]], board: Board, plan: Plan, starts: date, days: tuple[int, ...]
) -> list[list[Entry]]:
    """Take off what rules of a plan file ease for some days, measured from the level of the week."""
    if not any(each.exercises for each in plan.easings):
        return entries
    made = []
    for day, session in zip(days, entries, strict=True):
        date_of = starts + timedelta(days=day)
        made.append([_eased(each, board, plan, date_of) for each in session])
    return made


def _eased(entry: Entry, board: Board, plan: Plan, day: date) -> Entry:
    shares = [e.share for e in plan.easings if entry.exercise.id in e.exercises and day <= e.until]
    standing = board.options[entry.pick.ladder].dose
    lower = scale(standing, min(shares)) if shares else None
    if lower is None or lower.size >= entry.dose.size:
        return entry
    return entry.at(replace(lower, rpe=entry.dose.rpe), f"{entry.note} {_EASED}".strip())


_EASED = "Less for some days, as your therapist's plan has it."
