"""What a reader finds, gathered by day and source in bounded memory."""

from __future__ import annotations

from array import array
from datetime import date

from coach.exchange.wearables import nights, stamps
from coach.exchange.wearables.limits import load_limits
from coach.exchange.wearables.nights import Span
from coach.model.reading import UNITS, Kind, Part, Reading
from coach.model.text import one_line

NAMED = 5
"""Broken rows that are named with their place; the others are only counted."""
_UNKNOWN = 1 << 10
"""Stands for an offset that is not known, in a packed stretch."""


class Gatherer:
    """Takes records in any order; keeps those of the days wanted, eight bytes for each.

    ``since`` and ``until`` are the first and last local day that an episode covers.
    """

    def __init__(self, kind: str, since: date, until: date) -> None:
        self.kind, self.since, self.until = kind, since, until
        self.records = self.broken = self.outside = self.other = 0
        """Records read, not readable, of days outside, and of kinds that are not used."""
        self.problems: list[str] = []
        self.notes: list[str] = []
        self._limits = load_limits()
        self._names: dict[str, str] = {}
        self._stretches: dict[tuple[str, bool], array[int]] = {}
        self._logs: dict[str, list[Span]] = {}
        self._counts: dict[tuple[str, date], array[int]] = {}
        self._daily: dict[tuple[Kind, str, date], tuple[str, float]] = {}

    def source(self, device: str = "") -> str:
        """The name of a source: the kind of file, and the device in it, cleaned."""
        known = self._names.get(device)
        if known is not None:
            return known
        if len(self._names) >= self._limits["sources_most"]:
            return f"{self.kind}: others"
        name = one_line(device, 60)
        found = self._names[device] = f"{self.kind}: {name}" if name else self.kind
        return found

    def wants(self, day: date) -> bool:
        """Whether an episode covers a day; one that none covers is counted."""
        if self.since <= day <= self.until:
            return True
        self.outside += 1
        return False

    def bad(self, place: str, why: str) -> None:
        """A row that cannot be read: counted, and the first few named."""
        self.broken += 1
        if len(self.problems) < NAMED:
            self.problems.append(one_line(f"{place}: {why}", 200))

    # -- sleep --------------------------------------------------------------------------------

    def stretch(self, source: str, start: int, end: int, offset: int | None, *, bed: bool = False) -> None:
        """A bare stretch of sleep, or of lying in bed. Raises `ValueError` for one that cannot be."""
        self._check(start, end)
        if self.wants(stamps.local_day((end, offset))):
            packed = ((start << 17 | (end - start)) << 12) | (
                _UNKNOWN * 2 if offset is None else offset + 1024
            )
            self._stretches.setdefault((source, bed), array("q")).append(packed)

    def night(
        self, source: str, start: int, end: int, offset: int | None, hours: float,
        *, log: str = "", nap: bool | None = None,
    ) -> None:  # fmt: skip
        """A log of sleep that says itself how long was slept. Raises `ValueError` for one that cannot be."""
        self._check(start, end)
        if not 0 < hours <= self._limits["sleep_most"]:
            raise ValueError(f"{hours:g} hours of sleep")
        if hours * 3600 > end - start + 60:
            raise ValueError(f"{hours:.1f} hours of sleep in {(end - start) / 3600:.1f} hours")
        if self.wants(stamps.local_day((end, offset))):
            found = Span(start, end, offset, round(hours * 3600), one_line(log, 60), nap)
            self._logs.setdefault(source, []).append(found)

    def _check(self, start: int, end: int) -> None:
        if end <= start:
            raise ValueError("it ends before it begins")
        if end - start > self._limits["sleep_most"] * 3600:
            raise ValueError(f"it lasts {(end - start) / 3600:.0f} hours")

    # -- steps, heart -------------------------------------------------------------------------

    def steps(self, source: str, day: date, second: int, length: int, count: float) -> None:
        """Steps counted from a second of a local day on. Raises `ValueError` for a count that cannot be."""
        if not 0 <= count <= self._limits["steps_most"]:
            raise ValueError(f"{count:g} steps")
        packed = (second << 20 | min(max(length, 0), 0xFFFFF)) << 24 | round(count * 10)
        found = self._counts.get((source, day))
        if found is None:
            found = self._counts[source, day] = array("q")
        found.append(packed)

    def daily(self, measure: Kind, source: str, day: date, value: float, at: str = "") -> None:
        """A value of a whole day; the latest of a day stands. Raises `ValueError` for one that cannot be."""
        low, high = {
            "resting_heart": (self._limits["pulse_least"], self._limits["pulse_most"]),
            "steps": (0.0, self._limits["steps_most"]),
        }.get(measure, (0.0, self._limits["sleep_most"]))
        if not low <= value <= high:
            raise ValueError(f"{value:g} {UNITS[measure]}")
        known = self._daily.get((measure, source, day))
        if known is None or at >= known[0]:
            self._daily[measure, source, day] = (at, value)

    # -- out ----------------------------------------------------------------------------------

    def readings(self) -> tuple[Reading, ...]:
        """One reading a measure, day and source, in order of date."""
        found = [*self._slept(), *self._counted()]
        for (measure, source, day), (at, value) in self._daily.items():
            found.append(_reading(measure, source, day, value, start=at, end=at))
        known = {each.id: each for each in found}
        return tuple(known[key] for key in sorted(known))

    def _slept(self) -> list[Reading]:
        found = []
        sources = dict.fromkeys([*(source for source, _ in self._stretches), *self._logs])
        for source in sources:
            asleep = nights.joined(_unpacked(self._stretches.get((source, False), array("q"))))
            spans = nights.apart([*asleep, *self._logs.get(source, ())])
            beds = nights.joined(_unpacked(self._stretches.get((source, True), array("q"))))
            found += _nights("sleep_hours", source, spans, int(self._limits["parts_most"]))
            found += _nights(
                "in_bed_hours", source, nights.without_bed(beds, spans), int(self._limits["parts_most"])
            )
        return found

    def _counted(self) -> list[Reading]:
        found = []
        for (source, day), packed in self._counts.items():
            once = sorted(set(packed))  # the same record twice is one: start, length and count are the same
            total = sum(each & 0xFFFFFF for each in once) / 10
            if total > self._limits["steps_most"]:
                self.bad(f"{day}, {source}", f"{total:,.0f} steps in one day")
                continue
            last = max((each >> 44) + (each >> 24 & 0xFFFFF) for each in once)
            start, end = (f"{day}T{_clock(second)}" for second in (once[0] >> 44, min(last, 86_399)))
            found.append(
                _reading("steps", source, day, float(round(total)), start=start, end=end, records=len(once))
            )
        return found


