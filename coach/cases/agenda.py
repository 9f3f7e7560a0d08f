"""The calendar of the running episode, and when reminders are due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from typing import TYPE_CHECKING

from coach.desk import Desk
from coach.model.log import STOPPED
from coach.tables import Reading

if TYPE_CHECKING:
    from coach.exchange.agenda import Slot, Stage, Upsets
    from coach.exchange.ics import Event
    from coach.model.plan import Plan, Session, Week

RETESTS = (4, 8, 12)
"""Weeks at whose start the tests and questions of the beginning are asked again."""
RETEST_MINUTES = 20
USUAL = "08:00"


def remind_at(desk: Desk, given: str | None = None) -> time:
    """When to remind: what is given, else the setting, else the time of sessions, else eight o'clock.

    Raises `BadValue` for what is no time.
    """
    from coach.cases.settings import settings
    from coach.problems import BadValue

    if given is not None:
        try:
            return time.fromisoformat(given if len(given) == 5 and given[2] == ":" else "-")
        except ValueError:
            raise BadValue(f"“{given}” is not a time.", "write it as HH:MM") from None
    planned = desk.read().docs("plan") if desk.names() else []
    wanted = (
        settings(desk).remind_at,
        desk.read().plan.preferences.session_time if planned else "",
        USUAL,
    )
    for each in wanted:
        try:
            return time.fromisoformat(each)
        except ValueError:
            continue
    return time(8)


def calendar(desk: Desk, *, detail: bool = False, at: str | None = None) -> tuple[Event, ...]:
    """Every session and re-test of the episode as an event. Raises `NothingToDo` without a plan.

    Without ``detail`` no title and no text says what it is about. While the plan is closed for safety,
    all that is to come is cancelled. What is told is kept, so that the next calendar can go on from it.
    """
    from coach.cases.exporting import subject_of
    from coach.cases.settings import settings
    from coach.cases.telling import told
    from coach.exchange.agenda import events
    from coach.exchange.ics import detailed

    reading = desk.read()
    stages = tuple(_stages(reading, fixed=at is not None))
    owner = f"{subject_of(desk)}/{reading.name}"
    upsets, usual = _upsets(desk, reading), remind_at(desk, at)
    plain, whole = (
        _alarmed(events(stages, upsets, owner, usual, detail=each), settings(desk).remind_at)
        for each in (False, True)
    )
    found = told(desk, reading.name, plain, whole)
    return detailed(found, whole) if detail else found


def _alarmed(found: tuple[Event, ...], at: str) -> tuple[Event, ...]:
    """The events with their alarm at the time of the reminder that was set, where that comes before them."""
    from datetime import datetime

    from msgspec.structs import replace

    try:
        set_to = time.fromisoformat(at if len(at) == len(USUAL) else "-")
    except ValueError:
        return found
    ahead = [(each.start - datetime.combine(each.start.date(), set_to)).total_seconds() for each in found]
    return tuple(
        replace(each, alarm_minutes=int(seconds // 60)) if seconds > 0 else each
        for each, seconds in zip(found, ahead, strict=True)
    )


def _stages(reading: Reading, *, fixed: bool) -> Iterator[Stage]:
    """The versions of the plan; ``fixed`` where another time than that of the sessions was asked for."""
    from coach.cases.shapes import course_of
    from coach.exchange.agenda import Stage
    from coach.model.plan import Plan
    from coach.programs.library import load_library
    from coach.programs.week import forecast

    library = load_library()
    for plan in (*reading.all("plans", Plan), reading.plan):
        weeks = (plan.week, *forecast(plan, *course_of(reading, plan, library)))
        slots = tuple(each for week in weeks for each in _slots(week, plan, fixed))
        yield Stage(made=plan.made, week=plan.week.number, slots=slots)


def _slots(week: Week, plan: Plan, fixed: bool) -> Iterator[Slot]:
    from coach.exchange.agenda import Slot

    when = "" if fixed else plan.preferences.session_time
    for each in week.sessions:
        yield Slot(
            key=each.id, week=week.number, date=each.date, time=when, minutes=each.minutes,
            plain="Session", title=f"Back session {each.id}", about=_about(each, plan),
        )  # fmt: skip
    if week.number in RETESTS:
        yield Slot(
            key=f"test_w{week.number:02d}", week=week.number, date=week.starts, time=when,
            minutes=RETEST_MINUTES, plain="Questions", title="Back tests and questions again",
            about="coach test\ncoach assess --again",
        )  # fmt: skip


def _about(each: Session, plan: Plan) -> str:
    from coach.draw import words

    units = plan.preferences.units
    return "\n".join(f"{one.name}: {words.dose(one.dose, units)}" for one in each.prescriptions)


def _upsets(desk: Desk, reading: Reading) -> Upsets:
    from coach.exchange.agenda import Upsets
    from coach.model.assessment import Triage
    from coach.model.review import Review

    history, episode = desk.history(reading, carried=False), reading.episode
    done = {each.session for each in history.sessions}
    let_go = frozenset(each.session for each in history.skips)
    stopped = episode.closed
    stops = sum(each.level in STOPPED for each in reading.all("triage", Triage))
    stops += sum(bool(each.flags) for each in history.checkins)
    stops += sum("yes" in each.screen.values() for each in reading.all("reviews", Review))
    return Upsets(
        today=desk.today,
        pauses=history.pauses,
        skipped=let_go - done,
        let_go=let_go,
        stops=max(stops, stopped),
        stopped=stopped,
    )
