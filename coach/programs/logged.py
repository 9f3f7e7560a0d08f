"""Turning what a person did into a log entry, and how hard what was logged is."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from coach.model.log import ExerciseLog, History, SessionLog, SetLog
from coach.model.plan import Plan, Prescription, Session
from coach.programs import day_rules as rules
from coach.programs.dose import count, unit_of


def exercise_log(
    prescription: Prescription,
    *,
    top: float | None = None,
    sets: tuple[SetLog, ...] | None = None,
    rpe: float | None = None,
    before: float | None = None,
    pain: float | None = None,
    form: Literal[0, 1, 2] | None = None,
    reserve: int | None = None,
    clean_reps: int | None = None,
    leg: Literal["none", "new", "spreading", "lingering"] | None = None,
    status: Literal["done", "partial", "swapped", "skipped", "stopped"] | None = None,
    reason: str = "",
    note: str = "",
    plan: Plan | None = None,
) -> ExerciseLog:
    """Record an exercise as done; ``sets`` null means every set as prescribed.

    ``top`` is the upper end of the exercise's range where the caller knows it; a review finds it by
    itself. ``status`` follows from the sets where it is not given. ``plan`` is not needed so far.
    """
    dose = prescription.dose
    unit = unit_of(dose)
    asked = count(dose, unit)
    done = (
        sets
        if sets is not None
        else ()
        if status == "skipped"
        else (_as_prescribed(prescription),) * dose.all_sets
    )
    full = sum(_reached(each, unit, asked) and _lifted(each, dose.load_kg) for each in done)
    if status is None:
        status = "done" if full >= dose.sets else "partial" if done else "skipped"
    loads = [each.load_kg for each in done if each.load_kg is not None]
    return ExerciseLog(
        exercise=prescription.exercise,
        status=status,
        planned_sets=dose.sets,
        planned_size=dose.size,
        sets=done,
        sets_full=min(full, dose.sets),
        at_top=top is not None and len(done) >= dose.sets and all(_reached(each, unit, top) for each in done),
        rpe=rpe,
        pain_before=before,
        pain_max=pain,
        form=form,
        clean_reps=clean_reps,
        reserve=reserve,
        leg=leg,
        load_kg=min(loads, default=None),
        reason=reason,
        note=note,
    )


def _as_prescribed(given: Prescription) -> SetLog:
    dose = given.dose
    return SetLog(
        reps=dose.reps,
        hold_s=None if dose.hold_s is None else float(dose.hold_s),
        metres=None if dose.metres is None else float(dose.metres),
        minutes=dose.minutes,
        rounds=dose.rounds,
        load_kg=dose.load_kg,
    )


def _reached(done: SetLog, unit: str | None, amount: float) -> bool:
    return unit is None or float(getattr(done, unit) or 0) >= amount


def _lifted(done: SetLog, load: float | None) -> bool:
    """Whether the load was there; a set without a word about load had the one asked for."""
    return load is None or done.load_kg is None or done.load_kg >= load


def hard(session: Session) -> bool:
    """Whether a session has hard work in it."""
    return any(each.hard for each in session.prescriptions)


def hard_yesterday(plan: Plan, history: History, today: date) -> bool:
    """Whether a session with hard work was done on the day before (``progression.md`` 19)."""
    logs = [each for each in history.sessions if each.date == today - timedelta(days=1)]
    return any(_hard_log(plan, each) for each in logs)


def _hard_log(plan: Plan, log: SessionLog) -> bool:
    known = next((each for each in plan.week.sessions if each.id == log.session), None)
    if known is not None and log.date >= plan.week.starts and log.overlay != "flare_kit":
        done = {each.exercise for each in log.exercises if each.status not in ("skipped", "swapped")}
        return any(each.hard for each in known.prescriptions if each.exercise in done)
    return any(
        each.exercise[:3] in rules.LOADED and each.rpe is not None and each.rpe >= rules.HARD_EFFORT
        for each in log.exercises
    )
