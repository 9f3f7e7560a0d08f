"""What was logged, as tidy rows: one row a value, with its unit and its local date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from coach.model.log import ExerciseLog, History, SessionLog
from coach.model.plan import Plan
from coach.model.review import Review

Row = dict[str, Any]

MEASURES: dict[str, str] = {
    "pain": "0-10",
    "pain_worst": "0-10",
    "pain_average": "0-10",
    "sleep_hours": "h",
    "in_bed_hours": "h",
    "sleep_quality": "0-10",
    "stress": "0-10",
    "steps": "steps",
    "active_minutes": "min",
    "sitting_hours": "h",
    "activity_rating": "0-10",
    "rose": "HH:MM",
    "note": "",
}
"""Measures of a check-in and their units, in the order they are written."""

COLUMNS: dict[str, tuple[str, ...]] = {
    "journal": ("local_date", "recorded_at", "measure", "value", "unit", "source"),
    "sessions": (
        "local_date", "recorded_at", "session", "week", "kind", "exercises", "sets_planned", "sets_full",
        "rpe", "pain_before", "pain_max", "form", "overlay", "note",
    ),
    "sets": (
        "local_date", "session", "exercise", "status", "set", "reps", "hold_s", "metres", "minutes", "rounds",
        "load_kg", "rpe", "pain_before", "pain_max", "form",
    ),
    "decisions": (
        "local_date", "week", "exercise", "name", "rule", "action", "before", "after", "to", "text", "vetoed",
        "plan",
    ),
    "plan": (
        "week", "starts", "phase", "forecast", "deload", "session", "local_date", "exercise", "name",
        "component", "sets", "reps", "hold_s", "metres", "minutes_each", "rounds", "sides", "load_kg",
        "rpe_low", "rpe_high", "minutes", "rule",
    ),
}  # fmt: skip
"""Columns of each table; they are only ever added to."""


def journal(history: History) -> Iterator[Row]:
    """Check-ins, flares and pauses, one row a value."""
    for entry in history.checkins:
        for measure, unit in MEASURES.items():
            value = getattr(entry, measure)
            if value not in (None, ""):
                yield _row(entry.date, entry.at, measure, value, unit, entry.source)
        for habit in entry.habits:
            yield _row(entry.date, entry.at, "habit", habit, "", entry.source)
        for flag in entry.flags:
            yield _row(entry.date, entry.at, "flag", flag, "", entry.source)
    for flare in history.flares:
        yield _row(flare.start, "", "flare_start", flare.trigger, "", "self")
        if flare.end:
            yield _row(flare.end, "", "flare_end", flare.trigger, "", "self")
    for pause in history.pauses:
        yield _row(pause.start, "", "pause_start", pause.reason, "", "self")
        yield _row(pause.end, "", "pause_end", pause.reason, "", "self")
    for skip in history.skips:
        yield _row(skip.date, "", "skip", skip.reason, skip.session, "self")


def _row(day: date, at: str, measure: str, value: Any, unit: str, source: str) -> Row:
    return {
        "local_date": day.isoformat(),
        "recorded_at": at,
        "measure": measure,
        "value": value,
        "unit": unit,
        "source": source,
    }


def sessions(history: History) -> Iterator[Row]:
    """One row a session: what was planned beside what was done."""
    for log in history.sessions:
        done = [each for each in log.exercises if each.status in ("done", "partial", "swapped")]
        yield {
            "local_date": log.date.isoformat(),
            "recorded_at": log.at,
            "session": log.session,
            "week": log.week,
            "kind": log.kind,
            "exercises": len(done),
            "sets_planned": sum(each.planned_sets for each in log.exercises),
            "sets_full": sum(each.sets_full for each in log.exercises),
            "rpe": _mean([each.rpe for each in done]),
            "pain_before": _first(done, "pain_before"),
            "pain_max": _most(done, "pain_max"),
            "form": _most(done, "form"),
            "overlay": log.overlay,
            "note": log.note,
        }


def sets(history: History) -> Iterator[Row]:
    """One row a set as it was done; an exercise that was not done has one row without a number."""
    for log in history.sessions:
        for each in log.exercises:
            for number, one in enumerate(each.sets or (None,), start=1):
                yield {
                    **_exercise(log, each),
                    "set": number if one else None,
                    **{
                        name: getattr(one, name) if one else None
                        for name in ("reps", "hold_s", "metres", "minutes", "rounds", "load_kg")
                    },
                    **{name: getattr(each, name) for name in ("rpe", "pain_before", "pain_max", "form")},
                }


def _exercise(log: SessionLog, each: ExerciseLog) -> Row:
    return {
        "local_date": log.date.isoformat(),
        "session": log.session,
        "exercise": each.exercise,
        "status": each.status,
    }


def decisions(reviews: tuple[Review, ...]) -> Iterator[Row]:
    """One row a decision."""
    for review in reviews:
        for each in (*review.decisions, *review.habits):
            yield {
                "local_date": review.date.isoformat(),
                "week": review.week,
                "exercise": each.exercise,
                "name": each.name,
                "rule": each.rule,
                "action": each.action,
                "before": each.before.size if each.before else None,
                "after": each.after.size if each.after else None,
                "to": each.to,
                "text": each.text,
                "vetoed": each.vetoed,
                "plan": review.plan_after,
            }


def plan(plan: Plan, weeks: tuple[Any, ...]) -> Iterator[Row]:
    """One row an exercise of a session, over all weeks that are known or forecast."""
    for week in weeks:
        for session in week.sessions:
            for each in session.prescriptions:
                dose = each.dose
                yield {
                    "week": week.number,
                    "starts": week.starts.isoformat(),
                    "phase": week.phase,
                    "forecast": week.forecast,
                    "deload": week.deload,
                    "session": session.id,
                    "local_date": session.date.isoformat(),
                    "exercise": each.exercise,
                    "name": each.name,
                    "component": each.component,
                    "sets": dose.sets,
                    "reps": dose.reps,
                    "hold_s": dose.hold_s,
                    "metres": dose.metres,
                    "minutes_each": dose.minutes,
                    "rounds": dose.rounds,
                    "sides": dose.sides,
                    "load_kg": dose.load_kg,
                    "rpe_low": dose.rpe[0],
                    "rpe_high": dose.rpe[1],
                    "minutes": round(each.minutes, 1),
                    "rule": each.reason.rule,
                }


def _mean(values: list[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return round(sum(known) / len(known), 2) if known else None


def _first(logs: list[ExerciseLog], name: str) -> Any:
    return next((getattr(each, name) for each in logs if getattr(each, name) is not None), None)


def _most(logs: list[ExerciseLog], name: str) -> Any:
    return max((getattr(each, name) for each in logs if getattr(each, name) is not None), default=None)
