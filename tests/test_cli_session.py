"""``coach session`` as a person meets it: a real process in a real terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pty_case import Terminal

from coach import Coach


@pytest.fixture
def home(assessed, tmp_path: Path) -> Path:
    return tmp_path / "home"


def opened(home: Path, day: str = "2026-11-23") -> Coach:
    return Coach.open(home, today=day)


def lead(terminal: Terminal, *, sets: int = 99, pain: str = "3") -> None:
    """Press Enter through a session that waits for it, and answer quietly, for so many sets."""
    terminal.until("Pain now, before")
    terminal.type(pain)
    go_on(terminal, sets=sets)


def go_on(terminal: Terminal, sets: int = 99) -> None:
    waits = dict.fromkeys(
        ("Enter when you are in place", "Get ready. Set", "Go:", "Hold ", "Switch:", "Rest "), ""
    )
    asked = {
        "Most pain during": "3",
        "How hard was it": "3",
        "How was your form": "0",
        "Anything new in a leg": "0",
        "lose balance": "0",
        "could have done": "2",
        "looked clean": "8",
    }
    done = 0
    while True:
        words = said(terminal, (*waits, *asked, " recorded."))
        if words == " recorded.":
            return
        done += words == "Rest "
        if words == "Go:" and done == sets:
            return
        terminal.type({**waits, **asked}[words])


def said(terminal: Terminal, every: tuple[str, ...]) -> str:
    """Which of these was said first since the last time."""
    before = terminal._at
    found: list[tuple[int, str]] = []
    while not found:
        assert terminal._read(0.2), f"it ended:\n{terminal.text[-1500:]}"
        fresh = terminal.text[before:]
        found = sorted((fresh.index(words), words) for words in every if words in fresh)
    place, words = found[0]
    terminal._at = before + place + len(words)
    return words


def test_without_a_terminal_it_names_the_other_way(assessed) -> None:
    done = assessed("session")
    assert done.returncode == 2
    assert "coach log" in done.stderr


def test_the_movement_is_told_in_step_with_the_count(home: Path) -> None:
    terminal = Terminal(home, "session", "--plain")
    terminal.until("Pain now, before")
    terminal.type("3", "")
    terminal.until("Enter when you are in place")
    terminal.type("")
    terminal.until("Go: 8 times")
    terminal.until("Move: Let one knee sink slowly out to the side")
    assert "End:" not in terminal.text
    terminal.until("End: ")
    terminal.until("Breath: ")
    assert terminal.text.count("Move: ") == 1
    terminal.kill()


def test_a_minimum_session_line_by_line(home: Path) -> None:
    terminal = Terminal(home, "session", "--minimum", "--no-auto", "--plain")
    lead(terminal)
    assert terminal.ended() == 0
    assert "\x1b" not in terminal.text
    assert "\r" not in terminal.text
    assert "\a" in terminal.text
    assert "1. " in terminal.text
    assert "Set-up: " in terminal.text
    assert "Get into place" not in terminal.text  # it is said as "Enter when you are in place"
    (log,) = opened(home).history().sessions
    assert log.kind == "minimum"
    assert [each.exercise[:3] for each in log.exercises] == ["dis", "sqt"]
    assert all(each.planned_sets == len(each.sets) == 1 for each in log.exercises)
    assert all(
        (each.pain_before, each.pain_max, each.rpe, each.form) == (3, 3, 3, 0) for each in log.exercises
    )
    assert not (home / "session.json").exists()
    assert opened(home).today().day.state == "done"
    assert opened(home).undo() == ("session w01_s1 (sessions 2026-11-23/w01_s1)",)
    assert opened(home).history().sessions == ()


def test_killed_in_the_middle_of_a_set_it_goes_on_at_that_set(home: Path) -> None:
    terminal = Terminal(home, "session", "--no-auto")
    lead(terminal, sets=1)
    terminal.kill()
    kept = json.loads((home / "session.json").read_bytes())["state"]
    assert (kept["place"]["phase"], len(kept["dones"][0]["sets"])) == ("work", 1)
    assert opened(home).history().sessions == ()

    again = Terminal(home, "session", "--no-auto")
    again.until("Week 1, session 1: going on where you left it.")
    again.type("")
    again.until("Set 2 of 2")
    again.type("")
    go_on(again)
    assert again.ended() == 0
    (log,) = opened(home).history().sessions
    assert [(len(each.sets), each.planned_sets, each.status) for each in log.exercises] == [
        (2, 2, "done")
    ] * 4
    assert opened(home).undo() == ("session w01_s1 (sessions 2026-11-23/w01_s1)",)


def test_paused_and_left_it_is_recorded_on_its_day(home: Path) -> None:
    terminal = Terminal(home, "session", "--no-auto")
    lead(terminal, sets=1)
    terminal.type("q")
    terminal.until("Go on with: coach session")
    assert terminal.ended() == 0

    later = Terminal(home, "session", today="2026-11-25")
    later.until("was recorded as far as it got: 1 exercise")
    later.until("Pain now, before")
    later.type("q")
    assert later.ended() == 0
    (log,) = opened(home, "2026-11-25").history().sessions
    assert (log.id, log.exercises[0].status, len(log.exercises[0].sets)) == (
        "2026-11-23/w01_s1",
        "partial",
        1,
    )
    assert {each.status for each in log.exercises[1:]} == {"skipped"}


def test_the_keys_of_the_line_mode(home: Path) -> None:
    terminal = Terminal(home, "session", "--no-auto")
    terminal.until("Pain now, before")
    terminal.type("eleven")
    terminal.until("Type a number from 0 to 10")
    terminal.type("2")
    terminal.until("Enter when you are in place")
    terminal.type("?")
    terminal.until("Set-up: ")
    terminal.type("<")
    terminal.until("Pain now, before")
    terminal.type("2")
    terminal.until("Enter when you are in place")
    terminal.type("s", "no floor\x07 here")
    terminal.until("Exercise 2 of 4")
    terminal.until("Enter when you are in place")
    terminal.type("e")
    terminal.until("A quarter less from now on")
    terminal.type("", "")
    terminal.until("Go: ")
    terminal.type("3")
    terminal.until("Rest ")
    terminal.type("5")
    terminal.until("The last set had 5")
    terminal.type("p")
    terminal.until("Most pain during")
    terminal.type("9")
    terminal.until("Anything new in a leg")
    terminal.type("1")
    terminal.until("Exercise 3 of 4")
    terminal.type("x")
    terminal.until("coach checkin --flag ms_leg_new")
    assert terminal.ended() == 0
    (log,) = opened(home).history().sessions
    first, second, *rest = log.exercises
    assert (first.status, first.reason) == ("skipped", "no floor here")
    assert (second.status, second.pain_max, second.leg, second.sets[0].reps) == ("stopped", 9, "new", 5)
    assert {each.reason for each in rest} == {"not reached"}


def test_what_was_logged_by_hand_meanwhile_stays(home: Path, assessed) -> None:
    terminal = Terminal(home, "session", "--no-auto")
    lead(terminal, sets=1)
    terminal.type("q")
    assert terminal.ended() == 0
    assert assessed("log", "glu_2", "--sets", "2x7").returncode == 0
    later = Coach.open(home, today="2026-11-24")
    with pytest.raises(Exception, match="No session is due"):
        later.session()
    (log,) = later.history().sessions
    done = {each.exercise: [one.reps for one in each.sets] for each in log.exercises if each.sets}
    assert done["glu_2"] == [7, 7]
    assert len(done) == 2


def test_a_damaged_file_is_not_touched(home: Path) -> None:
    (home / "session.json").write_text("{")
    with pytest.raises(Exception, match="damaged"):
        opened(home).session()
    assert (home / "session.json").read_text() == "{"
