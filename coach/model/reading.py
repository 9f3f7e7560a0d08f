"""Nouns of what devices measured: readings by day and source, and the imports that brought them."""

from datetime import date
from typing import Literal

from coach.model.noun import Noun

Kind = Literal["sleep_hours", "in_bed_hours", "steps", "resting_heart"]

UNITS: dict[str, str] = {"sleep_hours": "h", "in_bed_hours": "h", "steps": "steps", "resting_heart": "/min"}
"""Unit of each measure."""


class Part(Noun, frozen=True, kw_only=True):
    """One stretch of sleep within a day: a night, the half of one, or a nap.

    ``start`` and ``end`` are ISO instants with their UTC offset; without one where the source gives local
    times only.
    """

    start: str
    end: str
    hours: float
    id: str = ""
    """The source's own id of the log; empty where it has none."""
    nap: bool = False
    """A nap is kept, and not counted as the sleep of the night."""


class Reading(Noun, frozen=True, kw_only=True):
    """One measure of one local day as one source has it: one row, however many records are behind it.

    Sleep belongs to the day on which the person woke, steps to the day on which they began.
    """

    id: str
    """Date, measure and source: ``2026-11-23/steps/apple_health: Watch``."""
    date: date
    measure: Kind
    value: float
    unit: str
    source: str
    """The format and the device in it, cleaned: ``apple_health: Sam's Watch``."""
    start: str = ""
    """First and last instant of the records behind it, ISO with UTC offset where that is known."""
    end: str = ""
    records: int = 1
    parts: tuple[Part, ...] = ()
    """The stretches of sleep; empty for other measures."""
    batch: str = ""
    """The import that brought it, or last changed it."""


class Batch(Noun, frozen=True, kw_only=True):
    """One import: what it read and what it changed. ``coach undo`` takes it back whole."""

    id: str
    """``i001``, ``i002`` ... in the order they were made."""
    at: str
    kind: str
    name: str
    """Name of the file, without its folder."""
    new: int = 0
    revised: int = 0
    records: int = 0
    broken: int = 0
    outside: int = 0
    """Records of days that no episode covers."""
