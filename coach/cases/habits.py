"""Habits: what is asked for, what was done of it this week, and noting a day with one word."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from coach.desk import Desk
from coach.model.log import History
from coach.model.noun import Noun
from coach.problems import BadValue
from coach.tables import Tables

if TYPE_CHECKING:
    from coach.model.plan import Habit, Plan

IF_THEN = "if_then"
"""The note that holds the person's own moment for a session, changed since the assessment."""


class HabitRow(Noun, frozen=True, kw_only=True):
    """One habit and how the running week goes."""

    number: int
    id: str
    text: str
    level: int
    per_week: int
    days: int
    """Days of the week on which it was done."""
    today: bool
    by_device: int = 0
    """Of these days, those that a device told: it measured when the person woke."""
    weeks_met: int = 0
    reason: Any = None
    decision: Any = None
    """The card of the last review about it."""


class Habits(Noun, frozen=True, kw_only=True):
    """All habits of the week."""

    week: int
    starts: date
    habits: tuple[HabitRow, ...]
    finished: tuple[str, ...] = ()
    """Goals that have become habits and are no longer asked for."""
    steps: tuple[float, ...] = ()
    """Steps of the days of the week that have a count, where a device brought any."""


class HabitDone(Noun, frozen=True, kw_only=True):
    """What noting a habit did."""

    habit: HabitRow
    date: date
    counts: bool
    """Whether the day counts for the goal: a late time of getting up is noted and does not."""
    new: bool


def habits(desk: Desk, day: date | None = None) -> Habits:
    """The habits of the week of a day. Raises `NothingToDo` without a plan, `Withheld` while it is closed."""
    from coach.cases.looking import stop_if_withheld
    from coach.model.review import Review
    from coach.programs.devices import filled

    day = day or desk.today
    reading = desk.read(desk.file_for(day))
    stop_if_withheld(reading)
    plan = reading.plan_on(day)
    last = reading.last("reviews", Review)
    cards = {each.id.removeprefix("habit:"): each for each in (last.habits if last else ())}
    starts = _week_of(plan, day)
    own = desk.history(reading)
    history = filled(own) if own.devices else own
    return Habits(
        week=plan.week.number,
        starts=plan.week.starts,
        habits=tuple(
            _row(number, habit, plan, history, day, cards)
            for number, habit in enumerate(plan.week.habits, start=1)
        ),
        finished=plan.goals_done,
        steps=_steps(history, starts) if own.devices else (),
    )


def _week_of(plan: Plan, day: date) -> date:
    """First day of the week of a day: the one that binds, or one after it."""
    return plan.week.starts + timedelta(days=7 * max(0, (day - plan.week.starts).days // 7))


def _steps(history: History, starts: date) -> tuple[float, ...]:
    ends = starts + timedelta(days=7)
    return tuple(
        float(each.steps)
        for each in history.checkins
        if starts <= each.date < ends and each.steps is not None
    )


def _row(
    number: int, habit: Habit, plan: Plan, history: History, day: date, cards: dict[str, Any]
) -> HabitRow:
    from coach.programs.habit_week import done_on

    starts = _week_of(plan, day)
    usual = plan.preferences.rise_time
    done = {
        each.date
        for each in history.checkins
        if starts <= each.date < starts + timedelta(days=7) and done_on(each, habit, usual)
    }
    return HabitRow(
        number=number,
        id=habit.id,
        text=habit.text,
        level=habit.level,
        per_week=habit.per_week,
        days=len(done),
        today=day in done,
        by_device=len(done & set(getattr(history, "rose", {}))) if habit.id == "rise_time" and usual else 0,
        weeks_met=habit.weeks_met,
        reason=habit.reason,
        decision=cards.get(habit.id),
    )


def habit_done(
    desk: Desk, wanted: str, day: date | None = None, *, at: str | None = None, rating: float | None = None
) -> HabitDone:
    """Note that a habit was done on a day; it is merged into that day's check-in.

    ``wanted`` is its id, the beginning of it, or its number in the list; ``at`` the time of getting up
    (``HH:MM``), ``rating`` how well the own activity goes (0-10). Raises `BadValue`.
    """
    from coach.cases.daily import check_in

    day = day or desk.today
    if day > desk.today:
        raise BadValue(f"{day} is still to come; a habit is noted on a day that was.", "leave the date out")
    rows = habits(desk, day).habits
    row = _named(wanted, rows)
    if at is not None and row.id != "rise_time":
        raise BadValue("A time belongs to getting up only.", "coach habit done rise_time --at 06:50")
    if rating is not None and row.id != "valued_activity":
        raise BadValue(
            "A mark belongs to your own activity only.", "coach habit done valued_activity --rating 6"
        )
    names = (row.id,) if at is None or not _has_usual_time(desk, day) else None
    done = check_in(desk, day, habits=names, rose=at, activity_rating=rating)
    after = next(each for each in habits(desk, day).habits if each.id == row.id)
    return HabitDone(habit=after, date=day, counts=after.today, new=bool(done.changes))


def _has_usual_time(desk: Desk, day: date) -> bool:
    return bool(desk.read(desk.file_for(day)).plan_on(day).preferences.rise_time)


def _named(wanted: str, rows: tuple[HabitRow, ...]) -> HabitRow:
    name = wanted.strip().lower().replace("-", "_")
    found = [each for each in rows if name in (each.id, str(each.number))]
    found = found or [each for each in rows if name and each.id.startswith(name)]
    if len(found) == 1:
        return found[0]
    ids = ", ".join(each.id for each in rows) or "none this week"
    problem = "could be more than one habit" if found else "is no habit of this week"
    raise BadValue(f"“{wanted}” {problem}.", f"there is: {ids}")


def checked(tables: Any, names: tuple[str, ...], day: date) -> tuple[str, ...]:
    """Ids of habits that a check-in names. Raises `BadValue` for one that the plan does not ask for."""
    ids = [each.id for each in tables.plan_on(day).week.habits]
    unknown = [each for each in names if each not in ids]
    if unknown:
        raise BadValue(
            f"“{unknown[0]}” is no habit of this week.", f"there is: {', '.join(ids) or 'none this week'}"
        )
    return tuple(names)


def cue_of(tables: Tables, plan: Plan) -> str:
    """The moment that a session follows: the newest one the person gave."""
    from coach.model.log import Note

    found = tables.one("notes", IF_THEN, Note)
    return found.text if found else plan.preferences.cue
