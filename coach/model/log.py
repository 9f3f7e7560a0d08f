"""Nouns of the daily log: what a person reports."""

from datetime import date
from typing import Any, Literal

from coach.model.noun import Noun

SCREEN_ITEMS = ("ms_saddle", "ms_legs", "ms_leg_new", "ms_unwell", "ms_trauma", "ms_different")
"""The six safety questions of a week; each can be named as a sign on any day."""


class CheckIn(Noun, frozen=True, kw_only=True):
    """The morning values of one date; each is null when it was not given.

    Pain, stress and sleep quality are 0-10 (10 is the worst pain, the most stress, the best
    sleep); ``at`` is the instant of entry with its UTC offset.
    """

    date: date
    pain: float | None = None
    pain_worst: float | None = None
    pain_average: float | None = None
    sleep_hours: float | None = None
    in_bed_hours: float | None = None
    sleep_quality: float | None = None
    stress: float | None = None
    steps: int | None = None
    active_minutes: float | None = None
    sitting_hours: float | None = None
    habits: tuple[str, ...] = ()
    """Habits that were done that day."""
    rose: str = ""
    """Time of getting up, ``HH:MM``."""
    activity_rating: float | None = None
    """How well the own activity goes, 0 cannot to 10 as before."""
    relief: tuple[str, ...] = ()
    """Ladders whose exercise eased the pain that day, such as ``dir``."""
    flags: tuple[str, ...] = ()
    """Items of the mini-screen reported that day."""
    note: str = ""
    at: str = ""
    source: str = "self"


class SetLog(Noun, frozen=True, kw_only=True):
    """One set as it was done, counted a side."""

    reps: int | None = None
    hold_s: float | None = None
    metres: float | None = None
    minutes: float | None = None
    rounds: int | None = None
    load_kg: float | None = None


class ExerciseLog(Noun, frozen=True, kw_only=True):
    """One exercise of a session: what was asked and what was done.

    ``pain_before`` and ``pain_max`` are 0-10, ``rpe`` 0-10, ``form`` 0 good, 1 minor faults,
    2 poor; null where it was not given.
    """

    exercise: str
    status: Literal["done", "partial", "swapped", "skipped", "stopped"] = "done"
    planned_sets: int = 0
    planned_size: float = 0
    """Size of the dose shown that day, overlays included."""
    sets: tuple[SetLog, ...] = ()
    sets_full: int = 0
    """Sets in which the whole prescribed amount was done."""
    at_top: bool = False
    """Whether every set reached the top of the exercise's range."""
    rpe: float | None = None
    pain_before: float | None = None
    pain_max: float | None = None
    form: Literal[0, 1, 2] | None = None
    clean_reps: int | None = None
    """Clean repetitions of ten, on video or in a mirror, where they were counted."""
    reserve: int | None = None
    """Repetitions that were still possible after the last set."""
    leg: Literal["none", "new", "spreading", "lingering"] | None = None
    load_kg: float | None = None
    reason: str = ""
    note: str = ""


SESSION_KINDS = ("full", "short", "minimum")
"""Kinds of a log that did a session of the plan; a walk and an extra one did none."""


class SessionLog(Noun, frozen=True, kw_only=True):
    """A session as it was done. ``id`` is date and session: ``2026-11-23/w01_s1``."""

    id: str
    session: str
    date: date
    week: int = 0
    kind: Literal["full", "short", "minimum", "walk", "extra"] = "full"
    exercises: tuple[ExerciseLog, ...] = ()
    minutes: float | None = None
    rpe: float | None = None
    """Effort of the whole session where it was given once, 0-10."""
    overlay: str = ""
    """The rule that shaped the dose that day (``flare``, ``gap``, ``easy`` ...), empty for the plain plan."""
    note: str = ""
    at: str = ""


class Flare(Noun, frozen=True, kw_only=True):
    """A flare-up: usual pain, more intense. ``end`` is null while it lasts."""

    id: str
    start: date
    end: date | None = None
    trigger: Literal["declared", "pain"] = "declared"
    note: str = ""


class Pause(Noun, frozen=True, kw_only=True):
    """Days that do not count: travel, illness, anything. ``end`` is the last paused day."""

    id: str
    start: date
    end: date
    reason: str = ""


