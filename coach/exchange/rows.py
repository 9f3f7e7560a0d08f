"""What was logged, as tidy rows: one row a value, with its unit and its local date.

Every row has the columns that `coach.exchange.dictionary` names, but the subject, which is the
same in all of them and is put before them by `coach.exchange.formats`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from coach.exchange.dictionary import DAILY, MEASURES
from coach.model.log import CheckIn, ExerciseLog, History
from coach.model.noun import Noun
from coach.model.plan import Week
from coach.model.reading import Reading
from coach.model.review import Review

Row = dict[str, Any]


class Measurement(Noun, frozen=True, kw_only=True):
    """One reading of a questionnaire, an official form or a test."""

    date: date
    at: str
    measure: str
    name: str
    value: float
    unit: str = ""
    error_band: float | None = None
    limited: bool = False
    source: str = ""


def journal(history: History) -> Iterator[Row]:
    """Check-ins, flares, pauses and skipped sessions, one row a value."""
    for entry in history.checkins:
        yield from _checkin(entry)
    for flare in history.flares:
        yield _row(flare.start.isoformat(), "", "flare_start", flare.trigger)
        if flare.end:
            yield _row(flare.end.isoformat(), "", "flare_end", flare.trigger)
        if flare.note:
            yield _row(flare.start.isoformat(), "", "flare_note", flare.note)
    for pause in history.pauses:
        yield _row(pause.start.isoformat(), "", "pause_start", pause.reason)
        yield _row(pause.end.isoformat(), "", "pause_end", pause.reason)
    for skip in history.skips:
        yield _row(skip.date.isoformat(), "", "skip", skip.reason, item=skip.session)


def readings(found: Iterable[Reading]) -> Iterator[Row]:
    """What devices measured, one row a measure, day and source: every source, chosen or not."""
    items = {each.name: each.item for each in MEASURES}
    for each in found:
        yield _row(
            each.date.isoformat(), "", each.measure, each.value, each.unit, each.source, items[each.measure]
        )


def _checkin(entry: CheckIn) -> Iterator[Row]:
    day, at, source = entry.date.isoformat(), entry.at, entry.source
    for each in MEASURES[:DAILY]:
        value = getattr(entry, each.name)
        if value is not None and value != "":
            yield _row(day, at, each.name, value, each.unit, source, each.item)
    for measure, found in (("habit", entry.habits), ("flag", entry.flags), ("eased", entry.relief)):
        for value in found:
            yield _row(day, at, measure, value, "", source)


def _row(
    day: str, at: str, measure: str, value: Any, unit: str = "", source: str = "self", item: str = ""
) -> Row:
    return {
        "local_date": day, "recorded_at": at, "measure": measure, "value": value, "unit": unit,
        "source": source, "item": item, "schema": "journal/1",
    }  # fmt: skip


def wide(history: History) -> Iterator[Row]:
    """One row a day on which anything was noted, done or measured.

    Where the person gave nothing, what a device measured stands in, and ``measured`` names it.
    """
    notes = {each.date.isoformat(): each for each in history.checkins}
    done: dict[str, list[str]] = {}
    for log in history.sessions:
        done.setdefault(log.date.isoformat(), []).append(log.session)
    devices: dict[str, dict[str, float]] = {}
    for month in history.devices:
        for day, value in month.days.items():
            devices.setdefault(day, {})[month.measure] = value
    for day in sorted({*notes, *done, *devices}):
        when = date.fromisoformat(day)
        entry = notes.get(day) or CheckIn(date=when)
        own = {each.name: getattr(entry, each.name) for each in MEASURES[:DAILY]}
        told = {name: value for name, value in devices.get(day, {}).items() if own.get(name) is None}
        yield {
            "local_date": day,
            **own,
            **{name: value for name, value in told.items() if name in own},
            "habits": " ".join(entry.habits),
            "flags": " ".join(entry.flags),
            "eased": " ".join(entry.relief),
            "flare": any(each.start <= when < (each.end or date.max) for each in history.flares),
            "pause": any(each.start <= when <= each.end for each in history.pauses),
            "sessions": " ".join(done.get(day, ())),
            "resting_heart": told.get("resting_heart"),
            "measured": " ".join(sorted(told)),
            "schema": "journal-wide/1",
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
            "minutes": log.minutes,
            "schema": "sessions/1",
        }


def sets(history: History) -> Iterator[Row]:
    """One row a set as it was done; an exercise that was not done has one row without a number."""
    amounts = ("reps", "hold_s", "metres", "minutes", "rounds", "load_kg")
    for log in history.sessions:
        for each in log.exercises:
            for number, one in enumerate(each.sets or (None,), start=1):
                yield {
                    "local_date": log.date.isoformat(),
                    "session": log.session,
                    "exercise": each.exercise,
                    "status": each.status,
                    "set": number if one else None,
                    **{name: getattr(one, name) if one else None for name in amounts},
                    **{name: getattr(each, name) for name in ("rpe", "pain_before", "pain_max", "form")},
                    "schema": "sets/1",
                }


def measures(found: Iterable[Measurement]) -> Iterator[Row]:
    """One row a reading of a questionnaire, an official form or a test."""
    for each in found:
        yield {
            "local_date": each.date.isoformat(),
            "recorded_at": each.at,
            "measure": each.measure,
            "name": each.name,
            "value": each.value,
            "unit": each.unit,
            "error_band": each.error_band,
            "limited": each.limited,
            "source": each.source,
            "schema": "measures/1",
        }


def decisions(reviews: Iterable[Review]) -> Iterator[Row]:
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
                "schema": "decisions/1",
            }


def plan(weeks: Iterable[Week]) -> Iterator[Row]:
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
                    "schema": "plan/1",
                }


def _mean(values: list[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return round(sum(known) / len(known), 2) if known else None


def _first(logs: list[ExerciseLog], name: str) -> Any:
    return next((getattr(each, name) for each in logs if getattr(each, name) is not None), None)


def _most(logs: list[ExerciseLog], name: str) -> Any:
    return max((getattr(each, name) for each in logs if getattr(each, name) is not None), default=None)
