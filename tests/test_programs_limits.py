"""Each limit by itself, on an outcome that would pass every other (``progression.md`` 2-9, 12-14, 18)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace
from program_weeks import (
    RULES,
    SCREEN,
    START,
    Life,
    case_of,
    evidence,
    exercise,
    library,
    overall,
    plan,
    standing,
    template,
)

from coach.model.plan import Bounds, Week
from coach.programs import caps
from coach.programs.decide import Outcome
from coach.programs.limits import limited
from coach.programs.review import review
from coach.programs.week import build_week


def rise(**fields: Any) -> Outcome:
    level = standing()
    up = replace(level.dose, reps=(level.dose.reps or 0) + 1)
    return Outcome(rule="r15", action="add", dose=up, shown=up, step="reps", **fields)


def after(
    outcome: Outcome | None = None,
    *,
    level: dict[str, Any] | None = None,
    week: dict[str, Any] | None = None,
    bounds: Bounds | None = None,
    **ev: Any,
) -> Outcome:
    given = standing(**(level or {}))
    case = case_of(evidence(given, **ev), overall(**(week or {})), given, bounds=bounds)
    return limited(outcome or rise(), case)


def test_a_rise_within_every_limit_stands() -> None:
    assert after() == rise()


@pytest.mark.parametrize(("rule", "fields"), [
    ("screen", {"week": {"screened": False}}),
    ("gap", {"week": {"gap_days": 15}}),
    ("inv_4", {"b": 2, "P": 3.5}),
    ("inv_4", {"D": (0, 1.6, 0)}),
    ("inv_6", {"done": 0}),
    ("inv_9", {"best": None}),  # nothing proved it in four weeks: short versions alone lift nothing
    ("inv_13", {"week": {"readiness_red": True}}),
    ("inv_18", {"first_session_red": True}),
    ("inv_18", {"level": {"rescaled": True}}),
    ("bounds", {"bounds": Bounds(engine_may=("rung", "swap"))}),
])  # fmt: skip
def test_each_bar_takes_a_rise_back(rule: str, fields: dict[str, Any]) -> None:
    made = after(**fields)
    assert (made.rule, made.action, made.dose) == (rule, "hold", standing().dose)
    assert "r15" in made.also


@pytest.mark.parametrize("fields", [
    {"week": {"gap_days": 14}}, {"b": 2, "P": 3}, {"D": (0, 1.5, 0)}, {"done": 1},
    {"bounds": Bounds(engine_may=("dose",))},
])  # fmt: skip
def test_at_the_edge_a_rise_stands(fields: dict[str, Any]) -> None:
    assert after(**fields).action == "add"


def test_a_provoked_direction_does_not_rise() -> None:
    side = exercise("rot_1")
    assert side.direction == "side"
    level = standing("rot_1")
    up = replace(level.dose, reps=(level.dose.reps or 0) + 1)
    outcome = Outcome(rule="r15", action="add", dose=up, shown=up, step="reps")
    for provoked, rule in ((("side",), "inv_12"), (("flexion",), "r15")):
        made = limited(outcome, case_of(evidence(level), overall(provoked=provoked), level))
        assert made.rule == rule


def test_a_step_too_large_is_taken_back() -> None:
    level = standing()
    big = replace(level.dose, reps=(level.dose.reps or 0) + 4)
    assert after(Outcome(rule="r15", action="add", dose=big, shown=big, step="reps")).rule == "inv_2"


@pytest.mark.parametrize(("rule", "share", "fields"), [
    ("inv_3", 0.9, {"week": {"flare_active": True, "flare_new": True}}),
    ("inv_5", 0.9, {"b": 2, "P": 4.6}),
    ("inv_5", 0.9, {"D": (0, 2.6, 0)}),
    ("inv_7", 0.9, {"done": 0, "missed": 2}),
    ("inv_7", 0.85, {"done": 0, "missed": 3}),
    ("inv_8", 0.9, {"rpe": 8.6}),
    ("inv_14", 0.5, {"bounds": Bounds(caps={"hng_2": standing().dose.size / 2})}),
])  # fmt: skip
def test_each_ceiling_lowers_the_level(rule: str, share: float, fields: dict[str, Any]) -> None:
    level = standing()
    kept = Outcome(rule="r14", action="hold", dose=level.dose, shown=level.dose)
    made = after(kept, **fields)
    assert (made.rule, made.action) == (rule, "reduce")
    assert made.dose.size <= share * level.dose.size + 1e-6
    assert made.dose.size > 0.6 * share * level.dose.size
    assert made.dose.load_kg == level.dose.load_kg


@pytest.mark.parametrize("fields", [
    {"week": {"flare_active": True}}, {"b": 2, "P": 4.5}, {"D": (0, 2.5, 0)}, {"done": 0, "missed": 1},
    {"rpe": 8.5}, {"done": 0, "missed": 3, "week": {"kind": "paused"}},
])  # fmt: skip
def test_at_the_edge_the_level_stays(fields: dict[str, Any]) -> None:
    level = standing()
    kept = Outcome(rule="r14", action="hold", dose=level.dose, shown=level.dose)
    assert after(kept, **fields) == kept


def test_a_level_stays_near_what_was_done() -> None:
    level = standing()
    assert after(best=level.dose.size).action == "add"
    low = after(best=level.dose.size / 3)
    assert (low.rule, low.action) == ("inv_9", "reduce")


# ---- caps of a week -------------------------------------------------------------------------------


def grown(week: Week, sets: int) -> Week:
    """The same week with so many more sets of its hard exercises, from the first on."""
    sessions = []
    for session in week.sessions:
        given = []
        for each in session.prescriptions:
            if sets and each.dose.mid_rpe >= RULES["hard_rpe"]:
                each, sets = replace(each, dose=replace(each.dose, sets=each.dose.sets + 1)), sets - 1
            given.append(each)
        sessions.append(replace(session, prescriptions=tuple(given)))
    return replace(week, sessions=tuple(sessions))


def test_hard_sets_and_load_are_capped_against_the_last_loaded_week() -> None:
    made = plan(tier="e3", session_minutes=60)
    limit = caps.caps(made, "loaded", RULES)
    assert limit is not None
    before = caps.hard_sets(made.week, RULES)
    assert before >= 4
    room = int(limit.hard_sets - before)
    assert 2 <= room <= 4
    assert caps.over(grown(made.week, room), limit, RULES) == ""
    assert caps.over(grown(made.week, room + 1), limit, RULES) == "cap_hard_sets"
    kept = caps.within(grown(made.week, room + 1), limit, RULES)
    assert caps.hard_sets(kept, RULES) == limit.hard_sets
    heavy = replace(limit, load=caps.session_load(made.week) - 1)
    assert caps.over(made.week, heavy, RULES) == "cap_session_load"
    assert caps.session_load(caps.within(made.week, heavy, RULES)) <= heavy.load
    assert caps.caps(made, "flare", RULES) is None
    assert caps.over(grown(made.week, 9), None, RULES) == ""


def test_the_last_loaded_week_counts_and_no_lighter_one_between() -> None:
    made = replace(plan(), kinds=("loaded", "deload"), hard_sets=(20.0, 8.0), loads=(300.0, 100.0))
    limit = caps.caps(made, "flare", RULES)
    assert limit is not None
    assert (limit.hard_sets, limit.load) == (24, 360)
    assert made.start == START


# ---- new rungs ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("number", "most"), [(2, 2), (3, 2), (7, 3)])
def test_a_week_has_so_many_new_rungs_and_the_others_are_next(number: int, most: int) -> None:
    """Everything at its top, twice, with good form: of all that would advance, the first few do."""
    life = Life(plan(session_minutes=60))
    life.plan = replace(life.plan, gates=("dis_5_a6", "sqt_3_a6", "bal_2_a2", "rot_2_a1", "ext_4_a1"))
    standing = tuple(
        replace(each, dose=top(each.exercise, number), started=True) for each in life.plan.standing
    )
    life.plan = replace(
        life.plan,
        standing=tuple(replace(e, prescription=replace(e.prescription, dose=e.dose)) for e in standing),
    )
    week = build_week(life.plan, number - 1, START, template(), library())
    life.plan = replace(life.plan, week=week, bounds=Bounds())
    life.week()
    made = life.review()
    due = [e for e in made.decisions if "r16" in (e.rule, *e.also) and not e.exercise.startswith("aer")]
    held = [each for each in due if each.rule == "cap_rungs"]
    free = [each for each in due if each.rule == "r16" or each.rule.startswith("cap_")]
    assert held
    assert len(free) - len(held) == most  # other caps may take some of these back, too
    assert len([each for each in due if each.action == "advance"]) <= most


def top(name: str, number: int) -> Any:
    """The last dose of a rung: the top of its range, as many sets as the phase has."""
    found = exercise(name)
    dose = replace(found.dose, sets=template().phase(number).sets[1])
    if found.vary is None or found.top is None:
        return dose
    return replace(dose, **{found.vary: type(getattr(dose, found.vary))(found.top)})


# ---- what counts as a session -----------------------------------------------------------------------


def test_a_skipped_session_does_not_stand_between_two_at_the_top() -> None:
    life = Life()
    life.week()
    before = life.review()
    name = "hng_2"
    life.week()
    skipped = life.logs[-1]
    found = next(each for each in life.logs if any(one.exercise == name for one in each.exercises))
    log = next(one for one in found.exercises if one.exercise == name)
    between = replace(log, status="skipped", sets=(), sets_full=0, at_top=False, rpe=9.0)
    extra = replace(skipped, id=f"{life.day - timedelta(days=1)}/extra", session="extra", kind="extra",
                    date=life.day - timedelta(days=1), exercises=(between,))  # fmt: skip
    seen = []
    for logs in (life.logs, [*life.logs, extra]):
        life.logs = logs
        made, _ = review(life.plan, life.history, template(), library(), today=life.day, screen=SCREEN)
        seen.append(next(each for each in made.evidence if each.exercise == name))
    assert before.evidence
    assert seen[0] == seen[1]


@pytest.mark.parametrize(
    ("percent", "kilograms", "rule"), [(10, 2.0, "r15"), (5, 1.5, "plan_step"), (1, 1.0, "r15")]
)
def test_a_plan_file_asks_for_smaller_steps_and_never_for_none(
    percent: int, kilograms: float, rule: str
) -> None:
    dose = replace(standing().dose, load_kg=20.0)
    heavier = replace(dose, load_kg=20.0 + kilograms)
    up = Outcome(rule="r15", action="add", dose=heavier, shown=heavier, step="load")
    bounds = Bounds(rise=percent)
    assert after(up, level={"dose": dose}, bounds=bounds).rule == rule
    assert after(bounds=bounds).action == "add", "a repetition more is the smallest step there is"
