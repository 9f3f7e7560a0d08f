"""A mapping proposed for a table: what can be told from it is filled in, what cannot is left open."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from msgspec.structs import replace

from coach.exchange.wearables.mapping import ORDERS, SCHEMA, Column, Mapping, Unit, dated
from coach.model.noun import Noun
from coach.model.text import one_line

_MARKS = (",", ";", "\t", "|")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")
_LOOKED = 200
"""Rows that are looked at."""
_MOST = 0.8
"""Share of the cells of a column that are dates where it is a column of dates: rows may be broken."""
_NAMED = 8
"""Columns that are named where none will do."""


class Proposal(Noun, frozen=True, kw_only=True):
    """A mapping with its open questions, and the rows it was made from."""

    mapping: Mapping
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    orders: tuple[str, ...] = ()
    """Orders of day, month and year that fit every date; more than one where it cannot be told."""


class NoTable(ValueError):
    """A file that is no table with a date; the message is a sentence."""


def propose(text: str, source: str) -> Proposal:
    """Look at the beginning of a table. Raises `NoTable`."""
    import csv
    import io

    lines = [line for line in text.replace("\0", "").splitlines()[:_LOOKED] if line.strip()]
    if len(lines) < 2:
        raise NoTable("The file has fewer than two lines.")
    mark = max(_MARKS, key=lambda each: _even(lines, each))
    try:
        rows = [
            [cell.strip() for cell in row]
            for row in csv.reader(io.StringIO("\n".join(lines)), delimiter=mark)
        ]
    except csv.Error as error:
        raise NoTable(f"The file is no table ({error}).") from None
    head = next((number for number, row in enumerate(rows) if len(row) > 1), None)
    if head is None:
        raise NoTable("The file has only one column.")
    names = tuple(one_line(" ".join(cell.split()), 60) for cell in rows[head])
    body = tuple(
        tuple(one_line(cell, 60) for cell in row) for row in rows[head + 1 :] if len(row) == len(names)
    )
    if not body:
        raise NoTable("No row of the file has as many cells as its header.")
    return _mapped(names, body, mark, head + 1, source)


def _even(lines: Sequence[str], mark: str) -> tuple[int, int]:
    """How many lines have as many marks as most have, and how many marks that is."""
    counts = [line.count(mark) for line in lines]
    usual = max(set(counts), key=counts.count)
    return (counts.count(usual) if usual else 0), usual


def _mapped(
    names: tuple[str, ...], body: tuple[tuple[str, ...], ...], mark: str, header: int, source: str
) -> Proposal:
    fits = {name: _orders([row[place] for row in body]) for place, name in enumerate(names) if name}
    dates = [name for name, orders in fits.items() if orders]
    if not dates:
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        raise NoTable(f"No column of the file holds dates; it has: {', '.join(names[:_NAMED])}{more}.")
    end = next((each for each in dates if _has(each, "end", "wake", "woke", "stop", "to")), "")
    start = next((each for each in dates if _has(each, "start", "begin", "bed", "from") and each != end), "")
    day = next((each for each in dates if each not in (start, end)), end or dates[0])
    value = tuple(
        found
        for place, name in enumerate(names)
        if name and name not in dates and (found := _column(name, [row[place] for row in body])) is not None
    )
    known = [each.column for each in value] or [each for each in names if each and each not in dates]
    cells = [row[names.index(each)] for each in known for row in body]
    steps = [row[names.index(each.column)] for each in value if each.measure == "steps" for row in body]
    orders = tuple(each for each in ORDERS if all(each in fits[name] for name in {day, start, end} - {""}))
    sleeps = any(each.measure == "sleep_hours" for each in value)
    mapping = Mapping(
        source=source, day=day, order=orders[0] if len(orders) == 1 else "?",  # type: ignore[arg-type]
        value=value, delimiter=mark, decimal="," if _decimal_comma(cells, steps, mark) else ".",
        header=header, sleep_day="?" if sleeps and not end else "wake", start=start, end=end,
    )  # fmt: skip
    return Proposal(mapping=mapping, columns=names, rows=body[:8], orders=orders)


def _has(name: str, *words: str) -> bool:
    plain = name.lower().replace("_", " ").split()
    return any(word in plain for word in words)


def _orders(cells: Sequence[str]) -> tuple[str, ...]:
    """The orders in which most cells are dates; a year that comes first leaves no doubt."""
    told = [cell for cell in cells if cell]
    counts = {order: sum(_fits(cell, order) for cell in told) for order in ORDERS}
    best = max(counts.values())
    return tuple(order for order in ORDERS if counts[order] == best and best >= max(1, _MOST * len(told)))


def _fits(cell: str, order: str) -> bool:
    try:
        day, _ = dated(cell, order)
    except ValueError:
        return False
    return 1990 <= day.year <= 2100 and (order != ORDERS[0] or cell.lstrip()[:4].isdigit())


def _column(name: str, cells: Sequence[str]) -> Column | None:
    plain = name.lower().replace("_", " ")
    if "step" in plain:
        return Column(column=name, measure="steps", unit="steps")
    if ("resting" in plain and ("heart" in plain or "pulse" in plain or "hr" in plain)) or plain in ("rhr",):
        return Column(column=name, measure="resting_heart", unit="/min")
    if any(word in plain for word in ("asleep", "sleep", "slept")) and not any(
        word in plain for word in ("score", "deep", "light", "rem", "quality", "efficiency", "latency")
    ):
        return Column(column=name, measure="sleep_hours", unit=_unit(plain, cells))
    return None


def _unit(name: str, cells: Sequence[str]) -> Unit:
    if any(":" in cell for cell in cells):
        return "h:mm"
    words: tuple[tuple[str, Unit], ...] = (
        ("minute", "min"), ("(min", "min"), ("second", "s"), ("(s)", "s"), ("ms", "ms"),
    )  # fmt: skip
    for word, unit in words:
        if word in name:
            return unit
    told = sorted(float(cell) for cell in cells if cell.replace(".", "", 1).isdigit())
    middle = told[len(told) // 2] if told else 0.0
    return "h" if middle <= 24 else "min" if middle <= 1440 else "s"


def _decimal_comma(cells: Sequence[str], steps: Sequence[str], mark: str) -> bool:
    """Whether numbers have a decimal comma: where there is one, or where points stand before thousands."""
    comma = any(cell.count(",") == 1 and "." not in cell for cell in cells)
    return mark != "," and (comma or any(_THOUSANDS.fullmatch(cell) for cell in steps))


def answered(proposal: Proposal, order: str = "", sleep_day: str = "") -> Mapping:
    """The mapping with what the person answered."""
    found = proposal.mapping
    found = replace(found, order=order) if order else found
    return replace(found, sleep_day=sleep_day) if sleep_day else found


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def toml(mapping: Mapping, orders: Sequence[str] = ()) -> str:
    """The mapping as a file that explains itself; strings of JSON are strings of TOML."""
    lines = [
        "# How coach reads this table. Check it, answer every “?”, then: coach import FILE --map THIS",
        f"schema = {_quoted(SCHEMA)}",
        f"source = {_quoted(mapping.source)}",
        f"delimiter = {_quoted(mapping.delimiter)}",
        f"decimal = {_quoted(mapping.decimal)}",
        f"header = {mapping.header}",
        "# Column of the date, and how dates are written: year-month-day, day-month-year or month-day-year.",
        f"day = {_quoted(mapping.day)}",
        f"order = {_quoted(mapping.order)}"
        + (f"  # fits: {' or '.join(orders)}" if mapping.order == "?" else ""),
        "# Whether the date of a night is the day of waking (wake) or the evening before (evening).",
        f"sleep_day = {_quoted(mapping.sleep_day)}",
        "# Columns of falling asleep and waking, and of an id of the night; empty where there are none.",
        f"start = {_quoted(mapping.start)}",
        f"end = {_quoted(mapping.end)}",
        f"id = {_quoted(mapping.id)}",
        "# Measures: sleep_hours, in_bed_hours, steps, resting_heart.",
        "# Units: h, min, s, ms, h:mm, steps, /min.",
    ]
    for each in mapping.value:
        lines += [
            "[[value]]", f"column = {_quoted(each.column)}", f"measure = {_quoted(each.measure)}",
            f"unit = {_quoted(each.unit)}",
        ]  # fmt: skip
    if not mapping.value:
        lines += ["# [[value]]", '# column = "NAME"', '# measure = "steps"', '# unit = "steps"']
    return "\n".join(lines) + "\n"
