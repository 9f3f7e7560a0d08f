"""Combination rules, unlocking, the interim kit (clinical.md 1.1, 1.4) and the laws of 1.6."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from safety_case import DAY, clear, screen

from coach.model.assessment import Clearance
from coach.questionnaires.catalogue import items, load_instruments
from coach.questionnaires.clearance import refusal
from coach.questionnaires.rules import load_rules
from coach.questionnaires.safety import mini_screen, triage
from coach.questionnaires.severity import rank

T0, T1, T2, T3 = "T0_EMERGENCY", "T1_CLINICIAN", "T2_CAUTION", "T3_CLEAR"
DAYS, WEEK, ROUTINE = "same_day", "within_week", "routine"
OLD_WOMAN: dict[str, Any] = {"age": 70, "sex": "female"}  # two points of FX
FALL = {"rf07_fall": "yes"}
LONG = {"rf37": 20}
SPA = {"rf40_onset": 30, "rf40_months": 4}

# rule, answers, score, level, urgency
BANDS: list[tuple[str, dict[str, Any], float, str, str | None]] = [
    ("fx", {"sex": "female"}, 1, T3, None),
    ("fx", {"sex": "other"}, 0.5, T3, None),
    ("fx", {"sex": None}, 0.5, T3, None),
    ("fx", {"sex": "male", "age": 70}, 1, T3, None),
    ("fx", {"sex": "male", "age": 69.9}, 0, T3, None),
    ("fx", {**OLD_WOMAN}, 2, T1, WEEK),
    ("fx", {**OLD_WOMAN, "rf38": "yes"}, 2, T2, None),
    ("fx", {**OLD_WOMAN, "rf38": "unsure"}, 2, T1, WEEK),
    ("fx", {**OLD_WOMAN, "rf38": None}, 2, T1, WEEK),
    ("fx", {**OLD_WOMAN, **FALL, "rf37": 6}, 3, T1, DAYS),
    ("fx", {**OLD_WOMAN, **FALL, "rf37": 6.1}, 3, T1, WEEK),
    ("fx", {**OLD_WOMAN, **FALL, "rf37": None}, 3, T1, DAYS),
    ("fx", {**OLD_WOMAN, **FALL, "rf38": "yes"}, 3, T1, WEEK),
    ("fx", {**OLD_WOMAN, **FALL, "rf38": "yes", "rf37": None}, 3, T1, DAYS),
    ("fx", {**OLD_WOMAN, "rf32": "yes", "rf38": "yes"}, 3, T2, None),
    ("fx", {**OLD_WOMAN, "rf32": "yes", "rf38": "yes", "rf37": None}, 3, T2, None),
    ("fx", {**OLD_WOMAN, "rf32": "yes", "rf38": "yes", "rf37": 5}, 3, T1, DAYS),
    ("fx", {**OLD_WOMAN, "rf32": "unsure"}, 2.5, T1, WEEK),
    ("fx", {**OLD_WOMAN, "rf32": "unsure", "rf37": 5}, 2.5, T1, WEEK),
    ("fx", {"rf15": "yes"}, 2, T1, WEEK),
    ("fx", {"rf15": "unsure"}, 1.5, T3, None),
    ("fx", {"rf15": "unsure", "rf38": "yes"}, 1.5, T3, None),
    ("fx", {**FALL, "rf17": "yes", "sex": "male"}, 1, T3, None),
    ("fx", {"rf16": "yes", "rf15": "yes", "rf37": 4}, 3, T1, DAYS),
    ("fx", {**FALL}, 1, T3, None),  # a small fall counts only with thin bones or from 70
    ("fx", {**FALL, "rf07_fall_pain": "yes"}, 2, T1, WEEK),
    ("fx", {**FALL, "rf07_fall_pain": "unsure"}, 1.5, T3, None),
    ("fx", {"rf07_fall": "unsure", "rf07_fall_pain": "yes"}, 1.5, T3, None),
    ("fx", {**FALL, "rf16": "unsure", "sex": "male"}, 1.5, T3, None),
    ("fx", {**FALL, "rf16": "yes", "sex": "male"}, 2, T1, WEEK),
    ("fx", {**FALL, "rf31": "yes", "sex": "male"}, 2, T1, WEEK),
    ("fx", {**FALL, "rf31": "unsure"}, 2, T1, WEEK),
    ("fx", {"rf31": "yes"}, 1, T3, None),  # no fall: the question on a bruise was not in force
    ("fx", {"rf07": "yes"}, 2, T1, WEEK),
    ("fx", {"rf07": "yes", "rf07_imaging": "yes", "rf07_worse": "no"}, 1, T3, None),
    ("fx", {"rf07": "yes", "rf07_imaging": "yes", "rf07_worse": "yes"}, 2, T1, WEEK),
    ("ca", {"rf12": "yes"}, 3, T1, WEEK),
    ("ca", {"rf12": "yes", "rf38": "yes", "rf39": "yes"}, 0, T3, None),
    ("ca", {"rf12": "yes", "rf38": "yes", "rf39": "no"}, 3, T1, WEEK),
    ("ca", {"rf12": "yes", "rf38": "yes", "rf39": "unsure"}, 3, T1, WEEK),
    ("ca", {"rf12": "yes", "rf38": "unsure", "rf39": "yes"}, 3, T1, WEEK),
    ("ca", {"rf12": "unsure"}, 1.5, T3, None),
    ("ca", {"rf12": "yes", "rf14": "yes"}, 4, T1, DAYS),
    ("ca", {"rf12": "yes", "rf14": "unsure"}, 3.5, T1, WEEK),
    ("ca", {"rf13": "yes"}, 2, T3, None),
    ("ca", {"rf13": "yes", "rf35": "unsure"}, 2.5, T3, None),
    ("ca", {"rf13": "yes", "rf35": "yes"}, 3, T1, WEEK),
    ("ca", {"rf13": "yes", "rf35": "yes", "rf14": "yes"}, 4, T1, DAYS),
    ("ca", {"rf33": "yes", "age": 55, "rf13": "yes"}, 3, T1, WEEK),
    ("ca", {"rf33": "yes", "age": 54, "rf13": "yes"}, 2, T3, None),
    ("ca", {"rf34": "yes", "rf37": 26, "rf13": "yes"}, 3, T1, WEEK),
    ("ca", {"rf34": "yes", "rf37": 26.5, "rf13": "yes"}, 2, T3, None),
    ("ca", {"rf34": "yes", "rf37": None, "rf13": "yes"}, 3, T1, WEEK),
    ("ca", {"rf13": "yes", "rf35": "yes", "rf05b": "yes"}, 3, T0, None),
    ("ca", {"rf13": "yes", "rf35": "yes", "rf11": "yes"}, 3, T0, None),
    ("ca", {"rf13": "yes", "rf35": "yes", "rf29": "unsure"}, 3, T0, None),
    ("ca", {"rf13": "yes", "rf35": "unsure", "rf05b": "yes"}, 2.5, T3, None),
    ("ca", {"rf13": "yes", "rf05b": "yes"}, 2, T3, None),
    ("ca", {"rf12": "yes", "rf38": "yes", "rf39": "yes", "rf05b": "unsure"}, 0, T0, None),
    ("ca", {"rf12": "unsure", "rf06b": "yes", "rf06b_examined": "yes", "rf06b_stable": "yes"}, 1.5, T0, None),
    ("ca", {"rf12": "yes", "rf06c": "yes", "rf06c_examined": "yes"}, 3, T0, None),
    ("ca", {"rf12": "yes", "rf29": "yes"}, 3, T0, None),
    ("ca", {"rf12": "yes", "rf29": "yes", "rf29_known": "yes"}, 3, T1, WEEK),
    ("inf", {"rf08": "yes"}, 3, T1, DAYS),
    ("inf", {"rf08": "unsure"}, 1.5, T3, None),
    ("inf", {"rf08": "yes", "rf14": "yes"}, 4, T1, DAYS),
    ("inf", {"rf08": "yes", "rf14": "yes", "rf36": "unsure"}, 4.5, T1, DAYS),
    ("inf", {"rf08": "yes", "rf14": "yes", "rf36": "yes"}, 5, T0, None),
    ("inf", {"rf08b": "yes"}, 2, T2, None),
    ("inf", {"rf08b": "yes", "rf14": "yes"}, 3, T1, DAYS),
    ("inf", {"rf08b": "yes", "rf14": "unsure"}, 2.5, T2, None),
    ("inf", {"rf14": "yes", "rf36": "yes"}, 2, T2, None),
    ("inf", {"rf14": "yes", "rf36": "unsure"}, 1.5, T3, None),
    ("inf", {"rf36": "yes"}, 1, T3, None),
    ("axspa", {**SPA, "rf40b": "yes"}, 2, T3, None),
    ("axspa", {**SPA, "rf40b": "yes", "rf40c": "unsure"}, 2.5, T3, None),
    ("axspa", {**SPA, "rf40b": "yes", "rf40c": "yes"}, 3, T2, None),
    ("axspa", {**SPA, "rf40b": "yes", "rf40c": "yes", "rf40d": "unsure"}, 3.5, T2, None),
    ("axspa", {**SPA, "rf40b": "yes", "rf40c": "yes", "rf40d": "yes"}, 4, T1, ROUTINE),
    ("axspa", {**SPA, "rf40_onset": 34.9, "rf40e": "yes", "rf40f": "yes"}, 3, T2, None),
    ("axspa", {**SPA, "rf40_onset": 35, "rf40e": "yes", "rf40f": "yes", "rf40g": "yes"}, 3, T2, None),
    (
        "axspa",
        {**SPA, "rf40_onset": 44, "rf40e": "yes", "rf40f": "yes", "rf40h": "yes", "rf40i": "yes"},
        4,
        T1,
        ROUTINE,
    ),
    (
        "axspa",
        {**SPA, "rf40_onset": 45, "rf40e": "yes", "rf40f": "yes", "rf40h": "yes", "rf40i": "yes"},
        0,
        T3,
        None,
    ),
    ("axspa", {**SPA, "rf40_months": 3, "rf40b": "yes", "rf40c": "yes", "rf40d": "yes"}, 0, T3, None),
    ("axspa", {**SPA, "rf40j": "yes", "rf40k": "yes"}, 1, T3, None),
]


@pytest.mark.parametrize(("rule", "answers", "score", "level", "urgency"), BANDS)
def test_each_band(rule, answers, score, level, urgency):
    result = screen(**answers)
    fired = {each.id: each for each in result.fired}
    assert result.scores[rule] == score
    if level == T3:
        assert rule not in fired
    else:
        assert (fired[rule].level, fired[rule].urgency) == (level, urgency)
        assert rank(result.level, result.urgency) <= rank(level, urgency)


def test_a_broken_bone_caution_brings_its_filter_and_prompt():
    result = screen(**OLD_WOMAN, rf38="yes")
    assert result.filters == ("ost",)
    assert any("bone health" in prompt for prompt in result.prompts)


def test_three_criteria_of_axial_inflammation_suggest_the_blood_test():
    assert any("HLA-B27" in prompt for prompt in screen(**SPA, rf40b="yes", rf40c="yes").prompts)
    assert not screen(**SPA, rf40b="yes").prompts
    assert any("eye or bowel" in prompt for prompt in screen(**SPA, rf40j="yes").prompts)


def test_scores_are_null_once_a_single_row_is_an_emergency():
    result = screen(rf01="yes", rf12="yes", rf13="yes")
    assert result.scores == {"fx": None, "ca": None, "inf": None, "axspa": None}
    assert [each.id for each in result.fired] == ["rf01", "rf12", "rf13"]
    assert screen(rf08="yes", rf14="yes", rf36="yes").scores["inf"] == 5


@pytest.mark.parametrize(
    ("answers", "kit"),
    [
        ({"rf13": "yes"}, "full"),
        ({**SPA, "rf40b": "yes", "rf40c": "yes", "rf40d": "yes"}, "full"),
        ({"rf18": "yes", "rf18_weeks": 3}, "lessons_and_breathing"),
        ({"rf18": "yes", "rf18_weeks": 3, "rf13": "yes"}, "lessons_and_breathing"),
        ({"rf19": "yes"}, "lessons_and_breathing"),
        ({"rf20": "yes", "rf20_weeks": 3}, "lessons_and_breathing"),
        ({"rf23_event": "yes"}, "lessons_and_breathing"),
        ({"rf23_bp": "high"}, "none"),
        ({"rf23_event": "yes", "rf22": "yes"}, "none"),
        ({"rf13": "yes", "rf22": "yes"}, "none"),
        ({"rf05b": "yes"}, "none"),
        ({"rf01": "yes", "rf13": "yes"}, "none"),
        ({"rf14": "yes"}, "none"),
        ({"rf13": "yes", "rf16": "yes", "sex": "male"}, "full"),
        ({"rf13": "yes", "rf14": "yes"}, "none"),  # CA 3
    ],
)
def test_the_interim_kit(answers, kit):
    assert screen(**answers).kit == kit


def test_no_response_to_the_plan_is_a_rule_of_its_own():
    worse = triage(clear(rf13="yes"), today=DAY, nonresponse="worse")
    assert [each.id for each in worse.fired] == ["nonresp", "rf13"]
    assert (worse.level, worse.urgency, worse.kit) == (T1, ROUTINE, "full")
    assert triage(clear(), today=DAY, nonresponse="none").level == T2


def given_clearance(rule: str, **changes: Any) -> Clearance:
    facts = {
        "id": rule,
        "clinician": "doctor",
        "name": "Dr. Ode",
        "first_yes": DAY - timedelta(days=10),
        "date": DAY - timedelta(days=3),
        "examined": True,
        "cleared": True,
    }
    return Clearance(**{**facts, **changes})


@pytest.mark.parametrize(
    ("rule", "changes", "unlocks"),
    [
        ("rf13", {}, True),
        ("rf13", {"clinician": "physiotherapist"}, True),
        ("rf13", {"clinician": "midwife"}, False),
        ("rf19", {"clinician": "midwife"}, True),
        ("rf05b", {"clinician": "midwife"}, False),
        ("rf13", {"examined": False}, False),
        ("rf13", {"cleared": False}, False),
        ("rf13", {"date": DAY - timedelta(days=10)}, True),
        ("rf13", {"date": DAY - timedelta(days=11)}, False),
        ("rf13", {"date": DAY - timedelta(days=90), "first_yes": DAY - timedelta(days=90)}, True),
        ("rf13", {"date": DAY - timedelta(days=91), "first_yes": DAY - timedelta(days=95)}, False),
        ("rf13", {"date": DAY + timedelta(days=1)}, False),
    ],
)
def test_who_may_unlock_and_for_how_long(rule, changes, unlocks):
    answers = clear(**({"rf19": "yes"} if rule == "rf19" else {rule: "yes"}))
    clearance = given_clearance(rule, **changes)
    result = triage(answers, today=DAY, clearances=(clearance,))
    assert (result.level == T2) is unlocks
    assert result.fired[0].unlocked is unlocks
    assert bool(refusal(clearance, DAY, None, load_rules())) is not unlocks


@pytest.mark.parametrize(
    ("answers", "filters"),
    [
        ({"rf05b": "yes"}, ("neur",)),
        ({"rf06b": "yes"}, ("neur",)),
        ({"rf06c": "yes"}, ("neur",)),
        ({"leg_pain": "yes", "rf26_leg": "yes", "rf26_growing": "yes"}, ("neur",)),
        ({"rf29": "yes"}, ("neur",)),
        ({"rf17": "yes"}, ("fx", "ost")),
        ({"rf24": "yes", "rf24_fall": "yes"}, ("bal",)),
        ({"rf18": "yes", "rf18_weeks": 3}, ("surg",)),
        ({"rf19": "yes"}, ("preg",)),
        ({"rf20": "yes", "rf20_weeks": 3}, ("pp",)),
        ({"rf23_event": "yes"}, ("htn",)),
        ({"rf13": "yes"}, ()),
        ({"rf22": "yes"}, ()),
        ({"rf33": "yes", "age": 78, "sex": "male"}, ("bal",)),
        ({**OLD_WOMAN}, ("ost",)),
        ({"rf12": "yes"}, ()),
    ],
)
def test_an_unlocked_rule_is_a_caution_with_its_filters(answers, filters):
    before = triage(clear(**answers), today=DAY)
    waiting = tuple(each.id for each in before.fired if each.level == T1)
    clearances = tuple(given_clearance(rule) for rule in waiting)
    after = triage(clear(**answers), today=DAY, clearances=clearances)
    assert (before.level, after.level, after.kit) == (T1, T2, "none")
    assert set(after.filters) == set(filters) - {"fx"}
    assert after.urgency is None


def test_each_rule_needs_its_own_clearance():
    answers = clear(rf13="yes", rf22="yes")
    result = triage(answers, today=DAY, clearances=(given_clearance("rf13"),))
    assert (result.level, result.urgency) == (T1, DAYS)


def test_an_emergency_cannot_be_cleared():
    result = triage(clear(rf01="yes"), today=DAY, clearances=(given_clearance("rf01"),))
    assert result.level == T0


def test_a_rule_fires_again_when_an_answer_behind_it_became_worse_later():
    answers = clear(rf23_event="yes", rf23_chest="yes")
    clearance = given_clearance("rf23")
    old = {"rf23_event": DAY - timedelta(days=20), "rf23_chest": DAY - timedelta(days=5)}
    new = {**old, "rf23_chest": DAY - timedelta(days=1)}
    assert triage(answers, today=DAY, clearances=(clearance,), first_yes=old).level == T2
    assert triage(answers, today=DAY, clearances=(clearance,), first_yes=new).level == T1
    assert triage(answers, today=DAY, clearances=(clearance,), first_yes={"rf23": DAY}).level == T1


def test_a_combination_fires_again_when_a_sign_is_added_after_the_examination():
    answers = clear(rf13="yes", rf35="yes", rf14="yes")
    cleared = (given_clearance("ca"), given_clearance("rf13"), given_clearance("inf"))
    old = {key: DAY - timedelta(days=9) for key in ("rf13", "rf35", "rf14")}
    assert triage(answers, today=DAY, clearances=cleared, first_yes=old).level == T2
    assert triage(answers, today=DAY, clearances=cleared, first_yes={**old, "rf35": DAY}).level == T1
    context = {**old, "rf38": DAY}
    assert triage({**answers, "rf38": "yes"}, today=DAY, clearances=cleared, first_yes=context).level == T2


LEGS = {"rf05a", "rf05b", "rf06a", "rf06b", "rf06c", "rf26", "neur"}


@pytest.mark.parametrize(
    ("item", "rows"),
    [
        ("ms_saddle", {"rf01", "rf02", "rf03", "rf04"}),
        ("ms_legs", LEGS),
        ("ms_leg_new", LEGS),
        ("ms_unwell", {"rf08", "rf08b", "rf08c", "rf13"}),
        ("ms_trauma", {"rf07", "rf17", "rf24", "rf31"}),
    ],
)
def test_the_mini_screen_opens_the_full_rows_behind_it(item, rows):
    behind = {each.id for each in BANK if (each.rule or each.id) in rows}
    for answer in ("yes", "unsure"):
        assert set(mini_screen({item: answer})) == behind
        assert screen(**{item: answer}).level == T3, "the level comes only from the rows behind it"
    assert mini_screen({item: "no"}) == ()


def test_a_different_pain_opens_the_full_bank():
    bank = next(each for each in load_instruments() if each.id == "safety")
    assert mini_screen({"ms_different": "unsure"}) == tuple(item.id for item in bank.items)
    assert set(mini_screen({"ms_saddle": "yes", "ms_unwell": "yes"})) == {
        *mini_screen({"ms_saddle": "yes"}),
        *mini_screen({"ms_unwell": "yes"}),
    }


# --- the laws of 1.6 ------------------------------------------------------------------------------

BANK = [
    i for each in load_instruments() if each.id in ("about", "safety", "neuro_safety") for i in each.items
]
YES_NO = [item.id for item in BANK if item.kind in ("yes_no", "yes_no_unsure")]
RISK = sorted(set(YES_NO) - set(load_rules().context.items))


def _value(item_id: str) -> st.SearchStrategy[Any]:
    item = items(load_instruments())[item_id]
    if item.kind == "yes_no":
        return st.sampled_from(["yes", "no", None])
    if item.kind == "yes_no_unsure":
        return st.sampled_from(["no", "no", "no", "yes", "unsure", None])
    if item.kind == "choice":
        return st.sampled_from([*(choice.value for choice in item.choices), None])
    edges = [0, 3, 5, 6, 7, 12, 16, 20, 26, 35, 44, 52, 55, 70, 75, 100]
    top = item.maximum or 100
    return st.sampled_from([*(edge for edge in edges if edge <= top), None])


ANSWERS = st.fixed_dictionaries({}, optional={item.id: _value(item.id) for item in BANK if item.id != "rf28"})


@settings(max_examples=250, deadline=None)
@given(ANSWERS, st.sampled_from(RISK))
def test_adding_a_yes_on_a_risk_item_never_lowers_the_level(answers, item_id):
    before = triage({**answers, item_id: answers.get(item_id)}, today=DAY)
    after = triage({**answers, item_id: "yes"}, today=DAY)
    assert rank(after.level, after.urgency) <= rank(before.level, before.urgency)


SOME = st.lists(st.sampled_from([item.id for item in BANK if item.id != "rf28"]), max_size=5, unique=True)
FEW = SOME.flatmap(lambda ids: st.fixed_dictionaries({item_id: _value(item_id) for item_id in ids}))


@settings(max_examples=300, deadline=None)
@given(FEW, st.sampled_from(RISK))
def test_one_more_yes_of_a_person_with_little_to_report_never_lowers_the_level(answers, item_id):
    whole = clear(**answers)
    before, after = triage(whole, today=DAY), triage({**whole, item_id: "yes"}, today=DAY)
    assert rank(after.level, after.urgency) <= rank(before.level, before.urgency)


@settings(max_examples=60, deadline=None)
@given(ANSWERS, st.randoms(use_true_random=False))
def test_the_order_of_the_answers_plays_no_part(answers, random):
    pairs = list(answers.items())
    random.shuffle(pairs)
    assert triage(dict(pairs), today=DAY) == triage(answers, today=DAY)


@settings(max_examples=100, deadline=None)
@given(ANSWERS)
def test_the_level_is_the_most_severe_that_fired(answers):
    result = triage(answers, today=date(2026, 1, 1))
    levels = [rank(each.level) for each in result.fired]
    assert rank(result.level) == min(levels, default=rank(T3))
    assert [each.id for each in result.fired] == sorted(each.id for each in result.fired)
    assert (result.urgency is not None) == (result.level == T1)
    assert set(result.filters) >= {tag for each in result.fired for tag in each.filters}
