"""Rows as text: CSV, NDJSON, JSON or Markdown, line by line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

FORMATS = ("csv", "ndjson", "json", "md")


def text(rows: Iterable[dict[str, Any]], columns: tuple[str, ...], name: str, form: str) -> Iterator[str]:
    """The rows in a format of `FORMATS`, as chunks that end in a newline."""
    writers = {"csv": _csv, "ndjson": _ndjson, "md": _markdown}
    if form == "json":
        yield (
            dumps({"schema": f"coach.export-{name}/1", "columns": list(columns), "items": list(rows)}) + "\n"
        )
        return
    yield from writers[form](rows, columns)


def dumps(value: Any) -> str:
    """JSON on one line, with every letter as it is, and no NaN."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _csv(rows: Iterable[dict[str, Any]], columns: tuple[str, ...]) -> Iterator[str]:
    import csv
    import io

    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row[column]) for column in columns])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    if buffer.tell():
        yield buffer.getvalue()


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _ndjson(rows: Iterable[dict[str, Any]], columns: tuple[str, ...]) -> Iterator[str]:
    for row in rows:
        yield dumps({column: row[column] for column in columns}) + "\n"


def _markdown(rows: Iterable[dict[str, Any]], columns: tuple[str, ...]) -> Iterator[str]:
    yield f"| {' | '.join(columns)} |\n|{'---|' * len(columns)}\n"
    for row in rows:
        cells = (str(_cell(row[column])).replace("|", "\\|").replace("\n", " ") for column in columns)
        yield f"| {' | '.join(cells)} |\n"
