"""Advance code A4: what eases the pain is done less often, and then no more (``clinical.md`` 5.1)."""

from __future__ import annotations

from msgspec.structs import replace

from coach.programs.decide import Case, Outcome

_CALM = ("hold", "add")


def eased(outcome: Outcome, case: Case) -> Outcome:
    """The outcome of a direction that brought relief on enough days of the week.

    After the first such week it is done half as often, after one more it leaves the plan. Nerve sliders
    move on by R16 instead, for which A4 is the advance code. Every hold gives way to it, whatever its
    reason: otherwise a sore morning or a flare-up would leave more to do than a calm week
    (``progression.md`` 27). A cut stands by itself.
    """
    exercise, standing, rules = case.exercise, case.standing, case.rules
    days = case.evidence.relief_days
    if exercise.advance != "a4" or exercise.ladder != "dir" or days is None or days < rules["relief_least"]:
        return outcome
    if standing.hold or outcome.action not in _CALM:
        return outcome
    also = tuple(sorted({*outcome.also, outcome.rule}))
    dose = standing.dose
    if standing.relief:
        return replace(outcome, rule="a4", action="remove", dose=dose, shown=dose, step="", also=also)
    half = replace(dose, per_day=(dose.per_day + 1) // 2)
    return replace(outcome, rule="a4", action="reduce", dose=half, shown=half, step="", also=also)
