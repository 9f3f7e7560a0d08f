"""A question with a few answers, each a key."""

from __future__ import annotations

from typing import Any

from textual.app import ComposeResult
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from coach.draw.words import wrap
from coach.tui.base import Box
from coach.tui.keys import plainly
from coach.tui.widgets.drawn import Drawn
from coach.tui.widgets.rows import Rows

Choices = tuple[tuple[str, str, str], ...]
"""Key, text and value of each answer."""


class Ask(Box):
    """Ask, and give the value of the answer chosen; null when it was left with Escape.

    Arrows and Enter choose too.
    """

    def __init__(self, text: str, choices: Choices, hint: str = "") -> None:
        super().__init__()
        self._text = text
        self._hint = hint
        self._choices = choices

    def inside(self) -> ComposeResult:
        """The question and its answers."""
        yield Drawn(self._lines)
        yield Rows()

    def on_mount(self) -> None:
        """Show them."""
        self.put(self._text, self._choices)

    def put(self, text: str, choices: Choices) -> None:
        """Ask something."""
        self._text, self._choices = text, choices
        self.query_one(Drawn).show(self._lines)
        rows = self.query_one(OptionList)
        rows.clear_options()
        rows.add_options(Option(f"{key}  {each}", id=key) for key, each, _ in choices)
        rows.highlighted = 0 if choices else None

    def leave(self, value: str | None) -> None:
        """Go back with the answer."""
        self.dismiss(value)

    def _lines(self, width: int) -> list[str]:
        hint = wrap(plainly(self._hint), width) if self._hint else []
        return ["", *wrap(plainly(self._text), width), *hint, ""]

    def on_key(self, event: Any) -> None:
        """A key of an answer gives it; so does its place in the list."""
        for key, _, value in self._choices:
            if event.character == key:
                event.stop()
                self.leave(value)
                return
        place = int(event.character) if event.character and event.character in "123456789" else 0
        if 0 < place <= len(self._choices):
            event.stop()
            self.leave(self._choices[place - 1][2])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter, or a click."""
        self.leave(next(value for key, _, value in self._choices if key == event.option_id))
