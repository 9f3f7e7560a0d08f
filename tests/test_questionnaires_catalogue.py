"""The instruments' files, and the border where answers come in."""

from __future__ import annotations

import json
import math
import tomllib
from importlib import resources

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.model.assessment import Choice, Instrument, Item, Scoring
from coach.model.noun import NotANoun
from coach.model.text import clean, one_line
from coach.questionnaires.catalogue import (
    BadAnswer,
    BadAnswerFile,
    BadAnswers,
    answer_schema,
    instrument_order,
    items,
    load_instruments,
    parse_answers,
    parse_typed,
    parse_value,
    read_answer_file,
    read_instrument,
)
from coach.questionnaires.conditions import Known

ALL = load_instruments()
KNOWN = items(ALL)


# --- the files ------------------------------------------------------------------------------------


def test_every_instrument_of_the_order_is_there_and_no_other():
    folder = resources.files("coach.questionnaires") / "instruments"
    files = {path.name.removesuffix(".toml") for path in folder.iterdir() if path.name.endswith(".toml")}
    assert [each.id for each in ALL] == list(instrument_order())
    assert files - {"order"} == set(instrument_order())
    assert ALL[0].id == "about"
    assert ALL[1].id == "safety"


def test_the_files_have_no_field_that_the_nouns_do_not_know():
    folder = resources.files("coach.questionnaires") / "instruments"
    for name in instrument_order():
        data = tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))
        assert set(data) <= set(Instrument.__struct_fields__), name
        assert set(data.get("scoring", {})) <= set(Scoring.__struct_fields__), name
        for item in data["items"]:
            assert set(item) <= set(Item.__struct_fields__), (name, item["id"])
            for choice in item.get("choices", ()):
                assert set(choice) == set(Choice.__struct_fields__), (name, item["id"])


def test_no_item_id_is_used_twice():
    ids = [item.id for each in ALL for item in each.items]
    assert len(ids) == len(set(ids)) == len(KNOWN)
    assert not [key for key in ids if key.endswith("_again")]


def test_items_have_what_their_kind_needs():
    for item in KNOWN.values():
        assert bool(item.choices) == (item.kind in ("choice", "choices")), item.id
        if item.kind == "scale":
            assert item.minimum is not None, item.id
            assert item.maximum is not None, item.id
        if item.kind == "number":
            assert item.minimum is not None, item.id
        assert item.seconds > 0


def test_skip_logic_names_questions_and_answers_that_exist():
    for item in KNOWN.values():
        for key, test in ((key, test) for each in item.ask_if for key, test in each.items()):
            assert key in KNOWN, (item.id, key)
            gate = KNOWN[key]
            if isinstance(test, tuple):
                words = {"yes_no": {"yes", "no"}, "yes_no_unsure": {"yes", "no", "unsure"}}
                allowed = words.get(gate.kind) or {choice.value for choice in gate.choices}
                assert set(test) <= allowed, (item.id, key)
            else:
                sign = test.removeprefix("not ").split(" ")[0]
                numeric = gate.kind in ("scale", "number")
                assert (sign in (">=", "<=", ">", "<")) == numeric or test == "answered", (item.id, key)


def test_skip_logic_has_no_circle_but_a_question_on_itself():
    reads = {item.id: {key for each in item.ask_if for key in each} - {item.id} for item in KNOWN.values()}
    done: set[str] = set()
    while len(done) < len(reads):
        ready = {key for key, needs in reads.items() if key not in done and needs <= done}
        assert ready, f"a circle among {sorted(set(reads) - done)}"
        done |= ready


def test_a_file_that_does_not_fit_is_named():
    with pytest.raises(NotANoun, match=r"odd\.toml: .*version"):
        read_instrument('id = "odd"\nversion = "one"\ntitle = "Odd"\nitems = []', "odd.toml")
    with pytest.raises(NotANoun, match=r"odd\.toml"):
        read_instrument("id = ", "odd.toml")


# --- conditions -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "condition", "truth"),
    [
        ("yes", ("yes", "unsure"), 1),
        ("no", ("yes", "unsure"), 0),
        (None, ("yes",), 0),
        (70, ">= 70", 1),
        (69.9, ">= 70", 0),
        (70, "< 70", 0),
        (70, "<= @limit", 1),
        (71, "> @limit", 1),
        ("a", "> 3", 0),
        (None, "< 70", 0),
        (None, "not > 26", 1),
        (27, "not > 26", 0),
        (26, "not > 26", 1),
        (None, "not male", 1),
        ("male", "not male", 0),
        ("female", "not male", 1),
        ("yes", "risk", 1),
        ("unsure", "risk", 0.5),
        ("no", "risk", 0),
        (None, "risk", 0),
        (None, "unanswered", 1),
        (0, "unanswered", 0),
        (0, "answered", 1),
        (None, "answered", 0),
        (("chair", "band"), ("band",), 1),
        (("chair",), ("band",), 0),
    ],
)
def test_each_kind_of_condition(value, condition, truth):
    assert Known({"x": value}, {"limit": 70.0}).truth(({"x": condition},)) == truth


