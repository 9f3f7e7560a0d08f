"""The tour of the README, in real processes without a terminal, and what each command promises."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from journal_case import held, tree

from coach import Coach

CALM = dict.fromkeys(("ms_saddle", "ms_legs", "ms_leg_new", "ms_unwell", "ms_trauma", "ms_different"), "no")


def document(done: Any, name: str) -> dict[str, Any]:
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["schema"] == f"coach.{name}/1"
    return found


def test_a_first_week_by_commands(run: Any, answer_file: Path, tmp_path: Path) -> None:
    assessed = run("assess", "--answers", str(answer_file))
    assert assessed.returncode == 0
    assert "Your answers suggest starting with" in assessed.stdout
    assert "You have" not in assessed.stdout
    assert "12 weeks" in run("plan", "show").stdout
    due = document(run("today", "--json"), "today")["day"]
    assert due["state"] == "session"
    assert due["session"]["id"] == "w01_s1"
    checked = run(
        "checkin",
        "--pain",
        "4",
        "--sleep",
        "6.5",
        "--sleep-quality",
        "5",
        "--stress",
        "3",
        "--note",
        "long drive",
    )
    assert (checked.returncode, checked.stdout, checked.stderr) == (0, "", "")
    logged = run("log", "--done", "all", "--rpe", "4", "--before", "3", "--pain", "3", "--form", "good")
    assert (logged.returncode, logged.stdout) == (0, "")
    assert document(run("today", "--json"), "today")["day"]["state"] == "done"
    assert "1 of 3 sessions" in run("status").stdout
    screen = tmp_path / "week.json"
    screen.write_text(json.dumps({"schema": "coach.answers/1", "answers": CALM}))
    reviewed = document(run("review", "--answers", str(screen), "--json", today="2026-11-30"), "review")
    assert reviewed["review"]["week"] == 1
    assert reviewed["plan"]["id"] == "v2"
    assert {each["rule"] for each in reviewed["review"]["decisions"]} <= {f"r{n:02d}" for n in range(18)}
    assert run("flare", "start", today="2026-11-30").returncode == 0
    assert document(run("today", "--json", today="2026-11-30"), "today")["day"]["overlay"] == "flare_kit"
    assert run("flare", "end", today="2026-11-30").returncode == 0
    assert document(run("today", "--json", today="2026-11-30"), "today")["day"]["overlay"] != "flare_kit"


def test_an_export_comes_back_whole_and_only_once(assessed: Any, tmp_path: Path) -> None:
    assessed("checkin", "4", "--note", "a, “b”\nand |c|")
    assessed("log", "--done", "all", "--rpe", "4", "--before", "3", "--pain", "3", "--form", "good")
    full = assessed("export", "all", "--format", "json")
    assert full.returncode == 0
    file = tmp_path / "me.json"
    file.write_text(full.stdout)
    again = document(assessed("import", str(file), "--json"), "import")
    assert (again["new"], again["written"]) == (0, False)
    other = tmp_path / "other"
    dry = document(assessed("import", "-", "--dry-run", "--json", stdin=full.stdout, home=other), "import")
    assert dry["new"] > 5
    assert not (other / "journal" / "episodes").exists()
    assert assessed("import", str(file), home=other).returncode == 0
    assert assessed("export", "all", home=other).stdout == full.stdout
    assert assessed("today", home=other).stdout == assessed("today").stdout


def test_an_import_that_says_something_else_changes_nothing(assessed: Any, tmp_path: Path) -> None:
    assessed("checkin", "4")
    text = assessed("export", "all").stdout
    assessed("checkin", "6")
    before = tree(tmp_path / "home" / "journal")
    done = assessed("import", "-", stdin=text)
    assert done.returncode == 4
    assert "checkins: 2026-11-23" in done.stderr
    assert tree(tmp_path / "home" / "journal") == before


@pytest.mark.parametrize("what", ["journal", "sessions", "sets", "decisions", "plan"])
def test_tables_are_the_same_in_every_format(assessed: Any, tmp_path: Path, what: str) -> None:
    coach = Coach.open(tmp_path / "home", today="2026-11-23")
    coach.check_in(pain=4, sleep_hours=7, note='with "quotes", and a | bar')
    coach.log_session(rpe=4, before=3, pain=3, form=0)
    found = document(assessed("export", what, "--format", "json"), f"export-{what}")
    rows = list(csv.DictReader(io.StringIO(assessed("export", what, "--format", "csv").stdout)))
    lines = [json.loads(line) for line in assessed("export", what, "--format", "ndjson").stdout.splitlines()]
    assert lines == found["items"]
    assert len(rows) == len(lines)
    assert (len(rows) > 0) == (what != "decisions")
    if rows:
        assert list(rows[0]) == found["columns"] == list(lines[0])
    table = assessed("export", what, "--format", "md").stdout.splitlines()
    assert len(table) == len(rows) + 2


def test_why_names_rule_numbers_and_what_would_have_led_elsewhere(assessed: Any) -> None:
    found = document(assessed("plan", "why", "hng_1", "--json"), "plan-why")
    reason = found["prescription"]["reason"]
    assert reason["rule"]
    assert reason["numbers"]
    assert reason["otherwise"]
    assert "hng" in assessed("plan", "why", "hng").stdout
    higher = assessed("plan", "why", "hng_7")
    assert higher.returncode == 0
    assert "hng_7 is not in your sessions; its ladder stands at" in higher.stdout


def test_a_second_checkin_merges_and_shows_old_and_new(assessed: Any) -> None:
    first = document(assessed("checkin", "4", "--note", "a", "--json"), "checkin")
    assert first["checkin"]["pain"] == 4
    second = document(assessed("checkin", "--sleep", "7", "--pain", "5", "--json"), "checkin")
    assert {each["field"]: (each["before"], each["after"]) for each in second["changes"]} == {
        "pain": (4, 5),
        "sleep_hours": (None, 7),
    }
    assert second["checkin"]["note"] == "a"
    same = document(assessed("checkin", "--pain", "5", "--json"), "checkin")
    assert same["changes"] == []


def test_yesterday_can_be_filled_and_undo_takes_it_back(assessed: Any) -> None:
    assert assessed("checkin", "3", "--date", "yesterday", today="2026-11-25").returncode == 0
    days = {line.split(",")[1] for line in assessed("export", "journal").stdout.splitlines()[1:]}
    assert days == {"2026-11-24"}
    undone = assessed("undo", today="2026-11-25")
    assert undone.returncode == 0
    assert "check-in of 2026-11-24" in undone.stdout
    assert assessed("export", "journal").stdout.count("\n") == 1
    assert "check-in" in assessed("undo", "--redo", today="2026-11-25").stdout
    assert assessed("export", "journal").stdout.count("\n") == 2


def test_everything_that_wrote_can_be_undone(assessed: Any, tmp_path: Path) -> None:
    whole, before = assessed("export", "all").stdout, held(tmp_path / "home")
    writes: tuple[tuple[str, ...], ...] = (
        ("checkin", "4"),
        ("log", "--done", "all", "--rpe", "3", "--before", "2", "--pain", "2", "--form", "good"),
        ("log", "hng_1", "--sets", "2x6", "--rpe", "3"),
        ("log", "walk", "--sets", "10min"),
        ("flare", "start"),
        ("pause", "--from", "today", "--to", "+3d", "--reason", "travel"),
        ("skip", "--reason", "time", "--session", "w01_s2"),
        ("checkin", "--flag", "ms_legs"),
    )
    for words in writes:
        done = assessed(*words)
        assert done.returncode in (0, 6), (words, done.stderr)
        assert held(tmp_path / "home") != before, words
        assert assessed("undo").returncode == 0, words
        assert held(tmp_path / "home") == before, words
    assert assessed("export", "all").stdout == whole


def test_a_pause_holds_and_can_be_ended(assessed: Any) -> None:
    assert assessed("pause", "--from", "today", "--to", "+7d", "--reason", "travel").returncode == 0
    assert document(assessed("today", "--json", today="2026-11-25"), "today")["day"]["state"] == "paused"
    assert "paused until Mon 30 Nov" in assessed("status").stdout
    assert assessed("pause", "--end", today="2026-11-25").returncode == 0
    assert document(assessed("today", "--json", today="2026-11-25"), "today")["day"]["state"] != "paused"


def test_progress_and_history_and_diff(assessed: Any, tmp_path: Path) -> None:
    for offset in range(7):
        coach = Coach.open(tmp_path / "home", today=f"2026-11-{23 + offset}")
        coach.check_in(pain=4, sleep_hours=7, sleep_quality=6, stress=4)
    assessed("review", today="2026-11-30")
    found = document(assessed("progress", "--json", today="2026-11-30"), "progress")
    assert found["weeks"][0]["pain"] == 4
    assert found["weeks"][0]["days_noted"] == 7
    assert "Week 1: mean pain 4 of 10" in assessed("progress", "--plain", today="2026-11-30").stdout
    versions = document(assessed("plan", "history", "--json", today="2026-11-30"), "plan-history")["versions"]
    assert [each["id"] for each in versions] == ["v1", "v2"]
    assert assessed("plan", "diff", "v1", "v2", today="2026-11-30").stdout.startswith("v1 (")


def test_a_status_format_and_the_fast_path_agree(assessed: Any) -> None:
    assessed("checkin", "3")
    fast = assessed("status")
    slow = assessed("status", COACH_NO_FASTPATH="1")
    assert fast.stdout == slow.stdout == "week 1/12, day 1 · pain 3 · 0 of 3 sessions\n"
    assert assessed("status", "--format", "{pain} | {day}").stdout == "pain 3 | week 1/12, day 1\n"
    assert assessed("status", "--format", "{nothing}").returncode == 2
    assert (
        assessed("status", today="2026-11-24").stdout
        == assessed("status", today="2026-11-24", COACH_NO_FASTPATH="1").stdout
    )
    (Path(assessed("doctor", "--json").args[0]).exists())


def test_backup_wipe_restore(assessed: Any, tmp_path: Path) -> None:
    assessed("checkin", "3")
    before = assessed("export", "all").stdout
    assert assessed("backup", str(tmp_path / "b.zip")).stdout.strip() == str(tmp_path / "b.zip")
    assert assessed("backup", str(tmp_path / "b.zip")).returncode == 4
    assert assessed("wipe").returncode == 2
    assert assessed("wipe", "--yes").returncode == 0
    assert assessed("today").returncode == 3
    assert assessed("restore", str(tmp_path / "b.zip")).returncode == 0
    assert assessed("export", "all").stdout == before
    assert assessed("restore", str(tmp_path / "b.zip")).returncode == 4


def test_skip_and_log_from_a_file(assessed: Any) -> None:
    assert assessed("skip", "--reason", "time").returncode == 0
    assert document(assessed("today", "--json"), "today")["day"]["session"] is None
    line = json.dumps({"date": "2026-11-23", "session": "walk", "kind": "walk", "exercises": []})
    assert assessed("log", "--from", "-", stdin=f"{line}\n{line}").returncode == 0
    assert assessed("log", "--from", "-", stdin='{"date": 3}').returncode == 4


def test_help_of_every_command_fits_and_says_its_options(run: Any) -> None:
    from coach.actions import ACTIONS

    for action in ACTIONS:
        done = run(action.name, "--help")
        assert done.returncode == 0, action.name
        assert "--home" in done.stdout or "COMMAND" in done.stdout
        assert max(map(len, done.stdout.splitlines())) <= 80
        assert not list(Path(done.args[0]).parent.glob("journal"))
