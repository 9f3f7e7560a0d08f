"""Limits that no decision may pass, applied last (``progression.md`` 2-9, 12-14 and 18).

When a limit changes the result, it is the reason shown; it cuts repetitions, then hold, and leaves the load.
"""

from __future__ import annotations

from msgspec.structs import replace

from coach.model.exercise import Exercise
from coach.model.plan import Bounds, Standing
from coach.model.review import Evidence, WeekEvidence
from coach.programs import pain
from coach.programs.decide import Outcome, Situation
from coach.programs.dose import deload, scale, smallest_step
from coach.programs.rules import Rules

RISES = ("add", "advance")
SAME_RUNG = ("add", "hold", "reduce", "reduce40", "flare", "deload")
_SLACK = 1e-9


def limited(
    outcome: Outcome,
    evidence: Evidence,
    overall: WeekEvidence,
    standing: Standing,
    exercise: Exercise,
    situation: Situation,
    rules: Rules,
    bounds: Bounds | None = None,
) -> Outcome:
    """The outcome after every limit, in the order of their numbers."""
    bounds = bounds or Bounds()
    if outcome.action in RISES:
        barred = _bars(outcome, evidence, overall, standing, exercise, rules, bounds)
        if barred:
            outcome = held(outcome, standing, barred)
    if outcome.action == "stop_all":
        # The plan rests, but what its stored levels would have lost this week they lose.
        for _, most in _ceilings(evidence, overall, standing, outcome, situation, rules, bounds):
            lower = scale(outcome.dose, min(1.0, most / outcome.dose.size)) or outcome.dose
            outcome = replace(outcome, dose=lower, shown=lower)
        return outcome
    if outcome.action not in SAME_RUNG:
        return outcome
    if outcome.action == "add":
        rule = _over(outcome, _ceilings(evidence, overall, standing, outcome, situation, rules, bounds))
        outcome = held(outcome, standing, rule) if rule else outcome
    for rule, most in _ceilings(evidence, overall, standing, outcome, situation, rules, bounds):
        if outcome.action in SAME_RUNG and outcome.dose.size > most + _SLACK:
            outcome = _cut(outcome, rule, most, situation, overall, rules)
    return outcome


def _over(outcome: Outcome, ceilings: list[tuple[str, float]]) -> str:
    return next((rule for rule, most in ceilings if outcome.dose.size > most + _SLACK), "")


def held(outcome: Outcome, standing: Standing, rule: str) -> Outcome:
    """The outcome with its rise taken back: the level stays, and ``rule`` is the reason."""
    return replace(
        outcome,
        rule=rule,
        action="hold",
        dose=standing.dose,
        shown=standing.dose,
        step="",
        also=tuple(sorted({*outcome.also, outcome.rule})),
    )


def strongly_provoked(evidence: Evidence, rules: Rules) -> bool:
    """Whether pain rose over 2.5 in a session or the morning after (``progression.md`` 5)."""
    for each in evidence.sessions:
        rise = pain.over_usual(each)
        if (rise is not None and rise > rules["strong"]) or (
            each.morning is not None and each.morning > rules["strong"]
        ):
            return True
    return False


def _provoked(evidence: Evidence, rules: Rules) -> bool:
    for each in evidence.sessions:
        rise = pain.over_usual(each)
        if (rise is not None and rise > rules["progress_over_usual"]) or (
            each.morning is not None and each.morning > rules["provoked_morning"]
        ):
            return True
    return False


