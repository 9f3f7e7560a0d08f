"""A session led set by set, as a pure state machine: every instant is given, none is read.

``at`` is in seconds of any clock that goes forward; one that lies before the last is taken as the
last. A command that makes no sense where the session stands gives the same state back, apart from
the time. `back` undoes exactly one step.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Literal

from msgspec.structs import replace

from coach.model.plan import Prescription, Standing
from coach.programs import easing
from coach.programs.asking import after_pain, fits, merged
from coach.programs.beats import SLACK, length
from coach.programs.playing import (
    RESTED,
    Did,
    Done,
    Felt,
    Item,
    Kind,
    Limits,
    Place,
    Playing,
    Question,
    doing,
)
from coach.programs.stepping import join, onward, place_of, questions, set_of, step


def begin(
    session: str,
    prescriptions: Iterable[Prescription],
    *,
    standings: Iterable[Standing] = (),
    limits: Limits,
    date: date,
    week: int = 0,
    at: float = 0.0,
    kind: Kind = "full",
    overlay: str = "",
    units: Literal["kg", "lb"] = "kg",
    auto: bool = True,
    advance: dict[str, str] | None = None,
    pain: dict[str, int] | None = None,
) -> Playing:
    """A session at its first question, with advance codes and a plan file's pain ceilings by exercise."""
    known = {each.exercise: each for each in standings}
    items = tuple(
        Item(
            given=each,
            easier=_easier(each, known),
            advance=(advance or {}).get(each.exercise, ""),
            pain=(pain or {}).get(each.exercise),
        )
        for each in prescriptions
    )
    if not items:
        raise ValueError("a session needs an exercise")
    return Playing(
        session=session, date=date, week=week, limits=limits, items=items, dones=(Done(),) * len(items),
        place=Place(phase="before", asking=("before",)), kind=kind, overlay=overlay, units=units,
        auto=auto, now=at,
    )  # fmt: skip


def _easier(given: Prescription, known: dict[str, Standing]) -> tuple[Prescription, ...]:
    """The rungs below what is shown today; an overlay may have gone down already."""
    if given.exercise in known:
        return known[given.exercise].easier
    for standing in known.values():
        names = [each.exercise for each in standing.easier]
        if given.exercise in names:
            return standing.easier[names.index(given.exercise) + 1 :]
    return ()


def tick(state: Playing, at: float) -> Playing:
    """Let time pass. With auto-advance a phase that is over gives way to the next."""
    passed = max(0.0, at - state.now)
    state = replace(state, now=max(at, state.now))
    if state.paused or state.phase == "done":
        return state
    if length(state) is None:
        passed = min(passed, state.limits.wait_s)
    elif passed > state.limits.gap_s:
        return _stopped_clock(state)
    state = replace(state, spent=state.spent + passed, total=state.total + passed)
    while (long := length(state)) is not None and state.spent >= long - SLACK:
        if not state.auto:
            return replace(state, spent=long)
        over = max(0.0, state.spent - long)
        state = onward(state, None)
        state = replace(state, spent=0.0 if length(state) is None else over)
    return state


def _stopped_clock(state: Playing) -> Playing:
    """After a closed lid: paused, and the set begins again with getting ready."""
    phase = "ready" if state.phase in ("work", "switch") else state.phase
    return replace(state, paused=True, spent=0.0, place=replace(state.place, phase=phase))


def wake(state: Playing, at: float) -> Playing:
    """Take up a state that was put down, in another process or on another day: paused at its set."""
    if state.phase in RESTED:
        return replace(state, now=at, paused=False, spent=0.0)
    return replace(_stopped_clock(state), now=at)


def next(state: Playing, at: float, amount: float | None = None) -> Playing:  # noqa: A001 - the word people use
    """Go on: end the wait, end the set (``amount`` where less than asked was done), leave a question."""
    state = tick(state, at)
    if state.paused:
        return resume(state, at)
    if state.phase in ("before", "ask"):
        return answer(state, at, None)
    return state if state.phase == "done" else onward(state, amount)


def back(state: Playing, at: float) -> Playing:
    """Undo exactly one step: a set, an answer, a wait; its phase begins again."""
    state = tick(state, at)
    if not state.past:
        return state
    last = state.past[-1]
    dones = list(state.dones)
    for number, done in last.dones:
        dones[number] = done
    return replace(state, place=last.place, dones=tuple(dones), past=state.past[:-1], spent=0.0, told="")


def pause(state: Playing, at: float) -> Playing:
    """Stop the clock."""
    state = tick(state, at)
    return state if state.phase == "done" else replace(state, paused=True)


def resume(state: Playing, at: float) -> Playing:
    """Let the clock go on from where it stood."""
    return replace(state, paused=False, now=max(at, state.now)) if state.paused else state


def auto(state: Playing, at: float, on: bool) -> Playing:
    """Turn auto-advance on or off."""
    return replace(tick(state, at), auto=on)


def easier(state: Playing, at: float) -> Playing:
    """Do the exercise easier from now on, for this session: hold on, the rung below, or a smaller dose."""
    state = tick(state, at)
    if state.phase in RESTED and state.phase != "setup":
        return state
    return _ease(state, easing.wished(state.item, state.done), "easier")


