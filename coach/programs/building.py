"""How a plan is put together: the numbers and lists of ``builder.toml``."""

from __future__ import annotations

import tomllib
from functools import cache

import msgspec

from coach.model.noun import Noun
from coach.packaged import packaged


class Constant(Noun, frozen=True, kw_only=True):
    """A number that a rule uses, how sure it is and where it comes from."""

    value: float
    unit: str
    evidence: str
    source: str


class Gate(Noun, frozen=True, kw_only=True):
    """Rungs of a ladder that open only when one of the named things was reached."""

    ladder: str
    first: int = msgspec.field(name="from")
    any: tuple[str, ...] = ()
    text: str = ""


class Building(Noun, frozen=True, kw_only=True):
    """How a plan is put together, as ``builder.toml`` has it."""

    constants: dict[str, Constant]
    equipment: tuple[str, ...]
    """Ids that every home has."""
    substitutes: dict[str, str]
    """What stands in for a missing item, by its id; the own text of an exercise wins."""
    floor: tuple[str, ...]
    """How a position begins that is taken on the floor; a bed is no floor."""
    floor_texts: tuple[str, ...]
    floor_variants: dict[str, str]
    on_back: tuple[str, ...]
    surgery: tuple[str, ...]
    tags: dict[str, str]
    qualifiers: dict[str, str]
    gates: tuple[Gate, ...]
    heavy: dict[str, int]
    tests: dict[str, tuple[str, ...]]
    priority: dict[str, tuple[str, ...]]
    profile_names: dict[str, str]
    profile_notes: dict[str, dict[str, str]]
    swap: dict[str, tuple[tuple[str, ...], ...]]
    choose: dict[str, tuple[str, ...]]

    def number(self, name: str) -> float:
        """Return the value of a constant."""
        return self.constants[name].value


@cache
def load_building() -> Building:
    """Read ``builder.toml``; the same frozen value each time. Raises `ValueError` when it is wrong."""
    text = packaged("programs", "builder.toml").read_text(encoding="utf-8")
    try:
        return msgspec.convert(tomllib.loads(text), Building)
    except (msgspec.ValidationError, tomllib.TOMLDecodeError) as error:
        raise ValueError(f"builder.toml: {error}") from None
