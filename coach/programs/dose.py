"""Arithmetic of doses: what a set is made of, how it is scaled down, what its smallest step is.

Tiny and free of files, because the daily path uses it.
"""

from __future__ import annotations

from math import floor

from msgspec.structs import replace

from coach.model.exercise import Dose, Vary
from coach.model.plan import Prescription

_STEPS: dict[str, float] = {"reps": 1, "hold_s": 5, "metres": 5, "minutes": 1, "rounds": 1}
_SLACK = 1e-9


def unit_of(dose: Dose) -> Vary | None:
    """The quantity that says how long a set is: repetitions before the hold of each."""
    if dose.reps is not None:
        return "reps"
    if dose.metres is not None:
        return "metres"
    if dose.minutes is not None:
        return "minutes"
    if dose.rounds is not None:
        return "rounds"
    return "hold_s" if dose.hold_s is not None else None


def count(dose: Dose, unit: Vary | None) -> float:
    """How much of ``unit`` one set has; 0 where it has none."""
    return float(getattr(dose, unit) or 0) if unit else 0.0


def with_count(dose: Dose, unit: Vary, value: float) -> Dose:
    """The dose with another length of set; counts are whole."""
    return replace(dose, **{unit: float(value) if unit == "minutes" else int(value)})


def whole(value: float) -> int:
    """Round down, forgiving the last digit of a float."""
    return floor(value + _SLACK)


def nearest(value: float) -> int:
    """Round to the nearest whole number, halves up."""
    return floor(value + 0.5 + _SLACK)


def scale(dose: Dose, share: float) -> Dose | None:
    """At most ``share`` of the dose, the load left as it is.

    Repetitions (or metres, minutes, rounds, hold) fall first, rounded down; at one repetition the
    hold, then the sets. Null where nothing can fall any more: one set of one.
    """
    if share >= 1:
        return dose
    aim, now = dose.size * share, dose
    for unit in _falling(dose):
        if now.size <= aim + _SLACK:
            break
        before = now.sets if unit == "sets" else count(now, unit)  # type: ignore[arg-type]
        value = max(1, whole(before * aim / now.size))
        if value < before:
            now = replace(now, sets=value) if unit == "sets" else with_count(now, unit, value)  # type: ignore[arg-type]
    return now if now.size < dose.size else None


def _falling(dose: Dose) -> tuple[str, ...]:
    unit = unit_of(dose)
    first = (unit,) if unit else ()
    return (*first, "hold_s", "sets") if unit == "reps" and dose.hold_s else (*first, "sets")


def smallest_step(dose: Dose) -> float:
    """Size of the smallest rise: one repetition a set, 5 s, 5 m, one minute or round in every set."""
    unit = unit_of(dose)
    if unit is None:
        return 0.0
    hold = dose.hold_s or 1 if unit == "reps" else 1
    return dose.sets * _STEPS[unit] * hold * (dose.load_kg or 1.0)


def deload(dose: Dose, share: float) -> Dose:
    """A deload week's dose: that share of the sets to the nearest, at least one (``clinical.md`` 6.2)."""
    return replace(dose, sets=max(1, nearest(dose.sets * share)))


def fewer_sets(dose: Dose) -> Dose:
    """The easy version: one set less, at least one, and one point less effort (``clinical.md`` 6.4)."""
    low, high = dose.rpe
    return replace(dose, sets=max(1, dose.sets - 1), rpe=(max(0, low - 1), max(0, high - 1)))


def plain(given: Prescription) -> Prescription:
    """A prescription without its set for the weaker side, and without the word about it."""
    if not given.dose.extra:
        return given
    dose = replace(given.dose, extra="")
    note = given.note.replace(side_note(given.dose.extra), "").strip()
    return replace(given, dose=dose, minutes=round(dose.time_min, 2), note=note)


def side_note(side: str) -> str:
    """What is said where one side has a set more (``clinical.md`` 4.3, ASYM)."""
    return f"One set more on the {side}: that side was the weaker one in your tests (weeks 1 to 4)."
