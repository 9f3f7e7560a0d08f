"""The saved mapping of a table: which column is what, in which unit, and how its dates are written."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Literal

import msgspec

from coach.exchange.wearables.stamps import Moment, moment
from coach.model.noun import Noun
from coach.model.text import one_line

SCHEMA = "coach.mapping/1"
LIMIT = 64 * 1024
ORDERS = ("year-month-day", "day-month-year", "month-day-year")
OPEN = "?"
"""Stands in a proposed file where only the person knows the answer."""
_DATE = re.compile(
    r"\s*(\d{1,4})[./ -]\s*(\d{1,2})[./ -]\s*(\d{1,4})"
    r"(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([AaPp]\.?[Mm]\.?)?)?"
    r"\s*(Z|[+-]\d{2}:?\d{2})?\s*"
)

Order = Literal["year-month-day", "day-month-year", "month-day-year", "?"]
Unit = Literal["h", "min", "s", "ms", "h:mm", "steps", "/min"]


class Column(Noun, frozen=True, kw_only=True):
    """One column that holds a measure."""

    column: str
    measure: Literal["sleep_hours", "in_bed_hours", "steps", "resting_heart"]
    unit: Unit


class Mapping(Noun, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How to read one sort of table."""

    source: str
    day: str
    """Column of the date, or of the moment from which the date is taken."""
    order: Order
    value: tuple[Column, ...]
    schema: str = SCHEMA
    delimiter: str = ","
    decimal: Literal[".", ","] = "."
    header: int = 1
    """Line of the file that holds the names of the columns."""
    sleep_day: Literal["wake", "evening", "?"] = "wake"
    """What the date of a night is: the day of waking, or the evening before."""
    start: str = ""
    end: str = ""
    """Columns of falling asleep and waking; the day of waking is taken from the latter."""
    id: str = ""
    """Column of the source's own id of a log of sleep."""


class BadMapping(ValueError):
    """A mapping that cannot be used; the message is a sentence."""


def read(text: str) -> Mapping:
    """Read a mapping file. Raises `BadMapping`, also where a question is left open."""
    import tomllib

    if len(text) > LIMIT:
        raise BadMapping(f"The mapping is longer than {LIMIT // 1024} kB.")
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise BadMapping(f"The mapping is no TOML: {one_line(str(error))}.") from None
    if table.get("schema") != SCHEMA:
        found = one_line(str(table.get("schema", "missing")), 40)
        raise BadMapping(f"The mapping has the schema {found}, expected {SCHEMA}.")
    try:
        mapping = msgspec.convert({"value": [], **table}, Mapping)
    except msgspec.ValidationError as error:
        raise BadMapping(f"The mapping does not fit: {one_line(str(error))}.") from None
    _check(mapping)
    return mapping


def _check(mapping: Mapping) -> None:
    if mapping.order == OPEN:
        raise BadMapping(
            f"The mapping leaves open how dates are written: set order to one of {', '.join(ORDERS)}."
        )
    sleep = any(each.measure in ("sleep_hours", "in_bed_hours") for each in mapping.value)
    if sleep and not mapping.end and mapping.sleep_day == OPEN:
        raise BadMapping(
            'The mapping leaves open which day a night belongs to: set sleep_day to "wake" or "evening".'
        )
    if not mapping.value:
        raise BadMapping("The mapping names no column with a value yet: write a [[value]] part for each.")
    if len(mapping.delimiter) != 1 or mapping.delimiter in '\r\n"':
        raise BadMapping("The delimiter must be one character.")
    if not 1 <= mapping.header <= 1000:
        raise BadMapping("The header must be on a line from 1 to 1000.")


def dated(text: str, order: str) -> tuple[date, Moment | None]:
    """The date of a cell, and the moment where it has a time. Raises `ValueError`."""
    found = _DATE.fullmatch(text)
    if found is None:
        raise ValueError(f"“{text[:40]}” is no date")
    places = {"year-month-day": (1, 2, 3), "day-month-year": (3, 2, 1), "month-day-year": (3, 1, 2)}[order]
    year, month, day = (found[place] for place in places)
    if len(year) not in (2, 4) or len(month) > 2 or len(day) > 2:
        raise ValueError(f"“{text[:40]}” is not written {order}")
    whole = int(year) + (2000 if len(year) == 2 else 0)
    try:
        when = date(whole, int(month), int(day))
    except ValueError:
        raise ValueError(f"“{text[:40]}” is no date written {order}") from None
    if found[4] is None:
        return when, None
    hour = int(found[4])
    if found[7]:
        if not 1 <= hour <= 12:
            raise ValueError(f"“{text[:40]}” is no time")
        hour = hour % 12 + (12 if found[7][0] in "pP" else 0)
    return when, _moment(when, hour, int(found[5]), int(found[6] or 0), found[8] or "", text)


def _moment(when: date, hour: int, minute: int, second: int, zone: str, text: str) -> Moment:
    try:
        local = datetime(when.year, when.month, when.day, hour, minute, second)  # noqa: DTZ001
        return moment(datetime.fromisoformat(f"{local.isoformat()}{zone.replace('Z', '+00:00')}"))
    except ValueError:
        raise ValueError(f"“{text[:40]}” is no time") from None


def quantity(text: str, unit: str, decimal: str) -> float:
    """The value of a cell, in hours, steps or beats a minute. Raises `ValueError`."""
    plain = text.strip().replace("\u00a0", "").replace("\u202f", "").replace("'", "")
    if unit == "h:mm":
        hours, colon, rest = plain.partition(":")
        parts = rest.split(":")
        if (
            not colon
            or not all(each.isascii() and each.isdigit() for each in (hours, *parts))
            or len(parts) > 2
        ):
            raise ValueError(f"“{text[:40]}” is no time like 7:30")
        return int(hours) + int(parts[0]) / 60 + (int(parts[1]) / 3600 if len(parts) == 2 else 0)
    plain = plain.replace("." if decimal == "," else ",", "").replace(decimal, ".")
    try:
        number = float(plain)
    except ValueError:
        raise ValueError(f"“{text[:40]}” is no number") from None
    if not -1e12 < number < 1e12:
        raise ValueError(f"“{text[:40]}” is no number that can be kept")
    return number / {"min": 60, "s": 3600, "ms": 3_600_000}.get(unit, 1)
