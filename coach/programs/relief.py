"""Advance code A4: what eases the pain is done less often, and then no more (``clinical.md`` 5.1)."""

from __future__ import annotations

from msgspec.structs import replace

from coach.model.exercise import Exercise
from coach.model.plan import Standing
from coach.model.review import Evidence
from coach.programs.decide import Outcome
from coach.programs.rules import Rules

_CALM = ("hold", "add")
_WAITS = ("r02", "r07", "r09", "r10")
"""Holds with a reason of their own to go on as before: a flare-up, form, a sore morning, readiness."""


def eased(
    outcome: Outcome, evidence: Evidence, standing: Standing, exercise: Exercise, rules: Rules
) -> Outcome:
    """The outcome of a direction that brought relief on enough days of the week.

    After the first such week it is done half as often, after one more it leaves the plan. Nerve sliders
    move on by R16 instead, for which A4 is the advance code.
    """
    days = evidence.relief_days
    if exercise.advance != "a4" or exercise.ladder != "dir" or days is None or days < rules["relief_least"]:
        return outcome
    if outcome.action not in _CALM or outcome.rule in _WAITS:
        return outcome
    also = tuple(sorted({*outcome.also, outcome.rule}))
    dose = standing.dose
    if standing.relief:
        return replace(outcome, rule="a4", action="remove", dose=dose, shown=dose, step="", also=also)
    half = replace(dose, per_day=(dose.per_day + 1) // 2)
    return replace(outcome, rule="a4", action="reduce", dose=half, shown=half, step="", also=also)
