"""Line by line with words: back, skip, pause for who hears no signs; nothing is lost whatever ends it."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

from pty_case import Terminal
from tui_harness import answers, coach_of, demo, fresh, lived  # noqa: F401 (fixtures)

from coach.actions import ACTIONS, KEYS

NEXT_WEEK = "2026-11-24"
"""The day on which the made-up person's week is over."""
ROOT = Path(__file__).resolve().parent.parent
CTRL_C, CTRL_D = b"\x03", b"\x04"


def press(lines: Terminal, key: bytes) -> None:
    """A key that the terminal itself understands."""
    for _ in range(3):
        lines._read(0.1)
    os.write(lines._fd, key)


def test_a_home_with_nothing_in_it_says_welcome(tmp_path: Path) -> None:
    lines = Terminal(tmp_path / "new", "--plain")
    lines.until("Welcome.")
    lines.until("It begins with questions")
    lines.until("(Enter: Begin with the questions):")
    lines.type("")
    lines.until("How old are you")
    lines.until("Answer (or help, back, pause):")
    lines.type("old")
    lines.until("Expected")
    lines.until("pause):")
    lines.type("47")
    lines.until("Which sex")
    lines.type("back")
    lines.until("How old are you")
    lines.type("help")
    lines.until("change with age")
    lines.type("46", "skip")
    lines.until("back, skip, pause):")
    lines.until("0 none of these")
    lines.type("")
    lines.until("This one is needed")
    lines.type("none")
    lines.until("Your legs")
    lines.type("pause")
    lines.until("Paused. Every answer is saved.")
    lines.until("quit")
    press(lines, CTRL_C)
    assert lines.ended() == 130
    kept = json.loads((tmp_path / "new" / "assessment.json").read_text())
    assert kept["answers"]["age"] == 46
    assert "sex" in kept["skipped"]
    assert kept["answers"]["rf01"] == "no"
    again = Terminal(tmp_path / "new", "--plain")
    again.until("Welcome back.")
    again.until("Go on with the questions")
    again.type("")
    again.until("Go on with the interview you left (6 answered)? (y or n; Enter: yes)")
    again.type("maybe")
    again.until("Type y for yes")
    again.type("")
    again.until("Your legs")
    again.type("pause")
    again.until("quit")
    again.type("exit")
    assert again.ended() == 0


def test_closing_the_input_pauses_and_ctrl_c_is_130(tmp_path: Path) -> None:
    for key, code in ((CTRL_D, 0), (CTRL_C, 130)):
        lines = Terminal(tmp_path / str(code), "--plain", "assess")
        lines.until("pause):")
        lines.type("46")
        lines.until("Which sex")
        press(lines, key)
        lines.until("Every answer is saved. Go on with: coach assess --resume")
        assert lines.ended() == code
        assert json.loads((tmp_path / str(code) / "assessment.json").read_text())["answers"] == {"age": 46}


def test_a_check_in_that_is_broken_off_keeps_what_was_given(fresh: Path) -> None:  # noqa: F811
    lines = Terminal(fresh, "--plain", "checkin")
    lines.until("Pain now")
    lines.type("yesterday")
    lines.until("before the first day of your plan")
    lines.type("five")
    lines.until("Type a number from 0 to 10")
    lines.type("5", "6")
    lines.until("Stress")
    lines.type("back")
    lines.until("Last night's sleep")
    lines.type("7")
    lines.until("Stress")
    press(lines, CTRL_C)
    lines.until("Saved for Mon 23 Nov: pain 5, sleep quality 7.")
    assert lines.ended() == 130
    (one,) = coach_of(fresh).history().checkins
    assert (one.pain, one.sleep_quality, one.stress) == (5, 7, None)
    again = Terminal(fresh, "--plain", "checkin")
    again.until("(now 5; Enter keeps it):")
    again.type("stop")
    again.until("Nothing was noted.")
    assert again.ended() == 0


def test_yesterday_is_filled(demo: Path) -> None:  # noqa: F811
    lines = Terminal(demo, "--plain", "checkin", today=NEXT_WEEK)
    lines.until("Pain now")
    lines.type("y")
    lines.until("Check-in of Mon 23 Nov.")
    lines.until("(now 3; Enter keeps it):")
    lines.type("2", "stop")
    lines.until("pain 3 to 2")
    assert lines.ended() == 0


