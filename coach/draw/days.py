"""Today as lines of text."""

from __future__ import annotations

from datetime import date
from typing import Any

from coach.draw import words
from coach.model.log import STOPPED, CheckIn
from coach.model.plan import Prescription, Session

WELCOME = (
    "Coach leads you through twelve weeks with low back pain: short sessions, walking, sleep and "
    "stress, and once a week a look at how it went.",
    "It begins with questions about your back and your days. They take about five minutes. The first "
    "ones make sure that exercise is safe for you now.",
    "Nothing leaves this computer. You can stop at any question and go on later.",
)
"""What is said before there is anything."""


def back(begun: Any) -> str:
    """What is said where the questions were left half-way."""
    several = "answers are" if begun.answered > 1 else "answer is"
    return (
        f"Your {begun.answered} {several} kept. The questions that are left take about {begun.minutes} min."
    )


def today(found: Any, width: int | None = None) -> list[str]:
    """What a day holds: the state, the session, walking, habits, and what to do next.

    ``found`` is the day as the use case gives it; where something is withheld for safety only its
    text is shown.
    """
    if found.withheld or found.day is None:
        return words.wrap(found.text, width)
    day = found.day
    units = found.units
    over = day.week > found.weeks
    where = f"{found.weeks} weeks done" if over else f"week {day.week} of {found.weeks}, {found.phase}"
    lines = [f"{words.day(day.date, year=True)}, {where}"]
    lines += [f"The plan of {found.author}."] if found.author else []
    lines += words.wrap(found.text, width) if found.text else []
    lines += words.wrap(clock(found), width) if found.ahead else []
    lines.append(_noted(found.checked_in))
    if found.measured:
        from coach.draw.readings import measured

        lines += words.wrap(measured(found.measured), width)
    lines += ["", *words.wrap(day.text, width)]
    if day.session:
        lines += ["", *session(day.session, units, day.state)]
        lines += _reasons(day, width)
        if day.short and len(day.short) < len(day.session.prescriptions):
            names = ", ".join(each.name for each in day.short)
            minutes = round(sum(each.minutes for each in day.short))
            lines += words.wrap(
                f"Short version, {minutes} min: {names}, one set each (coach log --short).", width
            )
    if day.kit and not day.session:
        lines += ["", "The flare kit, as often as it does good:", *(row(each, units) for each in day.kit)]
    lines += _besides(day, found.asks, found.review_on, width)
    for offer in found.offers:
        lines += words.wrap(offer, width)
    lines += ["", *words.wrap(_next(day), width)]
    return lines


def primary(found: Any, begun: Any = None) -> tuple[str, str]:
    """The one thing to do next: an action and its words; empty where there is nothing to do.

    ``begun`` is what was left half-way: that goes on, before anything new begins.
    """
    left = begun is not None and begun.answered
    go_on = f"Go on with the questions, about {begun.minutes} min left" if left else ""
    if found is None:
        return "assess", go_on or "Begin with the questions"
    if found.withheld:
        pending = found.level not in STOPPED
        return ("assess", go_on or "Answer the questions about it") if pending else ("", "")
    day = found.day
    if begun is not None and begun.session and day.session:
        sets = f", {begun.sets} {'set' if begun.sets == 1 else 'sets'} done" if begun.sets else ""
        return "session", f"Go on with the session you began{sets}"
    if day.state == "review_due":
        return "review", "See the review of this week"
    if day.state == "paused":
        return "pause", "Come back before the pause is over"
    if found.checked_in is None and day.state not in ("before_start", "stopped"):
        return "checkin", "Check in: three numbers, twenty seconds"
    if day.session:
        what = "the flare kit" if day.state == "flare" else "the session"
        return "session", f"Start {what}, about {round(day.session.minutes)} min"
    if found.asks:
        whole = any(each.kind != "repeat_function" for each in found.asks)
        what = "the safety questions that are due" if whole else "the everyday activities once more"
        return "assess", f"Answer {what}"
    return "plan", "Look at the plan"


