"""Which side is the weaker one, read off the tests of two sides (``clinical.md`` 3.2, 4.3 ASYM)."""

from __future__ import annotations

from typing import Literal

from coach.model.assessment import Answers
from coach.questionnaires.movement import Facts, Person
from coach.questionnaires.rulebook import Rulebook

Side = Literal["", "left", "right"]


def weaker_side(answers: Answers, facts: Facts, rules: Rulebook) -> Side:
    """The side that bears less or holds shorter, where every finding that has a side agrees; else empty.

    Of the two scales the heavier side is the stronger one. Differences below their limits are normal and
    name no side; movement of ankle and hip (MT-16, MT-17) is no strength.
    """
    found: set[Side] = set()
    for part in ("stand", "squat"):
        heavier = facts.get(f"mt_15.{part}_side")
        if facts.get(f"mt_15.{part}") == 1 and heavier:
            found.add("right" if heavier > 0 else "left")
    person = Person(answers, rules)
    for test, fact in (("mt_09", "mt_09.sides"), ("mt_10", "mt_10.ratio"), ("mt_13", "mt_13.ratio")):
        left, right = person.sides(test)
        if facts.get(fact) == 1 and left is not None and right is not None:
            found.add("left" if left < right else "right")
    return found.pop() if len(found) == 1 else ""
