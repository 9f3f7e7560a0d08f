"""Combination scores: several small signs that count together (``clinical.md`` 1.4)."""

from __future__ import annotations

from coach.model.assessment import Fired
from coach.questionnaires.conditions import UNSURE, Known
from coach.questionnaires.rules import Band, Combination, RuleBook


def total(combination: Combination, known: Known) -> float:
    """The score, not rounded; ``unsure`` adds half of its points, a closed gate gives 0."""
    if not known.truth(combination.gate):
        return 0.0
    return float(sum(each.points * known.truth(each.when) for each in combination.points))


def band(combination: Combination, score: float, known: Known) -> Band | None:
    """The first band that is reached and whose further condition holds."""
    reached = (each for each in combination.bands if score >= each.at)
    return next((each for each in reached if known.truth(each.when) > 0), None)


def fire_combination(
    combination: Combination, score: float, known: Known, book: RuleBook
) -> tuple[Fired, Band] | None:
    """What the score leads to, and the band it reached."""
    reached = band(combination, score, known) if known.truth(combination.gate) else None
    if reached is None:
        return None
    unsure = known.truth(reached.when) <= UNSURE
    carries = reached.level == "T2_CAUTION" or (unsure and reached.level == "T1_CLINICIAN")
    fired = Fired(
        id=combination.id,
        level=reached.level,
        urgency=reached.urgency,
        reason=reached.reason or _reason(combination, score, known),
        advice=reached.advice or _advice(reached, book),
        filters=combination.filters if carries else (),
    )
    return fired, reached


def _reason(combination: Combination, score: float, known: Known) -> str:
    """The score and the answers that count, so that the number can say why."""
    counted = [each.text for each in combination.points if known.truth(each.when)]
    points = "point" if score == 1 else "points"
    return f"Several answers together ({score:g} {points}): {', '.join(counted)}."


def _advice(reached: Band, book: RuleBook) -> str:
    if reached.level == "T1_CLINICIAN" and reached.urgency:
        return book.advice[reached.urgency]
    return book.advice["t0" if reached.level == "T0_EMERGENCY" else "caution"]
