"""Sleep as Android: a CSV in which every night has its own header, in two or three lines.

The instant comes from the id (milliseconds) and the length from ``Hours``; the local times serve for the
offset alone, for around the change of the clocks they cannot be told apart.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import BinaryIO

from coach.exchange.wearables import stamps, texts
from coach.exchange.wearables.gather import Gatherer

MEMBER = "sleep-export.csv"
_STYLE = "%d. %m. %Y %H:%M"
_QUARTER = 15 * 60


def read(stream: BinaryIO, gatherer: Gatherer) -> None:
    """Read the nights. Raises `ValueError` without a header that is known."""
    source = gatherer.source()
    head: list[str] = []
    for line, row in texts.rows(stream):
        if row and row[0].strip() == "Id":
            head = [each.strip() for each in row]
        elif head and row and row[0].strip():
            gatherer.records += 1
            try:
                _night(dict(zip(head, row, strict=False)), gatherer, source)
            except (ValueError, OverflowError) as error:
                gatherer.bad(f"line {line}", str(error))
    if not head:
        raise ValueError("it has no header that begins with Id")


def _night(row: dict[str, str], gatherer: Gatherer, source: str) -> None:
    name = row.get("Id", "").strip()
    if not name.isascii() or not name.isdigit():
        raise ValueError(f"“{name[:40]}” is no id")
    start = int(name[:16]) // 1000
    hours = texts.number(row.get("Hours", ""))
    adjust = row.get("LenAdjust", "-1.0").strip()
    asleep = hours + (texts.number(adjust) / 60 if adjust not in ("", "-1.0") else 0)
    local = datetime.strptime(" ".join(row.get("From", "").split()), _STYLE)  # noqa: DTZ007
    away = stamps.moment(local)[0] - start // 60 * 60
    offset = round(away / _QUARTER) * _QUARTER // 60
    if abs(offset) > 14 * 60:
        raise ValueError(f"“{row['From'][:40]}” is not the time of its id")
    end = start + round(timedelta(hours=hours).total_seconds())
    gatherer.night(source, start, end, _end_offset(row, end, offset), asleep, log=name)


def _end_offset(row: dict[str, str], end: int, offset: int) -> int:
    """The offset at the end: the clocks may have changed in the night."""
    try:
        local = datetime.strptime(" ".join(row.get("To", "").split()), _STYLE)  # noqa: DTZ007
    except ValueError:
        return offset
    found = round((stamps.moment(local)[0] - end // 60 * 60) / _QUARTER) * _QUARTER // 60
    return found if abs(found - offset) <= 60 else offset
