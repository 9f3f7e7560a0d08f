"""What devices measured stands in where the person gave nothing: sleep, time of waking, steps.

A value of one's own always goes first. Loaded only where an import brought something.
"""

from __future__ import annotations

from datetime import date, timedelta

from msgspec.structs import replace

from coach.model.log import CheckIn, DeviceMonth, History

FIELDS = {"sleep_hours": "sleep_hours", "steps": "steps"}
"""Measures of devices, and the field of the check-in that each stands in for."""
READ_DAYS = 28
"""Days before a review that its rules may look at: the week itself, and what pacing compares it with."""


class Filled(History, frozen=True, kw_only=True):
    """A history whose check-ins were completed; it says which days and by what."""

    slept: dict[date, str] = {}
    """Source of the hours slept, by day."""
    rose: dict[date, str] = {}
    """Source of the time of getting up."""
    stepped: dict[date, str] = {}
    """Source of the steps."""


def filled(history: History) -> History:
    """Complete the check-ins by what devices measured; the same value where there is nothing to add."""
    if not history.devices:
        return history
    known = {each.date: each for each in history.checkins}
    slept: dict[date, str] = {}
    rose: dict[date, str] = {}
    stepped: dict[date, str] = {}
    for month in history.devices:
        for text, value in month.days.items():
            day = date.fromisoformat(text)
            entry = known.get(day) or CheckIn(date=day, source="device")
            source = source_of(month, text)
            if month.measure == "sleep_hours":
                if entry.sleep_hours is None:
                    entry = replace(entry, sleep_hours=value)
                    slept[day] = source
                if not entry.rose and text in month.woke:
                    entry = replace(entry, rose=month.woke[text])
                    rose[day] = source
            elif month.measure == "steps" and entry.steps is None:
                entry = replace(entry, steps=int(value))
                stepped[day] = source
            else:
                continue
            known[day] = entry
    return Filled(
        checkins=tuple(known[day] for day in sorted(known)),
        sessions=history.sessions, flares=history.flares, pauses=history.pauses, skips=history.skips,
        slept=slept, rose=rose, stepped=stepped,
    )  # fmt: skip


def source_of(month: DeviceMonth, day: str) -> str:
    """The source that was chosen for a day."""
    return month.sources[month.others.get(day, 0)]


def told(history: History, name: str, first: date, last: date) -> int:
    """Days from ``first`` to ``last`` whose value came from a device; ``name`` is a field of `Filled`."""
    days = getattr(history, name, {})
    return sum(first <= day <= last for day in days)


def by_device(title: str, count: int, what: str) -> str:
    """The name of a number on a card, with how much of it devices measured."""
    return f"{title} ({count} {what} measured by a device)" if count else title


def read_at(history: History, today: date) -> tuple[DeviceMonth, ...]:
    """What a review of ``today`` may read of the devices: it keeps this, so that replay reads the same."""
    since = (today - timedelta(days=READ_DAYS - 1)).isoformat()
    until = today.isoformat()
    found = []
    for month in history.devices:
        if month.measure not in FIELDS:
            continue
        days = {day: value for day, value in month.days.items() if since <= day <= until}
        if days:
            found.append(
                replace(
                    month,
                    days=days,
                    others={day: place for day, place in month.others.items() if day in days},
                    woke={day: clock for day, clock in month.woke.items() if day in days},
                )
            )
    return tuple(found)
