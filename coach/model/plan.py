"""Nouns of the plan: exercises, doses, prescriptions, sessions, weeks."""

from datetime import date
from typing import Literal

from coach.model.exercise import Component, Direction, Dose, Reason
from coach.model.levels import Level, Tier
from coach.model.noun import Noun

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class Preferences(Noun, frozen=True, kw_only=True):
    """What the person wants and has; they belong to the episode."""

    days_per_week: int = 3
    days: tuple[Weekday, ...] = ()
    session_minutes: int = 20
    walk_minutes: int = 100
    """Minutes for walking in a whole week."""
    equipment: tuple[str, ...] = ()
    floor: bool = True
    body_weight_kg: float | None = None
    units: Literal["kg", "lb"] = "kg"
    painful_joints: tuple[str, ...] = ()
    rise_time: str = ""
    """Usual time of getting up, ``HH:MM``."""
    session_time: str = ""
    """When sessions are done, ``HH:MM``."""
    cue: str = ""
    """If-then plan: after what the session is done."""
    wishes: tuple[str, ...] = ()
    """Exercises that need the person's own wish, such as ``aer_7``."""


class Prescription(Noun, frozen=True, kw_only=True):
    """An exercise with its dose and the reason it is there; shows all without the library."""

    exercise: str
    name: str
    ladder: str
    rung: int
    component: Component
    slot: int
    """Slot 1-8 of ``clinical.md`` 5.4; 0 for habits and walking."""
    dose: Dose
    minutes: float
    reason: Reason
    direction: Direction = "none"
    cues: tuple[str, ...] = ()
    note: str = ""
    """Equipment substitute or a qualifier's condition, in words."""
    regress: str = ""
    frequency: int = 7
    warm_up: bool = False
    """The rung before, one easy set in front of a new rung: it counts in no cap."""

    @property
    def hard(self) -> bool:
        """Whether it makes its session a hard one (``progression.md`` 19)."""
        return self.component == "c3" and self.dose.mid_rpe >= 5


Action = Literal[
    "start", "add", "advance", "hold", "reduce", "reduce40", "step_back", "swap",
    "stop", "stop_all", "flare", "deload", "remove",
]  # fmt: skip


class Standing(Noun, frozen=True, kw_only=True):
    """The standing level of one exercise: what review moves, and overlays lie on."""

    exercise: str
    ladder: str
    rung: int
    slot: int
    dose: Dose
    prescription: Prescription
    easier: tuple[Prescription, ...] = ()
    """The next allowed rungs below, nearest first, at their start doses; at most two."""
    since_week: int = 1
    """Programme week in which this rung began."""
    started: bool = False
    """Whether a session of this rung has been done."""
    rescaled: bool = False
    """The first session was too much, and the next one is cut to 0.8 (``progression.md`` 18)."""
    levels: tuple[float, ...] = ()
    """Standing size in each of the last four reviewed weeks, newest last; zero where sets were not done."""
    prev: Action | None = None
    """Last decision other than R00, R02, R03 and R11."""
    prev_form: int | None = None
    missed: int = 0
    """Weeks in a row without a session of it."""
    green_holds: int = 0
    """Weeks in a row that ended in R17 with green pain."""
    load_steps: int = 0
    """Load steps made on this rung."""
    deferred: bool = False
    """Waits for a cap, a gate or its phase; not in the sessions yet."""
    hold: bool = False
    """The person wants it kept where it is: the next review raises and swaps nothing here."""
    relief: int = 0
    """Reviews in a row with enough days of relief (A4): after the first it is done half as often."""
    gates: tuple[str, ...] = ()
    """Gates of other ladders that this exercise has opened, such as ``dis_5_a6``."""
    came_from: str = ""
    """The rung it advanced from; empty where it began here, or came down."""


class Habit(Noun, frozen=True, kw_only=True):
    """A small daily thing of the lifestyle component."""

    id: str
    text: str
    level: int = 1
    per_week: int = 7
    amount: float | None = None
    unit: str = ""
    reason: Reason | None = None
    prescription: Prescription | None = None
    """Set where the habit is an exercise of the day, such as a slider every few hours."""
    since_week: int = 1
    """Programme week in which this level began."""
    weeks_met: int = 0
    """Weeks in a row in which the goal of this level was met."""
    about: str = ""
    """The person's own activity, where the goal is one."""
    rating: float | None = None
    """How well the own activity went (0-10, 10 as before) when this level began."""


class Walk(Noun, frozen=True, kw_only=True):
    """Walking of a week: so many walks of so many minutes."""

    prescription: Prescription
    times: int
    minutes: float
    """Minutes of one walk."""


class Session(Noun, frozen=True, kw_only=True):
    """What is done in one go."""

    id: str
    week: int
    number: int
    date: date
    """The day it is meant for; it may be done on another."""
    minutes: float
    prescriptions: tuple[Prescription, ...]
    short: tuple[str, ...] = ()
    """Exercises of the short version: one set each."""


class Week(Noun, frozen=True, kw_only=True):
    """One week of the plan. Only the coming week binds; a later one is a forecast."""

    number: int
    starts: date
    phase: str
    phase_name: str
    sessions: tuple[Session, ...]
    walk: Walk | None = None
    habits: tuple[Habit, ...] = ()
    lesson: str = ""
    lesson_title: str = ""
    aim: str = ""
    milestone: str = ""
    deload: bool = False
    forecast: bool = False
    notes: tuple[Reason, ...] = ()
    """Guarantees that tags or minutes make impossible, each with the reason."""


