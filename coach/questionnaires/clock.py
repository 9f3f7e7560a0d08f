"""Times of day as people type them."""

from __future__ import annotations

import re

_TIME = re.compile(r"(\d{1,2})(?:[:.h]?([0-5]\d))?\s*(am|pm)?")


def time_of_day(text: str) -> str:
    """Bring ``7:30``, ``7.30``, ``0730``, ``7 am`` or ``19`` to ``HH:MM``; empty when it is no time."""
    match = _TIME.fullmatch(text.strip().lower())
    if not match:
        return ""
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
    if half and not 1 <= hour <= 12:
        return ""
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return f"{hour:02d}:{minute:02d}" if hour < 24 else ""
