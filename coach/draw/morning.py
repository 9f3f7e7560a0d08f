"""The check-in as it is asked, the same on both faces."""

from __future__ import annotations

from typing import NamedTuple


class Asked(NamedTuple):
    """One value of the morning; a note has no range."""

    name: str
    text: str
    most: int | None = None
    low: str = ""
    high: str = ""


SCALES = (
    Asked("pain", "Pain now", 10, "none", "the worst"),
    Asked("sleep_quality", "Last night's sleep", 10, "bad", "very good"),
    Asked("stress", "Stress", 10, "none", "the most"),
)
"""Three digits."""
TEXTS = (
    Asked("sleep_hours", "Hours slept", 24),
    Asked("sitting_hours", "Hours sat", 24),
    Asked("note", "Note"),
)
"""What may come besides."""


def scale(each: Asked) -> str:
    """What a number is asked with: ``Pain now: 0 none, 10 the worst``."""
    return f"{each.text}: 0 {each.low}, {each.most} {each.high}" if each.low else each.text
