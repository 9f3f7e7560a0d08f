"""The app as a real process on a real terminal: killed, resized, pasted into, and left."""

from __future__ import annotations

import random
import signal
from pathlib import Path

import pytest
from screen_case import Screened
from tui_harness import coach_of, fresh  # noqa: F401 (fixture)

TODAY = "Due today: a session"
ESCAPES = "\x1b]0;owned\x07\x1b[5;41mred\x1b[0m"
HOSTILE = "pa[bold]in[/bold] [/x] [@click=app.leave]go[/] \u202eback\u2069 \x9b5;41mC1 \x00\x07\x7fx\ny\r\nz"
READABLE = "pa[bold]in[/bold] [/x] [@click=app.leave]go[/] back 5;41mC1 x y z"
OBEYED = (b"\x1b]0;owned", b"\x1b[5;41m", b"\xc2\x9b", b"\x00", b"\x7f", "\u202e".encode(), "\u2069".encode())
"""What of a paste a terminal would obey; nothing the app itself draws has any of it."""


def sane(home: Path) -> None:
    """The doctor finds nothing wrong."""
    assert [each.sentence for each in coach_of(home).doctor() if not each.ok] == []


def harmless(app: Screened) -> None:
    """The app runs, and the terminal was sent nothing of what was pasted but its letters."""
    assert app.alive
    assert [each for each in OBEYED if each in app.written] == []
    assert b"owned" not in app.screen.title.encode()


def given_back(app: Screened) -> None:
    """The terminal is as it was: its own screen, a cursor, and what is typed is shown again."""
    for on, off in (
        (b"\x1b[?1049h", b"\x1b[?1049l"),
        (b"\x1b[?25l", b"\x1b[?25h"),
        (b"\x1b[?2004h", b"\x1b[?2004l"),
    ):
        assert on in app.written
        assert app.written.rfind(off) > app.written.rindex(on), off
    assert b"\x1b[?1003h" not in app.written[app.written.rfind(b"\x1b[?1003l") :]
    assert app.modes() == app.before


# -- killed in a session -------------------------------------------------------------------------------


def test_a_killed_session_goes_on_at_its_set(fresh: Path) -> None:  # noqa: F811
    with Screened(fresh) as app:
        app.until(TODAY)
        app.press("s", "Pain now, before you begin?")
        app.press("3", "GET INTO PLACE")
        for words in ("left side", "G O", "S W I T C H", "G O", "R E S T", "G E T   R E A D Y", "G O"):
            app.press("\r", words)
        assert "Set 2 of 2   left side" in app.shown
        app.kill()
    assert coach_of(fresh).history().sessions == ()
    running = coach_of(fresh).session()
    assert running.resumed
    (first,) = running.state.dones[0].sets
    assert first.reps == 8
    sane(fresh)
    with Screened(fresh) as app:
        app.until(TODAY)
        shown = app.press("s", "Set 2 of 2")
        assert "1 of 4  Bent-knee fall-out" in shown
        assert "Pain now" not in shown
        app.press("\x1b", "Leave the session?")
        app.press("3", "1 of 4 exercises")
        app.press("\r", "Today")
        app.send("q")
        assert app.ended() == 0
    (log,) = coach_of(fresh).history().sessions
    assert log.exercises[0].sets == (first,)
    assert log.exercises[0].pain_before == 3
    sane(fresh)


# -- another size, and another -------------------------------------------------------------------------


TYPED = ("p", "\x1b[B", "e", "\x1b", "g", "\t", "s", "t", "c", "\x1b", "?", "\x1b", "\x10", "e", "\x1b", "e")
"""Pages opened and left, so that every size meets another one."""

WIDTHS = (60, 61, 68, 75, 76, 90, 109, 110, 140)
"""Where the layout changes, and between."""


def storm(home: Path, count: int, seed: int) -> None:
    """Resize and type, and see whether Today still comes."""
    chance, typed = random.Random(seed), iter(TYPED * count)
    with Screened(home) as app:
        app.until(TODAY)
        for _ in range(count):
            app.resize((chance.choice(WIDTHS), chance.randint(20, 50)))
            app.send(next(typed))
            app.settle(chance.choice((0.0, 0.03, 0.1)))
            assert app.alive, app.shown
        app.resize((100, 30))
        app.settle()
        for _ in range(6):
            app.send("\x1b")
            app.settle()
        app.send("t")
        app.settle()
        lines = app.until(lambda: TODAY in app.shown and "Check-in" in app.shown and app.shown).splitlines()
        assert lines[0].startswith(" Today")
        assert "? Help" in lines[29]
        app.send("q")
        assert app.ended() == 0
        given_back(app)
    sane(home)


def test_a_storm_of_sizes_ends_on_today(fresh: Path) -> None:  # noqa: F811
    storm(fresh, 20, seed=1)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2, 5))
def test_many_storms_of_sizes_end_on_today(fresh: Path, seed: int) -> None:  # noqa: F811
    storm(fresh, 200, seed)


# -- pasted --------------------------------------------------------------------------------------------


def to_the_note(app: Screened) -> None:
    """Open the check-in and go to its last field."""
    app.press("c", "Note")
    app.settle()
    app.send("\x1b[A")
    app.settle()


def note_of(home: Path) -> str:
    """The note of the only check-in."""
    (checkin,) = coach_of(home).history().checkins
    return checkin.note


def test_a_hostile_note_is_kept_readable(fresh: Path) -> None:  # noqa: F811
    with Screened(fresh) as app:
        app.until(TODAY)
        to_the_note(app)
        app.paste(HOSTILE)
        app.until("pa[bold]in[/bold] [/x] [@click=app.leave]go[/] b")
        app.send("\r")
        app.until("“pa[bold]in")
        harmless(app)
    assert note_of(fresh) == READABLE
    with Screened(fresh) as app:
        app.until("“pa[bold]in")
        harmless(app)
    sane(fresh)


