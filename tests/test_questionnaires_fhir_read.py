"""Reading forms of every style: leniently, with one sentence for each odd thing."""

from __future__ import annotations

from typing import Any

import pytest
from fhir_case import CORE, FOLDER, calculated, load, make, question, text_of

from coach.questionnaires.fhir import FhirError, as_instrument, read_form

NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))


def warnings_of(name: str) -> str:
    return "\n".join(read_form((FOLDER / f"{name}.json").read_bytes())[1])


def sentence(data: str | bytes) -> str:
    with pytest.raises(FhirError) as caught:
        read_form(data)
    said = str(caught.value)
    assert said.endswith(".")
    assert "\n" not in said
    return said


def test_there_are_ten_styles_and_more() -> None:
    assert len(NAMES) >= 14


@pytest.mark.parametrize("name", NAMES)
def test_each_form_is_read_and_its_instrument_has_items_of_its_own(name: str) -> None:
    form, warnings = read_form((FOLDER / f"{name}.json").read_bytes())
    instrument = as_instrument(form)
    ids = [item.id for item in instrument.items]
    assert ids
    assert len(set(ids)) == len(ids)
    assert all(item.text for item in instrument.items)
    assert all(warning.count("\n") == 0 and "{}" not in warning for warning in warnings)


def test_an_older_form_is_brought_to_r4() -> None:
    form = load("stu3_style")
    by_id = {item.id: item for item in form.items}
    assert [option.value for option in by_id["q_2"].options] == ["year", "long"]
    assert [option.value for option in by_id["q_4"].options] == ["low", "leg", "foot"]
    assert by_id["q_1"].initial == ({"valueBoolean": False},)
    assert by_id["q_3"].enable_when[0].operator == "exists"
    assert by_id["q_3"].enable_any
    assert by_id["q_5"].options[0].points == "1"
    assert "STU3" in warnings_of("stu3_style")


def test_a_newer_form_is_brought_to_r4() -> None:
    form = load("r5_style")
    sport, days = form.items[0], form.items[1]
    assert (sport.kind, sport.open) == ("choice", True)
    assert (days.kind, days.open, days.repeats) == ("choice", False, True)
    assert [option.value for option in days.options if option.exclusive] == ["never"]
    assert "versionAlgorithm" not in warnings_of("r5_style")


def test_a_dirty_form_is_read_and_each_oddity_is_said_once() -> None:
    said = warnings_of("dirty")
    for words in (
        "vendorTag",
        "uiWidget",
        "more than one item",
        "type is missing",
        "kept on a server",
        "hologram",
        "“nowhere”",
        "without a known operator",
        "offers no options",
        "no linkId",
        "“h”",
        "resolve()",
    ):
        assert said.count(words) == 1, words  # fmt: skip


def test_labels_hold_nothing_that_a_terminal_obeys() -> None:
    form = load("dirty")
    words = form.title + "".join(item.text for item in form.items)
    assert not {"\x1b", "\x07", "\u202e"} & set(words)
    assert "[/] here" in form.items[0].text


def test_points_are_found_wherever_a_form_keeps_them() -> None:
    for name, expected in (
        ("back_day", ["0", "1", "2", "4"]),
        ("item_weight", ["0", "2", "5"]),
        ("contained_ordinal", ["0", "1", "2"]),
        ("bundle_codesystem", ["0", "1", "2"]),
    ):
        options = next(item.options for item in load(name).items if item.options)
        assert [option.points for option in options] == expected, name


def test_points_of_a_code_system_reach_a_set_that_only_lists_codes() -> None:
    concept = [{"code": "a", "display": "A", "property": [{"code": "itemWeight", "valueInteger": 6}]}]
    contained = [
        {"resourceType": "CodeSystem", "url": "https://x.org/cs", "concept": concept},
        {"resourceType": "ValueSet", "id": "v",
         "compose": {"include": [{"system": "https://x.org/cs", "concept": [{"code": "a"}, {"code": "b"}]}]}},
    ]  # fmt: skip
    form = make(question("q", "choice", answerValueSet="#v"), contained=contained)
    assert [(option.text, option.points) for option in form.items[0].options] == [("A", "6"), ("b", "")]


def test_a_value_set_shipped_here_stands_in_for_a_server() -> None:
    gender = "http://hl7.org/fhir/ValueSet/administrative-gender|4.0.1"
    form = make(question("s", "choice", answerValueSet=gender))
    assert [option.value for option in form.items[0].options] == ["male", "female", "other", "unknown"]


