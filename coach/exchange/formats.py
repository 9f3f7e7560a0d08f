"""Rows as text: CSV, NDJSON, JSON or Markdown, line by line."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from coach.exchange.dictionary import names as columns_of

FORMATS = ("csv", "ndjson", "json", "md")
BATCH = 500
"""Rows that are turned into text at a time."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet take a text for a formula, full-width letters included."""
_MARKUP = re.compile(r"([\\`*\[\]<>|~])")


def text(
    rows: Iterable[dict[str, Any]],
    columns: tuple[str, ...],
    name: str,
    form: str,
    *,
    spreadsheet: bool = False,
) -> Iterator[str]:
    """The rows in a format of `FORMATS`, as chunks that end in a newline.

    ``spreadsheet`` is for CSV: a mark that says UTF-8, lines that end in CR LF, blanks for tabs, and a
    quote before every text that would be taken for a formula. Without it cells are as they are, for scripts.
    """
    if form == "csv":
        yield from _csv(rows, columns, spreadsheet=spreadsheet)
    elif form == "json":
        yield from _json(rows, columns, name)
    else:
        yield from {"ndjson": _ndjson, "md": _markdown}[form](rows, columns)


def tables(found: Callable[[str], Iterable[dict[str, Any]]], names: tuple[str, ...]) -> Iterator[str]:
    """Several tables as one JSON document, for sharing; it is no full export and is not imported."""
    yield dumps({"schema": "coach.export-tables/1", "tables": {}})[:-2]
    for number, name in enumerate(names):
        yield f"{', ' if number else ''}{dumps(name)}: ["
        for place, row in enumerate(found(name)):
            yield f"{', ' if place else ''}{dumps({column: row[column] for column in columns_of(name)})}"
        yield "]"
    yield "}}\n"


def dumps(value: Any) -> str:
    """JSON on one line, with every letter as it is, and no NaN."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _csv(rows: Iterable[dict[str, Any]], columns: tuple[str, ...], *, spreadsheet: bool) -> Iterator[str]:
    import csv
    import io

    cell = _safe if spreadsheet else _cell
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n" if spreadsheet else "\n")
    if spreadsheet:
        buffer.write("\ufeff")
    writer.writerow(columns)
    source = iter(rows)
    while batch := list(islice(source, BATCH)):
        writer.writerows([cell(row[column]) for column in columns] for row in batch)
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    if buffer.tell():
        yield buffer.getvalue()


def _cell(value: Any) -> Any:
    kind = type(value)
    if kind is str or kind is int:
        return value
    if value is None:
        return ""
    if kind is bool:
        return "true" if value else "false"
    return int(value) if kind is float and value.is_integer() else value


def _safe(value: Any) -> Any:
    found = _cell(value)
    if not isinstance(found, str):
        return found
    plain = found.replace("\t", " ")  # a spreadsheet may drop a tab within a cell
    return f"'{plain}" if found.lstrip(" ").startswith(_FORMULA) else plain


def _json(rows: Iterable[dict[str, Any]], columns: tuple[str, ...], name: str) -> Iterator[str]:
    """One document, written as it goes."""
    yield dumps({"schema": f"coach.export-{name}/1", "columns": list(columns), "items": []})[:-2]
    for number, row in enumerate(rows):
        yield f"{', ' if number else ''}{dumps({column: row[column] for column in columns})}"
    yield "]}\n"


def _ndjson(rows: Iterable[dict[str, Any]], columns: tuple[str, ...]) -> Iterator[str]:
    for row in rows:
        yield dumps({column: row[column] for column in columns}) + "\n"


def _markdown(rows: Iterable[dict[str, Any]], columns: tuple[str, ...]) -> Iterator[str]:
    yield f"| {' | '.join(columns)} |\n|{'---|' * len(columns)}\n"
    for row in rows:
        yield f"| {' | '.join(_plain(row[column]) for column in columns)} |\n"


def _plain(value: Any) -> str:
    """A cell of a Markdown table: one line, and no letter that is markup."""
    found = " ".join(str(_cell(value)).split("\n"))
    return _MARKUP.sub(r"\\\1", found.replace("&", "&amp;"))
