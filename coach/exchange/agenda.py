"""Sessions and re-tests as calendar events, with what changed since read off the versions of the plan.

A calendar keeps what it was given, so an event that moved or is gone must be told again under its own
UID with a larger SEQUENCE. That needs nothing but the plan: its versions are gone through in
order, and each change of an event counts two. So does each pause, skip and stop that may have touched
it; while one of them holds, one is taken off. So the number never goes back, whatever comes and goes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from uuid import UUID, uuid5

from coach.exchange.ics import Event
from coach.model.log import Pause
from coach.model.noun import Noun

DOMAIN = "coach-backcare.invalid"
SPACE = UUID("6f1b3c52-9a54-5d0e-8a7e-3f0c2a9f1d11")
"""Name space of the UIDs; it never changes."""
STEP = 5
"""Minutes are rounded up to so many, so that a small change of a dose moves nothing."""


class Slot(Noun, frozen=True, kw_only=True):
    """A session or a re-test as one version of the plan has it."""

    key: str
    week: int
    date: date
    time: str = ""
    """``HH:MM``, where the person gave one."""
    minutes: float
    plain: str
    """A title that says nothing of health."""
    title: str = ""
    about: str = ""
    """What it is about: both are told only where that was asked for."""


class Stage(Noun, frozen=True, kw_only=True):
    """One version of the plan: its slots, from the week that it binds on."""

    made: date
    week: int
    slots: tuple[Slot, ...]


class Upsets(Noun, frozen=True, kw_only=True):
    """What changes events outside the plan."""

    today: date
    pauses: tuple[Pause, ...] = ()
    skipped: frozenset[str] = frozenset()
    """Sessions that were let go and not done after all."""
    let_go: frozenset[str] = frozenset()
    """Sessions that were ever let go."""
    stops: int = 0
    """How often the plan was closed for safety, until now."""
    stopped: bool = False
    """Whether it is closed now."""


class _Known:
    """What was told of one event so far."""

    def __init__(self, slot: Slot, made: date) -> None:
        self.slot, self.changed = slot, made
        self.changes, self.gone = 0, False
        self.latest = slot.date
        """The latest day it was ever meant for: what began after it never touched it."""

    def told(self, slot: Slot | None, made: date) -> None:
        """Take a newer state; null is none."""
        if _state(slot) != (None if self.gone else _state(self.slot)):
            self.changes += 1
            self.changed = made
        self.gone = slot is None
        self.latest = max(self.latest, slot.date) if slot else self.latest
        self.slot = slot or self.slot


def _state(slot: Slot | None) -> object:
    return slot and (slot.date, slot.time, _minutes(slot.minutes), slot.about)


def _minutes(minutes: float) -> int:
    return max(STEP, -int(-minutes // STEP) * STEP)


def events(
    stages: Sequence[Stage], upsets: Upsets, owner: str, usual: time, *, detail: bool = False
) -> tuple[Event, ...]:
    """All events by date; ``owner`` is the person and the episode, ``usual`` the time where none is given."""
    known: dict[str, _Known] = {}
    for stage in stages:
        now = {each.key: each for each in stage.slots}
        for key, each in known.items():
            if each.slot.week >= stage.week or key in now:
                each.told(now.get(key), stage.made)
        for key, slot in now.items():
            if key not in known:
                known[key] = _Known(slot, stage.made)
    found = (_event(each, upsets, owner, usual, detail) for each in known.values())
    return tuple(sorted(found, key=lambda each: (each.start, each.uid)))


def _event(known: _Known, upsets: Upsets, owner: str, usual: time, detail: bool) -> Event:
    slot = known.slot
    paused = any(each.start <= slot.date <= each.end for each in upsets.pauses)
    stopped = upsets.stopped and slot.date >= upsets.today
    off = paused or stopped or slot.key in upsets.skipped
    touched = sum(each.start <= known.latest for each in upsets.pauses)
    touched += upsets.stops + (slot.key in upsets.let_go)
    return Event(
        uid=f"{uuid5(SPACE, f'{owner}/{slot.key}')}@{DOMAIN}",
        start=datetime.combine(slot.date, time.fromisoformat(slot.time) if slot.time else usual),
        minutes=_minutes(slot.minutes),
        title=slot.title if detail else slot.plain,
        about=slot.about if detail else "",
        sequence=2 * (known.changes + touched) - off,
        changed=known.changed,
        cancelled=known.gone or off,
    )