def test_help_and_ends_of_a_scale_move_into_their_question() -> None:
    pain = as_instrument(load("units_slider")).items[2]
    assert (pain.kind, pain.low, pain.high) == ("scale", "no pain", "as bad as can be")
    assert (pain.minimum, pain.maximum, pain.step) == (0, 10, 1)
    assert pain.help == "Take this very moment."


def test_equal_codes_of_two_systems_stay_apart() -> None:
    options = [{"valueCoding": {"system": system, "code": "1", "display": system}} for system in ("x", "y")]
    form = make(question("a", "choice", answerOption=options))
    assert [option.value for option in form.items[0].options] == ["1", "1_2"]


def test_ids_are_plain_and_unique() -> None:
    form = make(question("/29463-7"), question("29463.7"), question("Größe 1"), question("///"))
    assert [item.id for item in form.items] == ["q_29463_7", "q_29463_7_2", "q_groe_1", "q_item"]


BAD: dict[str, tuple[Any, str]] = {
    "no json": ("{", "valid JSON"),
    "a list": ("[]", "one JSON object"),
    "another resource": ('{"resourceType": "Patient"}', "FHIR Patient"),
    "nothing at all": ("{}", "no FHIR resource"),
    "no items": ('{"resourceType": "Questionnaire"}', "no items"),
    "only texts": (text_of(question("a", "display")), "no question"),
    "only pictures": (text_of(question("a", "attachment")), "only attachment"),
    "no linkId": (text_of({"text": "Where?", "type": "string"}), "“Where?” has no linkId"),
    "blank linkId": (text_of(question("  ")), "no linkId"),
    "not a number": ('{"item": [{"linkId": "a", "maxLength": NaN}]}', "NaN"),
    "a huge number": ('{"item": [{"linkId": "a", "maxLength": 1' + "0" * 5000 + "}]}", "too large"),
    "a huge exponent": ('{"item": [{"linkId": "a", "maxLength": 1e999999}]}', "too large"),
    "brackets": ('{"item":' * 500, "60 brackets"),
    "ten thousand items": (text_of(*[question(str(n)) for n in range(10_000)]), "10000 items"),
    "two megabytes": ('{"title": "' + "x" * 2_100_000 + '"}', "2 MB"),
    "not utf-8": (b"\xff\xfe{}", "UTF-8"),
    "two forms": (
        '{"resourceType": "Bundle", "entry": ['
        + ", ".join(['{"resource": {"resourceType": "Questionnaire"}}'] * 2)
        + "]}",
        "2 questionnaires",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_one_clear_sentence(name: str) -> None:
    data, words = BAD[name]
    assert words in sentence(data)


def when(question_id: str, **answer: Any) -> list[dict[str, Any]]:
    return [{"question": question_id, "operator": "=", **(answer or {"answerBoolean": True})}]


def test_a_loop_of_conditions_is_refused_with_its_names() -> None:
    loop = text_of(
        question("a", "boolean", enableWhen=when("b")),
        question("b", "boolean", enableWhen=when("c")),
        question("c", "boolean", enableWhen=when("a")),
    )
    said = sentence(loop)
    assert "circle" in said
    assert all(f"“{name}”" in said for name in "abc")


def test_a_loop_through_a_group_is_found_too() -> None:
    inner = question("inner", "boolean")
    assert "circle" in sentence(text_of(question("g", "group", enableWhen=when("inner"), item=[inner])))
    assert "circle" in sentence(text_of(question("self", "boolean", enableWhen=when("self"))))


def test_a_very_long_chain_of_conditions_is_no_loop() -> None:
    chain = [question("0", "boolean")]
    chain += [question(str(n), "boolean", enableWhen=when(str(n - 1))) for n in range(1, 3000)]
    assert len(make(*chain).items) == 3000


def test_a_name_that_stands_twice_is_said() -> None:
    warnings = read_form('{"item": [{"linkId": "a", "text": "x", "text": "y", "type": "string"}]}')[1]
    assert any("stands twice" in warning and "“text”" in warning for warning in warnings)


def test_expressions_in_other_languages_are_named_once_for_the_form() -> None:
    items = [question(str(n), "integer", extension=[calculated("X", language="text/cql")]) for n in range(9)]
    said = [each for each in read_form(text_of(*items, question("q")))[1] if "CQL" in each]
    assert len(said) == 1
    assert "and 5 more" in said[0]


def test_a_scale_without_both_ends_is_a_number() -> None:
    slider = {
        "url": f"{CORE}questionnaire-itemControl",
        "valueCodeableConcept": {"coding": [{"code": "slider"}]},
    }
    item = as_instrument(make(question("a", "integer", extension=[slider]))).items[0]
    assert item.kind == "number"
