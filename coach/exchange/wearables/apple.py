"""Apple Health exports: gigabytes of XML, read as they come, from a file or straight from a zip.

The fast path looks for the few record types that are used with one regular expression over large
pieces of text, and touches nothing else: five times the speed of a parser. Where the file does not
have the shape that Apple writes, a real parser takes over (`coach.exchange.wearables.applexml`).
Both start at ``<HealthData``, for the type definition before it is malformed since iOS 16.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from html import unescape
from typing import BinaryIO

from coach.exchange.wearables.gather import Gatherer
from coach.exchange.wearables.stamps import EPOCH

PIECE = 1 << 20
"""Bytes read at a time."""
LONGEST = 1 << 20
"""A record longer than this is no record of Apple's."""
START = b"<HealthData"
STEPS, HEART, SLEEP = (
    "HKQuantityTypeIdentifierStepCount",
    "HKQuantityTypeIdentifierRestingHeartRate",
    "HKCategoryTypeIdentifierSleepAnalysis",
)
TYPES = (STEPS, HEART, SLEEP)
_TAG = re.compile(rb'<Record type="(' + b"|".join(each.encode() for each in TYPES) + rb')"([^<]*)')
_USUAL = re.compile(
    rb' sourceName="([^"]*)".* startDate="([^"]*)" endDate="([^"]*)" value="([^"]*)"(?: */)?>\s*'
)
"""The order in which Apple writes attributes; a record in any other order is read one by one."""
_ANY = re.compile(rb"<Record\b")
_REGULAR = re.compile(rb'<Record type="[^"<>]*"(?: [A-Za-z]+="[^"<]*")*\s*/?>')
_ATTRIBUTE = re.compile(rb'([A-Za-z]+)="([^"]*)"')
_NAMES = ("sourceName", "startDate", "endDate", "value")
_DATE = re.compile(r"(\d{4}-\d\d-\d\d) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)")
_ASLEEP = "HKCategoryValueSleepAnalysisAsleep"
_BED = "HKCategoryValueSleepAnalysisInBed"
_AWAKE = "HKCategoryValueSleepAnalysisAwake"

Progress = Callable[[int], None]
"""Told after each piece how many bytes of the unpacked text were read."""


def read(stream: BinaryIO, gatherer: Gatherer, progress: Progress = lambda _: None) -> None:
    """Read a whole export. Raises `ValueError` for text that is none."""
    head, line = _head(stream)
    if _is_regular(head):
        _fast(stream, head, line, gatherer, progress)
        return
    from coach.exchange.wearables.applexml import parse

    parse(stream, head, line, gatherer, progress)


def _head(stream: BinaryIO) -> tuple[bytes, int]:
    """The first piece from ``<HealthData`` on, and the line on which that stands."""
    seen = b""
    while START not in seen:
        more = stream.read(PIECE)
        if not more or len(seen) > 4 * PIECE:
            raise ValueError("it has no <HealthData>, so it is no export of Apple Health")
        seen += more
    at = seen.index(START)
    return seen[at:], 1 + seen.count(10, 0, at)


def _is_regular(head: bytes) -> bool:
    """Whether every record of the first piece has the shape that the fast path knows."""
    whole = head[: head.rfind(b"<")]
    return len(_ANY.findall(whole)) == len(_REGULAR.findall(whole))


def _fast(stream: BinaryIO, head: bytes, line: int, gatherer: Gatherer, progress: Progress) -> None:
    taker, records, seen, ended = Taker(gatherer), 0, 0, False
    for piece in _pieces(stream, head):
        found = 0
        for match in _TAG.finditer(piece):
            found += 1
            try:
                taker.take(match[1].decode(), _fields(match[2]))
            except ValueError as error:
                gatherer.bad(f"line {line + piece.count(10, 0, match.start())}", str(error))
        total = piece.count(b"<Record ")
        records += total
        gatherer.other += total - found
        line += piece.count(10)
        ended = ended or b"</HealthData>" in piece
        seen += len(piece)
        progress(seen)
    gatherer.records += records
    if not ended:
        gatherer.notes.append("The file ends before it is complete: what came before the end was read.")


