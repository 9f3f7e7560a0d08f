"""Lines as a screen reader or a braille display can give them: words for signs, and no columns."""

from __future__ import annotations

import re
import unicodedata

_WORDS = (
    (re.compile(r" ?· ?"), ", "),
    (re.compile(r" ?(?:→|->) ?"), " to "),
    (re.compile(r"(?<![\d.,])1 [x×] (?=\d)"), "1 time "),
    (re.compile(r"(?<=\d) [x×] (?=\d)"), " times "),
    (re.compile(r"≥ ?|>= ?"), "at least "),
    (re.compile(r"≤ ?|<= ?"), "at most "),
    (re.compile(r"± ?"), "plus or minus "),
    (re.compile(r"(?<=\S) {2,}(?=[(\[])"), " "),
    (re.compile(r"(?<=\S) {2,}(?=\S)"), ", "),
    (re.compile(r"(?<=[,:.;?!])(?:, )+"), " "),
)
"""What is read out badly or not at all, and the words for it; then columns become a list."""
_INDENT = 2
"""Columns that a line may be set in: on a braille display of twenty cells every blank counts."""
_SIGNS = {
    "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...",
    "·": "-", "→": "->", "←": "<-", "↑": "up", "↓": "down", "×": "x", "≥": ">=", "≤": "<=", "±": "+/-",
    "°": "deg ", "ß": "ss", "æ": "ae", "ø": "o", "Æ": "AE", "Ø": "O", "ł": "l", "Ł": "L", "•": "-",
}  # fmt: skip
"""What stands for a sign where only ASCII can be shown; letters lose their marks instead."""


def spoken(text: str) -> str:
    """A text for people with its signs said in words and its columns as lists; line breaks stay.

    For texts only, never for data: ``2 x 8  done`` becomes ``2 times 8, done``.
    """
    return "\n".join(_line(line) for line in text.split("\n"))


def _line(line: str) -> str:
    bare = line.strip(" ")
    indent = " " * min(_INDENT, len(line) - len(line.lstrip(" "))) if bare else ""
    for pattern, words in _WORDS:
        bare = pattern.sub(words, bare)
    return indent + bare.strip(" ")


def ascii_only(text: str) -> str:
    """The same text in ASCII: signs as they are typed, letters without their marks, ``?`` for the rest."""
    return "".join(each if ord(each) < 128 else _SIGNS.get(each) or _letter(each) for each in text)


def _letter(each: str) -> str:
    plain = "".join(part for part in unicodedata.normalize("NFKD", each) if ord(part) < 128)
    return plain or "?"
