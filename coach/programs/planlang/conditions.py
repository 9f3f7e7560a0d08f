"""Conditions: from text to a tree and back, with the place of everything that is wrong.

The grammar is small and total: comparisons of named measures over windows, ``and``, ``or``, ``not`` and
brackets. Reading takes at most one step a word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import cast, get_args

from coach.model.condition import (
    And,
    Bare,
    Compare,
    Count,
    Expression,
    Fold,
    Folded,
    Not,
    Operator,
    Or,
)  # fmt: skip
from coach.model.planlines import Ask
from coach.programs.planlang.measures import Measure, guess, named
from coach.programs.planlang.words import BadText, Word, figure, words

DEEPEST = 8
MOST = 30
LONGEST_WINDOW = 56
_FOLDS = get_args(Fold)
_OPERATORS = get_args(Operator)
_MEANT = {
    "=": "==",
    "=>": ">=",
    "=<": "<=",
    "<>": "!=",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "&&": "and",
    "||": "or",
}
_NUMBER = re.compile(r"[+-]?[0-9]{1,6}(\.[0-9]{1,3})?")


def parse_condition(
    text: str, *, asks: Sequence[Ask | Measure] = (), grants: bool | None = False
) -> Expression:
    """Read a condition. ``grants`` says that it allows more (``rise``, ``up``), not less; null neither.

    Raises `BadText` for the first thing that is wrong, its place counted from 0.
    """
    return _Parser(text, asks, grants).whole()


class _Parser:
    def __init__(self, text: str, asks: Sequence[Ask | Measure], grants: bool | None) -> None:
        self.words = list(words(text))
        self.place = 0
        self.asks = asks
        self.grants = grants
        """Whether more of what stands here would allow more: turned over by each ``not``."""
        self.depth = 0
        self.compared = 0

    @property
    def word(self) -> Word:
        return self.words[self.place]

    def next(self) -> Word:
        word = self.word
        if word.kind != "end":
            self.place += 1
        return word

    def stop(self, message: str, word: Word | None = None) -> BadText:
        return BadText((word or self.word).at, message)

    def whole(self) -> Expression:
        if self.word.kind == "end":
            raise self.stop("a condition is missing, such as worst_pain <= 3")
        found = self.joined()
        after = self.words[self.place]
        if after.text == ")":
            raise self.stop("this bracket closes nothing; take it out, or open one before")
        if after.kind != "end":
            raise self.stop(self.unexpected("and, or, or the end of the condition"))
        return found

    def unexpected(self, expected: str) -> str:
        word = self.word
        if word.text in _MEANT:
            return f"write {_MEANT[word.text]} instead of {word.text}"
        if word.text.lower() in ("and", "or", "not"):
            return f"write {word.text.lower()} in small letters"
        return f"expected {expected}, not {word.text[:30]!r}" if word.text else f"expected {expected} here"

    def joined(self) -> Expression:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.stop(f"brackets are nested deeper than {DEEPEST} levels; say it in several conditions")
        parts = [self.single()]
        joint = self.word
        while self.word.text in ("and", "or"):
            if self.word.text != joint.text:
                raise self.stop("and and or stand side by side; put brackets round what belongs together")
            self.next()
            parts.append(self.single())
        self.depth -= 1
        if len(parts) == 1:
            return parts[0]
        kind: type[And | Or] = And if joint.text == "and" else Or
        flat = [inner for part in parts for inner in (part.parts if isinstance(part, kind) else (part,))]
        return kind(parts=tuple(flat))

    def single(self) -> Expression:
        word = self.word
        if word.text == "not":
            self.next()
            self.depth += 1
            if self.depth > DEEPEST:
                raise self.stop(f"not and brackets are nested deeper than {DEEPEST} levels")
            before = self.grants
            self.grants = None if before is None else not before
            part = self.single()
            self.grants = before
            self.depth -= 1
            return Not(part=part)
        if word.text == "(":
            self.next()
            found = self.joined()
            self.expect(")", f"the bracket of character {word.at + 1} is not closed")
            return found
        return self.compare()

    def expect(self, text: str, message: str) -> Word:
        if self.word.text != text:
            raise self.stop(message)
        return self.next()

    def compare(self) -> Compare:
        start = self.word
        self.compared += 1
        if self.compared > MOST:
            raise self.stop(f"there are more than {MOST} comparisons; say it in several conditions")
        if start.kind == "number":
            raise self.stop("the measure stands first: write pain >= 3, not 3 <= pain")
        value, measure = self.value()
        operator = self.operator()
        if isinstance(value, Count):
            low, high, unit = 0.0, 999.0, ""
        elif isinstance(value, Folded) and value.how == "sum":
            most = 3 * value.days
            low, high, unit = min(measure.low, measure.low * most), measure.high * most, measure.unit
        else:
            low, high, unit = measure.low, measure.high, measure.unit
        number = self.number(low, high, unit, measure.name if not isinstance(value, Count) else "a count")
        found = Compare(value=value, operator=operator, number=number)
        self.direct(found, measure, start)
        return found

    def measure(self) -> Measure:
        word = self.word
        if word.kind != "name":
            raise self.stop(self.unexpected("a measure such as worst_pain"))
        found = named(word.text, self.asks)
        if found is None:
            raise self.stop(f"unknown measure {word.text[:30]!r}; {guess(word.text, self.asks)}")
        self.next()
        return found

    def value(self) -> tuple[Bare | Folded | Count, Measure]:
        how = self.word
        call = how.kind == "name" and self.words[self.place + 1].text == "("
        if not call:
            if how.text in (*_FOLDS, "count"):
                raise self.stop(f"{how.text} needs a measure and a window: {how.text}(pain, 7 days)")
            measure = self.measure()
            return Bare(measure=measure.name), measure
        if how.text not in (*_FOLDS, "count"):
            raise self.stop(f"unknown {how.text[:30]!r}; known are count, {', '.join(_FOLDS)}")
        self.place += 2
        measure = self.measure()
        if measure.name == "week":
            raise self.stop("week stands by itself: week >= 3", self.words[self.place - 1])
        if how.text == "count":
            operator = self.operator()
            number = self.number(measure.low, measure.high, measure.unit, measure.name)
            days = self.window(f"count({measure.name} {operator} {figure(number)}, 7 days)")
            return Count(measure=measure.name, operator=operator, number=number, days=days), measure
        days = self.window(f"{how.text}({measure.name}, 7 days)")
        return Folded(how=cast(Fold, how.text), measure=measure.name, days=days), measure

    def window(self, example: str) -> int:
        self.expect(",", f"a window is missing: {example}")
        word = self.next()
        unit = self.next()
        days = 0
        if word.kind == "number" and word.text.isdigit() and unit.text in ("day", "days", "week", "weeks"):
            days = int(word.text[:4]) * (7 if unit.text.startswith("week") else 1)
        if not 1 <= days <= LONGEST_WINDOW:
            message = f"a window is 1 to {LONGEST_WINDOW} days or 1 to 8 weeks: {example}"
            raise self.stop(message, word)
        self.expect(")", f"a bracket is missing: {example}")
        return days

    def operator(self) -> Operator:
        word = self.word
        if word.text not in _OPERATORS:
            raise self.stop(self.unexpected("a comparison such as <= or >="))
        self.next()
        return cast(Operator, word.text)

    def number(self, low: float, high: float, unit: str, name: str) -> float:
        word = self.word
        if word.kind != "number" or not _NUMBER.fullmatch(word.text):
            raise self.stop(self.unexpected(f"a number from {figure(low)} to {figure(high)}"))
        number = float(word.text) + 0.0
        if not low <= number <= high:
            raise self.stop(
                f"{name} goes from {figure(low)} to {figure(high)}, so {word.text[:12]} never fits"
            )
        self.next()
        after = self.word
        if after.text == unit and unit:
            self.next()
        elif after.text == "%" or (after.kind == "name" and after.text not in ("and", "or")):
            wanted = f"its unit is {unit}" if unit else "it has no unit"
            raise self.stop(f"{name}: {wanted}; {self.unexpected('and, or, or the end')}")
        return number

    def direct(self, compare: Compare, measure: Measure, start: Word) -> None:
        """Refuse what would let a worse reading allow more, or a better one less."""
        if measure.better == "neither" or self.grants is None:
            return
        rising = grows(compare, measure)
        if rising is None:
            raise self.stop("== and != fit week and the ends of a range only; write <= or >=", start)
        better = rising == (measure.better == "high")
        if better != self.grants:
            less = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}.get(compare.operator, "<=")
            what = "allows more" if self.grants else "holds or cuts"
            side = "a better" if self.grants else "a worse"
            raise self.stop(
                f"this {what}, so only {side} {measure.name} may make it true; did you mean {less}?", start
            )


def grows(compare: Compare, measure: Measure) -> bool | None:
    """Whether larger readings make it true (else they make it false); null where neither is so."""
    value = compare.value
    if isinstance(value, Count):
        inner = _upward(value.operator, value.number, measure.low, measure.high)
        outer = _upward(compare.operator, compare.number, 0, value.days)
        return None if inner is None or outer is None else inner == outer
    return _upward(compare.operator, compare.number, measure.low, measure.high)


def _upward(operator: Operator, number: float, low: float, high: float) -> bool | None:
    if operator in ("<", "<=", ">", ">="):
        return operator in (">", ">=")
    if number in (low, high):
        return (number == high) == (operator == "==")
    return None


def write_condition(expression: Expression) -> str:
    """The text of a condition; reading it gives the equal tree."""
    match expression:
        case Compare(value=value, operator=operator, number=number):
            return f"{_value(value)} {operator} {figure(number)}"
        case Not(part=part):
            return f"not {_bracketed(part)}"
        case And(parts=parts):
            return " and ".join(_bracketed(part) for part in parts)
        case Or(parts=parts):
            return " or ".join(_bracketed(part) for part in parts)


def _bracketed(expression: Expression) -> str:
    text = write_condition(expression)
    return f"({text})" if isinstance(expression, And | Or) else text


def _value(value: Bare | Folded | Count) -> str:
    match value:
        case Bare(measure=measure):
            return measure
        case Folded(how=how, measure=measure, days=days):
            return f"{how}({measure}, {_days(days)})"
        case Count(measure=measure, operator=operator, number=number, days=days):
            return f"count({measure} {operator} {figure(number)}, {_days(days)})"


def _days(days: int) -> str:
    return "1 day" if days == 1 else f"{days} days"