def _bars(
    outcome: Outcome,
    evidence: Evidence,
    overall: WeekEvidence,
    standing: Standing,
    exercise: Exercise,
    rules: Rules,
    bounds: Bounds,
) -> str:
    """The first limit that bars a rise, or an empty string."""
    part = "rung" if outcome.action == "advance" else "dose"
    bars = (
        ("screen", not overall.screened),
        ("gap", overall.gap_days >= rules["gap_long"]),
        ("inv_4", _provoked(evidence, rules)),
        ("inv_6", evidence.done == 0),
        ("inv_12", exercise.direction in overall.provoked),
        ("inv_13", overall.readiness_red),
        ("inv_18", evidence.first_session_red or standing.rescaled),
        ("inv_2", outcome.action == "add" and not _small(outcome, standing, rules)),
        ("bounds", part not in bounds.engine_may),
    )
    return next((rule for rule, holds in bars if holds), "")


def _small(outcome: Outcome, standing: Standing, rules: Rules) -> bool:
    """Whether a rise is within 15 % or one smallest step (``progression.md`` 2)."""
    before, after = standing.dose, outcome.dose
    if after.size <= before.size * rules["most_rise"] + _SLACK:
        return True
    if outcome.step == "sets":
        return after.sets == before.sets + 1
    if outcome.step == "load":
        return (after.load_kg or 0) - (before.load_kg or 0) <= max(
            rules["load_step_weight"], (before.load_kg or 0) * rules["step_load_share"] + _SLACK
        )
    return after.size <= before.size + smallest_step(before) + _SLACK


def _ceilings(
    evidence: Evidence,
    overall: WeekEvidence,
    standing: Standing,
    outcome: Outcome,
    situation: Situation,
    rules: Rules,
    bounds: Bounds,
) -> list[tuple[str, float]]:
    """Limits on the stored size, each with the number it comes from."""
    size = standing.dose.size
    found: list[tuple[str, float]] = []
    if overall.flare_active:
        found.append(("inv_3", size * rules["flare"] if overall.flare_new else size))
    if strongly_provoked(evidence, rules):
        found.append(("inv_5", size * rules["flare"]))
    if evidence.done == 0 and overall.kind not in ("flare", "paused"):
        if evidence.missed > rules["missed_swap"]:
            found.append(("inv_7", size * rules["missed_three"]))
        elif evidence.missed == rules["missed_swap"]:
            found.append(("inv_7", size * rules["missed_two"]))
    if evidence.rpe is not None and evidence.rpe > rules["rpe_most"]:
        found.append(("inv_8", size * rules["missed_two"]))
    if evidence.best and outcome.step != "load":
        # A load step counts as a rise by its load; by size it may even be a fall.
        step = _one_step(outcome, standing, situation)
        most = max(evidence.best * rules["most_rise"], evidence.best + step)
        found.append(("inv_9", most))
    if standing.exercise in bounds.caps:
        found.append(("inv_14", bounds.caps[standing.exercise]))
    return found


def _one_step(outcome: Outcome, standing: Standing, situation: Situation) -> float:
    """Size of one smallest step: of the kind that rises, else of the largest kind there is.

    A level that one set or one load step has just raised may stand until it has been done.
    """
    dose = standing.dose
    if outcome.action == "add":
        return outcome.dose.size - dose.size if outcome.step == "sets" else smallest_step(dose)
    load = dose.size * situation.room.kg_step / dose.load_kg if dose.load_kg else 0.0
    return max(smallest_step(dose), dose.size / dose.sets, load)


def _cut(
    outcome: Outcome, rule: str, most: float, situation: Situation, overall: WeekEvidence, rules: Rules
) -> Outcome:
    lower = scale(outcome.dose, most / outcome.dose.size)
    if lower is None:
        back = "step_back" if situation.lower and not situation.by_response else "swap"
        return replace(outcome, rule=rule, action=back, step="", also=_also(outcome, rule))
    shown = deload(lower, rules["deload_sets"]) if overall.deload_next else lower
    return replace(
        outcome, rule=rule, action="reduce", dose=lower, shown=shown, step="", also=_also(outcome, rule)
    )


def _also(outcome: Outcome, rule: str) -> tuple[str, ...]:
    return tuple(sorted({*outcome.also, outcome.rule} - {rule}))
