"""Charts on the command line: how wide, with which characters, and one of them or all."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING

from coach.cli.face import Face
from coach.problems import BadValue

if TYPE_CHECKING:
    from coach.draw.canvas import Style
    from coach.model.charts import Insight

STYLES: tuple[Style, ...] = ("braille", "block", "ascii")
PIPE_WIDTH = 80
"""Columns where no terminal says how wide it is."""


def width() -> int:
    """Columns of the terminal, or 80 without one."""
    if not sys.stdout.isatty():
        return PIPE_WIDTH
    return max(20, min(shutil.get_terminal_size().columns, 200))


def style(wanted: str | None) -> Style:
    """The characters asked for, else the finest that the output can show. Raises `BadValue`."""
    for each in STYLES:
        if each == wanted:
            return each
    if wanted is not None:
        raise BadValue(f"“{wanted}” is no kind of characters.", f"there is: {', '.join(STYLES)}")
    try:
        "⣿".encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return "ascii"
    return "block" if os.environ.get("TERM") == "linux" and sys.stdout.isatty() else "braille"


def view(wanted: str) -> str:
    """A chart by its name. Raises `BadValue` with all of them."""
    from coach.draw.insight import names

    if wanted.lower() not in names():
        raise BadValue(f"There is no chart “{wanted}”.", f"there is: {', '.join(names())}")
    return wanted.lower()


def one(face: Face, found: Insight, name: str, glyphs: str | None) -> None:
    """Print one chart with its sentences and its table; in plain mode no picture."""
    from coach.draw import insight, words

    if face.plain:
        for line in (*insight.said(found, name), *insight.spoken(found, name)):
            face.out(line)
        return
    columns, look = width(), style(glyphs)
    for line in insight.chart(found, name, columns, style=look):
        face.out(line)
    face.out()
    for text in insight.said(found, name):
        for line in words.wrap(text, face.width):
            face.out(line)
    face.out()
    for line in insight.table(found, name):
        face.out(line)


def overview(face: Face, found: Insight, glyphs: str | None) -> None:
    """Print the page at a glance, under the tables."""
    from coach.draw import insight

    for line in insight.overview(found, width(), style=style(glyphs)):
        face.out(line)
    face.out()
    face.out(f"One of them in full: coach progress --chart {'|'.join(insight.names())}")
