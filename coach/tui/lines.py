"""Lines with a little emphasis; what is shown is data and never markup."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.style import Style

from coach.draw.digits import FULL
from coach.draw.tones import Tone, Toned
from coach.draw.words import wrap
from coach.tui.widgets.drawn import Line

BETWEEN = 2
"""Columns between two texts on a line."""


def head(text: str) -> Content:
    """A heading."""
    return Content.styled(text, "bold $primary")


def strong(text: str) -> Content:
    """Words that matter most."""
    return Content.styled(text, "bold")


def faint(text: str) -> Content:
    """Words for whoever wants them."""
    return Content.styled(text, "$foreground 70%")


_TONES: dict[Tone, str] = {"line": "$primary", "faint": "$foreground 60%", "mark": "bold $accent"}


def toned(lines: Sequence[str]) -> list[Line]:
    """Lines of a chart in colours, where they know their parts."""
    return [_toned(line) if isinstance(line, Toned) else line for line in lines]


def _toned(line: Toned) -> Content:
    found = Content(str(line))
    for start, end, tone in line.parts:
        found = found.stylize(_TONES[tone], start, end)
    return found


def solid(lines: Sequence[str], color: str, *, colors: bool = True) -> Content:
    """Big figures and bars as filled areas: whole cells of dots stand on their own colour.

    Fonts draw such a cell as a grid of dots, which is hard to read from the floor.
    """
    found = Content("\n".join(lines)).stylize(color)
    return found.highlight_regex(f"{FULL}+", style=f"{color} on {color}") if colors else found


def pressed(line: str | Content, action: str) -> Content:
    """A line that does something when it is clicked, such as ``app.go('plan')``."""
    content = line if isinstance(line, Content) else Content(line)
    return content.stylize(Style.from_meta({"@click": action}))


def para(text: str, width: int, indent: str = "") -> list[Line]:
    """A text, broken at the width."""
    return list(wrap(text, width, indent))


def faint_para(text: str, width: int, indent: str = "") -> list[Line]:
    """The same in faint."""
    return [faint(line) for line in wrap(text, width, indent)]


def beside(left: str, right: str, width: int) -> list[str]:
    """Two texts on a line, the second at the right; below it, further in, where both do not fit."""
    blank = width - len(left) - len(right)
    if blank >= BETWEEN:
        return [f"{left}{' ' * blank}{right}"]
    indent = " " * (len(left) - len(left.lstrip()) + 4)
    return [left, *(wrap(right, width, indent) if right else [])]
