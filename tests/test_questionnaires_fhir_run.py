"""Running forms: what is asked, in which order, and what an answer must look like."""

from __future__ import annotations

from typing import Any

import pytest
from fhir_case import CORE, FOLDER, TODAY, asked_now, calculated, fill_in, load, make, question, shown_if

from coach.model.assessment import Answers
from coach.questionnaires.fhir import BadAnswer, next_item, parse_answer

NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("seed", range(3))
def test_each_form_runs_to_its_end(name: str, seed: int) -> None:
    answers, step = fill_in(load(name), seed)
    assert answers
    assert step.missing == ()
    assert step.asked == step.total == len(set(answers) & set(load(name).places))


def test_the_step_tells_where_it_stands() -> None:
    form = load("back_day")
    step = next_item(form, {}, TODAY)
    assert step.item is not None
    assert step.item.id == "q_days"
    assert step.item.text.startswith("1 On how many days")
    assert step.heading == ("A Your days",)
    assert step.before == ("Think of the last seven days.",)
    assert (step.instrument, step.asked, step.total) == ("fhir_backday", 0, 4)
    assert step.minutes_left > 0
    assert step.missing == ("q_days", "q_floor", "q_less", "q_sleep")
    later = next_item(form, {"q_days": "few", "q_floor": None}, TODAY)
    assert later.item is not None
    assert later.item.id == "q_less"
    assert later.heading == ("A Your days", "Walking")
    assert later.before == ()
    assert "q_floor" in later.missing


def test_nested_groups_and_skip_logic() -> None:
    form = load("back_day")
    assert asked_now(form, {"q_less": "yes", "q_sleep": "no"}) == ["q_days", "q_floor", "q_far"]
    assert asked_now(form, {"q_less": "no", "q_sleep": "often"}) == ["q_days", "q_floor", "q_words"]


OPERATORS: list[tuple[Answers, set[str]]] = [
    ({"q_n": 5}, {"n-eq", "n-le", "n-ge", "n-ex"}),
    ({"q_n": 4.5}, {"n-ne", "n-lt", "n-le", "n-ex"}),
    ({"q_n": 6}, {"n-ne", "n-gt", "n-ge", "n-ex", "any", "inner"}),
    ({"q_n": 8}, {"n-ne", "n-gt", "n-ge", "n-ex", "any", "inner", "by-expression"}),
    ({}, {"n-no"}),
    ({"q_n": None}, {"n-no"}),
    ({"q_c": ("a",)}, {"n-no", "c-a"}),
    ({"q_c": ("a", "b")}, {"n-no", "c-a", "c-not-a", "any"}),
    ({"q_c": ("b",)}, {"n-no", "c-not-a", "any"}),
    ({"q_n": 6, "q_c": ("b",)}, {"n-ne", "n-gt", "n-ge", "n-ex", "c-not-a", "all", "any", "inner"}),
    ({"q_d": "2021-01-01"}, {"n-no", "d-after"}),
    ({"q_d": "2020-12-31"}, {"n-no"}),
    ({"q_u": 11}, {"n-no", "u-long"}),
    ({"q_u": 10}, {"n-no"}),
    ({"q_n": 6, "q_inner": "yes"},
     {"n-ne", "n-gt", "n-ge", "n-ex", "any", "deepest", "after-inner"}),
    ({"q_n": 4, "q_inner": "yes"}, {"n-ne", "n-lt", "n-le", "n-ex"}),
]  # fmt: skip


@pytest.mark.parametrize(("answers", "shown"), OPERATORS, ids=[str(case[0]) for case in OPERATORS])
def test_every_operator_of_a_condition(answers: Answers, shown: set[str]) -> None:
    form = load("operators")
    found = {form.items[form.places[each]].link_id for each in asked_now(form, answers)}
    assert found - {"n", "c", "d", "u"} == shown


