"""What a plan file orders for an exercise in a week: ceilings, what grows, and shares. Pure arithmetic.

Every function here gives the tighter of two: what the engine would do, and what the file says.
"""

from __future__ import annotations

from msgspec.structs import replace

from coach.model.exercise import Dose, Exercise
from coach.model.noun import Noun
from coach.model.planfile import PlanFile
from coach.model.planlines import DoseLine, ExerciseLine, LadderLine
from coach.model.shape import Span
from coach.programs.dose import nearest

KG = 0.45359237
"""One pound in kilograms, by definition."""
UNITS = ("reps", "hold_s", "metres", "minutes", "rounds")
EASY_WEEKS = 2
"""Weeks in a row that a share of the sets lies over a level; after them the level itself comes down."""


class Orders(Noun, frozen=True, kw_only=True):
    """A plan file as the engine asks it."""

    file: PlanFile
    signed: bool = False
    """Whether a known key signed it: then direction tags and supervision may be lifted."""

    @property
    def listed(self) -> bool:
        """Whether the plan is made of what the file lists, and of nothing else."""
        return self.file.choose == "listed"

    def line(self, exercise: str) -> ExerciseLine | None:
        """What the file says about an exercise of the library."""
        return next((each for each in self.file.exercises if each.exercise == exercise), None)

    def ladder(self, ladder: str) -> LadderLine | None:
        """How the file has a ladder climbed."""
        return next((each for each in self.file.ladders if each.ladder == ladder), None)

    def dose(self, exercise: str, week: int) -> DoseLine:
        """The dose line of a week: its own, over that of the exercise."""
        line = self.line(exercise)
        if line is None:
            return DoseLine()
        found = next((each.dose for each in line.by_week if week in each.weeks), None)
        return line.dose if found is None else over(line.dose, found)


def over(base: DoseLine, own: DoseLine) -> DoseLine:
    """A line with what it leaves open taken from another."""
    fields = {name: getattr(own, name) for name in own.__struct_fields__}
    given = {name: value for name, value in fields.items() if value is not None and name != "sides"}
    if any(getattr(own, unit) is not None for unit in UNITS):
        given = {**dict.fromkeys(UNITS), **given}
    return replace(base, **given, sides=base.sides or own.sides)


def level_within(dose: Dose, line: DoseLine) -> Dose:
    """A standing dose under the ceilings of a line: sets, amount and load; never below one."""
    values: dict[str, object] = {"sets": _least(dose.sets, line.sets)}
    for unit in UNITS:
        now = getattr(dose, unit)
        if now is not None:
            values[unit] = type(now)(_least(now, getattr(line, unit)))
    cap = load_cap(line)
    if dose.load_kg is not None and cap is not None:
        values["load_kg"] = min(dose.load_kg, cap)
    changed = {name: value for name, value in values.items() if value != getattr(dose, name)}
    return replace(dose, **changed) if changed else dose


def _least(now: float, span: Span | None) -> float:
    return now if span is None else max(1, min(now, span[1]))


def load_cap(line: DoseLine) -> float | None:
    """Most kilograms of a line, or null."""
    return kilograms(line, "cap")


def kilograms(line: DoseLine, part: str) -> float | None:
    """``start``, ``step`` or ``cap`` of the load in kg; null where it is not given, or is nothing."""
    value = getattr(line.load, part) if line.load is not None else None
    if not value:
        return None
    return round(value * KG, 3) if line.load is not None and line.load.unit == "lb" else float(value)


def effort_within(rpe: tuple[float, float], line: DoseLine) -> tuple[float, float]:
    """A target effort under the ceiling of a line."""
    if line.effort is None:
        return rpe
    high = min(rpe[1], line.effort[1])
    return min(rpe[0], high), high


def shown_within(dose: Dose, line: DoseLine) -> Dose:
    """A dose as a week shows it: under its ceilings, with the tempo and the rest of the file."""
    made = level_within(dose, line)
    values: dict[str, object] = {"rpe": effort_within(made.rpe, line)}
    if line.tempo is not None:
        values["tempo"] = line.tempo
    if line.rest_s is not None:
        values["rest_s"] = line.rest_s[0]
    changed = {name: value for name, value in values.items() if value != getattr(made, name)}
    return replace(made, **changed) if changed else made


def eased_sets(sets: int, orders: Orders | None, exercise: str, week: int) -> int:
    """The sets of an easy week of the file: its share of the standing ones, at least one.

    That lies over a level for two weeks in a row at most, see `level_of_week`.
    """
    if orders is None or _easy_weeks(orders, exercise, week) not in range(1, EASY_WEEKS + 1):
        return sets
    return _share(sets, orders.dose(exercise, week).percent)


def level_of_week(dose: Dose, orders: Orders, exercise: str, week: int) -> Dose:
    """A standing level under the ceilings of a week.

    In the third easy week in a row the level itself comes down, so that it does not come back at once to
    what has not been done for weeks.
    """
    line = orders.dose(exercise, week)
    made = level_within(dose, line)
    if _easy_weeks(orders, exercise, week) == EASY_WEEKS + 1:
        made = replace(made, sets=_share(made.sets, line.percent))
    return made


def _share(sets: int, percent: int | None) -> int:
    return sets if percent is None else max(1, min(sets, nearest(sets * percent / 100)))


def _easy_weeks(orders: Orders, exercise: str, week: int) -> int:
    """How many easy weeks in a row there are up to a week, itself counted; 0 where it is none."""
    count = 0
    while week - count >= 1 and orders.dose(exercise, week - count).percent is not None:
        count += 1
    return count


def started(exercise: Exercise, line: DoseLine) -> Exercise:
    """An exercise that starts where the file does, where that is lower than its own start."""
    dose = exercise.dose
    values: dict[str, object] = {}
    if line.sets is not None and line.sets[0] < dose.sets:
        values["sets"] = max(1, line.sets[0])
    unit = exercise.vary
    span: Span | None = getattr(line, unit) if unit is not None else None
    now = getattr(dose, unit) if unit is not None else None
    if unit is not None and span is not None and now is not None and span[0] < now:
        values[unit] = type(now)(max(1, span[0]))
    return replace(exercise, dose=replace(dose, **values)) if values else exercise


def often(exercise: Exercise, line: DoseLine) -> Exercise:
    """An exercise that is done as often as the file has it, where that is more seldom."""
    if line.days is None or line.days[1] >= exercise.frequency[1]:
        return exercise
    most = max(1, line.days[1])
    return replace(exercise, frequency=(min(exercise.frequency[0], most), most))
