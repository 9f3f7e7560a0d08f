"""Nouns of the assessment: questions, answers, what they mean, and how safe it is to start."""

from datetime import date
from typing import Any, Literal

from coach.model.levels import Level, Tier
from coach.model.noun import Noun

Value = str | int | float | tuple[str, ...] | None
"""One answer: ``yes``/``no``/``unsure``, a number, a choice, several choices, free text, or null."""

Answers = dict[str, Value]
"""Answers by item id; an item that was not answered is absent or null, never 0."""

Kind = Literal["yes_no", "yes_no_unsure", "scale", "number", "choice", "choices", "text"]
Urgency = Literal["same_day", "within_week", "routine"]
Kit = Literal["none", "lessons_and_breathing", "full"]
Confidence = Literal["high", "moderate", "low"]


class Choice(Noun, frozen=True, kw_only=True):
    """One answer that an item offers."""

    value: str
    text: str


class Item(Noun, frozen=True, kw_only=True):
    """One question.

    ``ask_if`` is a list of alternatives: the item is asked when any holds, and always when the
    list is empty. An alternative maps item ids to what their answer must be: a list of accepted
    values, or a comparison such as ``">= 70"``; all of its entries must hold. An unanswered
    item satisfies nothing.
    """

    id: str
    text: str
    kind: Kind
    why: str = ""
    help: str = ""
    required: bool = True
    minimum: float | None = None
    maximum: float | None = None
    step: float = 1
    unit: str = ""
    low: str = ""
    high: str = ""
    choices: tuple[Choice, ...] = ()
    ask_if: tuple[dict[str, tuple[str, ...] | str], ...] = ()
    re_ask: str = ""
    """What to ask once more, to be clear, when the first answer is ``unsure``."""
    group: str = ""
    seconds: float = 6
    """How long a person takes to answer, for the minutes left."""
    rule: str = ""
    """The reference row this item belongs to, where its id is not that row's."""
    short: str = ""
    """How it reads as one sign of a list."""
    depth: bool = False
    """Left for later: it is not part of the first sitting."""


class Group(Noun, frozen=True, kw_only=True):
    """Several yes-or-no items that may be put as one question: none, or those that apply."""

    id: str
    text: str
    items: tuple[str, ...]
    why: str = ""
    seconds: float = 15
    """How long a person takes for the whole list."""


class Scoring(Noun, frozen=True, kw_only=True):
    """How the answers of an instrument become one number."""

    method: Literal["none", "value", "sum", "mean", "percent_of_max"] = "none"
    items: tuple[str, ...] = ()
    reversed: tuple[str, ...] = ()
    minimum_answered: int = 0
    """Fewer answers than this give no score."""
    fallback: str = ""
    """Item that stands alone when too few were answered."""
    prorate: bool = False
    direction: Literal["high_is_worse", "high_is_better", ""] = ""
    minimum: float | None = None
    maximum: float | None = None
    bands: tuple[tuple[float, str], ...] = ()
    """Lower limit and name of each band, ascending; a band ends just below the next limit."""
    mic: float | None = None
    """Smallest change that is called meaningful, absolute (``clinical.md`` 2.4)."""
    mdc: float | None = None
    """Error band of a change; inside it nothing is celebrated or alarmed."""


class Instrument(Noun, frozen=True, kw_only=True):
    """A questionnaire or a movement test, as its data file has it."""

    id: str
    version: int
    title: str
    items: tuple[Item, ...]
    groups: tuple[Group, ...] = ()
    """Items that the line interview puts together; each keeps its own answer."""
    purpose: str = ""
    asked: tuple[str, ...] = ("enrolment",)
    """When it is asked: enrolment, weekly, rescreen, week_4, week_6, week_8, week_12."""
    recall: str = ""
    scoring: Scoring = Scoring()
    provenance: str = ""
    licence: str = ""
    evidence: str = ""
    loinc: str = ""


class Response(Noun, frozen=True, kw_only=True):
    """The answers given on one day, with the versions of the instruments they answer."""

    id: str
    date: date
    answers: Answers
    versions: dict[str, int] = {}
    source: Literal["interview", "file", "weekly", "checkin", "import", "settings"] = "interview"
    full: bool = True
    """Whether these are all answers in force that day, and not only the six of a week."""
    given: tuple[str, ...] = ()
    """Items that were really answered that day, where the others were carried over."""
    at: str = ""


class Score(Noun, frozen=True, kw_only=True):
    """The number of one instrument; ``value`` is null with a reason where it cannot be computed."""

    instrument: str
    value: float | None
    band: str = ""
    answered: int = 0
    missing: str = ""
    direction: str = ""
    parts: dict[str, float | str | None] = {}
    """What a form reports beside its number: ``distress``, ``group``, ``prorated``, components."""


class Entered(Noun, frozen=True, kw_only=True):
    """A form from elsewhere that was filled in on one day, with its score.

    ``kind`` is ``official`` for a form by numbers, ``fhir`` for a questionnaire file.
    """

    id: str
    date: date
    kind: Literal["official", "fhir"]
    instrument: str
    title: str
    answers: Answers
    scores: tuple[Score, ...] = ()
    document: dict[str, Any] = {}
    """The QuestionnaireResponse, for a questionnaire file."""
    at: str = ""


