"""One source a day and measure: by the person's own order, never a sum."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from coach.model.log import DeviceMonth
from coach.model.reading import Reading


def months(readings: Iterable[Reading], order: Sequence[str] = ()) -> tuple[DeviceMonth, ...]:
    """The chosen value of each day, by measure and month.

    ``order`` names sources, or the beginning or a part of their names, most trusted first. Among those it
    does not name, the larger count of steps and the longer sleep stand, for a device that lay aside or ran
    out misses some; else the first name.
    """
    best: dict[tuple[str, str], Reading] = {}
    wanted = [each.casefold() for each in order]
    for each in readings:
        key = (each.measure, each.date.isoformat())
        known = best.get(key)
        if known is None or _rank(each, wanted) < _rank(known, wanted):
            best[key] = each
    groups: dict[str, dict[str, Reading]] = {}
    for (measure, day), reading in sorted(best.items()):
        groups.setdefault(f"{measure}/{day[:7]}", {})[day] = reading
    return tuple(_month(name, days) for name, days in groups.items())


def _rank(reading: Reading, order: Sequence[str]) -> tuple[int, float, str]:
    name = reading.source.casefold()
    place = next((number for number, each in enumerate(order) if each in name), len(order))
    more = -reading.value if reading.measure != "resting_heart" else 0.0
    return place, more, reading.source


def _month(name: str, days: dict[str, Reading]) -> DeviceMonth:
    count: dict[str, int] = {}
    for reading in days.values():
        count[reading.source] = count.get(reading.source, 0) + 1
    sources = tuple(sorted(count, key=lambda source: (-count[source], source)))
    places = {source: place for place, source in enumerate(sources)}
    return DeviceMonth(
        id=name,
        measure=name.partition("/")[0],
        sources=sources,
        days={day: reading.value for day, reading in days.items()},
        others={day: places[each.source] for day, each in days.items() if places[each.source]},
        woke={
            day: each.end[11:16] for day, each in days.items() if each.measure == "sleep_hours" and each.end
        },
    )


def counted_twice(readings: Iterable[Reading]) -> dict[str, int]:
    """By measure, how many days have more than one source; those are the days on which one is chosen."""
    seen: dict[tuple[str, str], int] = {}
    for each in readings:
        key = (each.measure, each.date.isoformat())
        seen[key] = seen.get(key, 0) + 1
    found: dict[str, int] = {}
    for (measure, _), number in seen.items():
        if number > 1:
            found[measure] = found.get(measure, 0) + 1
    return found
