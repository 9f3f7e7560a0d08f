"""What a condition says of some readings: true, false, or not known because evidence is missing."""

from __future__ import annotations

import operator as ops
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import reduce

from coach.model.condition import (
    And,
    Bare,
    Compare,
    Count,
    Expression,
    Fold,
    Folded,
    Measures,
    Not,
    Operator,
    Or,
)
from coach.model.planlines import Ask
from coach.programs.planlang.measures import Measure, named

_COMPARE: dict[Operator, Callable[[float, float], bool]] = {
    "<": ops.lt, "<=": ops.le, "==": ops.eq, "!=": ops.ne, ">=": ops.ge, ">": ops.gt,
}  # fmt: skip


def evaluate(expression: Expression, measures: Measures, asks: Sequence[Ask | Measure] = ()) -> bool | None:
    """Whether a condition holds; null where it hangs on a measure without a reading in its window.

    A part that is known decides where it can: ``a and b`` is false when one of them is, whatever
    the other. Pure and total: any tree of the nouns and any readings give an answer.
    """
    match expression:
        case Compare(value=value, operator=operator, number=number):
            found = value_of(value, measures, asks)
            return None if found is None else _COMPARE[operator](found, number)
        case Not(part=part):
            inner = evaluate(part, measures, asks)
            return None if inner is None else not inner
        case And(parts=parts):
            return reduce(_both, [evaluate(part, measures, asks) for part in parts])
        case Or(parts=parts):
            return reduce(_either, [evaluate(part, measures, asks) for part in parts])


def _both(one: bool | None, other: bool | None) -> bool | None:
    if one is False or other is False:
        return False
    return None if one is None or other is None else True


def _either(one: bool | None, other: bool | None) -> bool | None:
    if one or other:
        return True
    return None if one is None or other is None else False


def value_of(
    value: Bare | Folded | Count, measures: Measures, asks: Sequence[Ask | Measure] = ()
) -> float | None:
    """The number a comparison looks at, or null when no reading is in the window."""
    if value.measure == "week":
        return float(measures.week)
    measure = named(value.measure, asks)
    zero = measure is not None and measure.zero
    if isinstance(value, Bare):
        how: Fold = measure.fold if measure else "latest"
        return _fold(how, _window(value.measure, measure.days if measure else 7, measures), zero)
    readings = _window(value.measure, value.days, measures)
    if isinstance(value, Folded):
        return _fold(value.how, readings, zero)
    if not readings and not zero:
        return None
    return float(sum(_COMPARE[value.operator](each, value.number) for each in readings))


def _window(name: str, days: int, measures: Measures) -> list[float]:
    """Values of the days up to and with today, oldest first."""
    first = measures.today - timedelta(days=days - 1)
    inside = [each for each in measures.readings.get(name, ()) if first <= each.date <= measures.today]
    # By value within a day: the order in which they were entered says nothing.
    return [each.value for each in sorted(inside, key=lambda each: (each.date, each.value))]


def _fold(how: Fold, values: list[float], zero: bool) -> float | None:
    if not values:
        return 0.0 if zero else None
    if how == "latest":
        return values[-1]
    if how == "sum":
        return sum(values)
    if how == "mean":
        return sum(values) / len(values)
    return max(values) if how == "max" else min(values)


def missing(
    expression: Expression, measures: Measures, asks: Sequence[Ask | Measure] = ()
) -> tuple[str, ...]:
    """Names of the measures that a condition lacked, in the order they stand in it."""
    found: dict[str, None] = {}

    def look(each: Expression) -> None:
        match each:
            case Compare(value=value):
                if value_of(value, measures, asks) is None:
                    found[value.measure] = None
            case Not(part=part):
                look(part)
            case And(parts=parts) | Or(parts=parts):
                for part in parts:
                    look(part)

    look(expression)
    return tuple(found)
