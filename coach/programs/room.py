"""How far one exercise may grow: phase, weights at hand, gate, walking minutes."""

from __future__ import annotations

from math import ceil

from msgspec.structs import replace

from coach.model.exercise import Exercise
from coach.model.plan import Plan, Standing
from coach.programs.orders import Orders, kilograms, load_cap
from coach.programs.phases import Phase
from coach.programs.rules import Rules
from coach.programs.steps import STEPS, Room

_FIXED_MINUTES = (0, 1, 8)
"""Slots that prepare and cool down (``clinical.md`` 5.4), and walking: they take no more sets."""


def room_of(
    exercise: Exercise,
    standing: Standing,
    plan: Plan,
    phase: Phase,
    rules: Rules,
    orders: Orders | None = None,
    week: int = 0,
) -> Room:
    """The room of one standing level under the phase of the coming week, and under a plan file."""
    weight = plan.preferences.body_weight_kg
    step = rules["load_step_weight" if "weight" in plan.preferences.equipment else "load_step_improvised"]
    most, gated = None, False
    if exercise.gate_bw is not None and weight:
        most, gated = exercise.gate_bw * weight, True
    elif exercise.load_kg is not None:
        most = exercise.load_kg[1]
    elif exercise.load_bw is not None and weight:
        most = exercise.load_bw[1] * weight
    walk = exercise.ladder == "aer"
    room = Room(
        sets=phase.sets[1],
        kg_step=step,
        kg_most=None if most is None else round(ceil(most / step - 1e-9) * step, 3),
        gated=gated,
        grow_sets=standing.slot not in _FIXED_MINUTES and not walk,
        minutes_most=plan.preferences.walk_minutes / rules["walks_least"] if walk else None,
    )
    return room if orders is None else _ordered(room, exercise, orders, week)


_GROWS = {"double": STEPS, "linear": ("load",), "time": ("hold", "metres", "minutes"), "none": ()}


def _ordered(room: Room, exercise: Exercise, orders: Orders, week: int) -> Room:
    """The room under what a file says of the exercise in a week."""
    line, dose = orders.line(exercise.id), orders.dose(exercise.id, week)
    span = getattr(dose, exercise.vary) if exercise.vary is not None else None
    step = kilograms(dose, "step")
    return replace(
        room,
        sets=room.sets if dose.sets is None else min(room.sets, dose.sets[1]),
        kg_step=room.kg_step if step is None else min(room.kg_step, step),
        grows=_GROWS[line.progression] if line is not None else room.grows,
        amount_most=None if span is None else float(span[1]),
        kg_cap=load_cap(dose),
    )
