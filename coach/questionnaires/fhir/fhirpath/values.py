"""The values that expressions work on, and how a path walks through a resource."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from coach.questionnaires.fhir.fhirpath.dates import Temporal, temporal


class Quantity(NamedTuple):
    """A number with its unit, as a literal or after arithmetic."""

    value: Decimal
    unit: str


class Node(NamedTuple):
    """One member of a collection: its value, its FHIR type, and a primitive's extensions."""

    value: Any
    type: str = ""
    meta: dict[str, Any] | None = None


Collection = list[Node]

_DATES = {"date": "date", "dateTime": "dateTime", "instant": "dateTime", "time": "time"}
_BY_NAME = {"birthDate": "date", "authored": "dateTime", "deceasedDateTime": "dateTime"}


def node(value: Any, kind: str = "", meta: dict[str, Any] | None = None) -> Node:
    """Wrap a JSON value; a date text becomes a date where its type says so."""
    if isinstance(value, str) and kind in _DATES:
        found = temporal(value, _DATES[kind])
        return Node(found, _DATES[kind], meta) if found else Node(value, "string", meta)
    if kind:
        return Node(value, kind, meta)
    return Node(value, type_of(value), meta)


def type_of(value: Any) -> str:
    """The FHIR type of a bare value."""
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    if isinstance(value, Decimal):
        return "decimal"
    if isinstance(value, str):
        return "string"
    if isinstance(value, Temporal):
        return value.kind
    if isinstance(value, Quantity):
        return "Quantity"
    if isinstance(value, dict):
        return str(value.get("resourceType", "Element"))
    return "Element"


def member(at: Node, name: str) -> Collection:
    """The children of one name; ``value`` finds ``valueCoding``, ``valueInteger`` and the rest."""
    if isinstance(at.value, dict):
        if at.value.get("resourceType") == name:
            return [at]
        if name in at.value:
            return list(_unfold(at.value, name, _kind(name)))
        if name in ("value", "answer", "effective", "onset", "deceased", "multipleBirth"):
            return [each for key, kind in _choices(at.value, name) for each in _unfold(at.value, key, kind)]
        if name == "extension" and at.meta:
            return member(Node(at.meta), name)
        return []
    if isinstance(at.value, Quantity):
        found = {"value": at.value.value, "unit": at.value.unit, "code": at.value.unit}.get(name)
        return [] if found is None else [node(found)]
    if at.meta and name in ("extension", "id"):
        return member(Node(at.meta), name)
    return []


def _kind(name: str) -> str:
    """The type in the name of a polymorphic key, or of a few keys that are known."""
    if name in _BY_NAME:
        return _BY_NAME[name]
    for stem in ("value", "answer"):
        rest = name.removeprefix(stem)
        if rest and rest != name and rest[0].isupper():
            return _type_name(rest)
    return ""


def _type_name(rest: str) -> str:
    low = rest[0].lower() + rest[1:]
    primitive = {
        "boolean", "integer", "decimal", "string", "date", "dateTime", "time", "instant", "uri", "url",
        "code", "markdown", "id", "canonical", "positiveInt", "unsignedInt",
    }  # fmt: skip
    return low if low in primitive else rest


def _choices(value: dict[str, Any], stem: str) -> Iterator[tuple[str, str]]:
    for key in value:
        rest = key.removeprefix(stem)
        if rest and rest != key and rest[0].isupper():
            yield key, _type_name(rest)


def _unfold(value: dict[str, Any], key: str, kind: str) -> Iterator[Node]:
    found, beside = value[key], value.get("_" + key)
    if isinstance(found, list):
        metas = beside if isinstance(beside, list) else []
        for place, each in enumerate(found):
            meta = metas[place] if place < len(metas) and isinstance(metas[place], dict) else None
            if each is not None:
                yield node(each, kind, meta)
    elif found is not None:
        yield node(found, kind, beside if isinstance(beside, dict) else None)


def children(at: Node) -> Collection:
    """All children of a node."""
    if not isinstance(at.value, dict):
        return member(at, "extension") if at.meta else []
    keys = (key for key in at.value if key != "resourceType" and not key.startswith("_"))
    return [each for key in keys for each in _unfold(at.value, key, _kind(key))]


def as_quantity(at: Node) -> Quantity | None:
    """The node as a quantity where it is one, a ``valueQuantity`` included."""
    if isinstance(at.value, Quantity):
        return at.value
    if isinstance(at.value, dict) and at.type in ("Quantity", "Age", "Duration", "SimpleQuantity"):
        number = at.value.get("value")
        if isinstance(number, (int, Decimal)) and not isinstance(number, bool):
            unit = at.value.get("code") or at.value.get("unit") or "1"
            return Quantity(Decimal(number), str(unit))
    return None


def as_number(at: Node) -> Decimal | None:
    """The node as a number; true and false are none."""
    if isinstance(at.value, (int, Decimal)) and not isinstance(at.value, bool):
        return Decimal(at.value)
    return None


def text_of(at: Node) -> str | None:
    """The node as a text, or null for what has none."""
    if isinstance(at.value, bool):
        return "true" if at.value else "false"
    if isinstance(at.value, str):
        return at.value
    number = as_number(at)
    if number is not None:
        return plain(number)
    if isinstance(at.value, Temporal):
        return at.value.text()
    quantity = as_quantity(at)
    return f"{plain(quantity.value)} '{quantity.unit}'" if quantity else None


def plain(number: Decimal) -> str:
    """A decimal without exponent and without trailing zeros."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
