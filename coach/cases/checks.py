"""The checks of weeks 4, 8 and 12, the load of this week, and the readings they rest on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from coach.model.assessment import Answers, Entered, Response
from coach.model.charts import Load, Span, WeekVerdict
from coach.model.log import History, SessionLog
from coach.tables import Reading

if TYPE_CHECKING:
    from coach.model.plan import Plan
    from coach.questionnaires.scoring import Change

WEEK = timedelta(days=7)
CHECKED = (4, 8, 12)
"""Weeks after which a verdict is given (``clinical.md`` 2.5)."""
FOUR_WEEKS = 28


def baseline(field: str, answers: Answers) -> float | None:
    """The same thing at the first assessment: for pain the mean of a week, which mornings compare with."""
    from coach.questionnaires.scoring import number

    return number(answers.get({"pain": "pain_average", "sleep_quality": "sleepq"}.get(field, field)))


def fresh(response: Response) -> Answers:
    """What was answered that day, without what was carried over from an earlier one."""
    given = response.given
    return {item: value for item, value in response.answers.items() if not given or item in given}


def dated(reading: Reading, responses: list[Response], today: date) -> dict[str, dict[date, float]]:
    """Dated scores by measure: of full answers, of the review of week 6, and of official forms."""
    from coach.model.review import Review
    from coach.questionnaires.course import official_reading, readings
    from coach.questionnaires.scoring import number

    told = list(responses)
    for each in reading.all("reviews", Review):
        answers: Answers = {item: number(value) for item, value in each.response.items()}
        told.append(Response(id=each.id, date=each.date, answers=answers))
    every = list(readings(told))
    for form in reading.all("measures", Entered):
        if form.kind == "official":
            every += official_reading(form.instrument, form.answers, form.date)
    found: dict[str, dict[date, float]] = {}
    for one in sorted(every, key=lambda one: one.date):
        if one.date <= today:
            found.setdefault(one.measure, {})[one.date] = one.value
    return found


def load(
    every: tuple[Plan, ...], history: History, start: date, today: date, marked: tuple[Span, ...] = ()
) -> Load:
    """Effort times minutes: the last seven days, and the mean of the four weeks before them."""
    from coach.questionnaires.pairing import load_insight

    limit = load_insight()["load_high"]
    minutes = {
        (session.id, each.exercise): (each.minutes, each.dose.sets)
        for plan in every
        for session in plan.week.sessions
        for each in session.prescriptions
    }
    loads = [(each.date, _effort(each, minutes)) for each in history.sessions if each.date <= today]
    week = sum(load for day, load in loads if day > today - WEEK)
    first = today - WEEK - timedelta(days=FOUR_WEEKS)
    before = sum(load for day, load in loads if first < day <= today - WEEK) / 4
    lived = start <= first + timedelta(days=1) and before > 0
    ratio = week / before if lived else None
    return Load(
        week=round(week, 1),
        before=round(before, 1) if lived else None,
        ratio=None if ratio is None else round(ratio, 2),
        limit=limit,
        above=ratio is not None and ratio > limit,
        eased=any(each.start <= today - WEEK and each.end > first for each in marked),
    )


def _effort(log: SessionLog, minutes: dict[tuple[str, str], tuple[float, int]]) -> float:
    """Effort times minutes of a log: minutes as told, else those planned for the sets that were done."""
    given = [each.rpe for each in log.exercises if each.rpe is not None]
    rpe = log.rpe if log.rpe is not None else sum(given) / len(given) if given else 0.0
    if log.minutes is not None:
        return rpe * log.minutes
    total = 0.0
    for each in log.exercises:
        walked = sum((one.minutes or 0) + 2 * (one.rounds or 0) for one in each.sets)
        planned, sets = minutes.get((log.session, each.exercise), (0.0, 1))
        time = walked or planned * len(each.sets) / max(1, sets)
        total += time * (each.rpe if each.rpe is not None else rpe)
    return total


def verdicts(
    reading: Reading, every: tuple[Plan, ...], history: History, responses: list[Response], today: date
) -> tuple[WeekVerdict, ...]:
    """The checks of weeks 4, 8 and 12: said once the week was lived."""
    plan = reading.plan
    if reading.episode.kind != "care":
        return ()
    starts = {each.week.number: each.week.starts for each in every}
    found = []
    for week in CHECKED:
        if week > plan.weeks:
            continue
        begun = starts.get(week)
        after = starts.get(week + 1) or (
            begun + WEEK if begun else plan.week.starts + WEEK * (week - plan.week.number + 1)
        )
        if begun is None or today < after:
            found.append(WeekVerdict(week=week, date=after))
            continue
        found.append(_said(reading, plan, history, responses, week, after))
    return tuple(found)


def _said(
    reading: Reading, plan: Plan, history: History, responses: list[Response], week: int, after: date
) -> WeekVerdict:
    from coach.questionnaires.responder import FUNCTION, responder
    from coach.questionnaires.scoring import change, psfs_change, week_mean

    changes: list[Change] = []
    if responses:
        first = responses[0].answers
        mornings = [each.pain for each in history.checkins if after - WEEK <= each.date < after]
        changes.append(change("nprs", baseline("pain", first), week_mean(mornings)))
        for name, values in dated(reading, responses, after).items():
            if name in FUNCTION and len(values) > 1:
                told = list(values.values())
                changes.append(change(name, told[0], told[-1]))
        rated = [each for each in responses if each.date <= after and fresh(each).get("psfs_1") is not None]
        if len(rated) > 1:
            changes.append(psfs_change(first, fresh(rated[-1])))
    kept = [each for each in plan.completion[:week] if each is not None]
    found = responder(changes, week=week, adherence=sum(kept) / len(kept) if kept else None)
    return WeekVerdict(
        week=week, date=after, said=True, outcome=found.outcome, title=found.title, next=found.next,
        reasons=found.reasons,
    )  # fmt: skip
