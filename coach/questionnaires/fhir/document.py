"""FHIR JSON from outside: size, depth and numbers checked, every text cleaned once."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

from coach.model.text import clean, one_line
from coach.questionnaires.fhir.errors import FhirError

MAX_BYTES = 2 * 1024 * 1024
MAX_DEPTH = 60
MAX_TEXT = 20_000
_MAX_DIGITS = 30
_LEXEME = re.compile(r'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', re.DOTALL)


def read_json(data: bytes | str) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Read one JSON object; gives it with the names that stand twice in one object.

    Decimals stay exact. Raises `FhirError` with one sentence for a file that is too large, too
    deep, no JSON, or no object.
    """
    source = _decoded(data)
    _check_depth(source)
    doubled: list[str] = []
    try:
        found = json.loads(
            source,
            object_pairs_hook=lambda pairs: _object(pairs, doubled),
            parse_int=_whole,
            parse_float=_decimal,
            parse_constant=_no_number,
        )
    except json.JSONDecodeError as error:
        what = error.msg[0].lower() + error.msg[1:]
        raise FhirError(
            f"The file is no valid JSON: {what} at line {error.lineno}, column {error.colno}."
        ) from None
    except RecursionError:
        raise FhirError(f"The file is nested more than {MAX_DEPTH} brackets deep.") from None
    if not isinstance(found, dict):
        raise FhirError("The file is no FHIR resource: it must be one JSON object.")
    return found, tuple(dict.fromkeys(doubled))


def _decoded(data: bytes | str) -> str:
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    if len(raw) > MAX_BYTES:
        raise FhirError(f"The file is larger than {MAX_BYTES // 1024 // 1024} MB and is not read.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FhirError("The file is not UTF-8 text, so it is no FHIR JSON.") from None


def _check_depth(source: str) -> None:
    depth = 0
    for match in _LEXEME.finditer(source):
        mark = match.group()
        if mark in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                raise FhirError(f"The file is nested more than {MAX_DEPTH} brackets deep.")
        elif mark in "]}":
            depth -= 1


def _object(pairs: list[tuple[str, Any]], doubled: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        name = one_line(key, 120)
        if name in found:
            doubled.append(name)
        found[name] = _cleaned(value)
    return found


def _cleaned(value: Any) -> Any:
    """Texts without what a terminal would obey; objects inside were cleaned before."""
    if isinstance(value, str):
        return clean(value, MAX_TEXT)
    return [_cleaned(each) for each in value] if isinstance(value, list) else value


def _whole(digits: str) -> int:
    if len(digits) > _MAX_DIGITS:
        raise FhirError(f"The file holds the number {digits[:12]}…, which is too large.")
    return int(digits)


def _decimal(digits: str) -> Decimal:
    value = Decimal(digits) if len(digits) <= 60 else None
    if value is None or (value and abs(value.adjusted()) > _MAX_DIGITS):
        raise FhirError(f"The file holds the number {digits[:12]}…, which is too large or too small.")
    return value


def _no_number(word: str) -> Any:
    raise FhirError(f"The file holds {word}, which is no number in JSON.")


def objects(value: Any) -> list[dict[str, Any]]:
    """The objects of a list; anything else in it, or no list, is left out."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def text(value: Any, limit: int = 2000) -> str:
    """A text on its own lines, or an empty one for what is none."""
    return value.strip()[:limit] if isinstance(value, str) else ""


def line(value: Any, limit: int = 200) -> str:
    """A text on one line, or an empty one for what is none."""
    return one_line(value, limit) if isinstance(value, str) else ""


def plain(value: Any) -> Any:
    """JSON values with decimals as floats, for writing."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, Decimal):
        return (
            int(value)
            if value == value.to_integral_value() and value.as_tuple().exponent == 0
            else float(value)
        )
    return value
