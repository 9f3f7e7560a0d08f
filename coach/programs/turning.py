"""From an outcome to the next standing level: the same rung at a new dose, another rung, another ladder."""

from __future__ import annotations

from msgspec.structs import replace

from coach.model.exercise import Dose, Exercise, Reason
from coach.model.noun import Noun
from coach.model.plan import Action, Standing
from coach.model.review import Evidence, WeekEvidence
from coach.programs.allowed import Context, anything, why_not
from coach.programs.decide import Outcome
from coach.programs.dose import deload
from coach.programs.library import Library
from coach.programs.limits import SAME_RUNG, held
from coach.programs.orders import Orders, level_of_week
from coach.programs.phases import Phase
from coach.programs.prescription import fits, prescription, standing, start_dose
from coach.programs.rules import Rules
from coach.programs.rungs import next_rung, previous_rung, swap_target

_UNSEEN = ("r00", "r02", "r03", "r11", "a4", "plan_dose")
"""Rows that the next review does not know as the previous decision (``clinical.md`` 6.7)."""


class Turn(Noun, frozen=True, kw_only=True):
    """One exercise on its way through a review."""

    before: Standing
    exercise: Exercise
    evidence: Evidence
    outcome: Outcome
    to: Exercise | None = None
    """The exercise after it, where it changes."""
    fewer: int = 0
    """Sets less than a begun rung would have, where its direction provoked."""


class Place(Noun, frozen=True, kw_only=True):
    """Where the coming week stands: what is allowed in it, and what the last one provoked."""

    library: Library
    context: Context
    phase: Phase
    week: int
    overall: WeekEvidence
    rules: Rules
    orders: Orders | None = None
    """What the therapist's file says; null without one."""
    changed: bool = True
    """Whether phase, gates or tags differ from last week, so that easier rungs may have changed."""


def aimed(turn: Turn, place: Place, in_use: tuple[str, ...]) -> Turn:
    """Find the exercise that an advance, a step back, a swap or a stop leads to.

    An advance without an open rung becomes a hold; a step back without a rung below, a swap; a swap
    without anything allowed removes the exercise.
    """
    action = turn.outcome.action
    if action == "advance":
        return _up(turn, place)
    if action == "step_back":
        found = previous_rung(turn.exercise.id, place.library, place.context)
        if found is not None:
            return replace(turn, to=found)
        turn = replace(turn, outcome=replace(turn.outcome, action="swap"))
        action = "swap"
    if action == "swap":
        target = _instead(turn, place, in_use)
        if target is not None and _may_begin(target, place):
            return replace(turn, to=target)
        return replace(turn, outcome=replace(turn.outcome, action="remove"))
    if action == "stop":
        return replace(turn, to=_relief(turn, place, in_use))
    return turn


def _instead(turn: Turn, place: Place, in_use: tuple[str, ...]) -> Exercise | None:
    """What an exercise is swapped for: what its file names, where that names anything."""
    line = place.orders.line(turn.exercise.id) if place.orders is not None else None
    if line is None or not line.swaps:
        return swap_target(turn.before, place.library, place.context, in_use)
    ladders = {place.library.exercises[each].ladder for each in in_use} - {turn.exercise.ladder}
    named = (place.library.exercises[each.to] for each in line.swaps)
    free = (each for each in named if each.id not in in_use and each.ladder not in ladders)
    return next((e for e in free if why_not(e, place.context) is None and _may_begin(e, place)), None)


def under_orders(outcome: Outcome, exercise: Exercise, place: Place) -> Outcome:
    """The outcome under the ceilings that the file has for the coming week; the last limit of all."""
    if place.orders is None or outcome.action not in SAME_RUNG:
        return outcome
    dose = level_of_week(outcome.dose, place.orders, exercise.id, place.week)
    if dose == outcome.dose:
        return outcome
    shown = deload(dose, place.rules["deload_sets"]) if place.overall.deload_next else dose
    if outcome.action not in ("hold", "add"):
        return replace(outcome, dose=dose, shown=shown, also=tuple(sorted({*outcome.also, "plan_dose"})))
    also = tuple(sorted({*outcome.also, outcome.rule}))
    return replace(outcome, rule="plan_dose", action="reduce", dose=dose, shown=shown, step="", also=also)


def _up(turn: Turn, place: Place) -> Turn:
    found = next_rung(turn.exercise.id, place.library, place.context)
    if found is None:
        return replace(turn, outcome=held(turn.outcome, turn.before, "gate"))
    if not fits(found, place.phase):
        return replace(turn, outcome=held(turn.outcome, turn.before, "phase"))
    if found.direction in place.overall.provoked:
        return replace(turn, outcome=held(turn.outcome, turn.before, "inv_12"))
    return replace(turn, to=found)


