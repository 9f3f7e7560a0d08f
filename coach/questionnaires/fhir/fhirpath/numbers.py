"""Functions that count and compute."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from coach.questionnaires.fhir.errors import PathError
from coach.questionnaires.fhir.fhirpath.arguments import single, the_number, the_whole
from coach.questionnaires.fhir.fhirpath.dates import Temporal
from coach.questionnaires.fhir.fhirpath.operators import binary, one, ordered
from coach.questionnaires.fhir.fhirpath.tree import Tree
from coach.questionnaires.fhir.fhirpath.values import Collection, Node, Quantity, as_number, as_quantity

if TYPE_CHECKING:
    from coach.questionnaires.fhir.fhirpath.engine import Scope

Function: TypeAlias = Callable[["Scope", Collection, tuple[Tree, ...]], Collection]


def day(today: date) -> Collection:
    """The given day as a date."""
    return [Node(Temporal("date", (today.year, today.month, today.day)), "date")]


def midnight(today: date) -> Collection:
    """The given day's beginning as a dateTime."""
    return [Node(Temporal("dateTime", (today.year, today.month, today.day, 0, 0, 0)), "dateTime")]


def _number(found: Collection) -> Decimal | None:
    at = single(found)
    if at is None:
        return None
    number = as_number(at)
    quantity = as_quantity(at) if number is None else None
    if number is None and quantity is None:
        raise PathError("A function of an expression needs a number.")
    return quantity.value if quantity else number


def _rounded(mode: str) -> Function:
    def apply(scope: Scope, found: Collection, args: tuple[Tree, ...]) -> Collection:
        number = _number(found)
        return [] if number is None else one(int(number.to_integral_value(mode)))

    return apply


def _round(scope: Scope, found: Collection, args: tuple[Tree, ...]) -> Collection:
    number, places = _number(found), the_whole(scope, args, 0)
    if number is None:
        return []
    if not 0 <= places <= 20:
        raise PathError("“round()” needs a number of places from 0 to 20.")
    value = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return one(value) if places or not isinstance(found[0].value, int) else found


def _abs(scope: Scope, found: Collection, args: tuple[Tree, ...]) -> Collection:
    number = _number(found)
    if number is None:
        return []
    return one(abs(int(number)) if isinstance(found[0].value, int) else abs(number))


def _power(scope: Scope, found: Collection, args: tuple[Tree, ...]) -> Collection:
    base, exponent = _number(found), the_number(scope, args, 0)
    if base is None or exponent is None or (base == 0 and exponent < 0):
        return []
    if base < 0 and exponent != exponent.to_integral_value():
        return []
    if abs(exponent) > 1000:
        raise PathError("A number in an expression becomes too large.")
    value = Decimal(1) if exponent == 0 else base**exponent
    whole = isinstance(found[0].value, int) and exponent >= 0 and value == value.to_integral_value()
    return one(int(value) if whole else value)


def _of_positive(compute: Callable[[Decimal], Decimal], zero: bool) -> Function:
    def apply(scope: Scope, found: Collection, args: tuple[Tree, ...]) -> Collection:
        number = _number(found)
        if number is None or number < 0 or (number == 0 and not zero):
            return []
        return one(compute(number))

    return apply


def _exp(scope: Scope, found: Collection, args: tuple[Tree, ...]) -> Collection:
    number = _number(found)
    return [] if number is None else one(number.exp())


def _log(scope: Scope, found: Collection, args: tuple[Tree, ...]) -> Collection:
    number, base = _number(found), the_number(scope, args, 0)
    if number is None or base is None or number <= 0 or base <= 0 or base == 1:
        return []
    return one(number.ln() / base.ln())


def _sum(scope: Scope, found: Collection, args: tuple[Tree, ...]) -> Collection:
    """The sum; of nothing it is nothing and not 0, as in fhirpath.js, which LHC-Forms runs on."""
    total = found[:1]
    for each in found[1:]:
        scope.spend()
        total = binary("+", total, [each], scope.machine.today)
    return total


def _avg(scope: Scope, found: Collection, args: tuple[Tree, ...]) -> Collection:
    if not found:
        return []
    return binary("/", _sum(scope, found, args), one(len(found)), scope.machine.today)


def _extreme(sign: int) -> Function:
    def apply(scope: Scope, found: Collection, args: tuple[Tree, ...]) -> Collection:
        best = found[:1]
        for each in found[1:]:
            order = ordered(each, best[0])
            if order is not None and order * sign > 0:
                best = [each]
        return best

    return apply


def _to_number(scope: Scope, found: Collection, args: tuple[Tree, ...]) -> Decimal | None:
    at = single(found)
    if at is None:
        return None
    if isinstance(at.value, bool):
        return Decimal(int(at.value))
    if isinstance(at.value, str):
        text = at.value.strip()
        body = text.lstrip("+-")
        fits = len(text) <= 30 and len(text) - len(body) <= 1 and body.replace(".", "", 1).isdecimal()
        return Decimal(text) if fits and body[0] != "." and body[-1] != "." and body.isascii() else None
    return as_number(at)


def _to_integer(scope: Scope, found: Collection, args: tuple[Tree, ...]) -> Collection:
    """Whole decimals pass: LHC-Forms and fhirpath.js agree on that, and forms rely on it."""
    number = _to_number(scope, found, args)
    if number is None or number != number.to_integral_value():
        return []
    return one(int(number))


def _to_decimal(scope: Scope, found: Collection, args: tuple[Tree, ...]) -> Collection:
    number = _to_number(scope, found, args)
    return [] if number is None else one(number)


def _to_quantity(scope: Scope, found: Collection, args: tuple[Tree, ...]) -> Collection:
    at = single(found)
    quantity = as_quantity(at) if at else None
    if quantity:
        return [Node(quantity, "Quantity")]
    number = _to_number(scope, found, args)
    return [] if number is None else [Node(Quantity(number, "1"), "Quantity")]


FUNCTIONS: Mapping[str, Function] = MappingProxyType(
    {
        "round": _round,
        "abs": _abs,
        "ceiling": _rounded(ROUND_CEILING),
        "floor": _rounded(ROUND_FLOOR),
        "truncate": _rounded(ROUND_DOWN),
        "sqrt": _of_positive(lambda number: number.sqrt(), True),
        "ln": _of_positive(lambda number: number.ln(), False),
        "exp": _exp,
        "log": _log,
        "power": _power,
        "sum": _sum,
        "avg": _avg,
        "min": _extreme(-1),
        "max": _extreme(1),
        "toInteger": _to_integer,
        "toDecimal": _to_decimal,
        "toQuantity": _to_quantity,
    }
)
