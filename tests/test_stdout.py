"""Standard output carries nothing but data: what each command prints goes whole into its parser."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import html5lib
import icalendar
import pytest
from export_case import HOSTILE

from coach.actions import ACTIONS
from coach.cli.app import main
from coach.exchange.dictionary import TABLES

WORDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "checkin": (("4", "--sleep", "7", "--note", HOSTILE[7]), ("4", "--flag", "ms_saddle"), ("11",)),
    "log": (("--done", "all", "--rpe", "4", "--before", "3", "--pain", "3", "--form", "good"), ("hng_9",)),
    "habit": ((), ("breathing",)),
    "flare": (("start", "--note", HOSTILE[5]), ("end",)),
    "pause": (("--from", "2026-11-25", "--to", "2026-11-26", "--reason", HOSTILE[0]),),
    "skip": (("--reason", HOSTILE[6]),),
    "plan": (("show",), ("why", "hng"), ("history",), ("diff", "v1", "v2"), ("replay",)),
    "progress": ((), ("--measures",), ("--chart", "pain")),
    "library": ((), ("hng_1",), ("check",)),
    "review": (("--dry-run",), ()),
    "status": ((), ("--fields",)),
    "export": (*((table,) for table in (*TABLES, "all")), ("--describe",), ("--deidentify",)),
    "learn": ((), ("1",)),
    "hooks": ((), ("on",)),
    "doctor": ((),),
    "undo": ((), ("--list",)),
    "test": ((),),
    "swap": (("hng_1",),),
}
"""What each command is called with; one that is not here is called without a word."""
CALLS = [(action.name, words) for action in ACTIONS for words in WORDS.get(action.name, ((),))]

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(
    demo_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Call:
    """Run a command in a copy of the demo, in this process and without a terminal."""
    shutil.copytree(demo_home, tmp_path / "home")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"")))

    def run(*words: str) -> tuple[int, str, str]:
        code = main(["--home", str(tmp_path / "home"), "--today", "2026-11-24", *words])
        found = capsys.readouterr()
        return code, found.out, found.err

    return run


@pytest.mark.parametrize(("name", "words"), CALLS, ids=str)
def test_json_is_one_document_or_nothing(call: Call, name: str, words: tuple[str, ...]) -> None:
    code, out, err = call("--json", name, *words)
    assert code != 1, err
    if code in (0, 3, 6) and out:
        document = json.loads(out)
        assert document["schema"].startswith("coach.")
        assert out.endswith("\n")
    else:
        assert out == ""
        assert json.loads(err.splitlines()[-1])["error"]["exit"] == code
    assert "\x1b" not in out


def test_exports_go_whole_into_their_parsers(call: Call) -> None:
    call("checkin", "4", "--note", HOSTILE[6])
    for table, columns in TABLES.items():
        rows = list(csv.reader(io.StringIO(call("export", table)[1], newline="")))
        assert {len(row) for row in rows} == {len(columns)}
        for line in call("export", table, "--format", "ndjson")[1].splitlines():
            assert len(json.loads(line)) == len(columns)
        lines = call("export", table, "--format", "md")[1].splitlines()
        assert all(line.startswith("|") and line.endswith("|") for line in lines)


def test_pages_and_calendars_go_whole_into_their_parsers(call: Call) -> None:
    for words in (("report",), ("report", "--for", "clinician"), ("report", "--handout")):
        html5lib.HTMLParser(strict=True).parse(call(*words)[1])
    assert icalendar.Calendar.from_ical(call("remind", "ics")[1]).walk("VEVENT")
    for line in call("remind", "cron")[1].splitlines():
        assert line.startswith("#") or len(line.split(" ", 5)) == 6


def test_a_quiet_cron_job_says_nothing_at_all(call: Call) -> None:
    for words in (("checkin", "4"), ("export", "all", "-o", "all.json"), ("report", "-o", "me.html")):
        assert call(*words) == (0, "", "")
