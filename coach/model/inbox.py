"""Nouns of the inbox: packets of many people, sorted by rules that the therapist can edit."""

from datetime import date
from typing import Literal

from coach.model.condition import Expression
from coach.model.noun import Noun

Colour = Literal["red", "amber", "green"]
COLOURS: tuple[Colour, ...] = ("red", "amber", "green")
"""Worst first."""


class InboxRule(Noun, frozen=True, kw_only=True):
    """When something is so, the packet has this colour, and the sentence says why."""

    id: str
    colour: Colour
    when: Expression
    say: str


class Why(Noun, frozen=True, kw_only=True):
    """A rule that applied, with the numbers it looked at."""

    rule: str
    colour: Colour
    text: str
    numbers: tuple[str, ...] = ()
    """Such as ``morning_rise >= 2 in 7 days: 4``."""


class Person(Noun, frozen=True, kw_only=True):
    """One person of the inbox: the newest packet, its colour and why."""

    colour: Colour
    label: str
    key: str
    made: date
    number: int
    days: int | None = None
    """Days since it was made; null where its dates are shifted."""
    week: int | None = None
    weeks: int | None = None
    kept: float | None = None
    """Adherence of four weeks, percent."""
    pain_start: float | None = None
    pain_now: float | None = None
    questions: int = 0
    plan: str = ""
    """Title of the plan file, or the built-in shape."""
    why: tuple[Why, ...] = ()
    unknown: tuple[str, ...] = ()
    """Rules that could not be told, because numbers are missing."""
    new: bool = False
    """Not there, or another packet, at the last look."""
    file: str = ""
    seal: str = ""


class Broken(Noun, frozen=True, kw_only=True):
    """A file, or a line of one, that holds no packet."""

    file: str
    problem: str


class Inbox(Noun, frozen=True, kw_only=True):
    """All people of a folder, worst first, and what was not taken in."""

    people: tuple[Person, ...]
    packets: int = 0
    older: int = 0
    """Packets of people of whom there is a newer one."""
    same: int = 0
    """Packets that were there twice."""
    broken: int = 0
    examples: tuple[Broken, ...] = ()
    """The broken ones by name, at most so many."""
    notes: tuple[str, ...] = ()
    """What to look into, such as a label that two people have."""

    def count(self, colour: Colour) -> int:
        """How many people have a colour."""
        return sum(each.colour == colour for each in self.people)