class Finding(Noun, frozen=True, kw_only=True):
    """One fact read off the answers, with its threshold and where that comes from."""

    id: str
    value: float | str | None
    met: bool | None
    """Whether the threshold is passed; null where the answers do not tell."""
    text: str = ""
    unit: str = ""
    threshold: str = ""
    evidence: str = ""
    source: str = ""


class Fired(Noun, frozen=True, kw_only=True):
    """A rule of the safety screen that fired."""

    id: str
    level: Level
    reason: str
    """What was answered, in plain words."""
    urgency: Urgency | None = None
    advice: str = ""
    filters: tuple[str, ...] = ()
    mh: bool = False
    unlocked: bool = False
    """A recorded clearance has turned this rule into a caution."""


class Clearance(Noun, frozen=True, kw_only=True):
    """A clinician's word that a rule at T1 was examined and that exercise is cleared."""

    id: str
    """The rule it clears, such as ``rf12`` or ``axspa``."""
    clinician: Literal["doctor", "physiotherapist", "midwife"]
    name: str
    first_yes: date
    """The day the item was first answered yes; the examination is not older."""
    date: date
    examined: bool
    cleared: bool
    lifts: tuple[str, ...] = ()
    """Exercises or tags that the recorded clearance names."""


class Triage(Noun, frozen=True, kw_only=True):
    """The result of the safety screen: the most severe level fired by any rule."""

    id: str = ""
    made: date | None = None
    level: Level
    urgency: Urgency | None = None
    fired: tuple[Fired, ...] = ()
    filters: tuple[str, ...] = ()
    qualifiers: tuple[str, ...] = ()
    """Facts that narrow a filter: ``late``, ``flat_supine``, ``fracture``, ``pp_early``, ``end_range``."""
    mh: bool = False
    kit: Kit = "none"
    complete: bool = True
    scores: dict[str, float | None] = {}
    """FX, CA, INF, AXSPA; null when a T0 fired first."""
    prompts: tuple[str, ...] = ()
    """Advice that changes no level, such as asking about bone health."""
    open: tuple[str, ...] = ()
    """Questions still to answer before the screen is complete."""
    response: str = ""
    """Id of the stored answers it read."""
    occasion: str = ""
    clearances: tuple[Clearance, ...] = ()
    """The clearances it read, as they were then."""
    nonresponse: str = ""
    """What the week-6 review found: empty, ``none`` or ``worse``."""


class FeatureValue(Noun, frozen=True, kw_only=True):
    """One input of a profile score: its weight, and its value from 0 to 1, or null when unknown."""

    id: str
    weight: float
    value: float | None
    reads: tuple[str, ...] = ()


class ProfileScore(Noun, frozen=True, kw_only=True):
    """How strongly the answers point to one starting profile, 0 to 10."""

    id: str
    score: float | None
    coverage: float
    status: Literal["likely", "possible", "absent", "insufficient", "dropped"]
    features: tuple[FeatureValue, ...] = ()


class Profile(Noun, frozen=True, kw_only=True):
    """Where to start, with score, coverage and confidence; never a diagnosis.

    ``primary`` is a mechanical profile id, ``unclear`` or ``insufficient_data``.
    """

    id: str
    date: date
    primary: str
    secondary: tuple[str, ...] = ()
    headline: str = ""
    """What is shown first: the primary, or ``psy`` where C8 says so."""
    confidence: Confidence | None = None
    scores: tuple[ProfileScore, ...] = ()
    active: tuple[str, ...] = ()
    """Modulators at 6 or more."""
    watch: tuple[str, ...] = ()
    """Modulators from 4 to under 6."""
    dropped: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    """``widespread``, ``direction_mixed``, ``inconsistent`` and the like."""
    missing: tuple[str, ...] = ()
    """The most informative unanswered inputs, where the data are insufficient."""
    tier: Tier = "e2"
    tier_reasons: tuple[str, ...] = ()
    level: Level = "T3_CLEAR"
    tags: tuple[str, ...] = ()
    """Active avoid tags: safety filters, painful joints, ``flex``/``ext`` (weeks 1-4), ``neur``."""
    qualifiers: tuple[str, ...] = ()
    eased: tuple[str, ...] = ()
    """Directions that eased in the repeated-movement test: ``flexion``, ``extension``, ``side``."""
    findings: tuple[Finding, ...] = ()
    walk_minutes: float | None = None
    """Comfortable walk of MT-26, minutes."""
    pain: float | None = None
    """Average pain of the week at entry, 0-10."""
    function: float | None = None
    """EAC-10 at entry, percent; 100 is worst."""
    activities: tuple[str, ...] = ()
    """Own-words activities of the PSFS."""
    weaker: Literal["", "left", "right"] = ""
    """The side that the tests of the two sides found weaker; empty where they agree on none."""
    lifted: tuple[str, ...] = ()
    """Exercises or tags that a recorded clearance names."""
