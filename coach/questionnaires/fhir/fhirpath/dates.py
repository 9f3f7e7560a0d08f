"""Dates and times with the precision they were written in."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, timedelta
from typing import NamedTuple

CALENDAR = frozenset(
    f"{name}{ending}"
    for name in ("year", "month", "week", "day", "hour", "minute", "second", "millisecond")
    for ending in ("", "s")
)
_UCUM = {"a": "year", "mo": "month", "wk": "week", "d": "day", "h": "hour", "min": "minute", "s": "second"}
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_TIME = re.compile(r"(\d{2})(?::(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?(Z|[+-]\d{2}:\d{2})?")


class Temporal(NamedTuple):
    """A date, dateTime or time: year, month, day, hour, minute, milliseconds, as far as known."""

    kind: str
    parts: tuple[int, ...]
    zone: int | None = None
    """Minutes east of Greenwich, where it was written."""

    def text(self) -> str:
        """As FHIR writes it."""
        if self.kind == "time":
            return _clock(self.parts)
        days = "-".join(f"{part:0{4 if place == 0 else 2}d}" for place, part in enumerate(self.parts[:3]))
        clock = _clock(self.parts[3:])
        return f"{days}T{clock}{_zone_text(self.zone)}" if clock else days


def _clock(parts: tuple[int, ...]) -> str:
    words = [f"{part:02d}" for part in parts[:2]]
    if len(parts) == 3:
        seconds, rest = divmod(parts[2], 1000)
        words.append(f"{seconds:02d}" + (f".{rest:03d}" if rest else ""))
    return ":".join(words)


def _zone_text(zone: int | None) -> str:
    if zone is None:
        return ""
    hours, minutes = divmod(abs(zone), 60)
    return f"{'-' if zone < 0 else '+'}{hours:02d}:{minutes:02d}"


def temporal(text: str, kind: str) -> Temporal | None:
    """Read a FHIR date, dateTime or time; null for what is none, such as 2026-02-30."""
    if kind == "time":
        found = _TIME.fullmatch(text)
        parts = _time_parts(found) if found and not found.group(5) else None
        return Temporal("time", parts) if parts else None
    day, _, clock = text.partition("T")
    if text[10:11] == " ":
        day, clock = text[:10], text[11:]
    match = _DATE.fullmatch(day)
    if match is None:
        return None
    parts = tuple(int(part) for part in match.groups() if part)
    try:
        date(*(*parts, 1, 1)[:3])
    except ValueError:
        return None
    if kind == "date":
        return Temporal("date", parts)
    return _with_clock(parts, clock)


def _with_clock(parts: tuple[int, ...], clock: str) -> Temporal | None:
    if not clock:
        return Temporal("dateTime", parts)
    found = _TIME.fullmatch(clock)
    hours = _time_parts(found) if found else None
    if found is None or hours is None or len(parts) < 3:
        return None
    return Temporal("dateTime", parts + hours, _zone(found.group(5)))


def _time_parts(found: re.Match[str]) -> tuple[int, ...] | None:
    hour, minute, second, rest = found.groups()[:4]
    parts = [int(each) for each in (hour, minute) if each]
    if second:
        parts.append(int(second) * 1000 + int(f"{rest or '0':0<3}"[:3]))
    limits = (24, 60, 60_000)
    fits = all(part < limit for part, limit in zip(parts, limits, strict=False))
    return tuple(parts) if fits else None


def _zone(text: str | None) -> int | None:
    if text is None:
        return None
    if text == "Z":
        return 0
    minutes = int(text[1:3]) * 60 + int(text[4:6])
    return -minutes if text[0] == "-" else minutes


def compare(left: Temporal, right: Temporal) -> int | None:
    """-1, 0 or 1; null where the precision does not tell, or a time meets a date."""
    if (left.kind == "time") != (right.kind == "time"):
        return None
    first, second = left.parts, right.parts
    if left.zone is not None and right.zone is not None and len(first) > 3 and len(second) > 3:
        first, second = _utc(left), _utc(right)
    for one, other in zip(first, second, strict=False):
        if one != other:
            return -1 if one < other else 1
    return 0 if len(first) == len(second) else None


def _utc(value: Temporal) -> tuple[int, ...]:
    filled = value.parts + (0,) * (5 - len(value.parts))
    try:
        moved = _moment(filled) - timedelta(minutes=value.zone or 0)
    except (ValueError, OverflowError):
        return value.parts
    parts = (moved.year, moved.month, moved.day, moved.hour, moved.minute, *filled[5:6])
    return parts[: max(len(value.parts), 5)]


def _moment(parts: tuple[int, ...]) -> datetime:
    """The minute these parts name; the zone is kept aside by the caller."""
    year, month, day, hour, minute = parts[:5]
    return datetime(year, month, day, hour, minute)  # noqa: DTZ001


def shift(value: Temporal, amount: int, unit: str) -> Temporal | None:
    """Add calendar units to a date or dateTime; null where that leaves the calendar."""
    name = _UCUM.get(unit, unit.removesuffix("s") if unit in CALENDAR else "")
    if value.kind == "time" or not name or abs(amount) > 10_000_000:
        return None
    if name in ("year", "month"):
        return _shift_months(value, amount * (12 if name == "year" else 1))
    seconds = {"week": 604_800, "day": 86_400, "hour": 3_600, "minute": 60, "second": 1}.get(name)
    if seconds is None or len(value.parts) < 3:
        return None
    filled = value.parts + (0,) * (6 - len(value.parts))
    try:
        moved = _moment(filled[:5]) + timedelta(seconds=seconds * amount, milliseconds=filled[5])
    except (ValueError, OverflowError):
        return None
    milliseconds = moved.second * 1000 + moved.microsecond // 1000
    parts = (moved.year, moved.month, moved.day, moved.hour, moved.minute, milliseconds)
    return Temporal(value.kind, parts[: len(value.parts)], value.zone)


def _shift_months(value: Temporal, months: int) -> Temporal | None:
    month = value.parts[1] if len(value.parts) > 1 else 1
    year, month = divmod(value.parts[0] * 12 + month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return None
    parts = [year, month + 1, *value.parts[2:]][: len(value.parts)]
    if len(parts) > 2:
        parts[2] = min(parts[2], _last_day(year, month + 1))
    return Temporal(value.kind, tuple(parts), value.zone)


def _last_day(year: int, month: int) -> int:
    return monthrange(year, month)[1]
