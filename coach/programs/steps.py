"""One dose step up, and the cuts (``clinical.md`` 6.7)."""

from __future__ import annotations

from typing import Literal

from msgspec.structs import replace

from coach.model.exercise import Dose, Exercise
from coach.model.noun import Noun
from coach.programs.dose import count, nearest, scale, unit_of, whole, with_count
from coach.programs.rules import Rules

Step = Literal["reps", "hold", "metres", "minutes", "rounds", "sets", "load"]
STEPS: tuple[Step, ...] = ("reps", "hold", "metres", "minutes", "rounds", "sets", "load")
_NAMES: dict[str, Step] = {
    "reps": "reps",
    "hold_s": "hold",
    "metres": "metres",
    "minutes": "minutes",
    "rounds": "rounds",
}


class Room(Noun, frozen=True, kw_only=True):
    """How far a dose may grow: what the phase, the weights at hand and the ladder allow."""

    sets: int
    """Most sets of the phase."""
    kg_step: float = 1.0
    """Smallest step of the weights at hand."""
    kg_most: float | None = None
    """Load at the gate shown, else the upper end of the exercise's range; null where neither is known."""
    gated: bool = False
    """Whether ``kg_most`` is a gate that opens the next rung."""
    grow_sets: bool = True
    """False for walking, preparing and cooling down, whose minutes are fixed (``clinical.md`` 5.4)."""
    minutes_most: float | None = None
    """Longest walk that fits into the walking minutes."""
    grows: tuple[str, ...] = STEPS
    """What may grow: a plan file may name less than all."""
    amount_most: float | None = None
    """Longest set that a plan file has, where that is under the top of the range."""
    kg_cap: float | None = None
    """Most load that a plan file has. It opens no gate."""


def next_step(
    dose: Dose, exercise: Exercise, room: Room, rules: Rules, *, easy: bool, reserve: bool, load_steps: int
) -> tuple[Dose, Step] | None:
    """Exactly one step: the set grows up to its top, then one set more, then one load step.

    A set more needs two ``easy`` sessions, a load step two repetitions in ``reserve`` (A3). Null where
    no step is left or the next one has to wait.
    """
    grown = _grow(dose, exercise, room, rules)
    if grown:
        return grown
    alone = room.grows == ("load",)
    if exercise.vary is None or not (alone or _amount_done(dose, exercise, room)):
        return None
    if room.grow_sets and dose.sets < room.sets and "sets" in room.grows:
        return (replace(dose, sets=dose.sets + 1), "sets") if easy else None
    if "load" in room.grows and load_left(dose, exercise, room, rules, load_steps) and reserve:
        heavier = _heavier(dose, exercise, room, rules)
        over = room.kg_cap is not None and (heavier.load_kg or 0) > room.kg_cap + 1e-9
        # before the top of the range only a small step is allowed, which leaves the set as it is
        early = not _amount_done(dose, exercise, room) and heavier.amount != dose.amount
        return None if over or early else (heavier, "load")
    return None


def _amount_done(dose: Dose, exercise: Exercise, room: Room) -> bool:
    """Whether a set is as long as it may be: at the top of its range, or at the file's ceiling."""
    if exercise.vary is not None and room.amount_most is not None:
        return count(dose, exercise.vary) >= min(room.amount_most, exercise.top or room.amount_most)
    return amount_at_top(dose, exercise)


def _grow(dose: Dose, exercise: Exercise, room: Room, rules: Rules) -> tuple[Dose, Step] | None:
    unit, top = exercise.vary, exercise.top
    if unit is None or top is None or unit != unit_of(dose) or _NAMES[unit] not in room.grows:
        return None
    now, most = count(dose, unit), top if room.amount_most is None else min(top, room.amount_most)
    if unit == "minutes":
        if room.minutes_most is not None:
            most = min(most, room.minutes_most)
        step = min(max(1, whole(now * rules["step_minutes_share"])), rules["step_minutes_most"])
    else:
        step = {"hold_s": rules["step_hold"], "metres": rules["step_metres"]}.get(unit, rules["step_reps"])
    value = min(now + step, most)
    if unit == "minutes":
        value = float(whole(value)) if value < top else value
    return (with_count(dose, unit, value), _NAMES[unit]) if value > now else None


def amount_at_top(dose: Dose, exercise: Exercise) -> bool:
    """Whether a set has reached the top of its range; always so for a fixed dose."""
    if exercise.vary is None or exercise.top is None:
        return True
    return count(dose, exercise.vary) >= exercise.top


def load_left(dose: Dose, exercise: Exercise, room: Room, rules: Rules, load_steps: int) -> bool:
    """Whether an exercise that advances by load (A3) has a load step left on this rung."""
    if exercise.advance != "a3" or dose.load_kg is None:
        return False
    if room.kg_most is not None and dose.load_kg >= room.kg_most:
        return False
    return room.gated or load_steps < rules["load_steps_top"]


def is_top(dose: Dose, exercise: Exercise, room: Room, rules: Rules, load_steps: int) -> bool:
    """Whether no dose step is left; that the top was really reached twice is for the evidence to say."""
    if not amount_at_top(dose, exercise):
        return False
    growing = room.grow_sets and exercise.vary is not None and dose.sets < room.sets
    return not growing and not load_left(dose, exercise, room, rules, load_steps)


def _heavier(dose: Dose, exercise: Exercise, room: Room, rules: Rules) -> Dose:
    load = dose.load_kg or 0.0
    step = max(room.kg_step, whole(load * rules["step_load_share"] / room.kg_step) * room.kg_step)
    small = step <= load * rules["step_load_share"] + 1e-9
    heavier = replace(dose, load_kg=round(load + step, 3))
    if small or exercise.vary is None:
        return heavier
    # More than 10 % is allowed only from the top of the range, which goes back to its start.
    return with_count(heavier, exercise.vary, count(exercise.dose, exercise.vary))


def reduce(dose: Dose, rules: Rules, kg_step: float, *, walk: bool = False) -> Dose | None:
    """REDUCE: a quarter less of each set, or a tenth less load; null at one set of one."""
    if walk:
        return scale(dose, 1 - rules["reduce_walk"])
    if dose.load_kg is not None:
        return _lighter(dose, rules["reduce_load"], kg_step)
    return scale(dose, 1 - rules["reduce"])


def reduce40(dose: Dose, rules: Rules, kg_step: float, *, walk: bool = False) -> Dose | None:
    """REDUCE40: 40 % fewer sets, or a fifth less load; null at one set of one."""
    if walk:
        return scale(dose, 1 - rules["reduce40_walk"])
    if dose.load_kg is not None:
        return _lighter(dose, rules["reduce40_load"], kg_step)
    sets = max(1, nearest(dose.sets * (1 - rules["reduce40"])))
    return replace(dose, sets=sets) if sets < dose.sets else scale(dose, 1 - rules["reduce40"])


def _lighter(dose: Dose, share: float, kg_step: float) -> Dose | None:
    load = dose.load_kg or 0.0
    lighter = round(whole(load * (1 - share) / kg_step) * kg_step, 3)
    if lighter < kg_step or lighter >= load:
        return scale(dose, 1 - share)
    return replace(dose, load_kg=lighter)


def flare(dose: Dose, rules: Rules) -> Dose | None:
    """FLARE: at most nine tenths, the load left; null at one set of one."""
    return scale(dose, rules["flare"])
