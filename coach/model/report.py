"""Nouns of the pages to print: the report of an episode, and the handout of a week."""

from datetime import date
from typing import Any, Literal

from coach.model.charts import Insight
from coach.model.exercise import Exercise
from coach.model.noun import Noun
from coach.model.packet import FlagOf
from coach.model.plan import Plan, Session, Week
from coach.model.review import Review

HELP = (
    "The first of these is an emergency: go to an emergency department now. With any other of them stop, and "
    "see a doctor; with the second one today."
)
"""What to do with the signs of ``help``, in the order of the weekly questions."""

Audience = Literal["patient", "clinician"]


class Report(Noun, frozen=True, kw_only=True):
    """Everything a report shows, of the running episode."""

    audience: Audience = "patient"
    made: date
    since: date
    """First day that is shown."""
    start: date
    label: str = ""
    """A name for the person that says nothing."""
    withheld: str = ""
    """What is said instead of exercises, where they are withheld for safety."""
    flags: tuple[FlagOf, ...] = ()
    insight: Insight | None = None
    """Null while there is no plan."""
    weeks: tuple[Any, ...] = ()
    """The weeks that were lived, as rows of numbers."""
    consistency: Any = None
    """How often, how much and how well, over four weeks."""
    courses: tuple[Any, ...] = ()
    """Every measure and test from its first reading to its last."""
    reviews: tuple[Review, ...] = ()
    plan: Plan | None = None
    next: Session | None = None
    """The next session of the running week that was neither done nor let go."""
    help: tuple[str, ...] = ()
    """Signs with which one goes to a doctor."""


class Handout(Noun, frozen=True, kw_only=True):
    """The sessions of one week with all that is needed to do them."""

    plan: Plan
    week: Week
    exercises: dict[str, Exercise]
    """What the library says of each exercise of the week; one of a plan file may be missing."""
    help: tuple[str, ...] = ()
