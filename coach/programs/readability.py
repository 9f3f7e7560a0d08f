"""How easily a text reads: sentences, words, syllables and school grades. English only."""

from __future__ import annotations

import re
from collections.abc import Sequence

GRADE_PART = 9.0
"""About the reading age of 12 and over for one short text; a whole page keeps to 7."""


def sentences(text: str) -> list[str]:
    """The sentences of a text."""
    return [part for part in re.split(r"(?<=[.!?])\s+", text.strip()) if part]


def words(text: str) -> list[str]:
    """The words of a text."""
    return re.findall(r"[A-Za-z0-9]+(?:'[A-Za-z]+)?", text)


def syllables(word: str) -> int:
    """Groups of vowels, without a final silent ``e``, ``es`` or ``ed``: good enough for a check."""
    lower = word.lower()
    groups = len(re.findall(r"[aeiouy]+", lower))
    silent = re.search(r"[^aeiouyl](e|ed|es)$|[aeiouy]le$|led$|les$", lower)
    heard = re.search(r"([td]ed|(?:s|z|x|c|g|ch|sh)es|[^aeiouy]les)$", lower)
    return max(1, groups - (1 if silent and not heard else 0))


def grade(texts: Sequence[str]) -> float:
    """Flesch-Kincaid grade: years of school needed to read it easily."""
    parts = [sentence for text in texts for sentence in sentences(text)]
    each = [word for part in parts for word in words(part)]
    return 0.39 * len(each) / len(parts) + 11.8 * sum(map(syllables, each)) / len(each) - 15.59
