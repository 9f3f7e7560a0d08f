"""The interview: which question comes next, when it stops, how it goes on."""

from __future__ import annotations

import random
from typing import Any

import pytest
from safety_case import DAY, clear

from coach.model.assessment import Answers, Item
from coach.questionnaires.catalogue import items, load_instruments
from coach.questionnaires.interview import Step, carried, next_step, open_items
from coach.questionnaires.safety import triage
from coach.questionnaires.skiplogic import in_force

ALL = load_instruments()
KNOWN = items(ALL)
T0 = "T0_EMERGENCY"


def calm(item: Item) -> Any:
    """An answer that opens as little as possible."""
    if item.kind in ("yes_no", "yes_no_unsure"):
        return "no"
    if item.kind in ("scale", "number"):
        return 40 if item.id in ("age", "rf40_onset") else item.minimum
    if item.kind == "choice":
        return item.choices[0].value
    return () if item.kind == "choices" else None


def any_answer(item: Item, dice: random.Random) -> Any:
    if item.kind in ("yes_no", "yes_no_unsure"):
        return dice.choice(["yes", "no", "unsure"] if item.kind == "yes_no_unsure" else ["yes", "no"])
    if item.kind in ("scale", "number"):
        low, high = item.minimum or 0, item.maximum or 100
        return dice.choice([None, low, high, dice.randint(int(low), int(high))])
    if item.kind == "choice":
        return dice.choice([choice.value for choice in item.choices])
    return ()


def key_of(step: Step) -> str:
    assert step.item is not None
    return f"{step.item.id}_again" if step.re_ask else step.item.id


def walk(answers: Answers, choose: Any, **options: Any) -> list[str]:
    """Answer until the interview ends; the ids asked, in order."""
    asked: list[str] = []
    while (step := next_step(ALL, answers, **options)).item is not None:
        assert step.item in open_items(ALL, answers, **options)
        key = key_of(step)
        assert key not in answers, "nothing is asked twice"
        answers[key] = choose(step.item)
        asked.append(key)
        assert len(asked) < 1000, "the interview must end"
    return asked


def test_age_comes_first_then_the_safety_questions():
    asked = walk({}, calm)
    assert asked[:3] == ["age", "sex", "rf01"]
    safety = [item.id for each in ALL if each.id == "safety" for item in each.items]
    last = max(asked.index(key) for key in asked if key in safety)
    assert asked.index("pain_now") == last + 1
    assert not [key for key in asked if key.startswith("rf29")]
    assert "ms_saddle" not in asked
    assert "not_safe" not in asked


def test_progress_counts_up_and_the_minutes_count_down():
    answers: Answers = {}
    before = next_step(ALL, answers)
    assert (before.asked, before.instrument) == (0, "about")
    answers["age"] = 40
    after = next_step(ALL, answers)
    assert after.asked == 1
    assert after.minutes_left == pytest.approx(before.minutes_left - KNOWN["age"].seconds / 60)
    walk(answers, calm)
    end = next_step(ALL, answers)
    assert (end.item, end.stop, end.minutes_left) == (None, None, 0)
    assert end.asked == end.total == len(open_items(ALL, answers))


def test_an_emergency_stops_at_once():
    answers: Answers = {"age": 40, "sex": "male", "rf01": "yes"}
    step = next_step(ALL, answers)
    assert step.item is None
    assert step.stop is not None
    assert step.stop.level == T0


def test_unsure_is_asked_again_before_it_stops():
    answers: Answers = {"age": 40, "sex": "male", "rf01": "unsure"}
    step = next_step(ALL, answers)
    assert (step.item, step.re_ask, step.stop) == (KNOWN["rf01"], True, None)
    clear_now = next_step(ALL, {**answers, "rf01_again": "no"})
    assert clear_now.item == KNOWN["rf02"]
    assert not clear_now.re_ask
    still = next_step(ALL, {**answers, "rf01_again": "unsure"})
    assert still.stop is not None
    assert next_step(ALL, answers, skipped=frozenset({"rf01_again"})).stop is not None


def test_parts_of_a_row_are_asked_before_it_can_stop():
    answers = dict(clear(rf02="yes"))
    for part in ("rf02_recent", "rf02_examined"):
        del answers[part]
    assert next_step(ALL, answers).item == KNOWN["rf02_recent"]
    assert next_step(ALL, {**answers, "rf02_recent": "yes"}).stop is not None
    assert next_step(ALL, {**answers, "rf02_recent": "no"}).item == KNOWN["rf02_examined"]
    unsure = next_step(ALL, {**answers, "rf02_recent": "unsure"})
    assert (unsure.item, unsure.re_ask) == (KNOWN["rf02_recent"], True)