def test_escapes_pasted_into_a_note_reach_no_terminal(fresh: Path) -> None:  # noqa: F811
    with Screened(fresh) as app:
        app.until(TODAY)
        to_the_note(app)
        app.paste(f"{ESCAPES} finis")
        app.until("finis")
        app.settle()
        app.send("\r")
        app.until("Check-in: noted")
        harmless(app)
    assert note_of(fresh) == "]0;owned[5;41mred[0m finis"
    sane(fresh)


def test_a_paste_where_there_is_no_field_presses_no_key(fresh: Path) -> None:  # noqa: F811
    with Screened(fresh) as app:
        app.until(TODAY)
        app.settle()
        before = app.shown
        app.paste("\x1b\x1b[5;41mc\x1bq\x1b[Ap\x1bOA\x1b[200~s\x1b")
        app.settle()
        assert app.alive
        assert app.shown == before
        app.press("c", "Note")
    assert coach_of(fresh).history().checkins == ()


def test_a_field_shows_where_a_long_paste_ends(fresh: Path) -> None:  # noqa: F811
    with Screened(fresh) as app:
        app.until(TODAY)
        to_the_note(app)
        app.paste(" ".join(f"word{number}" for number in range(60)))
        app.until("word58 word59 ")


def test_a_note_that_is_too_long_is_cut_and_it_is_said(fresh: Path) -> None:  # noqa: F811
    with Screened(fresh) as app:
        app.until(TODAY)
        to_the_note(app)
        app.paste("word " * 600)
        app.until("The text is too long: 2000 characters")
        app.send("\r")
        app.until("Check-in: noted")
        harmless(app)
    assert note_of(fresh) == ("word " * 400).strip()


def test_a_hostile_search_finds_nothing_and_breaks_nothing(fresh: Path) -> None:  # noqa: F811
    with Screened(fresh) as app:
        app.until(TODAY)
        app.press("\x10", "What are you looking for?")
        app.paste(HOSTILE)
        app.until("No matches found")
        app.paste(ESCAPES + "z" * 3000)
        app.settle()
        harmless(app)
        app.send("\x1b")
        app.until(TODAY)
        app.settle()
        app.press("e", "119 of 119 exercises")
        app.send("/")
        app.settle()
        app.paste(HOSTILE)
        app.until("The text is too long: 60 characters")
        app.until(lambda: "119 of 119" not in app.shown)
        app.paste(ESCAPES + "z" * 3000)
        app.settle()
        harmless(app)
        app.send("\x15\x1b")
        app.settle()
        app.send("t")
        app.until(TODAY)
        harmless(app)
    sane(fresh)


def test_keys_that_come_all_at_once_go_where_they_belong(fresh: Path) -> None:  # noqa: F811
    with Screened(fresh) as app:
        app.until(TODAY)
        app.press("c", "Note")
        app.settle()
        app.send("472\x1b[B\x1b[Ba long drive\r")
        app.until("pain 4, sleep 7, stress 2")
        app.send("q")
        assert app.ended() == 0
    (checkin,) = coach_of(fresh).history().checkins
    assert (checkin.pain, checkin.sleep_quality, checkin.stress) == (4, 7, 2)
    assert checkin.note == "a long drive"


# -- left ----------------------------------------------------------------------------------------------


def test_q_gives_the_terminal_back(fresh: Path) -> None:  # noqa: F811
    with Screened(fresh) as app:
        app.until(TODAY)
        assert app.modes() != app.before
        app.send("q")
        assert app.ended() == 0
        given_back(app)


def test_asked_to_end_by_the_system_it_gives_the_terminal_back(fresh: Path) -> None:  # noqa: F811
    with Screened(fresh) as app:
        app.until(TODAY)
        app.press("c", "Note")
        app.send("4")
        app.until(lambda: bool(coach_of(fresh).history().checkins))
        app.send("\x1b[A\x1b[A")  # up over the first number: the last field
        app.send("stiff after the drive")
        app.until("stiff after the drive")
        app.process.send_signal(signal.SIGTERM)
        assert app.ended() == 128 + signal.SIGTERM
        given_back(app)
    (checkin,) = coach_of(fresh).history().checkins
    assert (checkin.pain, checkin.note) == (4, "stiff after the drive")
    sane(fresh)


@pytest.mark.parametrize("closed", [False, True])
def test_a_terminal_that_is_closed_ends_it_with_all_saved(fresh: Path, closed: bool) -> None:  # noqa: F811
    with Screened(fresh) as app:
        app.until(TODAY)
        app.press("c", "Note")
        app.send("4")
        app.until("[4]")
        app.send("6")
        app.until("[6]")
        if closed:
            app.close()
        else:
            app.process.send_signal(signal.SIGHUP)
        assert app.process.wait(10) == 128 + signal.SIGHUP
    (checkin,) = coach_of(fresh).history().checkins
    assert (checkin.pain, checkin.sleep_quality) == (4, 6)
    sane(fresh)


CRASH = """
import coach.tui.screens.help as page
def rows(width):
    raise RuntimeError("a bug of coach")
page.rows = rows
from coach.__main__ import run
raise SystemExit(run([]))
"""


def test_a_crash_gives_the_terminal_back_and_names_it(fresh: Path) -> None:  # noqa: F811
    with Screened(fresh, "-c", CRASH) as app:
        app.until(TODAY)
        app.send("?")
        assert app.ended() == 1
        given_back(app)
        assert "a bug of coach" in app.shown
    sane(fresh)
