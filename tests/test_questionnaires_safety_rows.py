"""Every row of the question bank (clinical.md 1.3): what it leads to, certain and unsure."""

from __future__ import annotations

from typing import Any

import pytest
from safety_case import DAY, clear, screen

from coach.questionnaires.catalogue import items, load_instruments
from coach.questionnaires.rules import load_rules
from coach.questionnaires.safety import triage

T0, T1, T2, T3, NO = "T0_EMERGENCY", "T1_CLINICIAN", "T2_CAUTION", "T3_CLEAR", "NOT_ELIGIBLE"
DAYS, WEEK, ROUTINE = "same_day", "within_week", "routine"

# rule, answers, level, urgency, filters of the fired rule
ROWS: list[tuple[str, dict[str, Any], str, str | None, tuple[str, ...]]] = [
    ("rf01", {"rf01": "yes"}, T0, None, ()),
    ("rf01", {"rf01": "unsure"}, T0, None, ()),
    *[
        row
        for rf in ("rf02", "rf03", "rf04")
        for row in [
            (rf, {rf: "yes", f"{rf}_recent": "yes"}, T0, None, ()),
            (rf, {rf: "unsure", f"{rf}_recent": "yes"}, T0, None, ()),
            (rf, {rf: "yes", f"{rf}_recent": "unsure", f"{rf}_examined": "yes"}, T0, None, ()),
            (rf, {rf: "yes", f"{rf}_recent": "yes", f"{rf}_examined": "yes"}, T0, None, ()),
            (rf, {rf: "yes", f"{rf}_recent": "no", f"{rf}_examined": "no"}, T1, DAYS, ()),
            (rf, {rf: "yes", f"{rf}_recent": "no", f"{rf}_examined": "unsure"}, T1, DAYS, ()),
            (rf, {rf: "unsure", f"{rf}_recent": "no", f"{rf}_examined": "no"}, T1, DAYS, ()),
            (rf, {rf: "yes", f"{rf}_recent": "no", f"{rf}_examined": "yes"}, T3, None, ()),
        ]
    ],
    ("rf05a", {"rf05a": "yes", "rf05a_new": "yes", "rf05a_rest": "yes"}, T0, None, ()),
    ("rf05a", {"rf05a": "unsure", "rf05a_new": "unsure", "rf05a_rest": "unsure"}, T0, None, ()),
    ("rf05a", {"rf05a": "yes", "rf05a_new": "no", "rf05a_rest": "yes"}, T3, None, ()),
    ("rf05a", {"rf05a": "yes", "rf05a_new": "yes", "rf05a_rest": "no"}, T3, None, ()),
    ("rf05b", {"rf05b": "yes"}, T1, DAYS, ()),
    ("rf05b", {"rf05b": "unsure"}, T1, DAYS, ("neur",)),
    ("rf06a", {"rf06a": "yes"}, T0, None, ()),
    ("rf06a", {"rf06a": "unsure"}, T0, None, ()),
    ("rf06b", {"rf06b": "yes", "rf06b_new": "yes"}, T1, DAYS, ()),
    ("rf06b", {"rf06b": "yes", "rf06b_new": "unsure"}, T1, DAYS, ("neur",)),
    ("rf06b", {"rf06b": "yes", "rf06b_new": "no"}, T1, WEEK, ()),
    (
        "rf06b",
        {"rf06b": "yes", "rf06b_new": "yes", "rf06b_examined": "yes", "rf06b_stable": "yes"},
        T2,
        None,
        ("neur",),
    ),
    ("rf06b", {"rf06b": "unsure", "rf06b_new": "no"}, T2, None, ("neur",)),
    ("rf06b", {"rf06b": "yes", "rf06b_examined": "yes", "rf06b_stable": "yes"}, T2, None, ("neur",)),
    ("rf06b", {"rf06b": "yes", "rf06b_examined": "yes", "rf06b_stable": "no"}, T1, DAYS, ()),
    ("rf06b", {"rf06b": "yes", "rf06b_examined": "yes", "rf06b_stable": "unsure"}, T1, WEEK, ()),
    ("rf06b", {"rf06b": "yes", "rf06b_new": "yes", "rf06b_examined": "unsure"}, T1, DAYS, ()),
    ("rf06c", {"rf06c": "yes", "rf06c_spread": "yes", "rf06c_examined": "yes"}, T0, None, ()),
    ("rf06c", {"rf06c": "yes", "rf06c_both": "yes", "rf06c_examined": "yes"}, T0, None, ()),
    ("rf06c", {"rf06c": "yes", "rf06c_both": "unsure"}, T0, None, ()),
    ("rf06c", {"rf06c": "yes", "rf06c_new": "yes"}, T1, DAYS, ()),
    ("rf06c", {"rf06c": "yes", "rf06c_new": "no"}, T1, WEEK, ()),
    ("rf06c", {"rf06c": "unsure", "rf06c_new": "no"}, T2, None, ("neur",)),
    ("rf06c", {"rf06c": "yes", "rf06c_new": "yes", "rf06c_examined": "yes"}, T2, None, ("neur",)),
    ("rf06b", {"rf06b": "unsure", "rf06b_examined": "yes", "rf06b_stable": "yes"}, T2, None, ("neur",)),
    ("rf06c", {"rf06c": "yes", "rf06c_spread": "unsure"}, T0, None, ()),
    ("rf06c", {"rf06c": "yes", "rf06c_new": "unsure"}, T1, DAYS, ("neur",)),
    ("rf07", {"rf07": "unsure", "rf07_imaging": "yes", "rf07_hours": 5}, T2, None, ()),
    ("rf07", {"rf07": "yes", "rf07_hours": 71.9}, T0, None, ()),
    ("rf07", {"rf07": "yes", "rf07_pain": 7}, T0, None, ()),
    ("rf07", {"rf07": "unsure", "rf07_pain": 7}, T0, None, ()),
    ("rf07", {"rf07": "yes", "rf07_hours": None}, T0, None, ()),
    ("rf07", {"rf07": "yes", "rf07_pain": None}, T0, None, ()),
    ("rf07", {"rf07": "yes", "rf07_hours": 72, "rf07_pain": 6}, T1, DAYS, ()),
    ("rf07", {"rf07": "yes", "rf07_imaging": "yes", "rf07_hours": 5}, T2, None, ()),
    ("rf07", {"rf07": "yes", "rf07_imaging": "unsure", "rf07_hours": 5}, T0, None, ()),
    ("rf07", {"rf07": "yes", "rf07_imaging": "yes", "rf07_worse": "unsure", "rf07_hours": 5}, T0, None, ()),
    ("rf07", {"rf07": "yes", "rf07_imaging": "yes", "rf07_worse": "yes"}, T1, DAYS, ()),
    ("rf08", {"rf08": "yes"}, T1, DAYS, ()),
    ("rf08", {"rf08": "unsure"}, T1, DAYS, ()),
    ("rf08", {"rf08": "yes", "rf08b": "yes"}, T0, None, ()),
    ("rf08", {"rf08": "unsure", "rf08b": "unsure"}, T0, None, ()),
    ("rf08", {"rf08": "yes", "rf08c": "unsure"}, T0, None, ()),
    ("rf08", {"rf08": "yes", "rf13": "yes"}, T0, None, ()),
    ("rf08b", {"rf08b": "yes"}, T2, None, ()),
    ("rf08b", {"rf08b": "unsure"}, T2, None, ()),
    ("rf08c", {"rf08c": "yes"}, T3, None, ()),
    ("rf09", {"rf09": "yes"}, T0, None, ()),
    ("rf09", {"rf09": "unsure"}, T0, None, ()),
    ("rf10", {"rf10": "yes"}, T0, None, ()),
    ("rf10", {"rf10": "unsure"}, T0, None, ()),
    ("rf11", {"rf11": "yes"}, T1, DAYS, ()),
    ("rf11", {"rf11": "yes", "rf11_worse": "unsure"}, T0, None, ()),
    ("rf11", {"rf11": "yes", "rf12": "yes"}, T0, None, ()),
    ("rf11", {"rf11": "unsure", "rf12": "unsure"}, T0, None, ()),
    ("rf11", {"rf11": "unsure", "rf11_worse": "yes"}, T0, None, ()),
    ("rf12", {"rf12": "yes", "rf38": "yes", "rf39": "yes"}, T2, None, ()),
    ("rf12", {"rf12": "unsure"}, T2, None, ()),
    ("rf13", {"rf13": "yes"}, T1, ROUTINE, ()),
    ("rf13", {"rf13": "unsure"}, T2, None, ()),
    ("rf14", {"rf14": "yes"}, T2, None, ()),
    ("rf14", {"rf14": "unsure"}, T2, None, ()),
    ("rf15", {"rf15": "yes", "sex": "male"}, T2, None, ("ost",)),
    ("rf15", {"rf15": "unsure", "sex": "male"}, T2, None, ("ost",)),
    ("rf16", {"rf16": "yes", "sex": "male"}, T2, None, ("ost",)),
    ("rf16", {"rf16": "unsure", "sex": "male"}, T2, None, ("ost",)),
    ("rf17", {"rf17": "yes"}, T1, DAYS, ()),
    ("rf17", {"rf17": "unsure"}, T1, DAYS, ("ost",)),
    ("rf17", {"rf17_sudden": "yes", "rf15": "yes", "sex": "male"}, T1, DAYS, ()),
    ("rf17", {"rf17_sudden": "yes", "rf16": "unsure", "sex": "male"}, T1, DAYS, ("ost",)),
    ("rf17", {"rf17_sudden": "yes", "age": 70, "sex": "male"}, T1, DAYS, ()),
    ("rf17", {"rf17_sudden": "yes", "age": 69}, T3, None, ()),
    ("rf17", {"rf17_sudden": "unsure", "rf15": "yes", "sex": "male"}, T1, DAYS, ("ost",)),
    ("rf18", {"rf18": "unsure", "rf18_weeks": 30}, T2, None, ("surg",)),
    ("rf18", {"rf18": "yes", "rf18_weeks": 12}, T1, ROUTINE, ()),
    ("rf18", {"rf18": "yes", "rf18_weeks": 12.5}, T2, None, ("surg",)),
    ("rf18", {"rf18": "yes", "rf18_weeks": 52}, T2, None, ("surg",)),
    ("rf18", {"rf18": "yes", "rf18_weeks": 53}, T3, None, ()),
    ("rf18", {"rf18": "yes", "rf18_weeks": 500, "rf18_fusion": "yes"}, T2, None, ("surg",)),
    ("rf18", {"rf18": "unsure", "rf18_weeks": 4}, T2, None, ("surg",)),
    ("rf18", {"rf18": "unsure", "rf18_weeks": None}, T2, None, ("surg",)),
    ("rf19", {"rf19": "yes", "rf19_cleared": "yes"}, T2, None, ("preg",)),
    ("rf19", {"rf19": "yes", "rf19_cleared": "no"}, T1, ROUTINE, ()),
    ("rf19", {"rf19": "yes", "rf19_cleared": "unsure"}, T1, ROUTINE, ()),
    ("rf19", {"rf19": "yes", "rf19_cleared": "yes", "rf19_complication": "yes"}, T1, ROUTINE, ()),
    ("rf19", {"rf19": "yes", "rf19_cleared": "yes", "rf19_complication": "unsure"}, T2, None, ("preg",)),
    ("rf19", {"rf19": "yes", "rf19_cleared": "yes", "rf19_emergency": "yes"}, T0, None, ()),
    ("rf19", {"rf19": "unsure", "rf19_emergency": "unsure"}, T0, None, ()),
    ("rf19", {"rf19": "unsure"}, T2, None, ("preg",)),
    ("rf19", {"rf19": "yes", "rf19_emergency": "yes", "sex": "male"}, T3, None, ()),
    ("rf20", {"rf20": "yes", "rf20_weeks": 5.9}, T1, ROUTINE, ()),
    ("rf20", {"rf20": "yes", "rf20_weeks": 6}, T2, None, ("pp",)),
    ("rf20", {"rf20": "yes", "rf20_weeks": 11, "rf20_mode": "caesarean"}, T1, ROUTINE, ()),
    ("rf20", {"rf20": "yes", "rf20_weeks": 12, "rf20_mode": "caesarean"}, T2, None, ("pp",)),
    ("rf20", {"rf20": "yes", "rf20_weeks": 52}, T2, None, ("pp",)),
    ("rf20", {"rf20": "yes", "rf20_weeks": 53}, T3, None, ()),
    ("rf20", {"rf20": "unsure", "rf20_weeks": 3}, T2, None, ("pp",)),
    ("rf21", {"rf21": "yes"}, T0, None, ()),
    ("rf21", {"rf21": "unsure"}, T0, None, ()),
    ("rf22", {"rf22": "yes"}, T1, DAYS, ()),
    ("rf22", {"rf22": "unsure"}, T1, DAYS, ()),
    ("rf23", {"rf23_chest": "yes", "rf23_recent": "yes"}, T1, DAYS, ()),
    ("rf23", {"rf23_faint": "yes", "rf23_recent": "unsure"}, T1, DAYS, ("htn",)),
    ("rf23", {"rf23_chest": "yes", "rf23_recent": "no"}, T1, WEEK, ()),
    ("rf23", {"rf23_faint": "unsure", "rf23_recent": "no"}, T2, None, ("htn",)),
    ("rf23", {"rf23_chest": "yes", "rf23_recent": "unsure"}, T1, DAYS, ("htn",)),
    ("rf23", {"rf23_chest": "unsure", "rf23_recent": "no"}, T2, None, ("htn",)),
    ("rf23", {"rf23_chest": "unsure", "rf23_recent": "yes"}, T1, DAYS, ("htn",)),
    ("rf23", {"rf23_faint": "unsure", "rf23_recent": "yes"}, T1, DAYS, ("htn",)),
    ("rf23", {"rf23_event": "unsure"}, T2, None, ("htn",)),
    ("rf23", {"rf23_treated": "unsure"}, T2, None, ("htn",)),
    ("rf23", {"rf23_bp": "high"}, T1, DAYS, ()),
    ("rf23", {"rf23_bp": "not_measured"}, T3, None, ()),
    ("rf23", {"rf23_event": "yes"}, T1, WEEK, ()),
    ("rf23", {"rf23_doctor": "yes"}, T1, WEEK, ()),
    ("rf23", {"rf23_doctor": "unsure"}, T2, None, ("htn",)),
    ("rf23", {"rf23_treated": "yes"}, T2, None, ("htn",)),
    ("rf24", {"rf24": "yes", "rf24_fall": "yes"}, T1, DAYS, ()),
    ("rf24", {"rf24": "yes", "rf24_fall": "unsure"}, T1, DAYS, ("bal",)),
    ("rf24", {"rf24": "unsure", "rf24_fall": "yes"}, T1, DAYS, ("bal",)),
    ("rf24", {"rf24": "yes", "rf24_fall": "no"}, T3, None, ()),
    ("rf25", {"age": 17.9}, NO, None, ()),
    ("rf25", {"age": 18}, T3, None, ()),
    ("rf25", {"age": 75, "sex": "male"}, T2, None, ("bal",)),
    ("rf25", {"age": 74.9, "sex": "male"}, T3, None, ()),
    ("rf25", {"age": 70, "rf33": "yes", "sex": "male"}, T1, WEEK, ()),
    ("rf25", {"age": 70, "rf33": "unsure", "sex": "male"}, T2, None, ()),
    ("rf25", {"age": 80, "rf33": "yes", "sex": "male"}, T1, WEEK, ("bal",)),
    ("rf26", {"leg_pain": "yes", "leg_below": "yes", "rf26": "yes"}, T1, WEEK, ()),
    ("rf26", {"leg_pain": "yes", "leg_below": "yes", "rf26": "unsure"}, T2, None, ("neur",)),
    ("rf26", {"leg_pain": "yes", "rf26_leg": "yes", "rf26_growing": "yes"}, T1, WEEK, ()),
    ("rf26", {"leg_pain": "yes", "rf26_leg": "yes", "rf26_growing": "no"}, T3, None, ()),
    ("rf26", {"leg_pain": "yes", "rf26_leg": "unsure", "rf26_growing": "yes"}, T2, None, ("neur",)),
    ("rf26", {"leg_pain": "yes", "rf26_leg": "yes", "rf26_growing": "unsure"}, T2, None, ("neur",)),
    ("rf27", {"rf27": "unsure", "age": 49}, T2, None, ()),
    ("rf27", {"rf27": "unsure", "age": 50}, T2, None, ()),
    ("rf27", {"rf27": "yes", "age": 49}, T2, None, ()),
    ("rf27", {"rf27": "yes", "age": 50}, T2, None, ()),
    ("rf28", {"rf28": "yes"}, T0, None, ()),
    ("rf28", {"rf28": "unsure", "yfc_5": 7}, T0, None, ()),
    ("rf29", {"rf29": "yes", "rf29_known": "no"}, T1, DAYS, ()),
    ("rf29", {"rf29": "unsure", "rf29_known": "unsure"}, T1, DAYS, ("neur",)),
    ("rf29", {"rf29": "unsure", "rf29_known": "yes", "rf29_worse": "yes"}, T0, None, ()),
    ("rf29", {"rf29": "yes", "rf29_known": "yes", "rf29_worse": "unsure"}, T0, None, ()),
    ("rf29", {"rf29": "yes", "rf29_known": "yes"}, T3, None, ()),
    ("rf29", {"rf29": "yes", "rf29_known": "yes", "rf29_worse": "yes"}, T0, None, ()),
    *[
        (rf, {rf: "yes", "sex": "male"}, T3, None, ())
        for rf in ("rf31", "rf32", "rf33", "rf34", "rf35", "rf36", "rf38", "rf39")
    ],
    *[(f"rf40{part}", {f"rf40{part}": "yes"}, T3, None, ()) for part in "bcdefghijk"],
    ("rf37", {"rf37": 1}, T3, None, ()),
    ("neur", {"leg_pain": "yes", "leg_ting": "yes"}, T2, None, ("neur",)),
    ("neur", {"leg_pain": "yes", "leg_numb": "unsure"}, T2, None, ("neur",)),
    ("neur", {"leg_pain": "unsure", "leg_ting": "unsure"}, T2, None, ("neur",)),
    ("neur", {"leg_pain": "unsure", "leg_numb": "yes"}, T2, None, ("neur",)),
    ("neur", {"leg_pain": "yes"}, T3, None, ()),
    ("neur", {"leg_ting": "yes", "leg_numb": "yes"}, T3, None, ()),
    ("mh", {"phq4": 9, "rf28": "no"}, T2, None, ()),
    ("mh", {"phq4": 8, "rf28": "no"}, T3, None, ()),
]


