"""Every recipe of docs/scripting.md does what it says, in a shell of its own."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from coach.status import BARS, TEXTS

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "scripting.md").read_text(encoding="utf-8")
BLOCKS = {name: (kind, text) for kind, name, text in re.findall(r"```(\w+) (\w+)\n(.*?)```", PAGE, re.DOTALL)}
Shell = Callable[..., str]


@pytest.fixture
def folder(demo_home: Path, tmp_path: Path) -> Path:
    """A working folder with the home in it, and a `coach` to call."""
    shutil.copytree(demo_home, tmp_path / "home")
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "coach"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m coach._boot "$@"\n')
    program.chmod(0o755)
    python = tmp_path / "bin" / "python3"
    python.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    python.chmod(0o755)
    return tmp_path


@pytest.fixture
def shell(folder: Path) -> Shell:
    env = {
        "PATH": f"{folder / 'bin'}:/usr/local/bin:/usr/bin:/bin", "HOME": str(folder), "LANG": "C.UTF-8",
        "COACH_HOME": str(folder / "home"), "COACH_TODAY": "2026-11-23", "PYTHONPATH": str(ROOT),
    }  # fmt: skip

    def run(text: str, program: str = "sh", *, talks: bool = False) -> str:
        command = [program, "-c", text]
        done = subprocess.run(
            command, cwd=folder, env=env, capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, done.stderr
        assert talks or done.stderr == ""
        return done.stdout

    return run


def block(name: str, kind: str = "sh") -> str:
    assert BLOCKS[name][0] == kind
    return BLOCKS[name][1]


def needs(program: str) -> None:
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")


def test_backup(shell: Shell, folder: Path) -> None:
    command = block("backup", "cron").strip().split(" ", 5)[5].replace("\\%", "%")
    assert shell(command) == ""
    (kept,) = (folder / "backup").iterdir()
    assert re.fullmatch(r"coach-\d{4}-\d\d-\d\d\.json", kept.name)
    shell(f"coach --home other import {kept}")
    assert shell("coach --home other export all") == kept.read_text(encoding="utf-8")


def test_jq(shell: Shell) -> None:
    needs("jq")
    items = json.loads(shell("coach export journal --since -6d --json"))["items"]
    pains = [each["value"] for each in items if each["measure"] == "pain"]
    assert float(shell(block("jq"))) == pytest.approx(sum(pains) / len(pains))
    assert len(pains) == 6


def test_prompt(shell: Shell) -> None:
    assert shell(f'{block("prompt", "bash")}\nprintf "%s" "${{PS1@P}}"', "bash").startswith("w8/12 p3 ")


def test_bars(shell: Shell) -> None:
    command = re.findall(r"#\((.*?)\)", block("tmux", "tmux"))[0]
    assert shell(command) == "w8/12 p3 3 of 3 sessions\n"
    bar = json.loads(block("waybar", "json"))["custom/coach"]
    assert json.loads(shell(bar["exec"]))["class"] == "ok"
    for name in (*TEXTS, *BARS):
        assert f"--format {name}" in PAGE
        shell(f"coach status --format {name}")
    assert shell(block("fields")) == "week 8 of 12, 3/3 done\n"


def test_reminder(shell: Shell) -> None:
    assert shell(block("reminder")) == ""
    assert shell(f"export COACH_TODAY=2026-11-25\n{block('reminder')}") == "Something is due today.\n"


def test_gnuplot(shell: Shell) -> None:
    needs("gnuplot")
    drawn = shell(block("gnuplot"))
    assert drawn.count("*") + drawn.count("A") > 20
    assert "20 Oct" in drawn or "Oct" in drawn


def test_plot(shell: Shell) -> None:
    lines = shell(block("plot", "python"), "python3").splitlines()
    assert lines[0] == "2026-09-29 #####"
    assert len(lines) == shell("coach export journal").count(",pain,")


def test_folder_and_duckdb(shell: Shell, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shell(block("folder").replace("$(hostname)", "one"), talks=True)
    shutil.copytree(folder / "home" / "journal", folder / "second" / "journal")
    other = "COACH_HOME=$PWD/second; export COACH_HOME\n" + block("folder").replace("$(hostname)", "two")
    shell(other, talks=True)
    monkeypatch.chdir(folder)
    found = duckdb.sql(block("duckdb", "sql")).fetchall()
    assert len({row[0] for row in found}) == 2
    assert len(found) >= 14
    assert all(row[2] >= 4 and 0 <= row[3] <= 10 for row in found)
    book = duckdb.sql("select count(*) from 'data/codebook.csv' where \"table\" = 'journal'").fetchall()
    assert book[0][0] > 20


def test_spreadsheet_and_calendar(shell: Shell, folder: Path) -> None:
    shell(block("spreadsheet"))
    assert (folder / "pain.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    shell(block("calendar"))
    assert (folder / "coach.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")


def test_hook(shell: Shell, folder: Path) -> None:
    needs("jq")
    (folder / "home" / "hooks").mkdir(mode=0o700)
    assert shell(block("hook")).startswith("Hooks are on.\ncheckin      runs: ")
    shell("coach checkin 4 --note 'long\ndrive'")
    assert (folder / "back.tsv").read_text() == "2026-11-23\t4\tlong\\ndrive\n"


def test_python(shell: Shell) -> None:
    mornings = shell("coach export journal").count(",pain,")
    readings = shell("coach export measures").count("\n") - 1
    said = f"{mornings} mornings, Load\n{readings} readings\n"
    assert shell(block("api", "python"), "python3") == said


def test_no_recipe_is_left_out() -> None:
    tests = Path(__file__).read_text(encoding="utf-8")
    assert len(BLOCKS) == PAGE.count("```") // 2
    assert [name for name in BLOCKS if f'block("{name}"' not in tests] == []
