"""How severe two results are, compared."""

from __future__ import annotations

from collections.abc import Iterable

from coach.model.assessment import Fired, Urgency
from coach.model.levels import Level

LEVELS: tuple[Level, ...] = ("T0_EMERGENCY", "NOT_ELIGIBLE", "T1_CLINICIAN", "T2_CAUTION", "T3_CLEAR")
URGENCIES: tuple[Urgency, ...] = ("same_day", "within_week", "routine")


def rank(level: Level, urgency: Urgency | None = None) -> tuple[int, int]:
    """A key that sorts the most severe first."""
    return LEVELS.index(level), URGENCIES.index(urgency) if urgency else len(URGENCIES)


def worst(fired: Iterable[Fired]) -> tuple[Level, Urgency | None]:
    """The most severe level, and for T1 its most urgent urgency."""
    ranked = sorted(fired, key=lambda each: rank(each.level, each.urgency))
    if not ranked:
        return "T3_CLEAR", None
    return ranked[0].level, ranked[0].urgency if ranked[0].level == "T1_CLINICIAN" else None