class Skip(Noun, frozen=True, kw_only=True):
    """A session let go with a reason; not done is not failed."""

    id: str
    session: str
    date: date
    reason: str


class Note(Noun, frozen=True, kw_only=True):
    """Something kept beside the log: ``lesson:sleep`` that was read, ``if_then`` the moment for sessions."""

    id: str
    date: date
    text: str = ""
    understood: bool | None = None
    """Whether the question of a lesson was answered as it is meant; null where it was not asked."""
    at: str = ""


STOPPED = ("T0_EMERGENCY", "T1_CLINICIAN", "NOT_ELIGIBLE")
"""Levels of the safety screen under which nothing is prescribed."""


class Episode(Noun, frozen=True, kw_only=True):
    """One episode of care: what the daily commands need to know of it, in one small document."""

    id: str
    """Always ``episode``: there is one in a file."""
    kind: Literal["care", "maintenance"] = "care"
    start: date
    """Day 1 of its plan, or the day of the assessment while there is none."""
    number: int = 1
    made_with: str = ""
    level: str = ""
    """Level of the latest safety screen; under T0 and T1 nothing is prescribed."""
    urgency: str = ""
    kit: str = ""
    pending: tuple[str, ...] = ()
    """Questions that a warning sign opened; until they are answered no session is shown."""
    asked: tuple[str, ...] = ()
    """Warning signs of the mini-screen that opened them."""
    plan: str = ""
    """Id of the current plan version; empty while there is none."""
    author: str = ""
    """Whose plan it is, where a therapist's file was applied."""
    week: int = 0
    week_starts: date | None = None
    weeks: int = 12
    planned: int = 0
    """Sessions planned in the week that binds."""
    reviewed: date | None = None
    """Day of the last review: what is entered later for days up to it changes what it read."""
    rescreen: tuple[str, ...] = ()
    """Events of the log that ask for the safety questions again, such as ``pain_high``."""
    screened: date | None = None
    """Day on which safety questions were last answered, the six or all."""
    screened_full: date | None = None
    """The same for the full ones."""
    screened_week: int = 0
    """Week of the programme that was on then."""
    more: float = 0
    """Minutes of the questions that the first sitting left for later and that are open still."""
    function_due: date | None = None
    """Day from which everyday activities are to be rated once more, after a worse reading."""

    @property
    def closed(self) -> bool:
        """Whether no exercise is shown: for the level, or while questions of a warning sign are open."""
        return self.level in STOPPED or bool(self.pending)


class Correction(Noun, frozen=True, kw_only=True):
    """An entry as it was before it was changed behind a review that had read it."""

    id: str
    table: str
    key: str
    date: date
    """The day the entry is about."""
    version: int
    """Version of the plan at the time: reviews up to it had read the entry as it was."""
    before: dict[str, Any] | None = None
    """The document before the change; null where there was none."""
    reviews: tuple[str, ...] = ()
    """Reviews whose evidence it changed, and whose cards are marked."""
    at: str = ""


class DeviceMonth(Noun, frozen=True, kw_only=True):
    """What devices measured in one month, one value a day: the source that was chosen for the day.

    The daily commands read these few small documents, never the rows they were chosen from
    (`coach.model.reading.Reading`).
    """

    id: str
    """Measure and month: ``sleep_hours/2026-11``."""
    measure: str
    """``sleep_hours``, ``in_bed_hours``, ``steps`` or ``resting_heart``."""
    sources: tuple[str, ...] = ()
    days: dict[str, float] = {}
    """Value by ISO date; hours, steps or beats a minute."""
    others: dict[str, int] = {}
    """Place in ``sources`` of the days whose source is not the first."""
    woke: dict[str, str] = {}
    """Local time at which the sleep of a day ended, ``HH:MM``, where it is known."""


class History(Noun, frozen=True, kw_only=True):
    """All that was logged, in order of date: what the pure functions read."""

    checkins: tuple[CheckIn, ...] = ()
    sessions: tuple[SessionLog, ...] = ()
    flares: tuple[Flare, ...] = ()
    pauses: tuple[Pause, ...] = ()
    skips: tuple[Skip, ...] = ()
    devices: tuple[DeviceMonth, ...] = ()
    """What devices measured; a value the person gave always goes before it."""
