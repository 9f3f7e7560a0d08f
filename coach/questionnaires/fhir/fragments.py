"""Stored values of answers to FHIR answers, and back."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from coach.model.assessment import Value
from coach.questionnaires.catalogue import BadAnswer
from coach.questionnaires.fhir.answers import (
    SHAPES,
    find_option,
    find_unit,
    number,
    number_and_rest,
    parse_item,
)
from coach.questionnaires.fhir.fhirpath.dates import temporal
from coach.questionnaires.fhir.model import FormItem, Fragment

_WRITTEN = {"string": "valueString", "text": "valueString", "url": "valueUri"}


def to_fragments(item: FormItem, value: Value) -> tuple[Fragment, ...]:
    """The FHIR answers of a stored value; a value that does not fit the item gives none."""
    try:
        fitting = parse_item(item, value)
    except BadAnswer:
        return ()
    if fitting is None:
        return ()
    values = fitting if isinstance(fitting, tuple) else (fitting,)
    return tuple(_fragment(item, each) for each in values)


def _fragment(item: FormItem, value: str | int | float) -> Fragment:
    if item.kind == "choice":
        option = find_option(item, value)
        return option.answer if option else {"valueString": str(value)}
    if item.kind == "boolean":
        return {"valueBoolean": value == "yes"}
    if item.kind == "integer":
        return {"valueInteger": int(value)}
    if item.kind == "decimal":
        return {"valueDecimal": Decimal(str(value))}
    if item.kind == "quantity":
        return {"valueQuantity": _quantity_fragment(item, value)}
    if item.kind in SHAPES:
        return {f"value{item.kind[0].upper()}{item.kind[1:]}": _with_seconds(item, str(value))}
    if item.type == "choice":
        # The option list was not at hand: FHIR wants a Coding, and its words are all there is.
        return {"valueCoding": {"display": str(value)}}
    return {_WRITTEN.get(item.kind, "valueString"): str(value)}


def _with_seconds(item: FormItem, text: str) -> str:
    """FHIR wants seconds in every time; an offset is not invented here."""
    found = temporal(text, item.kind)
    clock = 0 if found is None else len(found.parts) - (0 if item.kind == "time" else 3)
    return found._replace(parts=(*found.parts, 0)).text() if found and clock == 2 else text


def _quantity_fragment(item: FormItem, value: str | int | float) -> dict[str, Any]:
    found = number_and_rest(value)
    amount, written = found or (Decimal(0), "")
    unit = find_unit(item.units, written) or (None if written else item.unit)
    if unit is None:
        return {"value": amount, "unit": written} if written else {"value": amount}
    quantity: dict[str, Any] = {"value": amount, "unit": unit.text}
    if unit.code:
        quantity |= {"system": unit.system, "code": unit.code} if unit.system else {}
    return quantity


def from_fragments(item: FormItem, fragments: Iterable[Fragment]) -> Value:
    """The stored value of FHIR answers. Raises `BadAnswer` for one that does not fit."""
    found = [_plain(item, each) for each in fragments]
    known = [each for each in found if each is not None]
    if not known:
        return None
    return parse_item(item, known if item.repeats else known[0])


def _plain(item: FormItem, fragment: Fragment) -> Any:
    key = next((key for key in fragment if key.startswith("value")), None)
    raw = fragment.get(key) if key else None
    if isinstance(raw, dict) and key == "valueQuantity":
        unit = raw.get("unit") or raw.get("code") or ""
        several = len(item.units) != 1
        return (
            f"{raw.get('value')} {unit}".strip()
            if several and item.kind == "quantity"
            else _float(raw.get("value"))
        )
    if isinstance(raw, dict):
        option = next(
            (each for each in item.options if same_coding(each.answer.get("valueCoding"), raw)), None
        )
        return option.value if option else raw.get("code") or raw.get("display")
    return _float(raw)


def _float(raw: Any) -> Any:
    return number(raw) if isinstance(raw, Decimal) else raw


def same_coding(left: Any, right: Any) -> bool:
    """Whether two codings mean the same: the code, and the system where both have one."""
    if not isinstance(left, dict) or not isinstance(right, dict):
        return False
    if not left.get("code") or not right.get("code"):
        return bool(left.get("display")) and left.get("display") == right.get("display")
    systems = left.get("system"), right.get("system")
    return left["code"] == right["code"] and (systems[0] == systems[1] or not all(systems))
