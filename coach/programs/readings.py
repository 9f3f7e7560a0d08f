"""The readings that the conditions of a plan file ask for, taken from the log of a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import pairwise

from msgspec.structs import replace

from coach.model.condition import Measures, Reading
from coach.model.log import SESSION_KINDS, ExerciseLog, History, SessionLog
from coach.model.plan import Asked, Plan
from coach.programs import flares
from coach.programs.mornings import Mornings, by_date, response

LONGEST = timedelta(days=56)
"""The longest window a condition may have."""
_DAY = timedelta(days=1)
_GONE = ("skipped", "swapped")


class Readings:
    """The log of the last eight weeks, ready to be asked for the whole plan or for one exercise."""

    def __init__(self, plan: Plan, history: History, today: date, asked: Iterable[Asked] = ()) -> None:
        last = today - _DAY
        self._mornings: Mornings = by_date(each for each in history.checkins if each.date <= today)
        self._sessions = sorted(
            (each for each in history.sessions if last - LONGEST < each.date <= last),
            key=lambda each: (each.date, each.id),
        )
        shared = {
            **_daily(self._mornings, last),
            **_rhythm(plan, self._sessions, last),
            "flares": tuple(
                Reading(date=each.start, value=1.0)
                for each in flares.flares(history, today)
                if each.start <= last
            ),
            **_answers(asked, last),
        }
        self._shared = Measures(today=last, week=plan.week.number, readings=shared)
        self.plan = self._of(None)
        """What the whole plan is asked of: every session with all its exercises."""

    def exercise(self, name: str) -> Measures:
        """What one exercise is asked of: the sessions with it, and it alone in them."""
        return self._of(name)

    def _of(self, name: str | None) -> Measures:
        found: dict[str, list[Reading]] = {}
        for session in self._sessions:
            logs = [
                each
                for each in session.exercises
                if each.status not in _GONE and (name is None or each.exercise == name)
            ]
            if logs:
                morning = response(self._mornings, session.date + _DAY)
                for measure, value in _felt(logs, morning).items():
                    found.setdefault(measure, []).append(Reading(date=session.date, value=value))
        readings: Mapping[str, tuple[Reading, ...]] = {name: tuple(each) for name, each in found.items()}
        return replace(self._shared, readings={**self._shared.readings, **readings})


def _felt(logs: list[ExerciseLog], morning: float | None) -> dict[str, float]:
    """Measures of one session over some of its exercises; what was not told is left out."""
    pains = [each.pain_max for each in logs if each.pain_max is not None]
    efforts = [each.rpe for each in logs if each.rpe is not None]
    forms = [each.form for each in logs if each.form is not None]
    asked = sum(each.planned_sets for each in logs)
    found: dict[str, float | None] = {
        "worst_pain": max(pains, default=None),
        "morning_after": morning,
        "rpe": sum(efforts) / len(efforts) if efforts else None,
        "form": max(forms, default=None),
        "done": 100 * sum(min(each.sets_full, each.planned_sets) for each in logs) / asked if asked else None,
    }
    # One exercise that nobody rated makes the whole unknown: the worst may be the one not told.
    if len(pains) < len(logs):
        found["worst_pain"] = None
    if len(forms) < len(logs):
        found["form"] = None
    return {name: float(value) for name, value in found.items() if value is not None}


def _daily(mornings: Mornings, last: date) -> dict[str, tuple[Reading, ...]]:
    days = sorted(day for day in mornings if last - LONGEST < day <= last)
    found: dict[str, tuple[Reading, ...]] = {}
    for name in ("pain", "sleep_hours", "sleep_quality", "stress"):
        values = ((day, getattr(mornings[day], name)) for day in days)
        found[name] = tuple(Reading(date=day, value=float(each)) for day, each in values if each is not None)
    return found


def _rhythm(plan: Plan, sessions: list[SessionLog], last: date) -> dict[str, tuple[Reading, ...]]:
    """Sessions done, and the days between them; the days since the last one count up to now."""
    done = [each for each in sessions if each.kind in SESSION_KINDS]
    days = sorted({each.date for each in done})
    since = days[-1] if days else plan.start
    gaps = [Reading(date=after, value=float((after - before).days)) for before, after in pairwise(days)]
    return {
        "sessions": tuple(Reading(date=each.date, value=1.0) for each in done),
        "gap": (*gaps, Reading(date=last, value=float(max(0, (last - since).days)))),
    }


def _answers(asked: Iterable[Asked], last: date) -> dict[str, tuple[Reading, ...]]:
    """Answers to the questions of the file; those of today belong to the week that ends."""
    found: dict[str, list[Reading]] = {}
    for each in asked:
        found.setdefault(f"ask.{each.id}", []).append(Reading(date=min(each.date, last), value=each.value))
    return {name: tuple(each) for name, each in found.items()}
