"""Tables from outside, CSV and XLSX, as rows of text; limits come before parsing."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import date, datetime, time
from typing import Any

MOST_ROWS = 500
MOST_COLUMNS = 40
MOST_CELL = 4000
MOST_MEMBERS = 200
MOST_UNPACKED = 4 * 1024 * 1024
MOST_RATIO = 200
_TARGET = re.compile(rb"Target\s*=\s*[\"']([^\"']*)[\"']", re.IGNORECASE)
_STRING = re.compile(rb"</(?:\w+:)?si\s*>")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_MARK = re.compile(rb"\sr\s*=\s*[\"']([^\"']*)[\"']")


class BadTable(ValueError):
    """A table cannot be read; row and column count from 1, zero where none is to blame."""

    def __init__(self, message: str, row: int = 0, column: int = 0) -> None:
        self.message = message
        self.row = row
        self.column = column
        super().__init__(message)


Rows = list[list[str]]


def csv_rows(text: str) -> Rows:
    """Rows of a CSV file. Raises `BadTable`.

    Between its cells are commas, semicolons or tabs: what follows the first word of the header, else what
    it has most of.
    """
    header = re.search(r'^"?exercise"?[ ]*([,;\t])', text, re.MULTILINE | re.IGNORECASE)
    delimiter = header[1] if header else max(",;\t", key=text[:20_000].count)
    found: Rows = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            found.append([cell.strip() for cell in row])
            _limits(found)
    except csv.Error as error:
        raise BadTable(f"this is not a CSV file: {error}", len(found) + 1) from None
    return found


def _limits(rows: Rows) -> None:
    if len(rows) > MOST_ROWS:
        raise BadTable(f"the table has more than {MOST_ROWS} rows", MOST_ROWS + 1)
    last = rows[-1]
    if len(last) > MOST_COLUMNS:
        raise BadTable(f"the table has more than {MOST_COLUMNS} columns", len(rows), MOST_COLUMNS + 1)
    for place, cell in enumerate(last, 1):
        if len(cell) > MOST_CELL:
            raise BadTable(f"the cell has more than {MOST_CELL} characters", len(rows), place)


def xlsx_rows(data: bytes) -> Rows:
    """Rows of the first sheet of an XLSX file. Raises `BadTable`; a zip bomb is refused before it opens."""
    _checked(data)
    try:
        from python_calamine import CalamineWorkbook
    except ImportError:
        raise BadTable(
            "reading XLSX needs one more package: pip install 'coach-backcare[xlsx]', "
            "or save the table as CSV"
        ) from None
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        cells = book.get_sheet_by_index(0).to_python(skip_empty_area=False, nrows=MOST_ROWS + 1)
    except Exception:  # the reader's own errors share no base but Exception
        raise BadTable("this is not a workbook that can be read; save it again as XLSX, or as CSV") from None
    found: Rows = []
    for row in cells:
        found.append([_cell(each) for each in row])
        _limits(found)
    return found


def _checked(data: bytes) -> None:
    """Refuse what would unpack to more than a table: by counts, sizes, ratio, and far-away cells."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > MOST_MEMBERS:
                count = len(members)
                raise BadTable(f"zip bomb refused: the file holds {count} parts, at most {MOST_MEMBERS}")
            total = sum(each.file_size for each in members)
            packed = sum(each.compress_size for each in members) + 1
            if total > MOST_UNPACKED or total / packed > MOST_RATIO:
                size = f"{total // 1024:,} kB from {len(data) // 1024:,} kB"
                most = f"at most {MOST_UNPACKED // 1024:,} kB and {MOST_RATIO} times as much"
                raise BadTable(f"zip bomb refused: it would unpack to {size}, {most}")
            for each in members:
                # Reads no more than the size that is stated, and fails where that was a lie.
                _near(archive.read(each), each.filename)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        if isinstance(error, BadTable):
            raise
        raise BadTable("this is not an XLSX file: its parts cannot be unpacked") from None


def _near(part: bytes, name: str) -> None:
    """Refuse a part that would take gigabytes as a grid: far cells, many cells, one text in all of them."""
    lowered = name.lower()
    if lowered in ("content.xml", "xl/workbook.bin"):
        raise BadTable("this is not an XLSX file but another kind of spreadsheet; save it as XLSX or CSV")
    if lowered.endswith(".rels"):
        for target in _TARGET.findall(part):
            if b"sheet" in target.lower() and not target.lower().endswith(b".xml"):
                raise BadTable("this is not an XLSX file of a spreadsheet: a sheet of it is no XML")
    if not lowered.endswith((".xml", ".rels")):
        return
    if b"\0" in part or b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise BadTable("this is not an XLSX file of a spreadsheet: it declares entities or another encoding")
    if b"sheetData" in part:
        _near_cells(part)
    if any(len(each) > 4 * MOST_CELL for each in _STRING.split(part)) and _STRING.search(part):
        raise BadTable(f"a cell has more than {MOST_CELL} characters")


def _near_cells(part: bytes) -> None:
    most = MOST_ROWS * MOST_COLUMNS
    if len(_CELL.findall(part)) > most:
        raise BadTable(f"there are more than {most} cells, expected a plan table")
    for mark in _MARK.findall(part):
        cell = re.fullmatch(rb"([A-Za-z]{0,3})([0-9]{1,7})", mark)
        column = 0
        for letter in cell[1].upper() if cell else b"":
            column = column * 26 + letter - 64
        if cell is None or int(cell[2]) > MOST_ROWS or column > MOST_COLUMNS:
            shown = re.sub(r"[^A-Za-z0-9]", "?", mark[:20].decode("ascii", "replace"))
            raise BadTable(
                f"there is a cell {shown}, expected at most {MOST_ROWS} rows and {MOST_COLUMNS} columns"
            )


def _cell(value: Any) -> str:
    """A typed cell as text: whole numbers without a point, dates as ISO."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:g}" if abs(value) < 1e6 else str(value)
    return str(value).strip()
