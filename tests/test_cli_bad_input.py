"""Bad input: one clear sentence, the right exit code, and nothing changed."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent


def tree(folder: Path) -> dict[str, str]:
    """Every file below a folder with the hash of its bytes."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in (".lock", "status.json")
    }


def one_sentence(done: Any, code: int) -> str:
    assert done.returncode == code, (done.returncode, done.stdout, done.stderr)
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("coach: ")
    assert len(done.stderr.splitlines()[0]) < 600
    return str(done.stderr)


def answers_text(answers: dict[str, Any], **changes: Any) -> str:
    return json.dumps({"schema": "coach.answers/1", "answers": {**answers, **changes}})


def test_answer_files_that_cannot_be_used(run: Any, answers: dict[str, Any], tmp_path: Path) -> None:
    good = answers_text(answers)
    cases = {
        "typo in a key": (answers_text(answers, pain_noww=3), "pain_now”?"),
        "out of range": (answers_text(answers, pain_now=14), "pain_now"),
        "wrong type": (answers_text(answers, age="old"), "age"),
        "not an answer": (answers_text(answers, rf01="maybe"), "rf01"),
        "invalid JSON": (good[:-2], "line 1"),
        "brackets": ("[" * 10_000_000, "256 kB"),
        "deep": ("[" * 5_000, "deep"),
        "NaN": (good.replace('"pain_now": 5', '"pain_now": NaN'), "NaN"),
        "infinity": (good.replace('"pain_now": 5', '"pain_now": 1e999'), "too large"),
        "duplicate": (good.replace('"age": 46', '"age": 46, "age": 47'), "age"),
        "other schema": (good.replace("coach.answers/1", "coach.answers/9"), "schema"),
        "not an object": ("[]", "answers"),
        "empty": ("", "line 1"),
        "missing": (json.dumps({"schema": "coach.answers/1", "answers": {"age": 46}}), "rf01"),
    }
    for name, (text, word) in cases.items():
        done = run("assess", "--answers", "-", stdin=text)
        assert word in one_sentence(done, 4), (name, done.stderr)
        assert not (tmp_path / "home").exists(), name
    one_sentence(run("assess", "--answers", str(tmp_path / "none.json")), 4)
    assert run("assess", "--answers", "-", stdin=good).returncode == 0


def test_without_a_terminal_nothing_asks(run: Any) -> None:
    assert "--answers" in one_sentence(run("assess"), 2)


def test_the_command_line(assessed: Any, tmp_path: Path) -> None:
    before = tree(tmp_path / "home")
    cases: tuple[tuple[tuple[str, ...], int, str], ...] = (
        (("checkn",), 2, "checkin"),
        (("--nope",), 2, "--help"),
        (("checkin", "14"), 2, "0 to 10"),
        (("checkin", "four"), 2, "four"),
        (("checkin", "nan"), 2, "nan"),
        (("checkin", "4", "--pain", "5"), 2, "twice"),
        (("checkin",), 2, "coach checkin 4"),
        (("checkin", "4", "--sleep", "30"), 2, "0 to 24"),
        (("checkin", "4", "--date", "tomorrow"), 2, "to come"),
        (("checkin", "4", "--date", "2027-01-01"), 2, "to come"),
        (("checkin", "4", "--date", "2026-11-01"), 2, "first day"),
        (("checkin", "4", "--date", "03/04"), 2, "two ways"),
        (("checkin", "4", "--date", "soon"), 2, "not a date"),
        (("checkin", "--flag", "rf99"), 2, "ms_saddle"),
        (("checkin", "4", "--slep", "7"), 2, "--sleep"),
        (("log",), 2, "--done all"),
        (("log", "--done", "some"), 2, "--done all"),
        (("log", "hgn_1"), 2, "hng_1"),
        (("log", "hng_1", "--sets", "lots"), 2, "3x8"),
        (("log", "hng_1", "--load", "heavy"), 2, "6kg"),
        (("log", "--done", "all", "--form", "ok"), 2, "good"),
        (("log", "--done", "all", "--date", "tomorrow"), 2, "to come"),
        (("plan", "why", "hgn_1"), 2, "hng_1"),
        (("plan", "show", "--week", "99"), 2, "week"),
        (("plan", "diff", "v9"), 2, "v1"),
        (("export", "everything"), 2, "journal"),
        (("export", "journal", "--format", "xml"), 2, "csv"),
        (("export", "journal", "-o", str(tmp_path / "no" / "x.csv")), 2, "cannot be written"),
        (("pause",), 2, "--to"),
        (("pause", "--from", "fri", "--to", "thu"), 2, "before"),
        (("skip",), 2, "--reason"),
        (("help", "me"), 2, "exit-codes"),
        (("--today", "2026-13-01", "today"), 2, "YYYY-MM-DD"),
        (("--today",), 2, "needs a value"),
        (("flare", "end"), 3, "flare start"),
        (("pause", "--end"), 3, "pause"),
        (("review",), 3, "2026-11-30"),
        (("review", "--veto", "x"), 3, "veto"),
        (("review", "--accept", "--veto", "x"), 2, "--accept"),
        (("import", str(tmp_path / "none.json")), 4, "no file"),
        (("import", "-"), 4, "empty"),
        (("assess", "--clear", "rf12"), 2, "--by"),
        (("assess", "--clear", "rf12", "--by", "doctor", "--name", "A", "--on", "today"), 2, "rf12"),
    )
    for words, code, word in cases:
        assert word in one_sentence(assessed(*words), code), words
    assert tree(tmp_path / "home") == before