def test_alternatives_and_all_entries_of_one():
    known = Known({"a": "yes", "b": "unsure", "c": "no"})
    assert known.truth(({"a": "risk", "b": "risk"},)) == 0.5
    assert known.truth(({"a": "risk", "c": "risk"},)) == 0
    assert known.truth(({"c": "risk"}, {"a": "risk"})) == 1
    assert known.truth(()) == 1
    assert not known.holds(({"b": "risk"},))


def test_a_question_still_to_come_is_not_unanswered():
    assert Known({}, {}, frozenset({"x"})).truth(({"x": "unanswered"},)) == 0


# --- one answer -----------------------------------------------------------------------------------


def item(kind: str, **fields: object) -> Item:
    return msgspec.convert({"id": "q", "text": "?", "kind": kind, **fields}, Item)


PICKS = [{"value": "chair", "text": "a chair"}, {"value": "band", "text": "a band"}]


@pytest.mark.parametrize(
    ("question", "raw", "value"),
    [
        (item("yes_no"), True, "yes"),
        (item("yes_no"), False, "no"),
        (item("yes_no_unsure"), " Unsure ", "unsure"),
        (item("scale", minimum=0, maximum=10), 5, 5),
        (item("scale", minimum=0, maximum=10), 5.0, 5),
        (item("scale", minimum=0, maximum=1, step=0.5), 0.5, 0.5),
        (item("number", minimum=0), 6.25, 6.25),
        (item("choice", choices=PICKS), "Band", "band"),
        (item("choices", choices=PICKS), ["band", "chair", "band"], ("chair", "band")),
        (item("choices", choices=PICKS), [], ()),
        (item("text"), "  to\x1b[31m lift\n my\u202e girl ", "to[31m lift my girl"),
        (item("text"), " \x07 ", None),
        (item("scale", minimum=0, maximum=10), None, None),
    ],
)
def test_an_answer_is_brought_to_its_stored_form(question, raw, value):
    found = parse_value(question, raw)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("question", "raw", "says"),
    [
        (item("yes_no"), "unsure", "expected yes or no, found “unsure”"),
        (item("yes_no_unsure"), 1, "expected yes, no or unsure, found 1"),
        (item("scale", minimum=0, maximum=10), 11, "a number from 0 to 10, found 11"),
        (item("scale", minimum=0, maximum=10), -1, "found -1"),
        (item("scale", minimum=0, maximum=10), 4.5, "in steps of 1, found 4.5"),
        (item("scale", minimum=0, maximum=10), True, "found true"),
        (item("scale", minimum=0, maximum=10), "5", "found “5”"),
        (item("number", minimum=0, unit="hours"), math.nan, "a number of 0 hours or more, found nan"),
        (item("number", minimum=0), math.inf, "found inf"),
        (item("choice", choices=PICKS), "bannd", "did you mean “band”?"),
        (item("choice", choices=PICKS), 3, "expected one of chair, band, found 3"),
        (item("choices", choices=PICKS), "band", "expected a list"),
        (item("choices", choices=PICKS), ["rope"], "expected one of chair, band"),
        (item("choices", choices=PICKS), {"a": 1}, "found an object"),
        (item("text"), 5, "expected a text, found 5"),
        (item("text"), ["a"], "found a list"),
    ],
)
def test_an_answer_that_does_not_fit_says_what_was_expected(question, raw, says):
    with pytest.raises(BadAnswer) as bad:
        parse_value(question, raw)
    assert says in bad.value.message
    assert bad.value.item_id == "q"


def test_typed_answers_are_understood():
    assert parse_typed(item("yes_no_unsure"), "?") == "unsure"
    assert parse_typed(item("yes_no"), "Y") == "yes"
    assert parse_typed(item("number", minimum=0), "6,5") == 6.5
    assert parse_typed(item("choices", choices=PICKS), "band, chair") == ("chair", "band")
    assert parse_typed(item("choices", choices=PICKS), "none") == ()
    assert parse_typed(item("text"), "") is None
    for typed in ("x", "nan", "inf", "11"):
        with pytest.raises(BadAnswer):
            parse_typed(item("scale", minimum=0, maximum=10), typed)


# --- all answers ----------------------------------------------------------------------------------


def test_all_problems_are_named_at_once_with_a_suggestion():
    with pytest.raises(BadAnswers) as bad:
        parse_answers(ALL, {"rf1": "yes", "age": 400, "rf02": "maybe", "zzzz\x1b[1m": 1, "rf01": "yes"})
    messages = [str(each) for each in bad.value.problems]
    assert len(messages) == 4
    assert "did you mean “rf" in messages[0]
    assert messages[1].startswith("age: expected a number from 0 to 120 years")
    assert "found “maybe”" in messages[2]
    assert "\x1b" not in messages[3]


