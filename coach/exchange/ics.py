"""A calendar file (RFC 5545): floating local times, lines folded at 75 octets, every text escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from msgspec.structs import replace

from coach.model.noun import Noun
from coach.model.text import clean

PRODUCT = "-//coach//back care//EN"
_OCTETS = 75


class Event(Noun, frozen=True, kw_only=True):
    """Something at a time of the person's own day, wherever they are then."""

    uid: str
    start: datetime
    """Without a time zone."""
    minutes: int
    title: str
    about: str = ""
    sequence: int = 0
    """Grows with every change, so that a calendar takes the newer one."""
    changed: date
    """Day of the last change; the stamp is made of it, so that the same state gives the same bytes."""
    cancelled: bool = False
    alarm_minutes: int | None = 10


def detailed(found: Iterable[Event], whole: Iterable[Event]) -> tuple[Event, ...]:
    """The same events with the titles and texts of those in ``whole`` that are the same."""
    texts = {each.uid: each for each in whole}
    return tuple(
        replace(each, title=texts[each.uid].title, about=texts[each.uid].about) if each.uid in texts else each
        for each in found
    )


def calendar(events: Iterable[Event], name: str) -> Iterator[str]:
    """The file, line by line, each ending in CR LF."""
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH")
    for line in (*head, f"X-WR-CALNAME:{_text(name)}"):
        yield _folded(line)
    for each in events:
        for line in _event(each):
            yield _folded(line)
    yield _folded("END:VCALENDAR")


def _event(each: Event) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(each.uid)}"
    yield f"DTSTAMP:{each.changed:%Y%m%d}T000000Z"
    yield f"SEQUENCE:{each.sequence}"
    yield f"STATUS:{'CANCELLED' if each.cancelled else 'CONFIRMED'}"
    yield f"DTSTART:{each.start:%Y%m%dT%H%M%S}"
    yield f"DURATION:PT{each.minutes}M"
    yield f"SUMMARY:{_text(each.title)}"
    if each.about:
        yield f"DESCRIPTION:{_text(each.about)}"
    yield "CLASS:PRIVATE"
    if each.alarm_minutes is not None and not each.cancelled:
        yield "BEGIN:VALARM"
        yield "ACTION:DISPLAY"
        yield f"DESCRIPTION:{_text(each.title)}"
        yield f"TRIGGER:-PT{each.alarm_minutes}M"
        yield "END:VALARM"
    yield "END:VEVENT"


def _text(value: str) -> str:
    """A text whose commas, semicolons, backslashes and line ends are only text."""
    plain = clean(value)
    for letter in ("\\", ";", ","):
        plain = plain.replace(letter, f"\\{letter}")
    return plain.replace("\n", "\\n").replace("\t", " ")


def _folded(line: str) -> str:
    """One line as pieces of at most 75 octets, never cut within a letter."""
    pieces, room = [""], _OCTETS
    for letter in line:
        size = len(letter.encode())
        if size > room:
            pieces.append("")
            room = _OCTETS - 1  # the blank that goes on with a line is one of them
        pieces[-1] += letter
        room -= size
    return "\r\n ".join(pieces) + "\r\n"
