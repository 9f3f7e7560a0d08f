"""Pages to print: the report of the episode, and the handout of a week's sessions."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from coach.desk import Desk
from coach.model.report import Audience, Handout, Report
from coach.problems import BadValue
from coach.tables import Reading

if TYPE_CHECKING:
    from coach.model.charts import Insight, Series
    from coach.model.log import History
    from coach.model.plan import Plan, Session


WEEK = timedelta(days=7)


def report(desk: Desk, audience: Audience = "patient", since: date | None = None) -> Report:
    """Gather the report of the running episode. Raises `NothingToDo` without one."""
    from coach.cases import exporting, looking, measuring
    from coach.cases.insight import insight
    from coach.cases.packetflags import flags
    from coach.cases.progress import progress
    from coach.cases.today import withheld

    reading = desk.read()
    episode = reading.episode
    first = max(since or episode.start, episode.start)
    if first > desk.today:
        raise BadValue(f"{first} is still to come.", "leave --since out, or give an earlier date")
    history, planned = desk.history(reading), bool(reading.docs("plan"))
    seen = insight(desk) if planned else None
    gone = progress(desk) if planned else None
    return Report(
        audience=audience,
        made=desk.today,
        since=first,
        start=episode.start,
        label=exporting.subject_of(desk),
        withheld=withheld(reading) if episode.closed else "",
        flags=flags(desk, reading, history, seen, ()),
        insight=_since(seen, first) if seen else None,
        weeks=tuple(each for each in gone.weeks if each.starts + WEEK > first) if gone else (),
        consistency=gone.consistency if gone else None,
        courses=measuring.courses(desk),
        reviews=tuple(each for each in looking.reviews(desk) if each.date >= first),
        plan=reading.plan if planned else None,
        next=_next(reading.plan, history, desk.today) if planned else None,
        help=_help(),
    )


def _next(plan: Plan, history: History, today: date) -> Session | None:
    gone = {each.session for each in history.sessions} | {each.session for each in history.skips}
    return next((each for each in plan.week.sessions if each.date >= today and each.id not in gone), None)


def _since(found: Insight, first: date) -> Insight:
    """The same with only the days from ``first`` on drawn; what is compared with the start stays."""
    return replace(
        found,
        goals=tuple(_series_since(each, first) for each in found.goals),
        series=tuple(_series_since(each, first) for each in found.series),
        weeks=tuple(each for each in found.weeks if each.starts + WEEK > first),
        days=tuple(each for each in found.days if each.date >= first),
    )


def _series_since(found: Series, first: date) -> Series:
    spans = tuple(each for each in found.spans if each.end >= first)
    return replace(found, start=max(found.start, first), spans=spans)


def handout(desk: Desk, number: int | None = None) -> Handout:
    """The sessions of a week, the running one when none is named.

    Raises `BadValue` for a week that the plan does not have, `Withheld` while the plan is closed.
    """
    from coach.cases import looking
    from coach.cases.shapes import course_of

    reading: Reading = desk.read()
    looking.stop_if_withheld(reading)
    plan, weeks = looking.weeks(desk)
    wanted = plan.week.number if number is None else number
    week = next((each for each in weeks if each.number == wanted), None)
    if week is None:
        raise BadValue(f"There is no week {wanted} in this plan.", f"1 to {weeks[-1].number}")
    library = course_of(reading, plan)[1]
    named = {each.exercise for session in week.sessions for each in session.prescriptions}
    named |= {week.walk.prescription.exercise} if week.walk else set()
    found = {each: library.exercises[each] for each in sorted(named) if each in library.exercises}
    return Handout(plan=plan, week=week, exercises=found, help=_help())


def _help() -> tuple[str, ...]:
    """The warning signs of the weekly questions, each as one sign of a list."""
    from coach.questionnaires.catalogue import load_instruments

    screen = next(each for each in load_instruments() if each.id == "mini_screen")
    return tuple(each.short for each in screen.items if each.short)
