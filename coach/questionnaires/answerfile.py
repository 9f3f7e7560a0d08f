"""The answer file of scripts: reading it with limits, and the JSON Schema that describes it."""

from __future__ import annotations

import difflib
import json
import math
import re
from collections.abc import Iterable
from datetime import date
from typing import Any, NoReturn

from coach.model.assessment import Instrument, Item
from coach.model.text import one_line

SCHEMA = "coach.answers/1"
MAX_BYTES = 256 * 1024
MAX_DEPTH = 8
_MAX_DIGITS = 40
_FIELDS = ("schema", "date", "answers")
_LEXEME = re.compile(r'"(?:[^"\\\n]|\\.)*"|[\[{]|[\]}]|-?Infinity|NaN')


class BadAnswerFile(ValueError):
    """The file is no answer file; the message is one sentence with line and column where known."""


def read_answer_file(text: bytes) -> dict[str, Any]:
    """Read ``{"schema": "coach.answers/1", "date": ..., "answers": {...}}`` from outside.

    Size and depth are checked before parsing. Values are not checked against the questions
    yet: `parse_answers` does that. Raises `BadAnswerFile`.
    """
    if len(text) > MAX_BYTES:
        raise BadAnswerFile(f"The file is larger than {MAX_BYTES // 1024} kB; an answer file is a few kB.")
    try:
        source = text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = text[: error.start].decode("utf-8", "replace")
        raise BadAnswerFile(f"{_place(before, len(before))}: this is not UTF-8 text.") from None
    _check_lexemes(source)
    return _check_document(_parse(source))


def _parse(source: str) -> Any:
    try:
        return json.loads(
            source,
            object_pairs_hook=lambda pairs: _object(source, pairs),
            parse_int=lambda digits: _digits(source, digits, int),
            parse_float=lambda digits: _digits(source, digits, float),
        )
    except json.JSONDecodeError as error:
        what = error.msg[0].lower() + error.msg[1:]
        raise BadAnswerFile(
            f"line {error.lineno}, column {error.colno}: this is not valid JSON ({what})."
        ) from None


def _check_lexemes(source: str) -> None:
    """Refuse deep nesting and the numbers that are none, before the parser sees them."""
    depth = 0
    for match in _LEXEME.finditer(source):
        lexeme = match.group()
        if lexeme in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                where = _place(source, match.start())
                raise BadAnswerFile(f"{where}: brackets are nested more than {MAX_DEPTH} deep.")
        elif lexeme in "]}":
            depth -= 1
        elif lexeme[0] != '"':
            where = _place(source, match.start())
            raise BadAnswerFile(f"{where}: {lexeme} is no number; leave the question out or write null.")


def _object(source: str, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            spots = list(re.finditer(re.escape(json.dumps(key, ensure_ascii=False)) + r"\s*:", source))
            where = f"{_place(source, spots[1].start())}: " if len(spots) > 1 else ""
            _refuse(f"{where}“{one_line(key, 60)}” stands twice; keep one of them.")
        found[key] = value
    return found


def _digits(source: str, digits: str, kind: type[int] | type[float]) -> int | float:
    if len(digits) <= _MAX_DIGITS:
        value = kind(digits)
        if math.isfinite(value):
            return value
    raise BadAnswerFile(f"{_place(source, source.find(digits))}: the number {digits[:12]}… is too large.")


def _check_document(document: Any) -> dict[str, Any]:
    shape = '{"schema": "coach.answers/1", "answers": {…}}'
    if not isinstance(document, dict):
        _refuse(f"line 1, column 1: an answer file is an object like {shape}.")
    for key in document:
        if key not in _FIELDS:
            near = difflib.get_close_matches(key[:60], _FIELDS, n=1)
            hint = f"did you mean “{near[0]}”?" if near else "answers belong under “answers”."
            _refuse(f"“{one_line(key, 60)}” is not a field of an answer file; {hint}")
    if document.get("schema") != SCHEMA:
        _refuse(f"the field “schema” must be “{SCHEMA}”, so that coach knows what the file is: {shape}.")
    if not isinstance(document.get("answers"), dict):
        _refuse(f"the field “answers” must be an object with one answer for each question: {shape}.")
    given = document.get("date")
    if given is not None and not _is_date(given):
        _refuse("the field “date” must be a date such as “2026-11-23”.")
    return document


def _is_date(given: Any) -> bool:
    try:
        return isinstance(given, str) and date.fromisoformat(given).isoformat() == given
    except ValueError:
        return False


def _refuse(message: str) -> NoReturn:
    raise BadAnswerFile(message)


def _place(source: str, index: int) -> str:
    line = source.count("\n", 0, index) + 1
    column = index - source.rfind("\n", 0, index)
    return f"line {line}, column {column}"


def answer_schema(instruments: Iterable[Instrument]) -> dict[str, Any]:
    """The JSON Schema (2020-12) of the answer file: every question with its range and meaning."""
    properties: dict[str, Any] = {}
    for instrument in instruments:
        for item in instrument.items:
            properties[item.id] = {"description": item.text, **_value_schema(item)}
            if item.re_ask:
                properties[f"{item.id}_again"] = {"description": item.re_ask, **_value_schema(item)}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Answers for coach assess --answers",
        "type": "object",
        "additionalProperties": False,
        "required": ["schema", "answers"],
        "properties": {
            "schema": {"const": SCHEMA},
            "date": {"type": ["string", "null"], "format": "date", "description": "Day of the answers."},
            "answers": {"type": "object", "additionalProperties": False, "properties": properties},
        },
    }


def _value_schema(item: Item) -> dict[str, Any]:
    if item.kind == "yes_no":
        return {"enum": ["yes", "no", True, False, None]}
    if item.kind == "yes_no_unsure":
        return {"enum": ["yes", "no", "unsure", True, False, None]}
    if item.kind == "choice":
        return {"enum": [*(choice.value for choice in item.choices), None]}
    if item.kind == "choices":
        one = {"enum": [choice.value for choice in item.choices]}
        return {"type": ["array", "null"], "items": one}
    if item.kind == "text":
        return {"type": ["string", "null"]}
    schema: dict[str, Any] = {"type": ["number", "null"]}
    if item.minimum is not None:
        schema["minimum"] = item.minimum
    if item.maximum is not None:
        schema["maximum"] = item.maximum
    if item.kind == "scale" and item.step:
        schema["multipleOf"] = item.step
    if item.unit:
        schema["x-unit"] = item.unit
    return schema
