"""What the logs of an exercise prove: the top of its range, its advance code, a first session too hard."""

from __future__ import annotations

from collections.abc import Callable

from coach.model.exercise import Exercise
from coach.model.log import ExerciseLog, SessionLog
from coach.model.noun import Noun
from coach.programs.rules import Rules


class Done(Noun, frozen=True, kw_only=True):
    """One exercise as it was logged in one session."""

    session: SessionLog
    log: ExerciseLog
    planned: bool
    """Whether the session belongs to the week that binds, and the exercise to that session."""


def twice(recent: list[Done], rules: Rules, test: Callable[[Done], bool]) -> bool:
    """Whether the last two sessions in a row pass a test."""
    needed = int(rules["top_sessions"])
    return len(recent) >= needed and all(test(each) for each in recent[-needed:])


def at_top(log: ExerciseLog, exercise: Exercise) -> bool:
    """Whether every prescribed set reached the top of the range; of a fixed dose, the whole dose."""
    if log.planned_sets < 1 or len(log.sets) < log.planned_sets:
        return log.at_top
    if exercise.vary is None or exercise.top is None:
        return log.sets_full >= log.planned_sets
    unit = exercise.vary
    return all((getattr(each, unit) or 0) >= (exercise.top or 0) for each in log.sets)


def advance_met(
    exercise: Exercise, recent: list[Done], planned: int, done: int, rules: Rules, relief: int | None = None
) -> bool:
    """Whether the advance code of ``clinical.md`` 5.1 is met. What was not logged is no.

    ``relief`` are the days of the week on which the exercise brought relief (A4).
    """
    code = exercise.advance
    if code == "a4":
        return relief is not None and relief >= rules["relief_least"]
    if code in ("a1", "a2"):
        return twice(recent, rules, lambda each: at_top(each.log, exercise))
    if code == "a3":
        return twice(recent, rules, lambda each: (each.log.reserve or 0) >= rules["reserve_least"])
    if code == "a5":
        whole = [each for each in recent if each.log.sets_full >= max(1, each.log.planned_sets)]
        return planned > 0 and done >= planned and len(whole) >= planned
    if code == "a6":
        return twice(recent, rules, lambda each: (each.log.clean_reps or 0) >= rules["clean_least"])
    return False


def too_much(log: ExerciseLog, rules: Rules) -> bool:
    """Whether a first session was too much: effort of 8 or a rise over 2.5 (``progression.md`` 18)."""
    if log.rpe is not None and log.rpe >= rules["first_session_rpe"]:
        return True
    if log.pain_max is None or log.pain_before is None:
        return False
    return log.pain_max - log.pain_before > rules["strong"]