def test_the_accident_is_described_before_no_answer_counts_as_an_emergency():
    answers: Answers = {"age": 40, "sex": "male", **{key: "no" for key in KNOWN if key.startswith("rf0")}}
    answers = {key: value for key, value in answers.items() if not key.startswith("rf07")}
    answers["rf07"] = "yes"
    asked = []
    for value in ("no", 200, None):
        step = next_step(ALL, answers)
        assert step.stop is None
        asked.append(key_of(step))
        answers[key_of(step)] = value
    assert asked == ["rf07_imaging", "rf07_hours", "rf07_pain"]
    assert next_step(ALL, answers).stop is not None, "left out means it could be severe"
    assert next_step(ALL, {**answers, "rf07_hours": None}).stop is not None
    assert next_step(ALL, {**answers, "rf07_pain": 3}).stop is None


def test_a_combination_stops_in_the_middle_too():
    answers = {key: value for key, value in clear().items() if key not in ("rf36", "rf37")}
    assert next_step(ALL, {**answers, "rf08": "yes", "rf08c": "no", "rf14": "yes"}).stop is None
    assert (
        next_step(ALL, {**answers, "rf08": "yes", "rf08c": "no", "rf14": "yes", "rf36": "yes"}).stop
        is not None
    )


def test_a_late_trigger_opens_the_question_on_self_harm():
    answers = clear()
    del answers["rf28"]
    assert "rf28" not in {item.id for item in open_items(ALL, answers)}
    step = next_step(ALL, {**answers, "yfc_5": 7})
    assert step.item == KNOWN["rf28"]
    assert next_step(ALL, {**answers, "yfc_5": 7, "rf28": "yes"}).stop is not None
    assert next_step(ALL, {**answers, "yfc_5": 6}).item != KNOWN["rf28"]
    for trigger in ({"phq4": 6}, {"phq2": 3}, {"gad2": 3}, {"stress_days_8": 3}, {"not_safe": "yes"}):
        assert next_step(ALL, {**answers, **trigger}).item == KNOWN["rf28"], trigger
    for quiet in ({"phq4": 5}, {"phq2": 2}, {"gad2": 2}, {"stress_days_8": 2}, {"not_safe": "no"}):
        assert "rf28" not in {item.id for item in open_items(ALL, {**answers, **quiet})}, quiet


def test_self_harm_alone_stops_from_a_clean_start():
    step = next_step(ALL, {"not_safe": "yes"})
    assert step.item is not None
    stopped = next_step(ALL, {"not_safe": "yes", "rf28": "yes"})
    assert stopped.stop is not None
    assert stopped.stop.mh


@pytest.mark.parametrize("seed", range(12))
def test_it_ends_and_asks_only_what_is_open_whatever_is_answered(seed):
    dice = random.Random(seed)

    def choose(item: Item) -> Any:
        risky = item.rule.startswith("rf") or item.id.startswith("rf")
        return "no" if risky and item.re_ask and dice.random() < 0.9 else any_answer(item, dice)

    answers: Answers = {}
    walk(answers, choose)
    step = next_step(ALL, answers)
    if step.stop is None:
        assert step.asked == step.total
        open_now = {item.id for item in open_items(ALL, answers)}
        assert set(step.missing) == {k for k in open_now if KNOWN[k].required and answers.get(k) is None}


def test_every_question_can_be_reached():
    reached: set[str] = set()
    for seed in range(60):
        dice = random.Random(seed)
        answers: Answers = {item: any_answer(KNOWN[item], dice) for item in KNOWN}
        if seed % 2:
            answers |= {"has_tests": "yes", "has_scores": "yes", "age": 72, "sex": "female"}
            answers |= {"rf40_onset": 30, "rf40_months": 10, "leg_pain": "yes", "rf07_imaging": "yes"}
        reached |= {item.id for item in open_items(ALL, answers)}
        reached |= {item.id for item in open_items(ALL, answers, "more")}
    asked_now = {i.id for each in ALL if "enrolment" in each.asked for i in each.items}
    assert asked_now - reached == set()


def test_it_goes_on_from_any_point():
    answers: Answers = {}
    asked = walk(answers, lambda item: "unsure" if item.id == "rf22" else calm(item))
    for cut in (0, 1, 2, 17, 50, len(asked) - 1):
        before: Answers = {key: answers[key] for key in asked[:cut]}
        assert key_of(next_step(ALL, before)) == asked[cut]


def test_the_order_of_the_answers_plays_no_part():
    answers: Answers = {}
    walk(answers, calm)
    part = dict(list(answers.items())[:60])
    turned = dict(reversed(list(part.items())))
    assert next_step(ALL, turned) == next_step(ALL, part)


def test_skipped_questions_are_not_asked_again_and_required_ones_are_missing():
    step = next_step(ALL, {"age": 40}, skipped=frozenset({"sex", "rf01"}))
    assert step.item == KNOWN["rf02"]
    assert step.asked == 3
    assert "rf01" in step.missing
    assert "sex" not in step.missing
    assert next_step(ALL, {"age": 40, "sex": None, "rf01": None}).item == KNOWN["rf02"]


def test_correcting_an_answer_takes_back_what_it_had_opened():
    answers = clear(rf06c="yes", rf06c_both="yes")
    assert next_step(ALL, answers).stop is not None
    corrected = {**answers, "rf06c": "no"}
    assert next_step(ALL, corrected).stop is None
    assert "rf06c_both" not in in_force(ALL, corrected)
    assert triage(corrected, today=DAY).level == "T3_CLEAR"