def test_a_step_back_and_a_skip_ask_first(fresh: Path) -> None:  # noqa: F811
    coach_of(fresh).check_in(pain=4)
    lines = Terminal(fresh, "--plain")
    lines.until("quit")
    lines.type("u")
    lines.until("Take back the last step? It was: check-in")
    lines.type("maybe")
    lines.until("Type y or n.")
    lines.type("no")
    lines.until("Nothing was changed.")
    assert coach_of(fresh).history().checkins
    lines.type("u", "y")
    lines.until("Taken back: check-in")
    assert not coach_of(fresh).history().checkins
    lines.type("skip")
    lines.until("1 time")
    lines.until("Type 1 to 9")
    lines.type("1")
    lines.until("Next time:")
    lines.until("quit")
    lines.type("a")
    lines.until("What now?")
    lines.type("")
    lines.until("Nothing was changed.")
    lines.until("quit")
    press(lines, CTRL_D)
    assert lines.ended() == 0
    assert coach_of(fresh).history().skips[0].reason == "time"


def test_a_review_says_what_cannot_be_taken_back_and_can_be_seen_again(demo: Path) -> None:  # noqa: F811
    lines = Terminal(demo, "--plain", "review", "--last")
    lines.until("Review of week 7")
    assert lines.ended() == 0
    before = coach_of(demo, NEXT_WEEK).plan().id
    lines = Terminal(demo, "--plain", "review", today=NEXT_WEEK)
    while "Card 1 of" not in lines.text:
        asked = lines.until("):")
        lines.type(
            "2"
            if "nothing rises" in asked
            else "none"
            if "0 none of these" in asked
            else "skip"
            if "skip" in asked[-30:]
            else "no"
        )
        for _ in range(8):
            lines._read(0.1)
    lines.until("Card 1 of")
    lines.until("(Enter: accept):")
    while True:
        lines.type("veto")
        for _ in range(4):
            lines._read(0.1)
        if "no rise to take back" in lines.text or "never a step down" in lines.text:
            break
    lines.type("quit")
    lines.until("Left. Nothing was changed.")
    assert lines.ended() == 0
    assert coach_of(demo, NEXT_WEEK).plan().id == before


def test_a_session_by_words_with_the_settings_of_the_app(fresh: Path) -> None:  # noqa: F811
    coach_of(fresh).set_option("countdown", "0")
    coach_of(fresh).set_option("bell", "off")
    lines = Terminal(fresh, "--plain", "session")
    lines.until("The whole session: 4 exercises")
    lines.until("(skip leaves")
    lines.type("shorter")
    lines.until("The short one: 3 exercises")
    lines.until("(skip leaves")
    lines.type("pain")
    lines.until("or skip to leave it out.")
    lines.type("skip")
    lines.until("Enter when you are in place.")
    lines.type("skip")
    lines.until("1 No time")
    lines.type("")
    lines.until("It stays.")
    lines.type("skip", "my knee")
    lines.until("Exercise 2 of 3")
    lines.until("Enter when you are in place.")
    lines.type("")
    lines.until("Go:")
    assert "\n3\n2\n" not in lines.text, "no seconds to get ready were wanted"
    lines.type("pause")
    lines.until("Every set is saved.")
    assert lines.ended() == 0
    assert "\a" not in lines.text
    again = Terminal(fresh, "--plain", "session")
    again.until("going on where you left it")
    press(again, CTRL_C)
    again.until("Every set is saved. Go on with: coach session")
    assert again.ended() == 130


def test_lessons_are_found_by_a_word(demo: Path) -> None:  # noqa: F811
    lines = Terminal(demo, "--plain", "learn", "pain")
    lines.until("Sleep and pain")
    lines.until("One of them: coach learn ID")
    assert lines.ended() == 0


def test_every_key_of_the_app_is_a_word_here(fresh: Path) -> None:  # noqa: F811
    """What has a key in the app is known line by line by that key and by its name."""
    from coach.cli.lines import LEAVE, _names

    for each in ACTIONS:
        if each.key:
            assert {each.name, {"comma": ","}.get(each.key, each.key)} <= set(_names(each))
    assert "q" in LEAVE
    assert {each.name for each in KEYS} == {"help", "palette", "back", "quit"}


def test_a_movement_test_says_its_answers_in_words_and_can_be_left(fresh: Path) -> None:  # noqa: F811
    before = len(coach_of(fresh).steps())
    lines = Terminal(fresh, "--plain", "test", "mt_25")
    lines.until("Type stop at any question to leave this test")
    lines.until("(0 to 10)")
    lines.type("2")
    lines.until("1 pass")
    lines.until("Type 1 to 2:")
    lines.type("perhaps")
    lines.until("Once more, please.")
    lines.type("stop")
    lines.until("This test was left; nothing of it was kept.")
    assert lines.ended() == 0
    assert len(coach_of(fresh).steps()) == before


