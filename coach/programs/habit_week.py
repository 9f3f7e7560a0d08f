"""What the check-ins of a week say of one habit: the days it was done, and what goes with it."""

from __future__ import annotations

from datetime import date, timedelta

from coach.model.log import CheckIn, History
from coach.model.noun import Noun
from coach.model.plan import Habit, Plan
from coach.model.review import WeekEvidence
from coach.programs.devices import by_device
from coach.programs.devices import told as told_by
from coach.programs.library import Goal
from coach.programs.mornings import by_date, response
from coach.programs.rules import Rules

_BACK = timedelta(days=28)
_HALF_DAY = 12 * 60
_BESIDE = {
    "rise_time": (("sleep of the week", "sleep_hours", "h"),),
    "wind_down": (("sleep quality of the week", "sleep_quality", ""),),
    "breathing": (("stress of the week", "stress", ""),),
    "sit_breaks": (("hours sat a day", "sitting_hours", "h"),),
    "valued_activity": (("steps a day", "steps", ""),),
}
"""Check-in values that are shown beside a habit; they decide nothing."""


class Told(Noun, frozen=True, kw_only=True):
    """One habit in one week."""

    days: int
    """Days on which it was done."""
    noted: int
    """Days that say anything about habits; with none of them nothing is known."""
    rating: float | None = None
    """Newest mark of the own activity."""
    morning: float | None = None
    """Largest rise of pain on the morning after a day with it."""
    beside: tuple[tuple[str, float, str], ...] = ()
    """Means that go with it: name, value, unit."""
    by_device: int = 0
    """Of the days, those that a device told: it measured when the person woke."""


def days_of(overall: WeekEvidence, rules: Rules) -> tuple[date, date]:
    """First and last day that count: one week, up to the day before the review, however late that is."""
    return max(overall.starts, overall.ends - timedelta(days=int(rules["hab_week"]) - 1)), overall.ends


def told(habit: Habit, goal: Goal, plan: Plan, history: History, overall: WeekEvidence, rules: Rules) -> Told:
    """Read one habit off the check-ins of the reviewed week.

    A day counts as done when its check-in names the habit, or when its time of getting up is near
    enough to the usual one. A day that names other habits says that this one was not done.
    """
    first, last = days_of(overall, rules)
    mornings = by_date(each for each in history.checkins if first - _BACK <= each.date <= last + timedelta(1))
    week = [entry for day, entry in sorted(mornings.items()) if first <= day <= last]
    usual = plan.preferences.rise_time
    done = [each.date for each in week if done_on(each, habit, usual)]
    marks = [each.activity_rating for each in week if each.activity_rating is not None]
    after = [response(mornings, day + timedelta(days=1)) for day in done] if goal.physical else []
    return Told(
        days=len(done),
        noted=sum(bool(each.habits) or _timed(each, habit, usual) for each in week),
        rating=marks[-1] if marks and goal.move == "activity" else None,
        morning=max((each for each in after if each is not None), default=None),
        by_device=told_by(history, "rose", first, last) if habit.id == "rise_time" and usual else 0,
        beside=tuple(
            (_named(name, field, history, first, last), round(sum(values) / len(values), 1), unit)
            for name, field, unit in _BESIDE.get(habit.id, ())
            if (values := [v for each in week if (v := getattr(each, field)) is not None])
        ),
    )


def _named(name: str, field: str, history: History, first: date, last: date) -> str:
    kinds = {"sleep_hours": ("slept", "nights"), "steps": ("stepped", "days")}
    if field not in kinds:
        return name
    source, what = kinds[field]
    return by_device(name, told_by(history, source, first, last), what)


def done_on(entry: CheckIn, habit: Habit, usual: str) -> bool:
    """Whether a day's check-in says that the habit was done; ``usual`` is the usual time of getting up."""
    if _timed(entry, habit, usual):
        away = abs(minutes(entry.rose) - minutes(usual))
        return min(away, 2 * _HALF_DAY - away) <= (habit.amount or 0)
    return habit.id in entry.habits


def _timed(entry: CheckIn, habit: Habit, usual: str) -> bool:
    return habit.id == "rise_time" and bool(entry.rose) and bool(usual)


def minutes(clock: str) -> int:
    """Minutes since midnight of ``HH:MM``."""
    hours, _, rest = clock.partition(":")
    return int(hours) * 60 + int(rest)
