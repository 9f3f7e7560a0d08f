"""Text and JSON of files from outside: sizes and numbers checked before anything is made of them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from coach.exchange.wearables.limits import load_limits

CELLS = 20_000
"""Cells of one row that are looked at: Sleep as Android writes one for each few minutes of a night."""
CELL = 100_000
"""Characters of one cell."""


def whole(stream: BinaryIO) -> bytes:
    """All bytes of a small file. Raises `ValueError` for one above the limit."""
    most = int(load_limits()["json_bytes"])
    data = stream.read(most + 1)
    if len(data) > most:
        raise ValueError(f"it is larger than {most // 1024 // 1024} MB, the most that is read")
    return data


def document(stream: BinaryIO) -> Any:
    """A JSON document. Raises `ValueError` with a clause."""
    try:
        return json.loads(whole(stream).decode("utf-8-sig"), parse_constant=_refuse)
    except UnicodeDecodeError as error:
        raise ValueError(f"it is no UTF-8 text (byte {error.start})") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"it is no JSON: {error.msg} (line {error.lineno}, column {error.colno})") from None
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def _refuse(word: str) -> Any:
    raise ValueError(f"{word} is no number that can be kept")


def rows(
    stream: BinaryIO, delimiter: str = ",", encoding: str = "utf-8-sig"
) -> Iterator[tuple[int, list[str]]]:
    """Rows of a CSV file with the line they end on, streamed. Raises `ValueError` for what is none."""
    text = io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="")
    before = csv.field_size_limit(CELL)
    reader = csv.reader((line.replace("\0", "") for line in text), delimiter=delimiter)
    try:
        for row in reader:
            yield reader.line_num, row[:CELLS]
    except csv.Error as error:
        raise ValueError(f"line {reader.line_num} is no CSV ({error})") from None
    finally:
        csv.field_size_limit(before)
        text.detach()


def number(value: Any) -> float:
    """A number of a JSON value or a cell. Raises `ValueError` for what is none."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError(f"{_short(value)} is no number")
    try:
        found = float(value.replace(",", "").replace("\u00a0", "") if isinstance(value, str) else value)
    except (ValueError, OverflowError):
        raise ValueError(f"{_short(value)} is no number") from None
    if not -1e12 < found < 1e12:
        raise ValueError(f"{_short(value)} is no number that can be kept")
    return found


def words(value: Any) -> str:
    """A text of a JSON value. Raises `ValueError` for what is none."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{_short(value)} is no text")
    return value


def _short(value: Any) -> str:
    return f"“{str(value)[:40]}”"