def test_a_score_that_no_question_led_to_is_not_lost():
    assert in_force(ALL, {"phq4": 11}) == {"phq4": 11}
    assert in_force(ALL, {"phq4": 11, "has_scores": "no"}) == {"has_scores": "no"}


def test_weekly_asks_six_questions_and_what_they_open():
    before = clear(sex="male", rf15="yes")
    answers: Answers = {}
    asked = walk(answers, calm, occasion="weekly", before=before)
    assert asked == ["ms_saddle", "ms_legs", "ms_leg_new", "ms_unwell", "ms_trauma", "ms_different"]
    opened: Answers = {}
    asked = walk(
        opened,
        lambda i: "yes" if i.id in ("ms_trauma", "rf07_imaging") else calm(i),
        occasion="weekly",
        before=before,
    )
    assert "rf07" in asked
    assert "rf17_sudden" in asked, "asked because of the steroids answered before"
    assert "rf08" not in asked
    assert "age" not in asked


def test_weekly_stops_on_an_emergency_and_keeps_what_stands():
    before = clear(rf12="yes", rf38="yes", rf39="yes")
    answers: Answers = {"ms_legs": "yes", "ms_saddle": "no", "ms_leg_new": "no", "ms_unwell": "no"}
    answers |= {"ms_trauma": "no", "ms_different": "no", "rf05a": "no", "rf05b": "yes"}
    step = next_step(ALL, answers, occasion="weekly", before=before)
    assert step.stop is not None, "new leg pain after a cancer"
    merged = carried(ALL, answers, "weekly", before)
    assert merged["rf12"] == "yes"
    assert "rf06a" not in merged, "opened again, so the old answer no longer stands"
    assert not triage(merged, today=DAY, occasion="weekly").complete


def test_weekly_is_complete_when_what_it_opened_is_answered():
    before = clear()
    answers: Answers = {}
    walk(answers, lambda i: "unsure" if i.id == "ms_unwell" else calm(i), occasion="weekly", before=before)
    result = triage(carried(ALL, answers, "weekly", before), today=DAY, occasion="weekly")
    assert (result.level, result.complete) == ("T3_CLEAR", True)


def test_not_being_safe_opens_its_question_in_a_week_too():
    before = clear(rf28="no", phq4=7)
    quiet = walk({}, calm, occasion="weekly", before=before)
    assert "rf28" not in quiet
    step = next_step(ALL, {"not_safe": "yes", **dict.fromkeys(quiet, "no")}, occasion="weekly", before=before)
    assert step.item == KNOWN["rf28"]


def test_a_rescreen_leaves_the_past_out_unless_something_changed():
    before = clear(rf12="yes")
    same: Answers = {}
    asked = walk(same, calm, occasion="rescreen", before=before)
    assert asked[0] == "history_change"
    assert "rf01" in asked
    assert not {"age", "sex", "rf12", "rf16", "rf33", "rf40_onset"} & set(asked)
    assert "pain_now" not in asked
    assert "rf39" in asked, "a cancer answered before still opens its question"
    result = triage(carried(ALL, same, "rescreen", before), today=DAY, occasion="rescreen")
    assert result.complete
    assert "rf12" in {each.id for each in result.fired}
    changed: Answers = {}
    again = walk(
        changed, lambda i: "yes" if i.id == "history_change" else calm(i), occasion="rescreen", before=before
    )
    assert {"rf12", "rf16", "rf33", "rf40_onset"} <= set(again)
    assert "age" not in again


def test_movement_tests_open_the_heel_walk_in_the_interview():
    answers = clear(has_tests="yes", mt_07=9.0)
    assert "rf29" in {item.id for item in open_items(ALL, answers)}
    assert "rf29_worse" in {item.id for item in open_items(ALL, {**answers, "rf29": "yes"})}
    assert next_step(ALL, {**answers, "rf29": "yes", "rf29_worse": "yes"}).stop is not None


def test_under_eighteen_only_the_safety_questions_are_asked():
    answers: Answers = {}
    asked = walk(answers, lambda item: 15 if item.id == "age" else calm(item))
    assert "rf01" in asked
    assert "pain_now" not in asked
    stop = next_step(ALL, answers).stop
    assert stop is not None
    assert stop.level == "NOT_ELIGIBLE"
    assert next_step(ALL, {"age": 15, "sex": "male", "rf01": "yes"}).stop.level == T0


def test_other_occasions_stand_on_the_earlier_answers():
    before = clear(leg_pain="yes", phq4=10, not_safe="yes")
    merged = carried(ALL, {"pain_now": 4}, "week_4", before)
    assert (merged["leg_pain"], merged["pain_now"]) == ("yes", 4)
    assert "not_safe" not in merged
    assert carried(ALL, {}, "rescreen", before) == {
        key: value
        for key, value in before.items()
        if key in ("age", "sex", "phq4") or KNOWN[key].group == "history"
    }
    assert carried(ALL, {"age": 3}, "enrolment", before) == {"age": 3}
