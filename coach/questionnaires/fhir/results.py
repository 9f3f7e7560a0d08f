"""What an expression gives, brought to the type of its item."""

from __future__ import annotations

from decimal import Decimal

from coach.questionnaires.fhir.fhirpath import Node
from coach.questionnaires.fhir.fhirpath.dates import Temporal, temporal
from coach.questionnaires.fhir.fhirpath.values import Collection, as_number, as_quantity, plain, text_of
from coach.questionnaires.fhir.fragments import same_coding
from coach.questionnaires.fhir.model import FormItem, Fragment

MAX_RESULTS = 50
MAX_TEXT = 4_000


def to_results(item: FormItem, found: Collection) -> tuple[tuple[Fragment, ...], str]:
    """FHIR answers from the result of an expression, or none with the reason.

    An empty text is no answer, and an item that does not repeat takes the first result only:
    both as LHC-Forms does it.
    """
    known = [each for each in found if each.value != ""]
    known = known[:MAX_RESULTS] if item.repeats else known[:1]
    made = [_result(item, each) for each in known]
    fitting = tuple(each for each in made if each is not None)
    if known and not fitting:
        return (), f"the formula gives “{_shown(known[0])}”, which is no {_words(item)}"
    return fitting, ""


def _shown(at: Node) -> str:
    return (text_of(at) or at.type)[:40]


def _words(item: FormItem) -> str:
    return {"integer": "whole number", "decimal": "number", "boolean": "yes or no"}.get(item.kind, item.kind)


def _result(item: FormItem, at: Node) -> Fragment | None:
    if item.kind == "choice":
        return _option(item, at)
    if item.kind == "boolean":
        return {"valueBoolean": at.value} if isinstance(at.value, bool) else None
    if item.kind in ("integer", "decimal", "quantity"):
        return _number(item, at)
    if item.kind in ("date", "dateTime", "time"):
        return _date(item, at)
    text = text_of(at) or (at.value.get("display") if isinstance(at.value, dict) else None)
    return {"valueString": str(text)[:MAX_TEXT]} if text else None


def _number(item: FormItem, at: Node) -> Fragment | None:
    quantity = as_quantity(at)
    number = quantity.value if quantity else as_number(at)
    if number is None and isinstance(at.value, str):
        number = _decimal(at.value)
    if number is None or not number.is_finite():
        return None
    if item.kind == "integer":
        return {"valueInteger": int(number)} if number == number.to_integral_value() else None
    exact = Decimal(plain(number))
    if item.kind == "decimal":
        return {"valueDecimal": exact}
    unit = item.unit
    if quantity and quantity.unit != "1":
        return {"valueQuantity": {"value": exact, "unit": quantity.unit}}
    code = {"system": unit.system, "code": unit.code} if unit and unit.system and unit.code else {}
    return {"valueQuantity": {"value": exact} | ({"unit": unit.text} if unit else {}) | code}


def _decimal(text: str) -> Decimal | None:
    body = text.strip()
    digits = body.removeprefix("-").replace(".", "", 1)
    return Decimal(body) if digits.isdecimal() and digits.isascii() and len(body) <= 30 else None


def _date(item: FormItem, at: Node) -> Fragment | None:
    text = at.value.text() if isinstance(at.value, Temporal) else at.value
    if not isinstance(text, str):
        return None
    found = temporal(text.partition("T")[0] if item.kind == "date" else text, item.kind)
    return {f"value{item.kind[0].upper()}{item.kind[1:]}": found.text()} if found else None


def _option(item: FormItem, at: Node) -> Fragment | None:
    """The option that a coding, a code or a text names; an open choice takes other texts too."""
    text = text_of(at)
    for option in item.options:
        coding = option.answer.get("valueCoding")
        if isinstance(at.value, dict) and same_coding(coding, at.value):
            return option.answer
        if text is not None and text in (option.value, option.text):
            return option.answer
    if isinstance(at.value, dict) and at.value.get("code"):
        return {"valueCoding": at.value}
    return {"valueString": text} if item.open and text else None
