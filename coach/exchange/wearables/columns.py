"""Any table with a saved mapping of its columns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import BinaryIO

from coach.exchange.wearables import stamps, texts
from coach.exchange.wearables.gather import Gatherer
from coach.exchange.wearables.mapping import BadMapping, Column, Mapping, dated, quantity
from coach.model.text import one_line

SLEEP = ("sleep_hours", "in_bed_hours")


def read(stream: BinaryIO, gatherer: Gatherer, mapping: Mapping) -> None:
    """Read a table. Raises `BadMapping` where a column that the mapping names is missing."""
    rows = texts.rows(stream, mapping.delimiter)
    places = _places(rows, mapping)
    source = gatherer.source(mapping.source)
    for line, row in rows:
        if not any(cell.strip() for cell in row):
            continue
        gatherer.records += 1
        cells = {name: row[place].strip() if place < len(row) else "" for name, place in places.items()}
        wrong: list[tuple[str, str]] = []
        for column in mapping.value:
            try:
                if cells[column.column]:
                    _take(column, cells, mapping, gatherer, source)
            except ValueError as error:
                wrong.append((f", {one_line(column.column, 40)}", str(error)))
        if not any(cells[column.column] for column in mapping.value):
            wrong += _undated(cells, mapping)
        if wrong:  # one row is one problem, whatever number of its cells has one
            more = f", and {len(wrong) - 1} more" if len(wrong) > 1 else ""
            gatherer.bad(f"line {line}{wrong[0][0]}", f"{wrong[0][1]}{more}")


def _undated(cells: dict[str, str], mapping: Mapping) -> list[tuple[str, str]]:
    """What is wrong with a row without a value: nothing where it has its date."""
    if mapping.end and cells[mapping.end]:
        return []
    try:
        dated(cells[mapping.day], mapping.order)
    except ValueError as error:
        return [("", str(error))]
    return []


def _places(rows: Iterator[tuple[int, list[str]]], mapping: Mapping) -> dict[str, int]:
    """Where the columns stand that the mapping names."""
    wanted = {mapping.day, *(each.column for each in mapping.value)}
    wanted |= {each for each in (mapping.start, mapping.end, mapping.id) if each}
    for line, row in rows:
        if line < mapping.header:
            continue
        names = [" ".join(cell.split()) for cell in row]
        missing = sorted(wanted - set(names))
        if missing:
            there = one_line(", ".join(names), 200)
            raise BadMapping(f"The table has no column “{one_line(missing[0], 60)}”; it has: {there}.")
        return {name: names.index(name) for name in wanted}
    raise BadMapping(f"The table has no line {mapping.header} with the names of its columns.")


def _take(column: Column, cells: dict[str, str], mapping: Mapping, gatherer: Gatherer, source: str) -> None:
    value = quantity(cells[column.column], column.unit, mapping.decimal)
    if column.measure == "sleep_hours" and mapping.end and cells[mapping.end]:
        _night(value, cells, mapping, gatherer, source)
        return
    day, at = dated(cells[mapping.day], mapping.order)
    if column.measure in SLEEP and mapping.sleep_day == "evening":
        day += timedelta(days=1)
    if column.measure in SLEEP and not value:
        return
    if gatherer.wants(day):
        when = stamps.text(at) if at is not None else ""
        gatherer.daily(column.measure, source, day, round(value, 2), when)


def _night(hours: float, cells: dict[str, str], mapping: Mapping, gatherer: Gatherer, source: str) -> None:
    _, end = dated(cells[mapping.end], mapping.order)
    if end is None:
        raise ValueError(f"“{cells[mapping.end][:40]}” has no time of day")
    start = end[0] - round(hours * 3600)
    if mapping.start and cells[mapping.start]:
        _, begun = dated(cells[mapping.start], mapping.order)
        start = begun[0] if begun is not None else start
    name = cells.get(mapping.id, "") if mapping.id else ""
    gatherer.night(source, start, end[0], end[1], hours, log=name)
