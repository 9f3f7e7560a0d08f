"""Nouns of the exercises: doses, reasons, the rungs of a ladder."""

from typing import Literal

from coach.model.noun import Noun

Component = Literal["c1", "c2", "c3", "c4"]
Direction = Literal["none", "flexion", "extension", "side"]
Vary = Literal["reps", "hold_s", "metres", "minutes", "rounds"]


class Number(Noun, frozen=True, kw_only=True):
    """A number that a reason rests on, beside the threshold it was compared with."""

    name: str
    value: float | str | None
    unit: str = ""
    threshold: str = ""
    evidence: str = ""
    """``V`` verified, ``K`` to be checked, ``D`` a design decision; empty for plain facts."""
    source: str = ""


class Reason(Noun, frozen=True, kw_only=True):
    """Why something is as it is: the rule, its numbers, and what would have led elsewhere."""

    rule: str
    text: str
    numbers: tuple[Number, ...] = ()
    otherwise: str = ""


class Dose(Noun, frozen=True, kw_only=True):
    """How much of an exercise in one session.

    Exactly one of the quantities ``hold_s`` (alone), ``reps`` (with or without ``hold_s`` for
    each), ``metres``, ``minutes`` (for each set) or ``rounds`` says how long a set is. Counts are
    a side and direction.
    ``rpe`` is the target range, 0-10 (CR10).
    """

    sets: int
    reps: int | None = None
    hold_s: int | None = None
    metres: int | None = None
    minutes: float | None = None
    rounds: int | None = None
    sides: Literal[1, 2] = 1
    directions: int = 1
    rep_s: float | None = None
    """Seconds of one repetition, where it is no lift-and-lower: a breath is 10."""
    tempo: tuple[int, int, int] = (2, 1, 2)
    """Lower, pause, lift, in seconds."""
    rest_s: int = 30
    load_kg: float | None = None
    rpe: tuple[float, float] = (1, 2)
    per_day: int = 1
    extra: Literal["", "left", "right"] = ""
    """One set more on this side alone; it belongs to a week and to no standing level."""

    @property
    def all_sets(self) -> int:
        """Sets with the one more of the weaker side."""
        return self.sets + (1 if self.extra else 0)

    @property
    def amount(self) -> float:
        """Work of one set: repetitions (times seconds held each), seconds, metres, minutes or rounds."""
        if self.reps is not None:
            return float(self.reps * (self.hold_s or 1))
        for each in (self.hold_s, self.metres, self.minutes, self.rounds):
            if each is not None:
                return float(each)
        return 1.0

    @property
    def size(self) -> float:
        """One number that grows with every part of the dose; comparable within a rung only."""
        return self.sets * self.amount * (self.load_kg or 1.0)

    @property
    def time_min(self) -> float:
        """Minutes it takes in a session (``clinical.md`` 5.4), with half a minute to get ready."""
        if self.reps is not None:
            one = self.reps * (self.rep_s or max(sum(self.tempo), self.hold_s or 0))
        elif self.hold_s is not None:
            one = float(self.hold_s)
        elif self.metres is not None:
            one = float(self.metres)
        elif self.rounds is not None:
            one = self.rounds * 120.0
        else:
            one = (self.minutes or 0.0) * 60.0
        work = (self.sets * self.sides + (1 if self.extra else 0)) * self.directions * one
        return (work + (self.all_sets - 1) * self.rest_s) / 60 + 0.5

    @property
    def mid_rpe(self) -> float:
        """Middle of the target range: what counts for hard sets, hard sessions and planned load."""
        return (self.rpe[0] + self.rpe[1]) / 2


class Avoid(Noun, frozen=True, kw_only=True):
    """A tag that bars an exercise, or with a qualifier limits it (``clinical.md`` 5.1)."""

    tag: str
    qualifier: str = ""


class Exercise(Noun, frozen=True, kw_only=True):
    """One rung of a ladder, as its data file has it."""

    id: str
    name: str
    ladder: str
    rung: int
    component: Component
    targets: str
    position: str
    equipment: tuple[str, ...]
    """Ids of the equipment column; empty for none. All of them are needed."""
    dose: Dose
    """Where tiers E1 and E2 start."""
    advance: str
    """``a1`` to ``a6`` or ``maintain``."""
    regress: str
    """``b1`` to ``b4``, or empty."""
    frequency: tuple[int, int]
    """Sessions a week, least and most; the most is a ceiling."""
    cues: tuple[str, ...]
    errors: tuple[str, ...]
    vary: Vary | None = None
    """What grows from ``dose`` to ``top``; null for a fixed dose."""
    top: float | None = None
    direction: Direction = "none"
    avoid: tuple[Avoid, ...] = ()
    equipment_note: str = ""
    load_kg: tuple[float, float] | None = None
    """Range of load in kg, total, where the table gives one."""
    load_bw: tuple[float, float] | None = None
    """The same as a share of body weight."""
    gate_bw: float | None = None
    """Load, as a share of body weight, at which A3 opens the next rung."""
    habit: bool = False
    """Done through the day (``x/day``, each hour), outside the session minutes."""
    per_hour: bool = False
    setup: str = ""
    steps: tuple[str, ...] = ()
    breath: str = ""
    feel: str = ""
    not_feel: str = ""
    stop: str = ""
    instead: dict[str, str] = {}
    """What to do when an item of equipment is missing, by its id."""
    space: str = ""
    noise: str = ""
    note: str = ""
    """What a therapist's file says to the person beside it."""


class Ladder(Noun, frozen=True, kw_only=True):
    """Exercises from easy to hard."""

    id: str
    name: str
    component: Component
    purpose: str
    exercises: tuple[Exercise, ...]
    by_response: bool = False
    """Chosen by response, not climbed rung by rung (``clinical.md`` 5.5)."""
    order: tuple[int, ...] = ()
    """Rungs in the order they are climbed, where it is not 1, 2, 3 ..."""