@pytest.mark.parametrize(("rule", "answers", "level", "urgency", "filters"), ROWS)
def test_each_row_leads_to_what_the_table_says(rule, answers, level, urgency, filters):
    result = screen(**answers)
    fired = {each.id: each for each in result.fired}
    if level == T3:
        assert rule not in fired
        silent = rule not in {each.id for each in load_rules().rules}
        assert not (silent and fired), "answers that only count together with others"
        return
    assert (fired[rule].level, fired[rule].urgency, fired[rule].filters) == (level, urgency, filters)
    assert set(filters) <= set(result.filters)
    assert fired[rule].reason
    assert fired[rule].advice


@pytest.mark.parametrize(("rule", "answers", "level", "urgency", "filters"), ROWS)
def test_unsure_in_place_of_yes_part_by_part(rule, answers, level, urgency, filters):
    """T0 and T1 same_day stay; a T1 that can wait becomes T2 with the advice to clarify; T2 stays."""
    known = items(load_instruments())
    outcomes = next((each.outcomes for each in load_rules().rules if each.id == rule), ())
    read = {key for outcome in outcomes for choice in outcome.when for key in choice}
    parts = read | {key for key in answers if key in known and (known[key].rule or key) == rule}
    risky = parts - set(load_rules().context.items)
    for key in risky if level in (T0, T1, T2) else ():
        if answers.get(key) != "yes":
            continue
        fired = {each.id: each for each in screen(**{**answers, key: "unsure"}).fired}[rule]
        waits = level == T1 and urgency != DAYS
        assert (fired.level, fired.urgency) == ((T2, None) if waits else (level, urgency)), key
        if waits:
            assert fired.advice == load_rules().advice["clarify"]


