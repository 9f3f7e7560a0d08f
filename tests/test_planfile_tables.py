"""Plans as tables: CSV and XLSX read by the same reader as files, and what hostile ones get."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from msgspec.structs import replace
from planfile_cases import LIBRARY, plan_files

from coach.cases.planfiles import examine, fresh
from coach.exchange.sheets import MOST_COLUMNS, MOST_ROWS, BadTable, csv_rows, xlsx_rows
from coach.model.planfile import PlanFile
from coach.model.planlines import ExerciseLine
from coach.programs.planlang.reading import read_nodes
from coach.programs.planlang.tables import COLUMNS, rows_of, tree_of

HEAD = "schema,1\nid,mine\ntitle,Mine\nextends,balanced\ndays,2 to 3\nchoose,listed\n"
HEADER = "exercise,weeks,sets,reps,rest_s,tempo,load_start_kg,load_cap_kg,effort,pain,note\n"


def told(text: str, name: str = "mine.csv") -> list[str]:
    read = examine(text.encode(), name, LIBRARY)
    assert (read.file is None) == bool(read.lines)
    return list(read.lines)


def test_a_table_reads_as_the_file_of_the_same_plan() -> None:
    table = (
        HEAD + HEADER
        + "hng_4,,3,8 to 12,60 to 90,3 1 2,2.5,16,4 to 5,3,slow\n"
        + "hng_4,1 to 4,2,6,,,,,,,\n"
        + "hng_4,8,2,6,,,,,,,\n"
        + "bal_1,,3,20 to 40 s /side,,,,,,,\n"
    )  # fmt: skip
    file = """\
schema: 1
id: mine
title: Mine
extends: balanced
days: 2-3
choose: listed
exercises:
  - id: hng_4
    note: slow
    dose: 3 x 8-12, rest 60-90 s, tempo 3-1-2, load start 2.5 kg cap 16 kg, effort 4-5
    pain: 3
    by_week:
      weeks 1-4: 2 x 6
      week 8: 2 x 6
  - id: bal_1
    dose: 3 x 20-40 s /side
