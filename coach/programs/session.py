"""Today: which session is due, at which dose, and why (``clinical.md`` 6.4-6.6). The daily path.

Imports nouns and small pure modules only: no data file is read here, a plan carries all it shows.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from msgspec.structs import replace

from coach.draw.words import day as dated
from coach.model.exercise import Reason
from coach.model.log import SESSION_KINDS, History
from coach.model.noun import Noun
from coach.model.plan import Habit, Plan, Prescription, Session, Walk
from coach.programs import day_rules as rules
from coach.programs import flares
from coach.programs.dose import plain, scale
from coach.programs.logged import exercise_log, hard, hard_yesterday
from coach.programs.mornings import by_date, readiness_of
from coach.programs.overlays import Overlay, kit_day, lowered, overlays, planned_logs

State = Literal[
    "session", "easy", "rest", "flare", "paused", "before_start", "review_due", "done", "finished", "stopped"
]
_READ_DAYS = 35
"""Days of history that a day looks at; flares look further by themselves."""


class Day(Noun, frozen=True, kw_only=True):
    """What one day holds."""

    date: date
    week: int
    state: State
    text: str
    """Why the day is as it is, in one or two plain sentences."""
    session: Session | None = None
    """The session due, at the doses of today."""
    planned: Session | None = None
    """The same session as the plan has it."""
    next: Session | None = None
    """The session that comes next, where none is due today."""
    short: tuple[Prescription, ...] = ()
    """The short version: control, legs and trunk at one set each."""
    walk: Walk | None = None
    habits: tuple[Habit, ...] = ()
    kit: tuple[Prescription, ...] = ()
    """The flare kit, on its days."""
    overlay: str = ""
    """Rule that shaped today's doses; empty for the plain plan."""
    reasons: tuple[Reason, ...] = ()
    """Overlays that changed a dose."""
    ignored: tuple[Reason, ...] = ()
    """Other reasons to do less: the largest applies once."""
    flare_day: int | None = None
    readiness: float | None = None
    review_due: bool = False
    planned_count: int = 0
    done_count: int = 0
    walks_done: int = 0
    screen: Literal["", "mini", "full"] = ""
    """Safety questions that a long break asks for (``clinical.md`` 6.5)."""
    notices: tuple[Reason, ...] = ()
    lesson: str = ""


def today(plan: Plan, history: History, today: date) -> Day:
    """What is due on a date, with every overlay applied. Pure.

    Sessions are offered in their order, one a day, on their date or later in their week; with the week
    they expire. Nothing is due where a review stopped the plan, before its start, or in a pause.
    """
    if history.devices:
        from coach.programs.devices import filled  # only where an import brought something

        history = filled(history)
    week = plan.week
    flare = flares.current(history, today)
    mornings = by_date(each for each in history.checkins if abs((today - each.date).days) <= _READ_DAYS)
    done = _done(plan, history)
    base = Day(
        date=today,
        week=week.number,
        state="rest",
        text="",
        habits=week.habits,
        walk=week.walk,
        planned_count=len(week.sessions),
        done_count=len(done),
        walks_done=_walks(plan, history),
        readiness=readiness_of(mornings, today),
        flare_day=flare.day if flare is not None and flare.active else None,
        lesson=week.lesson,
        review_due=today >= week.starts + timedelta(days=7) and week.number <= plan.weeks,
    )
    closed = _closed(plan, history, today, base)
    if closed is not None:
        return closed
    found = overlays(plan, history, today, flare, base.readiness)
    base = replace(
        base,
        walk=_walk(week.walk, found),
        screen=_screen(found, history, today),
        notices=_notices(plan, base),
    )
    if kit_day(flare):
        base = replace(base, kit=plan.flare_kit, walk=None)
    return _with_session(plan, history, today, base, found, done)


def _closed(plan: Plan, history: History, today: date, base: Day) -> Day | None:
    """A day on which nothing is due, whatever the sessions say."""
    bare = replace(base, walk=None, habits=())
    if plan.reason is not None and plan.reason.rule == "r00":
        return replace(
            bare, state="stopped", text="The plan rests until a clinician has cleared it.", review_due=False
        )
    if plan.week.number > plan.weeks:
        return replace(base, state="finished", text="The twelve weeks are done. What follows keeps it up.")
    if today < plan.week.starts:
        text = f"The plan starts on {dated(plan.week.starts)}."
        return replace(bare, state="before_start", text=text, next=next(iter(plan.week.sessions), None))
    pause = next((each for each in history.pauses if each.start <= today <= each.end), None)
    if pause is not None:
        text = f"A pause until {dated(pause.end)}. These days do not count."
        return replace(bare, state="paused", text=text, review_due=False)
    if base.review_due:
        gone = " Sessions that were left out have expired." if base.done_count < base.planned_count else ""
        text = f"The week is over: its review writes the next one.{gone}"
        return replace(base, state="review_due", text=text)
    return None


