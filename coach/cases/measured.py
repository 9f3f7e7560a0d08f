"""What devices measured, as series of the progress page: steps, and the heart at rest."""

from __future__ import annotations

from datetime import date, timedelta

from coach.model.charts import Point, Series
from coach.model.log import History

WEEK = timedelta(days=7)


def measured(own: History, whole: History, start: date, today: date) -> tuple[Series, ...]:
    """Series that exist only where an import brought something.

    ``own`` is the log with what devices measured beside it, ``whole`` the same with the gaps filled.
    """
    if not own.devices:
        return ()
    steps = {each.date: float(each.steps) for each in whole.checkins if each.steps is not None}
    heart = {
        date.fromisoformat(day): value
        for month in own.devices
        if month.measure == "resting_heart"
        for day, value in month.days.items()
    }
    found = (
        _series("steps", "Steps a day", "steps", steps, start, today),
        _series("resting_heart", "Resting heart rate", "a minute", heart, start, today),
    )
    return tuple(each for each in found if each.points)


def _series(name: str, title: str, unit: str, values: dict[date, float], start: date, today: date) -> Series:
    """A daily value; its course is shown, and nothing is judged by it."""
    from coach.questionnaires.measures import load_measures
    from coach.questionnaires.scoring import week_mean

    points = tuple(Point(date=day, value=values[day]) for day in sorted(values) if start <= day <= today)
    last = [each.value for each in points if each.date > today - WEEK]
    return Series(
        id=name, name=title, unit=unit, start=start, end=today, points=points,
        enough=int(load_measures().rules["week_days"].value),
        baseline=week_mean(each.value for each in points if each.date < start + WEEK),
        now=week_mean(last), now_days=len(last), verdict="trend",
    )  # fmt: skip