"""
    assert told(table) == []
    assert examine(table.encode(), "a.csv", LIBRARY).file == examine(file.encode(), "a.yaml", LIBRARY).file
    for other in (
        table.replace(",", ";"),
        table.replace(",", "\t"),
        "\ufeff" + table,
        table.replace("\n", "\r\n"),
    ):
        assert (
            examine(other.encode(), "a.csv", LIBRARY).file == examine(table.encode(), "a.csv", LIBRARY).file
        )


def test_commas_in_prose_do_not_make_a_table_of_commas() -> None:
    head = "id;mine\nschema;1\ntitle;Mine\nextends;balanced\npatient;a, b, c, d, e, f, g, h\n"
    table = head + "exercise;sets\nhng_4;3\n"
    read = examine(table.encode(), "a.csv", LIBRARY)
    assert read.file is not None
    assert read.file.patient == "a, b, c, d, e, f, g, h"


@pytest.mark.parametrize(
    ("row", "cell", "words"),
    [
        ("hng_4,,3,10 Aug,,,,,,,", "D8", "your spreadsheet turned 8-10 into a date (10 Aug)"),
        ("hng_4,,3,2026-08-10,,,,,,,", "D8", "your spreadsheet turned 8-10 into a date (10 Aug)"),
        ("hng_4,,3,10.08.2026,,,,,,,", "D8", "into a date (10.08.2026)"),
        ("hng_4,,3,8,,2002-03-01,,,,,", "F8", "into a date"),
        ("hng_99,,3,8,,,,,,,", "A8", "did you mean"),
        ("hng_4,,3,much,,,,,,,", "C8", "is no part of a dose"),
        ("hng_4,,3,8,soon,,,,,,", "E8", "given in seconds"),
        ("hng_4,,3,8,,,heavy,,,,", "G8", "a load reads"),
        ("hng_4,,3,8,,,,,,99,", "J8", "whole number from 0 to 10"),
        ("hng_4,1 to 4,3,8,,,,,,,", "A8", "no row without weeks before"),
        (",,3,8,,,,,,,", "A8", "has no exercise"),
        ("hng_4,,3,8,,,,,,,\nhng_4,,3,8,,,,,,,", "A9", "two rows without weeks"),
        ("hng_4,,3,8,,,,,,,\nhng_4,4 to 1,3,8,,,,,,,", "B9", "the smaller number first"),
        ("hng_4,,3,8,,,,,,,\x1b[31m", "K8", "control characters"),
        ("hng_4,,3,8,,,,,,,<script>", "K8", "markup (<script>)"),
    ],
)
def test_what_is_wrong_is_said_with_its_cell(row: str, cell: str, words: str) -> None:
    lines = told(HEAD + HEADER + row + "\n")
    assert any(f"mine.csv: cell {cell}: " in line and words in line for line in lines), lines


def test_columns_and_heads_are_known_by_name() -> None:
    assert "no row begins with exercise" in told("a,b\n1,2\n")[0]
    assert any(
        "cell D7: the column 'repz' is not known" in each
        for each in told(HEAD + "exercise,weeks,sets,repz\n")
    )
    assert any("cell A2: 'titel' above the header" in each for each in told("schema,1\ntitel,x\nexercise\n"))
    assert "CSV" in told(HEAD + 'exercise,note\nhng_4,"open')[0]
    assert "more than 500 rows" in told("a,b\n" * 600)[0]
    assert "larger than 64 kB" in told("a,b\n" * 20_000)[0]


FAST = (Phase.explicit, Phase.reuse, Phase.generate)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), phases=FAST)
@given(plan_files())
def test_what_a_table_can_say_it_gives_back(file: PlanFile) -> None:
    lines = tuple(replace(each, rise=None, ease=None, swaps=()) for each in file.exercises if _in_kg(each))
    simple = PlanFile(
        id=file.id, title=file.title, author=file.author, extends="balanced", days=file.days,
        minutes=file.minutes, choose=file.choose if lines else "engine", exercises=lines,
    )  # fmt: skip
    assert read_nodes(tree_of(rows_of(simple), "t.csv"), "t.csv", LIBRARY) == simple


def _in_kg(line: ExerciseLine) -> bool:
    doses = (line.dose, *(each.dose for each in line.by_week))
    plain = all(each.percent is None and (each.load is None or each.load.unit == "kg") for each in doses)
    return plain and all(not each.sides or each.reps or each.sets for each in doses)


def test_a_new_table_reads() -> None:
    made = fresh("balanced", "mine.csv", table=True)
    assert made.text.splitlines()[-1] == ",".join(COLUMNS)
    assert told(made.text) == []


SHEET = "xl/worksheets/sheet1.xml"


def workbook(cells: str, **parts: bytes) -> bytes:
    """A small XLSX file with some cells; style 1 is a date."""
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    rels = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    files = {
        "[Content_Types].xml": f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships {rels}><Relationship Id="r1" Type="{office}/officeDocument" '
        f'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {main} xmlns:r="{office}"><sheets>'
        f'<sheet name="Plan" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f"<Relationships {rels}>"
        f'<Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{office}/styles" Target="styles.xml"/>'
        f"</Relationships>",
        "xl/styles.xml": f'<styleSheet {main}><cellXfs count="2"><xf numFmtId="0"/>'
        f'<xf numFmtId="14"/></cellXfs></styleSheet>',
        SHEET: f"<worksheet {main}><sheetData>{cells}</sheetData></worksheet>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def sheet(rows: list[list[Any]]) -> str:
    """Cells of a sheet: texts, numbers, and a tuple (days since 1900,) for a date."""
    found = []
    for number, row in enumerate(rows, 1):
        cells = ""
        for place, value in enumerate(row):
            name = f"{chr(65 + place)}{number}"
            if isinstance(value, tuple):
                cells += f'<c r="{name}" s="1"><v>{value[0]}</v></c>'
            elif isinstance(value, str):
                cells += f'<c r="{name}" t="inlineStr"><is><t>{value}</t></is></c>'
            elif value is not None:
                cells += f'<c r="{name}"><v>{value}</v></c>'
        found.append(f'<row r="{number}">{cells}</row>')
    return "".join(found)


ROWS: list[list[Any]] = [
    ["schema", 1], ["id", "mine"], ["title", "Mine"], ["extends", "balanced"], ["choose", "listed"],
    ["exercise", "sets", "reps", "load_start_kg"],
]  # fmt: skip


def test_a_workbook_reads_with_whole_numbers_and_without_a_wrong_date() -> None:
    data = workbook(sheet([*ROWS, ["hng_4", 3, "8 to 12", 2.5]]))
    read = examine(data, "mine.xlsx", LIBRARY)
    assert read.lines == ()
    assert read.file is not None
    assert read.file.exercises[0].dose.reps == (8, 12)
    turned = examine(workbook(sheet([*ROWS, ["hng_4", 3, (46244,)]])), "mine.xlsx", LIBRARY)
    assert "cell C7: your spreadsheet turned 8-10 into a date (10 Aug)" in turned.lines[0]


def _stored(name: str, data: bytes, lie: int | None = None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    made = out.getvalue()
    if lie is not None:
        size = len(data).to_bytes(4, "little")
        made = made.replace(size, lie.to_bytes(4, "little"))
    return made


@cache
def noise() -> tuple[int, ...]:
    return tuple(random.Random(1).sample(range(10**9), 30_000))


BOMBS: dict[str, tuple[Callable[[], bytes], str]] = {
    "large": (lambda: _stored(SHEET, b"\0" * 200_000_000), "zip bomb refused: it would unpack to"),
    "dense": (lambda: _stored(SHEET, b" " * 4_000_000), "zip bomb refused: it would unpack to"),
    "lying": (lambda: _stored(SHEET, bytes(range(256)) * 4_000, lie=1000), "cannot be unpacked"),
    "many": (lambda: workbook("", **{f"x{n}": b"" for n in range(300)}), "zip bomb refused: the file holds"),
    "far": (
        lambda: workbook('<row r="1"><c r="XFD1048576"><v>1</v></c></row>'),
        "there is a cell XFD1048576",
    ),
    "far row": (lambda: workbook('<row r="1048576"><c><v>1</v></c></row>'), "there is a cell 1048576"),
    "farther row": (lambda: workbook('<row r="99999999"><c><v>1</v></c></row>'), "there is a cell 99999999"),
    "many cells": (
        lambda: workbook('<row r="1">' + "".join(f"<c><v>{n}</v></c>" for n in noise()) + "</row>"),
        "more than 20000 cells",
    ),
    "one text in all cells": (
        lambda: workbook(
            '<row r="1">' + '<c t="s"><v>0</v></c>' * 19_000 + "</row>",
            **{
                "xl/sharedStrings.xml": b"<sst><si><t>"
                + "".join(map(str, noise())).encode()
                + b"</t></si></sst>"
            },
        ),
        "more than 4000 characters",
    ),
    "another kind": (lambda: _stored("content.xml", b"<office/>"), "another kind of spreadsheet"),
    "a sheet that is no XML": (
        lambda: workbook("", **{"xl/_rels/a.rels": b'<R Target="worksheets/sheet1.dat"/>'}),
        "a sheet of it is no XML",
    ),
    "entities": (lambda: workbook('<!DOCTYPE a [<!ENTITY b "c">]>'), "declares entities"),
    "no zip": (lambda: b"PK\x03\x04" + b"x" * 100, "not an XLSX file"),
    "other zip": (lambda: _stored("a.txt", b"hello"), "not a workbook that can be read"),
    "empty": (lambda: b"", "not an XLSX file"),
}
"""Each workbook, made when it is asked for, and what is said of it."""


@pytest.mark.parametrize("name", sorted(BOMBS))
def test_hostile_workbooks_are_refused_by_name_before_they_open(name: str) -> None:
    make, words = BOMBS[name]
    data = make()
    with pytest.raises(BadTable) as caught:
        xlsx_rows(data)
    assert words in caught.value.message
    read = examine(data, "mine.xlsx", LIBRARY)
    assert words in read.problems[0].message


def test_tables_have_limits() -> None:
    with pytest.raises(BadTable, match="columns"):
        csv_rows("," * (MOST_COLUMNS + 1))
    with pytest.raises(BadTable, match="rows"):
        csv_rows("a\n" * (MOST_ROWS + 1))
    with pytest.raises(BadTable, match="characters"):
        csv_rows("a" * 5000)