def test_errors_as_json(assessed: Any) -> None:
    done = assessed("checkin", "14", "--json")
    assert done.returncode == 2
    error = json.loads(done.stderr)["error"]
    assert error["exit"] == 2
    assert "0 to 10" in error["message"]


def test_hostile_text_is_cleaned_once_and_shown_plainly(assessed: Any) -> None:
    evil = "a\x1b]0;title\x07b\x1b[31mc \u202egnp [/red] [@click=app.quit]x[/] =HYPERLINK(1)"
    assert assessed("checkin", "4", "--note", evil).returncode == 0
    shown = assessed("today").stdout
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "[/red] [@click=app.quit]x[/]" in shown
    assert "\x1b" not in assessed("export", "all").stdout


def export(tables: dict[str, Any]) -> str:
    episode = {"name": "2026-11-23-e01.json", "tables": tables}
    return json.dumps({"schema": "coach.export-all/1", "episodes": [episode]})


def test_an_import_of_hostile_files(run: Any, tmp_path: Path) -> None:
    cases = {
        "brackets": "[" * 1_000_000,
        "nan": '{"schema": "coach.export-all/1", "x": NaN}',
        "other": '{"schema": "coach.journal/1"}',
        "no episodes": '{"schema": "coach.export-all/1", "episodes": []}',
        "a path": '{"schema": "coach.export-all/1", "episodes": [{"name": "../../x.json", "tables": {}}]}',
        "unknown table": export({"evil": {"1": {"id": "x"}}}),
        "wrong type": export({"checkins": {"1": {"date": "2026-11-23", "pain": "much"}}}),
    }  # fmt: skip
    for name, text in cases.items():
        one_sentence(run("import", "-", stdin=text), 4)
        assert not (tmp_path / "home" / "journal" / "episodes").exists(), name


def test_storage_that_is_damaged_newer_or_empty(assessed: Any, tmp_path: Path) -> None:
    assessed("checkin", "4")
    assessed("checkin", "5", today="2026-11-24")
    file = next((tmp_path / "home" / "journal" / "episodes").glob("*.json"))
    good = file.read_bytes()
    spoiled = {
        "truncated": good[: len(good) // 2],
        "one byte": good.replace(b'"pain":4', b'"pain":9', 1),
        "empty": b"",
        "foreign": b"hello",
    }
    for name, data in spoiled.items():
        file.write_bytes(data)
        for words in (("checkin", "6"), ("today",), ("log", "--done", "all")):
            said = one_sentence(assessed(*words, today="2026-11-24"), 7)
            assert "coach doctor" in said, (name, words)
        assert file.read_bytes() == data, name
        assert assessed("doctor", today="2026-11-24").returncode == 7
    mended = assessed("doctor", "--restore", today="2026-11-24")
    assert mended.returncode == 0
    assert '"pain":4' in file.read_text()
    assert assessed("checkin", "6", today="2026-11-24").returncode == 0


def test_a_read_only_home(assessed: Any, tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere; the journal's own tests mount a read-only disk")
    folder = tmp_path / "home" / "journal" / "episodes"
    folder.chmod(0o500)
    try:
        one_sentence(assessed("checkin", "4"), 7)
    finally:
        folder.chmod(0o700)


def test_a_reader_that_goes_away(assessed: Any, tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "COACH_HOME": str(tmp_path / "home"),
        "COACH_TODAY": "2026-11-23",
        "PYTHONPATH": str(ROOT),
    }
    for words in (["export", "all"], ["plan", "show"], ["status"]):
        reader, writer = os.pipe()
        os.close(reader)
        done = subprocess.run(
            [sys.executable, "-m", "coach._boot", *words],
            stdout=writer,
            stderr=subprocess.PIPE,
            env=environment,
            check=False,
        )
        os.close(writer)
        assert done.returncode == 141, words
        assert done.stderr == b"", words


def test_a_full_output(assessed: Any, tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")
    environment = {
        **os.environ,
        "COACH_HOME": str(tmp_path / "home"),
        "COACH_TODAY": "2026-11-23",
        "PYTHONPATH": str(ROOT),
    }
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "coach._boot", "export", "all"],
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment,
            check=False,
        )
    assert done.returncode != 0
    assert b"Traceback" not in done.stderr
    assert done.stderr.startswith(b"coach: ")


def test_a_device_a_pipe_and_a_link_stay_what_they_are(assessed: Any, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE)
    assert assessed("export", "journal", "-o", str(pipe)).returncode == 0
    text = reader.communicate(timeout=30)[0].decode()
    assert text == assessed("export", "journal").stdout
    assert pipe.is_fifo()
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.write_text("old")
    link.symlink_to("real.csv")
    assert assessed("export", "journal", "-o", str(link)).returncode == 0
    assert link.is_symlink()
    assert real.read_text() == text
    full = Path("/dev/full")
    if full.is_char_device() and os.getuid():  # never where a fault could put a file in its place
        done = assessed("export", "journal", "-o", str(full))
        assert done.returncode == 2
        assert done.stderr.startswith("coach: /dev/full cannot be written")
