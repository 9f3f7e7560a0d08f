"""A number from 0 to 10 by one key."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.events import Click, Key
from textual.message import Message
from textual.style import Style
from textual.widget import Widget

TOP = 10


class Scale(Widget, can_focus=True):
    """Two lines: what is asked, and the numbers with the one that was given in brackets.

    A digit gives the number, ``x`` gives 10, left and right move it; `Given` is posted each time.
    """

    DEFAULT_CSS = """
    Scale { height: 2; width: 1fr; text-wrap: nowrap; }
    Scale:focus { background: $panel; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        Binding("left", "move(-1)", "Less", show=False),
        Binding("right", "move(1)", "More", show=False),
    ]

    class Given(Message):
        """A number was given; ``onward`` when the next question can follow."""

        def __init__(self, scale: Scale, value: int, onward: bool) -> None:
            super().__init__()
            self.scale = scale
            self.value = value
            self.onward = onward

        @property
        def control(self) -> Scale:
            """The scale it came from."""
            return self.scale

    def __init__(self, text: str, value: float | None = None, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._text = text
        self.value = value

    def ask(self, text: str) -> None:
        """Ask something else."""
        self._text = text
        self.refresh()

    def show(self, value: float | None) -> None:
        """Show a number that is on file, or none."""
        self.value = value
        self.refresh()

    def give(self, value: int, *, onward: bool = True) -> None:
        """Take a number."""
        self.show(value)
        self.post_message(self.Given(self, value, onward))

    def action_move(self, by: int) -> None:
        """One less or one more."""
        start = -by if self.value is None and by > 0 else self.value
        self.give(int(min(TOP, max(0, (TOP if start is None else start) + by))), onward=False)

    def on_key(self, event: Key) -> None:
        """A digit, or x for 10."""
        if event.character is not None and event.character in "0123456789x":
            event.stop()
            self.give(TOP if event.character == "x" else int(event.character))

    def on_click(self, event: Click) -> None:
        """A click on a number gives it."""
        given = event.style.meta.get("given")
        if given is not None:
            self.give(int(given))

    def render(self) -> Content:
        """The question and the numbers."""
        parts: list[Content] = []
        for number in range(TOP + 1):
            on = self.value is not None and number == round(self.value)
            text = f"[{number}]" if on else f" {number} "
            parts.append(
                Content.styled(text, "bold" if on else "").stylize(Style.from_meta({"given": number}))
            )
        mark = "> " if self.has_focus else "  "
        head = Content.assemble(mark, (self._text, "bold" if self.has_focus else ""))
        return Content("\n").join((head, Content.assemble("  ", *parts)))
