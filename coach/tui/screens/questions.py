"""The weekly safety questions, one at a time, before a review."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from coach.draw.words import wrap
from coach.tui.base import Box
from coach.tui.lines import faint_para, para, strong
from coach.tui.widgets.drawn import Drawn, Line
from coach.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from coach.cases.interview import Interview

YES_NO = {"yes_no": ("yes", "no"), "yes_no_unsure": ("yes", "no", "unsure")}
KEYS = {"y": "yes", "n": "no", "u": "unsure"}


class Questions(Box):
    """Ask the interviews to their end; gives their answers, or null when it was left."""

    DEFAULT_CSS = """
    Questions #choices { margin-top: 1; }
    Questions #typed { margin-top: 1; background: $panel; }
    """

    def __init__(self, interviews: tuple[Interview, ...]) -> None:
        super().__init__()
        self._interviews = interviews
        self._at = 0
        self._step: Any = None
        self._values: tuple[str, ...] = ()
        self._wrong = ""

    def inside(self) -> ComposeResult:
        """The question, its answers to choose from or to type, and how it goes on."""
        yield Drawn(id="question")
        yield Rows(id="choices")
        yield Input(id="typed", compact=True, max_length=200)
        yield Drawn(
            lambda width: faint_para("Digits, y, n and u answer. Backspace: one back. Esc: not now.", width)
        )

    def on_mount(self) -> None:
        """The first question."""
        self._next()

    def _next(self) -> None:
        while True:
            self._step = self._interviews[self._at].step()
            if self._step.stop is None and self._step.item is not None:
                break
            if self._step.stop is not None or self._at + 1 == len(self._interviews):
                self.dismiss(self.coach().gathered(self._interviews))
                return
            self._at += 1
        item = self._step.item
        self.titled(f"Question {self._step.asked + 1} of {self._step.total}")
        self.query_one("#question", Drawn).show(self._lines)
        self._values = YES_NO.get(item.kind) or tuple(each.value for each in item.choices)
        texts = YES_NO.get(item.kind) or tuple(each.text for each in item.choices)
        rows, typed = self.query_one("#choices", OptionList), self.query_one("#typed", Input)
        rows.clear_options()
        rows.add_options(Option(f"{place}  {text}") for place, text in enumerate(texts, 1))
        rows.display, typed.display = bool(texts), not texts
        typed.value = ""
        if texts:
            rows.highlighted = 0
        (rows if texts else typed).focus()

    def _lines(self, width: int) -> list[Line]:
        item = self._step.item
        text = item.re_ask if self._step.re_ask and item.re_ask else item.text
        lines: list[Line] = ["", *(strong(line) for line in wrap(text, width))]
        lines += para(f"“{self._step.about}”", width) if self._step.about else []
        lines += para(item.help, width) if item.help else []
        if item.minimum is not None and item.maximum is not None:
            low, high = f"{item.minimum:g} {item.low}".strip(), f"{item.maximum:g} {item.high}".strip()
            lines.append(f"{low} to {high}")
        lines += faint_para(f"Why: {item.why}", width) if item.why else []
        return lines + ([strong(self._wrong)] if self._wrong else [])

    def _answer(self, value: Any) -> None:
        item = self._step.item
        key = f"{item.id}_again" if self._step.re_ask else item.id
        try:
            self._interviews[self._at].answer(key, (value,) if item.kind == "choices" else value)
        except ValueError as bad:
            self._wrong = str(getattr(bad, "message", bad))
            self.query_one("#question", Drawn).show(self._lines)
            return
        self._wrong = ""
        self._next()

    def on_key(self, event: Any) -> None:
        """A digit, or the first letter."""
        if self.query_one("#typed").has_focus:
            return
        if event.key == "backspace":
            self._interviews[self._at].back()
            self._next()
        elif event.character and event.character.isdigit() and 0 < int(event.character) <= len(self._values):
            self._answer(self._values[int(event.character) - 1])
        elif KEYS.get(event.key) in self._values:
            self._answer(KEYS[event.key])
        else:
            return
        event.stop()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self._answer(self._values[event.option_index])

    @on(Input.Submitted)
    def _typed(self, event: Input.Submitted) -> None:
        event.input.select_all()  # where it does not fit, what is typed next takes its place
        text = event.value.strip().replace(",", ".")
        item = self._step.item
        if not text and not item.required:
            self._interviews[self._at].skip(item.id)
            self._next()
            return
        number = item.kind in ("scale", "number")
        try:
            self._answer(float(text) if number else text)
        except ValueError:
            self._wrong = "Please give a number."
            self.query_one("#question", Drawn).show(self._lines)