def test_nobody_with_nothing_to_report_is_stopped():
    result = screen()
    assert (result.level, result.fired, result.complete, result.filters) == (T3, (), True, ())


def test_the_level_is_that_of_the_row_alone():
    for rule, answers, level, urgency, _ in ROWS:
        result = screen(**answers)
        if len(result.fired) == 1 and level != T3:
            assert (result.level, result.urgency) == (level, urgency), rule


def test_every_row_of_the_table_is_in_the_data_and_in_this_table():
    rows = [f"rf{n:02d}" for n in (1, 2, 3, 4, 7, 8, 9, *range(10, 30)) if n != 30]
    rows += ["rf05a", "rf05b", "rf06a", "rf06b", "rf06c", "rf08b", "rf08c"]
    rows += [f"rf{n}" for n in range(31, 40)] + [f"rf40{part}" for part in "bcdefghijk"]
    known = items(load_instruments())
    present = {item.rule or item.id for item in known.values()} | {rule.id for rule in load_rules().rules}
    assert not set(rows) - present
    assert {"rf40_onset", "rf40_months"} <= set(known)
    assert not set(rows) - {row[0] for row in ROWS}


def test_only_constant_pain_is_a_caution():
    assert triage({"rf14": "yes"}, today=DAY).level == T2
    assert screen(rf14="yes").level == T2


