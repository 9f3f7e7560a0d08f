"""Gadgetbridge: an SQLite file with tables of its own for each make of device.

Tables are known by their columns, not by their names. Samples hold UTC instants and no offset: the
person's own zone is given by whoever opens the file.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

from coach.exchange.wearables import stamps
from coach.exchange.wearables.gather import Gatherer

Zone = Callable[[int], int]
"""Gives the offset from UTC in minutes at an instant."""
_NAME = re.compile(r"[A-Z0-9_]{1,80}")
_SAMPLE, _SLEEP, _RESTING = "_ACTIVITY_SAMPLE", "_SLEEP_TIME_SAMPLE", "_HEART_RATE_RESTING_SAMPLE"
MISSING = (-1, 255)
"""What stands for a heart rate that was not measured; a count of steps of -1 is missing, too."""


def read(connection: sqlite3.Connection, gatherer: Gatherer, zone: Zone) -> None:
    """Read steps, sleep and resting heart rate of every device. Raises `ValueError` for another file."""
    try:
        tables = _tables(connection)
        known = [name for name in tables if name.endswith((_SAMPLE, _SLEEP, _RESTING))]
        if not known:
            raise ValueError("it holds no samples of a device, so it is no export of Gadgetbridge")
        devices = _devices(connection, tables)
        for name in sorted(known):
            reader = _steps if name.endswith(_SAMPLE) else _sleep if name.endswith(_SLEEP) else _resting
            reader(connection, name, tables[name], devices, gatherer, zone)
    except sqlite3.DatabaseError as error:
        raise ValueError(f"SQLite says: {error}") from None


def _tables(connection: sqlite3.Connection) -> dict[str, set[str]]:
    """Real tables with plain names, and their columns; a view could hold any query."""
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    found = {}
    for (name,) in names:
        if isinstance(name, str) and _NAME.fullmatch(name):
            rows = connection.execute(f'PRAGMA table_info("{name}")').fetchall()
            found[name] = {str(row[1]) for row in rows}
    return found


def _devices(connection: sqlite3.Connection, tables: dict[str, set[str]]) -> dict[int, str]:
    if not {"_id", "NAME"} <= tables.get("DEVICE", set()):
        return {}
    column = "ALIAS" if "ALIAS" in tables["DEVICE"] else "NAME"
    rows = connection.execute(f"SELECT _id, COALESCE({column}, NAME), NAME FROM DEVICE LIMIT 1000")
    return {key: str(alias or name or "") for key, alias, name in rows if isinstance(key, int)}


def _rows(connection: sqlite3.Connection, table: str, columns: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
    # every name was matched against _NAME or is our own
    yield from connection.execute(f'SELECT {", ".join(columns)} FROM "{table}" ORDER BY 1')


def _steps(
    connection: sqlite3.Connection, table: str, columns: set[str], devices: dict[int, str],
    gatherer: Gatherer, zone: Zone,
) -> None:  # fmt: skip
    if not {"TIMESTAMP", "DEVICE_ID", "STEPS"} <= columns:
        return
    for place, (at, device, count) in enumerate(
        _rows(connection, table, ("TIMESTAMP", "DEVICE_ID", "STEPS")), start=1
    ):
        gatherer.records += 1
        try:
            when = _moment(at, zone, 1)
            if not isinstance(count, int):
                raise ValueError(f"“{str(count)[:40]}” is no count of steps")
            if count > 0:
                day = stamps.local_day(when)
                if gatherer.wants(day):
                    second = stamps.local_seconds(when) % stamps.DAY_S
                    gatherer.steps(_source(gatherer, devices, device), day, second, 60, count)
        except ValueError as error:
            gatherer.bad(f"{table}, row {place}", str(error))


def _sleep(
    connection: sqlite3.Connection, table: str, columns: set[str], devices: dict[int, str],
    gatherer: Gatherer, zone: Zone,
) -> None:  # fmt: skip
    if not {"TIMESTAMP", "DEVICE_ID", "WAKEUP_TIME", "TOTAL_DURATION"} <= columns:
        return
    awake = "AWAKE_DURATION" if "AWAKE_DURATION" in columns else "NULL"
    wanted = ("TIMESTAMP", "DEVICE_ID", "WAKEUP_TIME", "TOTAL_DURATION", awake)
    for place, (at, device, woke, total, up) in enumerate(_rows(connection, table, wanted), start=1):
        gatherer.records += 1
        try:
            start, end = _moment(at, zone, 1000), _moment(woke, zone, 1000)
            whole = (end[0] - start[0]) / 60
            asleep = total if isinstance(total, int) and total > 0 else whole
            if isinstance(up, int) and 0 < up < asleep and asleep >= whole - 1:
                asleep -= up  # the total of these makes is the time from falling asleep to waking
            gatherer.night(
                _source(gatherer, devices, device), start[0], end[0], end[1], asleep / 60, log=f"{table}/{at}"
            )
        except ValueError as error:
            gatherer.bad(f"{table}, row {place}", str(error))


def _resting(
    connection: sqlite3.Connection, table: str, columns: set[str], devices: dict[int, str],
    gatherer: Gatherer, zone: Zone,
) -> None:  # fmt: skip
    if not {"TIMESTAMP", "DEVICE_ID", "HEART_RATE"} <= columns:
        return
    for place, (at, device, rate) in enumerate(
        _rows(connection, table, ("TIMESTAMP", "DEVICE_ID", "HEART_RATE")), start=1
    ):
        gatherer.records += 1
        if rate in MISSING or rate == 0:
            continue
        try:
            when = _moment(at, zone, 1000)
            if not isinstance(rate, int):
                raise ValueError(f"“{str(rate)[:40]}” is no heart rate")
            day = stamps.local_day(when)
            if gatherer.wants(day):
                gatherer.daily(
                    "resting_heart", _source(gatherer, devices, device), day, float(rate), stamps.text(when)
                )
        except ValueError as error:
            gatherer.bad(f"{table}, row {place}", str(error))


def _moment(value: Any, zone: Zone, scale: int) -> stamps.Moment:
    if not isinstance(value, int) or not 0 < value // scale < 1 << 32:
        raise ValueError(f"“{str(value)[:40]}” is no time")
    seconds = value // scale
    return seconds, zone(seconds)


def _source(gatherer: Gatherer, devices: dict[int, str], device: Any) -> str:
    name = devices.get(device, "") if isinstance(device, int) else ""
    return gatherer.source(name or f"device {str(device)[:20]}")
