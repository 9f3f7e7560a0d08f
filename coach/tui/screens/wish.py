"""One wish: days, minutes, equipment; asked as the interview asks it."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from coach.draw.words import wrap
from coach.model.text import one_line
from coach.tui.base import Box
from coach.tui.lines import faint_para, para, strong
from coach.tui.widgets.drawn import Drawn, Line
from coach.tui.widgets.rows import Rows

YES_NO = (("yes", "yes"), ("no", "no"))


class Wish(Box):
    """Change one answer; gives its new value, or null when it was left."""

    DEFAULT_CSS = """
    Wish #rows { margin-top: 1; height: auto; max-height: 14; }
    Wish #typed { margin-top: 1; background: $panel; }
    """
    BINDINGS: ClassVar[list[Any]] = [Binding("space", "mark", "Choose", show=False, priority=True)]

    def __init__(self, item: Any, value: Any) -> None:
        super().__init__()
        self._item = item
        self._choices = (
            YES_NO if item.kind == "yes_no" else tuple((each.value, each.text) for each in item.choices)
        )
        self._chosen: list[str] = list(value) if isinstance(value, list | tuple) else [str(value)]
        self._value = (
            "" if value is None or self._choices else f"{value:g}" if isinstance(value, float) else str(value)
        )
        self._first: Any = list(self._chosen) if self._choices else self._value
        """What was there when it was opened."""
        self._wrong = ""

    def inside(self) -> ComposeResult:
        """The question, and a list or a line to type in."""
        yield Drawn(self._lines, id="question")
        if self._choices:
            yield Rows(*self._options(), id="rows")
        else:
            yield Input(self._value, id="typed", compact=True, max_length=120)

    def on_mount(self) -> None:
        """Begin at what was chosen, or at what was left half done."""
        left = self.left_here(self._draft_key)
        if self._choices and isinstance(left, list):
            self._chosen = [value for value, _ in self._choices if value in left]
            self.query_one("#rows", OptionList).clear_options().add_options(self._options())
        elif not self._choices and isinstance(left, str):
            self.query_one("#typed", Input).value = one_line(left)
        if self._choices:
            at = (place for place, (value, _) in enumerate(self._choices) if value in self._chosen)
            self.query_one("#rows", OptionList).highlighted = next(at, 0)

    @property
    def _draft_key(self) -> str:
        return f"wish/{self._item.id}"

    def draft(self) -> tuple[str, Any] | None:
        """What is typed or marked, where it is not what is on file."""
        now = list(self._chosen) if self._choices else self.query_one("#typed", Input).value
        return self._draft_key, now if now != self._first else None

    def dismiss(self, result: Any = None) -> AwaitComplete:
        """Given, or left as it is: either way it is no draft any more."""
        self._first = list(self._chosen) if self._choices else self.query_one("#typed", Input).value
        return super().dismiss(result)

    def _options(self) -> list[Option]:
        return [Option(f"[{'x' if value in self._chosen else ' '}] {text}") for value, text in self._choices]

    def _lines(self, width: int) -> list[Line]:
        item = self._item
        many = "Space marks, Enter is done." if item.kind == "choices" else "Enter is done."
        lines: list[Line] = ["", *(strong(line) for line in wrap(item.text, width))]
        lines += para(item.help, width) if item.help else []
        lines += faint_para(f"{many} Escape leaves it as it is.", width)
        return lines + ([strong(self._wrong)] if self._wrong else [])

    def action_mark(self) -> None:
        """Choose the line under the cursor, or no longer; in a text it is a space."""
        if not self._choices:
            self.query_one("#typed", Input).insert_text_at_cursor(" ")
            return
        rows = self.query_one("#rows", OptionList)
        at = rows.highlighted
        if at is None:
            return
        value = self._choices[at][0]
        if self._item.kind != "choices":
            self._chosen = [value]
        elif value in self._chosen:
            self._chosen.remove(value)
        else:
            self._chosen.append(value)
        rows.clear_options()
        rows.add_options(self._options())
        rows.highlighted = at

    @on(OptionList.OptionSelected)
    def _listed(self, event: OptionList.OptionSelected) -> None:
        if self._item.kind == "choices":
            self.dismiss(tuple(value for value, _ in self._choices if value in self._chosen))
        else:
            self.dismiss(self._choices[event.option_index][0])

    @on(Input.Submitted)
    def _typed(self, event: Input.Submitted) -> None:
        text = event.value.strip()
        if self._item.kind not in ("number", "scale"):
            self.dismiss(text or None)
            return
        low, high = self._item.minimum or 0, self._item.maximum if self._item.maximum is not None else 1e9
        try:
            number = float(text.replace(",", "."))
        except ValueError:
            number = low - 1
        if low <= number <= high:
            self.dismiss(int(number) if number == int(number) else number)
            return
        self._wrong = f"Please give a number from {low:g} to {high:g}."
        self.query_one("#question", Drawn).show(self._lines)
