"""The decision table: the eighteen worked cases of clinical.md 6.7, each row alone, and the limits."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from program_weeks import RULES, START, case_of, evidence, overall, run, sessions, situation, standing

from coach.model.exercise import Dose
from coach.model.plan import Bounds
from coach.model.review import Provocation
from coach.programs import day_rules
from coach.programs.decide import decide
from coach.programs.limits import limited
from coach.programs.mornings import readiness
from coach.programs.pain import (
    calm,
    colour,
    ok_ceiling,
    over_ceiling,
    progress_ceiling,
    provoked,
    strongly_provoked,
)  # fmt: skip

CASES: dict[str, tuple[dict[str, Any], str, str]] = {
    "A": ({"rpe": 4.5, "D": (0, 0, 1), "top": True, "readiness": 78}, "r16", "advance"),
    "B": ({"P": 3, "D": (0, 1, 0)}, "r15", "add"),
    "C": ({"rpe": 4, "P": 3, "D": (0, 3, 0), "top": True, "readiness": 80}, "r05", "reduce40"),
    "D": ({"rpe": 4, "P": 3, "D": (3, 3, 0), "top": True, "readiness": 80}, "r04", "step_back"),
    "E": ({"completion": 55, "D": (0, 0), "readiness": 44}, "r10", "hold"),
    "F": ({"completion": 55, "D": (0, 0)}, "r12", "hold"),
    "G": ({"b": 7, "P": 8, "readiness": 62}, "r14", "hold"),
    "H": ({"b": 7, "P": 7, "readiness": 62, "completion": 95}, "r15", "add"),
    "I": ({"P": 6}, "r06", "reduce"),
    "J": ({"P": 3, "D": (2, 0, 0)}, "r09", "hold"),
    "K": ({"b": 3, "P": 4, "D": (2, 2, 0)}, "r06", "reduce"),
    "L": ({"form": 2}, "r07", "hold"),
    "M": ({"rpe": 8}, "r08", "reduce"),
    "N": ({"top": True, "rpe": 4.5}, "r11", "deload"),
    "O": ({"completion": 85, "rpe": 3.5, "b": 1, "P": 1, "D": (0,) * 3, "readiness": 75}, "r15", "add"),
    "P": ({"rpe": 6.5, "top": True}, "r13", "hold"),
    "Q": ({"b": 3, "P": 4, "D": (0, 1, 0), "rpe": 4.5, "top": True, "readiness": 66}, "r16", "advance"),
    "R": ({"readiness": 55, "top": True, "rpe": 4.5}, "r14", "hold"),
}


@pytest.mark.parametrize("name", CASES)
def test_worked_case(name: str) -> None:
    fields, rule, action = CASES[name]
    found = run(evidence(**fields), week=overall(deload_next=name == "N"))
    assert (found.rule, found.action) == (rule, action)


def test_case_d_on_the_first_rung_is_a_swap() -> None:
    fields, _, _ = CASES["D"]
    found = run(evidence(**fields), sit=situation(lower=False))
    assert (found.rule, found.action) == ("r04", "swap")


ROWS: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "r00": ({}, {"red_flag": True}, "stop_all"),
    "r01": ({"leg": True}, {}, "stop"),
    "r02": ({}, {"flare_active": True, "flare_new": True, "kind": "flare"}, "flare"),
    "r03": ({"done": 0, "D": (), "completion": None, "rpe": None, "form": None, "missed": 1}, {}, "hold"),
    "r04": ({"D": (3, 0, 0), "prev": "reduce40"}, {}, "step_back"),
    "r05": ({"D": (3, 0, 0)}, {}, "reduce40"),
    "r06": ({"b": 2, "P": 5, "w": 2.4}, {}, "reduce"),
    "r07": ({"form": 2, "prev_form": 2}, {}, "step_back"),
    "r08": ({"rpe": 8.6, "target": (6, 7)}, {}, "reduce"),
    "r09": ({"D": (1.1, 0, 0)}, {}, "hold"),
    "r10": ({"readiness": 49.9, "rpe": 6.1}, {}, "reduce"),
    "r11": ({}, {"deload_next": True}, "deload"),
    "r12": ({"completion": 79.9}, {}, "hold"),
    "r13": ({"rpe": 6.1}, {}, "hold"),
    "r14": ({"readiness": 59.9}, {}, "hold"),
    "r15": ({}, {}, "add"),
    "r16": ({"top": True}, {}, "advance"),
    "r17": ({"top": True, "form": 1}, {}, "hold"),
}


@pytest.mark.parametrize("rule", ROWS)
def test_each_row_alone(rule: str) -> None:
    fields, week, action = ROWS[rule]
    found = run(evidence(**fields), week=overall(**week))
    assert (found.rule, found.action) == (rule, action)


@pytest.mark.parametrize(
    ("fields", "rule", "action"),
    [
        ({"done": 0, "D": (), "completion": None, "missed": 2}, "r03", "swap"),
        ({"D": (3, 0, 0), "prev": "reduce"}, "r04", "step_back"),
        ({"D": (3, 0, 0), "prev": "step_back"}, "r04", "step_back"),
        ({"D": (3, 0, 0), "prev": "add"}, "r05", "reduce40"),
        ({"P": 6, "prev": "reduce"}, "r06", "step_back"),
        ({"P": 6, "prev": "reduce40"}, "r06", "reduce"),
        ({"D": (2.6, 0, 0)}, "r06", "reduce"),
        ({"D": (2.5, 0, 0)}, "r09", "hold"),
        ({"P": 8, "b": 5, "D": (0,), "planned": 1}, "r05", "reduce40"),
        ({"P": 8, "b": 5}, "r04", "step_back"),
        ({"P": 8, "b": 6}, "r14", "hold"),
        ({"rpe": 7.9}, "r13", "hold"),
        ({"readiness": 49.9}, "r10", "hold"),
        ({"readiness": 50, "rpe": 6.1}, "r13", "hold"),
        ({"completion": 80, "rpe": 4.1}, "r15", "hold"),
        ({"completion": 80, "rpe": 4}, "r15", "add"),
        ({"D": (0,), "planned": 3}, "r12", "hold"),
        ({"D": (0,), "planned": 2}, "r14", "hold"),
        ({"D": (0,), "planned": 1}, "r15", "add"),
        ({"top": True, "rpe": 5.1}, "r17", "hold"),
        ({"top": True, "completion": 89.9}, "r17", "hold"),
        ({"top": True, "advance_met": False}, "r17", "hold"),
        ({"b": 8, "P": 8}, "r14", "hold"),
        ({"P": 3.1}, "r14", "hold"),
        ({"b": 3, "P": 3, "w": 1.9}, "r14", "hold"),
        ({"b": 3, "P": 3, "w": 2.0}, "r15", "add"),
    ],
)  # fmt: skip
def test_edges(fields: dict[str, Any], rule: str, action: str) -> None:
    found = run(evidence(**fields))
    assert (found.rule, found.action) == (rule, action)


def test_the_least_load_wins_and_the_others_are_listed() -> None:
    found = run(evidence(D=(3, 3, 0), form=2, rpe=9), week=overall(deload_next=True))
    assert found.action == "step_back"
    assert set(found.also) == {"r05", "r06", "r07", "r08", "r11", "r13"}


def test_a_stop_beats_everything_but_a_red_flag() -> None:
    assert run(evidence(leg=True, D=(3, 3, 0))).action == "stop"
    assert run(evidence(leg=True), week=overall(red_flag=True)).rule == "r00"


def test_a_deload_covers_a_cut_that_is_made_beneath_it() -> None:
    dose = Dose(sets=3, reps=10, rpe=(4, 6))
    found = run(evidence(P=6), standing(dose=dose), overall(deload_next=True))
    assert (found.rule, found.action, found.beneath) == ("r11", "deload", "reduce")
    assert (found.dose.sets, found.dose.reps) == (3, 7)
    assert (found.shown.sets, found.shown.reps) == (2, 7)


def test_a_deload_keeps_one_set_and_beats_a_hold() -> None:
    dose = Dose(sets=1, reps=10, rpe=(4, 6))
    found = run(evidence(form=2), standing(dose=dose), overall(deload_next=True))
    assert found.rule == "r11"
    assert found.shown == dose


def test_weeks_of_a_flare_are_not_missed() -> None:
    week = overall(flare_active=True, kind="flare")
    found = run(evidence(done=0, D=(), missed=2), week=week)
    assert (found.rule, found.action) == ("r02", "hold")


def test_by_response_never_climbs_and_swaps_instead_of_stepping_back() -> None:
    sit = situation(by_response=True)
    assert run(evidence(top=True), sit=sit).rule == "r17"
    assert run(evidence(D=(3, 3, 0)), sit=sit).action == "swap"


@pytest.mark.parametrize(
    "gone",
    [{"completion": None}, {"rpe": None}, {"form": None}, {"readiness": None}, {"P": None},
     {"b": None, "w": 2}, {"D": (0, None, 0)}, {"missing": ("form",)}],
)  # fmt: skip
def test_missing_evidence_holds_and_is_named(gone: dict[str, Any]) -> None:
    for top in (False, True):
        found = run(evidence(**{"top": top, **gone}))
        assert found.action == "hold"
        assert found.missing


def test_readiness_red_is_no_week_to_grow() -> None:
    assert run(evidence(), week=overall(readiness_red=True)).rule == "r14"
    assert run(evidence(top=True), week=overall(kind="deload")).rule == "r14"


def test_one_set_of_one_steps_back() -> None:
    found = run(evidence(P=6), standing(dose=Dose(sets=1, reps=1, rpe=(4, 6))))
    assert found.action == "step_back"


# ---- limits ----------------------------------------------------------------------------------------


def _limit(fields: dict[str, Any], week: dict[str, Any], **more: Any) -> Any:
    given = more.pop("given", standing(dose=Dose(sets=3, reps=10, rpe=(4, 6))))
    ev, weekly, sit = evidence(given, **fields), overall(**week), situation()
    found = run(ev, given, weekly, sit)
    bounds = more.pop("bounds", None)
    return limited(found, case_of(ev, weekly, given, sit, bounds))


@pytest.mark.parametrize(
    ("fields", "week", "rule"),
    [
        ({}, {"screened": False}, "screen"),
        ({}, {"gap_days": 15}, "gap"),
        ({"first_session_red": True}, {}, "inv_18"),
        ({"best": 20.0}, {}, "inv_9"),
    ],
)
def test_a_limit_takes_a_rise_back(fields: dict[str, Any], week: dict[str, Any], rule: str) -> None:
    assert _limit({}, {}).rule == "r15"
    found = _limit(fields, week)
    assert found.action in ("hold", "reduce")
    assert found.rule == rule
    assert "r15" in found.also


def test_limit_9_cuts_repetitions_and_leaves_the_load() -> None:
    given = standing("hng_4", dose=Dose(sets=3, reps=12, load_kg=6, rpe=(4, 5)))
    found = _limit({"best": 100.0, "target": (4, 5), "rpe": 4.5}, {}, given=given)
    assert found.rule == "inv_9"
    assert found.dose.load_kg == 6
    assert found.dose.size <= 100 + 216 / 3 + 1e-9


def test_a_provoked_direction_is_not_raised() -> None:
    given = standing("ext_1", dose=Dose(sets=2, reps=6, hold_s=3, rpe=(2, 3)))
    fields = {"target": (2, 3), "rpe": 2.5}
    assert _limit(fields, {}, given=given).action == "add"
    assert _limit(fields, {"provoked": ("extension",)}, given=given).rule == "inv_12"
    assert _limit(fields, {"provoked": ("flexion",)}, given=given).action == "add"


def test_a_therapists_file_bounds_the_engine() -> None:
    assert _limit({}, {}, bounds=Bounds(engine_may=("rung",))).rule == "bounds"
    assert _limit({}, {}, bounds=Bounds(caps={"hng_2": 30})).rule == "inv_14"
    assert _limit({}, {}, bounds=Bounds(caps={"hng_2": 33})).action == "add"


def test_a_long_absence_lowers_the_level_where_no_swap_did() -> None:
    ev = evidence(done=0, D=(), missed=3, best=None)
    given = standing(dose=Dose(sets=3, reps=10, rpe=(4, 6)))
    held = replace(run(ev, given), action="hold", rule="veto")
    found = limited(held, case_of(ev, given=given))
    assert found.rule == "inv_7"
    assert found.dose.size <= 0.85 * given.dose.size


# ---- pain, readiness, thresholds --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "value"),
    [((7, 7.5, 3, 0), 82.0), ((6, 6.5, 5, 0), 72.6), ((4, 5.5, 7, 1), 52.7), ((2, 4.5, 8, 2), 34.9)],
)
def test_readiness_examples(given: tuple[float, float, float, float], value: float) -> None:
    found = readiness(*given)
    assert found is not None
    assert int(found * 10 + 0.5) / 10 == value


def test_readiness_rescales_and_needs_sixty_of_weight() -> None:
    assert readiness(7, 7.5, None, None) == pytest.approx(80)
    assert readiness(None, 7.5, 3, None) is None
    assert readiness(None, 7.5, 3, 0) == pytest.approx((20 + 14 + 20) / 60 * 100)


def test_ceilings() -> None:
    assert [ok_ceiling(b, RULES) for b in (0, 3, 4, 6, 7)] == [5, 5, 6, 8, 8]
    assert [progress_ceiling(b, RULES) for b in (0, 4, 5, 7, 8)] == [1, 5, 5, 7, None]


def test_the_days_constants_are_those_of_the_file() -> None:
    names = {
        name: name.lower()
        for name in vars(day_rules)
        if name.isupper() and name not in ("LOADED", "HARD_EFFORT")
    }
    for name, key in names.items():
        assert getattr(day_rules, name) == RULES[key], name
    builder = tomllib.loads(files("coach.programs").joinpath("builder.toml").read_text())
    assert builder["constants"]["hard_rpe"]["value"] == day_rules.HARD_EFFORT


def test_every_threshold_says_where_it_comes_from() -> None:
    for name, mark in RULES.marks.items():
        assert mark.evidence in "VKD", name
        assert mark.source, name
        assert mark.unit, name


def test_the_builder_and_the_review_use_the_same_numbers() -> None:
    builder = tomllib.loads(files("coach.programs").joinpath("builder.toml").read_text())["constants"]
    same = {"deload_sets": "deload_sets", "load_step": "load_step_weight", "walks": "walks_least",
            "load_step_improvised": "load_step_improvised"}  # fmt: skip
    for theirs, ours in same.items():
        assert builder[theirs]["value"] == RULES[ours], theirs


def test_directions_belong_to_sessions() -> None:
    assert sessions(directions=("flexion",))[0].directions == ("flexion",)


told = st.floats(0, 10) | st.integers(0, 10)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.tuples(told, told, told, st.floats(-5, 10)), min_size=1, max_size=3), st.booleans())
def test_calm_pain_is_calm_by_every_rule(week: list[tuple[float, float, float, float]], top: bool) -> None:
    """Where all pain allows a rise, no row and no limit of pain matches: the review may skip them."""
    found = tuple(
        Provocation(date=START, before=before, most=most, usual=usual, morning=morning)
        for before, most, usual, morning in week
    )
    if not calm(found, RULES):
        return
    for each in found:
        assert colour(each, RULES) == "green"
        assert not over_ceiling(each, RULES)
        assert not provoked(each, RULES)
        assert not strongly_provoked(each, RULES)
    case = case_of(replace(evidence(top=top), sessions=found))
    quick = replace(case, calm=True)
    assert decide(case) == decide(quick)
    assert limited(decide(case), case) == limited(decide(quick), quick)


def test_a_walk_has_no_form_to_tell() -> None:
    """R14 lists effort, pain, morning and readiness; how clean a walk looked is nobody's question."""
    given = standing("aer_2", dose=Dose(sets=1, minutes=10, rpe=(3, 3)))
    told_all = {"form": None, "target": (3, 3), "rpe": 3.0}
    walk = situation(walk=True)
    assert run(evidence(given, **told_all), given, sit=walk).rule == "r15"
    assert run(evidence(given, **told_all, missing=("form",)), given, sit=walk).action == "add"
    assert run(evidence(given, **told_all, top=True), given, sit=walk).action == "advance"
    assert run(evidence(given, **{**told_all, "rpe": None}), given, sit=walk).missing == ("effort (RPE)",)
    held = run(evidence(form=None))
    assert (held.action, held.missing) == ("hold", ("form",))
