"""Lines whose parts weigh differently: a face with colours may show it, any other prints the text."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Literal

Tone = Literal["line", "faint", "mark"]
"""What the person noted; what it is compared with; and a stretch that is named, as a flare-up."""
_REST = "⣀▁"
"""The part of a bar that is not filled."""


class Toned(str):
    """A line of text that knows which of its parts are what; as a string it is any line of text."""

    __slots__ = ("parts",)
    parts: tuple[tuple[int, int, Tone], ...]
    """From a column up to another, in order and never over each other; the rest is plain."""

    def __new__(cls, text: str, tones: Iterable[Tone | None] = ()) -> Toned:
        """A line with the tone of each of its letters; what is missing is plain."""
        made = super().__new__(cls, text)
        found: list[tuple[int, int, Tone]] = []
        place = 0
        for tone, letters in groupby(list(tones)[: len(text)]):
            start, place = place, place + len(list(letters))
            if tone is not None:
                found.append((start, place, tone))
        made.parts = tuple(found)
        return made


def bars(text: str) -> Toned:
    """A line with a bar or a row of columns in it: these are the data, what is not filled is faint.

    In plain characters nothing tells a bar from words, and the line stays plain.
    """
    return Toned(text, (_of(letter) for letter in text))


def _of(letter: str) -> Tone | None:
    if letter in _REST:
        return "faint"
    return "line" if "⠀" <= letter <= "⣿" or "▀" <= letter <= "▟" else None
