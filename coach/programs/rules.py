"""The thresholds of review, read from their data file."""

from __future__ import annotations

import tomllib
from functools import cache
from hashlib import sha256

import msgspec

from coach.model.exercise import Number
from coach.model.noun import Noun
from coach.packaged import packaged


class Threshold(Noun, frozen=True, kw_only=True):
    """One number that a rule uses, with its unit, evidence mark and source."""

    value: float
    unit: str
    evidence: str
    source: str


class BadRules(ValueError):
    """The thresholds file lacks a number, or holds one of the wrong kind."""


class Rules(Noun, frozen=True, kw_only=True):
    """The thresholds by name; ``version`` changes with any edit of their file."""

    marks: dict[str, Threshold]
    values: dict[str, float]
    said: dict[str, str]
    """Each value with its unit, as cards say it."""
    version: str

    def __getitem__(self, name: str) -> float:
        """Value of a threshold. Raises `KeyError` for a name that is not in the file."""
        return self.values[name]

    def number(
        self, title: str, value: float | str | None, limit: str, *, sign: str = "", unit: str = ""
    ) -> Number:
        """A number for a card, beside the threshold ``limit`` it was compared with."""
        mark = self.marks[limit]
        return Number(
            name=title,
            value=value,
            unit=unit,
            threshold=f"{sign} {self.said[limit]}" if sign else self.said[limit],
            evidence=mark.evidence,
            source=mark.source,
        )


def read_rules(text: str) -> Rules:
    """Read the thresholds from the text of a TOML file. Raises `BadRules` where it does not fit."""
    table = tomllib.loads(text)
    table.pop("version", None)
    try:
        marks = msgspec.convert(table, dict[str, Threshold])
    except msgspec.ValidationError as error:
        raise BadRules(str(error)) from None
    return Rules(
        marks=marks,
        values={name: mark.value for name, mark in marks.items()},
        said={name: f"{mark.value:g} {mark.unit}".strip() for name, mark in marks.items()},
        version=sha256(text.encode()).hexdigest()[:16],
    )


@cache
def load_rules() -> Rules:
    """The thresholds that come with the package."""
    return read_rules(packaged("programs", "rules.toml").read_text(encoding="utf-8"))