def _fields(raw: bytes) -> dict[str, str]:
    usual = _USUAL.fullmatch(raw)
    if usual is not None:
        return dict(zip(_NAMES, map(_text, usual.groups()), strict=True))
    return {name.decode(): _text(value) for name, value in _ATTRIBUTE.findall(raw)}


def _pieces(stream: BinaryIO, head: bytes) -> Iterator[bytes]:
    """The text in pieces that end with a tag."""
    rest = head
    while True:
        cut = (rest.rfind(b">\n") + 1) or (rest.rfind(b">") + 1)
        if cut == 0 and len(rest) > LONGEST:
            rest = b""
        yield rest[:cut]
        more = stream.read(PIECE)
        if not more:
            return
        rest = rest[cut:] + more


def _text(raw: bytes) -> str:
    found = raw.decode("utf-8", "replace")
    return unescape(found) if "&" in found else found


class Taker:
    """Takes one record after the other; both ways of reading use it."""

    def __init__(self, gatherer: Gatherer) -> None:
        self._to = gatherer
        self._days: dict[str, date] = {}
        self._seconds: dict[str, int] = {}

    def take(self, kind: str, fields: dict[str, str]) -> None:
        """Take a record by its attributes. Raises `ValueError` with a clause for one that cannot be read."""
        missing = next((name for name in ("startDate", "endDate", "value") if name not in fields), "")
        if missing:
            raise ValueError(f"no {missing}")
        source = self._to.source(fields.get("sourceName", ""))
        start, end, value = fields["startDate"], fields["endDate"], fields["value"]
        if kind == SLEEP:
            if value == _AWAKE:
                return
            if value != _BED and not value.startswith(_ASLEEP):
                raise ValueError(f"“{value[:60]}” is no stage of sleep that is known")
            first, _ = self._instant(start)
            last, offset = self._instant(end)
            self._to.stretch(source, first, last, offset, bed=value == _BED)
            return
        day, second = self._local(start)
        if not self._to.wants(day):
            return
        number = _number(value)
        if kind == STEPS:
            length = self._instant(end)[0] - self._instant(start)[0] if start != end else 0
            self._to.steps(source, day, second, length, number)
        else:
            self._to.daily("resting_heart", source, day, round(number, 1), _iso(start))

    def _local(self, text: str) -> tuple[date, int]:
        """Local day and second of the day."""
        found = _DATE.fullmatch(text)
        if found is None:
            raise ValueError(f"“{text[:40]}” is no date like 2026-11-23 07:30:00 +0100")
        return self._day(found[1]), int(found[2]) * 3600 + int(found[3]) * 60 + int(found[4])

    def _instant(self, text: str) -> tuple[int, int]:
        day, second = self._local(text)
        minutes = self._seconds.get(zone := text[-5:])
        if minutes is None:
            minutes = self._seconds[zone] = int(f"{zone[0]}1") * (int(zone[1:3]) * 60 + int(zone[3:]))
            if abs(minutes) > 14 * 60:
                del self._seconds[zone]
                raise ValueError(f"“{zone}” is no offset from UTC")
        instant = (day.toordinal() - EPOCH) * 86_400 + second - minutes * 60
        if instant < 0:
            raise ValueError("it is dated before 1970")
        return instant, minutes

    def _day(self, text: str) -> date:
        found = self._days.get(text)
        if found is None:
            found = self._days[text] = date.fromisoformat(text)
        return found


def _number(text: str) -> float:
    """A number. Raises `ValueError` for what is none, infinity and NaN among it."""
    try:
        number = float(text)
    except ValueError:
        raise ValueError(f"“{text[:40]}” is no number") from None
    if not -1e9 < number < 1e9:
        raise ValueError(f"“{text[:40]}” is no number that can be kept")
    return number


def _iso(text: str) -> str:
    """``2026-11-23 07:30:00 +0100`` as ISO text."""
    return f"{text[:10]}T{text[11:19]}{text[-5:-2]}:{text[-2:]}"
