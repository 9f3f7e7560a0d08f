"""Nouns of the lines of a plan file: doses, exercises, ladders, rules, flare-ups, bounds and tests.

Ranges are (least, most): the least is where it starts, the most is a ceiling, reached only by review.
Null and empty mean: the file says nothing, and what the engine would do without a file holds.
"""

from datetime import date
from typing import Literal

from coach.model.condition import Expression
from coach.model.noun import Noun
from coach.model.shape import Span

Progression = Literal["double", "linear", "time", "none"]
Effect = Literal["hold", "no_load_step", "reduce", "step_back", "shorten", "swap", "ask", "lesson"]
Outcome = Literal["rises", "holds", "falls", "does_not_rise", "does_not_fall"]


class Load(Noun, frozen=True, kw_only=True):
    """``load start 0 kg step 2 kg cap 16 kg``; null parts are not given. One unit for all."""

    start: float | None = None
    step: float | None = None
    cap: float | None = None
    unit: Literal["kg", "lb"] = "kg"


class DoseLine(Noun, frozen=True, kw_only=True):
    """How much, as one line says it: ``3 x 8-12 /side, hold 5 s, rest 60-90 s``. Null is not given.

    Counts are for each side. At most one of ``reps``, ``metres``, ``minutes``, ``rounds`` is given.
    """

    sets: Span | None = None
    reps: Span | None = None
    metres: Span | None = None
    minutes: Span | None = None
    rounds: Span | None = None
    hold_s: Span | None = None
    """Seconds held: each repetition where reps are given, else each set."""
    sides: bool = False
    """``/side`` is written: the counts are for each side."""
    tempo: tuple[int, int, int] | None = None
    """Lower, pause, lift, in seconds."""
    rest_s: Span | None = None
    load: Load | None = None
    effort: tuple[float, float] | None = None
    """Target RPE, 0-10."""
    days: Span | None = None
    """Days a week."""
    percent: int | None = None
    """``60 %``: this share of the standing sets in these weeks, an overlay; 10-100."""


class WeekDose(Noun, frozen=True, kw_only=True):
    """The dose of some weeks; what it does not give is that of the exercise's own line."""

    weeks: tuple[int, ...]
    """Rising; no week stands in two of them."""
    dose: DoseLine


class Swap(Noun, frozen=True, kw_only=True):
    """An exercise to swap to: ``sqt_2 reps x 1.5 no load``."""

    to: str
    reps: float = 1.0
    """Share of the reps, hold, metres or minutes that goes over; rounded down, at least one."""
    load: bool = True
    """Whether the load goes over; never more than the other exercise may have."""


class ExerciseLine(Noun, frozen=True, kw_only=True):
    """One exercise of the plan: one of the library by its id, or the file's own title and text over one."""

    id: str
    """An exercise of the library; or, with ``like``, an id of the file's own."""
    like: str = ""
    """The exercise of the library that it is: its rung, tags, gates, caps and direction hold."""
    title: str = ""
    text: str = ""
    """What the person reads beside it."""
    note: str = ""
    """For colleagues; the person does not see it unasked."""
    dose: DoseLine = DoseLine()
    by_week: tuple[WeekDose, ...] = ()
    progression: Progression = "double"
    """What grows, once a week and by review only: ``double`` reps or hold, then sets, then load;
    ``linear`` load alone; ``time`` hold, metres or minutes alone; ``none`` nothing."""
    pain: int | None = None
    """Most pain in a session with it, 0-10, that still allows a rise; over it the next review cuts."""
    rise: Expression | None = None
    """Must be true before it rises, beside all that the engine asks; missing evidence holds."""
    ease: Expression | None = None
    """Also a reason to reduce it once (as R06 does); missing evidence holds."""
    swaps: tuple[Swap, ...] = ()
    """Where given, the only exercises it may be swapped for."""

    @property
    def exercise(self) -> str:
        """Id of the exercise of the library that it is."""
        return self.like or self.id


class LadderLine(Noun, frozen=True, kw_only=True):
    """How one ladder is climbed."""

    ladder: str
    rungs: tuple[str, ...] = ()
    """Exercises of the ladder, easy to hard: those used, with steps between that may not be skipped.

    Empty: all of them.
    """
    start: str = ""
    """Rung to start on, at most: entry tier and tests may put it lower."""
    up: Expression | None = None
    """Must be true before the next rung, beside the engine's own conditions."""
    down: Expression | None = None
    """Also a reason to step back one rung."""
    hold: Expression | None = None
    """Also a reason to hold every exercise of it."""