def test_the_page_on_line_mode_names_every_page_of_the_app() -> None:
    """docs/plain.md is the table of parity: what has a page in the app has its word and key there."""
    from coach.cli.help import overview
    from coach.tui.keys import name_of
    from coach.tui.pages import FRESH, KEPT

    page = (ROOT / "docs" / "plain.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| ")]
    for name in (*KEPT, *FRESH):
        assert any(f"`{name}`" in row for row in rows), name
    for each in ACTIONS:
        if each.key:
            assert any(f"`{each.name}`, `{name_of(each.key)}`" in row for row in rows), each.name
    named = {each.name for each in ACTIONS} | {"help"}
    commands = re.findall(r"coach (?:--plain )?([a-z]+)", page)
    assert set(commands) <= named, "only what there is"
    assert "--plain" in overview()


def test_a_command_alone_asks_on_a_terminal_and_asks_again(fresh: Path) -> None:  # noqa: F811
    lines = Terminal(fresh, "--plain", "pause")
    lines.until("How long do the days not count?")
    lines.type("9")
    lines.until("Type 1, 3, 7, 2 or n.")
    lines.type("3")
    lines.until("Paused until")
    assert lines.ended() == 0
    assert len(coach_of(fresh).history().pauses) == 1
    lines = Terminal(fresh, "flare")
    lines.until("Type y or n")
    press(lines, CTRL_C)
    assert lines.ended() == 130
    assert not coach_of(fresh).history().flares
    lines = Terminal(fresh, "log")
    lines.until("No session is due")
    assert lines.ended() == 3, "and nothing was asked: these days are paused"
    lines = Terminal(fresh, "settings", "session_minutes")
    lines.until("New value")
    lines.type("many")
    lines.until("Expected a number")
    lines.until("New value")
    lines.type("20")
    lines.until("Minutes of a session: 20")
    assert lines.ended() == 0


def test_a_clinicians_word_is_taken_line_by_line(tmp_path: Path) -> None:
    signs = {"rf12": "yes", "rf39": "no", "rf13": "yes", "rf38": "no"}
    home = tmp_path / "held"
    coach_of(home).assess(answers())
    coach_of(home).assess({**answers(), **signs})
    held = coach_of(home).held_back()
    assert held is not None
    lines = Terminal(home, "--plain", "assess")
    lines.until("k A clinician has examined me")
    lines.type("k")
    lines.until("Which of these did a clinician examine")
    lines.type("1")
    lines.until("1 A doctor")
    lines.type("nurse")
    lines.until("Type 1 to 3.")
    lines.type("doctor")
    lines.until("name of that clinician?")
    lines.type("Ada Roe")
    lines.until("0 is today")
    lines.type("100")
    lines.until("Expected")
    lines.type("2")
    lines.until("Show your answers")  # the other reason still waits
    lines.type("n")
    assert lines.ended() == 6
    after = coach_of(home).held_back()
    left = {each.id for each in after.triage.fired} if after is not None else set()
    first = next(each.id for each in held.triage.fired if each.level == "T1_CLINICIAN")
    assert first not in left or after.triage.clearances[-1].name == "Ada Roe"


def test_the_help_on_line_mode_names_every_word() -> None:
    from coach.cli.ask import SIGNS
    from coach.cli.help import topic

    page = topic("plain")
    assert {word for word in SIGNS if word not in re.findall(r"[a-z]+", page)} == {"none"}
    assert all(sign in page for sign in set(SIGNS.values()))


def test_a_line_that_breaks_in_a_check_in_loses_nothing(fresh: Path) -> None:  # noqa: F811
    lines = Terminal(fresh, "--plain", "checkin")
    lines.until("Pain now")
    lines.type("5", "6")
    lines.until("Stress")
    os.close(lines._fd)
    os.waitpid(lines.pid, 0)
    (one,) = coach_of(fresh).history().checkins
    assert (one.pain, one.sleep_quality) == (5, 6)


def test_a_plan_file_with_a_typing_error_is_told_without_marks_below_the_line(tmp_path: Path) -> None:
    file = tmp_path / "desk.yaml"
    lines = Terminal(tmp_path / "home", "planfile", "new", str(file), "--from", "desk_worker")
    assert lines.ended() == 0
    file.write_text(file.read_text().replace("ladders: [dis]", "ladders: [diss]"))
    lines = Terminal(tmp_path / "home", "--plain", "planfile", "check", str(file))
    assert lines.ended() == 4
    assert "did you mean 'dis'?" in lines.text
    assert "^" not in lines.text
    assert "|" not in lines.text
