"""Exports: the columns are those of the dictionary, every format says the same, hostile words stay words."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from export_case import HOSTILE, TODAY, golden, hostile, rows_of, text

from coach.coach import Coach
from coach.exchange import dictionary, formats
from coach.exchange.deidentify import Hider, Mask, span
from coach.exchange.dictionary import DAILY, MEASURES, TABLES, names
from coach.model.log import CheckIn
from coach.model.text import clean
from coach.problems import BadFile, BadValue, NeedsDoctor

TABLE_NAMES = tuple(TABLES)
BAD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture(scope="module")
def coach(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Coach:
    return hostile(demo_home, tmp_path_factory.mktemp("export") / "home")


@pytest.fixture(scope="module")
def calm(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Coach:
    home = tmp_path_factory.mktemp("calm") / "home"
    shutil.copytree(demo_home, home)
    return Coach.open(home, today=TODAY, at="2026-11-23T07:30:00+00:00")


def items(coach: Coach, what: str, **options: Any) -> list[dict[str, Any]]:
    return list(json.loads(text(coach, what, "json", **options))["items"])


# -- the dictionary and the code -------------------------------------------------------------------


@pytest.mark.parametrize("table", TABLE_NAMES)
def test_rows_have_the_columns_of_the_dictionary(coach: Coach, table: str) -> None:
    found = json.loads(text(coach, table, "json"))
    assert found["columns"] == list(names(table))
    assert found["items"]
    for row in found["items"]:
        assert tuple(row) == names(table)
        for column in TABLES[table]:
            fits(column, row[column.name])
        assert row["schema"] == f"{table}/1"
        assert row["subject"] == found["items"][0]["subject"]


def fits(column: dictionary.Column, value: Any) -> None:
    if value is None:
        assert column.kind in ("number", "integer", "value", "yes_no"), column.name
    elif column.kind == "date":
        date.fromisoformat(value)
    elif column.kind == "instant":
        assert value == "" or re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d", value)
    elif column.kind in ("number", "integer"):
        assert isinstance(value, int | float)
        assert not isinstance(value, bool)
        assert column.kind == "number" or value == int(value)
    elif column.kind == "yes_no":
        assert isinstance(value, bool)
    elif column.kind in ("code", "text"):
        assert isinstance(value, str)
    if column.kind == "code":
        assert "\n" not in value


def test_every_table_makes_the_keys_it_is_said_to_make(coach: Coach) -> None:
    from coach.exchange import rows

    history = coach.history()
    makers = {"journal": rows.journal, "sessions": rows.sessions, "sets": rows.sets}
    for table, maker in makers.items():
        assert ("subject", *next(maker(history))) == names(table)
    assert ("subject", *next(rows.wide(history))) == names("journal", wide=True)
    assert ("subject", *next(rows.plan(coach.weeks()[1]))) == names("plan")
    assert ("subject", *next(rows.decisions(coach.reviews()))) == names("decisions")


def test_every_measure_is_described_and_nothing_of_a_check_in_is_forgotten(coach: Coach) -> None:
    known = {each.name: each for each in MEASURES}
    for row in items(coach, "journal"):
        assert row["unit"] == known[row["measure"]].unit
        assert row["measure"] not in [each.name for each in MEASURES[:DAILY]] or (
            row["item"] == known[row["measure"]].item
        )
    elsewhere = {"date", "at", "source", "habits", "flags", "relief"}
    assert set(CheckIn.__struct_fields__) - elsewhere == {each.name for each in MEASURES[:DAILY]}


def test_the_dictionary_is_printed_whole(calm: Coach) -> None:
    told = json.loads("".join(calm.describe_export(None, "json")))["items"]
    assert [
        (each["table"], each["column"])
        for each in told
        if not each["measure"] and "wide" not in each["table"]
    ] == [(table, column.name) for table, columns in TABLES.items() for column in columns]
    assert [each["measure"] for each in told if each["measure"]] == [each.name for each in MEASURES]
    assert all(each["text"].endswith(".") for each in told)
    golden("dictionary.md", "".join(calm.describe_export(None, "md")))


# -- formats ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", formats.FORMATS)
@pytest.mark.parametrize("table", TABLE_NAMES)
def test_goldens(table: str, form: str) -> None:
    golden(f"{table}.{form}", "".join(formats.text(rows_of(table), names(table), table, form)))


def test_goldens_of_the_other_shapes() -> None:
    wide = formats.text(rows_of("journal", wide=True), names("journal", wide=True), "journal-wide", "csv")
    golden("journal-wide.csv", "".join(wide))
    safe = formats.text(rows_of("journal"), names("journal"), "journal", "csv", spreadsheet=True)
    golden("journal-spreadsheet.csv", "".join(safe))


@pytest.mark.parametrize("table", TABLE_NAMES)
def test_every_format_says_the_same(coach: Coach, table: str) -> None:
    wanted = items(coach, table)
    lines = [json.loads(line) for line in text(coach, table, "ndjson").splitlines()]
    assert lines == wanted
    cells = list(csv.DictReader(io.StringIO(text(coach, table), newline="")))
    assert [list(each) for each in cells] == [list(each) for each in wanted]
    assert [list(each.values()) for each in cells] == [
        [cell(one) for one in each.values()] for each in wanted
    ]
    assert text(coach, table, "md").count("\n") == len(wanted) + 2


def cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}" if isinstance(value, float) and value == int(value) else str(value)


@pytest.mark.parametrize("table", TABLE_NAMES)
def test_duckdb_reads_the_same_cells(coach: Coach, table: str, tmp_path: Path) -> None:
    file = tmp_path / f"{table}.csv"
    file.write_bytes(text(coach, table).encode())
    told = duckdb.sql(f"select * from read_csv('{file}', all_varchar = true, header = true)")
    wanted = list(csv.reader(io.StringIO(text(coach, table), newline="")))
    assert list(told.columns) == wanted[0]
    assert [[one or "" for one in row] for row in told.fetchall()] == wanted[1:]
    lines = tmp_path / f"{table}.ndjson"
    lines.write_bytes(text(coach, table, "ndjson").encode())
    assert duckdb.sql(f"select count(*) from '{lines}'").fetchall() == [(len(wanted) - 1,)]


def test_duckdb_types_the_dates_as_dates(coach: Coach, tmp_path: Path) -> None:
    file = tmp_path / "wide.csv"
    file.write_bytes(text(coach, "journal", wide=True).encode())
    told = duckdb.sql(f"select local_date, pain from '{file}'")
    assert [str(each) for each in told.types] == ["DATE", "BIGINT"]


def test_a_range_of_days_is_cut_out(calm: Coach) -> None:
    every = items(calm, "journal")
    some = items(calm, "journal", since=date(2026, 10, 5), until=date(2026, 10, 11))
    assert some == [each for each in every if "2026-10-05" <= each["local_date"] <= "2026-10-11"]
    assert 0 < len(some) < len(every)


def test_the_wide_journal_holds_what_the_long_one_holds(coach: Coach) -> None:
    wide = {each["local_date"]: each for each in items(coach, "journal", wide=True)}
    daily = {each.name for each in MEASURES[:DAILY]}
    for row in items(coach, "journal"):
        if row["measure"] in daily:
            assert wide[row["local_date"]][row["measure"]] == row["value"]
    assert sum(each["flare"] for each in wide.values()) < len(wide) / 2
    assert any(each["pause"] for each in wide.values()) == any(
        each.start <= date.fromisoformat(day) <= each.end for day in wide for each in coach.history().pauses
    )


# -- hostile words ---------------------------------------------------------------------------------


def test_nothing_a_terminal_obeys_leaves_in_any_format(coach: Coach) -> None:
    for table in TABLE_NAMES:
        for form in formats.FORMATS:
            assert BAD.search(text(coach, table, form)) is None, (table, form)
    assert BAD.search(text(coach, "all", "json")) is None


def test_hostile_words_stay_words(coach: Coach) -> None:
    told = [each["value"] for each in items(coach, "journal") if each["measure"] == "note"]
    assert set(told) >= {clean(each) for each in HOSTILE}
    rows = list(csv.DictReader(io.StringIO(text(coach, "journal"), newline="")))
    assert {clean(each) for each in HOSTILE} <= {each["value"] for each in rows}


def test_a_spreadsheet_gets_no_formula(coach: Coach) -> None:
    found = text(coach, "journal", spreadsheet=True)
    assert found.startswith("\ufeffsubject,")
    rows = list(csv.reader(io.StringIO(found.removeprefix("\ufeff"), newline="")))
    for row in rows:
        for one in row:
            assert re.match(r"[=+@＝＋－＠\t\r\n]|-(?!\d+(\.\d+)?$)", one) is None, one
    assert "'=HYPERLINK" in found
    assert re.sub(r'"[^"]*(?:""[^"]*)*"', "", found).replace("\r\n", "").count("\n") == 0
    assert "'=HYPERLINK" not in text(coach, "journal")


def test_markdown_shows_the_words_and_obeys_none(coach: Coach) -> None:
    for line in text(coach, "journal", "md").splitlines():
        bare = re.sub(r"\\.", "", line)
        assert bare.count("|") == len(names("journal")) + 1, line
        assert not set(bare) & set("<>`*[]"), line


# -- de-identified ---------------------------------------------------------------------------------


def test_what_tells_who_it_is_is_gone_and_the_rest_is_there(coach: Coach) -> None:
    told: list[str] = []
    plain = items(coach, "journal")
    hidden = items(coach, "journal", hide=True, report=told.append)
    assert len(hidden) == len(plain)
    for before, after in zip(plain, hidden, strict=True):
        moved = date.fromisoformat(after["local_date"]) - date.fromisoformat(before["local_date"])
        assert moved.days % 7 == 0
        assert moved.days < -180
        assert after["subject"] != before["subject"]
        assert after["recorded_at"] == ""
        private = before["measure"] in ("note", "pause_start", "pause_end", "skip", "flare_note")
        assert after["value"] == ("" if private else before["value"])
    assert len({(each["subject"]) for each in hidden}) == 1
    assert any(f"note ({sum(each['measure'] == 'note' for each in plain)})" in each for each in told)
    assert items(coach, "journal", hide=True) == hidden  # the same shift every time


def test_the_whole_shared_file_holds_no_word_of_the_person(coach: Coach) -> None:
    found = text(coach, "all", "json", hide=True)
    tables = json.loads(found)["tables"]
    assert set(tables) == set(TABLE_NAMES)
    for each in HOSTILE:
        assert json.dumps(clean(each), ensure_ascii=False)[1:-1] not in found
    assert tables["episodes"][0]["age"] == "40-49"
    days = {each["local_date"] for each in items(coach, "journal")}
    assert days
    assert not [day for day in days if day in found]
    with pytest.raises(BadFile):
        coach.import_(found.encode())


def test_a_mask_that_cannot_be_read_is_not_made_anew(calm: Coach) -> None:
    text(calm, "episodes", hide=True)
    file = Path(calm.home) / "deidentify.json"
    kept = file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0
    for broken in (b"", b"{}", b"[1]", b'{"subject": 1, "weeks": "x"}', b"[" * 3000):
        file.write_bytes(broken)
        with pytest.raises(NeedsDoctor):
            text(calm, "episodes", hide=True)
        assert file.read_bytes() == broken
    file.write_bytes(kept)


def test_wiping_a_home_takes_the_mask_along(demo_home: Path, tmp_path: Path) -> None:
    shutil.copytree(demo_home, tmp_path / "home")
    coach = Coach.open(tmp_path / "home", today=TODAY)
    before = items(coach, "episodes", hide=True)[0]["subject"]
    again = Coach.open(tmp_path / "home", today=TODAY)
    assert items(again, "episodes", hide=True)[0]["subject"] == before
    coach.wipe()
    assert not (tmp_path / "home" / "deidentify.json").exists()


def test_ages_become_spans() -> None:
    assert [span(each) for each in (18, 39.9, 40, 89, 90, 104)] == [
        "10-19",
        "30-39",
        "40-49",
        "80-89",
        "90+",
        "90+",
    ]
    hider = Hider(Mask(subject="x-1", weeks=-1))
    row = {
        "subject": "",
        "local_date": "2026-01-08",
        "source": "Anna's watch",
        "value": 3,
        "measure": "steps",
    }
    assert next(hider.rows(iter([row]), "journal"))["source"] == "device"


# -- what does not go together ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("what", "form", "options"),
    [
        ("journals", "csv", {}),
        ("journal", "xml", {}),
        ("all", "csv", {}),
        ("sets", "csv", {"wide": True}),
        ("journal", "json", {"spreadsheet": True}),
        ("all", "json", {"since": TODAY}),
    ],
)
def test_what_does_not_go_together_is_said(
    calm: Coach, what: str, form: str, options: dict[str, Any]
) -> None:
    with pytest.raises(BadValue):
        text(calm, what, form, **options)


# -- the full export -------------------------------------------------------------------------------


def test_several_episodes_come_back_byte_for_byte(coach: Coach, tmp_path: Path) -> None:
    """A care episode, the maintenance one that opens by itself, and a new assessment after it."""
    later = Coach.open(coach.home, today=date(2027, 1, 20), at="2027-01-20T08:00:00+01:00")
    later.check_in(pain=2, note=HOSTILE[6])
    from coach.demo import _script

    last = Coach.open(coach.home, today=date(2027, 2, 20), at="2027-02-20T08:00:00+01:00")
    last.assess(_script()["answers"], new=True)
    last.check_in(pain=1)
    found = text(last, "all", "json")
    assert len(json.loads(found)["episodes"]) >= 2
    other = Coach.open(tmp_path / "other", today=date(2027, 2, 20))
    assert other.import_(found.encode()).written
    assert text(other, "all", "json") == found
    for table in TABLE_NAMES:
        assert text(other, table) == text(last, table)
    folder = Path(coach.home) / "journal" / "episodes"
    for file in sorted(folder.glob("*.json")):
        again = Path(other.home) / "journal" / "episodes" / file.name
        assert documents(again) == documents(file)


def documents(file: Path) -> dict[str, Any]:
    found = json.loads(file.read_bytes())
    return {name: table for name, table in found.items() if name not in ("steps", "_seal") and table}


# -- the command -----------------------------------------------------------------------------------


def test_the_command_writes_whole_files_and_says_what_it_took(assessed: Any, tmp_path: Path) -> None:
    assessed("checkin", "4", "--note", "=1+1")
    file = tmp_path / "out.csv"
    done = assessed("export", "journal", "--for", "spreadsheet", "-o", str(file))
    assert (done.returncode, done.stdout) == (0, "")
    assert file.read_bytes().startswith(b"\xef\xbb\xbfsubject,")
    assert b"'=1+1" in file.read_bytes()
    done = assessed("export", "--deidentify", "--format", "ndjson")
    assert "note (1)" in done.stderr
    assert all(json.loads(line)["value"] != "=1+1" for line in done.stdout.splitlines())
    assert assessed("export", "all", "--since", "today").returncode == 2
    assert "me.json" in assessed("export", "-o", "json").stderr
    assert assessed("export", "--for", "excel").returncode == 2
    told = json.loads(assessed("export", "--describe", "--json").stdout)
    assert told["schema"] == "coach.export-dictionary/1"
    assert not [each for each in tmp_path.iterdir() if each.name.endswith(".part")]


def test_a_reader_that_goes_away_is_no_error(coach: Coach) -> None:
    code = "import os,sys; os.environ['PYTHONUNBUFFERED']='1'; from coach._boot import main; main()"
    first = subprocess.Popen(
        [sys.executable, "-c", code, "--home", coach.home, "--today", "2026-11-23", "export", "all"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=Path(__file__).parents[1],
    )  # fmt: skip
    assert first.stdout is not None
    assert first.stderr is not None
    assert first.stdout.read(1) == b"{"
    first.stdout.close()
    assert first.stderr.read() == b""
    assert first.wait(30) == 141
    first.stderr.close()


def test_dates_the_wrong_way_round_are_said_and_a_plan_may_begin_ahead(assessed: Any) -> None:
    done = assessed("export", "journal", "--since", "2026-11-20", "--until", "2026-11-10")
    assert (done.returncode, done.stdout) == (2, "")
    assert "comes after" in done.stderr
    assert assessed("export", "journal", "--since", "2026-12-24").returncode == 2
    ahead = assessed("export", "plan", "--since", "2026-12-24")
    dates = [row["local_date"] for row in csv.DictReader(ahead.stdout.splitlines())]
    assert dates
    assert min(dates) >= "2026-12-24"
