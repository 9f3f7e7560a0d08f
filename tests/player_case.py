"""Sessions and commands for the tests of the led session."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st
from msgspec.structs import replace

from coach.model.exercise import Dose, Reason
from coach.model.plan import Prescription, Standing
from coach.programs import player
from coach.programs.asking import QUESTIONS
from coach.programs.easing import load_limits
from coach.programs.playing import Playing

LIMITS = load_limits()
DAY = date(2026, 11, 23)


def one(exercise: str = "hng_2", *, regress: str = "b1", component: str = "c3", **dose: Any) -> Prescription:
    """A prescription: two sets of four, effort 3-4, unless said otherwise."""
    amount = Dose(**{"sets": 2, "rest_s": 30, "rpe": (3, 4), **(dose or {"reps": 4})})
    return Prescription(
        exercise=exercise,
        name=exercise.upper(),
        ladder=exercise[:3],
        rung=int(exercise[-1]),
        component=component,  # type: ignore[arg-type]
        slot=3,
        dose=amount,
        minutes=round(amount.time_min, 2),
        reason=Reason(rule="t", text="Because."),
        regress=regress,
    )


def standing(given: Prescription, *easier: Prescription) -> Standing:
    return Standing(
        exercise=given.exercise, ladder=given.ladder, rung=given.rung, slot=given.slot, dose=given.dose,
        prescription=given, easier=easier,
    )  # fmt: skip


def begun(*given: Prescription, easier: tuple[Prescription, ...] = (), **fields: Any) -> Playing:
    """A session of these exercises; the first one has the easier rungs."""
    return player.begin(
        "w01_s1", given, standings=[standing(given[0], *easier)], limits=LIMITS, date=DAY, **fields
    )


def until(state: Playing, *phases: str) -> Playing:
    """Go on until a phase is reached; questions are answered quietly: 3, or the first choice."""
    for _ in range(500):
        if state.phase in phases:
            return state
        state = calm(state)
    raise AssertionError(f"never came to {phases}, stands at {state.place}")


def calm(state: Playing) -> Playing:
    """One step on, with a quiet answer where one is asked."""
    if state.place.asking:
        asked = QUESTIONS[state.place.asking[0]]
        quiet = asked.choices[0][0] if asked.choices else 0 if asked.id == "losses" else 3
        return player.answer(state, state.now, quiet)
    return player.next(state, state.now)


def comparable(state: Playing) -> Playing:
    """A state without its running clock and the switches that no step moves."""
    return replace(state, now=0.0, spent=0.0, total=0.0, told="", paused=False, auto=True)


DOSES = st.sampled_from(
    [
        {"reps": 4},
        {"reps": 3, "sides": 2},
        {"reps": 2, "hold_s": 5, "sides": 2},
        {"hold_s": 20, "sets": 3, "rest_s": 60},
        {"hold_s": 10, "sides": 2},
        {"metres": 20, "sides": 2},
        {"minutes": 1, "sets": 1},
        {"rounds": 2, "sets": 1},
        {"reps": 3, "rep_s": 10, "rest_s": 0},
        {"reps": 2, "directions": 2, "sets": 1},
        {"reps": 2, "directions": 3, "sides": 2, "sets": 1},
    ]
)
NAMES = st.sampled_from(["hng_2", "neu_1", "dir_2", "bal_1", "ext_1", "ant_3"])


@st.composite
def sessions(draw: st.DrawFn) -> Playing:
    """A session of one to three exercises, some of them twice, with or without easier rungs."""
    given = [
        one(draw(NAMES), regress=draw(st.sampled_from(["b1", "b2", "b3", "b4", ""])), **draw(DOSES))
        for _ in range(draw(st.integers(1, 3)))
    ]
    if draw(st.booleans()):
        given.append(given[0])
    rungs = tuple(one(f"{given[0].ladder}_0", reps=5) for _ in range(draw(st.integers(0, 2))))
    advance = {given[0].exercise: draw(st.sampled_from(["a1", "a3", "a6"]))}
    return begun(*given, easier=rungs, auto=draw(st.booleans()), advance=advance)


SIMPLE = ("next", "back", "pause", "resume", "easier", "hurts", "skip", "rate", "finish")
COMMANDS = st.one_of(
    st.tuples(st.just("tick"), st.sampled_from([0.1, 1.0, 4.9, 5.0, 15.0, 19.9, 45.0, 4000.0, -3.0])),
    st.tuples(st.sampled_from(SIMPLE[:-1] * 3 + SIMPLE[-1:]), st.sampled_from([0.0, 0.5, 7.0])),
    st.tuples(st.sampled_from(["next"] * 4 + ["part", "amend"]), st.sampled_from([0.0, 2.0])),
    st.tuples(st.integers(0, 10), st.just(0.2)),
    st.tuples(st.just("none"), st.just(0.0)),
    st.tuples(st.sampled_from(["on", "off"]), st.just(0.0)),
)
"""A command with the seconds that passed before it."""


def done(state: Playing, command: str | int, passed: float) -> Playing:
    """Do one of `COMMANDS`."""
    at = state.now + passed
    if isinstance(command, int):
        if not state.place.asking:
            return player.tick(state, at)
        choices = QUESTIONS[state.place.asking[0]].choices
        return player.answer(state, at, choices[command % len(choices)][0] if choices else command)
    if command == "none":
        return player.answer(state, at, None)
    if command in ("on", "off"):
        return player.auto(state, at, command == "on")
    if command == "part":
        return player.next(state, at, amount=1)
    if command == "amend":
        return player.amend(state, at, amount=2)
    found: Playing = getattr(player, command)(state, at)
    return found
