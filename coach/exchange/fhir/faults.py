"""Faults that no public validator of ours sees, looked for in what we write (``interop.md`` 2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from coach.exchange.fhir.codes import LOINC, check_digit

_SCRIPT = re.compile(
    r"<\s*(script|iframe|object|embed|form|link|style)\b|<[^<>]*(\son[a-z]+\s*=|javascript:)", re.IGNORECASE
)
_XHTML = 'xmlns="http://www.w3.org/1999/xhtml"'


def faults(resource: dict[str, Any]) -> list[str]:
    """Everything found, each with its path; nothing where all is well."""
    found = list(_walk(resource, resource.get("resourceType", "?")))
    return found + list(_contained(resource))


def _walk(value: Any, path: str) -> Iterator[str]:
    if isinstance(value, dict):
        if not value:
            yield f"{path}: an empty object"
        yield from _object(value, path)
        for key, each in value.items():
            yield from _walk(each, f"{path}.{key}")
    elif isinstance(value, list):
        if not value:
            yield f"{path}: an empty array"
        for place, each in enumerate(value):
            yield from _walk(each, f"{path}[{place}]")
    elif value is None:
        yield f"{path}: null"
    elif isinstance(value, str) and not value.strip():
        yield f"{path}: an empty text"


def _object(value: dict[str, Any], path: str) -> Iterator[str]:
    if (
        "code" in value
        and "value" in value
        and isinstance(value["value"], int | float)
        and "system" not in value
    ):
        yield f"{path}: a quantity with a code and no system"
    for choice in ("value", "effective", "scheduled", "subject", "timing", "detail"):
        given = [
            key for key in value if key.startswith(choice) and key[len(choice) : len(choice) + 1].isupper()
        ]
        if len(given) > 1:
            yield f"{path}: {' and '.join(given)}, where only one may stand"
    start, end = value.get("start"), value.get("end")
    if isinstance(start, str) and isinstance(end, str) and end < start[: len(end)]:
        yield f"{path}: it ends on {end}, before it starts on {start}"
    div = value.get("div")
    if isinstance(div, str):
        if _SCRIPT.search(div):
            yield f"{path}.div: something that runs"
        if not div.startswith("<div ") or _XHTML not in div[: div.find(">")]:
            yield f"{path}.div: no namespace"
    code = value.get("code")
    if value.get("system") == LOINC and isinstance(code, str) and not check_digit(code):
        yield f"{path}.code: {code} has a wrong check digit"


def _contained(resource: dict[str, Any]) -> Iterator[str]:
    inside = {each.get("id") for each in resource.get("contained", ()) if isinstance(each, dict)}
    used = set(_references({key: each for key, each in resource.items() if key != "contained"}))
    for each in sorted(str(name) for name in inside):
        if f"#{each}" not in used:
            yield f"contained {each}: nothing refers to it"


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("reference"), str):
            yield value["reference"]
        for each in value.values():
            yield from _references(each)
    elif isinstance(value, list):
        for each in value:
            yield from _references(each)
