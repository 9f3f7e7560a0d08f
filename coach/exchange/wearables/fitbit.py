"""Sleep of Fitbit: the JSON logs of an export or of Google Takeout, and the CSV of the web page.

Times are local and have no offset. A log that was revised comes again under its ``logId``.
"""

from __future__ import annotations

from datetime import date
from typing import Any, BinaryIO

from coach.exchange.wearables import stamps, texts
from coach.exchange.wearables.gather import Gatherer

MEMBER = "sleep-"
"""How the JSON members of an export begin: ``sleep-2026-11-01.json``."""
HEADER = ("start time", "end time", "minutes asleep")


def read_json(stream: BinaryIO, gatherer: Gatherer, place: str = "") -> None:
    """Read logs of sleep, in an array or under ``sleep``. Raises `ValueError` for another document."""
    found = texts.document(stream)
    logs = found.get("sleep") if isinstance(found, dict) else found
    if not isinstance(logs, list):
        raise ValueError("it holds no list of sleep logs")
    source = gatherer.source()
    for number, log in enumerate(logs, start=1):
        gatherer.records += 1
        try:
            _log(log, gatherer, source)
        except ValueError as error:
            gatherer.bad(f"{place}log {number}", str(error))


def _log(log: Any, gatherer: Gatherer, source: str) -> None:
    if not isinstance(log, dict):
        raise ValueError("it is no log")
    end = stamps.iso(texts.words(log.get("endTime")))
    minutes = texts.number(log.get("minutesAsleep"))
    start = stamps.iso(texts.words(log.get("startTime")))
    main = log.get("mainSleep", log.get("isMainSleep"))
    gatherer.night(
        source, start[0], end[0], end[1], minutes / 60,
        log=str(log.get("logId") or ""), nap=not main if isinstance(main, bool) else None,
    )  # fmt: skip


def read_csv(stream: BinaryIO, gatherer: Gatherer) -> None:
    """Read the CSV of the web page. Raises `ValueError` without its header.

    The start is reckoned from the end, as the column of starts is known to be wrong at times.
    """
    source = gatherer.source()
    columns: dict[str, int] = {}
    for line, row in texts.rows(stream):
        names = [each.strip().lower() for each in row]
        if all(name in names for name in HEADER):
            columns = {name: place for place, name in enumerate(names)}
        elif columns and any(cell.strip() for cell in row):
            if len(row) < 3:
                columns = {}  # another part of the export begins
                continue
            gatherer.records += 1
            try:
                _row(row, columns, gatherer, source)
            except (ValueError, IndexError) as error:
                gatherer.bad(f"line {line}", str(error))
    if not columns and not gatherer.records:
        raise ValueError("it has no column “Minutes Asleep”")


def _row(row: list[str], columns: dict[str, int], gatherer: Gatherer, source: str) -> None:
    end = stamps.lenient(row[columns["end time"]])
    asleep = texts.number(row[columns["minutes asleep"]])
    awake = texts.number(row[columns["minutes awake"]]) if "minutes awake" in columns else 0.0
    gatherer.night(source, end[0] - round(60 * (asleep + awake)), end[0], end[1], asleep / 60)


def day_of(name: str) -> date | None:
    """The date in the name of a member, or null."""
    at = name.rfind(MEMBER)
    try:
        return date.fromisoformat(name[at + len(MEMBER) : at + len(MEMBER) + 10])
    except ValueError:
        return None
