"""Advice on the doses of a plan file: over the floor, or too steep to be reached by reviews."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from coach.model.exercise import Exercise
from coach.model.noun import Noun
from coach.model.planlines import DoseLine, ExerciseLine
from coach.programs.orders import load_cap
from coach.programs.phases import Template
from coach.programs.rules import load_rules

Kind = Literal["cap", "never", "steep", "person", "text", "lift"]


class Advice(Noun, frozen=True, kw_only=True):
    """One thing that a therapist may want to know about a file."""

    kind: Kind
    about: str
    """What it is about: an exercise, a phase, ``bounds``."""
    text: str
    written: str = ""
    used: str = ""
    """What holds instead of what is written."""
    origin: str = ""
    """Where the tighter number comes from."""


def capped(about: str, written: str, used: str, origin: str) -> Advice:
    """Advice on a number that lies over the floor: what is written, and what is used."""
    return Advice(
        kind="cap",
        about=about,
        text=f"{about}: {written} is written, and {used} is used, for the safety floor is tighter.",
        written=written,
        used=used,
        origin=origin,
    )


def lines_of(line: ExerciseLine) -> Iterator[DoseLine]:
    """The doses of an exercise: its own, and those of single weeks."""
    yield line.dose
    yield from (each.dose for each in line.by_week)


def doses(line: ExerciseLine, exercise: Exercise, floor: Template) -> Iterator[Advice]:
    """Ceilings of one exercise that lie over those of the floor, each told once."""
    sets = max(phase.sets[1] for phase in floor.phases)
    effort = min(exercise.dose.rpe[1], max(phase.rpe[1] for phase in floor.phases))
    for dose in lines_of(line):
        if dose.sets is not None and dose.sets[1] > sets:
            yield capped(line.id, f"{dose.sets[1]} sets", f"{sets}", "clinical.md 6.1")
        unit, top = exercise.vary, exercise.top
        span = getattr(dose, unit) if unit is not None else None
        if span is not None and top is not None and span[1] > top:
            yield capped(
                line.id, f"{span[1]} {unit_name(unit)}", f"{top:g}, the top of its range", "clinical.md 5.2"
            )
        given = [name for name in _UNITS if getattr(dose, name) is not None and name != unit]
        if given and unit is not None and span is None and not (unit == "reps" and given == ["hold_s"]):
            text = f"{line.id} is dosed in {unit_name(unit)}, so {unit_name(given[0])} do not count."
            yield Advice(kind="never", about=line.id, text=text, origin="clinical.md 5.2")
        cap = load_cap(dose)
        if cap is not None and exercise.load_kg is not None and cap > exercise.load_kg[1]:
            yield capped(line.id, f"cap {cap:g} kg", f"{exercise.load_kg[1]:g} kg", "clinical.md 5.2")
        if dose.effort is not None and dose.effort[1] > effort:
            yield capped(line.id, f"effort {dose.effort[1]:g}", f"{effort:g}", "clinical.md 5.2, 6.1")
        if dose.days is not None and dose.days[1] > exercise.frequency[1]:
            yield capped(line.id, f"{dose.days[1]} days", f"{exercise.frequency[1]}", "clinical.md 5.2")
    if line.pain is not None and line.pain > load_rules()["ok_most"]:
        yield capped(line.id, f"pain {line.pain}", f"{load_rules()['ok_most']:g} at most", "clinical.md 6.3")


_UNITS = ("reps", "hold_s", "metres", "minutes", "rounds")


def unit_name(name: str | None) -> str:
    """What an exercise is counted in, as a word."""
    return {"hold_s": "seconds", "metres": "metres"}.get(name or "", name or "")


def steep(line: ExerciseLine, exercise: Exercise) -> Iterator[Advice]:
    """Steps from week to week that a review does not make: at most 15 % or one smallest step a week."""
    unit = exercise.vary
    weeks = sorted((week, each.dose) for each in line.by_week for week in each.weeks)
    if unit is None or not weeks:
        return
    last: tuple[int, float] | None = None
    for week, dose in weeks:
        span, sets = getattr(dose, unit) or getattr(line.dose, unit), dose.sets or line.dose.sets
        if dose.percent is not None or span is None:
            continue
        least, most = span[0] * (sets[0] if sets else 1), span[1] * (sets[1] if sets else 1)
        if last is not None and least > last[1] * 1.15 ** (week - last[0]) and least > last[1] + 1:
            text = (
                f"{line.id}: week {week} begins at {least:g}, which is more than 15 % a week over "
                f"{last[1]:g} in week {last[0]}. It gets there by the weekly reviews, later."
            )
            yield Advice(kind="steep", about=line.id, text=text, origin="progression.md 2")
            return
        last = (week, float(most))
