"""Nouns of the movement tests: the protocol a person follows, what each try gave, and what came of it."""

from datetime import date
from typing import Literal

from coach.model.assessment import Answers
from coach.model.noun import Noun

Condition = tuple[dict[str, tuple[str, ...] | str], ...]
"""Alternatives of the skip logic, as `coach.model.assessment.Item.ask_if` has them."""

Group = Literal["safety", "control", "measure", "direction", "endurance", "daily"]
"""What kind of test it is; the order of the groups is the order of a session."""
Timer = Literal["none", "stopwatch", "countdown", "pace"]
Camera = Literal["none", "side", "front", "front_and_side"]
Position = Literal["standing", "sitting", "on_back", "on_front", "on_side", "hands_and_knees", "walking"]
Stop = Literal["done", "cap", "form", "pain", "leg", "weak", "unwell", "own", "cannot"]
"""Why a try ended: finished, time limit, form lost, pain, a leg symptom, weakness, dizzy or
breathless, own wish, or not possible without help of the arms."""
How = Literal[
    "lowest", "highest", "mean", "last", "any_yes", "all_pass", "most_pass", "from_count",
    "pain_stop", "cannot", "shift", "symmetry_mean", "symmetry_same", "baseline", "change_pain",
    "change_place", "slump", "leg_raise", "neuro",
]  # fmt: skip
"""How the tries become one answer."""


class Sourced(Noun, frozen=True, kw_only=True):
    """A number that a test uses, with its evidence mark and where it comes from."""

    value: float
    unit: str
    evidence: Literal["V", "K", "D"]
    source: str
    upper: float | None = None
    """The upper end, where the source gives a span; then this one is used for a verdict."""

    @property
    def strict(self) -> float:
        """The end of the span that claims least."""
        return self.value if self.upper is None else self.upper


class Step(Noun, frozen=True, kw_only=True):
    """One thing to do, in plain words."""

    text: str
    seconds: float | None = None
    """How long it lasts, where a clock runs along."""


class Measurement(Noun, frozen=True, kw_only=True):
    """What is written down after each try."""

    id: str
    text: str
    kind: Literal["number", "scale", "yes_no", "pass_fail", "choice"]
    unit: str = ""
    minimum: float | None = None
    maximum: float | None = None
    step: float = 1
    choices: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    """What the numbers of a scale or the choices mean, in order."""
    once: bool = False
    """Asked once for the test, not for every try."""
    timed: bool = False
    """The clock of the test gives it."""
    after: dict[str, float] = {}
    """Seconds that a countdown runs before it is asked, by part; "" where the test has none."""
    optional: bool = False


class Output(Noun, frozen=True, kw_only=True):
    """One answer that the test gives; ``{side}`` and ``{part}`` in the id stand for each of them."""

    item: str
    how: How
    reads: str = ""
    record_only: bool = False
    """No rule reads it: it is the person's own baseline."""


class Skip(Noun, frozen=True, kw_only=True):
    """When a test, or only some of its parts, is not done."""

    when: Condition
    reason: str
    parts: tuple[str, ...] = ()


class Adapt(Noun, frozen=True, kw_only=True):
    """What is done in another way, and when."""

    when: Condition
    text: str


class Gate(Noun, frozen=True, kw_only=True):
    """A step that must be managed before the test counts."""

    reads: str
    at_least: Sourced
    text: str


class Protocol(Noun, frozen=True, kw_only=True):
    """One movement test, as its data file has it."""

    id: str
    version: int
    title: str
    purpose: str
    group: Group
    order: int
    minutes: float
    position: Position
    set_up: str
    steps: tuple[Step, ...]
    measures: tuple[Measurement, ...]
    outputs: tuple[Output, ...]
    finding: str
    """When it is a finding, in words with the numbers; empty where it is only recorded."""
    evidence: str
    source: str
    equipment: tuple[str, ...] = ()
    camera: Camera = "none"
    timer: Timer = "none"
    standing: bool = False
    practice: int = 1
    trials: int = 1
    trials_text: str = ""
    """How the tries are combined, in words."""
    sides: bool = False
    parts: tuple[str, ...] = ()
    part_names: tuple[str, ...] = ()
    rest_s: float = 0
    cap: Sourced | None = None
    limits: dict[str, Sourced] = {}
    gate: Gate | None = None
    stop: tuple[str, ...] = ()
    skip: tuple[Skip, ...] = ()
    adapt: tuple[Adapt, ...] = ()
    instead_of: str = ""
    """The test that this one may replace."""
    thresholds: tuple[str, ...] = ()
    """The cut-offs by age and sex, one line each."""
    usual: tuple[str, ...] = ()
    """Values of other people, one line each with its source."""
    mdc: Sourced | None = None
    """Error band of a change, in the unit of the result."""
    better: Literal["low", "high", ""] = ""
    unit: str = ""


class Trial(Noun, frozen=True, kw_only=True):
    """One try, of one side and part where the test has them."""

    values: dict[str, float | str] = {}
    side: Literal["", "l", "r"] = ""
    part: str = ""
    practice: bool = False
    pain: int | None = None
    """Most pain during the try, 0-10."""
    familiar: bool | None = None
    """Whether it was the pain the person knows."""
    stopped: Stop = "done"
    quality: Literal[0, 1, 2] | None = None
    """Own rating of the form: 0 good, 1 small faults, 2 poor."""
    video: bool = False
    swapped: bool = False
    """Two scales: the scales had changed places."""


class Measured(Noun, frozen=True, kw_only=True):
    """All that one test gave on one day: what is asked nowhere else is kept here."""

    id: str = ""
    test: str
    version: int
    date: date
    answers: Answers
    trials: tuple[Trial, ...]
    pain_before: int | None = None
    pain_during: int | None = None
    familiar: bool | None = None
    pain_limited: bool = False
    quality: int | None = None
    video: bool = False
    notes: tuple[str, ...] = ()


class Due(Noun, frozen=True, kw_only=True):
    """One test of the list: to be done, or left out with the reason."""

    test: str
    title: str
    group: Group
    status: Literal["due", "skipped", "done", "instead"]
    minutes: float = 0.0
    reason: str = ""
    parts: tuple[str, ...] = ()
    """Parts to be done; empty for a test that has none."""
    left_out: tuple[str, ...] = ()
    """Parts that a skip rule takes out, while the rest is done."""
    notes: tuple[str, ...] = ()
    """What is done in another way."""


class Sitting(Noun, frozen=True, kw_only=True):
    """The tests of one day, in order; ``minutes`` has the warm-up in it."""

    day: int
    tests: tuple[str, ...]
    minutes: float
