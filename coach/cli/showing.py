"""Figures on the command line: still, moving until a key is pressed, or following a file."""

from __future__ import annotations

import os
import re
import select
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from coach.cli import charts
from coach.cli.face import Face
from coach.problems import BadValue, Problem

if TYPE_CHECKING:
    from coach.cases.picturing import Pictured
    from coach.model.figure import Figure

LEAST = (24, 10)
MOST = (300, 100)
USUAL_ROWS = 20
FRAME_S = 1 / 15
LOOK_S = 0.3
"""Seconds between two looks at a file that is being edited."""


class Look(NamedTuple):
    """How a figure is wanted."""

    room: tuple[int, int]
    mirror: bool = False
    errors: bool = False
    moving: bool = False
    glyphs: str | None = None


def room(size: str | None, *, moving: bool = False) -> tuple[int, int]:
    """Columns and rows of the picture: those asked for, else those of the terminal. Raises `BadValue`."""
    if size is None:
        rows = shutil.get_terminal_size().lines - 4 if moving and sys.stdout.isatty() else USUAL_ROWS
        return max(LEAST[0], charts.width() - 1), max(LEAST[1], rows)
    found = re.fullmatch(r"(\d{1,4})x(\d{1,4})", size.strip().lower())
    given = (int(found[1]), int(found[2])) if found else (0, 0)
    if not (LEAST[0] <= given[0] <= MOST[0] and LEAST[1] <= given[1] <= MOST[1]):
        raise BadValue(
            f"“{size[:20]}” is no size for a picture.",
            f"columns x rows from {LEAST[0]}x{LEAST[1]} to {MOST[0]}x{MOST[1]}, for example: --size 60x20",
        )
    return given


def words(figure: Figure, width: int | None) -> list[str]:
    """The figure in words, a name and a line each."""
    from coach.draw.film import spoken
    from coach.draw.words import wrap

    lines = []
    for name, text in spoken(figure):
        for number, part in enumerate(wrap(text, width - 8 if width else None)):
            lines.append(f"{name if number == 0 else '':<8}{part}".rstrip())
    return lines


def still(face: Face, found: Pictured, look: Look) -> None:
    """Print the key poses, the errors where they are wanted, and the words; in plain mode words alone."""
    from coach.draw.film import mistake_lines, spoken, still_lines

    face.out(f"{found.title} ({found.figure.id})")
    if face.plain:
        for name, text in spoken(found.figure):
            face.out(f"{name}: {text}")
        return
    glyphs = charts.style(look.glyphs)
    face.out()
    for line in still_lines(found.motion(), *look.room, style=glyphs, mirror=look.mirror):
        face.out(line)
    for each in found.figure.errors if look.errors else ():
        drawn = mistake_lines(found.figure, each, *look.room, style=glyphs, mirror=look.mirror)
        if drawn:
            face.out(f"\nNot like this: {each.words}")
            for line in drawn:
                face.out(line)
    face.out()
    for line in words(found.figure, face.width):
        face.out(line)


def as_svg(found: Pictured, look: Look) -> str:
    """The figure as SVG."""
    from coach.draw.figuresvg import strip
    from coach.draw.movingsvg import moving

    return (moving if look.moving else strip)(found.motion(), mirror=look.mirror)


def as_json(face: Face, found: Pictured) -> None:
    """The figure as a document: words, key poses and timing."""
    from coach.draw.film import spoken

    motion = found.motion()
    keys = [{"name": key.name, "into_s": key.into, "stay_s": key.stay} for key in motion.keys]
    lines = [{"name": name.lower(), "text": text} for name, text in spoken(found.figure)]
    document = {"id": found.figure.id, "title": found.title, "view": found.figure.view, "keys": keys}
    face.emit("show", {**document, "seconds": motion.length, "words": lines})


def of_file(face: Face, path: str, name: str, look: Look, *, svg: bool) -> None:
    """The figures of a file that is being written, with what is wrong in them."""
    from coach.cases.picturing import problems

    coach = face.coach()

    def read() -> tuple[Pictured, ...]:
        found = coach.figures(path, name)
        if not found:  # an editor may be writing the file just now
            raise BadValue(f"{path} has no figure.", "docs/figures.md tells how figures are written")
        return found

    every = read()
    if look.moving and not svg and not face.plain:
        move(face, lambda: read()[0], look, path)
        return
    wrong = [problem for each in every for problem in problems(each)]
    for each in every:
        if svg:
            face.data(as_svg(each, look))
        else:
            still(face, each, look)
            face.out()
    for problem in wrong:
        face.say(problem)
    if wrong:
        raise SystemExit(4)


def move(face: Face, read: Callable[[], Pictured], look: Look, path: str = "") -> None:
    """Let it move until a key is pressed; with a path it is read again whenever that file changes."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        still(face, read(), look)
        return
    with _raw():
        stopped = False
        while not stopped:
            stamp = _stamp(path)
            try:
                stopped = _run(read(), look, path, stamp)
            except Problem as problem:
                if not path:
                    raise
                stopped = _wait(problem, path, stamp)


def _run(found: Pictured, look: Look, path: str, stamp: object) -> bool:
    """Draw frame after frame; whether a key ended it, and not a change of the file."""
    from coach.cases.picturing import problems
    from coach.draw.film import Film

    columns, rows = look.room
    film = Film(found.motion(), columns, rows, style=charts.style(look.glyphs), mirror=look.mirror)
    wrong = [line for each in problems(found)[:2] for line in _wrapped(each)] if path else []
    began = looked = time.monotonic()
    shown: list[str] | None = None
    while True:
        now = time.monotonic()
        lines = film.frame(now - began)
        if lines is not shown:
            key = found.figure.keys[film.motion.at(now - began).key].name
            _paint([f"{found.title}: {key}", *lines, *wrong, "", "Any key ends it."])
            shown = lines
        if select.select([sys.stdin], [], [], FRAME_S)[0]:
            return True
        if path and now - looked > LOOK_S:
            looked = now
            if _stamp(path) != stamp:
                return False


def _wait(problem: Problem, path: str, stamp: object) -> bool:
    """Say what is wrong with the file, until it changes or a key is pressed."""
    said = (problem.message, problem.hint, "", "Mend the file, or press any key to end.")
    _paint([line for each in said for line in _wrapped(each)])
    while _stamp(path) == stamp:
        if select.select([sys.stdin], [], [], LOOK_S)[0]:
            return True
    return False


def _wrapped(text: str) -> list[str]:
    from coach.draw.words import wrap

    return wrap(text, shutil.get_terminal_size().columns) or [""]


def _paint(lines: list[str]) -> None:
    columns, rows = shutil.get_terminal_size()
    text = "".join(f"{line[:columns]}\x1b[K\r\n" for line in lines[: rows - 1])
    sys.stdout.write(f"\x1b[H{text}\x1b[J")
    sys.stdout.flush()


def _stamp(path: str) -> object:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


@contextmanager
def _raw() -> Iterator[None]:
    """The other screen of the terminal, keys unseen; all as before at the end, whatever happens."""
    import termios
    import tty

    before = termios.tcgetattr(sys.stdin)
    try:
        tty.setcbreak(sys.stdin)
        sys.stdout.write("\x1b[?1049h\x1b[?25l")
        yield
    except KeyboardInterrupt:
        pass
    finally:
        sys.stdout.write("\x1b[?25h\x1b[?1049l")
        sys.stdout.flush()
        termios.tcflush(sys.stdin, termios.TCIFLUSH)
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)
