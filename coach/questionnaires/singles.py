"""Single rows of the question bank: what one answer leads to (``clinical.md`` 1.3)."""

from __future__ import annotations

from coach.model.assessment import Fired
from coach.questionnaires.conditions import UNSURE, Known
from coach.questionnaires.rules import Outcome, Rule, RuleBook
from coach.questionnaires.severity import rank


def fire_row(rule: Rule, known: Known, book: RuleBook) -> Fired | None:
    """The most severe outcome of a row that holds, with the filters that go with it."""
    held = [
        _outcome(rule, outcome, truth, book)
        for outcome in rule.outcomes
        if (truth := known.truth(outcome.when)) > 0
    ]
    if not held:
        return None
    top, unsure = min(held, key=lambda each: rank(each[0].level, each[0].urgency))
    carries = top.level == "T2_CAUTION" or (unsure and top.level == "T1_CLINICIAN")
    own = (tag for each, _ in held for tag in each.filters)
    filters = tuple(dict.fromkeys((*(rule.filters if carries else ()), *own)))
    return Fired(
        id=rule.id,
        level=top.level,
        urgency=top.urgency,
        reason=top.reason,
        advice=top.advice,
        filters=() if top.level == "T0_EMERGENCY" else filters,
        mh=top.mh,
    )


def _outcome(rule: Rule, outcome: Outcome, truth: float, book: RuleBook) -> tuple[Fired, bool]:
    """An outcome as it stands, and whether only ``unsure`` leads to it.

    On ``unsure`` a T1 that can wait becomes T2 with the advice to clarify. Filters are those of
    the outcome itself; the row's own go only with a T2, an unlocked or an unsure row.
    """
    unsure = truth <= UNSURE
    level, urgency, advice = outcome.level, outcome.urgency, outcome.advice or default_advice(outcome, book)
    if unsure and level == "T1_CLINICIAN" and urgency != "same_day":
        level, urgency, advice = "T2_CAUTION", None, book.advice["clarify"]
    fired = Fired(
        id=rule.id,
        level=level,
        urgency=urgency,
        reason=f"{'Not sure: ' if unsure else ''}{book.words(outcome.reason)}",
        advice=advice,
        filters=outcome.filters,
        mh=outcome.mh,
    )
    return fired, unsure


def default_advice(outcome: Outcome, book: RuleBook) -> str:
    """What to do next, where the rule itself does not say it better."""
    if outcome.level == "T1_CLINICIAN" and outcome.urgency:
        return book.advice[outcome.urgency]
    return book.advice[{"T0_EMERGENCY": "t0", "NOT_ELIGIBLE": "not_eligible"}.get(outcome.level, "caution")]
