"""What the progress page shows: series with their verdicts, days, doses, load and the checks of weeks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Literal

from coach.cases import checks
from coach.cases.measured import measured
from coach.cases.progress import FIELDS, week_rows
from coach.desk import Desk
from coach.model.assessment import Response
from coach.model.charts import Climb, Insight, Level, Pairing, Point, Series, Span, WeekShare
from coach.model.log import History
from coach.programs.devices import filled
from coach.tables import Reading

if TYPE_CHECKING:
    from coach.model.plan import Plan

WEEK = timedelta(days=7)
DAILY = (
    ("pain", "Pain", "0-10", "nprs", "low"),
    ("sleep_hours", "Hours slept", "h", "", ""),
    ("sleep_quality", "Sleep quality", "0-10, 10 is best", "sleep", "high"),
    ("stress", "Stress", "0-10", "stress", "low"),
)
"""Field of the check-in, name, unit, the measure that judges a change, and the better end."""
MEASURED = (
    ("eac10", "Trouble with everyday activities", "%", 100.0),
    ("rmdq", "Roland-Morris score", "0-24", 24.0),
    ("odi", "ODI score", "%", 100.0),
)
"""Measures of function, name, unit and highest value; 0 is the best of each."""


def insight(desk: Desk) -> Insight:
    """Read the running episode. Raises `NothingToDo` without a plan."""
    from coach.cases.looking import versions

    reading = desk.read()
    own, every = desk.history(reading), versions(desk)
    history = filled(own)
    start = reading.episode.start
    marked = _spans(history, start, desk.today)
    told = reading.all("responses", Response)
    responses = [each for each in told if each.full and each.date <= desk.today]
    weeks = tuple(
        WeekShare(number=row.number, starts=row.starts, planned=row.planned, done=row.done, kind=row.kind)
        for row in week_rows(every, history, desk.today)
    )
    daily = tuple(_daily(row, responses, history, start, desk.today, marked) for row in DAILY)
    return Insight(
        date=desk.today,
        start=start,
        goals=_goals(responses, history, start, desk.today),
        series=(
            daily[0],
            *_measured(reading, responses, start, desk.today),
            *daily[1:],
            *measured(own, history, start, desk.today),
        ),
        weeks=weeks,
        days=_days(every, history, start, desk.today, marked),
        doses=doses(every, start, desk.today),
        load=checks.load(every, history, start, desk.today, marked),
        verdicts=checks.verdicts(reading, every, history, responses, desk.today),
        pairings=_pairings(history, start),
    )


def _spans(history: History, start: date, today: date) -> tuple[Span, ...]:
    """Flare-ups and pauses up to today, with the ends that the mornings give."""
    from coach.programs.flares import flares

    day = timedelta(days=1)
    found = [
        Span(kind="flare", start=max(start, each.start), end=each.end - day if each.end else today)
        for each in flares(history, today)
    ]
    found += [
        Span(kind="pause", start=max(start, each.start), end=min(today, each.end)) for each in history.pauses
    ]
    return tuple(sorted((each for each in found if each.start <= each.end), key=lambda each: each.start))


def _daily(
    row: tuple[str, str, str, str, str],
    responses: list[Response],
    history: History,
    start: date,
    today: date,
    marked: tuple[Span, ...],
) -> Series:
    """A value of the check-in, against the first assessment; what has none there, against the first week."""
    from coach.questionnaires.measures import load_measures
    from coach.questionnaires.scoring import change, week_mean

    field, name, unit, measure, best = row
    points = _points(history, field, start, today)
    last = [each.value for each in points if each.date > today - WEEK]
    now = week_mean(last)
    first = week_mean(each.value for each in points if each.date < start + WEEK)
    baseline = checks.baseline(field, responses[0].answers) if responses else None
    baseline = first if baseline is None else baseline
    known = load_measures().find(measure) if measure else None
    judged = change(measure, baseline, now) if known else None
    scale = (0.0, 10.0) if known else (None, None)
    return Series(
        id=field, name=name, unit=unit, start=start, end=today, points=points, low=scale[0], high=scale[1],
        best=best,  # type: ignore[arg-type]
        enough=int(load_measures().rules["week_days"].value),
        baseline=baseline,
        band=known.mdc.value if known and known.mdc else None,
        now=now, now_days=len(last),
        verdict=judged.verdict if judged else "trend",
        inside=bool(judged and judged.inside_mdc),
        spans=marked,
    )  # fmt: skip


def _points(history: History, field: str, start: date, today: date) -> tuple[Point, ...]:
    return tuple(
        Point(date=each.date, value=float(value))
        for each in history.checkins
        if start <= each.date <= today and (value := getattr(each, field)) is not None
    )


def _goals(responses: list[Response], history: History, start: date, today: date) -> tuple[Series, ...]:
    """The own activities, each from its first rating; ratings of the check-in belong to the first of them."""
    from coach.questionnaires.pairing import load_insight
    from coach.questionnaires.scoring import number

    band = load_insight()["activity_band"]
    found = []
    newest = responses[-1].answers if responses else {}
    for place in range(1, 6):
        name = str(newest.get(f"psfs_{place}_name") or "")
        if not name:
            continue
        rated = {
            each.date: value
            for each in responses
            if each.answers.get(f"psfs_{place}_name") == name
            and (value := number(checks.fresh(each).get(f"psfs_{place}"))) is not None
        }
        if place == 1:
            rated |= {each.date: each.value for each in _points(history, "activity_rating", start, today)}
        told = [rated[day] for day in sorted(rated)]
        moved = told[-1] - told[0] if told else 0.0
        inside = abs(moved) < band
        verdict = "unchanged" if inside else "better" if moved > 0 else "worse"
        found.append(
            _read(
                f"psfs_{place}", f"Goal: {name}", "0-10, 10 as before", rated, start, today, high=10.0,
                band=band, verdict=verdict, inside=inside, best="high",
            )
        )  # fmt: skip
    return tuple(found)


def _measured(reading: Reading, responses: list[Response], start: date, today: date) -> tuple[Series, ...]:
    """What tells of function, reading by reading: the built-in measure, and official forms filled in."""
    from coach.questionnaires.measures import load_measures
    from coach.questionnaires.scoring import change

    known = checks.dated(reading, responses, today)
    found = []
    for name, title, unit, high in MEASURED:
        values = known.get(name, {})
        if not values and name != MEASURED[0][0]:
            continue
        measure = load_measures().find(name)
        told = list(values.values())
        judged = change(name, told[0], told[-1]) if len(told) > 1 else None
        found.append(
            _read(
                name, title, unit, values, start, today, high=high,
                band=measure.mdc.value if measure and measure.mdc else None,
                verdict=judged.verdict if judged else "", inside=bool(judged and judged.inside_mdc),
            )
        )  # fmt: skip
    return tuple(found)


def _read(
    name: str, title: str, unit: str, values: dict[date, float], start: date, today: date, *, high: float,
    band: float | None, verdict: str, inside: bool, best: Literal["low", "high"] = "low",
) -> Series:  # fmt: skip
    """A series of readings that each stand for themselves, from the first of them."""
    points = tuple(Point(date=day, value=values[day]) for day in sorted(values))
    again = len(points) > 1
    return Series(
        id=name,
        name=title,
        unit=unit,
        start=min(start, points[0].date) if points else start,
        end=today,
        points=points,
        low=0.0,
        high=high,
        best=best,
        daily=False,
        band=band,
        baseline=points[0].value if points else None,
        now=points[-1].value if again else None,
        now_days=1,
        verdict=verdict if again else "",
        inside=inside and again,
    )


def _days(
    every: tuple[Plan, ...], history: History, start: date, today: date, marked: tuple[Span, ...]
) -> tuple[Any, ...]:
    from coach.cases.daymarks import day_marks

    weeks = {each.week.number: each.week for each in every}
    return day_marks(tuple(weeks.values()), history, start, today, marked)


def doses(every: tuple[Plan, ...], start: date, today: date) -> tuple[Climb, ...]:
    """Standing levels of each ladder in the plan, by the weeks in which they began."""
    from coach.draw.words import dose

    levels: dict[str, dict[date, Level]] = {}
    for plan in every:
        units = plan.preferences.units
        day = max(start, plan.week.starts)
        for each in (*plan.standing, *((plan.walk,) if plan.walk else ())):
            if day <= today and not each.deferred:
                name = each.prescription.name
                levels.setdefault(each.ladder, {})[day] = Level(
                    date=day, exercise=each.exercise, name=name, size=each.dose.size,
                    text=dose(each.dose, units), rung=each.rung,
                )  # fmt: skip
    now = [each.ladder for each in (*every[-1].standing, *((every[-1].walk,) if every[-1].walk else ()))]
    return tuple(
        Climb(ladder=ladder, start=start, end=max(start, today), levels=tuple(levels[ladder].values()))
        for ladder in dict.fromkeys(now)
        if ladder in levels
    )


def _pairings(history: History, start: date) -> tuple[Pairing, ...]:
    """Sleep and stress of a day with the pain of the next morning."""
    from coach.questionnaires.pairing import pairing

    def by_day(field: str) -> dict[date, float]:
        known: Iterable[Any] = (each for each in history.checkins if each.date >= start)
        return {each.date: float(value) for each in known if (value := getattr(each, field)) is not None}

    pain = by_day("pain")
    names = {row[0]: row[1] for row in DAILY}
    return tuple(pairing(field, names[field], by_day(field), pain) for field in FIELDS if field != "pain")