def test_unsure_about_the_saddle_area_is_an_emergency():
    assert triage({"rf01": "unsure"}, today=DAY).level == T0


def test_a_clear_answer_to_the_re_ask_replaces_unsure():
    assert screen(rf01="unsure", rf01_again="no").level == T3
    assert screen(rf01="unsure", rf01_again="yes").level == T0
    assert screen(rf01="unsure", rf01_again="unsure").level == T0
    assert screen(rf01="yes", rf01_again="no").level == T0, "only an unsure answer is asked again"


def test_every_row_that_can_be_an_emergency_has_a_re_ask():
    known = items(load_instruments())
    read = {
        key
        for rule in load_rules().rules
        for outcome in rule.outcomes
        if outcome.level == T0
        for each in outcome.when
        for key, test in each.items()
        if test == "risk" and key in known
    }
    read |= {"rf07", "rf05b", "rf06b", "rf06c", "rf11", "rf29", "rf12"}
    assert read > {"rf01", "rf13", "rf28"}
    assert not {key for key in read if not known[key].re_ask}


def test_only_rows_that_can_be_an_emergency_have_a_re_ask():
    known = items(load_instruments())
    assert not [i.id for i in known.values() if i.re_ask and i.kind != "yes_no_unsure"]
    assert not known["rf22"].re_ask
    assert not known["rf14"].re_ask


