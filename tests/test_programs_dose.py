"""Steps and cuts of a dose (clinical.md 6.2, 6.7)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from program_weeks import RULES, exercise

from coach.model.exercise import Dose, Exercise
from coach.programs.dose import deload, fewer_sets, scale
from coach.programs.steps import Room, flare, is_top, next_step, reduce, reduce40

ROOM = Room(sets=3)


def _next(dose: Dose, ex: Exercise, room: Room = ROOM, **kwargs: bool | int) -> tuple[Dose, str] | None:
    values = {"easy": True, "reserve": True, "load_steps": 0, **kwargs}
    return next_step(dose, ex, room, RULES, **values)  # type: ignore[arg-type]


def test_a_set_grows_first_then_one_set_more() -> None:
    ex = exercise("hng_2")
    dose = Dose(sets=2, reps=14)
    grown = _next(dose, ex)
    assert grown == (replace(dose, reps=15), "reps")
    assert _next(grown[0], ex) == (Dose(sets=3, reps=15), "sets")
    assert _next(grown[0], ex, easy=False) is None
    assert _next(Dose(sets=3, reps=15), ex) is None
    assert _next(Dose(sets=2, reps=15), ex, Room(sets=2)) is None


def test_holds_metres_rounds_and_minutes() -> None:
    assert _next(Dose(sets=3, hold_s=15), exercise("ant_4")) == (Dose(sets=3, hold_s=20), "hold")
    assert _next(Dose(sets=3, hold_s=28), exercise("ant_4")) == (Dose(sets=3, hold_s=30), "hold")
    assert _next(Dose(sets=3, metres=20), exercise("car_1")) == (Dose(sets=3, metres=25), "metres")
    assert _next(Dose(sets=1, rounds=6), exercise("aer_7")) == (Dose(sets=1, rounds=7), "rounds")
    walk = Room(sets=3, grow_sets=False, minutes_most=40)
    assert _next(Dose(sets=1, minutes=5), exercise("aer_1"), walk) == (Dose(sets=1, minutes=6), "minutes")
    assert _next(Dose(sets=1, minutes=25), exercise("aer_4"), walk) == (Dose(sets=1, minutes=27), "minutes")
    assert (
        _next(Dose(sets=1, minutes=5), exercise("aer_1"), Room(sets=3, grow_sets=False, minutes_most=5))
        is None
    )
    assert _next(Dose(sets=1, minutes=10), exercise("aer_1"), walk) is None


def test_a_fixed_dose_never_grows() -> None:
    assert _next(Dose(sets=1, reps=8), exercise("dir_2")) is None
    assert is_top(Dose(sets=1, reps=8), exercise("dir_2"), ROOM, RULES, 0)


def test_a_small_load_step_keeps_the_repetitions() -> None:
    ex = exercise("hng_6")
    room = Room(sets=3, kg_step=1, kg_most=19, gated=True)
    dose = Dose(sets=3, reps=10, load_kg=15)
    assert _next(dose, ex, room) == (replace(dose, load_kg=16), "load")
    assert _next(dose, ex, room, reserve=False) is None
    assert _next(replace(dose, load_kg=19), ex, room) is None


def test_a_large_load_step_sets_the_repetitions_back() -> None:
    ex = exercise("hng_4")
    room = Room(sets=3, kg_step=1, kg_most=8, gated=True)
    grown = _next(Dose(sets=3, reps=12, load_kg=4), ex, room)
    assert grown is not None
    assert (grown[0].load_kg, grown[0].reps) == (5, 8)


def test_top_needs_the_gate_or_two_load_steps() -> None:
    dose = Dose(sets=3, reps=12, load_kg=4)
    gated = Room(sets=3, kg_most=8, gated=True)
    assert not is_top(dose, exercise("hng_4"), gated, RULES, 5)
    assert is_top(replace(dose, load_kg=8), exercise("hng_4"), gated, RULES, 0)
    free = Room(sets=3)
    hold = Dose(sets=3, hold_s=40, load_kg=6)
    assert not is_top(hold, exercise("lat_7"), free, RULES, 1)
    assert is_top(hold, exercise("lat_7"), free, RULES, 2)


@pytest.mark.parametrize(
    ("dose", "after"),
    [
        (Dose(sets=3, reps=10), Dose(sets=3, reps=7)),
        (Dose(sets=3, hold_s=15), Dose(sets=3, hold_s=11)),
        (Dose(sets=2, metres=30), Dose(sets=2, metres=22)),
        (Dose(sets=3, reps=8, load_kg=10), Dose(sets=3, reps=8, load_kg=9)),
        (Dose(sets=3, reps=8, load_kg=6), Dose(sets=3, reps=8, load_kg=5)),
        (Dose(sets=3, reps=10, load_kg=1), Dose(sets=3, reps=9, load_kg=1)),
        (Dose(sets=2, reps=1, hold_s=10), Dose(sets=2, reps=1, hold_s=7)),
        (Dose(sets=3, reps=1), Dose(sets=2, reps=1)),
        (Dose(sets=1, reps=1), None),
    ],
)
def test_reduce(dose: Dose, after: Dose | None) -> None:
    assert reduce(dose, RULES, 1.0) == after


@pytest.mark.parametrize(
    ("dose", "after"),
    [
        (Dose(sets=3, reps=10), Dose(sets=2, reps=10)),
        (Dose(sets=4, reps=10), Dose(sets=2, reps=10)),
        (Dose(sets=1, reps=10), Dose(sets=1, reps=6)),
        (Dose(sets=3, reps=8, load_kg=10), Dose(sets=3, reps=8, load_kg=8)),
    ],
)
def test_reduce40(dose: Dose, after: Dose) -> None:
    assert reduce40(dose, RULES, 1.0) == after


def test_walking_is_cut_by_a_tenth_and_a_fifth() -> None:
    walk = Dose(sets=1, minutes=20)
    assert reduce(walk, RULES, 1.0, walk=True) == Dose(sets=1, minutes=18)
    assert reduce40(walk, RULES, 1.0, walk=True) == Dose(sets=1, minutes=16)


def test_improvised_loads_fall_by_half_kilograms() -> None:
    dose = Dose(sets=3, reps=8, load_kg=4)
    assert reduce(dose, RULES, 0.5) == replace(dose, load_kg=3.5)


def test_a_flare_leaves_the_load() -> None:
    dose = Dose(sets=3, reps=10, load_kg=8)
    assert flare(dose, RULES) == replace(dose, reps=9)


def test_deload_and_easy_version() -> None:
    for sets, left in ((1, 1), (2, 1), (3, 2), (4, 2), (5, 3)):
        assert deload(Dose(sets=sets, reps=8), 0.6).sets == left
    assert fewer_sets(Dose(sets=1, reps=8, rpe=(3, 4))) == Dose(sets=1, reps=8, rpe=(2, 3))
    assert fewer_sets(Dose(sets=3, reps=8, rpe=(0, 1))).rpe == (0, 0)


doses = st.one_of(
    st.builds(
        lambda s, r, h, kg: Dose(sets=s, reps=r, hold_s=h, load_kg=kg),
        st.integers(1, 5), st.integers(1, 20), st.sampled_from([None, 2, 5, 10]),
        st.sampled_from([None, 0.5, 1.0, 4.0, 12.5]),
    ),
    st.builds(lambda s, h: Dose(sets=s, hold_s=h), st.integers(1, 5), st.integers(1, 90)),
    st.builds(lambda s, m: Dose(sets=s, metres=m), st.integers(1, 5), st.integers(1, 60)),
    st.builds(lambda m: Dose(sets=1, minutes=float(m)), st.integers(1, 40)),
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(doses, st.sampled_from([0.9, 0.85, 0.8, 0.765, 0.7, 0.63]))
def test_scaling_reaches_its_share_and_leaves_the_load(dose: Dose, share: float) -> None:
    found = scale(dose, share)
    if found is None:
        assert dose.sets == 1
        assert dose.amount == 1
        return
    assert found.size <= share * dose.size + 1e-6 or found.sets * found.amount == 1
    assert found.load_kg == dose.load_kg
    assert min(found.sets, found.amount) >= 1


@settings(max_examples=300, deadline=None)
@given(doses, st.sampled_from([0.5, 1.0]))
def test_cuts_are_cuts_and_whole(dose: Dose, step: float) -> None:
    for cut in (reduce(dose, RULES, step), reduce40(dose, RULES, step), flare(dose, RULES)):
        if cut is None:
            assert dose.sets * dose.amount == 1
            continue
        assert cut.size <= 0.9 * dose.size + 1e-6 or cut.sets * cut.amount == 1
        if cut.load_kg is not None and cut.load_kg != dose.load_kg:
            assert cut.load_kg % step == 0
            assert cut.load_kg >= step