class Then(Noun, frozen=True, kw_only=True):
    """What a rule does in its scope; never more than is done without it.

    ``hold`` no rise, ``no_load_step`` no more load, ``reduce`` volume by ``percent`` (10-90),
    ``step_back`` one rung, ``shorten`` sessions by ``percent``, ``swap`` offer one, ``ask`` hold and send
    the person to the therapist, ``lesson`` show ``lesson``.
    """

    effect: Effect
    percent: int | None = None
    days: int | None = None
    """How long; null is until the next review."""
    lesson: str = ""


class Rule(Noun, frozen=True, kw_only=True):
    """When something is so, do something, and say why. Asked at each review; missing evidence holds."""

    id: str
    scope: str = "plan"
    """``plan``, a component (``c2`` control, ``c3`` loading, ``c4`` walking), a ladder or an exercise id."""
    when: Expression
    then: tuple[Then, ...]
    say: str
    """The reason that the person reads."""


class Ask(Noun, frozen=True, kw_only=True):
    """A question asked at each weekly review; conditions read it as ``ask.`` and its id."""

    id: str
    text: str
    scale: Span = (0, 10)
    better: Literal["high", "low"]
    """Which end of the scale is the good one."""


class FlareLine(Noun, frozen=True, kw_only=True):
    """What happens in a flare-up, at most what ``clinical.md`` 6.6 allows; null keeps that."""

    when: Expression | None = None
    """Also counts as a flare-up."""
    kit: tuple[str, ...] = ()
    """Exercises of days 0-2, instead of the kit of the profile."""
    back: tuple[int, ...] = ()
    """Percent of the dose on the way back, rising: days 3-5, then days 6-8."""
    say: str = ""


class GapLine(Noun, frozen=True, kw_only=True):
    """After so many days without a session, start again at a percent of the dose (``clinical.md`` 6.5)."""

    days: Span
    """First and last day; ``28+`` is (28, 365)."""
    percent: int


class HabitLine(Noun, frozen=True, kw_only=True):
    """A micro-goal of the library that the plan asks for, first ones first."""

    id: str
    level: int = 1
    """Level to start on, at most."""
    most: int | None = None
    """Highest level."""


class FileBounds(Noun, frozen=True, kw_only=True):
    """Who may change what between two visits."""

    engine_may: tuple[Literal["dose", "rung", "swap"], ...] = ("dose", "rung", "swap")
    """What the weekly review may raise or swap alone. Cuts and stops for safety need no leave."""
    patient_may: tuple[Literal["swap", "shorten", "skip", "hold", "days"], ...] = (
        "swap",
        "shorten",
        "skip",
        "hold",
        "days",
    )
    """Doing less needs no leave, whatever is listed: ``swap`` and ``days`` are what a file can keep back."""
    ask_therapist: Expression | None = None
    """While true nothing rises, and the person is asked to call the therapist."""
    sessions: int | None = None
    """Sessions a week, at most."""
    minutes: int | None = None
    """Minutes of a session, at most."""
    rise: int | None = None
    """Percent that a dose rises a week, at most; 15 or less tightens (`progression.md` 2)."""
    rungs: int | None = None
    """New rungs a week in the whole plan, at most."""
    until_week: int | None = None
    """Last week that the engine plans without the therapist; then it holds and says so."""


class Cleared(Noun, frozen=True, kw_only=True):
    """What the therapist clears by name and date; counts only in a signed file, and never a T0."""

    by: str
    on: date
    tags: tuple[Literal["flex", "ext", "wk1_4", "without_supervision"], ...] = ()
    """Direction tags and qualifiers; medical tags cannot be lifted by a file."""
    findings: tuple[str, ...] = ()
    """Findings at T1 of the safety screen that were examined, such as ``rf16``."""


class Given(Noun, frozen=True, kw_only=True):
    """Readings of one measure that a test makes up, oldest first."""

    measure: str
    values: tuple[float, ...]


class Expect(Noun, frozen=True, kw_only=True):
    """What a test expects: ``hng does not rise``."""

    subject: str
    """An exercise, a ladder or ``plan`` (every exercise)."""
    outcome: Outcome


class Trial(Noun, frozen=True, kw_only=True):
    """A test inside the plan file: a good week but for what is given, reviewed, and what must come of it."""

    name: str
    week: int
    given: tuple[Given, ...] = ()
    expect: tuple[Expect, ...]
