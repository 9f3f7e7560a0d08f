"""Today: what is due, what is asked first, and what is withheld for safety."""

from __future__ import annotations

import datetime as dt
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import msgspec

from coach.desk import Desk
from coach.model.log import STOPPED
from coach.model.noun import Noun
from coach.problems import NothingToDo
from coach.tables import Reading

if TYPE_CHECKING:
    from coach.model.log import CheckIn, Episode, History
    from coach.model.plan import Plan
    from coach.programs.session import Day
    from coach.questionnaires.rescreening import Due


class Today(Noun, frozen=True, kw_only=True):
    """What today holds. Where something is withheld for safety, ``day`` is null and ``text`` says why."""

    date: date
    level: str
    withheld: bool
    text: str = ""
    weeks: int = 0
    phase: str = ""
    units: str = "kg"
    author: str = ""
    """Whose plan it is, where a therapist's file was applied."""
    day: Any = None
    checked_in: Any = None
    asks: tuple[Any, ...] = ()
    """Questions that are due, with the reason of each; `coach.questionnaires.rescreening.Due`."""
    measured: dict[str, tuple[float, str]] = {}
    """What a device measured and the person did not give: value and source by measure."""
    review_on: dt.date | None = None
    """The first day on which the running week can be reviewed."""
    ahead: dt.date | None = None
    """The day of the last entry, where it is still to come: then the clock of the computer is wrong."""
    offers: tuple[str, ...] = ()
    """What makes the plan fit better in its first days, with the minutes it takes."""


def today(desk: Desk, day: date | None = None) -> Today:
    """What is due on a day. Raises `NothingToDo` without an episode or a plan."""
    day = day or desk.today
    reading = desk.read(desk.file_for(day))
    episode = reading.episode
    if episode.closed:
        return Today(date=day, level=episode.level, withheld=True, text=withheld(reading))
    from coach.programs.session import today as due

    history = desk.history(reading)
    plan = reading.plan_on(day)
    found: Day = due(plan, history, day)
    asks: tuple[Any, ...] = ()
    if day == desk.today:
        found, asks = _asked(reading, plan, history, found)
        if found.session is not None and any(each.first for each in asks):
            return Today(date=day, level=episode.level, withheld=True, text=_questions_first(asks), asks=asks)
    return Today(
        date=day,
        level=episode.level,
        withheld=False,
        weeks=plan.weeks,
        phase=plan.week.phase_name,
        units=plan.preferences.units,
        author=plan.author,
        day=found,
        checked_in=_checkin(history, day),
        text=_banner(reading) if episode.level == "T2_CAUTION" else "",
        asks=asks,
        review_on=plan.week.starts + timedelta(days=7),
        ahead=_ahead(history, day) if day == desk.today else None,
        offers=_offers(reading, episode, day) if day == desk.today else (),
        measured=_measured(history, day) if history.devices else {},
    )


def _measured(history: History, day: date) -> dict[str, tuple[float, str]]:
    """What stands in for the check-in of a day; a value of one's own goes first."""
    from coach.programs.devices import FIELDS, source_of

    own, text = _checkin(history, day), day.isoformat()
    return {
        month.measure: (month.days[text], source_of(month, text))
        for month in history.devices
        if text in month.days
        and (month.measure not in FIELDS or own is None or getattr(own, FIELDS[month.measure]) is None)
    }


def _ahead(history: History, day: date) -> date | None:
    days = (*(each.date for each in history.checkins), *(each.date for each in history.sessions))
    last = max(days, default=day)
    return last if last > day else None


FIRST_DAYS = 14
"""Days of a plan on which the questions and tests left for later are offered."""


def _offers(reading: Reading, episode: Episode, day: date) -> tuple[str, ...]:
    """A few minutes a day, spread over the first days: questions first, then the movement tests."""
    since = (day - episode.start).days
    if episode.kind != "care" or not 0 <= since < FIRST_DAYS:
        return ()
    if episode.more:
        minutes = max(1, round(episode.more))
        return (f"{minutes} minutes of questions make the plan fit better: coach assess --more",)
    if since and not reading.docs("tests"):
        return ("A few movement tests, about 10 minutes, make the plan fit better: coach test",)
    return ()


def _asked(reading: Reading, plan: Plan, history: History, found: Day) -> tuple[Day, tuple[Due, ...]]:
    """The day, and the safety questions that are due on it; what was answered is no longer named."""
    from coach.cases import rescreen

    if found.state in rescreen.WAITING:
        return found, ()
    episode = reading.episode
    ids = rescreen.raised(reading, episode, plan, history, found.date, found.flare_day)
    said = ("flare_day7", "flare_day14")
    notices = tuple(each for each in found.notices if each.rule not in said)
    found = msgspec.structs.replace(found, screen="", notices=notices)
    return found, rescreen.named(ids, plan, episode, found.date) if ids else ()


def _questions_first(asks: tuple[Due, ...]) -> str:
    from coach.cases.rescreen import hint

    first = tuple(each for each in asks if each.first)
    return f"{' '.join(each.reason for each in first)} {hint(first)}"


def is_due(desk: Desk) -> bool:
    """Whether a session, a check-in or a review is still due today."""
    found = today(desk)
    if found.withheld or found.day is None:
        return False
    return bool(found.day.session or found.day.review_due or found.checked_in is None)


def session_due(desk: Desk) -> str:
    """The session of today. Raises `NothingToDo` when there is none."""
    found = today(desk)
    if found.withheld or found.day is None or found.day.session is None:
        raise NothingToDo("No session is due today.", "name one of the week: coach skip --session w01_s2")
    return str(found.day.session.id)


def _checkin(history: History, day: date) -> CheckIn | None:
    return next((each for each in history.checkins if each.date == day), None)


def withheld(reading: Reading) -> str:
    """What is said in the place of exercises, where they are withheld for safety."""
    from coach.cases.keeping import told

    episode = reading.episode
    if episode.pending and episode.level not in STOPPED:
        return (
            "You reported a warning sign. Before any session is shown, please answer "
            f"{len(episode.pending)} questions about it: coach assess --rescreen"
        )
    triage = reading.triage
    return told(triage, None) if triage else ""


def _banner(reading: Reading) -> str:
    """Short reasons for caution, without loading the rules that made them."""
    triage = reading.triage
    reasons = [each.reason for each in triage.fired] if triage else []
    return "Take care: " + " ".join(reasons) if reasons else ""
