"""How far one exercise may grow: phase, weights at hand, gate, walking minutes."""

from __future__ import annotations

from math import ceil

from coach.model.exercise import Exercise
from coach.model.plan import Plan, Standing
from coach.programs.phases import Phase
from coach.programs.rules import Rules
from coach.programs.steps import Room

_FIXED_MINUTES = (0, 1, 8)
"""Slots that prepare and cool down (``clinical.md`` 5.4), and walking: they take no more sets."""


def room_of(exercise: Exercise, standing: Standing, plan: Plan, phase: Phase, rules: Rules) -> Room:
    """The room of one standing level under the phase of the coming week."""
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
    return Room(
        sets=phase.sets[1],
        kg_step=step,
        kg_most=None if most is None else round(ceil(most / step - 1e-9) * step, 3),
        gated=gated,
        grow_sets=standing.slot not in _FIXED_MINUTES and not walk,
        minutes_most=plan.preferences.walk_minutes / rules["walks_least"] if walk else None,
    )
