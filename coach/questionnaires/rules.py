"""The red-flag rules as their data file has them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache

from coach.model.assessment import Urgency
from coach.model.levels import Level
from coach.model.noun import Noun, from_doc
from coach.packaged import packaged
from coach.questionnaires.conditions import Alternatives


class Threshold(Noun, frozen=True, kw_only=True):
    """A number that a rule uses, with its evidence mark and where it comes from."""

    value: float
    unit: str
    evidence: str
    source: str
    asked_in: tuple[str, ...] = ()
    """Questions whose words carry the number."""


class Outcome(Noun, frozen=True, kw_only=True):
    """One thing a row can lead to, when its condition holds."""

    level: Level
    when: Alternatives
    reason: str
    urgency: Urgency | None = None
    advice: str = ""
    filters: tuple[str, ...] = ()
    mh: bool = False


class Rule(Noun, frozen=True, kw_only=True):
    """A row of the question bank, with all that it can lead to."""

    id: str
    source: str
    outcomes: tuple[Outcome, ...]
    filters: tuple[str, ...] = ()


class Points(Noun, frozen=True, kw_only=True):
    """One feature of a combination score."""

    id: str
    points: float
    when: Alternatives
    text: str


class Band(Noun, frozen=True, kw_only=True):
    """From this score on, and when this holds too, the combination leads to a level."""

    at: float
    level: Level
    urgency: Urgency | None = None
    when: Alternatives = ()
    reason: str = ""
    """In place of the list of what counted."""
    advice: str = ""
    prompt: str = ""


class Combination(Noun, frozen=True, kw_only=True):
    """A weighted score over several answers."""

    id: str
    title: str
    evidence: str
    source: str
    points: tuple[Points, ...]
    bands: tuple[Band, ...]
    gate: Alternatives = ()
    filters: tuple[str, ...] = ()


class Fact(Noun, frozen=True, kw_only=True):
    """A name for a condition that several rules read."""

    id: str
    when: Alternatives


class Prompt(Noun, frozen=True, kw_only=True):
    """Advice that changes no level."""

    when: Alternatives
    text: str


class Filter(Noun, frozen=True, kw_only=True):
    """An avoid tag that an answer sets without changing the level."""

    tag: str
    when: Alternatives
    source: str


class Unlock(Noun, frozen=True, kw_only=True):
    """Who may clear a rule."""

    clinicians: tuple[str, ...]
    midwife: tuple[str, ...]


class KitRules(Noun, frozen=True, kw_only=True):
    """Which rules leave the interim kit, whole or in part."""

    full: tuple[str, ...]
    lessons: tuple[str, ...]


class Context(Noun, frozen=True, kw_only=True):
    """Items whose yes may lower a level; none of them is a risk item."""

    items: tuple[str, ...]


class NonResponse(Noun, frozen=True, kw_only=True):
    """What a missing response to the plan leads to."""

    id: str
    level: Level
    reason: str
    advice: str
    urgency: Urgency | None = None


class RuleBook(Noun, frozen=True, kw_only=True):
    """All rules of the safety screen."""

    version: int
    thresholds: dict[str, Threshold]
    context: Context
    unlock: Unlock
    kit: KitRules
    mini_screen: dict[str, tuple[str, ...]]
    advice: dict[str, str]
    prompts: tuple[Prompt, ...]
    filters: tuple[Filter, ...]
    qualifiers: tuple[Fact, ...]
    facts: tuple[Fact, ...]
    rules: tuple[Rule, ...]
    combinations: tuple[Combination, ...]
    nonresponse: dict[str, NonResponse]

    def limits(self) -> Mapping[str, float]:
        """The thresholds by name, values only."""
        return {name: threshold.value for name, threshold in self.thresholds.items()}

    def words(self, text: str) -> str:
        """A text with the thresholds it names in braces written out."""
        return text.format_map({name: f"{value:g}" for name, value in self.limits().items()})

    def filters_of(self, rule_id: str) -> tuple[str, ...]:
        """The avoid tags that go with a rule or combination."""
        rows = {each.id: each.filters for each in self.rules}
        return rows.get(rule_id) or next((c.filters for c in self.combinations if c.id == rule_id), ())


@cache
def load_rules() -> RuleBook:
    """The rules of the package."""
    path = packaged("questionnaires", "rules", "redflags.toml")
    return from_doc(tomllib.loads(path.read_text(encoding="utf-8")), RuleBook)
