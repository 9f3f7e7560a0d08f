"""Help, made of the declared actions."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from coach.actions import ACTIONS, APP, GROUPS, KEYS
from coach.tui.base import Page
from coach.tui.keys import has_page, name_of
from coach.tui.lines import faint, faint_para, head, para
from coach.tui.widgets.drawn import Drawn, Line

ALIKE = (
    "In every list: arrows move, Enter opens. In every text: arrows and Page Up, Page Down scroll.",
    "Escape or b goes back one page. What is in the bottom line can be clicked.",
    "Ctrl-P finds any page, exercise or lesson by its name.",
    "Every answer is kept as you give it, so you may leave at any time.",
)


class HelpPage(Page):
    """All keys and what they do; then what a shell can do besides."""

    NAME: ClassVar[str] = "Help"
    DEFAULT_CSS = """
    HelpPage #text { padding-top: 1; scrollbar-size-vertical: 1; }
    """

    def body(self) -> ComposeResult:
        """A page of text."""
        with VerticalScroll(id="text"):
            yield Drawn(rows)


def rows(width: int) -> list[Line]:
    """The help page at a width."""
    lines: list[Line] = []
    for text in ALIKE:
        lines += para(text, width)
    for group in (*GROUPS, APP):
        found = [
            each for each in (*ACTIONS, *KEYS) if each.group == group and (each.key or has_page(each.name))
        ]
        if found:
            lines += ["", head(group)]
        for each in found:
            key = name_of(each.key) if each.key else "Ctrl-P"
            lines += _row(key, each.label, each.help, width)
    others = [each for each in ACTIONS if not each.key and not has_page(each.name)]
    lines += ["", head("In a shell")]
    for each in others:
        lines += _row(f"coach {each.name}", "", each.help, width)
    lines += [
        "",
        *faint_para("coach --plain leads through everything line by line, for screen readers.", width),
    ]
    return lines


def _row(key: str, label: str, text: str, width: int) -> list[Line]:
    left = f"{key:<7} {label:<14}" if label else f"{key:<15}"
    first, *rest = para(text, max(20, width - len(left) - 1))
    return [f"{left} {first}", *(faint(f"{'':<{len(left)}} {line}") for line in rest)]
