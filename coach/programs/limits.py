"""Limits that no decision may pass, applied last (``progression.md`` 2-9, 12-14 and 18).

When a limit changes the result, it is the reason shown; it cuts repetitions, then hold, and leaves the load.
"""

from __future__ import annotations

from msgspec.structs import replace

from coach.model.plan import Standing
from coach.programs import pain
from coach.programs.decide import Case, Outcome
from coach.programs.dose import deload, scale, smallest_step
from coach.programs.rules import Rules

RISES = ("add", "advance")
SAME_RUNG = ("add", "hold", "reduce", "reduce40", "flare", "deload")
_SLACK = 1e-9


def limited(outcome: Outcome, case: Case) -> Outcome:
    """The outcome after every limit, in the order of their numbers."""
    if outcome.action in RISES:
        barred = _bars(outcome, case)
        if barred:
            outcome = held(outcome, case.standing, barred)
    if outcome.action == "stop_all":
        # The plan rests, but what its stored levels would have lost this week they lose. At one set of one
        # the cut would be STEP_BACK, to which STOP_ALL goes before (clinical.md 6.7): such a level stays
        # where it is. Nothing is prescribed from it (progression.md 16), and a new screen comes first.
        for _, most in _ceilings(outcome, case):
            lower = scale(outcome.dose, min(1.0, most / outcome.dose.size)) or outcome.dose
            outcome = replace(outcome, dose=lower, shown=lower)
        return outcome
    if outcome.action not in SAME_RUNG:
        return outcome
    if outcome.action == "add":
        rule = _over(outcome, _ceilings(outcome, case))
        if not rule:
            return outcome
        outcome = held(outcome, case.standing, rule)
    for rule, most in _ceilings(outcome, case):
        if outcome.action in SAME_RUNG and outcome.dose.size > most + _SLACK:
            outcome = _cut(outcome, rule, most, case)
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


def _bars(outcome: Outcome, case: Case) -> str:
    """The first limit that bars a rise, or an empty string."""
    evidence, overall, standing = case.evidence, case.overall, case.standing
    rules, bounds = case.rules, case.bounds
    part = "rung" if outcome.action == "advance" else "dose"
    bars = (
        ("screen", not overall.screened),
        ("gap", overall.gap_days >= rules["gap_long"]),
        ("inv_4", not case.calm and any(pain.provoked(each, rules) for each in evidence.sessions)),
        ("inv_6", evidence.done == 0),
        # Nothing proved this level in four weeks (short versions, easier days), so nothing goes above it.
        ("inv_9", not evidence.best),
        ("inv_12", case.exercise.direction in overall.provoked),
        ("inv_13", overall.readiness_red),
        ("inv_18", evidence.first_session_red or standing.rescaled),
        ("inv_2", outcome.action == "add" and not _small(outcome, standing, rules)),
        ("bounds", part not in bounds.engine_may),
        ("plan_step", outcome.action == "add" and _over_share(outcome, standing, bounds.rise, rules)),
    )
    return next((rule for rule, holds in bars if holds), "")


def _over_share(outcome: Outcome, standing: Standing, percent: int | None, rules: Rules) -> bool:
    """Whether a rise is more percent of the dose, or of its load, than a plan file allows.

    One smallest step is allowed as ever: a repetition more of six is a sixth, and the smallest there is.
    """
    if percent is None:
        return False
    most, before, after = 1 + percent / 100, standing.dose, outcome.dose
    heavier = (after.load_kg or 0) > (before.load_kg or 0) * most + _SLACK
    larger = heavier or after.size > before.size * most + _SLACK
    return larger and not _one_smallest(outcome, standing, rules)


def _small(outcome: Outcome, standing: Standing, rules: Rules) -> bool:
    """Whether a rise is within 15 % or one smallest step (``progression.md`` 2)."""
    before, after = standing.dose, outcome.dose
    if after.size <= before.size * rules["most_rise"] + _SLACK:
        return True
    if outcome.step == "load":
        return (after.load_kg or 0) - (before.load_kg or 0) <= max(
            rules["load_step_weight"], (before.load_kg or 0) * rules["step_load_share"] + _SLACK
        )
    return _one_smallest(outcome, standing, rules)


def _one_smallest(outcome: Outcome, standing: Standing, rules: Rules) -> bool:
    """Whether a rise is one smallest step: a repetition, 5 s, 5 m, a round, a minute, a set, 1 kg."""
    before, after = standing.dose, outcome.dose
    if outcome.step == "sets":
        return after.sets == before.sets + 1
    if outcome.step == "load":
        return (after.load_kg or 0) - (before.load_kg or 0) <= rules["load_step_weight"]
    return after.size <= before.size + smallest_step(before) + _SLACK


def _ceilings(outcome: Outcome, case: Case) -> list[tuple[str, float]]:
    """Limits on the stored size, each with the number it comes from."""
    evidence, overall, standing = case.evidence, case.overall, case.standing
    rules, bounds = case.rules, case.bounds
    size = standing.dose.size
    found: list[tuple[str, float]] = []
    if overall.flare_active:
        found.append(("inv_3", size * rules["flare"] if overall.flare_new else size))
    if not case.calm and any(pain.strongly_provoked(each, rules) for each in evidence.sessions):
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
        step = _one_step(outcome, case)
        most = max(evidence.best * rules["most_rise"], evidence.best + step)
        found.append(("inv_9", most))
    if standing.exercise in bounds.caps:
        found.append(("inv_14", bounds.caps[standing.exercise]))
    return found


def _one_step(outcome: Outcome, case: Case) -> float:
    """Size of one smallest step: of the kind that rises, else of the largest kind there is.

    A level that one set or one load step has just raised may stand until it has been done.
    """
    dose = case.standing.dose
    if outcome.action == "add":
        return outcome.dose.size - dose.size if outcome.step == "sets" else smallest_step(dose)
    load = dose.size * case.situation.room.kg_step / dose.load_kg if dose.load_kg else 0.0
    return max(smallest_step(dose), dose.size / dose.sets, load)


def _cut(outcome: Outcome, rule: str, most: float, case: Case) -> Outcome:
    situation = case.situation
    lower = scale(outcome.dose, most / outcome.dose.size)
    if lower is None:
        back = "step_back" if situation.lower and not situation.by_response else "swap"
        return replace(outcome, rule=rule, action=back, step="", also=_also(outcome, rule))
    shown = deload(lower, case.rules["deload_sets"]) if case.overall.deload_next else lower
    return replace(
        outcome, rule=rule, action="reduce", dose=lower, shown=shown, step="", also=_also(outcome, rule)
    )


def _also(outcome: Outcome, rule: str) -> tuple[str, ...]:
    return tuple(sorted({*outcome.also, outcome.rule} - {rule}))