def test_re_ask_answers_are_taken_only_where_there_is_a_re_ask():
    assert parse_answers(ALL, {"rf01": "unsure", "rf01_again": False}) == {
        "rf01": "unsure",
        "rf01_again": "no",
    }
    with pytest.raises(BadAnswers):
        parse_answers(ALL, {"rf22_again": "no"})


def test_thousands_of_unknown_names_do_not_take_long_to_refuse():
    with pytest.raises(BadAnswers) as bad:
        parse_answers(ALL, {f"rf{number}x": 1 for number in range(40_000)})
    assert len(bad.value.problems) == 50


# --- the answer file ------------------------------------------------------------------------------

HEAD = '{"schema": "coach.answers/1", '


def test_an_answer_file_is_read():
    text = HEAD + '"date": "2026-11-23", "answers": {"rf01": "no", "age": 40}}'
    for data in (text.encode(), b"\xef\xbb\xbf" + text.encode()):
        assert read_answer_file(data)["answers"] == {"rf01": "no", "age": 40}


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"[" * 10_000_000, "larger than 256 kB"),
        (b"[" * 100_000, "line 1, column 9: brackets are nested more than 8 deep"),
        (b'{"answers":\n {"age": NaN}}', "line 2, column 10: NaN is no number"),
        (b'{"answers": {"age": -Infinity}}', "-Infinity is no number"),
        (HEAD.encode() + b'"answers": {"age": 1e999}}', "line 1, column 50: the number 1e999"),
        (HEAD.encode() + b'"answers": {"age": ' + b"9" * 5000 + b"}}", "too large"),
        (HEAD.encode() + b'"answers": {"age": 4,\n "age": 5}}', "line 2, column 2: “age” stands twice"),
        (b'{"schema": "coach.answers/1",\n}', "line 2, column 1: this is not valid JSON"),
        (b"", "line 1, column 1: this is not valid JSON"),
        (b"\xff\xfe", "line 1, column 1: this is not UTF-8"),
        (b"[]", "an answer file is an object"),
        (b"{}", "“schema” must be “coach.answers/1”"),
        (b'{"schema": "coach.answers/2", "answers": {}}', "“schema” must be"),
        (HEAD.encode() + b'"answers": []}', "“answers” must be an object"),
        (HEAD.encode() + b'"answer": {}}', "did you mean “answers”?"),
        (HEAD.encode() + b'"answers": {}, "date": "23.11.2026"}', "“date” must be a date"),
        (HEAD.encode() + b'"answers": {}, "date": "20261123"}', "“date” must be a date"),
        (HEAD.encode() + b'"answers": {}, "date": 5}', "“date” must be a date"),
    ],
)
def test_a_file_that_is_none_is_refused_in_one_sentence(data, says):
    with pytest.raises(BadAnswerFile) as bad:
        read_answer_file(data)
    message = str(bad.value)
    assert says in message
    assert "\n" not in message
    assert len(message) < 200


def test_brackets_and_nan_inside_a_text_are_text():
    text = HEAD + '"answers": {"psfs_1_name": "NaN [[[[[[[[[[ \\" {{{{{{{{{"}}'
    assert "NaN" in read_answer_file(text.encode())["answers"]["psfs_1_name"]


def test_many_short_lists_are_not_deep():
    lists = ", ".join(f'"q{number}": ["a"]' for number in range(20))
    assert len(read_answer_file((HEAD + '"answers": {' + lists + "}}").encode())["answers"]) == 20


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=200) | st.text(alphabet='{}[]":,\\ \nNaInfty1e-+.schema', max_size=80).map(str.encode)
)
def test_any_bytes_are_read_or_refused(data):
    try:
        document = read_answer_file(data)
    except BadAnswerFile:
        return
    assert isinstance(document["answers"], dict)


def test_the_schema_describes_every_question():
    schema = answer_schema(ALL)
    asked = schema["properties"]["answers"]["properties"]
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert set(KNOWN) <= set(asked)
    assert set(asked) - set(KNOWN) == {f"{key}_again" for key, each in KNOWN.items() if each.re_ask}
    assert all(each["description"] for each in asked.values())
    assert asked["age"]["maximum"] == 120
    assert asked["rf01"]["enum"] == ["yes", "no", "unsure", True, False, None]
    assert asked["sex"]["enum"] == ["female", "male", "other", None]
    assert asked["pain_now"]["multipleOf"] == 1
    assert json.loads(json.dumps(schema)) == schema


# --- text -----------------------------------------------------------------------------------------


def test_clean_takes_out_what_a_terminal_would_obey():
    assert clean("a\x1b[31mb\x07\x7f\x9bc\u202ed\u2066e\r\nf\tg\u200f") == "a[31mbcde\nf\tg"
    assert clean("e\u0301") == "\u00e9"
    assert clean("\ud800x") == "x"
    assert clean("x" * 10, 4) == "xxxx"
    assert one_line(" a\n b\t\tc ") == "a b c"


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60), st.integers(0, 40))
def test_cleaning_twice_changes_nothing(text, limit):
    once = clean(text, limit)
    assert clean(once, limit) == once
    assert len(once) <= limit
    assert once.encode().decode() == once
