"""Conditions under which an item is asked: ``enableWhen`` with every operator."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from coach.questionnaires.fhir.fhirpath.dates import compare, temporal
from coach.questionnaires.fhir.fragments import same_coding
from coach.questionnaires.fhir.model import EnableWhen, Form, FormItem, Fragment

Given = Mapping[int, tuple[Fragment, ...]]
"""The FHIR answers by the place of their item."""

_DATES = {"valueDate": "date", "valueDateTime": "dateTime", "valueInstant": "dateTime", "valueTime": "time"}


def enabled_places(form: Form, given: Given, by_expression: Callable[[int], bool]) -> frozenset[int]:
    """Places of the items in force: their group is, and their own conditions hold.

    An item under a question is in force once the question is answered, since FHIR keeps its
    answer inside that answer. ``by_expression`` tells what an item's enableWhenExpression gives.
    The answers of an item that is not in force count as not given.
    """
    found: set[int] = set()
    for place in form.order:
        item = form.items[place]
        if item.parent >= 0 and not _parent_holds(form, item, given, found):
            continue
        holds = _conditions_hold(item, given, found)
        if holds and item.enable_expression is not None:
            holds = by_expression(place)
        if holds:
            found.add(place)
    return frozenset(found)


def _parent_holds(form: Form, item: FormItem, given: Given, found: set[int]) -> bool:
    if item.parent not in found:
        return False
    parent = form.items[item.parent]
    return parent.kind == "group" or item.kind == "display" or bool(given.get(item.parent))


def _conditions_hold(item: FormItem, given: Given, found: set[int]) -> bool:
    if not item.enable_when:
        return True
    results = (
        condition_holds(condition, _answers(condition, given, found)) for condition in item.enable_when
    )
    return any(results) if item.enable_any else all(results)


def _answers(condition: EnableWhen, given: Given, found: set[int]) -> tuple[Fragment, ...]:
    return tuple(each for place in condition.targets if place in found for each in given.get(place, ()))


def condition_holds(condition: EnableWhen, answers: tuple[Fragment, ...]) -> bool:
    """Whether one condition holds for the answers of its question.

    As R4 has it: a comparison holds when any answer satisfies it, and never without an
    answer, ``!=`` included; only ``exists`` false holds then.
    """
    if condition.operator == "exists":
        wanted = condition.answer.get("valueBoolean") is not False
        return bool(answers) == wanted
    return any(_compares(condition, answer) for answer in answers)


def _compares(condition: EnableWhen, answer: Fragment) -> bool:
    order = _order(answer, condition.answer)
    if condition.operator == "=":
        return order == 0
    if condition.operator == "!=":
        return order != 0
    if order is None or isinstance(order, str):
        return False
    return {"<": order < 0, ">": order > 0, "<=": order <= 0, ">=": order >= 0}[condition.operator]


def _order(answer: Fragment, wanted: Fragment) -> int | str | None:
    """-1, 0, 1, ``differs`` for unequal values without an order, or null for no comparison."""
    key, left = _value(answer)
    other_key, right = _value(wanted)
    if isinstance(left, dict) and isinstance(right, dict):
        if "value" in left or "value" in right:
            return _quantities(left, right)
        return 0 if same_coding(left, right) else "differs"
    if isinstance(left, dict) or isinstance(right, dict):
        return _loosely(left, right)
    if isinstance(left, bool) or isinstance(right, bool):
        return 0 if left is right else "differs"
    kind = _DATES.get(key) or _DATES.get(other_key)
    if kind:
        first, second = temporal(str(left), kind), temporal(str(right), kind)
        return compare(first, second) if first and second else None
    return _plain(left, right)


def _value(fragment: Fragment) -> tuple[str, Any]:
    return next(((key, each) for key, each in fragment.items() if key.startswith("value")), ("", None))


def _quantities(left: dict[str, Any], right: dict[str, Any]) -> int | str | None:
    units = [{each.get("code"), each.get("unit")} - {None, ""} for each in (left, right)]
    if all(units) and not units[0] & units[1]:
        return None
    return _plain(left.get("value"), right.get("value"))


def _loosely(left: Any, right: Any) -> int | str | None:
    """A choice against a bare value, as forms in the wild write it: by code or by display."""
    coding, bare = (left, right) if isinstance(left, dict) else (right, left)
    if "value" in coding:
        return _plain(coding["value"], bare) if left is coding else _plain(bare, coding["value"])
    if isinstance(bare, str):
        same = bare in (coding.get("code"), coding.get("display"))
        return 0 if same else "differs"
    return _plain(coding.get("code"), bare) if left is coding else _plain(bare, coding.get("code"))


def _plain(left: Any, right: Any) -> int | str | None:
    first, second = _decimal(left), _decimal(right)
    if first is not None and second is not None:
        return (first > second) - (first < second)
    if isinstance(left, str) and isinstance(right, str):
        return (left > right) - (left < right)
    return None if left is None or right is None else "differs"


def _decimal(value: Any) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        return None
    try:
        found = Decimal(value) if not isinstance(value, str) or len(value) < 40 else None
    except InvalidOperation:
        return None
    return found if found is not None and found.is_finite() else None
