"""Lines with a little emphasis; what is shown is data and never markup."""

from __future__ import annotations

from textual.content import Content

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
