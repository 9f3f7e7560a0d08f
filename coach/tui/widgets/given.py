"""What the answers to a question post."""

from __future__ import annotations

from typing import Any

from textual.message import Message


class Given(Message):
    """An answer; text that was typed is not yet read, and null says that nothing was chosen."""

    def __init__(self, value: Any, *, typed: bool = False, unsure: frozenset[str] = frozenset()) -> None:
        super().__init__()
        self.value = value
        self.typed = typed
        self.unsure = unsure
        """Of several, those that the person is not sure about."""


class Begun(Message):
    """Something was chosen of several; the answer is still to come."""
