"""Writing a QuestionnaireResponse, and reading one back."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from fhir_case import CORE, FOLDER, NOW, TODAY, calculated, fill_in, load, make, question

from coach.model.assessment import Answers
from coach.questionnaires.fhir import FhirError, read_response, write_response

NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))
WHOLE: Answers = {"q_days": "some", "q_floor": "hard", "q_less": "yes", "q_far": "street", "q_sleep": "once"}
KEYS = {"linkId", "text", "answer", "item", "definition"}
VALUES = {
    "valueBoolean": bool, "valueInteger": int, "valueDecimal": (int, float),
    "valueString": str, "valueUri": str,
    "valueDate": re.compile(r"\d{4}(-\d{2}(-\d{2})?)?"),
    "valueTime": re.compile(r"\d{2}:\d{2}:\d{2}(\.\d+)?"),
    "valueDateTime": re.compile(r"\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2}))?)?)?"),
    "valueCoding": dict, "valueQuantity": dict,
}  # fmt: skip


def written(name: str, answers: Answers, **how: Any) -> dict[str, Any]:
    return write_response(load(name), answers, today=TODAY, authored=NOW, **how)


def check_items(items: list[dict[str, Any]]) -> None:
    """What R4 asks of the items of a response, as far as a program can see it."""
    assert items
    for item in items:
        assert set(item) <= KEYS
        assert item["linkId"]
        assert ("answer" in item) != ("item" in item), "qrs-1: never both, and here never neither"
        for answer in item.get("answer", []):
            check_answer(answer)
        if "item" in item:
            check_items(item["item"])


def check_answer(answer: dict[str, Any]) -> None:
    (key,) = [key for key in answer if key.startswith("value")]
    assert set(answer) <= {key, f"_{key}", "item"}
    kind = VALUES[key]
    if isinstance(kind, re.Pattern):
        assert kind.fullmatch(answer[key]), answer
    else:
        assert isinstance(answer[key], kind)
    if key == "valueCoding":
        assert answer[key].get("code") or answer[key].get("display")
        for extension in answer[key].get("extension", []):
            assert isinstance(extension["valueDecimal"], (int, float))
    if key == "valueQuantity" and "code" in answer[key]:
        assert answer[key]["system"]
    if "item" in answer:
        check_items(answer["item"])


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("seed", [1, 2])
def test_what_is_written_is_fhir_and_reads_back_to_the_same_answers(name: str, seed: int) -> None:
    form = load(name)
    answers, _ = fill_in(form, seed)
    response = write_response(form, answers, today=TODAY, authored=NOW)
    assert set(response) <= {"resourceType", "questionnaire", "status", "authored", "item"}
    assert response["status"] == "completed"
    check_items(response["item"])
    back, warnings = read_response(form, json.dumps(response, allow_nan=False))
    assert warnings == ()
    assert back == {key: value for key, value in answers.items() if key in back}
    assert write_response(form, back, today=TODAY, authored=NOW) == response


def test_the_response_of_the_example_in_full() -> None:
    response = written("back_day", WHOLE)
    assert response["questionnaire"] == "https://example.org/fhir/Questionnaire/back-day|1.0"
    assert response["status"] == "completed"
    assert response["authored"] == "2026-11-23T08:30:00+00:00"
    day, night, points, share = response["item"]
    assert [item["linkId"] for item in day["item"]] == ["days", "floor", "walk"]
    assert [item["linkId"] for item in day["item"][2]["item"]] == ["less", "far"]
    coding = day["item"][0]["answer"][0]["valueCoding"]
    assert coding == {
        "system": "https://example.org/codes",
        "code": "some",
        "display": "On three to five",
        "extension": [{"url": f"{CORE}ordinalValue", "valueDecimal": 2}],
    }
    assert [item["linkId"] for item in night["item"]] == ["sleep"]
    assert points["answer"] == [{"valueDecimal": 8.5}]
    assert share["answer"] == [{"valueDecimal": 60.7}]


def test_what_is_out_of_force_is_left_out_and_so_are_scores_that_are_none() -> None:
    response = written("back_day", {"q_less": "no", "q_far": "street"})
    assert response["status"] == "in-progress"
    assert "far" not in json.dumps(response)
    assert [item["linkId"] for item in response["item"]] == ["day"]
    assert written("back_day", WHOLE, done=False)["status"] == "in-progress"


def test_nothing_answered_is_a_response_without_items() -> None:
    assert "item" not in written("back_day", {})


def test_a_moment_without_an_offset_is_refused() -> None:
    with pytest.raises(FhirError, match="offset"):
        write_response(load("back_day"), WHOLE, today=TODAY, authored=NOW.replace(tzinfo=None))


def test_a_time_of_day_gets_the_offset_of_the_moment() -> None:
    east = datetime(2026, 11, 23, 8, 30, tzinfo=timezone(timedelta(hours=-3, minutes=-30)))
    answers: Answers = {"q_t_datetime": "2026-11-22T21:05", "q_t_date": "2026-11"}
    response = write_response(load("all_types"), answers, today=TODAY, authored=east)
    found = {item["linkId"]: item["answer"][0] for item in response["item"]}
    assert found["t-datetime"] == {"valueDateTime": "2026-11-22T21:05:00-03:30"}
    assert found["t-date"] == {"valueDate": "2026-11"}


def test_points_stand_on_answers_that_are_no_coding_too() -> None:
    options = [{"extension": [{"url": f"{CORE}ordinalValue", "valueDecimal": 4}], "valueInteger": 7}]
    form = make(question("a", "choice", answerOption=options))
    (item,) = write_response(form, {"q_a": "7"}, today=TODAY, authored=NOW)["item"]
    assert item["answer"][0]["valueInteger"] == 7
    assert item["answer"][0]["_valueInteger"]["extension"][0]["valueDecimal"] == 4


def test_a_calculated_item_that_does_not_repeat_has_one_answer() -> None:
    form = make(question("a"), question("s", "integer", extension=[calculated("4 | 9")]))
    items = write_response(form, {"q_a": "x"}, today=TODAY, authored=NOW)["item"]
    assert items[1]["answer"] == [{"valueInteger": 4}]


def test_an_answer_under_a_question_stands_in_its_answer() -> None:
    form = make(question("a", "boolean", item=[question("b")]))
    (item,) = write_response(form, {"q_a": "yes", "q_b": "why"}, today=TODAY, authored=NOW)["item"]
    assert item["answer"][0]["item"][0]["answer"] == [{"valueString": "why"}]


def test_units_are_written_with_their_code() -> None:
    items = written("units_slider", {"q_weight": "150 lb", "q_reach": 12.5})["item"]
    assert items[0]["answer"][0]["valueQuantity"] == {
        "value": 150, "unit": "lb", "system": "http://unitsofmeasure.org", "code": "[lb_av]"}  # fmt: skip
    assert items[1]["answer"][0]["valueQuantity"]["value"] == 12.5


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ("{}", "not a QuestionnaireResponse"),
        ('{"resourceType": "Questionnaire"}', "Questionnaire, and not"),
        ('{"resourceType": "QuestionnaireResponse", "questionnaire": "https://else.org/q|1"}', "another"),
        ("[]", "one JSON object"),
    ],
)
def test_a_response_that_does_not_belong_is_one_sentence(document: str, words: str) -> None:
    with pytest.raises(FhirError, match=words):
        read_response(load("back_day"), document)


def test_odd_answers_of_a_response_are_named_and_the_rest_is_kept() -> None:
    form = load("back_day")
    coding = {"valueCoding": {"code": "purple"}}
    items = [
        {"linkId": "days", "answer": [coding]},
        {"linkId": "nowhere", "answer": [{"valueInteger": 1}]},
        {"linkId": "less", "answer": [{"valueBoolean": True}]},
        {"linkId": "less", "answer": [{"valueBoolean": False}]},
        {"linkId": "points", "answer": [{"valueDecimal": 99}]},
    ]
    document = {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": "https://example.org/fhir/Questionnaire/back-day|2.0",
        "item": items,
    }
    answers, warnings = read_response(form, json.dumps(document))
    assert answers == {"q_less": "yes"}
    assert len(warnings) == 4