class Asked(Noun, frozen=True, kw_only=True):
    """An answer to a question that the therapist's file asks each week."""

    id: str
    date: date
    value: float


class Easing(Noun, frozen=True, kw_only=True):
    """What a rule of the therapist's file takes off the doses for some days; levels stay as they are."""

    rule: str
    until: date
    """The last day it lasts."""
    share: float
    exercises: tuple[str, ...] = ()
    """Whose sets it lessens; empty where it is for the minutes of sessions."""


class Bounds(Noun, frozen=True, kw_only=True):
    """What the engine and the person may change without the therapist."""

    engine_may: tuple[str, ...] = ("dose", "rung", "swap")
    patient_may: tuple[str, ...] = ("swap", "shorten", "skip", "hold")
    max_sessions: int = 5
    max_session_minutes: int | None = None
    caps: dict[str, float] = {}
    """Largest standing size by exercise id."""
    rise: int | None = None
    """Percent that a dose rises in a week, at most; null leaves the engine's own limit."""
    rungs: int | None = None
    """New rungs in a week, at most."""
    flare_back: tuple[int, ...] = ()
    """Percent of the dose on days 3-5 and 6-8 of a flare-up, where that is less than the engine's own."""
    gaps: tuple[tuple[int, int, int], ...] = ()
    """First day, last day and percent of the dose after a break of so many days."""
    pain: dict[str, int] = {}
    """Most pain in a session, 0-10, by exercise id, where a plan file sets a ceiling of its own."""


class Origin(Noun, frozen=True, kw_only=True):
    """What made a version of the plan: with the answers and logs on file it can be made again."""

    kind: str
    """``assessment``, ``review``, ``veto``, ``hold``, ``swap``, ``minimum``, ``file`` or ``carried``."""
    date: date
    response: str = ""
    """The answers an assessment read."""
    review: str = ""
    """The review that decided, or whose decisions were taken back."""
    ids: tuple[str, ...] = ()
    """What was named: decisions taken back, exercises held, an exercise and its successor, ``on``, a file."""
    done: tuple[str, ...] = ()
    """Sessions of the week that were done by then."""


class Plan(Noun, frozen=True, kw_only=True):
    """A version of the plan: the standing levels, the week that binds, and what they came from."""

    id: str
    """``v1``, ``v2`` ... in the order they were made."""
    version: int
    made: date
    start: date
    """Day 1."""
    template: str
    profile: str
    """Id of the profile it starts from."""
    primary: str
    headline: str
    tier: Tier
    level: Level
    preferences: Preferences
    standing: tuple[Standing, ...]
    week: Week
    tags: tuple[str, ...] = ()
    qualifiers: tuple[str, ...] = ()
    walk: Standing | None = None
    flare_kit: tuple[Prescription, ...] = ()
    bounds: Bounds = Bounds()
    sessions_per_week: int = 3
    minimum: bool = False
    """The minimum plan of ``clinical.md`` 6.8 is on."""
    notes: tuple[Reason, ...] = ()
    reason: Reason | None = None
    """Why this version exists."""
    weeks: int = 12
    library: str = ""
    rules: str = ""
    completion: tuple[float | None, ...] = ()
    """Adherence A of each reviewed week, percent; null for a paused week."""
    readiness: tuple[float | None, ...] = ()
    """Mean readiness of each reviewed week."""
    pain: tuple[float | None, ...] = ()
    """Mean daily pain of each reviewed week."""
    kinds: tuple[str, ...] = ()
    """What each reviewed week was: ``loaded``, ``deload``, ``flare``, ``paused``."""
    flare_reviewed: date | None = None
    """The day of the last review that cut the levels for a flare-up."""
    hard_sets: tuple[float, ...] = ()
    """Planned hard sets of each reviewed week."""
    loads: tuple[float, ...] = ()
    """Planned session load of each reviewed week, effort times minutes."""
    gates: tuple[str, ...] = ()
    """Gates opened so far, such as ``dis_5_a6`` or ``car_2_a3``."""
    secondary: tuple[str, ...] = ()
    """Profiles that come second; their ladders fill what the first leaves of its share."""
    eased: tuple[str, ...] = ()
    """Directions that eased: ``flexion``, ``extension``, ``side``."""
    weaker: Literal["", "left", "right"] = ""
    """The side that the tests of the two sides found weaker; empty where they agree on none."""
    lifted: tuple[str, ...] = ()
    """Exercises or tags that a recorded clearance or a signed file names."""
    lessons: tuple[str, ...] = ()
    """Lesson ids in the order of their weeks, as the profile brought them forward."""
    goals: tuple[str, ...] = ()
    """Micro-goals in the order in which the profile asks for them; the next one waits for room."""
    goals_done: tuple[str, ...] = ()
    """Micro-goals that were finished."""
    activity: str = ""
    """The first own activity of the PSFS, for the goal that goes back to it."""
    entry_pain: float | None = None
    """Average pain of the week at the assessment it began with, 0-10."""
    left_out: tuple[str, ...] = ()
    """Ladders and exercises that the applied file leaves out."""
    easings: tuple[Easing, ...] = ()
    """What rules of the file take off the doses for some days."""
    asked: tuple[Asked, ...] = ()
    """Answers of the last eight weeks to the questions that the file asks."""
    file: str = ""
    """Id of the applied plan file it was made with; empty for a shape of our own."""
    author: str = ""
    """Whose plan it is, where a file was applied: the name that its therapist gave."""
    origin: Origin | None = None
    """Null in versions of before this was kept, and in a plan that is not stored."""
