"""The log of a made-up person: good weeks, but for the readings that a test gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Literal, cast

from msgspec.structs import replace

from coach.model.log import CheckIn, ExerciseLog, Flare, History, SessionLog
from coach.model.noun import Noun
from coach.model.plan import Asked, Plan, Prescription, Session
from coach.programs.logged import exercise_log

START = date(2024, 1, 1)
"""A Monday; which one makes no difference."""
WEEKS = 4
"""Weeks of the log: the reviewed one and those before it."""


class Good(Noun, frozen=True, kw_only=True):
    """The values of a good week."""

    pain: float = 2
    sleep_hours: float = 7.5
    sleep_quality: float = 8
    stress: float = 2
    readiness: float = 85


GOOD = Good()
_DAILY = ("pain", "sleep_hours", "sleep_quality", "stress")


class Week:
    """The reviewed week and the three before it.

    ``given`` are readings by measure, oldest first; those of sessions belong to the last sessions with
    ``subject``, an exercise, a ladder or ``plan``.
    """

    def __init__(self, plan: Plan, given: Mapping[str, Sequence[float]], subject: str = "plan") -> None:
        self._plan, self._given, self._subject = plan, given, subject
        self.today = plan.week.starts + timedelta(days=7)
        """The day of the review."""
        self._sessions = self._dated()
        self._anywhere = any(_has(each, subject) for each in plan.week.sessions)

    def history(self) -> History:
        """All that the made-up person logged."""
        logs = tuple(self._log(place, day, each) for place, (day, each) in enumerate(self._sessions))
        return History(checkins=self._mornings(), sessions=(*logs, *self._walks()), flares=self._flares())

    def asked(self) -> tuple[Asked, ...]:
        """Answers to the questions of the file, the last of them on the day of the review."""
        found = []
        for name, values in self._given.items():
            if name.startswith("ask."):
                days = range(len(values) - 1, -1, -1)
                found += [
                    Asked(id=name[4:], date=self.today - timedelta(days=7 * back), value=value)
                    for back, value in zip(days, values, strict=True)
                ]
        return tuple(sorted(found, key=lambda each: each.date))

    def _dated(self) -> list[tuple[date, Session]]:
        """Sessions with their days, oldest first, without those that a test leaves out."""
        week = self._plan.week
        weeks = [timedelta(days=7 * back) for back in range(WEEKS - 1, -1, -1)]
        found = [(each.date - back, each) for back in weeks for each in week.sessions]
        given = self._given.get("sessions")
        if given:
            before = [each for each in found if each[0] < week.starts]
            found = [*before, *[each for each in found if each[0] >= week.starts][: int(sum(given))]]
        gap = max(self._given.get("gap", ()), default=0)
        if gap:
            last = found[-1][0]
            found = [each for each in found if each[0] == last or (last - each[0]).days >= gap]
        return found

    def _last(self, measure: str, place: int) -> float | None:
        """The reading of a session, where a test gives one: its readings are those of the last sessions."""
        values = self._given.get(measure, ())
        if not self._with_subject(self._sessions[place][1]):
            return None
        back = sum(self._with_subject(each) for _, each in self._sessions[place:])
        return values[-back] if back <= len(values) else None

    def _with_subject(self, session: Session) -> bool:
        """Whether a session has what the test is about; a subject that none has is about all of them."""
        return self._subject == "plan" or not self._anywhere or _has(session, self._subject)

    def _log(self, place: int, day: date, session: Session) -> SessionLog:
        logs = tuple(self._one(place, each) for each in session.prescriptions)
        return SessionLog(id=f"{day}/{session.id}", session=session.id, date=day, exercises=logs)

    def _one(self, place: int, given: Prescription) -> ExerciseLog:
        worst, rpe = self._last("worst_pain", place), self._last("rpe", place)
        form, done = self._last("form", place), self._last("done", place)
        sets = given.dose.sets if done is None else round(given.dose.sets * done / 100)
        before = GOOD.pain if worst is None else min(GOOD.pain, worst)
        log = exercise_log(
            given,
            rpe=given.dose.mid_rpe if rpe is None else rpe,
            before=before,
            pain=before if worst is None else worst,
            form=cast(Literal[0, 1, 2], 0 if form is None else min(2, round(form))),
            reserve=2,
            clean_reps=9,
        )
        return log if done is None else _partly(log, sets)

    def _mornings(self) -> tuple[CheckIn, ...]:
        first = self.today - timedelta(days=7 * WEEKS + 14)
        days = [first + timedelta(days=each) for each in range((self.today - first).days + 1)]
        usual = {name: getattr(GOOD, name) for name in _DAILY}
        values: dict[date, dict[str, Any]] = {day: dict(usual) for day in days}
        for name in _DAILY:
            given = self._given.get(name, ())
            for back, value in enumerate(reversed(given), 1):
                if self.today - timedelta(days=back) in values:
                    values[self.today - timedelta(days=back)][name] = value
        for place, (day, _) in enumerate(self._sessions):
            rise = self._last("morning_after", place)
            if rise is not None:
                values[day + timedelta(days=1)]["pain"] = min(10.0, max(0.0, GOOD.pain + rise))
        return tuple(CheckIn(date=day, **each) for day, each in values.items())

    def _walks(self) -> tuple[SessionLog, ...]:
        walk = self._plan.week.walk
        if walk is None:
            return ()
        log = exercise_log(
            walk.prescription, rpe=walk.prescription.dose.mid_rpe, before=GOOD.pain, pain=GOOD.pain, form=0
        )
        days = [self._plan.week.starts + timedelta(days=each) for each in range(walk.times)]
        return tuple(
            SessionLog(id=f"{day}/walk", session="walk", date=day, kind="walk", exercises=(log,))
            for day in days
        )

    def _flares(self) -> tuple[Flare, ...]:
        """Flare-ups of the last weeks, over before the reviewed one begins."""
        count = int(sum(self._given.get("flares", ())))
        last = self._plan.week.starts - timedelta(days=2)
        return tuple(
            Flare(id=f"f{n}", start=start, end=start + timedelta(days=1))
            for n in range(min(count, 3))
            for start in (last - timedelta(days=7 * n),)
        )


def _has(session: Session, subject: str) -> bool:
    return any(subject in (each.exercise, each.ladder) for each in session.prescriptions)


def _partly(log: ExerciseLog, sets: int) -> ExerciseLog:
    whole = log.at_top and sets >= log.planned_sets
    return replace(log, sets=log.sets[:sets], sets_full=min(log.sets_full, sets), at_top=whole)
