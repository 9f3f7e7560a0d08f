"""A terminal that goes away, or stands still: the app ends by itself, or goes on, and all is saved."""

from __future__ import annotations

import os
import pty
import signal
import threading
import time
import tty
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from screen_case import Screened
from tui_harness import coach_of, fresh  # noqa: F401 (fixture)

from coach.tui.writing import HELD, Writer

TODAY = "Due today: a session of"
PATIENT = """
import os, sys
errors = os.open({errors!r}, os.O_WRONLY | os.O_CREAT, 0o600)
os.dup2(errors, 2)
import coach.tui.outside
coach.tui.outside.LINGER_S = 600
from coach.__main__ import run
raise SystemExit(run([]))
"""
"""The app, with its errors in a file, and nothing that ends it but itself."""
END_S = 30


def patient(home: Path) -> Screened:
    return Screened(home, "-c", PATIENT.format(errors=str(home.parent / "errors")))


def ended(app: Screened, code: int) -> None:
    """It went by itself, and had nothing to complain of."""
    assert app.process.wait(END_S) == code


def said(home: Path) -> str:
    return (home.parent / "errors").read_text(encoding="utf-8")


def sane(home: Path) -> None:
    assert [each.sentence for each in coach_of(home).doctor() if not each.ok] == []
    assert said(home) == ""


def test_closed_while_much_is_drawn(fresh: Path) -> None:  # noqa: F811
    with patient(fresh) as app:
        app.until(TODAY)
        app.press("c", "Note")
        app.send("4")
        app.until("[4]")
        app.send("\x1b")
        app.settle()
        app.flood("petg" * 8)  # nobody reads what is drawn
        app.close()
        ended(app, 128 + signal.SIGHUP)
    assert coach_of(fresh).history().checkins[0].pain == 4
    sane(fresh)


def test_closed_in_the_middle_of_a_set(fresh: Path) -> None:  # noqa: F811
    with patient(fresh) as app:
        app.until(TODAY)
        app.press("s", "Pain now, before you begin?")
        app.press("3", "GET INTO PLACE")
        for words in ("left side", "G O"):
            app.press("\r", words)
        app.close()
        ended(app, 128 + signal.SIGHUP)
    running = coach_of(fresh).session()
    assert running.resumed
    assert running.state.place.before == 3
    sane(fresh)


@pytest.mark.parametrize("asked", ["u", "\x10", "c"])
def test_closed_in_a_box(fresh: Path, asked: str) -> None:  # noqa: F811
    with patient(fresh) as app:
        app.until(TODAY)
        app.press(asked, {"u": "Take back the last step?", "\x10": "looking for", "c": "Note"}[asked])
        app.close()
        ended(app, 128 + signal.SIGHUP)
    sane(fresh)


def test_asked_to_end_while_the_terminal_stands_still(fresh: Path) -> None:  # noqa: F811
    with patient(fresh) as app:
        app.until(TODAY)
        app.settle()
        app.flood("petg" * 10)
        app.process.send_signal(signal.SIGTERM)
        ended(app, 128 + signal.SIGTERM)
    sane(fresh)


def test_a_terminal_that_stood_still_shows_what_is_so_once_it_goes_on(
    fresh: Path,  # noqa: F811
) -> None:
    little = f"import coach.tui.writing\ncoach.tui.writing.HELD = 9000\n{PATIENT}"
    with Screened(fresh, "-c", little.format(errors=str(fresh.parent / "errors"))) as app:
        app.until(TODAY)
        app.settle()
        app.flood("peht" * 8)
        app.send("t")
        app.settle(1.0)
        app.until(lambda: TODAY in app.shown and app.shown.startswith(" Today"))
        assert "? Help" in app.shown.splitlines()[23]
        app.send("q")
        assert app.ended() == 0
        assert app.modes() == app.before
        assert b"\x1b[?1049l" in app.written
    sane(fresh)


def threads(app: Screened) -> int:
    return len(list(Path(f"/proc/{app.process.pid}/task").iterdir()))


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="counts threads as Linux tells them")
@pytest.mark.parametrize("stop", [signal.SIGSTOP, signal.SIGTSTP])
def test_stopped_and_let_go_on_it_reads_as_before(fresh: Path, stop: signal.Signals) -> None:  # noqa: F811
    with patient(fresh) as app:
        app.until(TODAY)
        app.press("c", "Note")
        app.settle()
        before = threads(app)
        app.process.send_signal(stop)
        app.settle()
        app.send("4")
        app.process.send_signal(signal.SIGCONT)
        app.until("[4]")
        app.send("7")
        app.until("[7]")
        app.until(lambda: threads(app) <= before + 1)  # the one that saves
        app.send("2\x1b[B\x1b[Ba long drive\r")
        app.until("pain 4, sleep 7, stress 2")
        app.send("q")
        assert app.ended() == 0
        assert app.modes() == app.before
    assert coach_of(fresh).history().checkins[0].note == "a long drive"
    sane(fresh)


# -- the writer by itself ------------------------------------------------------------------------------


class Line:
    """A terminal whose far end reads only when it is told to."""

    def __init__(self) -> None:
        self.far, near = pty.openpty()
        tty.setraw(near)
        self.anew = threading.Event()
        self.file = os.fdopen(near, "w")
        self.writer = Writer(self.file, self.anew.set)
        self.writer.start()

    def close(self) -> None:
        with suppress(OSError):
            os.close(self.far)
        self.file.close()

    def read(self, end: bytes) -> bytes:
        found = b""
        while not found.endswith(end):
            found += os.read(self.far, 65536)
        return found


@pytest.fixture
def line() -> Iterator[Line]:
    made = Line()
    yield made
    made.close()


def test_nobody_waits_for_a_terminal_that_stands_still(line: Line) -> None:
    for number in range(3 * HELD // 1000):
        line.writer.write(f"{number:06}" + "x" * 994)
    reader = threading.Thread(target=lambda: line.read(b"<end>"))
    reader.start()
    assert line.anew.wait(END_S)
    until = time.monotonic() + END_S
    while reader.is_alive() and time.monotonic() < until:
        line.writer.write("all anew<end>")
        reader.join(0.01)
    assert not reader.is_alive()
    line.writer.stop()
    assert not line.writer.is_alive()


def test_what_a_terminal_takes_comes_in_order(line: Line) -> None:
    given = [f"{number} ü\n" for number in range(5000)]
    for each in given:
        line.writer.write(each)
    line.writer.farewell()
    line.writer.write("<end>")
    assert line.read(b"<end>").decode() == "".join(given) + "<end>"
    line.writer.stop()
    assert not line.writer.is_alive()
    assert not line.anew.is_set()


def test_a_writer_outlives_its_terminal(line: Line) -> None:
    for _ in range(100):
        line.writer.write("x" * 1000)
    os.close(line.far)
    until = time.monotonic() + END_S
    while not line.writer.gone and time.monotonic() < until:
        line.writer.write("x")
    assert line.writer.gone
    for _ in range(3 * HELD // 1000):
        line.writer.write("x" * 1000)
    assert line.writer.is_alive()
    line.writer.stop()
    assert not line.writer.is_alive()


def test_a_terminal_that_stands_still_is_not_waited_for_at_the_end(line: Line) -> None:
    for _ in range(100):
        line.writer.write("x" * 1000)
    line.writer.stop()
    assert not line.writer.is_alive()