def _clock(second: int) -> str:
    return f"{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}"


def _unpacked(packed: array[int]) -> list[tuple[int, int, int | None]]:
    found: list[tuple[int, int, int | None]] = []
    for each in set(packed):
        start, length, offset = each >> 29, each >> 12 & 0x1FFFF, each & 0xFFF
        found.append((start, start + length, None if offset == _UNKNOWN * 2 else offset - 1024))
    return found


def _nights(measure: Kind, source: str, spans: list[Span], most: int) -> list[Reading]:
    found = []
    for day, every in nights.by_day(spans).items():
        parts = tuple(
            Part(
                start=stamps.text((each.start, each.offset)), end=stamps.text((each.end, each.offset)),
                hours=round(each.asleep / 3600, 2), id=each.id, nap=nap,
            )
            for each, nap in zip(every[:most], nights.naps(every[:most]), strict=True)
        )  # fmt: skip
        made = night_of(measure, source, day, parts)
        if made is not None:
            found.append(made)
    return found


def night_of(measure: Kind, source: str, day: date, parts: tuple[Part, ...]) -> Reading | None:
    """The reading of a day's stretches; null where there are none, for a nap alone is no night."""
    counted = [each for each in parts if not each.nap]
    if not counted:
        return None
    hours = min(24.0, round(sum(each.hours for each in counted), 2))
    return _reading(
        measure,
        source,
        day,
        hours,
        start=counted[0].start,
        end=counted[-1].end,
        records=len(parts),
        parts=parts,
    )


def _reading(
    measure: Kind, source: str, day: date, value: float,
    *, start: str = "", end: str = "", records: int = 1, parts: tuple[Part, ...] = (),
) -> Reading:  # fmt: skip
    return Reading(
        id=f"{day.isoformat()}/{measure}/{source}", date=day, measure=measure, value=value,
        unit=UNITS[measure], source=source, start=start, end=end, records=records, parts=parts,
    )  # fmt: skip
