"""The numbers of a packet by days and weeks: mornings, pain medians, flare-ups, and how regularly."""

from __future__ import annotations

from datetime import date, timedelta
from statistics import median
from typing import TYPE_CHECKING

from coach.desk import Desk
from coach.model.log import SESSION_KINDS, History
from coach.model.packet import AdherenceOf, AnswerOf, DayOf, FlareOf, WeekOf
from coach.tables import Reading

if TYPE_CHECKING:
    from coach.model.planlines import Ask


def days(history: History, today: date, count: int) -> tuple[DayOf, ...]:
    """The last days on which something was noted or done."""
    from coach.programs.mornings import by_date, response

    mornings = by_date(each for each in history.checkins if each.date <= today)
    over = over_ceiling(history, today)
    done = {each.date for each in history.sessions if each.kind in SESSION_KINDS}
    found = []
    for back in range(count - 1, -1, -1):
        day = today - timedelta(days=back)
        entry = mornings.get(day)
        if entry is None and day not in done:
            continue
        found.append(
            DayOf(
                date=day,
                pain=entry.pain if entry else None,
                rise=response(mornings, day),
                sleep_hours=entry.sleep_hours if entry else None,
                sleep_quality=entry.sleep_quality if entry else None,
                stress=entry.stress if entry else None,
                session=day in done,
                over=day in over,
            )
        )
    return tuple(found)


def over_ceiling(history: History, today: date) -> frozenset[date]:
    """Days with an exercise whose pain passed the acceptable ceiling (``clinical.md`` 6.3)."""
    from coach.model.review import Provocation
    from coach.programs.pain import over_ceiling as over
    from coach.programs.rules import load_rules

    rules = load_rules()
    return frozenset(
        log.date
        for log in history.sessions
        if log.date <= today
        for each in log.exercises
        if over(
            Provocation(date=log.date, before=each.pain_before, most=each.pain_max, usual=None, morning=None),
            rules,
        )
    )


def flares(history: History, today: date, since: date | None) -> tuple[FlareOf, ...]:
    """All flare-ups that are known, declared and read off the mornings."""
    from coach.programs.flares import flares as found

    return tuple(
        FlareOf(
            start=each.start,
            end=each.end,
            days=((each.end or today + timedelta(days=1)) - each.start).days,
            trigger=each.trigger,
            new=since is not None and each.start > since,
        )
        for each in found(history, today)
    )[-100:]


def weeks(desk: Desk, history: History) -> tuple[WeekOf, ...]:
    """The weeks that were lived, with the median and the worst of their mornings."""
    from coach.cases.looking import versions
    from coach.cases.progress import week_rows

    rows = week_rows(versions(desk), history, desk.today)
    found = []
    for place, row in enumerate(rows):
        after = rows[place + 1].starts if place + 1 < len(rows) else row.starts + timedelta(days=7)
        pains = [
            each.pain
            for each in history.checkins
            if row.starts <= each.date < after and each.pain is not None
        ]
        found.append(
            WeekOf(
                number=row.number,
                starts=row.starts,
                kind=row.kind,
                planned=row.planned,
                done=row.done,
                mornings=len(pains),
                median=median(pains) if pains else None,
                worst=max(pains, default=None),
            )
        )
    return tuple(found)[-120:]


def adherence(desk: Desk, reading: Reading, history: History) -> AdherenceOf:
    """How often, how much and how well, as ``docs/consistency.md`` counts it."""
    from coach.cases.looking import versions
    from coach.programs.consistency import consistency
    from coach.programs.rules import load_rules

    rules = load_rules()
    lived = {each.week.starts: each.week for each in versions(desk) if each.week.starts <= desk.today}
    found = consistency([lived[day] for day in sorted(lived)], history, desk.today, rules)
    return AdherenceOf(
        days=int(rules["con_days"]),
        score=_share(found.score),
        frequency=_share(found.frequency),
        dose=_share(found.dose),
        quality=_share(found.quality),
        planned=found.planned,
        done=found.done,
        left_out=max(0, found.left_out),
    )


def answers(reading: Reading) -> tuple[AnswerOf, ...]:
    """What was answered to the weekly questions of the therapist's file, oldest first."""
    from coach.model.review import Review

    told = [each for each in reading.all("reviews", Review) if each.asked]
    if not told:
        return ()
    asks = _asks(reading)
    return tuple(
        _answer(review.date, name, value, asks.get(name))
        for review in told
        for name, value in review.asked.items()
    )[-300:]


def _answer(day: date, name: str, value: float, ask: Ask | None) -> AnswerOf:
    if ask is None:
        return AnswerOf(date=day, id=name, value=value)
    low, high = ask.scale
    return AnswerOf(date=day, id=name, value=value, text=ask.text, low=low, high=high, better=ask.better)


def _asks(reading: Reading) -> dict[str, Ask]:
    """The questions of the applied files, the newest wording of each; none of a file that does not read."""
    from coach.model.applied import AppliedFile
    from coach.programs.planfile import PlanFileError, read_plan_file

    found: dict[str, Ask] = {}
    for each in reading.all("files", AppliedFile):
        try:
            found |= {ask.id: ask for ask in read_plan_file(each.text, each.name).asks}
        except PlanFileError:
            continue
    return found


def _share(value: float | None) -> float | None:
    return None if value is None else round(min(1.0, max(0.0, value)), 4)
