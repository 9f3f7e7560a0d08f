"""Nouns of the packet: what goes back to the therapist, in one small file.

Every field is described in ``docs/packet.md``. Fields are only ever added; a reader leaves out what it
does not know. Limits stand with the types, so that the reader and the published schema are one.
"""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from coach.model.noun import Noun

Count = Annotated[int, Meta(ge=0, le=100_000)]
Share = Annotated[float, Meta(ge=0, le=1)]
Scale = Annotated[float, Meta(ge=0, le=10)]
Value = Annotated[float, Meta(ge=-100_000, le=100_000)]
Word = Annotated[str, Meta(max_length=80)]
Line = Annotated[str, Meta(max_length=500)]


class Sender(Noun, frozen=True, kw_only=True):
    """Whose packet it is: a label that is no name unless somebody chose one."""

    label: Annotated[str, Meta(min_length=1, max_length=40)]
    key: Word = ""
    """The same in every packet of one home under one kind of label; says nothing about the person."""
    dates: Literal["kept", "shifted"] = "kept"
    """Shifted: every date is earlier by the same number of whole weeks, which the packet does not tell."""
    words: Literal["included", "left_out"] = "included"
    """Whether the person's own words are in it."""


class FileOf(Noun, frozen=True, kw_only=True):
    """The plan file the plan came from."""

    title: Line = ""
    author: Line = ""
    digest: Word = ""
    """SHA-256 of its bytes, in hex."""
    signer: Line = ""
    """Name under which its signature is pinned; empty where it is not signed."""
    fingerprint: Word = ""


class PlanOf(Noun, frozen=True, kw_only=True):
    """The plan as it stands."""

    id: Word
    kind: Literal["care", "maintenance"] = "care"
    start: date
    week: Count
    weeks: Count
    phase: Line = ""
    template: Word = ""
    file: FileOf | None = None
    """Null where the plan is the engine's own."""
    primary: Word = ""
    """The starting profile; never a diagnosis."""
    secondary: tuple[Word, ...] = ()
    tier: Word = ""
    sessions_per_week: Count = 0
    minimum: bool = False


class WeekOf(Noun, frozen=True, kw_only=True):
    """One week that was lived; pain is null where no morning was noted."""

    number: Count
    starts: date
    kind: Word = ""
    """``loaded``, ``deload``, ``flare`` or ``paused``; empty for the running week."""
    planned: Count = 0
    done: Count = 0
    mornings: Count = 0
    """Mornings with a pain number."""
    median: Scale | None = None
    worst: Scale | None = None


class AdherenceOf(Noun, frozen=True, kw_only=True):
    """How regularly the plan was kept up in four weeks: how often, how much, how well."""

    days: Count = 28
    score: Share | None = None
    frequency: Share | None = None
    dose: Share | None = None
    quality: Share | None = None
    planned: Count = 0
    done: Count = 0
    left_out: Count = 0
    """Planned sessions that do not count: paused, or let go with a reason."""


class ResponseOf(Noun, frozen=True, kw_only=True):
    """How pain went: the mean of the last week against the week before the start."""

    baseline: Scale | None = None
    now: Scale | None = None
    mornings: Count = 0
    """Mornings of the last seven days with a number."""
    change: Value | None = None
    band: Value | None = None
    """The error of measuring; a change inside it is neither better nor worse."""
    inside: bool = False
    verdict: Word = ""
    text: Line = ""


class FlareOf(Noun, frozen=True, kw_only=True):
    """A flare-up; ``end`` is the first day free of it, null while it lasts."""

    start: date
    end: date | None = None
    days: Count = 0
    trigger: Word = ""
    new: bool = False


class MeasureOf(Noun, frozen=True, kw_only=True):
    """A measure from its first reading to its last, with the error of measuring and the verdict."""

    id: Word
    name: Line
    unit: Word = ""
    baseline: Value
    baseline_date: date
    now: Value
    now_date: date
    change: Value | None = None
    """Null after one reading."""
    band: Value | None = None
    """Null where no error of measuring is known."""
    verdict: Word = ""
    text: Line = ""


class AnswerOf(Noun, frozen=True, kw_only=True):
    """A question that the plan file asks each week, and one answer to it."""

    date: date
    id: Word
    text: Line = ""
    value: Value
    low: Value = 0
    high: Value = 10
    better: Literal["high", "low", ""] = ""
    """Which end of the scale is the good one."""


class DecisionOf(Noun, frozen=True, kw_only=True):
    """What a review did to one exercise or habit, by which rule."""

    date: date
    week: Count
    exercise: Word
    name: Line = ""
    rule: Word = ""
    action: Word = ""
    before: Line = ""
    after: Line = ""
    to: Word = ""
    """The exercise after it, where it changed."""
    why: Line = ""
    safety: bool = False
    vetoed: bool = False
    new: bool = False


class WordsOf(Noun, frozen=True, kw_only=True):
    """The person's own words of one day."""

    date: date
    about: Word
    """``question`` is for the therapist; else where it was noted: ``check-in``, ``session``, ``flare`` ..."""
    text: Line
    new: bool = False


class FlagOf(Noun, frozen=True, kw_only=True):
    """Something that should be looked at; ``new`` since the last packet."""

    id: Word
    text: Line
    since: date | None = None
    value: Value | None = None
    new: bool = False


class DayOf(Noun, frozen=True, kw_only=True):
    """One morning with the day that followed it; null is what was not told."""

    date: date
    pain: Scale | None = None
    rise: Value | None = None
    """Pain less the median of the seven mornings before."""
    sleep_hours: Annotated[float, Meta(ge=0, le=24)] | None = None
    sleep_quality: Scale | None = None
    stress: Scale | None = None
    session: bool = False
    """Whether a session was done."""
    over: bool = False
    """Whether pain in it passed the acceptable ceiling."""


class Packet(Noun, frozen=True, kw_only=True):
    """What comes back to the therapist. ``seal`` is not a signature: it only finds damage."""

    schema: Literal["coach.packet/1"] = "coach.packet/1"
    made: date
    number: Count = 1
    """How many packets of this home came before, and this one."""
    since: date | None = None
    """Day of the packet before: what came after it is marked new. Null in the first."""
    coach: Word = ""
    sender: Sender
    plan: PlanOf | None = None
    """Null while the safety screen lets no plan be made."""
    flags: Annotated[tuple[FlagOf, ...], Meta(max_length=60)] = ()
    adherence: AdherenceOf = AdherenceOf()
    response: ResponseOf = ResponseOf()
    weeks: Annotated[tuple[WeekOf, ...], Meta(max_length=120)] = ()
    flares: Annotated[tuple[FlareOf, ...], Meta(max_length=100)] = ()
    measures: Annotated[tuple[MeasureOf, ...], Meta(max_length=120)] = ()
    answers: Annotated[tuple[AnswerOf, ...], Meta(max_length=300)] = ()
    decisions: Annotated[tuple[DecisionOf, ...], Meta(max_length=400)] = ()
    words: Annotated[tuple[WordsOf, ...], Meta(max_length=200)] = ()
    days: Annotated[tuple[DayOf, ...], Meta(max_length=90)] = ()
    seal: Word = ""