def hurts(state: Playing, at: float) -> Playing:
    """Too painful: the exercise stops, and pain is asked."""
    state = tick(state, at)
    if state.phase in ("before", "ask", "done"):
        return state
    done = replace(state.done, status="stopped", reason="too painful")
    place = replace(state.place, phase="ask", asking=after_pain(), then="next", part=0, least=None)
    return step(state, "stop", place, done, paused=False)


def skip(state: Playing, at: float, reason: str = "") -> Playing:
    """Leave out the rest of this exercise."""
    state = tick(state, at)
    if state.phase in ("before", "ask", "done"):
        return state
    done = replace(state.done, reason=reason, status="" if state.done.sets else "skipped")
    if done.sets:
        return step(state, "skip", questions(state, done), done, paused=False)
    return step(state, "skip", place_of(state, state.place.item + 1), done, paused=False)


def rate(state: Playing, at: float) -> Playing:
    """Say between two sets how it goes: the regress codes then act on the sets that follow."""
    state = tick(state, at)
    if state.phase != "rest":
        return state
    asking: tuple[Question, ...] = ("pain", "rpe", "form")
    if state.item.given.regress == "b4":
        asking = (*asking, "losses")
    return step(state, "rate", replace(state.place, phase="ask", asking=asking, then="rest"), state.done)


def amend(state: Playing, at: float, amount: float) -> Playing:
    """Correct the last set of this exercise."""
    state = tick(state, at)
    if not state.done.sets or state.phase == "done" or amount <= 0:
        return state
    dose = doing(state.item, replace(state.done, level=state.done.levels[-1])).dose
    sets = (*state.done.sets[:-1], set_of(dose, amount))
    return step(state, "amend", state.place, replace(state.done, sets=sets), keep=True)


def answer(state: Playing, at: float, value: Any) -> Playing:
    """Answer the question asked; null leaves it out. Raises ValueError for a value that does not fit."""
    state = tick(state, at)
    if state.phase not in ("before", "ask"):
        return state
    asked, *left = state.place.asking
    if value is not None and not fits(asked, value):
        raise ValueError(f"{asked}: {value!r}")
    if asked == "before":
        start = replace(place_of(state, 0), before=None if value is None else float(value))
        return step(state, "answer", start, state.done)
    done = state.done
    felt = merged(done.felt.get(done.level, Felt()), asked, value)
    done = replace(done, felt={**done.felt, done.level: felt})
    if left:
        return step(state, "answer", replace(state.place, asking=tuple(left)), done)
    return _answered(state, done)


def finish(state: Playing, at: float) -> Playing:
    """End the session here; what was not begun is left out."""
    state = tick(state, at)
    if state.phase == "done":
        return state
    return step(state, "finish", replace(state.place, phase="done", asking=(), part=0, least=None),
                 state.done, paused=False)  # fmt: skip


def _answered(state: Playing, done: Done) -> Playing:
    """After the last question: the regress codes act, then on to the rest or the next exercise."""
    felt = done.felt[done.level]
    relief = easing.regress(state.item, felt, state.place.before, state.limits)
    if state.place.then == "rest" and relief.what != "stop":
        here = step(state, "answer", replace(state.place, phase="rest", asking=()), done)
        return _ease(here, relief, "easier", joined=True) if relief.what else here
    end = place_of(state, state.place.item + 1)
    if relief.what == "stop" or done.status == "stopped":
        done = replace(done, status="stopped", reason=done.reason or "a leg symptom")
    stepped = step(state, "answer", end, done)
    return _later(stepped, state.place.item, relief) if relief.what else stepped


def _later(state: Playing, number: int, relief: easing.Relief) -> Playing:
    """The same exercise later in this session is eased, too; it belongs to the step just made."""
    exercise = state.items[number].given.exercise
    changed = {
        place: easing.eased(item, state.dones[place], relief, state.limits)[0]
        for place, item in enumerate(state.items)
        if place > number and item.given.exercise == exercise
    }
    if not changed:
        return state
    state = join(state, changed)
    if state.phase == "setup" and state.done.status == "stopped":
        return replace(state, place=place_of(state, state.place.item))
    return state


def _ease(state: Playing, relief: easing.Relief, did: Did, *, joined: bool = False) -> Playing:
    """Ease the exercise; with ``joined`` this belongs to the step just made."""
    done, told = easing.eased(state.item, state.done, relief, state.limits)
    if done == state.done:
        return replace(state, told="This is as easy as it gets. Skip it, or stop it, whenever you want.")
    place = state.place
    if len(done.sets) >= doing(state.item, done).dose.all_sets:
        place = questions(state, done)
    elif done.level != state.done.level:
        place = replace(place, phase="setup", part=0, least=None)
    elif place.phase in ("work", "switch"):
        place = replace(place, phase="ready", part=0, least=None)
    if not joined:
        return replace(step(state, did, place, done, paused=False), told=told)
    return replace(join(state, {state.place.item: done}), place=place, spent=0.0, told=told)
