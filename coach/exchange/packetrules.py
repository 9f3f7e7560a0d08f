"""Limits and texts of the flags of a packet, read from their data file."""

from __future__ import annotations

import tomllib
from functools import cache

from coach.model.noun import Noun, from_doc
from coach.packaged import packaged


class Limit(Noun, frozen=True, kw_only=True):
    """A number with its unit, evidence mark and source."""

    value: float
    unit: str
    evidence: str
    source: str


class PacketRules(Noun, frozen=True, kw_only=True):
    """The file ``packet.toml``."""

    version: int
    limits: dict[str, Limit]
    flags: dict[str, str]

    def __getitem__(self, name: str) -> int:
        """Value of a limit. Raises `KeyError` for a name that is not in the file."""
        return int(self.limits[name].value)


@cache
def load_packet_rules() -> PacketRules:
    """The limits that come with the package."""
    text = packaged("exchange", "packet.toml").read_text(encoding="utf-8")
    return from_doc(tomllib.loads(text), PacketRules)