def test_a_stenosis_pattern_gets_its_referral_text_from_fifty():
    young, old = screen(rf27="yes", age=49), screen(rf27="yes", age=50)
    assert "appointment" not in young.fired[0].advice
    assert "appointment" in old.fired[0].advice
    assert "appointment" in screen(rf27="unsure", age=50).fired[0].advice


def test_a_filter_without_a_rule_changes_no_level():
    irritable = screen(leg_pain="yes", leg_irritable="yes")
    assert (irritable.level, irritable.filters) == (T3, ("neur",))
    assert screen(fall_year="yes").filters == ("bal",)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"rf19": "yes", "rf19_cleared": "yes", "rf19_weeks": 15.9}, ()),
        ({"rf19": "yes", "rf19_cleared": "yes", "rf19_weeks": 16}, ("flat_supine",)),
        ({"rf19": "yes", "rf19_cleared": "yes", "rf19_weeks": 19.9}, ("flat_supine",)),
        ({"rf19": "yes", "rf19_cleared": "yes", "rf19_weeks": 20}, ("late", "flat_supine")),
        ({"rf19": "yes", "rf19_cleared": "yes", "rf19_weeks": None}, ("late", "flat_supine")),
        ({"spine_fracture": "yes"}, ("fracture",)),
        ({"rf17": "yes"}, ("fracture",)),
        ({"rf20": "yes", "rf20_weeks": 26}, ("pp_early",)),
        ({"rf20": "yes", "rf20_weeks": 27}, ()),
    ],
)
def test_qualifiers(answers, expected):
    assert screen(**answers).qualifiers == expected


