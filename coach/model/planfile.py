"""Nouns of a plan file: what a therapist wrote, as it was written.

A file can only SELECT (exercises of the library, under its own titles and texts), TIGHTEN (lower caps and
pain ceilings, more conditions for a rise, more reasons for a cut) and STEER (order of rungs, dose ranges as
targets and ceilings, what grows, swaps, habits, lessons). The nouns keep what is written even where it
asks for more than the safety floor gives; the engine takes the tighter of the two and `check` shows both.
"""

from typing import Literal

from coach.model.noun import Noun
from coach.model.planlines import (
    Ask,
    Cleared,
    ExerciseLine,
    FileBounds,
    FlareLine,
    GapLine,
    HabitLine,
    LadderLine,
    Rule,
    Trial,
)
from coach.model.shape import Milestone, Phase, Remove, Replace, Slot, Span


class PlanFile(Noun, frozen=True, kw_only=True):
    """A plan file as it was written; ``extends`` is not resolved in it."""

    schema: Literal[1] = 1
    id: str
    title: str
    author: str = ""
    clinic: str = ""
    language: str = "en"
    extends: str = ""
    """Id of a built-in plan whose phases, slots, lessons and milestones hold; empty for a file of its own."""
    setting: Literal["home", "clinic"] = "home"
    goals: tuple[str, ...] = ()
    patient: str = ""
    """Text for the person, shown with the plan."""
    colleague: str = ""
    """Note for colleagues; not shown to the person unasked."""
    days: Span | None = None
    """Days with a session a week."""
    minutes: Span | None = None
    """Minutes of a session."""
    weeks: int | None = None
    """Weeks of the plan; given without ``extends`` only, like the next five."""
    deload: tuple[int, ...] = ()
    phases: tuple[Phase, ...] = ()
    slots: tuple[Slot, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    lessons: tuple[str, ...] = ()
    replace: Replace = Replace()
    remove: Remove = Remove()
    choose: Literal["listed", "engine"] = "engine"
    """``listed``: only the listed exercises and the further rungs of the listed ladders. ``engine``: it
    chooses as ever, and the lines only shape what it chose."""
    exercises: tuple[ExerciseLine, ...] = ()
    ladders: tuple[LadderLine, ...] = ()
    rules: tuple[Rule, ...] = ()
    asks: tuple[Ask, ...] = ()
    flare: FlareLine | None = None
    gap: tuple[GapLine, ...] = ()
    habits: tuple[HabitLine, ...] = ()
    avoid: tuple[str, ...] = ()
    """Avoid tags that hold on top of the person's own."""
    bounds: FileBounds = FileBounds()
    cleared: Cleared | None = None
    tests: tuple[Trial, ...] = ()
