"""Text of a condition or a dose, cut into words with their places; and the error that names a place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from coach.model.noun import Noun

LONGEST = 500
_WORD = re.compile(
    r"(?P<number>[+-]?[0-9]+(?:\.[0-9]+)?)(?![\w.])"
    r"|(?P<name>[^\W0-9][\w.-]*)"
    r"|(?P<sign><=|>=|==|!=|=>|=<|<>|&&|\|\||[<>=≤≥≠%(),])"
    r"|(?P<blank>\s+)"
    r"|(?P<other>[\w.+-]+|.)",
    re.DOTALL,
)

Kind = Literal["number", "name", "sign", "other", "end"]


class BadText(ValueError):
    """A short text of the file does not read; ``at`` is the character, from 0, where it goes wrong."""

    def __init__(self, at: int, message: str) -> None:
        self.at = at
        self.message = message
        super().__init__(message)


class Word(Noun, frozen=True, kw_only=True):
    """One word, sign or number and where it stands, from 0."""

    kind: Kind
    text: str
    at: int


def words(text: str) -> Iterator[Word]:
    """Cut a text into words; the last has the kind ``end``. Raises `BadText` when it is too long."""
    if len(text) > LONGEST:
        raise BadText(LONGEST, f"this is longer than {LONGEST} characters; say it in several conditions")
    for match in _WORD.finditer(text):
        kind = match.lastgroup
        if kind != "blank":
            yield Word(kind=kind, text=match[0], at=match.start())  # type: ignore[arg-type]
    yield Word(kind="end", text="", at=len(text.rstrip()))


def figure(value: float) -> str:
    """A number as the language writes it: at most three decimals, no exponent."""
    return f"{value:.3f}".rstrip("0").rstrip(".")
