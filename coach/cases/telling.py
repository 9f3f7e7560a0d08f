"""What the calendar file told last, so that a calendar program takes what the next one says.

The versions of the plan give most SEQUENCE numbers, on every machine the same. They cannot see what is taken
back or set outside them: an undo, a pause that is dropped, another time of the reminder. So what was told is
kept beside the journal; without that file the numbers of the plan stand alone.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import TYPE_CHECKING

import msgspec

from coach.model.noun import Noun

if TYPE_CHECKING:
    from coach.desk import Desk
    from coach.exchange.ics import Event

FILE = "calendar.json"
LIMIT = 4 * 1024 * 1024


class Told(Noun, frozen=True, kw_only=True):
    """One event as it was told last; of its texts only whether they are still the same."""

    uid: str
    start: datetime
    minutes: int
    title: str
    sequence: int
    changed: date
    cancelled: bool
    sum: int
    """Checksum of all that a calendar shows of it, details too."""


class Memory(Noun, frozen=True, kw_only=True):
    """The file."""

    schema: str = "coach.calendar-told/1"
    episode: str = ""
    events: tuple[Told, ...] = ()


def told(desk: Desk, episode: str, plain: Sequence[Event], whole: Sequence[Event]) -> tuple[Event, ...]:
    """The events with a larger SEQUENCE where they differ from what was told, and that is kept.

    ``plain`` is what is told now, without the titles that details give, ``whole`` the same events with
    details. An event that was told and is gone without a trace is cancelled.
    """
    from msgspec.structs import replace

    from coach.exchange.ics import Event

    memory = _read(desk)
    before = {each.uid: each for each in memory.events} if memory.episode == episode else {}
    found: list[Event] = []
    kept: list[Told] = []
    for event, full in zip(plain, whole, strict=True):
        old, now = before.pop(event.uid, None), _sum(full)
        if old is not None:
            same = old.sum == now
            event = replace(
                event,
                sequence=max(event.sequence, old.sequence + (not same)),
                changed=max(event.changed, old.changed if same else desk.today),
            )
        found.append(event)
        kept.append(_told(event, now))
    for old in before.values():
        event = Event(
            uid=old.uid, start=old.start, minutes=old.minutes, title=old.title, cancelled=True,
            sequence=old.sequence + (not old.cancelled),
            changed=old.changed if old.cancelled else desk.today,
        )  # fmt: skip
        found.append(event)
        kept.append(_told(event, 0))
    made = Memory(episode=episode, events=tuple(kept))
    if made != memory:
        _write(desk, made)
    return tuple(sorted(found, key=lambda each: (each.start, each.uid)))


def _sum(event: Event) -> int:
    from zlib import crc32

    shown = (event.start, event.minutes, event.title, event.about, event.alarm_minutes, event.cancelled)
    return crc32(msgspec.json.encode(shown))


def _told(event: Event, total: int) -> Told:
    return Told(
        uid=event.uid, start=event.start, minutes=event.minutes, title=event.title, sequence=event.sequence,
        changed=event.changed, cancelled=event.cancelled, sum=total,
    )  # fmt: skip


def _read(desk: Desk) -> Memory:
    """What was kept; a file that is missing or damaged is as none."""
    try:
        with open(os.path.join(desk.home, FILE), "rb") as file:
            return msgspec.json.decode(file.read(LIMIT), type=Memory)
    except (OSError, ValueError, RecursionError, msgspec.MsgspecError):
        return Memory()


def _write(desk: Desk, memory: Memory) -> None:
    """Keep it; a home that cannot be written still gives its calendar."""
    from coach.journal.errors import JournalError
    from coach.journal.store import write_file

    with suppress(JournalError):
        write_file(os.path.join(desk.home, FILE), msgspec.json.encode(memory))
