"""Conditions of a plan file in words, and the numbers they read, for the cards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coach.model.condition import And, Bare, Compare, Count, Expression, Folded, Measures, Not, Or
from coach.model.exercise import Number
from coach.model.planlines import Ask
from coach.programs.planlang.evaluate import missing, value_of
from coach.programs.planlang.measures import named
from coach.programs.planlang.words import figure

_NAMES = {
    "pain": "daily pain",
    "worst_pain": "most pain in a session",
    "morning_after": "rise of pain on the morning after",
    "rpe": "effort",
    "form": "form (0 good, 2 poor)",
    "done": "sets done",
    "sessions": "sessions done",
    "sleep_hours": "sleep",
    "sleep_quality": "sleep quality",
    "stress": "stress",
    "flares": "flare-ups",
    "gap": "days without a session",
    "week": "week of the plan",
}
_FOLDS = {"mean": "mean", "max": "largest", "min": "smallest", "latest": "latest", "sum": "sum of"}
_SIGNS = {"<": "under", "<=": "at most", "==": "exactly", "!=": "other than", ">=": "at least", ">": "over"}


def name_of(measure: str, asks: Sequence[Ask] = ()) -> str:
    """A measure in plain words; a question by its own text."""
    if measure.startswith("ask."):
        found = next((each for each in asks if each.id == measure[4:]), None)
        return f"“{found.text}”" if found is not None else measure[4:].replace("_", " ")
    return _NAMES.get(measure, measure)


def value_words(value: Bare | Folded | Count, asks: Sequence[Ask] = ()) -> str:
    """What a comparison looks at, in words."""
    name = name_of(value.measure, asks)
    if isinstance(value, Bare):
        return name
    if isinstance(value, Folded):
        return f"{_FOLDS[value.how]} {name} of {value.days} days"
    return f"how often {name} was {_SIGNS[value.operator]} {figure(value.number)} in {value.days} days"


def said(what: Expression | Sequence[str], asks: Sequence[Ask] = ()) -> str:
    """A condition as a sentence, or measures as a list."""
    match what:
        case Compare(value=value, operator=operator, number=number):
            return f"{value_words(value, asks)} {_SIGNS[operator]} {figure(number)}"
        case Not(part=part):
            return f"not ({said(part, asks)})"
        case And(parts=parts):
            return " and ".join(_inner(each, asks) for each in parts)
        case Or(parts=parts):
            return " or ".join(_inner(each, asks) for each in parts)
    return ", ".join(name_of(each, asks) for each in what)


def _inner(part: Expression, asks: Sequence[Ask]) -> str:
    return f"({said(part, asks)})" if isinstance(part, And | Or) else said(part, asks)


def asked_of(when: Expression, measures: Measures, asks: Sequence[Ask]) -> tuple[str, ...]:
    """Measures that a condition lacked."""
    return missing(when, measures, asks)


def comparisons(when: Expression) -> Iterator[Compare]:
    """Every comparison of a condition, in the order it is written."""
    match when:
        case Compare():
            yield when
        case Not(part=part):
            yield from comparisons(part)
        case And(parts=parts) | Or(parts=parts):
            for part in parts:
                yield from comparisons(part)


def numbers_of(when: Expression, measures: Measures, asks: Sequence[Ask], source: str) -> tuple[Number, ...]:
    """The numbers that a condition read, each beside its threshold."""
    found = []
    for each in comparisons(when):
        measure = named(each.value.measure, asks)
        value = value_of(each.value, measures, asks)
        unit = measure.unit if measure is not None and not isinstance(each.value, Count) else ""
        found.append(
            Number(
                name=value_words(each.value, asks),
                value=None if value is None else round(value, 1),
                unit=unit,
                threshold=f"{each.operator} {figure(each.number)}",
                source=source,
            )
        )
    return tuple(found)
