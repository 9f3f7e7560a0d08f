"""The logs that a review may read, sorted once, with the mornings around them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from coach.model.log import History, SessionLog
from coach.model.noun import Noun
from coach.model.plan import Plan
from coach.programs.codes import Done
from coach.programs.mornings import by_date, response, usual_pain
from coach.programs.rules import Rules
from coach.programs.weekly import window_of

DAYS_28 = timedelta(days=28)


class Logbook(Noun, frozen=True, kw_only=True):
    """The logs of the reviewed days, sorted once, with the mornings around them."""

    plan: Plan
    first: date
    last: date
    sessions: tuple[SessionLog, ...]
    """Of the last 28 days, by date and id: the order of entry changes nothing."""
    exercises: dict[str, tuple[Done, ...]]
    """The same by exercise."""
    usual: dict[date, float | None]
    """Usual pain up to each day with a session in the reviewed days."""
    after: dict[date, float | None]
    """Response of the morning after each of these days."""
    directions: dict[str, tuple[str, ...]]
    """Directions of each session, by its id."""
    planned: dict[str, tuple[str, ...]]
    """Exercises of each session of the week that binds."""
    sizes: dict[str, float] = {}
    """Largest dose of each exercise in that week."""
    relief: dict[str, int] = {}
    """Days of the reviewed week on which a ladder brought relief."""

    def of(self, exercise: str, since: date) -> Iterator[Done]:
        """All sessions of one exercise from a date on, oldest first; skipped ones are none."""
        return (each for each in self.exercises.get(exercise, ()) if each.session.date >= since)


def logbook(plan: Plan, history: History, rules: Rules, today: date) -> Logbook:
    """Collect the logs that a review may read."""
    first, last = window_of(plan, today, rules)
    oldest = last - DAYS_28
    recent = [each for each in history.sessions if oldest < each.date <= last]
    mornings = by_date(each for each in history.checkins if oldest - DAYS_28 < each.date <= today)
    shown = [p for session in plan.week.sessions for p in session.prescriptions]
    shown += [*plan.flare_kit, *(p for each in plan.standing for p in (each.prescription, *each.easier))]
    sessions = tuple(sorted(recent, key=lambda each: (each.date, each.id)))
    planned = {s.id: tuple(p.exercise for p in s.prescriptions) for s in plan.week.sessions}
    days = {each.date for each in recent if each.date >= first}
    labels = {each.exercise: each.direction for each in shown}
    return Logbook(
        plan=plan,
        first=first,
        last=last,
        sessions=sessions,
        exercises=_by_exercise(sessions, planned, walks=plan.week.walk is not None),
        usual={day: usual_pain(mornings, day) for day in days},
        after={day: response(mornings, day + timedelta(days=1)) for day in days},
        directions={each.id: _directions(each, labels) for each in sessions if each.date >= first},
        planned=planned,
        sizes=_sizes(plan),
        relief=Counter(
            ladder
            for morning in mornings.values()
            if first <= morning.date <= last
            for ladder in set(morning.relief)
        ),
    )


def _sizes(plan: Plan) -> dict[str, float]:
    found: dict[str, float] = {}
    for session in plan.week.sessions:
        for each in session.prescriptions:
            found[each.exercise] = max(found.get(each.exercise, 0.0), each.dose.size)
    return found


def _by_exercise(
    sessions: tuple[SessionLog, ...], planned: dict[str, tuple[str, ...]], *, walks: bool
) -> dict[str, tuple[Done, ...]]:
    found: dict[str, list[Done]] = {}
    for session in sessions:
        walk = walks and session.kind == "walk"
        ids = planned.get(session.session, ())
        for log in session.exercises:
            done = Done(session=session, log=log, planned=walk or log.exercise in ids)
            found.setdefault(log.exercise, []).append(done)
    return {name: tuple(each) for name, each in found.items()}


def _directions(session: SessionLog, labels: Mapping[str, str]) -> tuple[str, ...]:
    found = {labels.get(each.exercise, "none") for each in session.exercises if each.status != "skipped"}
    return tuple(sorted(found - {"none"}))
