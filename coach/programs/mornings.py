"""Morning values read off the check-ins: usual pain, next-morning response, readiness.

Tiny and free of files, because the daily path uses it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from coach.model.log import CheckIn
from coach.programs.day_rules import MORNINGS, MORNINGS_LEAST

Mornings = Mapping[date, CheckIn]
_BACK = tuple(timedelta(days=back) for back in range(28))
"""Made once: a review looks back over a hundred times."""


def by_date(checkins: Iterable[CheckIn]) -> dict[date, CheckIn]:
    """Check-ins by their date; there is one of each."""
    return {each.date: each for each in checkins}


def pains(mornings: Mornings, until: date, days: int = MORNINGS) -> list[float]:
    """Pain of the ``days`` days that end with ``until``, those that were told."""
    found = []
    for back in _BACK[:days] if days <= len(_BACK) else map(timedelta, range(days)):
        entry = mornings.get(until - back)
        if entry is not None and entry.pain is not None:
            found.append(entry.pain)
    return found


def usual_pain(mornings: Mornings, day: date) -> float | None:
    """``w`` of ``clinical.md`` 6.3: mean of the seven days up to the session; null with fewer than three."""
    found = pains(mornings, day)
    return sum(found) / len(found) if len(found) >= MORNINGS_LEAST else None


def response(mornings: Mornings, day: date) -> float | None:
    """``D`` of a morning: its pain less the median of the seven before it; null with fewer than three."""
    entry = mornings.get(day)
    if entry is None or entry.pain is None:
        return None
    before = pains(mornings, day - _BACK[1])
    if len(before) < MORNINGS_LEAST:
        return None
    return entry.pain - _median(before)


def _median(values: list[float]) -> float:
    # the statistics module brings fractions and random along, which costs every check-in 3 ms
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def readiness(
    quality: float | None, hours: float | None, stress: float | None, morning: float | None
) -> float | None:
    """Readiness R, 0-100 (``clinical.md`` 6.4).

    ``quality`` of sleep 0-10, ``hours`` slept, ``stress`` 0-10, ``morning`` the response D. A missing
    part is left out and the rest rescaled; null where parts worth less than 60 were told.
    """
    parts: list[tuple[float, float]] = []
    if quality is not None:
        parts.append((40, quality / 10))
    if hours is not None:
        parts.append((20, min(1, hours / 7)))
    if stress is not None:
        parts.append((20, 1 - stress / 10))
    if morning is not None:
        parts.append((20, 1 - min(4, max(0, morning)) / 4))
    weight = sum(part[0] for part in parts)
    if weight < 60:
        return None
    return sum(part[0] * part[1] for part in parts) / weight * 100


def readiness_of(mornings: Mornings, day: date) -> float | None:
    """Readiness of one date, from its check-in and the mornings before."""
    entry = mornings.get(day)
    if entry is None:
        return None
    return readiness(entry.sleep_quality, entry.sleep_hours, entry.stress, response(mornings, day))
