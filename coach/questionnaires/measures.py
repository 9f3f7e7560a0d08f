"""What is known of each outcome measure: best score, meaningful change, error band, bands."""

from __future__ import annotations

import tomllib
from functools import cache

from coach.model.noun import Noun, from_doc
from coach.packaged import packaged


class Limit(Noun, frozen=True, kw_only=True):
    """A number that a rule compares with, and where it comes from."""

    value: float
    unit: str
    evidence: str
    source: str


class Measure(Noun, frozen=True, kw_only=True):
    """One outcome measure; without ``best`` no verdict on change is given."""

    id: str
    name: str
    also: tuple[str, ...] = ()
    """Other ids it goes by."""
    best: float | None = None
    mic: Limit | None = None
    mdc: Limit | None = None
    relative_only: bool = False
    """No absolute change is established: the relative rule decides alone."""
    direction: str = ""
    bands: tuple[tuple[float, str], ...] = ()
    bands_source: str = ""
    sizes: tuple[tuple[float, str], ...] = ()
    """Names of sizes of a change for the better, by its lower limit."""
    sizes_source: str = ""


class Measures(Noun, frozen=True, kw_only=True):
    """The file ``rules/measures.toml``."""

    version: int
    rules: dict[str, Limit]
    measures: tuple[Measure, ...]

    def find(self, measure_id: str) -> Measure | None:
        """The measure of an id, or null."""
        return next((each for each in self.measures if measure_id in (each.id, *each.also)), None)


@cache
def load_measures() -> Measures:
    """Read ``rules/measures.toml``."""
    path = packaged("questionnaires", "rules", "measures.toml")
    return from_doc(tomllib.loads(path.read_text(encoding="utf-8")), Measures)
