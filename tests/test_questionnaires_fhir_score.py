"""Scores of forms: each idiom of the field, each number worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest
from fhir_case import CORE, TODAY, calculated, load, make, question, shown_if

from coach.model.assessment import Answers
from coach.questionnaires.fhir import next_item, scores


def values(name: str, answers: Answers) -> dict[str, float | None]:
    return {key: score.value for key, score in scores(load(name), answers, TODAY).items()}


HAND: list[tuple[str, str, Answers, dict[str, float | None]]] = [
    # 2 + 3 + 2 + 1.5 = 8.5 of 4 + 4 + 3 + 3 = 14: 60.71 %
    ("nested, all asked", "back_day",
     {"q_days": "some", "q_floor": "hard", "q_less": "yes", "q_far": "street", "q_sleep": "once"},
     {"q_points": 8.5, "q_share": 60.7}),
    # the walk is not asked: 2 + 3 + 1.5 = 6.5 of 11: 59.09 %; its old answer counts no more
    ("nested, one skipped", "back_day",
     {"q_days": "some", "q_floor": "hard", "q_less": "no", "q_far": "street", "q_sleep": "once"},
     {"q_points": 6.5, "q_share": 59.1}),
    ("nested, all at nothing", "back_day",
     {"q_days": "none", "q_floor": "easy", "q_less": "no", "q_sleep": "no"}, {"q_points": 0, "q_share": 0}),
    ("weight()", "item_weight", {"q_w1": "b", "q_w2": "c", "q_w3": "a"}, {"q_total": 7}),
    # (2 + 1 + 2) / 3 = 1.666…
    ("ordinal() of a contained set", "contained_ordinal", {"q_o1": "yes", "q_o2": "half", "q_o3": "yes"},
     {"q_mean": 1.67}),
    ("ordinal() of a code system", "bundle_codesystem", {"q_b1": "s2", "q_b2": "s1"}, {"q_sum": 3}),
    ("a ladder of iif", "iif_ladder",
     {"q_stiff": "often", "q_rest": "at-times"}, {"q_sum": 4, "q_band": None}),
    # (3 + 7 + 8 + 4) / 4 = 5.5
    ("a chain of variables", "variable_chain", {"q_v1": 3, "q_v2": 7, "q_v3": 8, "q_v4": 4},
     {"q_percent": 55, "q_better": None}),
    # 70 / 1.75² = 22.857; 3 meals × 1.5, a hidden first value
    ("numbers and a hidden one", "numbers_dates",
     {"q_kg": 70, "q_cm": 175, "q_dob": "1960-11-24", "q_meals": 3},
     {"q_bmi": 22.9, "q_age": 65, "q_times": 4.5, "q_due": None}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "answers", "expected"), [case[1:] for case in HAND], ids=[case[0] for case in HAND]
)
def test_the_number_is_the_one_worked_out_by_hand(
    name: str, answers: Answers, expected: dict[str, float | None]
) -> None:
    assert values(name, answers) == expected


def test_a_result_that_is_no_number_stands_in_words() -> None:
    ladder = scores(load("iif_ladder"), {"q_stiff": "often", "q_rest": "at-times"}, TODAY)
    assert (ladder["q_band"].text, ladder["q_band"].missing) == ("many points", "")
    chain = scores(load("variable_chain"), {"q_v1": 3, "q_v2": 7, "q_v3": 8, "q_v4": 4}, TODAY)
    assert chain["q_better"].text == "yes"
    numbers = scores(load("numbers_dates"), {"q_kg": 70, "q_cm": 175}, TODAY)
    assert numbers["q_due"].text == "2026-12-21"
    assert numbers["q_bmi"].unit == "kg/m2"


def test_a_score_without_answers_is_null_and_never_zero() -> None:
    for name, item in (("item_weight", "q_total"), ("back_day", "q_points"), ("bundle_codesystem", "q_sum")):
        score = scores(load(name), {}, TODAY)[item]
        assert score.value is None, name
        assert "is answered" in score.missing
        assert score.as_score().value is None


def test_a_score_waits_for_its_required_questions() -> None:
    score = scores(load("back_day"), {"q_days": "some", "q_floor": "hard", "q_less": "no"}, TODAY)["q_points"]
    assert score.value is None
    assert score.missing == "1 of the 3 required questions it is made of have no answer"
    assert (score.answered, score.of) == (2, 3)


def test_a_missing_rule_of_the_form_is_kept() -> None:
    form = load("variable_chain")
    three = scores(form, {"q_v1": 3, "q_v2": 7, "q_v3": 8}, TODAY)["q_percent"]
    assert (three.value, three.missing) == (None, "the formula gives nothing for these answers")
    four = scores(form, {"q_v1": 3, "q_v2": 7, "q_v3": 8, "q_v4": 4}, TODAY)["q_percent"]
    assert four.note == "1 of its 5 questions have no answer; the form's formula went on."


def test_a_score_that_cannot_be_computed_tells_why() -> None:
    found = scores(load("dirty"), {"q_a": "x"}, TODAY)
    assert "resolve()" in found["q_i"].missing
    assert found["q_h"].value is None
    clinic = scores(load("server_world"), {}, TODAY)
    assert "CQL" in clinic["q_risk"].missing
    assert "%bp" in clinic["q_pressure"].missing


def one(kind: str, expression: str, **fields: Any) -> Any:
    form = make(question("a", "integer"), question("s", kind, extension=[calculated(expression)], **fields))
    return scores(form, {"q_a": 5}, TODAY)["q_s"]


def test_rules_learnt_from_the_forms_of_the_field() -> None:
    a = "%resource.item.where(linkId='a').answer.value"
    assert "nothing" in one("string", f"iif({a} = 5, '', 'x')").missing, "an empty text is no answer"
    assert one("integer", f"{a} | 9").value == 5, "the first result only"
    assert one("integer", f"{a} / 1.0").value == 5, "a whole decimal is an integer"
    assert "2.5" in one("integer", f"{a} / 2").missing, "and another is none"
    assert one("decimal", f"{a} * 0.1").value == 0.5
    assert one("boolean", f"{a} > 4").text == "yes"
    assert one("quantity", f"{a} * 2").value == 10
    assert one("decimal", f"({a} / 0)").value is None


def test_a_calculated_choice_names_its_option() -> None:
    options = [{"valueCoding": {"code": code, "display": code.title()}} for code in ("low", "high")]
    score = one(
        "choice",
        "iif(%resource.item.where(linkId='a').answer.value > 3, 'high', 'low')",
        answerOption=options,
    )
    assert score.text == "High"


def test_a_named_calculation_is_a_variable_for_the_others() -> None:
    form = make(
        question("a", "integer"),
        question(
            "first",
            "integer",
            extension=[calculated("%resource.item.where(linkId='a').answer.value * 2", "double")],
        ),
        question("second", "integer", extension=[calculated("%double + 1")]),
    )
    found = scores(form, {"q_a": 4}, TODAY)
    assert (found["q_first"].value, found["q_second"].value) == (8, 9)
    assert found["q_second"].of == 1


def variable(name: str, expression: str) -> dict[str, Any]:
    value = {"name": name, "language": "text/fhirpath", "expression": expression}
    return {"url": f"{CORE}variable", "valueExpression": value}


def group(name: str, child: str) -> dict[str, Any]:
    here = variable("here", f"%context.item.where(linkId='{child}').answer.value")
    total = question(f"s-{name}", "integer", extension=[calculated("%here * 10")])
    return question(name, "group", extension=[here], item=[question(child, "integer"), total])


def test_a_variable_is_seen_below_its_item_and_nowhere_else() -> None:
    form = make(
        group("one", "a"), group("two", "b"), question("s", "integer", extension=[calculated("%here")])
    )
    found = scores(form, {"q_a": 2, "q_b": 3}, TODAY)
    assert (found["q_s_one"].value, found["q_s_two"].value) == (20, 30)
    assert "“%here”" in found["q_s"].missing


def test_variables_that_stand_on_each_other_are_an_error_and_no_crash() -> None:
    form = make(
        question("a", "integer"),
        question("s", "integer", extension=[calculated("%x")]),
        extension=[variable("x", "%y + 1"), variable("y", "%x + 1")],
    )
    assert "made from itself" in scores(form, {"q_a": 1}, TODAY)["q_s"].missing


def test_a_sum_that_feeds_itself_does_not_settle() -> None:
    own = "%resource.item.where(linkId='s').answer.value"
    form = make(
        question("a", "integer"),
        question("s", "integer", extension=[calculated(f"iif({own}.exists(), {own} + 1, 1)")]),
        question("z", extension=[shown_if(f"{own} > 3")]),
    )
    assert "do not settle" in scores(form, {"q_a": 1}, TODAY)["q_s"].missing
    assert next_item(form, {"q_a": 1}, TODAY).item is None


def test_a_score_out_of_force_says_so() -> None:
    shown = [{"question": "a", "operator": ">", "answerInteger": 5}]
    form = make(
        question("a", "integer"), question("s", "integer", extension=[calculated("7")], enableWhen=shown)
    )
    assert scores(form, {"q_a": 5}, TODAY)["q_s"].missing == "it is not asked for after these answers"
    assert scores(form, {"q_a": 6}, TODAY)["q_s"].value == 7


def test_the_given_day_is_the_only_clock() -> None:
    form = load("numbers_dates")
    answers: Answers = {"q_kg": 70, "q_cm": 175, "q_dob": "1961-11-23"}
    assert scores(form, answers, TODAY)["q_age"].value == 65
    assert scores(form, answers, TODAY.replace(day=22))["q_age"].value == 18


def test_a_hostile_formula_is_stopped_and_the_form_still_runs() -> None:
    bomb = "%resource.descendants()" + ".select(%resource.descendants())" * 6
    items = [question(str(n), "integer", extension=[calculated(bomb)]) for n in range(3)]
    form = make(question("a"), *items, question("good", "integer", extension=[calculated("3 + 4")]))
    found = scores(form, {"q_a": "x"}, TODAY)
    assert found.pop("q_good").value == 7
    assert all("stopped" in score.missing for score in found.values())
    assert next_item(form, {}, TODAY).item is not None
