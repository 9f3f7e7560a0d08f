"""Oura: JSON of the account or of its interface, and the CSV files, in the names of every version.

The day is taken from the end of the night, for the versions disagree on what their own date means.
"""

from __future__ import annotations

from datetime import date
from typing import Any, BinaryIO

from coach.exchange.wearables import stamps, texts
from coach.exchange.wearables.gather import Gatherer

END = ("bedtime_end",)
ASLEEP = ("total_sleep_duration", "total")
"""Seconds asleep, without the time awake."""
PULSE = ("lowest_heart_rate", "hr_lowest", "lowest_resting_heart_rate")
STEPS = ("steps",)
DAY = ("day", "summary_date", "date")
_NAPS = ("nap", "late_nap", "rest")


def read_json(stream: BinaryIO, gatherer: Gatherer) -> None:
    """Read every list of nights and days in the document. Raises `ValueError` where there is none."""
    found = texts.document(stream)
    lists = found.values() if isinstance(found, dict) else [found]
    read = False
    for each in lists:
        rows = each.get("data") if isinstance(each, dict) else each
        if isinstance(rows, list) and any(isinstance(row, dict) for row in rows):
            read = True
            for number, row in enumerate(rows, start=1):
                _take(row, gatherer, f"entry {number}")
    if not read:
        raise ValueError("it holds no list of nights or days")


def read_csv(stream: BinaryIO, gatherer: Gatherer) -> None:
    """Read a CSV file. Raises `ValueError` without a column that is known."""
    head: list[str] = []
    for line, row in texts.rows(stream):
        if not head:
            head = [key(cell) for cell in row]
            if not any(name in head for name in (*END, *STEPS)):
                raise ValueError("it has neither a column “bedtime_end” nor “steps”")
        elif any(cell.strip() for cell in row):
            _take(dict(zip(head, row, strict=False)), gatherer, f"line {line}")


def key(name: str) -> str:
    """A column as the interface calls it: ``Bedtime End`` is ``bedtime_end``."""
    return "_".join(name.strip().lower().replace("-", " ").split())


def _take(row: Any, gatherer: Gatherer, place: str) -> None:
    gatherer.records += 1
    if not isinstance(row, dict):
        gatherer.bad(place, "it is no entry")
        return
    try:
        known = _night(row, gatherer)
        known = _steps(row, gatherer) or known
    except ValueError as error:
        gatherer.bad(place, str(error))
        return
    gatherer.other += not known


def _night(row: dict[str, Any], gatherer: Gatherer) -> bool:
    end_text = _first(row, END)
    if end_text is None:
        return False
    end = stamps.lenient(texts.words(end_text))
    source = gatherer.source()
    asleep = _first(row, ASLEEP)
    if asleep is None:
        return False
    seconds = texts.number(asleep)
    if seconds > 0:
        start_text = _first(row, ("bedtime_start",))
        start = (
            stamps.lenient(texts.words(start_text))[0] if start_text is not None else end[0] - int(seconds)
        )
        nap = str(row.get("type") or "").lower() in _NAPS
        gatherer.night(
            source, start, end[0], end[1], seconds / 3600, log=str(row.get("id") or ""), nap=nap or None
        )
    pulse = _first(row, PULSE)
    if pulse is not None and texts.number(pulse) > 0:
        day = stamps.local_day(end)
        if gatherer.wants(day):
            gatherer.daily("resting_heart", source, day, texts.number(pulse), stamps.text(end))
    return True


def _steps(row: dict[str, Any], gatherer: Gatherer) -> bool:
    count, day = _first(row, STEPS), _first(row, DAY)
    if count is None or day is None:
        return False
    when = date.fromisoformat(texts.words(day)[:10])
    if gatherer.wants(when):
        gatherer.daily("steps", gatherer.source(), when, texts.number(count), str(day))
    return True


def _first(row: dict[str, Any], names: tuple[str, ...]) -> Any:
    return next((row[name] for name in names if row.get(name) not in (None, "")), None)
