"""Breathing and relaxation as a script of timed lines. Pure: whoever shows it keeps the time."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Literal

import msgspec

from coach.model.noun import Noun
from coach.packaged import packaged

Kind = Literal["breath", "relax"]


class Phase(Noun, frozen=True, kw_only=True):
    """One line and how many seconds it lasts."""

    text: str
    seconds: float


class Timing(Noun, frozen=True, kw_only=True):
    """Seconds, limits and words, as their data file has them."""

    source: str
    evidence: str
    in_s: int
    out_s: int
    tense_s: int
    release_s: int
    shortest_min: float
    longest_min: float
    breath_in: str
    breath_out: str
    begin: str
    end: str
    tense: str
    release: str
    groups: tuple[str, ...]


@cache
def load_timing() -> Timing:
    """Read the data file; the same frozen value each time."""
    text = packaged("programs", "breathing.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), Timing, strict=True)


def script(minutes: float, kind: Kind, timing: Timing) -> tuple[Phase, ...]:
    """The lines of so many minutes, whole breaths or whole muscle groups, at least one of them.

    Raises `ValueError` for minutes outside the limits of the data file.
    """
    if not timing.shortest_min <= minutes <= timing.longest_min:
        raise ValueError(f"{timing.shortest_min:g} to {timing.longest_min:g} minutes")
    return _breaths(minutes, timing) if kind == "breath" else _groups(minutes, timing)


def _breaths(minutes: float, timing: Timing) -> tuple[Phase, ...]:
    count = max(1, round(minutes * 60 / (timing.in_s + timing.out_s)))
    one = (
        Phase(text=timing.breath_in, seconds=timing.in_s),
        Phase(text=timing.breath_out, seconds=timing.out_s),
    )
    return one * count


def _groups(minutes: float, timing: Timing) -> tuple[Phase, ...]:
    """Muscle groups from hands to feet, and again from the hands while there is time."""
    count = max(1, round(minutes * 60 / (timing.tense_s + timing.release_s)))
    found = []
    for number in range(count):
        name, _, how = timing.groups[number % len(timing.groups)].partition(": ")
        found.append(Phase(text=f"{name}. {timing.tense}: {how}", seconds=timing.tense_s))
        found.append(Phase(text=f"{name}. {timing.release}", seconds=timing.release_s))
    return tuple(found)


def length(phases: tuple[Phase, ...]) -> float:
    """Seconds of a script."""
    return sum(each.seconds for each in phases)
