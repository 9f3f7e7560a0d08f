"""An answer that stands half typed or half chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.containers import Horizontal
from textual.widgets import Input

if TYPE_CHECKING:
    from coach.model.assessment import Item


class Halfway(Horizontal):
    """What was begun of the answer to one item; how it is drawn and given is for the widget itself."""

    def __init__(self) -> None:
        super().__init__()
        self.mode = ""  # as `lines.mode_of` names them; empty for no question
        self._item: Item | None = None
        self._values: tuple[str, ...] = ()
        self._chosen = self._unsure = self._may = frozenset[str]()
        self._value: float | None = None

    @property
    def begun(self) -> Any:
        """What stands half typed or half chosen, as plain values; null for nothing."""
        if self.mode == "many" and (self._chosen or self._unsure):
            return {"chosen": sorted(self._chosen), "unsure": sorted(self._unsure)}
        return (self.query_one("#typed", Input).value or None) if self.mode == "typed" else self._value
