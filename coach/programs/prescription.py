"""From an exercise to what is asked of a person: dose, prescription, standing level."""

from __future__ import annotations

import math

from msgspec.structs import replace

from coach.model.exercise import Dose, Exercise, Reason
from coach.model.levels import Tier
from coach.model.plan import Prescription, Standing
from coach.programs.allowed import Context, notes
from coach.programs.building import load_building
from coach.programs.library import Library
from coach.programs.phases import Phase
from coach.programs.rungs import lower_rungs

_WHOLE = {"reps": int, "hold_s": int, "metres": int, "rounds": int, "minutes": float}


def fits(exercise: Exercise, phase: Phase) -> bool:
    """Whether the effort an exercise needs is within the phase (``clinical.md`` 6.1)."""
    return exercise.dose.rpe[0] <= phase.rpe[1]


def target_rpe(exercise: Exercise, phase: Phase) -> tuple[float, float]:
    """Return the target effort: the exercise's range, its upper end within the phase's."""
    low, high = exercise.dose.rpe
    high = min(high, phase.rpe[1])
    return min(low, high), high


def within_phase(dose: Dose, exercise: Exercise, phase: Phase) -> Dose:
    """Return a standing dose as a phase allows it: no more sets, no more effort."""
    sets, rpe = min(dose.sets, phase.sets[1]), target_rpe(exercise, phase)
    return dose if (dose.sets, dose.rpe) == (sets, rpe) else replace(dose, sets=sets, rpe=rpe)


def start_dose(exercise: Exercise, tier: Tier, context: Context, phase: Phase) -> Dose:
    """Return the first dose of an exercise (``clinical.md`` 5.5).

    Tiers E1 and E2 begin at the table's start, E3 half the range above it, rounded down. Sets
    and effort stay within the phase; a load is the smallest sensible one.
    """
    dose = within_phase(exercise.dose, exercise, phase)
    if tier == "e3" and exercise.vary and exercise.top is not None:
        low = getattr(exercise.dose, exercise.vary)
        raised = math.floor(low + (exercise.top - low) * load_building().number("e3_range"))
        dose = replace(dose, **{exercise.vary: _WHOLE[exercise.vary](raised)})
    if exercise.id == "aer_6" and "flex" in context.tags and dose.minutes is not None:
        dose = replace(dose, minutes=min(dose.minutes, load_building().number("long_sitting")))
    load = start_load(exercise, context)
    return dose if load is None else replace(dose, load_kg=load)


def start_load(exercise: Exercise, context: Context) -> float | None:
    """Return the smallest sensible load in kg, or null where the exercise has none to give.

    A share of body weight is rounded down to a load step and is never below one step; it stays
    open when the body weight is not known.
    """
    if exercise.load_kg is not None:
        return float(exercise.load_kg[0])
    if exercise.load_bw is None or context.body_weight_kg is None:
        return None
    step = load_step(context)
    return max(step, math.floor(exercise.load_bw[0] * context.body_weight_kg / step) * step)


def load_step(context: Context) -> float:
    """Return the smallest load step in kg: finer where the load is a bag with books or water."""
    name = "load_step" if "weight" in context.equipment else "load_step_improvised"
    return load_building().number(name)


def prescription(exercise: Exercise, dose: Dose, slot: int, reason: Reason, context: Context) -> Prescription:
    """Return an exercise with its dose and reason, complete in itself."""
    note = notes(exercise, context)
    if dose.load_kg is None and (exercise.load_kg or exercise.load_bw):
        note = f"{note} Your body weight is not known: begin with the lightest load you have.".strip()
    return Prescription(
        exercise=exercise.id,
        name=exercise.name,
        ladder=exercise.ladder,
        rung=exercise.rung,
        component=exercise.component,
        slot=slot,
        dose=dose,
        minutes=round(dose.time_min, 2),
        reason=reason,
        direction=exercise.direction,
        cues=exercise.cues,
        note=note,
        regress=exercise.regress,
        frequency=exercise.frequency[1],
    )


def with_dose(given: Prescription, dose: Dose) -> Prescription:
    """Return a prescription at another dose, its minutes with it."""
    return given if given.dose == dose else replace(given, dose=dose, minutes=round(dose.time_min, 2))


def standing(
    exercise: Exercise,
    dose: Dose,
    slot: int,
    reason: Reason,
    library: Library,
    context: Context,
    week: int,
    *,
    phase: Phase | None = None,
) -> Standing:
    """Return the standing level of an exercise, with up to two easier rungs for hard days.

    Easier rungs have their start doses, never more sets than the dose given.
    """
    easier = []
    for below in lower_rungs(exercise.id, library, context)[:2]:
        low = start_dose(below, "e1", context, phase) if phase else _plain(below, context)
        low = replace(low, sets=min(low.sets, dose.sets))
        why = Reason(rule="easier", text=f"An easier step below {exercise.name}, for days that need it.")
        easier.append(prescription(below, low, slot, why, context))
    return Standing(
        exercise=exercise.id,
        ladder=exercise.ladder,
        rung=exercise.rung,
        slot=slot,
        dose=dose,
        prescription=prescription(exercise, dose, slot, reason, context),
        easier=tuple(easier),
        since_week=week,
    )


def _plain(exercise: Exercise, context: Context) -> Dose:
    load = start_load(exercise, context)
    return exercise.dose if load is None else replace(exercise.dose, load_kg=load)
