"""Text from outside, cleaned once at the border."""

from __future__ import annotations

import re
import unicodedata

_CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 but tab and newline, DEL, C1
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # direction controls that reorder a line
    "\ud800-\udfff]"  # halves of a pair, which no file can hold
)


def clean(text: str, limit: int = 2000) -> str:
    """Take out what a terminal would obey, bring to NFC and cut at ``limit`` characters.

    Newline and tab stay; a carriage return goes. Cleaning twice changes nothing.
    """
    return unicodedata.normalize("NFC", _CONTROLS.sub("", text))[:limit]


def one_line(text: str, limit: int = 200) -> str:
    """Clean a text that belongs on one line: every run of blanks becomes one space."""
    return clean(" ".join(clean(text, max(limit * 4, 4000)).split()), limit)
