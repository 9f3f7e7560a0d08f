"""A plan file as it was applied: its exact text, and who answers for it."""

from datetime import date
from typing import Literal

from coach.model.noun import Noun

Seal = Literal["unsigned", "signed", "trusted"]
"""``signed``: by a key that was met here for the first time; ``trusted``: by one that was met before."""


class AppliedFile(Noun, frozen=True, kw_only=True):
    """One applied version of a therapist's plan file.

    The text is kept to the letter, so that every later version of the plan can be made again from it.
    """

    id: str
    """``f001``, ``f002`` ... in the order they were applied."""
    date: date
    name: str = ""
    """Name of the file it came from."""
    text: str
    digest: str
    """SHA-256 of the text, hex."""
    plan: str = ""
    """Id that the file gives itself."""
    title: str = ""
    author: str = ""
    """Who wrote it, in its own words."""
    seal: Seal = "unsigned"
    signer: str = ""
    """Clinic whose pinned key signed it; empty where it is not signed."""
    key: str = ""
    """Fingerprint of that key."""
    at: str = ""
