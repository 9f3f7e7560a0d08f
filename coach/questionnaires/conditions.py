"""The small language of skip logic and red-flag rules: does a condition hold on these answers?"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from coach.model.assessment import Value

Condition = tuple[str, ...] | str
Alternatives = tuple[dict[str, Condition], ...]

_COMPARE: dict[str, Callable[[float, float], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}
UNSURE = 0.5
"""How true a condition is when it holds only on an answer ``unsure``; also its share of points."""


@dataclass(frozen=True)
class Known:
    """What is known when a rule is read: answers and facts, thresholds, and what was not asked yet."""

    values: Mapping[str, Value]
    limits: Mapping[str, float] = field(default_factory=dict)
    pending: frozenset[str] = frozenset()
    """Questions still to be asked: being without an answer says nothing about them yet."""

    def truth(self, alternatives: Alternatives) -> float:
        """How far one of the alternatives holds: 0 not, 0.5 only if unsure means yes, 1 it does.

        An empty list holds always.
        """
        if not alternatives:
            return 1.0
        return max(min(self._entry(key, test) for key, test in each.items()) for each in alternatives)

    def holds(self, alternatives: Alternatives) -> bool:
        """Whether one of the alternatives holds for certain."""
        return self.truth(alternatives) >= 1.0

    def _entry(self, key: str, condition: Condition) -> float:
        value = self.values.get(key)
        if condition == "risk":
            return 1.0 if value == "yes" else UNSURE if value == "unsure" else 0.0
        if condition == "unanswered":
            return float(value is None and key not in self.pending)
        if isinstance(condition, str) and condition.startswith("not "):
            return float(not self._matches(value, condition[4:]))
        return float(self._matches(value, condition))

    def _matches(self, value: Value, condition: Condition) -> bool:
        if value is None:
            return False
        if not isinstance(condition, str):
            return any(each in condition for each in (value if isinstance(value, tuple) else (value,)))
        if condition == "answered":
            return True
        sign, limit = _comparison(condition)
        if not sign:
            return value == condition
        if isinstance(value, (str, tuple)):
            return False
        return _COMPARE[sign](value, self.limits[limit[1:]] if limit[0] == "@" else float(limit))


@lru_cache(maxsize=512)
def _comparison(condition: str) -> tuple[str, str]:
    """Sign and limit of ``">= 70"`` or ``"< @adult"``; empty for a plain word."""
    sign, _, limit = condition.partition(" ")
    return (sign, limit.strip()) if sign in _COMPARE else ("", "")
