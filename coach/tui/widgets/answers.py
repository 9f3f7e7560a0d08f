"""The ways to answer one question: a list, several of a list, a scale, a line to type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, OptionList

from coach.draw import body
from coach.tui import interview_lines as lines
from coach.tui.widgets.drawn import Drawn
from coach.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from coach.model.assessment import Item


class Answers(Horizontal, can_focus=True):
    """Takes the answer to one item by digits, arrows, letters or a mouse, and posts it."""

    DEFAULT_CSS = """
    Answers { height: 1fr; } Answers > * { width: 1fr; display: none; }
    Answers #choices { height: auto; max-height: 100%; scrollbar-size-vertical: 1; }
    Answers #chart { width: 26; height: 1fr; margin-left: 1; }
    Answers.-charted #chart { display: block; }
    Answers #typed { background: $panel; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        Binding(key, f"move({by})", "Move", show=False) for key, by in (("left", -1), ("right", 1))
    ]

    class Given(Message):
        """An answer; text that was typed is not yet read, and null says that nothing was chosen."""

        def __init__(self, value: Any, *, typed: bool = False, unsure: frozenset[str] = frozenset()) -> None:
            super().__init__()
            self.value = value
            self.typed = typed
            self.unsure = unsure
            """Of several, those that the person is not sure about."""

    def __init__(self) -> None:
        super().__init__()
        self.mode = ""  # as `lines.mode_of` names them; empty for no question
        self._item: Item | None = None
        self._values: tuple[str, ...] = ()
        self._chosen: frozenset[str] = frozenset()
        self._unsure = self._may = frozenset[str]()
        self._value: float | None = None

    def compose(self) -> ComposeResult:
        """One of them shows at a time."""
        yield Rows(id="choices")
        yield Drawn(id="scale")
        yield Drawn(id="chart")
        yield Input(id="typed", compact=True, max_length=400, placeholder="type here")

    def ask(self, item: Item | None, may: frozenset[str] = frozenset()) -> None:
        """Take answers to this item from now on; null for none. Choices of ``may`` take unsure, too."""
        self._item, self._value, self._may = item, None, may
        self._chosen = self._unsure = frozenset()
        self.mode = lines.mode_of(item) if item is not None else ""
        self._values = lines.values_of(item) if item is not None else ()
        typed = self.query_one("#typed", Input)
        typed.value = ""
        typed.restrict = r"[0-9.,]*" if item is not None and item.kind in ("number", "scale") else None
        for name, modes in (("choices", ("pick", "many")), ("scale", ("scale",)), ("typed", ("typed",))):
            self.query_one(f"#{name}").display = self.mode in modes
        self.set_class(self.mode == "many" and body.known(self._values), "-charted")
        self._draw(0)
        focus = {"typed": "#typed", "pick": "#choices", "many": "#choices"}.get(self.mode)
        (self.query_one(focus) if focus else self).focus()

    def _draw(self, at: int | None) -> None:
        if self._item is not None and self._values:
            self.query_one("#choices", Rows).hang(lines.options(self._item, self._chosen, self._unsure), at)
            self.query_one("#chart", Drawn).show(lines.chart(self._values, self._chosen))
        if self._item is not None and self.mode == "scale":
            self.query_one("#scale", Drawn).show(lines.scale(self._item, self._value))

    def _give(self, value: Any, *, typed: bool = False) -> None:
        self.post_message(self.Given(value, typed=typed))

    def on_key(self, event: Any) -> None:
        """A digit (0: none of these), the first letter of yes, no and unsure, or Enter on a scale."""
        typed = event.character or ""
        if self.mode == "scale" and typed in tuple("0123456789x"):
            self._give(10 if typed == "x" else int(typed))
        elif self.mode == "scale" and event.key == "enter" and self._value is not None:
            self._give(self._value)
        elif self.mode == "many" and typed == "0":
            self._give(())
        elif self.mode == "many" and event.key == "space":
            self.choose(self._values[self.query_one("#choices", OptionList).highlighted or 0])
        elif self.mode == "many" and typed == "u":
            self.doubt()
        elif self._values and typed.isdigit() and 0 < int(typed) <= len(self._values):
            self.choose(self._values[int(typed) - 1])
        elif self.mode == "pick" and lines.LETTERS.get(typed, "") in self._values:
            self._give(lines.LETTERS[typed])
        else:
            return
        event.stop()

    def choose(self, value: str) -> None:
        """Answer with a choice; of several, choose it or no longer."""
        if self.mode == "pick":
            self._give(value, typed=self._item is not None and self._item.kind == "scale")
            return
        self._chosen, self._unsure = self._chosen ^ {value}, self._unsure - {value}
        self._draw(self._values.index(value))

    def doubt(self) -> None:
        """Not sure about what is highlighted, or no longer."""
        at = self.query_one("#choices", OptionList).highlighted
        if at is not None and (value := self._values[at]) in self._may:
            self._unsure, self._chosen = self._unsure ^ {value}, self._chosen - {value}
            self._draw(at)

    def action_move(self, by: int) -> None:
        """One less or one more on a scale; the first press goes to its middle."""
        if self._item is not None and self.mode == "scale":
            low, high = self._item.minimum or 0, self._item.maximum or 10
            start = (low + high) // 2 - by if self._value is None else self._value
            self._value = min(high, max(low, start + by))
            self._draw(None)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if self.mode == "many":
            chosen = tuple(each for each in self._values if each in self._chosen)
            value = chosen if chosen or self._unsure else None
            self.post_message(self.Given(value, unsure=self._unsure))
        else:
            self.choose(self._values[event.option_index])

    @on(Input.Submitted)
    def _typed(self, event: Input.Submitted) -> None:
        event.stop()
        event.input.select_all()  # where it does not fit, what is typed next takes its place
        self._give(event.value.strip() or None, typed=True)