def _may_begin(exercise: Exercise, place: Place) -> bool:
    return exercise.direction not in place.overall.provoked and fits(exercise, place.phase)


def _relief(turn: Turn, place: Place, in_use: tuple[str, ...]) -> Exercise | None:
    """What replaces an exercise that a leg symptom stopped: the gentle slider, else what eases."""
    ids = ("neu_1", *(e.id for e in place.library.ladders["dir"].exercises if e.direction != "none"))
    ladders = {place.library.exercises[each].ladder for each in in_use}
    for each in ids:
        exercise = place.library.exercises[each]
        taken = exercise.ladder in ladders
        if not taken and why_not(exercise, anything(place.context)) is None and _may_begin(exercise, place):
            return exercise
    return None


def turned(turn: Turn, place: Place, reason: Reason) -> Standing | None:
    """The next standing level; null where the exercise leaves the plan."""
    outcome = turn.outcome
    if turn.to is not None:
        return _other(turn, turn.to, place, reason)
    if outcome.action in ("remove", "stop"):
        return None
    if not place.changed and outcome.dose.sets == turn.before.dose.sets:
        # What is easier and allowed is as it was, so only the level itself is made anew.
        given = prescription(turn.exercise, outcome.dose, turn.before.slot, reason, place.context)
        made = replace(turn.before, dose=outcome.dose, prescription=given)
        return carried(made, turn, place.rules)
    made = standing(
        turn.exercise,
        outcome.dose,
        turn.before.slot,
        reason,
        place.library,
        place.context,
        place.week,
        phase=place.phase,
    )
    return carried(made, turn, place.rules)


def carried(made: Standing, turn: Turn, rules: Rules) -> Standing:
    """A standing level on the same rung with its history moved on by one week."""
    before, evidence, outcome = turn.before, turn.evidence, turn.outcome
    green = outcome.rule == "r17"
    return replace(
        made,
        since_week=before.since_week,
        started=before.started or evidence.done > 0 or evidence.mean_size is not None,
        rescaled=rescaled(turn),
        levels=(*before.levels, evidence.level)[-4:],
        prev=previous(outcome, before.prev),
        prev_form=before.prev_form if evidence.form is None else evidence.form,
        missed=evidence.missed if evidence.done == 0 else 0,
        green_holds=before.green_holds + 1 if green else 0,
        load_steps=before.load_steps + (1 if outcome.step == "load" else 0),
        gates=before.gates,
        came_from=before.came_from,
        deferred=before.deferred,
        hold=False,
        relief=before.relief + 1 if outcome.rule == "a4" else before.relief,
    )


def rescaled(turn: Turn) -> bool:
    """Whether the next session is still the one after a first session that was too much."""
    if turn.before.rescaled:
        return not turn.evidence.sessions
    return turn.evidence.first_session_red and len(turn.evidence.sessions) == 1


def previous(outcome: Outcome, before: Action | None) -> Action | None:
    """What the next review knows as the previous decision."""
    if outcome.beneath:
        return outcome.beneath
    return before if outcome.rule in _UNSEEN else outcome.action


def begun(turn: Turn, to: Exercise, place: Place) -> Dose:
    """The dose a rung begins with; after a step back never more sets than were just done."""
    dose = start_dose(to, "e1", place.context, place.phase)
    if turn.outcome.action == "step_back":
        dose = replace(dose, sets=min(dose.sets, turn.before.dose.sets))
    return replace(dose, sets=max(1, dose.sets - turn.fewer))


def _other(turn: Turn, to: Exercise, place: Place, reason: Reason) -> Standing:
    """A rung begun anew, at its start dose."""
    dose = begun(turn, to, place)
    slot = turn.before.slot
    if to.ladder != turn.before.ladder and turn.outcome.action == "stop":
        slot = next((s for s, names in place.library.slots.items() if to.ladder in names), slot)
    made = standing(to, dose, slot, reason, place.library, place.context, place.week, phase=place.phase)
    evidence = turn.evidence
    form = turn.before.prev_form if evidence.form is None else evidence.form
    same = turn.outcome.action in ("advance", "step_back")
    return replace(
        made,
        prev=previous(turn.outcome, turn.before.prev),
        prev_form=form if same and turn.outcome.action == "step_back" else None,
        gates=turn.before.gates,
        came_from=turn.exercise.id if turn.outcome.action == "advance" else "",
    )
