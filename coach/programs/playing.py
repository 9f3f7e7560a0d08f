"""Nouns of a running session: what is to be done, what came of it so far, and where it stands."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec.structs import replace

from coach.model.log import SetLog
from coach.model.noun import Noun
from coach.model.plan import Prescription
from coach.programs.dose import scale

Phase = Literal["before", "setup", "ready", "work", "switch", "rest", "ask", "done"]
"""Pain before; getting into place; get ready; the set; other side; rest; questions; the end."""
Question = Literal["before", "pain", "rpe", "form", "leg", "losses", "reserve", "clean"]
Kind = Literal["full", "short", "minimum"]
Did = Literal["on", "set", "answer", "skip", "stop", "easier", "rate", "amend", "finish"]

RINGS = ("start", "half", "end", "side")
"""Calls that ring the bell."""
SHORTER: dict[Kind, Kind] = {"full": "short", "short": "minimum", "minimum": "full"}
"""What a session that did not begin yet becomes when it is to be shorter, and around again."""
REASONS = (
    ("1", "No time", "no time"),
    ("2", "Something it needs is not here", "no equipment"),
    ("3", "It worries me", "worried"),
    ("4", "I do not want to", "own choice"),
)
"""Why an exercise is left out: key, text, what is kept."""

RESTED: tuple[Phase, ...] = ("before", "setup", "ask", "done")
"""Phases in which nobody is at work and no clock is needed."""


class Limits(Noun, frozen=True, kw_only=True):
    """The numbers a running session uses (``player.toml`` and ``rules.toml``)."""

    ready_s: float
    switch_s: float
    setup_s: float
    count_s: float
    """Seconds at the end of a wait that are counted down aloud."""
    gap_s: float
    """A clock that jumped farther than this was a closed lid, not work."""
    wait_s: float
    """Most seconds of one wait for an answer that count as time of the session."""
    move_s: float
    """Seconds to move into a held repetition, and out of it."""
    speed: float
    """Metres of a carry in a second, for a guess of how long it takes."""
    b1_effort: float
    b1_form: float
    b2_share: float
    b4_losses: float
    ok_low_before: float
    ok_low_ceiling: float
    ok_rise: float
    ok_most: float
    red_pain: float
    red_rise: float


class Item(Noun, frozen=True, kw_only=True):
    """One exercise of the session; it does not change while the session runs."""

    given: Prescription
    easier: tuple[Prescription, ...] = ()
    """Rungs below, nearest first, for this session only."""
    advance: str = ""
    """Its advance code: with ``a3`` and ``a6`` one more question is asked."""
    pain: int | None = None
    """Most pain that a plan file allows with it; null leaves the ceiling of the floor alone."""


class Felt(Noun, frozen=True, kw_only=True):
    """How one exercise felt; what was not told is null."""

    pain: float | None = None
    rpe: float | None = None
    form: Literal[0, 1, 2] | None = None
    leg: Literal["none", "new", "spreading", "lingering"] | None = None
    losses: float | None = None
    reserve: float | None = None
    clean: float | None = None


class Done(Noun, frozen=True, kw_only=True):
    """What came of one exercise so far."""

    sets: tuple[SetLog, ...] = ()
    levels: tuple[int, ...] = ()
    """For each set how many rungs easier it was done."""
    level: int = 0
    share: float = 1.0
    support: bool = False
    status: Literal["", "skipped", "stopped"] = ""
    reason: str = ""
    felt: dict[int, Felt] = {}
    """How it felt, by level."""


class Place(Noun, frozen=True, kw_only=True):
    """Where the session stands."""

    phase: Phase
    item: int = 0
    part: int = 0
    """Side or direction of the set, from 0."""
    asking: tuple[Question, ...] = ()
    """Questions still open, the first is the one asked."""
    then: Literal["rest", "next"] = "next"
    """Where the questions lead."""
    least: float | None = None
    """Least amount of the sides of this set so far, where one was given."""
    before: float | None = None
    """Pain before the session, 0-10."""


class Moment(Noun, frozen=True, kw_only=True):
    """One step back: the place before a step, and what the step changed as it was."""

    did: Did
    place: Place
    dones: tuple[tuple[int, Done], ...] = ()


class Playing(Noun, frozen=True, kw_only=True):
    """A session under way: one value that can be put down and taken up anywhere.

    ``now`` and all instants given are seconds of any clock that goes forward; only differences
    count. ``spent`` are seconds of the phase, ``total`` those of the whole session without pauses.
    """

    session: str
    date: date
    week: int
    limits: Limits
    items: tuple[Item, ...]
    dones: tuple[Done, ...]
    place: Place
    kind: Kind = "full"
    overlay: str = ""
    units: Literal["kg", "lb"] = "kg"
    auto: bool = True
    paused: bool = False
    now: float = 0.0
    spent: float = 0.0
    total: float = 0.0
    past: tuple[Moment, ...] = ()
    told: str = ""
    """What the last step did, where that is worth a word."""

    @property
    def phase(self) -> Phase:
        """The phase it is in."""
        return self.place.phase

    @property
    def item(self) -> Item:
        """The exercise it is at; the last one at the end."""
        return self.items[self.place.item]

    @property
    def done(self) -> Done:
        """What came of that exercise so far."""
        return self.dones[self.place.item]

    @property
    def doing(self) -> Prescription:
        """That exercise as it is done now, eased where it was."""
        return doing(self.item, self.done)

    @property
    def parts(self) -> int:
        """Sides times directions of the set it is at; the last one may be for one side alone."""
        return (1 if self.one_side else self.doing.dose.sides) * self.doing.dose.directions

    @property
    def one_side(self) -> Literal["", "left", "right"]:
        """The side of a set that is for one side alone; empty in every other."""
        dose = self.doing.dose
        return dose.extra if len(self.done.sets) >= dose.sets else ""


def doing(item: Item, done: Done) -> Prescription:
    """An exercise as it is done now: at the rung and the share that this session has come to."""
    found = item.given
    if done.level:
        low = item.easier[done.level - 1]
        found = replace(low, dose=replace(low.dose, sets=min(low.dose.sets, item.given.dose.sets)))
    if done.share < 1:
        found = replace(found, dose=scale(found.dose, done.share) or found.dose)
    if done.support:
        found = replace(found, note=f"{found.note} Hold on to a chair or a wall.".strip())
    return found
