"""The questions that come with a weekly review, and preferences that change between assessments."""

from __future__ import annotations

from typing import Any

from coach.cases import answering, assess, planasks
from coach.cases.choosing import kept_back
from coach.cases.interview import Interview
from coach.cases.keeping import Assessed
from coach.desk import Desk
from coach.model.plan import Plan

HALFWAY = ("eac_", "pain_")
"""What week 6 asks besides: everyday activities and pain."""
MORE = (*HALFWAY, planasks.PREFIX)
"""What the interviews after the safety questions give to the review."""


def weekly(desk: Desk) -> tuple[Interview, ...]:
    """The interviews of the review that is due: safety, two forms in week 6, and what a plan file asks."""
    from coach.cases.responding import WEEK

    reading = desk.read()
    occasion, seeds = answering.occasion_of(desk, "weekly")
    found = [Interview(desk, occasion=occasion, before=reading.answers, seeds=seeds)]
    if reading.plan.week.number == WEEK:
        found.append(Interview(desk, occasion=f"week_{WEEK}", before=reading.answers))
    asks = planasks.asks_of(reading, reading.plan)
    if asks:
        own = (planasks.instrument(asks),)
        found.append(Interview(desk, occasion=planasks.OCCASION, file=planasks.FILE, instruments=own))
    for each in found:
        each.take_up(desk.today)  # safety questions count for the day on which they were answered
    return tuple(found)


def gathered(interviews: tuple[Interview, ...]) -> dict[str, Any]:
    """The answers of these interviews as `Coach.review` takes them; nothing is left to resume."""
    found: dict[str, Any] = dict(interviews[0].answers)
    for each in interviews[1:]:
        found |= {item: value for item, value in each.answers.items() if item.startswith(MORE)}
    for each in interviews:
        each.finish()
    return found


def signs(desk: Desk) -> tuple[tuple[str, str], ...]:
    """Warning signs that can be named on any day: id, and the question about it."""
    occasion, seeds = answering.occasion_of(desk, "weekly")
    items = Interview(desk, occasion=occasion, seeds=seeds, file="").items
    return tuple((name, item.text) for name, item in items.items() if name.startswith("ms_"))


def prefer(desk: Desk, changes: dict[str, Any]) -> Assessed:
    """Change preferences: the newest answers with these over them, screened and prescribed again.

    Raises `BadValue` where a plan file leaves other days or longer sessions to the therapist.
    """
    reading = desk.read()
    if reading.docs("plan") and _more(reading.plan, changes):
        raise kept_back(reading.plan)
    answers = answering.check({**reading.answers, **changes})
    return assess.assess(desk, answers, source="settings")


def _more(plan: Plan, changes: dict[str, Any]) -> bool:
    """Whether a change asks for days or minutes that the running file keeps back; less is never kept back."""
    if not plan.file or "days" in plan.bounds.patient_may:
        return False
    now = plan.preferences
    days = changes.get("days")
    return (
        _over(changes.get("days_per_week"), now.days_per_week)
        or _over(changes.get("session_minutes"), now.session_minutes)
        or (isinstance(days, list | tuple) and not set(days) <= set(now.days))
    )


def _over(wanted: Any, now: float) -> bool:
    return isinstance(wanted, int | float) and wanted > now
