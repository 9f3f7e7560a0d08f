"""A real spreadsheet opens the CSV made for one: the same cells, and not one formula."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest
from export_case import hostile, text

from coach.coach import Coach
from coach.exchange.dictionary import TABLES

pytestmark = pytest.mark.long

SPACES = {
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
}
IMPORT = "CSV:44,34,76,1,,0,false,false"
"""Comma, double quote, UTF-8, from line 1, no guessing of dates: the cells as they are."""


@pytest.fixture(scope="module")
def coach(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Coach:
    return hostile(demo_home, tmp_path_factory.mktemp("calc") / "home")


def opened(content: str, folder: Path) -> ElementTree.Element:
    """The sheet that LibreOffice makes of a CSV, as flat XML."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    file = folder / "sheet.csv"
    file.write_bytes(content.encode())
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        [office, "--headless", profile, f"--infilter={IMPORT}", "--convert-to", "fods",
         "--outdir", str(folder), str(file)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return ElementTree.parse(folder / "sheet.fods").getroot()


def cells(root: ElementTree.Element) -> list[list[str]]:
    """The texts of all cells, rows and cells that are told once for many told apart."""
    name = {key: f"{{{value}}}" for key, value in SPACES.items()}
    found = []
    for row in root.iter(f"{name['table']}table-row"):
        line: list[str] = []
        for one in row.findall("table:table-cell", SPACES):
            said = "\n".join(shown(each, name["text"]) for each in one.findall("text:p", SPACES))
            line += [said] * int(one.get(f"{name['table']}number-columns-repeated", 1))
        while line and not line[-1]:
            line.pop()
        found += [line] * min(10, int(row.get(f"{name['table']}number-rows-repeated", 1)))
    while found and not found[-1]:
        found.pop()
    return found


def shown(paragraph: ElementTree.Element, name: str) -> str:
    """The text of a paragraph, with the blanks and tabs that the format writes as elements."""
    said = paragraph.text or ""
    for each in paragraph:
        if each.tag == f"{name}s":
            said += " " * int(each.get(f"{name}c", 1))
        elif each.tag == f"{name}tab":
            said += "\t"
        else:
            said += shown(each, name)
        said += each.tail or ""
    return said


@pytest.mark.parametrize("table", [*TABLES, "wide"])
def test_the_cells_are_the_same_and_none_is_a_formula(coach: Coach, table: str, tmp_path: Path) -> None:
    what, wide = ("journal", True) if table == "wide" else (table, False)
    content = text(coach, what, spreadsheet=True, wide=wide)
    root = opened(content, tmp_path)
    assert not [each for each in root.iter() if f"{{{SPACES['table']}}}formula" in each.attrib]
    wanted = []
    for row in csv.reader(io.StringIO(content.removeprefix("\ufeff"), newline="")):
        while row and not row[-1]:
            row.pop()
        wanted.append(row)
    assert cells(root) == wanted


def test_the_plain_one_would_have_had_formulas(coach: Coach, tmp_path: Path) -> None:
    root = opened(text(coach, "journal"), tmp_path)
    assert [each for each in root.iter() if f"{{{SPACES['table']}}}formula" in each.attrib]
