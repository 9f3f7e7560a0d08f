"""Each exercise of a review by itself: what the table decides, what limits it, and where it leads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from coach.model.plan import Plan, Standing
from coach.model.review import Evidence
from coach.programs import pain
from coach.programs.decide import Case, Outcome, Situation, decide
from coach.programs.limits import RISES, held, limited
from coach.programs.relief import eased
from coach.programs.room import room_of
from coach.programs.rungs import previous_rung
from coach.programs.turning import Place, Turn, aimed, under_orders

if TYPE_CHECKING:
    from coach.programs.guiding import Guidance


def judged(
    plan: Plan, evidence: Sequence[Evidence], place: Place, guide: Guidance | None = None
) -> list[Turn]:
    """Decide every exercise by itself: the table, the limits, and where it leads."""
    known = {each.exercise: each for each in evidence}
    every = (*plan.standing, *((plan.walk,) if plan.walk else ()))
    used = tuple(each.exercise for each in every)
    found = []
    for standing in every:
        if standing.exercise not in known:
            continue
        turn = _turn(plan, standing, known[standing.exercise], place, guide)
        turn = aimed(turn, place, used)
        if turn.to is not None:
            used = (*used, turn.to.id)
        found.append(turn)
    return found


def _turn(plan: Plan, standing: Standing, evidence: Evidence, place: Place, guide: Guidance | None) -> Turn:
    exercise = place.library.exercises[standing.exercise]
    ladder = place.library.ladders[standing.ladder]
    situation = Situation(
        room=room_of(exercise, standing, plan, place.phase, place.rules, place.orders, place.week),
        lower=_lower(standing, place),
        by_response=ladder.by_response or (bool(ladder.order) and exercise.rung not in ladder.order),
        walk=standing.ladder == "aer",
    )
    case = Case(
        evidence=evidence,
        overall=place.overall,
        standing=standing,
        exercise=exercise,
        situation=situation,
        rules=place.rules,
        bounds=plan.bounds,
        calm=pain.calm(evidence.sessions, place.rules),
    )
    advice = guide.exercises.get(standing.exercise) if guide is not None else None
    outcome = decide(case, advice.cuts if advice is not None else ())
    if advice is not None:
        outcome = advice.held_back(outcome, standing)
    if standing.hold and (outcome.action in RISES or _may_be_kept(outcome)):
        outcome = held(outcome, standing, "user_hold")
    if outcome.action == "swap" and outcome.rule == "r03" and "swap" not in plan.bounds.engine_may:
        outcome = held(outcome, standing, "bounds")
    outcome = under_orders(eased(limited(outcome, case), case), exercise, place)
    return Turn(before=standing, exercise=exercise, evidence=evidence, outcome=outcome)


def _lower(standing: Standing, place: Place) -> bool:
    """Whether an allowed rung lies below; while what is allowed is as it was, the level knows it."""
    if place.changed:
        return previous_rung(standing.exercise, place.library, place.context) is not None
    return bool(standing.easier)


def _may_be_kept(outcome: Outcome) -> bool:
    """Whether a swap is no matter of safety, so that who wishes to keep the exercise may."""
    return outcome.rule == "r03" and outcome.action in ("swap", "remove")
