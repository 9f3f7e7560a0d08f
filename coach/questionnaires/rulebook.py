"""The file ``rules/profiles.toml`` as nouns: features, limits, tests and words of the profile."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Literal

from coach.model.noun import Noun, from_doc
from coach.packaged import packaged

Rule = Literal["worse", "better", "most", "all", "first", "breadth"]


class Limit(Noun, frozen=True, kw_only=True):
    """A threshold: one number, one for each sex, or rows that begin at an age.

    A row is ``(from age, limit)`` or ``(from age, limit of men, limit of women)``.
    """

    unit: str
    evidence: str
    source: str
    value: float | None = None
    male: float | None = None
    female: float | None = None
    by_age: tuple[tuple[float, ...], ...] = ()
    aged: bool = False
    """Multiplied by the age factor."""

    def at(self, age: float | None = None, sex: str = "") -> float | None:
        """The limit for a person; the lower of the two where the sex is not given.

        Null when it depends on an age that is not known.
        """
        if self.by_age:
            if age is None:
                return None
            row = next((row for row in reversed(self.by_age) if age >= row[0]), None)
            return None if row is None else _by_sex(row[1], row[-1], sex)
        if self.male is not None and self.female is not None:
            return _by_sex(self.male, self.female, sex)
        return self.value


def _by_sex(male: float, female: float, sex: str) -> float:
    return {"male": male, "female": female}.get(sex, min(male, female))


class Step(Noun, frozen=True, kw_only=True):
    """What a number is worth: ``gives`` where the one comparison that is set holds."""

    gives: float
    at_least: float | None = None
    above: float | None = None
    at_most: float | None = None
    below: float | None = None

    def holds(self, value: float) -> bool:
        """Whether the comparison holds for an unrounded value."""
        return (
            (self.at_least is None or value >= self.at_least)
            and (self.above is None or value > self.above)
            and (self.at_most is None or value <= self.at_most)
            and (self.below is None or value < self.below)
        )


class Source(Noun, frozen=True, kw_only=True):
    """A fact that a feature reads, and what its numbers are worth."""

    fact: str
    steps: tuple[Step, ...] = ()

    def worth(self, value: float | None) -> float | None:
        """Value of the first step that holds, else 0; the number itself without steps."""
        if value is None or not self.steps:
            return value
        return next((step.gives for step in self.steps if step.holds(value)), 0.0)


class Feature(Noun, frozen=True, kw_only=True):
    """One input of a profile score."""

    id: str
    weight: float
    rule: Rule
    sources: tuple[Source, ...]
    text: str
    not_for: dict[str, tuple[str, ...]] = {}
    """Answers that make it not applicable; it then leaves the total weight."""


class Pattern(Noun, frozen=True, kw_only=True):
    """One profile of 4.2."""

    id: str
    axis: Literal["mechanical", "modulator"]
    name: str
    meaning: str
    features: tuple[Feature, ...]
    minimum_answered: int = 3


class MovementTest(Noun, frozen=True, kw_only=True):
    """One movement test of 3.2: the items it reads and its limits."""

    id: str
    name: str
    finding: str
    items: tuple[str, ...]
    unit: str = ""
    evidence: str = ""
    source: str = ""
    limits: dict[str, Limit] = {}


class Skip(Noun, frozen=True, kw_only=True):
    """Inputs that are never asked for while a reason stands."""

    reason: str
    inputs: tuple[str, ...]


class Rulebook(Noun, frozen=True, kw_only=True):
    """The whole file."""

    version: int
    evidence: str
    source: str
    limits: dict[str, Limit]
    age_factor: Limit
    mc_count: dict[str, Limit]
    tests: tuple[MovementTest, ...]
    skip: tuple[Skip, ...]
    profiles: tuple[Pattern, ...]
    texts: dict[str, str]

    def limit(self, name: str) -> float:
        """Value of a limit that holds for everyone."""
        value = self.limits[name].value
        if value is None:
            raise KeyError(name)
        return value

    def pattern(self, profile_id: str) -> Pattern:
        """The profile of an id."""
        return next(each for each in self.profiles if each.id == profile_id)

    def mechanical(self) -> tuple[Pattern, ...]:
        """Profiles of the mechanical axis, in the order that breaks ties (C4)."""
        return tuple(each for each in self.profiles if each.axis == "mechanical")


@cache
def load_rulebook() -> Rulebook:
    """Read ``rules/profiles.toml``."""
    path = packaged("questionnaires", "rules", "profiles.toml")
    return from_doc(tomllib.loads(path.read_text(encoding="utf-8")), Rulebook)
