"""Nouns of a condition: a bounded question over named measures, such as ``worst_pain <= 3``.

A condition has no loops, no arithmetic and no names of its own; what it reads are measures with a
unit and a range (`coach.programs.planlang.measures`), over a window of days that ends today.
"""

from datetime import date
from typing import Literal

from coach.model.noun import Noun

Operator = Literal["<", "<=", "==", "!=", ">=", ">"]
Fold = Literal["mean", "max", "min", "latest", "sum"]


class Reading(Noun, frozen=True, kw_only=True):
    """One value of a measure on one day."""

    date: date
    value: float


class Measures(Noun, frozen=True, kw_only=True):
    """What a condition is asked of: for each measure its readings, in any order.

    The engine makes one for the whole plan and one for each exercise: in the second the measures
    of a session (``worst_pain``, ``morning_after``, ``rpe``, ``done``, ``form``) are those of the
    sessions with that exercise. A measure that is absent or has no reading in the window is missing.
    """

    today: date
    """Last day of every window."""
    week: int
    """Programme week that is looked back on; the neutral measure ``week``."""
    readings: dict[str, tuple[Reading, ...]] = {}


class Bare(Noun, frozen=True, kw_only=True, tag="bare"):
    """A measure by its name alone: its value of the last 7 days, folded as the measure says."""

    measure: str


class Folded(Noun, frozen=True, kw_only=True, tag="folded"):
    """``mean(pain, 14 days)``: the readings of a window made one number."""

    how: Fold
    measure: str
    days: int


class Count(Noun, frozen=True, kw_only=True, tag="count"):
    """``count(pain >= 5, 7 days)``: the readings of a window that meet one comparison."""

    measure: str
    operator: Operator
    number: float
    days: int


class Compare(Noun, frozen=True, kw_only=True, tag="compare"):
    """A value beside a number."""

    value: Bare | Folded | Count
    operator: Operator
    number: float


class And(Noun, frozen=True, kw_only=True, tag="and"):
    """All parts are true; at least two of them, none itself an ``And``."""

    parts: tuple["Expression", ...]


class Or(Noun, frozen=True, kw_only=True, tag="or"):
    """One part is true; at least two of them, none itself an ``Or``."""

    parts: tuple["Expression", ...]


class Not(Noun, frozen=True, kw_only=True, tag="not"):
    """The part is false."""

    part: "Expression"


Expression = Compare | And | Or | Not
