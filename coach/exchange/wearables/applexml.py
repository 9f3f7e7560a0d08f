"""The slower way through an Apple Health export: a real parser, for files of another shape."""

from __future__ import annotations

from typing import BinaryIO
from xml.parsers import expat

from coach.exchange.wearables.apple import PIECE, TYPES, Progress, Taker, named
from coach.exchange.wearables.gather import Gatherer

_CONTROLS = bytes(each for each in range(32) if each not in (9, 10, 13))


def parse(stream: BinaryIO, head: bytes, line: int, gatherer: Gatherer, progress: Progress) -> None:
    """Read from ``<HealthData`` on, which stands on that line.

    What comes before a fault is kept, and the fault is told. Control bytes, which no XML may hold and
    which stand in names of devices, are taken out. There is no type definition left, so no entity can be
    declared and nothing outside is ever opened.
    """
    taker = Taker(gatherer, escaped=False)
    parser = expat.ParserCreate("utf-8")

    def begin(name: str, fields: dict[str, str]) -> None:
        if name != "Record":
            return
        gatherer.records += 1
        kind = fields.get("type", "").encode()
        if kind not in TYPES:
            gatherer.other += 1
            return
        try:
            taker.take(kind, *named({name.encode(): value.encode() for name, value in fields.items()}))
        except ValueError as error:
            gatherer.bad(f"line {line - 1 + parser.CurrentLineNumber}", str(error))

    parser.StartElementHandler = begin
    seen, piece = 0, head
    try:
        while piece:
            parser.Parse(_clean(piece), False)
            seen += len(piece)
            progress(seen)
            piece = stream.read(PIECE)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        gatherer.notes.append(_torn(error, line - 1 + error.lineno))


def _clean(piece: bytes) -> bytes:
    return piece.translate(None, _CONTROLS)


def _torn(error: expat.ExpatError, line: int) -> str:
    if error.code in (3, 5, 13):  # no element, unclosed token, an element that is not closed
        return "The file ends before it is complete: what came before the end was read."
    what = expat.errors.messages.get(error.code, "a fault")
    return f"The file is damaged at line {line} ({what}): only what came before it was read."