def test_a_condition_may_name_a_choice_by_its_bare_code() -> None:
    options = [{"valueCoding": {"code": code, "display": code}} for code in ("1", "2.5")]
    form = make(
        question("c", "choice", answerOption=options),
        question("s", enableWhen=[{"question": "c", "operator": "=", "answerString": "1"}]),
        question("d", enableWhen=[{"question": "c", "operator": ">", "answerDecimal": 2}]),
    )
    assert asked_now(form, {"q_c": "1"}) == ["q_s"]
    assert asked_now(form, {"q_c": "2.5"}) == ["q_d"]


def test_an_item_under_a_question_waits_for_its_answer() -> None:
    form = make(question("a", "boolean", item=[question("b")]))
    assert asked_now(form, {}) == ["q_a"]
    assert asked_now(form, {"q_a": "no"}) == ["q_b"]


def test_hidden_read_only_and_calculated_items_are_not_asked() -> None:
    hidden = [{"url": f"{CORE}questionnaire-hidden", "valueBoolean": True}]
    form = make(
        question("g", "group", extension=hidden, item=[question("inside")]),
        question("h", extension=hidden),
        question("r", readOnly=True),
        question("c", "integer", extension=[calculated("1 + 1")]),
        question("a"),
    )
    assert asked_now(form, {}) == ["q_a"]


def test_a_first_value_is_offered_and_is_no_answer() -> None:
    form = load("numbers_dates")
    step = next_item(form, {"q_kg": 80, "q_cm": 180, "q_dob": None}, TODAY)
    assert step.item is not None
    assert (step.item.id, step.suggested) == ("q_meals", 3)
    visit = next_item(load("server_world"), {"q_born": None}, TODAY)
    assert visit.suggested == "2026-11-23"


def test_a_condition_that_cannot_be_computed_asks_and_says_so() -> None:
    form = make(question("a", extension=[shown_if("%resource.item + 1")]), question("b"))
    step = next_item(form, {}, TODAY)
    assert step.item is not None
    assert step.item.id == "q_a"
    assert len(step.notes) == 1


def test_conditions_that_undo_each_other_come_to_an_end() -> None:
    shown = "%resource.item.where(linkId='{}').answer.exists()"
    form = make(
        question("a", "integer", extension=[calculated("1")], readOnly=True),
        question("b", extension=[shown_if(f"({shown.format('c')}).not()")], item=[]),
        question("c", "integer", readOnly=True, extension=[
            calculated("1"), shown_if(f"({shown.format('c')}).not()")]),
        question("z"),
    )  # fmt: skip
    step = next_item(form, {}, TODAY)
    assert step.notes or step.item is not None


@pytest.mark.parametrize(
    ("name", "item", "raw", "expected"),
    [
        ("all_types", "q_t_boolean", "y", "yes"),
        ("all_types", "q_t_boolean", False, "no"),
        ("all_types", "q_t_decimal", "2,5", 2.5),
        ("all_types", "q_t_decimal", 3.0, 3),
        ("all_types", "q_t_integer", "7", 7),
        ("all_types", "q_t_date", "2026-02", "2026-02"),
        ("all_types", "q_t_datetime", "2026-11-23 08:30", "2026-11-23T08:30"),
        ("all_types", "q_t_time", "08:30:00", "08:30"),
        ("all_types", "q_t_text", "two\nlines\x1b[31m", "two\nlines[31m"),
        ("all_types", "q_t_string", "two\nlines", "two lines"),
        ("all_types", "q_t_url", "https://example.org", "https://example.org"),
        ("all_types", "q_t_quantity", "5 apples", "5 apples"),
        ("all_types", "q_t_choice", "RED", "red"),
        ("all_types", "q_t_number", 5, "5"),
        ("all_types", "q_t_open", "apple; something else", ("a", "something else")),
        ("all_types", "q_t_open", ["b"], ("b",)),
        ("all_types", "q_t_many", "Anna; Ben", ("Anna", "Ben")),
        ("units_slider", "q_weight", "70,5 kg", "70.5 kg"),
        ("units_slider", "q_weight", "150 LB", "150 lb"),
        ("units_slider", "q_reach", "12 cm", 12),
        ("units_slider", "q_pick", "b) Second", "y"),
        ("units_slider", "q_code", "AB1234", "AB1234"),
        ("r5_style", "q_days", "mon, sat", ("mon", "sat")),
        ("all_types", "q_t_string", "   ", None),
        ("all_types", "q_t_integer", None, None),
    ],
)
def test_an_answer_is_brought_to_its_stored_value(name: str, item: str, raw: Any, expected: Any) -> None:
    assert parse_answer(load(name), item, raw) == expected