def test_several_reasons_add_up_in_id_order():
    result = screen(rf16="yes", rf12="yes", rf38="yes", rf39="yes", rf23_treated="yes", age=76, sex="male")
    assert [each.id for each in result.fired] == ["fx", "rf12", "rf16", "rf23", "rf25"]
    assert result.filters == ("bal", "htn", "ost")


def test_under_eighteen_an_emergency_is_still_shown():
    assert screen(age=16).level == NO
    assert screen(age=16, rf08="yes").level == NO
    assert screen(age=16, rf09="yes").level == T0
    assert screen(age=16).kit == "none"


def test_hidden_answers_do_not_count():
    assert screen(rf02="no", rf02_recent="yes").level == T3
    assert screen(rf08="no", rf08c="yes").level == T3
    assert screen(rf20="yes", rf20_weeks=2, sex="male").level == T3


def test_a_single_answer_never_loses_a_cry_for_help():
    assert triage({"rf28": "yes"}, today=DAY).mh
    assert triage({"rf29": "yes"}, today=DAY).urgency == DAYS


def test_an_open_question_keeps_the_screen_from_being_complete():
    answers = clear(rf02="yes", rf02_recent="no")
    del answers["rf02_examined"]
    result = triage(answers, today=DAY)
    assert result.open == ("rf02_examined",)
    assert not result.complete
    assert screen(rf13="yes").kit == "full"
    assert triage({**clear(rf13="yes"), "rf22": None}, today=DAY).kit == "none"


def test_a_movement_test_opens_the_heel_walk():
    answers = clear(has_tests="yes", mt_07=9.0)
    assert triage(answers, today=DAY).open == ("rf29",)
    assert triage({**answers, "rf29": "no"}, today=DAY).complete
