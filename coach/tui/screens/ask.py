"""A question with a few answers, each a key."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from coach.tui.keys import in_keys
from coach.tui.widgets.drawn import Drawn


class Ask(ModalScreen[str | None]):
    """Ask, and give the value of the answer chosen; null when it was left with Escape.

    ``choices`` are key, text and value; arrows and Enter choose too.
    """

    DEFAULT_CSS = """
    Ask { align: center middle; }
    Ask #ask { width: 64; max-width: 94%; height: auto; max-height: 90%;
        padding: 1 2; background: $surface; border: round $primary; }
    Ask OptionList { background: $surface; margin-top: 1; }
    """
    BINDINGS: ClassVar[list[Any]] = [Binding("escape", "dismiss", "Back")]

    def __init__(self, text: str, choices: tuple[tuple[str, str, str], ...], hint: str = "") -> None:
        super().__init__()
        self._text = text
        self._hint = hint
        self._choices = choices

    def compose(self) -> ComposeResult:
        """The question and its answers."""
        from coach.draw.words import wrap

        def draw(width: int) -> list[str]:
            hint = wrap(in_keys(self._hint), width) if self._hint else []
            return [*wrap(in_keys(self._text), width), *hint]

        with Vertical(id="ask"):
            yield Drawn(draw)
            yield OptionList(
                *(Option(f"{key}  {text}", id=key) for key, text, _ in self._choices), markup=False
            )

    def on_key(self, event: Any) -> None:
        """A key of an answer gives it."""
        for key, _, value in self._choices:
            if event.key == key:
                event.stop()
                self.dismiss(value)
                return

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter, or a click."""
        self.dismiss(next(value for key, _, value in self._choices if key == event.option_id))