@pytest.mark.parametrize(
    ("name", "item", "raw", "words"),
    [
        ("all_types", "q_t_boolean", "perhaps", "yes or no"),
        ("all_types", "q_t_boolean", 1, "yes or no"),
        ("all_types", "q_t_integer", 2.5, "whole number"),
        ("all_types", "q_t_integer", "many", "whole number"),
        ("all_types", "q_t_decimal", True, "a number"),
        ("all_types", "q_t_decimal", float("inf"), "a number"),
        ("all_types", "q_t_date", "30.02.2026", "2026-11-23"),
        ("all_types", "q_t_date", "2026-02-30", "2026-11-23"),
        ("all_types", "q_t_time", "25:00", "08:30"),
        ("all_types", "q_t_choice", "green", "one of red, blue"),
        ("all_types", "q_t_many", "a; b; c; d", "at most 3"),
        ("all_types", "q_t_string", {"a": 1}, "a text"),
        ("units_slider", "q_weight", "70", "kg, lb"),
        ("units_slider", "q_weight", "70 stone", "kg, lb"),
        ("units_slider", "q_reach", "81", "from 0 to 80 cm"),
        ("units_slider", "q_reach", "12 inch", "12 inch"),
        ("units_slider", "q_pain", 11, "from 0 to 10"),
        ("units_slider", "q_code", "1234", "AB1234"),
        ("units_slider", "q_born", "2026-05-05", "not after 2026-01-01"),
        ("units_slider", "q_born", "1899-05-05", "not before 1900-01-01"),
        ("r5_style", "q_hours", 0.25, "from 0.5 to 40"),
        ("r5_style", "q_days", ["never", "mon"], "no other answer"),
        ("back_day", "q_words", "x" * 501, "at most 500"),
        ("back_day", "q_points", 3, "no question"),
        ("back_day", "q_dayz", 3, "did you mean “q_days”"),
        ("back_day", "q_day", 3, "no question"),
    ],
)
def test_an_answer_that_does_not_fit_is_one_clear_sentence(
    name: str, item: str, raw: Any, words: str
) -> None:
    with pytest.raises(BadAnswer) as caught:
        parse_answer(load(name), item, raw)
    assert words in caught.value.message
    assert "\n" not in str(caught.value)


def test_several_answers_have_a_least_number() -> None:
    least = [{"url": f"{CORE}questionnaire-minOccurs", "valueInteger": 2}]
    form = make(question("a", repeats=True, extension=least))
    with pytest.raises(BadAnswer, match="at least 2"):
        parse_answer(form, "q_a", "one")
    assert next_item(form, {}, TODAY).missing == ("q_a",)


def test_a_question_may_hang_on_a_calculated_number() -> None:
    high = [{"question": "s", "operator": ">", "answerInteger": 6}]
    total = calculated("%resource.item.where(linkId='a').answer.value * 2")
    form = make(
        question("a", "integer"),
        question("s", "integer", extension=[total]),
        question("more", enableWhen=high),
    )
    assert asked_now(form, {"q_a": 3}) == []
    assert asked_now(form, {"q_a": 4}) == ["q_more"]