def _with_session(
    plan: Plan, history: History, today: date, base: Day, found: tuple[Overlay, ...], done: dict[str, date]
) -> Day:
    gone = set(done) | {each.session for each in history.skips if each.date >= plan.week.starts}
    left = [each for each in plan.week.sessions if each.id not in gone]
    if today in done.values():
        expires = today >= plan.week.starts + timedelta(days=6)
        after = left[0] if left and not expires else None
        return replace(base, state="done", text="Today's session is done.", next=after)
    if not left:
        over = (
            "All sessions of this week are done."
            if plan.week.sessions
            else "No sessions are planned this week."
        )
        return replace(base, state="flare" if base.kit else "rest", text=over)
    first = left[0]
    if first.date > today:
        text = f"A day without a session. The next one is on {first.date}."
        if base.kit:
            text = "A flare-up is on: the flare kit is for today. Keep to normal activity as you are able."
        return replace(base, state="flare" if base.kit else "rest", text=text, next=first)
    if base.kit:
        return _kit_session(base, first)
    shown, reasons, ignored = _lowered(plan, first, found)
    if hard(shown) and hard_yesterday(plan, history, today):
        text = "Yesterday was hard work, so today is for rest. The session is on offer again tomorrow."
        return replace(base, state="rest", text=text, next=first)
    state: State = "flare" if base.flare_day is not None else "easy" if _has(reasons, "easy") else "session"
    text = reasons[0].text if reasons else "A session is due today."
    return replace(
        base,
        state=state,
        text=text,
        session=shown,
        planned=first,
        short=_short(shown),
        overlay=reasons[0].rule if reasons else "",
        reasons=reasons,
        ignored=ignored,
    )


def _kit_session(base: Day, planned: Session) -> Day:
    """The flare kit in the place of the session: doing it counts as the session done."""
    session = replace(
        planned, prescriptions=base.kit, minutes=round(sum(each.minutes for each in base.kit), 1), short=()
    )
    why = Reason(
        rule="flare_kit",
        text="A flare-up is on: today the flare kit stands in for the session. Keep to normal activity "
        "as you are able.",
        otherwise="From day 3 the sessions come back, one step easier.",
    )
    return replace(
        base,
        state="flare",
        text=why.text,
        session=session,
        planned=planned,
        overlay="flare_kit",
        reasons=(why,),
    )


def _lowered(
    plan: Plan, session: Session, found: tuple[Overlay, ...]
) -> tuple[Session, tuple[Reason, ...], tuple[Reason, ...]]:
    standings = {each.exercise: each for each in plan.standing}
    given: list[Prescription] = []
    used: set[str] = set()
    eased = {name for each in plan.easings for name in each.exercises if session.date <= each.until}
    asked = _bare(session.prescriptions) if found else session.prescriptions
    for each in asked:
        # what lies over the level already is no base for another cut: the smaller of the two holds
        over = plan.week.deload or each.exercise in eased
        lower, rules_used = lowered(each, standings.get(each.exercise), found, deload=over)
        given.append(lower)
        used.update(rules_used)
    names = {before.exercise: after.exercise for before, after in zip(asked, given, strict=True)}
    shown = replace(
        session,
        prescriptions=tuple(given),
        minutes=round(sum(each.minutes for each in given), 1),
        short=tuple(names.get(each, each) for each in session.short),
    )
    reasons = tuple(each.reason for each in found if each.rule in used)
    ignored = tuple(each.reason for each in found if each.rule not in used)
    return shown, reasons, ignored


def _bare(given: tuple[Prescription, ...]) -> tuple[Prescription, ...]:
    """A session without warm-ups and sets for one side: a day with a reason to do less begins there."""
    return tuple(plain(each) for each in given if not each.warm_up)


def _has(reasons: tuple[Reason, ...], rule: str) -> bool:
    return any(each.rule == rule for each in reasons)


def _short(session: Session) -> tuple[Prescription, ...]:
    found = []
    for each in session.prescriptions:
        if each.exercise in session.short:
            each = plain(each)
            dose = replace(each.dose, sets=1)
            found.append(replace(each, dose=dose, minutes=round(dose.time_min, 2)))
    return tuple(found)


def _walk(walk: Walk | None, found: tuple[Overlay, ...]) -> Walk | None:
    """The walk of today: flare days and breaks shorten it, too."""
    shares = [each.share for each in found if not each.only and not each.easy and not each.few]
    if walk is None or not shares:
        return walk
    dose = scale(walk.prescription.dose, min(shares)) or walk.prescription.dose
    minutes = dose.minutes if dose.minutes is not None else walk.minutes
    given = replace(walk.prescription, dose=dose, minutes=round(dose.time_min, 2))
    return replace(walk, prescription=given, minutes=minutes)


def _done(plan: Plan, history: History) -> dict[str, date]:
    """Sessions of the binding week that were done, with their dates."""
    known = {each.id for each in plan.week.sessions}
    return {
        each.session: each.date
        for each in history.sessions
        if each.session in known and each.date >= plan.week.starts and each.kind in SESSION_KINDS
    }


def _walks(plan: Plan, history: History) -> int:
    end = plan.week.starts + timedelta(days=7)
    return sum(each.kind == "walk" and plan.week.starts <= each.date < end for each in history.sessions)


def _screen(found: tuple[Overlay, ...], history: History, today: date) -> Literal["", "mini", "full"]:
    logs = planned_logs(history, today)
    if not any(each.rule == "gap_long" for each in found) or not logs:
        return ""
    return "full" if (today - logs[-1].date).days >= rules.GAP_RESTART else "mini"


def _notices(plan: Plan, base: Day) -> tuple[Reason, ...]:
    """Things to say besides: a long flare, and the small start when the second week has not begun."""
    found = []
    if base.flare_day is not None and base.flare_day > rules.FLARE_CLINICIAN_DAY:
        text = "This flare-up has lasted more than two weeks. Please have a clinician look at it."
        found.append(Reason(rule="flare_day14", text=text))
    elif base.flare_day is not None and base.flare_day >= rules.FLARE_RESCREEN_DAY:
        text = "This flare-up has lasted a week. Please answer the safety questions again."
        found.append(Reason(rule="flare_day7", text=text))
    day = (base.date - plan.start).days + 1
    if plan.week.number == 2 and day >= rules.WEEK2_DAY and base.planned_count and not base.done_count:
        text = "A small start counts: one exercise, five minutes, is a session today."
        found.append(Reason(rule="week_2", text=text))
    return tuple(found)


__all__ = ["Day", "exercise_log", "today"]
