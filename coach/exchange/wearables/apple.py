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
from coach.exchange.wearables.stamps import EPOCH, offset_text

PIECE = 1 << 20
"""Bytes read at a time."""
LONGEST = 1 << 20
"""A record longer than this is no record of Apple's."""
NAMES = 1000
"""Names of devices that are remembered."""
START = b"<HealthData"
STEPS, HEART, SLEEP = (
    b"HKQuantityTypeIdentifierStepCount",
    b"HKQuantityTypeIdentifierRestingHeartRate",
    b"HKCategoryTypeIdentifierSleepAnalysis",
)
TYPES = (STEPS, HEART, SLEEP)
_TAG = re.compile(rb'<Record type="(' + b"|".join(TYPES) + rb')"([^<]*)')
_USUAL = re.compile(
    rb' sourceName="([^"]*)".* startDate="([^"]*)" endDate="([^"]*)" value="([^"]*)"(?: */)?>\s*'
)
"""The order in which Apple writes attributes; a record in any other order is read one by one."""
_ANY = re.compile(rb"<Record\b")
_REGULAR = re.compile(rb'<Record type="[^"<>]*"(?: [A-Za-z]+="[^"<]*")*\s*/?>')
_ATTRIBUTE = re.compile(rb'([A-Za-z]+)="([^"]*)"')
NEEDED = (b"startDate", b"endDate", b"value")
"""Attributes that a record must have."""
_DATE = re.compile(rb"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{4}")
_ASLEEP = b"HKCategoryValueSleepAnalysisAsleep"
_BED = b"HKCategoryValueSleepAnalysisInBed"
_AWAKE = b"HKCategoryValueSleepAnalysisAwake"

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
    taker, records, seen, ended = Taker(gatherer, escaped=True), 0, 0, False
    for piece in _pieces(stream, head):
        found = 0
        for match in _TAG.finditer(piece):
            found += 1
            kind, raw = match.groups()
            try:
                usual = _USUAL.fullmatch(raw)
                if usual is not None:
                    taker.take(kind, *usual.groups())
                else:
                    taker.take(kind, *named(dict(_ATTRIBUTE.findall(raw))))
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


def named(fields: dict[bytes, bytes]) -> tuple[bytes, ...]:
    """Source, start, end and value by their names. Raises `ValueError` where one is missing."""
    missing = next((name for name in NEEDED if name not in fields), None)
    if missing is not None:
        raise ValueError(f"no {missing.decode()}")
    return (fields.get(b"sourceName", b""), *(fields[name] for name in NEEDED))


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


class Taker:
    """Takes one record after the other; both ways of reading use it.

    What is seen again and again - names, days, times of day, offsets - is looked at once. ``escaped`` says
    that names still hold the entities of XML.
    """

    def __init__(self, gatherer: Gatherer, *, escaped: bool) -> None:
        self._to, self._escaped = gatherer, escaped
        self._sources: dict[bytes, str] = {}
        self._days: dict[bytes, date] = {}
        self._clocks: dict[bytes, int] = {}
        self._zones: dict[bytes, int] = {}

    def take(self, kind: bytes, source: bytes, start: bytes, end: bytes, value: bytes) -> None:
        """Take a record. Raises `ValueError` with a clause for one that cannot be read."""
        if kind == SLEEP:
            self._sleep(source, start, end, value)
            return
        day = self._days.get(start[:10]) or self._day(start)
        if not self._to.wants(day):
            return
        number = _number(value)
        second = self._second(start)
        if kind == STEPS:
            length = self._second(end) - second
            if end[:10] != start[:10] or end[-5:] != start[-5:]:
                length = self._instant(end) - self._instant(start)
            self._to.steps(self._source(source), day, second, length, number)
        else:
            at = f"{start[:10].decode()}T{start[11:19].decode()}{offset_text(self._zone(start))}"
            self._to.daily("resting_heart", self._source(source), day, round(number, 1), at)

    def _sleep(self, source: bytes, start: bytes, end: bytes, value: bytes) -> None:
        if value == _AWAKE:
            return
        if value != _BED and not value.startswith(_ASLEEP):
            raise ValueError(f"“{_shown(value)}” is no stage of sleep that is known")
        self._to.stretch(
            self._source(source), self._instant(start), self._instant(end), self._zone(end), bed=value == _BED
        )

    def _source(self, raw: bytes) -> str:
        found = self._sources.get(raw)
        if found is None:
            name = raw.decode("utf-8", "replace")
            found = self._to.source(unescape(name) if self._escaped else name)
            if len(self._sources) < NAMES:
                self._sources[raw] = found
        return found

    def _instant(self, text: bytes) -> int:
        day = self._days.get(text[:10]) or self._day(text)
        instant = (day.toordinal() - EPOCH) * 86_400 + self._second(text) - self._zone(text) * 60
        if instant < 0:
            raise ValueError("it is dated before 1970")
        return instant

    def _day(self, text: bytes) -> date:
        if _DATE.fullmatch(text) is None:
            raise ValueError(f"“{_shown(text)}” is no date like 2026-11-23 07:30:00 +0100")
        found = self._days[text[:10]] = date.fromisoformat(text[:10].decode())
        return found

    def _second(self, text: bytes) -> int:
        """Second of the local day."""
        found = self._clocks.get(text[10:20])
        if found is None:
            self._day(text)
            hour, minute, second = int(text[11:13]), int(text[14:16]), int(text[17:19])
            if hour > 23 or minute > 59 or second > 60:
                raise ValueError(f"“{_shown(text)}” is no time of day")
            found = self._clocks[text[10:20]] = hour * 3600 + minute * 60 + min(second, 59)
        return found

    def _zone(self, text: bytes) -> int:
        """Offset from UTC in minutes."""
        found = self._zones.get(text[20:])
        if found is None:
            self._day(text)
            found = int(text[20:21] + b"1") * (int(text[21:23]) * 60 + int(text[23:25]))
            if abs(found) > 14 * 60:
                raise ValueError(f"“{_shown(text[20:])}” is no offset from UTC")
            self._zones[text[20:]] = found
        return found


def _shown(raw: bytes) -> str:
    return raw[:40].decode("utf-8", "replace")


def _number(raw: bytes) -> float:
    """A number. Raises `ValueError` for what is none, infinity and NaN among it."""
    try:
        number = float(raw)
    except ValueError:
        raise ValueError(f"“{_shown(raw)}” is no number") from None
    if not -1e9 < number < 1e9:
        raise ValueError(f"“{_shown(raw)}” is no number that can be kept")
    return number
