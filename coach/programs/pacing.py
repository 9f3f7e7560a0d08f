"""Pacing: a steady dose by the clock, and very full days that cost the next ones (``clinical.md`` 7.5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from coach.model.exercise import Number, Reason
from coach.model.log import History
from coach.model.noun import Noun
from coach.model.plan import Plan
from coach.programs.mornings import by_date, response
from coach.programs.rules import Rules

LESSON = "pacing"
_WALKING = "aer"
_DAY = timedelta(days=1)


class Swing(Noun, frozen=True, kw_only=True):
    """A very full day with a sore morning after it."""

    date: date
    measure: str
    """``active minutes``, ``steps`` or ``minutes walked``."""
    value: float
    mean: float
    """Mean of the days before it that have a number."""
    morning: float
    """Largest rise of pain on the two mornings after."""


def baseline(days: Sequence[float], rules: Rules) -> float | None:
    """Where to start: four fifths of the average of the last three comparable days; null with fewer."""
    count = int(rules["pace_base_days"])
    if len(days) < count:
        return None
    return sum(days[-count:]) / count * rules["pace_base"]


def next_week(amount: float, rules: Rules) -> float:
    """The amount of the coming week, a tenth more."""
    return amount * (1 + rules["pace_step"])


def bad_day(amount: float, rules: Rules) -> float:
    """The version of a bad day: half of the plan rather than nothing."""
    return amount * rules["pace_bad"]


def swings(history: History, today: date, rules: Rules) -> tuple[Swing, ...]:
    """Very full days of the last fourteen that a sore morning followed within 48 hours, oldest first.

    Active minutes, steps and minutes walked are each compared with their own mean; a day without a
    number is unknown, not zero. One day counts once.
    """
    first = today - timedelta(days=int(rules["pace_window"]) - 1)
    mornings = by_date(each for each in history.checkins if first - 4 * 7 * _DAY <= each.date <= today)
    found: dict[date, Swing] = {}
    for measure, series in _series(history, first - 7 * _DAY, today).items():
        for day, value in sorted(series.items()):
            if day < first or day in found:
                continue
            mean = _mean_before(series, day, rules)
            if mean is None or value <= rules["pace_share"] * mean:
                continue
            after = [
                response(mornings, day + back * _DAY) for back in range(1, int(rules["pace_sore_days"]) + 1)
            ]
            sore = max((each for each in after if each is not None), default=None)
            if sore is not None and sore >= rules["pace_sore"]:
                found[day] = Swing(date=day, measure=measure, value=value, mean=mean, morning=sore)
    return tuple(found[day] for day in sorted(found))


def note(history: History, today: date, rules: Rules) -> Reason | None:
    """The card of a boom-and-bust pattern, or null where there is none."""
    found = swings(history, today, rules)
    if len(found) < rules["pace_times"]:
        return None
    numbers = [rules.number("very full days with a sore morning after", len(found), "pace_times", sign=">=")]
    for each in found:
        share = rules.number(f"{each.measure} on {each.date}", round(each.value), "pace_share", sign=">")
        numbers.append(share)
        numbers.append(Number(name="mean of the days before", value=round(each.mean)))
        numbers.append(rules.number("morning after, over usual", each.morning, "pace_sore", sign=">="))
    steady = _steady(history, found, today, rules)
    return Reason(
        rule="pacing",
        text="Very full days were followed by sore mornings more than once. Going by the clock helps many "
        "people: stop at the planned time on good days too, and do half on a bad day rather than nothing. "
        f"{steady}The lesson on pacing comes now: coach learn pacing.",
        numbers=tuple(numbers),
        otherwise="With one such day, or calm mornings after, nothing would be said.",
    )


def _steady(history: History, found: Sequence[Swing], today: date, rules: Rules) -> str:
    """Where to begin again, in the measure that swung last: a steady day, the next week's, a bad day's."""
    measure, full = found[-1].measure, {each.date for each in found}
    series = _series(history, today - timedelta(days=int(rules["pace_window"]) - 1), today)[measure]
    base = baseline([series[day] for day in sorted(series) if day not in full], rules)
    if base is None:
        return ""
    amounts = (base, next_week(base, rules), bad_day(base, rules))
    now, then, bad = (f"{max(1, round(each)):,}" for each in amounts)
    return (
        f"A steady day to begin with would be about {now} {measure}, from next week on about {then}; "
        f"on a bad day {bad}. "
    )


def lesson_now(plan: Plan, number: int) -> tuple[str, ...]:
    """The order of lessons with the one on pacing brought to week ``number``, unless it was there before."""
    order = list(plan.lessons)
    if LESSON not in order[number - 1 :]:
        return plan.lessons
    order.remove(LESSON)
    order.insert(number - 1, LESSON)
    return tuple(order)


def _mean_before(series: Mapping[date, float], day: date, rules: Rules) -> float | None:
    days = range(1, int(rules["pace_mean_days"]) + 1)
    before = [series[day - back * _DAY] for back in days if day - back * _DAY in series]
    return sum(before) / len(before) if len(before) >= rules["pace_mean_least"] else None


def _series(history: History, first: date, last: date) -> dict[str, dict[date, float]]:
    """Activity by day, one series a measure, of the days that have a number."""
    active: dict[date, float] = {}
    steps: dict[date, float] = {}
    walked: dict[date, float] = {}
    for each in history.checkins:
        if first <= each.date <= last:
            if each.active_minutes is not None:
                active[each.date] = each.active_minutes
            if each.steps is not None:
                steps[each.date] = float(each.steps)
    for log in history.sessions:
        if first <= log.date <= last:
            minutes = sum(
                (one.minutes or 0) + 2 * (one.rounds or 0)
                for exercise in log.exercises
                if exercise.exercise.startswith(_WALKING)
                for one in exercise.sets
            )
            if minutes:
                walked[log.date] = walked.get(log.date, 0.0) + minutes
    return {"active minutes": active, "steps": steps, "minutes walked": walked}
