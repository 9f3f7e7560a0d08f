"""Nouns of a programme shape: phases, slots, milestones, and what a file changes of a built-in one."""

from coach.model.noun import Noun

Span = tuple[int, int]
"""Least and most."""


class Phase(Noun, frozen=True, kw_only=True):
    """Some weeks with their ceilings (``clinical.md`` 6.1); ranges are least and most."""

    id: str
    name: str
    weeks: Span
    sessions: Span
    minutes: Span
    rpe: Span
    sets: Span
    """Sets of an exercise; the upper number is a maximum and raises nothing by itself."""
    walks: int
    """Walks a week, at most."""
    walk: str
    control: int
    """Share of session minutes for control work (C2), percent."""
    aim: str


class Slot(Noun, frozen=True, kw_only=True):
    """A place in a session and the ladders that take turns in it."""

    slot: int
    name: str
    at_least: int
    """Exercises that a session must have before it has this slot."""
    ladders: tuple[str, ...]


class Milestone(Noun, frozen=True, kw_only=True):
    """What is looked at or celebrated at the end of a week."""

    week: int
    text: str


class PhaseChange(Noun, frozen=True, kw_only=True):
    """Fields of a phase of the built-in plan that a file replaces; null fields stay."""

    id: str
    name: str | None = None
    weeks: Span | None = None
    sessions: Span | None = None
    minutes: Span | None = None
    rpe: Span | None = None
    sets: Span | None = None
    walks: int | None = None
    walk: str | None = None
    control: int | None = None
    aim: str | None = None


class SlotChange(Noun, frozen=True, kw_only=True):
    """Fields of a slot of the built-in plan that a file replaces; null fields stay."""

    slot: int
    name: str | None = None
    at_least: int | None = None
    ladders: tuple[str, ...] | None = None


class Replace(Noun, frozen=True, kw_only=True):
    """What a file with ``extends`` puts in the place of the built-in plan's own."""

    weeks: int | None = None
    deload: tuple[int, ...] | None = None
    phases: tuple[PhaseChange, ...] = ()
    slots: tuple[SlotChange, ...] = ()
    milestones: tuple[Milestone, ...] | None = None
    lessons: tuple[str, ...] | None = None


class Remove(Noun, frozen=True, kw_only=True):
    """What a file with ``extends`` leaves out of the built-in plan: by id, number or week."""

    phases: tuple[str, ...] = ()
    slots: tuple[int, ...] = ()
    milestones: tuple[int, ...] = ()
    lessons: tuple[str, ...] = ()
