"""The led session as a state machine: time, sets, back, easing, and what is recorded."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from player_case import COMMANDS, LIMITS, begun, calm, comparable, done, one, sessions, until

from coach.model.noun import from_json, to_json
from coach.programs import player
from coach.programs.beats import called, length
from coach.programs.cueing import cues
from coach.programs.easing import ceiling
from coach.programs.played import over_ceiling, session_log, warnings
from coach.programs.playing import Playing

RUNS = st.lists(COMMANDS, max_size=60)
STEPS = ("next", "part", "easier", "hurts", "skip", "rate", "finish", "amend")


# -- what always holds ---------------------------------------------------------------------------


@settings(max_examples=120, deadline=None)
@given(sessions(), RUNS)
def test_time_goes_forward_only_and_every_state_survives_json(state: Playing, run) -> None:
    for command, passed in run:
        after = done(state, command, passed)
        assert after.now >= state.now
        assert 0 <= after.total - state.total <= max(passed, 0) + 1e-6
        long = length(after)
        assert after.spent >= 0
        assert long is None or after.spent <= long
        assert from_json(to_json(after), Playing) == after
        shown = cues(after)
        assert 1 <= shown.set <= shown.sets
        assert (shown.asked is None) == (after.phase not in ("before", "ask"))
        state = after


@settings(max_examples=120, deadline=None)
@given(sessions(), RUNS)
def test_every_set_is_counted_once_and_recorded_once(state: Playing, run) -> None:
    for command, passed in run:
        before, state = state, done(state, command, passed)
        more = len(state.past) - len(before.past)
        made = sum(each.did == "set" for each in state.past[len(before.past) :])
        sets = sum(len(each.sets) for each in state.dones) - sum(len(each.sets) for each in before.dones)
        assert sets == made if more > 0 else sets <= 0
        assert all(len(each.sets) == len(each.levels) for each in state.dones)
    log = session_log(state)
    assert sum(len(each.sets) for each in log.exercises) == sum(len(each.sets) for each in state.dones)
    for item, kept in zip(state.items, state.dones, strict=True):
        assert len(kept.sets) <= item.given.dose.sets


@settings(max_examples=150, deadline=None)
@given(sessions(), RUNS)
def test_back_undoes_exactly_one_step(state: Playing, run) -> None:
    for command, passed in run:
        before, state = state, done(state, command, passed)
        if len(state.past) == len(before.past) + 1:
            assert comparable(player.back(state, state.now)) == comparable(before)
        elif len(state.past) < len(before.past):
            assert len(state.past) == len(before.past) - 1
        elif len(state.past) == len(before.past):
            assert state.dones == before.dones


@settings(max_examples=100, deadline=None)
@given(sessions(), RUNS, st.lists(st.floats(0.01, 3000), min_size=1, max_size=5))
def test_a_pause_changes_nothing_but_the_time(state: Playing, run, pauses: list[float]) -> None:
    """Stopping anywhere, for however long, and going on is the same as not having stopped."""
    other, ahead = state, 0.0
    for number, (command, passed) in enumerate(run):
        if not state.paused and command not in ("pause", "resume"):
            wait = pauses[number % len(pauses)]
            other = player.resume(player.pause(other, other.now), other.now + wait)
            ahead += wait
        state, other = done(state, command, passed), done(other, command, passed)
        assert (other.place, other.dones, other.past) == (state.place, state.dones, state.past)
        assert other.spent == pytest.approx(state.spent)
        assert other.total == pytest.approx(state.total)


@settings(max_examples=100, deadline=None)
@given(sessions(), RUNS, st.floats(0, 1e6))
def test_a_crash_anywhere_goes_on_at_the_set(state: Playing, run, at: float) -> None:
    for command, passed in run:
        state = done(state, command, passed)
    woken = player.wake(from_json(to_json(state), Playing), at)
    assert (woken.dones, woken.past, woken.place.item) == (state.dones, state.past, state.place.item)
    assert woken.place.part == state.place.part
    assert woken.phase == {"work": "ready", "switch": "ready"}.get(state.phase, state.phase)
    assert woken.paused == (woken.phase not in ("before", "setup", "ask", "done"))
    assert (woken.now, woken.total) == (at, state.total)


@settings(max_examples=60, deadline=None)
@given(sessions(), st.lists(st.floats(0.05, 6), min_size=3, max_size=30))
def test_many_small_looks_are_one_long_look(state: Playing, waits: list[float]) -> None:
    state = until(replace(state, auto=True), "ready")
    many = state
    for wait in waits:
        many = player.tick(many, many.now + wait)
    single = state
    for _ in range(0, len(waits), 3):
        single = player.tick(single, min(many.now, single.now + 18))
    single = player.tick(single, many.now)
    assert (single.place, single.dones) == (many.place, many.dones)
    if length(many) is not None:
        assert single.spent == pytest.approx(many.spent, abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(sessions())
def test_every_session_comes_to_an_end(state: Playing) -> None:
    state = until(state, "done")
    log = session_log(state)
    assert {each.status for each in log.exercises} == {"done"}
    assert [len(each.sets) for each in log.exercises] == [each.given.dose.sets for each in state.items]
    assert all(
        (each.pain_before, each.pain_max, each.rpe, each.form) == (3, 3, 3, 0) for each in log.exercises
    )


# -- one walk through ----------------------------------------------------------------------------


def test_the_order_of_a_two_sided_exercise() -> None:
    state = begun(one("lun_2", reps=2, sides=2, sets=2, rest_s=30))
    seen, said = [], []
    while state.phase != "done":
        seen.append((state.phase, len(state.done.sets), state.place.part))
        if state.phase in ("before", "ask"):
            after = calm(state)
        else:
            after = player.tick(state, state.now + 1)
            said += [each.text for each in called(state, after)]
        state = after
    order = list(dict.fromkeys(seen))
    first = [
        ("before", 0, 0),
        ("setup", 0, 0),
        ("ready", 0, 0),
        ("work", 0, 0),
        ("switch", 0, 1),
        ("work", 0, 1),
    ]
    second = [("rest", 1, 0), ("work", 1, 0), ("switch", 1, 1), ("work", 1, 1), ("ask", 2, 0)]
    assert order == first + second
    assert said[:5] == ["Get ready. Set 1 of 2, left side.", "3", "2", "1", "Go: 2 times."]
    assert said[5:9] == ["1", "2", "Switch: right side.", "3"]
    assert "Rest 30 seconds." in said
    assert "Half. 15 seconds of rest left." in said
    assert "Get ready. Set 2 of 2, left side." in said
    assert state.dones[0].sets[0].reps == 2


def test_without_auto_the_clock_waits_at_the_end() -> None:
    state = until(begun(one("ant_3", hold_s=10), auto=False), "work")
    state = player.tick(player.tick(state, state.now + 9), state.now + 18)
    assert (state.phase, state.spent, cues(state).waits) == ("work", 10, True)
    assert player.next(state, state.now).phase == "rest"


def test_a_closed_lid_is_no_work_done() -> None:
    state = until(begun(one("ant_3", hold_s=10)), "work")
    state = player.tick(state, state.now + 3600)
    assert (state.phase, state.paused, state.spent, state.done.sets) == ("ready", True, 0, ())
    assert player.next(state, state.now).paused is False
    placing = until(begun(one()), "setup")
    assert player.tick(placing, placing.now + 3600).phase == "setup"


def test_fewer_than_asked_and_a_corrected_set() -> None:
    state = player.next(until(begun(one(reps=8)), "work"), 0, amount=5)
    assert state.done.sets[0].reps == 5
    state = player.amend(state, state.now, 6)
    assert (state.done.sets[0].reps, state.phase) == (6, "rest")
    log = session_log(until(state, "done")).exercises[0]
    assert (log.status, log.sets_full) == ("partial", 1)
    sided = until(begun(one(reps=8, sides=2)), "work")
    sided = player.next(player.next(player.next(sided, 0, amount=5), 0), 0, amount=7)
    assert sided.done.sets[0].reps == 5


def test_the_hold_and_the_breath_have_their_pieces() -> None:
    state = until(begun(one("lat_2", reps=2, hold_s=5)), "work")
    words = [cues(player.tick(state, state.now + second)).word for second in (0.5, 2, 5.5, 6.5, 7.5)]
    assert words == ["go", "hold 4", "hold 1", "back", "go"]
    breath = until(begun(one("bre_1", reps=2, rep_s=10)), "work")
    assert cues(player.tick(breath, breath.now + 3)).word == "breathe in"
    assert cues(player.tick(breath, breath.now + 5)).word == "breathe out"
    tempo = until(begun(one("sqt_1", reps=2)), "work")
    assert [cues(player.tick(tempo, tempo.now + s)).word for s in (1, 2.5, 4, 6)] == [
        "go",
        "pause",
        "back",
        "go",
    ]


# -- less, at once and for this session (B1-B4) ----------------------------------------------------


def rated(state: Playing, **told) -> Playing:
    state = player.rate(until(state, "rest"), 0)
    while state.phase == "ask":
        state = player.answer(state, 0, told.get(state.place.asking[0]))
    return state


LOW = one("hng_1", reps=6, sets=3)


@pytest.mark.parametrize(
    ("told", "level"), [({"rpe": 6}, 1), ({"rpe": 5}, 0), ({"form": 2}, 1), ({"form": 1}, 0)]
)
def test_b1_effort_two_over_or_poor_form_is_a_rung_down(told: dict[str, int], level: int) -> None:
    state = rated(begun(one(sets=3, reps=4), easier=(LOW,)), **told)
    assert state.done.level == level
    assert state.phase == ("setup" if level else "rest")
    log = session_log(until(state, "done"))
    if level:
        assert [(each.exercise, each.status, len(each.sets)) for each in log.exercises] == [
            ("hng_2", "partial", 1), ("hng_1", "done", 2),
        ]  # fmt: skip
    else:
        assert [(each.exercise, each.status) for each in log.exercises] == [("hng_2", "done")]


@pytest.mark.parametrize(
    ("before", "pain", "level", "share"),
    [(2, 5, 0, 1.0), (2, 6, 0, 0.75), (6, 8, 0, 1.0), (6, 8.5, 0, 0.75), (5, 8, 1, 1.0), (None, 7, 0, 1.0)],
)
def test_b2_amber_pain_is_a_quarter_less_and_red_pain_a_rung(before, pain, level, share) -> None:
    state = begun(one(regress="b2", sets=3, reps=8), easier=(LOW,))
    state = player.answer(state, 0, before)
    state = rated(state, pain=pain)
    assert (state.done.level, state.done.share) == (level, share)
    if share < 1:
        assert state.doing.dose.reps == 6
    assert ceiling(3, LIMITS) == 5


def test_of_two_answers_to_one_question_the_worse_counts() -> None:
    state = rated(begun(one(regress="", sets=2, reps=4)), pain=6, rpe=5, form=1)
    felt = until(state, "done").dones[0].felt[0]
    assert (felt.pain, felt.rpe, felt.form) == (6, 5, 1)


def test_b3_a_leg_symptom_stops_the_exercise_wherever_it_comes_again() -> None:
    neu = one("neu_1", regress="b3", reps=4)
    state = until(begun(neu, one(), neu), "ask")
    assert state.place.asking == ("pain", "rpe", "form", "leg")
    for value in (3, 2, 0, "spreading"):
        state = player.answer(state, 0, value)
    assert state.done.status == ""
    assert [each.status for each in state.dones] == ["stopped", "", "stopped"]
    assert warnings(state) == ("leg",)
    state = until(state, "done")
    assert [each.status for each in session_log(state).exercises] == ["stopped", "done", "stopped"]
    assert session_log(state).exercises[0].leg == "spreading"


@pytest.mark.parametrize(("losses", "support"), [(2, False), (3, True)])
def test_b4_more_than_two_losses_bring_a_support(losses: int, support: bool) -> None:
    state = rated(begun(one("bal_1", regress="b4", sets=3, hold_s=20)), losses=losses)
    assert state.done.support is support
    assert ("Hold on" in state.doing.note) is support


def test_too_painful_stops_and_asks() -> None:
    state = player.hurts(until(begun(one(sets=3, reps=4), one("sqt_1"), easier=(LOW,)), "work"), 0)
    assert state.place.asking == ("pain", "leg")
    state = player.answer(player.answer(state, 0, 9), 0, "none")
    assert (state.phase, state.place.item) == ("setup", 1)
    log = session_log(until(state, "done")).exercises[0]
    assert (log.status, log.reason, log.pain_max, log.sets) == ("stopped", "too painful", 9, ())
    assert warnings(state) == ("red",)


def test_easier_goes_down_rung_by_rung_then_by_dose_then_says_so() -> None:
    state = until(begun(one(reps=4, sets=1), easier=(LOW,)), "setup")
    state = player.easier(state, 0)
    assert (state.doing.exercise, state.told) == ("hng_1", "One step easier: HNG_1.")
    while (lower := player.easier(state, 0)).done != state.done:
        assert lower.doing.dose.size < state.doing.dose.size
        state = lower
    assert lower.told.startswith("This is as easy as it gets")
    log = session_log(until(state, "done"))
    assert [(each.exercise, each.status) for each in log.exercises] == [
        ("hng_2", "swapped"),
        ("hng_1", "partial"),
    ]


def test_skip_and_an_early_end() -> None:
    state = until(begun(one(), one("sqt_1"), one("ant_3", hold_s=10)), "setup")
    state = player.skip(state, 0, "no room")
    state = until(until(state, "rest"), "rest")
    state = player.finish(state, 0)
    assert [(each.exercise, each.status, each.reason) for each in session_log(state).exercises] == [
        ("hng_2", "skipped", "no room"), ("sqt_1", "partial", ""), ("ant_3", "skipped", "not reached"),
    ]  # fmt: skip
    assert player.back(state, 0).phase == "rest"


def test_advance_codes_bring_their_question() -> None:
    state = until(begun(one(), one("dis_5"), advance={"hng_2": "a3", "dis_5": "a6"}), "ask")
    assert state.place.asking[-1] == "reserve"
    state = until(state, "done")
    logs = session_log(state).exercises
    assert (logs[0].reserve, logs[0].clean_reps, logs[1].clean_reps) == (3, None, 3)


@pytest.mark.parametrize(
    ("question", "value"), [("before", 11), ("before", True), ("before", "3"), ("before", -1)]
)
def test_an_answer_that_does_not_fit_is_refused(question: str, value: object) -> None:
    state = begun(one())
    assert state.place.asking[0] == question
    with pytest.raises(ValueError, match="before"):
        player.answer(state, 0, value)


# -- the pain ceiling of a plan file ---------------------------------------------------------------


@pytest.mark.parametrize("regress", ["b1", "b2", "b4"])
@pytest.mark.parametrize(("pain", "share"), [(3, 1.0), (4, 0.75), (5, 0.75)])
def test_a_plan_files_tighter_ceiling_eases_at_once(regress: str, pain: int, share: float) -> None:
    state = begun(one(reps=8, regress=regress), pain={"hng_2": 3})
    state = until(state, "rest")
    assert cues(state).most_pain == 3
    state = rated(state, pain=pain)
    assert state.done.share == share
    assert ("Your plan allows pain of up to 3 here" in state.told) == (share < 1)
    assert bool(over_ceiling(state)) == (share < 1)


def test_a_plan_files_ceiling_over_that_of_the_floor_is_neither_told_nor_used() -> None:
    state = until(begun(one(reps=8, regress="b2"), pain={"hng_2": 8}), "rest")
    assert cues(state).most_pain is None
    state = rated(state, pain=6)
    assert state.done.share == 0.75
    assert state.told == "A quarter less from now on."
    assert over_ceiling(state) == ()
