"""The ways to answer one question: a list, several of a list, a scale, a line to type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Input, OptionList

from coach.draw import body
from coach.draw.asking import mode_of, values_of
from coach.tui import interview_lines as lines
from coach.tui.widgets.drawn import Drawn
from coach.tui.widgets.given import Begun, Given
from coach.tui.widgets.halfway import Halfway
from coach.tui.widgets.line import Line
from coach.tui.widgets.rows import Marks

if TYPE_CHECKING:
    from coach.model.assessment import Item


class Answers(Halfway, can_focus=True):
    """Takes the answer to one item by digits, arrows, letters or a mouse, and posts it."""

    DEFAULT_CSS = """
    Answers { height: 1fr; } Answers > * { width: 1fr; display: none; }
    Answers #choices { height: auto; max-height: 100%; scrollbar-size-vertical: 1; }
    Answers #chart { width: 26; height: 1fr; margin-left: 1; } Answers #typed { background: $panel; }
    Answers.-charted #chart { display: block; } Answers.-charted #choices { width: 36; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        Binding(key, f"move({by})", "Move", show=False) for key, by in (("left", -1), ("right", 1))
    ]

    def compose(self) -> ComposeResult:
        """One of them shows at a time."""
        yield Marks(id="choices")
        yield Drawn(id="scale")
        yield Drawn(id="chart")
        yield Line(id="typed", compact=True, max_length=400, placeholder="type here")

    def ask(self, item: Item | None, may: frozenset[str] = frozenset(), was: lines.Was = lines.NEW) -> None:
        """Take answers to this item from now on; null for none. Choices of ``may`` take unsure, too.

        ``was`` is what was answered before one came back to it: it stands there again.
        """
        self._item, self._may = item, may
        self.mode = mode_of(item) if item is not None else ""
        self._value = float(was.value) if self.mode == "scale" and was.value is not None else None
        self._chosen, self._unsure = was.chosen, was.unsure
        self._values = values_of(item) if item is not None else ()
        typed = self.query_one("#typed", Line)
        typed.value = lines.spelled(was.value) if self.mode == "typed" else ""
        typed.cursor_position, typed.select_on_focus = len(typed.value), not was.half
        typed.of_numbers(item is not None and item.kind in ("number", "scale"))
        self.query_one("#choices", Marks).many = self.mode == "many"
        part = {"pick": "choices", "many": "choices"}.get(self.mode, self.mode)
        for name in ("choices", "scale", "typed"):
            self.query_one(f"#{name}").display = name == part
        self.set_class(self.mode == "many" and body.known(self._values), "-charted")
        # nothing is highlighted where Enter would answer: a second Enter in haste must not say yes
        known = lines.spelled(was.value)
        at = self._values.index(known) if self.mode == "pick" and known in self._values else None
        self._draw(0 if self.mode == "many" else at)
        (self.query_one(f"#{part}") if part in ("choices", "typed") else self).focus()

    def _draw(self, at: int | None) -> None:
        if self._item is not None and self._values:
            rows = lines.options(self._item, self._chosen, self._unsure)
            self.query_one("#choices", Marks).hang(rows, at)
            self.query_one("#chart", Drawn).show(lines.chart(self._values, self._chosen))
        if self._item is not None and self.mode == "scale":
            self.query_one("#scale", Drawn).show(lines.scale(self._item, self._value))

    def on_key(self, event: Any) -> None:
        """A digit (0: none of these), the first letter of yes, no and unsure, or Enter on a scale."""
        typed = event.character or ""
        if self.mode == "scale" and typed in tuple("0123456789x"):
            self.post_message(Given(10 if typed == "x" else int(typed)))
        elif self.mode == "scale" and event.key == "enter" and self._value is not None:
            self.post_message(Given(self._value))
        elif self.mode == "many" and (typed == "0" or event.key == "space"):
            at = self.query_one("#choices", OptionList).highlighted or 0
            self._mark(len(self._values) if typed == "0" else at)
        elif self.mode == "many" and typed == "u":
            self.doubt()
        elif self._values and typed.isdigit() and 0 < int(typed) <= len(self._values):
            self.choose(self._values[int(typed) - 1])
        elif self.mode == "pick" and lines.LETTERS.get(typed, "") in self._values:
            self.post_message(Given(lines.LETTERS[typed]))
        else:
            return
        event.stop()

    def choose(self, value: str) -> None:
        """Answer with a choice; of several, choose it or no longer."""
        if self.mode == "pick":
            self.post_message(Given(value, typed=self._item is not None and self._item.kind == "scale"))
            return
        self._chosen, self._unsure = self._chosen ^ {value}, self._unsure - {value}
        self._draw(self._values.index(value))
        self.post_message(Begun())

    def _mark(self, at: int) -> None:
        """Choose what stands in a row; the last row says that it is none of them, or nothing."""
        none = () if self.mode == "many" else None
        self.choose(self._values[at]) if at < len(self._values) else self.post_message(Given(none))

    @on(Marks.Pointed)
    def _pointed(self, event: Marks.Pointed) -> None:
        self._mark(event.at)

    def doubt(self) -> None:
        """Not sure about what is highlighted, or no longer."""
        at = self.query_one("#choices", OptionList).highlighted
        if at is not None and at < len(self._values) and (value := self._values[at]) in self._may:
            self._unsure, self._chosen = self._unsure ^ {value}, self._chosen - {value}
            self._draw(at)
            self.post_message(Begun())

    def action_move(self, by: int) -> None:
        """One less or one more on a scale."""
        if self._item is not None and self.mode == "scale":
            self._value = lines.moved(self._item, self._value, by)
            self._draw(None)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if self.mode != "many" or event.option_index == len(self._values):
            self._mark(event.option_index)
            return
        chosen = tuple(each for each in self._values if each in self._chosen)
        self.post_message(Given(chosen if chosen or self._unsure else None, unsure=self._unsure))

    @on(Input.Submitted)
    def _typed(self, event: Input.Submitted) -> None:
        event.stop()
        event.input.select_all()  # where it does not fit, what is typed next takes its place
        self.post_message(Given(event.value.strip() or None, typed=True))
