"""The beats of a set: how long each phase lasts, where a repetition stands, and what is called out when."""

from __future__ import annotations

from typing import Literal

from coach.model.exercise import Dose
from coach.model.noun import Noun
from coach.programs.dose import unit_of
from coach.programs.playing import Limits, Playing

Signal = Literal["start", "half", "end", "count", "tick", "side"]
SLACK = 1e-6


class Called(Noun, frozen=True, kw_only=True):
    """Something to call out: ``start``, ``half`` and ``end`` and ``side`` ring, the rest is only said."""

    kind: Signal
    text: str


def rhythm(dose: Dose, limits: Limits) -> tuple[tuple[str, float], ...]:
    """The pieces of one repetition with their seconds: lower, pause or hold, lift; or two of a breath."""
    if dose.rep_s:
        return (("breathe in", dose.rep_s * 0.4), ("breathe out", dose.rep_s * 0.6))
    if dose.hold_s:
        spare = max(0.0, sum(dose.tempo) - dose.hold_s - 2 * limits.move_s)
        return (("go", limits.move_s + spare / 2), ("hold", float(dose.hold_s)),
                ("back", limits.move_s + spare / 2))  # fmt: skip
    lower, pause, lift = (float(each) for each in dose.tempo)
    return tuple((word, each) for word, each in (("go", lower), ("pause", pause), ("back", lift)) if each > 0)


def rep_seconds(dose: Dose, limits: Limits) -> float:
    """Seconds of one repetition."""
    return sum(each for _, each in rhythm(dose, limits)) or 1.0


def work_seconds(dose: Dose, limits: Limits) -> float | None:
    """Seconds of one side of a set; null for a distance, which only the person can end."""
    unit = unit_of(dose)
    if unit == "reps":
        return (dose.reps or 0) * rep_seconds(dose, limits)
    if unit == "minutes":
        return (dose.minutes or 0) * 60
    if unit == "rounds":
        return (dose.rounds or 0) * 120.0
    return float(dose.hold_s or 0) if unit == "hold_s" else None


def length(state: Playing) -> float | None:
    """Seconds of the phase it is in; null where it waits for the person."""
    limits, phase = state.limits, state.phase
    if phase == "setup":
        return limits.setup_s
    if phase == "ready":
        return limits.ready_s
    if phase == "switch":
        return limits.switch_s
    if phase == "rest":
        return float(state.doing.dose.rest_s)
    return work_seconds(state.doing.dose, limits) if phase == "work" else None


def side(state: Playing) -> str:
    """Which side or way this part of a set is; empty where there is but one."""
    dose = state.doing.dose
    words = []
    if state.one_side:
        words.append(f"{state.one_side} side only")
    elif dose.sides == 2:
        words.append("left side" if state.place.part < dose.directions else "right side")
    if dose.directions > 1:
        words.append(f"way {state.place.part % dose.directions + 1} of {dose.directions}")
    return ", ".join(words)


def which(state: Playing) -> str:
    """``Set 2 of 3, left side``."""
    number = f"Set {len(state.done.sets) + 1} of {state.doing.dose.all_sets}"
    return f"{number}, {side(state)}" if side(state) else number


def calls(state: Playing) -> tuple[tuple[float, Called], ...]:
    """Everything that the phase calls out, with the second at which it does."""
    long = length(state)
    if state.phase == "work":
        return _of_work(state, long)
    if state.phase == "setup":
        return ((0.0, Called(kind="start", text="Get into place.")),)
    if long is None:
        return ()
    name = {
        "ready": f"Get ready. {which(state)}.",
        "switch": f"Switch: {side(state)}.",
        "rest": f"Rest {long:g} seconds.",
    }[state.phase]
    start = Called(kind="side" if state.phase == "switch" else "end" if state.phase == "rest" else "start",
                   text=name)  # fmt: skip
    ready = long - state.limits.ready_s
    middle = [(long / 2, Called(kind="half", text=f"Half. {long / 2:.0f} seconds of rest left."))]
    soon = [(ready, Called(kind="half", text=f"Get ready. {which(state)}."))]
    late = _countdown(state, long)
    if state.phase != "rest" or long < 20:
        return ((0.0, start), *late)
    return ((0.0, start), *middle, *soon, *late)


def _of_work(state: Playing, long: float | None) -> tuple[tuple[float, Called], ...]:
    dose, unit = state.doing.dose, unit_of(state.doing.dose)
    if long is None:
        text = f"Go: {dose.metres or 0} metres. Enter when you are there."
        return ((0.0, Called(kind="start", text=text)),)
    if unit == "reps":
        one = rep_seconds(dose, state.limits)
        every = [(k * one, Called(kind="count", text=str(k + 1))) for k in range(dose.reps or 0)]
        return ((0.0, Called(kind="start", text=f"Go: {dose.reps} times.")), *every)
    if unit == "rounds":
        return tuple(
            (k * 60.0, Called(kind="half" if k else "start",
                              text=f"Round {k // 2 + 1} of {dose.rounds}: {'easy' if k % 2 else 'brisk'}."))
            for k in range(2 * (dose.rounds or 0))
        )  # fmt: skip
    word = "Hold" if unit == "hold_s" else "Go:"
    return (
        (0.0, Called(kind="start", text=f"{word} {spoken(long)}.")),
        (long / 2, Called(kind="half", text=f"Half. {spoken(long / 2)} left.")),
        *_countdown(state, long),
    )


def _countdown(state: Playing, long: float) -> list[tuple[float, Called]]:
    """Three, two, one before the end of a wait or a hold."""
    count = int(state.limits.count_s)
    if long <= count + 1:
        return []
    return [(long - k, Called(kind="tick", text=str(k))) for k in range(count, 0, -1)]


def spoken(seconds: float) -> str:
    """``30 seconds`` or ``2 minutes``."""
    if seconds >= 60 and seconds % 60 == 0:
        return f"{seconds / 60:.0f} minute{'s' if seconds > 60 else ''}"
    return f"{seconds:.0f} seconds"


def called(before: Playing, after: Playing) -> tuple[Called, ...]:
    """What is to be called out between two states of one session, in order."""
    if after.phase == "done" and before.phase != "done":
        return (Called(kind="end", text="The session is over."),)
    moved = len(before.past) != len(after.past) or before.place != after.place
    again = before.paused and not after.paused and before.spent == 0
    since = -1.0 if moved or again else before.spent
    found = [each for second, each in calls(after) if since + SLACK < second <= after.spent + SLACK]
    if moved and after.phase == "ask":
        found.append(Called(kind="end", text=""))
    return tuple(found)
