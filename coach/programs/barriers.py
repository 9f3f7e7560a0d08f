"""What was in the way of a session, and a remedy that changes something."""

from __future__ import annotations

import re
import tomllib
from functools import cache

import msgspec

from coach.model.noun import Noun
from coach.packaged import packaged


class Barrier(Noun, frozen=True, kw_only=True):
    """A reason for a skipped session, with what to change next time."""

    id: str
    words: tuple[str, ...]
    """What a person may write instead of the id."""
    changes: str
    """What the remedy changes: length, cue, place, step, days ..."""
    remedy: str
    command: str
    """The command that does it, or begins it."""


class _File(Noun, frozen=True, kw_only=True):
    barriers: tuple[Barrier, ...]


@cache
def load_barriers() -> tuple[Barrier, ...]:
    """Read the barriers in the order of their file; the same frozen value each time."""
    text = packaged("programs", "barriers.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), _File, strict=True).barriers


def barrier_of(reason: str) -> Barrier | None:
    """The barrier that a reason names by its id or in the person's own words; null for another."""
    said = reason.lower()
    for each in load_barriers():
        if any(re.search(rf"\b{re.escape(word)}\b", said) for word in (each.id, *each.words)):
            return each
    return None
