"""A line to type in, that leaves to the page what cannot be part of a number."""

from __future__ import annotations

from textual.events import Key
from textual.widgets import Input

NUMBER = r"[0-9.,]*"
PASSED = "bw-"
"""Keys that a page may have where a number is typed: one back, why, leave out."""


class Line(Input):
    """An `Input` that takes a text, or numbers alone; then the page gets its own keys."""

    def of_numbers(self, only: bool) -> None:
        """Take numbers alone, or anything."""
        self.restrict = NUMBER if only else None

    def _passes(self, character: str | None) -> bool:
        return bool(self.restrict and character and character in PASSED)

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Whether a key is typed here."""
        return not self._passes(character) and super().check_consume_key(key, character)

    def on_key(self, event: Key) -> None:
        """What is of the page goes on to it."""
        if self._passes(event.character):
            event.prevent_default()
