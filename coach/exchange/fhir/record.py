"""What goes out as FHIR, in nouns: gathered by the use case, written by this package."""

from __future__ import annotations

from datetime import date

from coach.exchange.rows import Measurement
from coach.model.assessment import Entered, Item, Response
from coach.model.log import CheckIn, SessionLog
from coach.model.noun import Noun
from coach.model.plan import Plan, Week
from coach.model.reading import Reading


class Section(Noun, frozen=True, kw_only=True):
    """One questionnaire of the assessment, with its questions."""

    id: str
    title: str
    items: tuple[Item, ...]


class Phase(Noun, frozen=True, kw_only=True):
    """Some weeks of the shape that a plan follows."""

    name: str
    first: int
    last: int
    aim: str = ""


class Shape(Noun, frozen=True, kw_only=True):
    """The shape of a programme: of the package, or of a therapist's file."""

    id: str
    title: str
    weeks: int
    phases: tuple[Phase, ...]
    author: str = ""


class Rollup(Noun, frozen=True, kw_only=True):
    """What one lived week held of activity; null where nothing was noted."""

    starts: date
    ends: date
    minutes: float | None
    days: int | None
    strength_days: int | None


class Episode(Noun, frozen=True, kw_only=True):
    """One episode of care."""

    name: str
    start: date
    stopped: bool
    finished: bool
    checkins: tuple[CheckIn, ...] = ()
    readings: tuple[Reading, ...] = ()
    sessions: tuple[SessionLog, ...] = ()
    measures: tuple[Measurement, ...] = ()
    responses: tuple[Response, ...] = ()
    entered: tuple[Entered, ...] = ()
    rollups: tuple[Rollup, ...] = ()
    plan: Plan | None = None
    weeks: tuple[Week, ...] = ()
    shape: Shape | None = None


class Record(Noun, frozen=True, kw_only=True):
    """Everything of one person that is exported."""

    subject: str
    sex: str
    today: date
    made: str
    """Instant of the export, with its offset."""
    sections: tuple[Section, ...] = ()
    episodes: tuple[Episode, ...] = ()
