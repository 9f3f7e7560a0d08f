"""Habits, breathing, lessons, consistency and remedies by commands, in real processes."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from journal_case import held, tree

ROOT = Path(__file__).resolve().parent.parent
CALM = dict.fromkeys(("ms_saddle", "ms_legs", "ms_leg_new", "ms_unwell", "ms_trauma", "ms_different"), "no")


def document(done: Any, name: str) -> dict[str, Any]:
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    assert found["schema"] == f"coach.{name}/1"
    return found


def habit(run: Any, name: str, **options: Any) -> dict[str, Any]:
    found = document(run("habit", "list", "--json", **options), "habit-list")
    return next(each for each in found["habits"] if each["id"] == name)


def day(number: int) -> str:
    return f"2026-11-{23 + number}" if number < 8 else f"2026-12-{number - 7:02d}"


@pytest.fixture
def screen(tmp_path: Path) -> str:
    path = tmp_path / "week.json"
    path.write_text(json.dumps({"schema": "coach.answers/1", "answers": CALM}))
    return str(path)


# ---- habits ---------------------------------------------------------------------------------------


def test_a_habit_is_noted_by_id_beginning_or_number_and_merged(assessed: Any) -> None:
    assessed("checkin", "4", "--note", "a")
    done = document(assessed("habit", "done", "breathing", "--json"), "habit-done")
    assert (done["habit"]["days"], done["habit"]["today"], done["new"]) == (1, True, True)
    assert document(assessed("habit", "done", "breath", "--json"), "habit-done")["new"] is False
    assert assessed("habit", "done", "2").returncode == 0
    checkin = document(assessed("checkin", "--sleep", "7", "--json"), "checkin")["checkin"]
    assert (checkin["habits"], checkin["pain"], checkin["note"]) == (["breathing", "rise_time"], 4, "a")


def test_another_day_and_undo(assessed: Any) -> None:
    assert assessed("habit", "done", "breathing", "-d", "yesterday", today=day(3)).returncode == 0
    assert assessed("habit", "done", "breathing", today=day(3)).returncode == 0
    found = habit(assessed, "breathing", today=day(3))
    assert (found["days"], found["today"]) == (2, True)
    assert assessed("undo", today=day(3)).returncode == 0
    found = habit(assessed, "breathing", today=day(3))
    assert (found["days"], found["today"]) == (1, False)


def test_a_checkin_can_name_habits_too(assessed: Any) -> None:
    done = assessed(
        "checkin", "4", "--habit", "breathing", "--habit", "rise_time", "--active", "40", "--json"
    )
    checkin = document(done, "checkin")["checkin"]
    assert (checkin["habits"], checkin["active_minutes"]) == (["breathing", "rise_time"], 40)
    wrong = assessed("checkin", "5", "--habit", "juggling")
    assert wrong.returncode == 2
    assert "breathing" in wrong.stderr
    assert document(assessed("checkin", "4", "--json"), "checkin")["changes"] == []


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("habit", "done", "juggling"), 2),
        (("habit", "done", ""), 2),
        (("habit", "done", "breathing", "-d", "tomorrow"), 2),
        (("habit", "done", "breathing", "--at", "07:00"), 2),
        (("habit", "done", "breathing", "--rating", "5"), 2),
        (("habit", "done", "rise_time", "--at", "25:00"), 2),
        (("habit", "done", "rise_time", "--at", "soon"), 2),
        (("habit", "done"), 2),
        (("learn", "99"), 2),
        (("learn", "xylophone"), 2),
        (("breathe", "--minutes", "0"), 2),
        (("breathe", "--minutes", "long"), 2),
    ],
)
def test_what_does_not_fit_says_so_and_writes_nothing(
    assessed: Any, tmp_path: Path, words: tuple[str, ...], code: int
) -> None:
    before = tree(tmp_path / "home" / "journal")
    done = assessed(*words)
    assert (done.returncode, done.stdout) == (code, "")
    assert "Traceback" not in done.stderr
    assert tree(tmp_path / "home" / "journal") == before


@pytest.mark.parametrize("words", [("habit", "list"), ("habit", "done", "breathing"), ("learn",)])
def test_without_an_episode_there_is_nothing_to_do(run: Any, words: tuple[str, ...]) -> None:
    done = run(*words)
    assert done.returncode == 3
    assert "coach assess" in done.stderr


def test_getting_up_is_noted_with_its_time(assessed: Any) -> None:
    """The usual time of the synthetic person is 06:45, and the first step allows 60 minutes."""
    early = document(assessed("habit", "done", "rise", "--at", "7:40", "--json"), "habit-done")
    assert (early["counts"], early["habit"]["days"]) == (True, 1)
    late = assessed("habit", "done", "rise", "--at", "7:50", "--json")
    assert document(late, "habit-done")["counts"] is False


def test_two_good_weeks_move_a_habit_up_and_a_veto_takes_it_back(assessed: Any, screen: str) -> None:
    for number in (0, 1, 2, 7, 8, 9):
        assert assessed("habit", "done", "breathing", today=day(number)).returncode == 0
        if number == 2:
            first = document(assessed("review", "--answers", screen, "--json", today=day(7)), "review")
            cards = {each["id"]: each for each in first["review"]["habits"]}
            assert cards["habit:breathing"]["rule"] == "hab_hold"
    dry = assessed("review", "--answers", screen, "--dry-run", today=day(14))
    assert re.search(r"^up   Breathing and relaxation  \[habit:breathing, rule hab_up\]$", dry.stdout, re.M)
    assert habit(assessed, "breathing", today=day(13))["level"] == 1
    assert assessed("review", "--answers", screen, today=day(14)).returncode == 0
    found = habit(assessed, "breathing", today=day(14))
    assert (found["level"], found["per_week"], found["decision"]["rule"]) == (2, 5, "hab_up")
    rows = assessed("export", "decisions", "--format", "csv", today=day(14)).stdout
    assert "habit:breathing" in rows
    back = document(assessed("review", "--veto", "breathing", "--json", today=day(14)), "review")
    assert back["refused"] == []
    assert habit(assessed, "breathing", today=day(14))["level"] == 1
    assert assessed("undo", today=day(14)).returncode == 0
    assert habit(assessed, "breathing", today=day(14))["level"] == 2


def test_without_the_weekly_answers_no_habit_rises(assessed: Any) -> None:
    for number in (0, 1, 2):
        assessed("habit", "done", "breathing", today=day(number))
    assessed("review", today=day(7))
    for number in (7, 8, 9):
        assessed("habit", "done", "breathing", today=day(number))
    found = document(assessed("review", "--json", today=day(14)), "review")
    card = next(each for each in found["review"]["habits"] if each["id"] == "habit:breathing")
    assert card["rule"] == "hab_hold"
    assert "safety questions" in card["text"]


# ---- lessons --------------------------------------------------------------------------------------


def test_the_lesson_of_the_week_with_its_question(assessed: Any) -> None:
    found = document(assessed("learn", "--json"), "learn")
    assert len(found["lessons"]) == 12
    assert [each["week"] for each in found["lessons"]] == list(range(1, 13))
    assert found["lesson"]["row"]["this_week"] is True
    shown = assessed("learn")
    assert found["lesson"]["question"] in shown.stdout
    assert found["lesson"]["answer"] in shown.stdout
    assert document(assessed("learn", "--json"), "learn")["lesson"]["row"]["read"] is None, (
        "looking keeps nothing"
    )


def test_reading_is_kept_and_can_be_undone(assessed: Any, tmp_path: Path) -> None:
    before = held(tmp_path / "home")
    assert assessed("learn", "pacing", "--done").returncode == 0
    found = document(assessed("learn", "--json"), "learn")["lessons"]
    assert [each["id"] for each in found if each["read"]] == ["pacing"]
    assert "pacing" in assessed("undo").stdout
    assert held(tmp_path / "home") == before


def test_an_export_brings_habits_and_lessons_along(assessed: Any, tmp_path: Path) -> None:
    assessed("habit", "done", "breathing")
    assessed("learn", "pacing", "--done")
    assessed("skip", "--reason", "forgot", "--cue", "after lunch")
    full = assessed("export", "all").stdout
    other = tmp_path / "other"
    assert assessed("import", "-", stdin=full, home=other).returncode == 0
    assert assessed("learn", home=other).stdout == assessed("learn").stdout
    assert assessed("habit", "list", home=other).stdout == assessed("habit", "list").stdout
    assert assessed("progress", home=other).stdout == assessed("progress").stdout
    assert ",habit,breathing," in assessed("export", "journal").stdout


# ---- skips, consistency ---------------------------------------------------------------------------


def test_a_skip_brings_a_remedy_that_changes_something(assessed: Any) -> None:
    found = document(assessed("skip", "--reason", "no time, too busy", "--json"), "skip")
    assert (found["remedy"]["id"], found["remedy"]["changes"]) == ("time", "length")
    other = document(assessed("skip", "--session", "w01_s2", "--reason", "the cat", "--json"), "skip")
    assert other["remedy"] is None


def test_a_new_cue_changes_the_if_then_plan_and_can_be_undone(assessed: Any) -> None:
    before = assessed("progress").stdout
    assert "If-then plan: after the first coffee" in before
    assert assessed("skip", "--reason", "forgot", "--cue", "before\x1b[31m lunch").returncode == 0
    after = assessed("progress").stdout
    assert "If-then plan: before" in after
    assert "\x1b" not in after
    assert assessed("undo").returncode == 0
    assert assessed("progress").stdout == before


def test_progress_shows_consistency_and_the_room_of_the_week(assessed: Any, screen: str) -> None:
    felt = ("--rpe", "4", "--before", "3", "--pain", "3", "--form", "good")
    found = document(assessed("progress", "--json"), "progress")
    assert found["consistency"]["score"] is None
    assert found["consistency"]["this_week"]["can_miss"] == 1
    assert assessed("log", "--done", "all", *felt).returncode == 0
    for number in (2, 3):
        done = assessed("log", "--done", "all", *felt, today=day(number))
        if done.returncode == 0:
            break
    assert done.returncode == 0, done.stderr
    assert assessed("review", "--answers", screen, today=day(7)).returncode == 0
    found = document(assessed("progress", "--json", today=day(7)), "progress")["consistency"]
    assert (found["done"], found["planned"]) == (2, 3)
    assert found["score"] == pytest.approx(2 / 3)
    for mode in ((), ("--plain",)):
        text = assessed("progress", *mode, today=day(7)).stdout
        assert "Consistency of four weeks: 67 %, from 2 of 3 planned sessions" in text
        assert "not about health" in text
        assert "how often (67 %)" in text
    warned = document(assessed("progress", "--json", today=day(13)), "progress")
    assert warned["warning"]["rule"] == "drop_out"
    assert "short version" in warned["warning"]["text"]


# ---- breathing ------------------------------------------------------------------------------------


def test_without_a_terminal_the_script_comes_at_once_and_nothing_is_kept(
    assessed: Any, tmp_path: Path
) -> None:
    before = tree(tmp_path / "home" / "journal")
    done = assessed("breathe", "--minutes", "5")
    assert done.returncode == 0
    assert done.stdout.count("(4 s)") == done.stdout.count("(6 s)") == 30
    found = document(assessed("breathe", "--relax", "--minutes", "10", "--json"), "breathe")
    assert found["seconds"] == 600
    assert tree(tmp_path / "home" / "journal") == before


def test_breathing_needs_no_episode(run: Any) -> None:
    assert run("breathe").stdout.count("(6 s)") == 18


def on_terminal(home: Path, *words: str) -> tuple[subprocess.Popen[bytes], int]:
    """The real command with a terminal of its own."""
    main, side = pty.openpty()
    environment = {
        **os.environ, "COACH_HOME": str(home), "COACH_TODAY": day(0), "PYTHONPATH": str(ROOT), "TERM": "dumb",
    }  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-m", "coach._boot", *words],
        stdin=side, stdout=side, stderr=side, env=environment, close_fds=True, start_new_session=True,
    )  # fmt: skip
    os.close(side)
    return process, main


def read_until(main: int, text: str, seconds: float = 30) -> str:
    found = ""
    until = time.monotonic() + seconds
    while text not in found:
        ready, _, _ = select.select([main], [], [], max(0, until - time.monotonic()))
        assert ready, f"{text!r} did not come; there was: {found!r}"
        try:
            data = os.read(main, 4096)
        except OSError:  # the other end is closed
            data = b""
        assert data, f"{text!r} did not come; there was: {found!r}"
        found += data.decode()
    return found


def test_on_a_terminal_the_lines_come_in_time_and_ctrl_c_ends_it(assessed: Any, tmp_path: Path) -> None:
    before = tree(tmp_path / "home" / "journal")
    process, main = on_terminal(tmp_path / "home", "breathe", "--minutes", "3")
    try:
        shown = read_until(main, "(4 s)")
        assert "(6 s)" not in shown, "the second line waits for the first"
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
    finally:
        process.kill()
        os.close(main)
    assert tree(tmp_path / "home" / "journal") == before


def test_a_lesson_asks_its_question_on_a_terminal(assessed: Any, tmp_path: Path) -> None:
    answer = document(assessed("learn", "--json"), "learn")["lesson"]["answer"]
    process, main = on_terminal(tmp_path / "home", "learn", "1")
    try:
        shown = read_until(main, "what is meant):")
        assert answer[:30] not in shown, "the answer comes after the question"
        os.write(main, b"something\n")
        read_until(main, "(y or n; Enter: no)")
        os.write(main, b"y\n")
        assert process.wait(30) == 0
    finally:
        process.kill()
        os.close(main)
    row = document(assessed("learn", "1", "--json"), "learn")["lesson"]["row"]
    assert row["read"]["understood"] is True


def test_done_to_the_end_it_notes_the_habit(
    tmp_path: Path, answers: dict[str, Any], monkeypatch: Any
) -> None:
    """The whole three minutes with a clock that does not wait."""
    from coach import Coach
    from coach.cli.commands import breathe
    from coach.cli.face import Face

    home = str(tmp_path / "home")
    coach = Coach.open(home, today=day(0))
    coach.assess(answers)
    monkeypatch.setenv("COACH_TODAY", day(0))
    monkeypatch.setattr(Face, "asks", property(lambda _: True))
    waited: list[float] = []
    monkeypatch.setattr(breathe.time, "sleep", waited.append)
    face = Face()
    face.home = home
    context = type("Context", (), {"obj": face})()
    breathe.breathe(context, minutes="2", relax=False)
    assert sum(waited) == pytest.approx(120)
    assert not next(each for each in coach.habits().habits if each.id == "breathing").today, (
        "less than the goal"
    )
    breathe.breathe(context, minutes=None, relax=True)
    assert sum(waited) == pytest.approx(300, abs=25)
    assert next(each for each in coach.habits().habits if each.id == "breathing").today


@pytest.mark.parametrize(("alone", "whole"), [("habit", "list"), ("plan", "show")])
def test_a_word_alone_shows_what_it_stands_for(assessed: Any, alone: str, whole: str) -> None:
    for options in ((), ("--json",)):
        short, long = assessed(alone, *options), assessed(alone, whole, *options)
        assert (short.returncode, short.stdout) == (0, long.stdout)
        assert short.stdout
    assert assessed(alone, "nothing").returncode == 2
