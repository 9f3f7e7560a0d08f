"""A led session as lines of text: an exercise to be read aloud, a question, the summary."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from coach.draw import words
from coach.model.exercise import Exercise
from coach.model.log import ExerciseLog, SessionLog, SetLog
from coach.model.plan import Prescription

STATUS = {
    "skipped": "left out",
    "swapped": "done easier",
    "stopped": "stopped",
    "partial": "partly done",
    "done": "done",
}
FORM = ("good", "small faults", "poor")


def instructions(
    given: Prescription,
    how: Exercise | None,
    units: str,
    *,
    steps: bool = True,
    most_pain: int | None = None,
) -> list[str]:
    """An exercise line by line: name and dose, pain ceiling of a plan file, set-up, steps, when to stop."""
    lines = [f"{given.name}: {words.dose(given.dose, units)}, {words.effort(given.dose)}"]
    lines += [f"  {given.note}"] if given.note else []
    if most_pain is not None:
        lines.append(
            f"  Your plan allows pain of up to {most_pain} of 10 here. More than that: say so at once."
        )
    if how is None:
        return [*lines, *(f"  - {each}" for each in given.cues)]
    lines += [f"  Set-up: {how.setup}"] if how.setup else []
    if steps:
        lines += [f"  {number}. {each}" for number, each in enumerate(how.steps, 1)]
        lines += [f"  {each}" for each in (how.breath, how.stop) if each]
    return lines


def question(asked: Any) -> str:
    """A question on one line, with its scale in words."""
    if asked.choices:
        scale = " · ".join(f"{number} {text}" for number, (_, text) in enumerate(asked.choices))
        return f"{asked.text} {scale}"
    ends = f" 0 {asked.low}, {asked.most} {asked.high}" if asked.low else f" 0 to {asked.most}"
    return f"{asked.text}{ends}"


def chosen(state: Any) -> str:
    """How long a session is, before it begins: ``The short one: 3 exercises, about 4 min``."""
    word = {"full": "The whole session", "short": "The short one", "minimum": "Two minutes"}[state.kind]
    minutes = max(1, round(sum(each.given.minutes for each in state.items)))
    return f"{word}: {len(state.items)} exercises, about {minutes} min"


def summary(log: SessionLog, names: Mapping[str, str], units: str = "kg") -> list[str]:
    """What was done, one line an exercise."""
    minutes = f", {words.number(log.minutes)} min" if log.minutes else ""
    done = sum(1 for each in log.exercises if each.sets)
    lines = [f"{words.session(log.session)}: {done} of {len(log.exercises)} exercises{minutes}"]
    return [*lines, *(f"  {_row(each, names, units)}" for each in log.exercises)]


def _row(each: ExerciseLog, names: Mapping[str, str], units: str) -> str:
    parts = [f"{names.get(each.exercise, each.exercise)}: {STATUS[each.status]}"]
    if each.sets:
        parts.append(", ".join(one_set(one, units) for one in each.sets))
    if each.pain_max is not None:
        parts.append(f"pain {words.number(each.pain_max)}")
    if each.rpe is not None:
        parts.append(f"effort {words.number(each.rpe)}")
    if each.form is not None:
        parts.append(f"form {FORM[each.form]}")
    return "; ".join(parts)


def one_set(one: SetLog, units: str = "kg") -> str:
    """One set in words: ``8``, ``20 s``, ``8 with 6 kg``."""
    load = f" with {words.load(one.load_kg, units)}" if one.load_kg else ""
    if one.reps is not None:
        return f"{one.reps}{load}"
    for value, unit in ((one.metres, "m"), (one.minutes, "min"), (one.rounds, "rounds"), (one.hold_s, "s")):
        if value is not None:
            return f"{words.number(value)} {unit}{load}"
    return "-"
