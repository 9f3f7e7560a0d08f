"""Where days and values stand on a chart, and what is written beside them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from math import ceil, floor, log10
from unicodedata import east_asian_width

from coach.draw.words import MONTHS
from coach.model.charts import Series, Span

WEEK = 7
_STEPS = (1, 2, 4, 8, 13, 26, 52, 104, 260, 520)
"""Weeks between two dates on the axis."""
_SIZES = (1.0, 2.0, 5.0, 10.0)
_YEAR = 330
"""From so many days the dates name the year instead of the day."""


class Days:
    """Days from the first to the last, spread over the dots of a canvas."""

    def __init__(self, start: date, end: date, width: int) -> None:
        self.first = start.toordinal()
        self.start = start
        self.count = max(1, (end - start).days + 1)
        self.width = width

    def x(self, day: date) -> float:
        """The middle of a day, in dots."""
        return (2 * (day.toordinal() - self.first) + 1) * self.width / (2 * self.count) - 0.5

    def columns(self, first: date, last: date, across: int) -> range:
        """Characters that hold any of these days, first and last included."""
        left = max(0, (first - self.start).days) * self.width / self.count
        right = min(self.count, (last - self.start).days + 1) * self.width / self.count
        if right <= left:
            return range(0)
        return range(floor(left / across), max(floor(left / across) + 1, ceil(right / across - 1e-9)))


def scale(series: Series) -> tuple[float, float]:
    """The lowest and highest value of a chart: the scale's own ends, else whole steps around the data."""
    values = [each.value for each in series.points]
    values += [each for each in (series.baseline,) if each is not None]
    low = series.low if series.low is not None else min(values, default=0.0)
    high = series.high if series.high is not None else max(values, default=1.0)
    step = _step(max(high - low, 1e-6) / 4)
    if series.low is None:
        low = floor(low / step) * step
    if series.high is None:
        high = ceil(high / step) * step
    return (low, high) if high > low else (low, low + step)


def _step(rough: float) -> float:
    power = 10.0 ** floor(log10(rough))
    return next(size for size in _SIZES if size * power >= rough * (1 - 1e-9)) * power


def values(low: float, high: float, rows: int) -> tuple[float, ...]:
    """Round values to write beside a chart of so many rows, both ends first of all."""
    if rows < 3:
        return (low, high) if rows > 1 else (high,)
    step = _step((high - low) / max(1, (rows - 1) // 2))
    inner = [ceil(low / step) * step + number * step for number in range(int((high - low) / step) + 2)]
    room = 2 * (high - low) / (rows - 1)
    kept = [each for each in inner if low + room * 0.99 <= each <= high - room * 0.99]
    return (low, *kept, high)


def week_days(days: Days, columns: float) -> list[tuple[date, str]]:
    """The first days of weeks that get a tick on so many characters, each with its date or nothing."""
    wide = 9 if days.count > _YEAR else 7
    weeks = (days.count - 1) // WEEK + 1
    room = columns / weeks
    step = next((each for each in _STEPS if each * room >= wide), _STEPS[-1])
    found = []
    for week in range(0, weeks, 1 if room >= 2 else step):
        day = days.start + timedelta(days=WEEK * week)
        found.append((day, date_text(day, year=days.count > _YEAR) if week % step == 0 else ""))
    return found


def weeks(days: Days, across: int, columns: int) -> tuple[tuple[int, ...], tuple[tuple[int, str], ...]]:
    """Characters of the ticks, one for each week where there is room, and the dates with their place."""
    ticks: list[int] = []
    labels: list[tuple[int, str]] = []
    for day, text in week_days(days, columns):
        place = int(days.x(day) + 0.5) // across
        ticks.append(place)
        if text and place + len(text) <= columns:
            labels.append((place, text))
    return tuple(ticks), tuple(labels)


def date_text(day: date, *, year: bool = False) -> str:
    """``23 Nov``, or ``Nov 2026`` where years count."""
    month = MONTHS[day.month - 1]
    return f"{month} {day.year}" if year else f"{day.day} {month}"


def marks(spans: Iterable[Span], days: Days, across: int, columns: int) -> str:
    """The row under the axis: ``f`` where a flare-up was, ``p`` where a pause was."""
    row = [" "] * columns
    for span in sorted(spans, key=lambda each: each.kind, reverse=True):
        for place in days.columns(span.start, span.end, across):
            if place < columns:
                row[place] = span.kind[0]
    return "".join(row).rstrip()


def cut(text: str, width: int) -> str:
    """A text that takes at most ``width`` columns, wide letters counted twice."""
    used = 0
    for place, letter in enumerate(text):
        used += 2 if east_asian_width(letter) in "WF" else 1
        if used > width:
            return text[:place].rstrip()
    return text


def padded(text: str, width: int) -> str:
    """A text cut and filled to exactly ``width`` columns."""
    short = cut(text, width)
    wide = sum(2 if east_asian_width(letter) in "WF" else 1 for letter in short)
    return short + " " * (width - wide)
