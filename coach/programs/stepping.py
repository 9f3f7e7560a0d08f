"""Steps of a running session: the next place, the set that is written down, and what `back` needs."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from coach.model.exercise import Dose
from coach.model.log import SetLog
from coach.programs.asking import after_sets
from coach.programs.beats import SLACK, length
from coach.programs.playing import Did, Done, Moment, Place, Playing, doing


def step(state: Playing, did: Did, place: Place, done: Done, *, keep: bool = False, **fields: Any) -> Playing:
    """The state one step on, with what it was before kept for `back`. ``keep`` leaves the clock be."""
    number = state.place.item
    changed = ((number, state.done),) if done != state.done else ()
    moment = Moment(did=did, place=state.place, dones=changed)
    dones = (*state.dones[:number], done, *state.dones[number + 1 :])
    return replace(
        state, place=place, dones=dones, past=(*state.past, moment),
        spent=state.spent if keep else 0.0, told="", **fields,
    )  # fmt: skip


def join(state: Playing, changed: dict[int, Done]) -> Playing:
    """Let changes of other exercises, or further ones of this, belong to the step just made."""
    last = state.past[-1]
    kept = {number for number, _ in last.dones}
    before = tuple((number, state.dones[number]) for number in changed if number not in kept)
    dones = tuple(changed.get(number, done) for number, done in enumerate(state.dones))
    return replace(state, dones=dones, past=(*state.past[:-1], replace(last, dones=(*last.dones, *before))))


def onward(state: Playing, amount: float | None) -> Playing:
    """One step forward from a phase that is over, or that the person ended."""
    place, phase = state.place, state.phase
    if phase == "work":
        return _part_over(state, amount)
    if phase == "setup":
        return step(state, "on", replace(place, phase="ready"), state.done)
    rested = phase == "rest" and state.spent < (length(state) or 0.0) - SLACK
    return step(state, "on", replace(place, phase="ready" if rested else "work"), state.done)


def _part_over(state: Playing, amount: float | None) -> Playing:
    given = [each for each in (state.place.least, amount) if each is not None]
    least = min(given) if given else None
    if state.place.part + 1 < state.parts:
        place = replace(state.place, phase="switch", part=state.place.part + 1, least=least)
        return step(state, "on", place, state.done)
    done = state.done
    done = replace(
        done,
        sets=(*done.sets, set_of(state.doing.dose, least)),
        levels=(*done.levels, done.level),
    )
    return step(state, "set", _after_set(state, done), done)


def _after_set(state: Playing, done: Done) -> Place:
    dose = doing(state.item, done).dose
    if len(done.sets) >= dose.all_sets:
        return questions(state, done)
    return replace(state.place, phase="rest" if dose.rest_s else "ready", part=0, least=None)


def questions(state: Playing, done: Done) -> Place:
    """The place where an exercise is asked about."""
    asking = after_sets(state.item, done)
    return replace(state.place, phase="ask", asking=asking, then="next", part=0, least=None)


def place_of(state: Playing, number: int) -> Place:
    """Getting into place for an exercise that was not stopped before, or the end."""
    before = state.place.before
    while number < len(state.items) and state.dones[number].status == "stopped":
        number += 1
    if number >= len(state.items):
        return Place(phase="done", item=len(state.items) - 1, before=before)
    return Place(phase="setup", item=number, before=before)


def set_of(dose: Dose, amount: float | None = None) -> SetLog:
    """One set, counted a side: as the dose asks, or with another amount."""
    if dose.reps is not None:
        reps = dose.reps if amount is None else int(amount)
        hold = None if dose.hold_s is None else float(dose.hold_s)
        return SetLog(reps=reps, hold_s=hold, load_kg=dose.load_kg)
    if dose.metres is not None:
        return SetLog(metres=float(dose.metres if amount is None else amount), load_kg=dose.load_kg)
    if dose.minutes is not None:
        return SetLog(minutes=dose.minutes if amount is None else amount)
    if dose.rounds is not None:
        return SetLog(rounds=dose.rounds if amount is None else int(amount))
    return SetLog(hold_s=float((dose.hold_s or 0) if amount is None else amount), load_kg=dose.load_kg)


def counted(one: SetLog) -> float:
    """How much a set had, in the unit it is counted in."""
    for value in (one.reps, one.metres, one.minutes, one.rounds, one.hold_s):
        if value is not None:
            return float(value)
    return 0.0
