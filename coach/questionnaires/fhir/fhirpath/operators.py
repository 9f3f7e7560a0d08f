"""The operators: logic with three values, comparison, arithmetic in decimals."""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_DOWN, Decimal
from typing import Any

from coach.questionnaires.fhir.errors import BudgetSpent, PathError
from coach.questionnaires.fhir.fhirpath.dates import Temporal, compare, shift, temporal
from coach.questionnaires.fhir.fhirpath.values import (
    Collection,
    Node,
    Quantity,
    as_number,
    as_quantity,
    text_of,
    type_of,
)

MAX_TEXT = 20_000
MAX_WHOLE = 10**18

_BLANK = re.compile(r"\s")
_SAME_UNIT = {
    "year": "a", "years": "a", "month": "mo", "months": "mo", "week": "wk", "weeks": "wk", "day": "d",
    "days": "d", "hour": "h", "hours": "h", "minute": "min", "minutes": "min", "second": "s", "seconds": "s",
}  # fmt: skip


def yes(value: bool) -> Collection:
    """A collection of one truth value."""
    return [Node(value, "boolean")]


def one(value: Any) -> Collection:
    """A collection of one computed value; whole numbers too large are refused."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > MAX_WHOLE:
        raise PathError("A number in an expression becomes too large.")
    if isinstance(value, str) and len(value) > MAX_TEXT:
        raise BudgetSpent("An expression of the form makes a text that is too long; it was stopped.")
    return [Node(value, type_of(value))]


def truth(found: Collection) -> bool | None:
    """True, false, or null for the empty collection; a single other value counts as true."""
    if not found:
        return None
    if len(found) > 1:
        raise PathError("An expression needs one value, and there are several.")
    value = found[0].value
    return value if isinstance(value, bool) else True


def binary(operator: str, left: Collection, right: Collection, today: date) -> Collection:
    """Apply one operator to two collections."""
    if operator in ("and", "or", "xor", "implies"):
        return _logic(operator, truth(left), truth(right))
    if operator == "|":
        return distinct([*left, *right])
    if operator == "&":
        return one(_text(left) + _text(right))
    if operator in ("in", "contains"):
        few, many = (left, right) if operator == "in" else (right, left)
        return [] if not few else yes(any(equal(_single(few), each) for each in many))
    if operator in ("=", "!="):
        same = same_all(left, right)
        return [] if same is None else yes(same == (operator == "="))
    if operator in ("~", "!~"):
        return yes(_alike(left, right) == (operator == "~"))
    if not left or not right:
        return []
    if operator in ("<", ">", "<=", ">="):
        order = ordered(_single(left), _single(right))
        return [] if order is None else yes(_holds(operator, order))
    return _arithmetic(operator, _single(left), _single(right))


def _single(found: Collection) -> Node:
    if len(found) != 1:
        raise PathError("An expression needs one value, and there are several.")
    return found[0]


def _logic(operator: str, left: bool | None, right: bool | None) -> Collection:
    if operator == "xor":
        return [] if left is None or right is None else yes(left != right)
    if operator == "implies":
        left, operator = (None if left is None else not left), "or"
    decides = operator == "or"
    if left is decides or right is decides:
        return yes(decides)
    return [] if left is None or right is None else yes(not decides)


def _text(found: Collection) -> str:
    if not found:
        return ""
    text = text_of(_single(found))
    if text is None:
        raise PathError("“&” needs a text.")
    return text


def _holds(operator: str, order: int) -> bool:
    return {"<": order < 0, ">": order > 0, "<=": order <= 0, ">=": order >= 0}[operator]


def same_all(left: Collection, right: Collection) -> bool | None:
    """Equality of two collections, member by member; null when one is empty."""
    if not left or not right:
        return None
    if len(left) != len(right):
        return False
    answer: bool | None = True
    for one_node, other in zip(left, right, strict=True):
        same = equal(one_node, other)
        if same is False:
            return False
        answer = answer if same else None
    return answer


def _alike(left: Collection, right: Collection) -> bool:
    if len(left) != len(right):
        return False
    return all(any(_equivalent(one_node, other) for other in right) for one_node in left)


def _equivalent(left: Node, right: Node) -> bool:
    if isinstance(left.value, str) and isinstance(right.value, str):
        return _BLANK.sub(" ", left.value.lower()) == _BLANK.sub(" ", right.value.lower())
    if isinstance(left.value, dict) and isinstance(right.value, dict) and "code" in left.value:
        one_system, other_system = left.value.get("system"), right.value.get("system")
        return left.value["code"] == right.value.get("code") and one_system == other_system
    return bool(equal(left, right))


def equal(left: Node, right: Node) -> bool | None:
    """Equality of two values; null where the precision of a date does not tell."""
    if isinstance(left.value, bool) or isinstance(right.value, bool):
        return left.value is right.value
    order = _order(left, right)
    if order is not _OTHER:
        return None if order is None else order == 0
    return bool(left.value == right.value)


_OTHER = 2


def ordered(left: Node, right: Node) -> int | None:
    """-1, 0 or 1, or null. Raises `PathError` for values that have no order."""
    order = _order(left, right)
    if order == _OTHER:
        raise PathError("An expression compares values of different kinds.")
    return order


def _order(left: Node, right: Node) -> int | None:
    first, second = as_number(left), as_number(right)
    if first is not None and second is not None:
        return (first > second) - (first < second)
    if isinstance(left.value, str) and isinstance(right.value, str):
        return (left.value > right.value) - (left.value < right.value)
    one_date, other_date = _temporal(left, right), _temporal(right, left)
    if one_date and other_date:
        return compare(one_date, other_date)
    return _quantity_order(left, right)


def _temporal(at: Node, other: Node) -> Temporal | None:
    """A date; a text too where it meets a date, since forms store dates as texts."""
    if isinstance(at.value, Temporal):
        return at.value
    if isinstance(at.value, str) and isinstance(other.value, Temporal):
        return temporal(at.value, other.value.kind) or temporal(at.value, "dateTime")
    return None


def _quantity_order(left: Node, right: Node) -> int | None:
    one_quantity, other = as_quantity(left), as_quantity(right)
    if one_quantity and other:
        if unit(one_quantity) != unit(other):
            return None
        return (one_quantity.value > other.value) - (one_quantity.value < other.value)
    return _OTHER


def unit(quantity: Quantity) -> str:
    """The unit under one name, calendar words as UCUM."""
    return _SAME_UNIT.get(quantity.unit, quantity.unit)


def distinct(found: Collection) -> Collection:
    """Each value once, in the order of first appearance."""
    seen: dict[Any, Node] = {}
    slow: Collection = []
    for each in found:
        if isinstance(each.value, (dict, Quantity, Temporal)):
            if not any(equal(each, other) for other in slow):
                slow.append(each)
                seen[("slow", len(slow))] = each
        else:
            key = (isinstance(each.value, bool), isinstance(each.value, str), each.value)
            seen.setdefault(key, each)
    return list(seen.values())


def _arithmetic(operator: str, left: Node, right: Node) -> Collection:
    first, second = as_number(left), as_number(right)
    if first is not None and second is not None:
        whole = isinstance(left.value, int) and isinstance(right.value, int)
        return _numbers(operator, first, second, whole)
    if operator == "+" and isinstance(left.value, str) and isinstance(right.value, str):
        return one(left.value + right.value)
    quantity = as_quantity(right)
    if isinstance(left.value, Temporal) and quantity and operator in ("+", "-"):
        amount = int(quantity.value) * (1 if operator == "+" else -1)
        moved = shift(left.value, amount, quantity.unit)
        return one(moved) if moved else []
    return _quantities(operator, left, right)


def _numbers(operator: str, first: Decimal, second: Decimal, whole: bool) -> Collection:
    if operator in ("/", "div", "mod"):
        if second == 0:
            return []
        if operator == "/":
            return one(first / second)
        floor = (first / second).to_integral_value(ROUND_DOWN)
        value = floor if operator == "div" else first - second * floor
        return one(int(value) if whole or operator == "div" else value)
    value = {"+": first + second, "-": first - second, "*": first * second}[operator]
    return one(int(value) if whole else value)


def _quantities(operator: str, left: Node, right: Node) -> Collection:
    one_quantity, other = as_quantity(left), as_quantity(right)
    first, second = as_number(left), as_number(right)
    if one_quantity and other:
        if unit(one_quantity) != unit(other) and operator in ("+", "-"):
            return []
        found = _numbers(operator, one_quantity.value, other.value, False) if operator != "*" else []
        if operator == "/" and unit(one_quantity) == unit(other):
            return found
        return [Node(Quantity(Decimal(each.value), one_quantity.unit), "Quantity") for each in found]
    if one_quantity and second is not None and operator in ("*", "/"):
        found = _numbers(operator, one_quantity.value, second, False)
        return [Node(Quantity(each.value, one_quantity.unit), "Quantity") for each in found]
    if other and first is not None and operator == "*":
        return [Node(Quantity(first * other.value, other.unit), "Quantity")]
    raise PathError(f"“{operator}” needs numbers.")


def is_type(at: Node, name: str) -> bool:
    """Whether a value is of a type; ``FHIR.Coding``, ``System.Integer`` and ``integer`` are taken."""
    wanted, found = name.rsplit(".", 1)[-1].lower(), at.type.lower()
    if wanted == found:
        return True
    texts = {"uri", "url", "code", "markdown", "id", "canonical", "string"}
    return (wanted == "string" and found in texts) or (wanted == "datetime" and found == "instant")
