"""Nouns of the progress page: what was noted over time, ready to be drawn or said."""

from datetime import date
from typing import Literal

from coach.model.noun import Noun

Mark = Literal["done", "short", "walk", "missed", "skipped", "rest"]
"""What a day was: a session in full, a short one, walking or extras only, planned and not done,
let go with a reason, or no session."""


class Point(Noun, frozen=True, kw_only=True):
    """One value of one day; a day without a value has no point."""

    date: date
    value: float


class Span(Noun, frozen=True, kw_only=True):
    """Days that are marked on a chart, first and last included."""

    kind: Literal["flare", "pause"]
    start: date
    end: date


class Series(Noun, frozen=True, kw_only=True):
    """One thing noted over time, with the value it began from and the verdict on its change."""

    id: str
    name: str
    start: date
    end: date
    """First and last day that is shown; points outside are left out."""
    points: tuple[Point, ...] = ()
    """By date, at most one a day."""
    unit: str = ""
    low: float | None = None
    high: float | None = None
    """Ends of the scale; null where it follows the data."""
    best: Literal["low", "high", ""] = ""
    daily: bool = True
    """Noted most days, so that means of seven days are drawn; else each reading stands for itself."""
    enough: int = 4
    """Days of seven that a mean needs (``clinical.md`` 2.2)."""
    baseline: float | None = None
    band: float | None = None
    """A change smaller than this lies within normal variation; null where no such band is known."""
    now: float | None = None
    """Mean of the last seven days, or the last reading; null where too few days were noted."""
    now_days: int = 0
    verdict: str = ""
    """As ``clinical.md`` 2.4 names it; empty with nothing to compare, ``trend`` where nothing is judged."""
    inside: bool = False
    """Whether the change lies within the band."""
    spans: tuple[Span, ...] = ()


class Level(Noun, frozen=True, kw_only=True):
    """The standing dose of an exercise from a day on, until the next level."""

    date: date
    exercise: str
    name: str
    size: float
    text: str
    """The dose in words."""
    rung: int = 1


class Climb(Noun, frozen=True, kw_only=True):
    """The standing levels of one ladder, one for each version of the plan in which it stood."""

    ladder: str
    start: date
    end: date
    levels: tuple[Level, ...]


class DayMark(Noun, frozen=True, kw_only=True):
    """What one day was."""

    date: date
    mark: Mark
    flare: bool = False
    pause: bool = False


class WeekShare(Noun, frozen=True, kw_only=True):
    """Sessions of one week of the programme."""

    number: int
    starts: date
    planned: int
    done: int
    kind: str = ""


class Load(Noun, frozen=True, kw_only=True):
    """Effort times minutes of the last seven days against the four weeks before."""

    week: float
    before: float | None
    """Mean of the four weeks before; null where they were not all lived or nothing was done in them."""
    ratio: float | None = None
    limit: float = 0
    above: bool = False
    """Whether the share is above the limit: said in plain words, and nothing else follows from it."""
    eased: bool = False
    """Whether a flare-up or a pause lies in the four weeks."""


class Pairing(Noun, frozen=True, kw_only=True):
    """Whether one thing went along with the pain of the next morning."""

    id: str
    name: str
    pairs: int
    needed: int
    pattern: Literal["", "more", "less"] = ""
    """Days with more of it were followed by more pain, or by less; empty for no pattern."""
    r: float | None = None
    """Correlation of what differs from the days around; null with too few pairs."""
    chance: float | None = None
    """Share of shifted diaries that agree as well by chance; looked at only where ``r`` is large enough."""


class WeekVerdict(Noun, frozen=True, kw_only=True):
    """What the check of a week says; before its day only when it comes."""

    week: int
    date: date
    """The day after that week."""
    said: bool = False
    outcome: str = ""
    title: str = ""
    next: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


class Insight(Noun, frozen=True, kw_only=True):
    """Everything the progress page shows, own goals first."""

    start: date
    date: date
    goals: tuple[Series, ...] = ()
    series: tuple[Series, ...] = ()
    """Pain, everyday activities and other measures, sleep, stress."""
    weeks: tuple[WeekShare, ...] = ()
    days: tuple[DayMark, ...] = ()
    doses: tuple[Climb, ...] = ()
    load: Load | None = None
    verdicts: tuple[WeekVerdict, ...] = ()
    pairings: tuple[Pairing, ...] = ()