def session(each: Session, units: str, state: str = "session") -> list[str]:
    """A session with a line of doing and a line of why for each exercise."""
    lines = [f"{words.session(each.id)}, about {round(each.minutes)} min"]
    for one in each.prescriptions:
        lines += [row(one, units), f"          why: {short(one.reason.text)}"]
        if one.note:
            lines.append(f"          {one.note}")
    return lines


def row(one: Prescription, units: str) -> str:
    """One exercise on a line."""
    amount = f"{words.dose(one.dose, units)}, {words.effort(one.dose)}"
    return f"  {one.exercise:<7} {one.name}: {amount}"


def short(text: str) -> str:
    """The first sentence of a text."""
    end = text.find(". ")
    return text if end < 0 else text[: end + 1]


def _noted(checkin: CheckIn | None) -> str:
    if checkin is None:
        return "Check-in: not yet. coach checkin takes twenty seconds."
    parts = (
        ("pain", checkin.pain, ""),
        ("slept", checkin.sleep_hours, " h"),
        ("sleep quality", checkin.sleep_quality, ""),
        ("stress", checkin.stress, ""),
    )
    said = [f"{name} {words.number(value)}{unit}" for name, value, unit in parts if value is not None]
    note = f" “{checkin.note}”" if checkin.note else ""
    return f"Check-in: {', '.join(said) or 'noted'}{note}"


def _reasons(day: Any, width: int | None) -> list[str]:
    lines: list[str] = []
    for reason in day.reasons:
        if reason.text != day.text:
            lines += words.wrap(f"Changed today: {reason.text} [{reason.rule}]", width)
    if day.ignored:
        rules = ", ".join(each.rule for each in day.ignored)
        lines += words.wrap(f"Smaller reasons to do less, not added on top: {rules}", width)
    return lines


def _besides(day: Any, asks: tuple[Any, ...], review_on: date | None, width: int | None) -> list[str]:
    lines: list[str] = []
    if day.walk:
        times = f"{day.walks_done} of {day.walk.times} done this week"
        lines.append(f"Walk: {words.number(day.walk.minutes)} min ({times})")
    for habit in day.habits:
        lines += words.wrap(f"Habit: {habit.text}", width)
    for notice in day.notices:
        lines += words.wrap(notice.text, width)
    for text in asked(asks):
        lines += words.wrap(text, width)
    lines += coming(day, review_on)
    lines.append(f"This week: {day.done_count} of {day.planned_count} sessions done.")
    return ["", *lines]


def asked(asks: tuple[Any, ...]) -> list[str]:
    """Questions that are due again, why, and where they are answered."""
    lines = [ask.reason for ask in asks]
    if any(ask.kind != "repeat_function" for ask in asks):
        lines.append("The safety questions: coach assess --rescreen")
    if any(ask.kind == "repeat_function" for ask in asks):
        lines.append("Everyday activities once more: coach assess --again")
    return lines


def coming(day: Any, review_on: date | None = None) -> list[str]:
    """When the next session is, on a day without one; what was planned for today waits for tomorrow.

    In a week without another session it is the review that comes next.
    """
    if day.session or day.state in ("paused", "stopped", "finished"):
        return []
    if day.next:
        when = words.day(day.next.date) if day.next.date > day.date else "tomorrow"
        return [f"Next session: {when}, about {round(day.next.minutes)} min"]
    if review_on is None or review_on <= day.date:
        return []
    return [f"Next: the review of this week, {words.day(review_on)}"]


def clock(found: Any) -> str:
    """What is said where there are entries of days to come."""
    return (
        f"There are entries up to {words.day(found.ahead)}, but the clock of this computer says "
        f"{words.day(found.date, year=True)}. If the clock is wrong, please set it right."
    )


def _next(day: Any) -> str:
    if day.state == "review_due":
        return "Next: coach review"
    if day.session:
        return (
            "Next: do it, then coach log --done all. Less or more than that? "
            "coach log EXERCISE --sets 2x6 says what was really done."
        )
    if day.state == "flare":
        return "Next: rest, the kit, short walks. coach flare end when it is over."
    return "Next: nothing more is needed today."
