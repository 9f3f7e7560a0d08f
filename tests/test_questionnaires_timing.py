"""The stopwatch as a pure value, and the weights on two scales (MT-15)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.questionnaires import asymmetry
from coach.questionnaires.asymmetry import Symmetry, Weighing, fits, percent
from coach.questionnaires.protocols import protocol
from coach.questionnaires.timing import Stopwatch

INSTANTS = st.floats(0, 1e5, allow_nan=False)
COMMANDS = st.lists(st.tuples(st.sampled_from(["start", "stop"]), INSTANTS), max_size=12)


class TestStopwatch:
    def test_a_run(self):
        watch = Stopwatch().start(100).stop(112.25)
        assert watch.elapsed(500) == 12.25
        assert not watch.running

    def test_before_the_start_nothing_counts(self):
        assert Stopwatch().elapsed(50) == 0
        assert Stopwatch().stop(5) == Stopwatch()

    def test_a_second_press_changes_nothing(self):
        watch = Stopwatch().start(10)
        assert watch.start(20) == watch
        stopped = watch.stop(15)
        assert stopped.stop(30) == stopped
        assert stopped.start(40) == stopped

    def test_the_cap_ends_it(self):
        watch = Stopwatch(cap=45).start(0)
        assert not watch.capped(44.9)
        assert watch.capped(45)
        assert watch.elapsed(60) == 45
        assert watch.stop(60).elapsed(99) == 45

    def test_time_never_runs_back(self):
        watch = Stopwatch().start(10)
        assert watch.elapsed(5) == 0
        assert watch.stop(8).elapsed(11) == 0

    @given(COMMANDS, st.one_of(st.none(), st.floats(1, 100)))
    def test_whatever_is_pressed(self, commands, cap):
        watch, stopped, last = Stopwatch(cap=cap), None, 0.0
        for name, at in commands:
            before = watch
            watch = getattr(watch, name)(at)
            if name == "start" and before.started is not None:
                assert watch == before
            if stopped is not None:
                assert watch == stopped
            if name == "stop" and before.running:
                stopped = watch
            assert watch.elapsed(at) >= 0
            if watch.running and before.running:
                later = watch.elapsed(at + 1)
                assert later >= watch.elapsed(at)
            last = max(last, at)
        end = watch.elapsed(last + 1000)
        assert cap is None or end <= cap + 1e-9

    @given(st.floats(0, 1e4), st.floats(0, 1e4))
    def test_elapsed_is_the_difference(self, start, length):
        assert Stopwatch().start(start).stop(start + length).elapsed(0) == pytest.approx(length, abs=1e-6)


def symmetry(done: list[Weighing], weight: float | None) -> Symmetry:
    """With the numbers of the test's own file."""
    test = protocol("mt_15")
    half, tolerance = int(test.limits["half"].value), test.limits["weight"].value
    return asymmetry.symmetry(done, weight, count=test.trials, half=half, tolerance=tolerance)


def tries(*differences: float, weight: float = 80) -> list[Weighing]:
    """Three tries, then three with the scales swapped, each with a signed difference in percent."""
    return [
        Weighing(left=weight / 2 * (1 + d / 100), right=weight / 2 * (1 - d / 100), swapped=k >= 3)
        for k, d in enumerate(differences)
    ]


class TestScales:
    @pytest.mark.parametrize(
        ("left", "right", "signed"), [(38, 34, 5.6), (41, 31, 13.9), (31, 41, -13.9), (40, 40, 0), (0, 0, 0)]
    )
    def test_examples_of_3_2(self, left, right, signed):
        assert round(percent(Weighing(left=left, right=right)), 1) == signed

    @pytest.mark.parametrize(
        ("total", "fit"), [(80, True), (84, True), (84.1, False), (76, True), (75.9, False)]
    )
    def test_both_together_are_the_body_weight_within_5_percent(self, total, fit):
        assert fits(Weighing(left=total / 2, right=total / 2), 80, 5) is fit

    def test_mean_is_signed_and_the_same_side_counted(self):
        found = symmetry(tries(12, 14, 10, 11, 13, 12), 80)
        assert (found.mean, found.same, found.side, found.redo) == (12, 6, "left", ())
        mixed = symmetry(tries(-12, 12, -12, 12, -12, 12), 80)
        assert (mixed.mean, mixed.same, mixed.side) == (0, 3, "")
        right = symmetry(tries(-20, -20, -20, -20, -20, 1), 80)
        assert (right.same, right.side) == (5, "right")
        assert right.mean == pytest.approx(-99 / 6)

    def test_a_faulty_scale_cancels_by_swapping(self):
        """One scale reads 10 % too much: half the tries lean left, half right."""
        straight = [Weighing(left=42, right=38)] * 3 + [Weighing(left=38, right=42, swapped=True)] * 3
        found = symmetry(straight, 80)
        assert (found.mean, found.same) == (0, 3)

    def test_a_try_that_is_off_is_done_again(self):
        bad = [*tries(12, 12), Weighing(left=60, right=40), *tries(12, 12, 12, 12)[3:]]
        first = symmetry([*bad, *[each for each in tries(0, 0, 0, 12, 12) if each.swapped]], 80)
        assert (first.mean, first.same, first.redo, first.missing) == (None, None, (3,), 1)
        again = symmetry([*bad, *tries(0, 0, 0, 12, 12)[3:], *tries(12)], 80)
        assert again.mean == pytest.approx(12)
        assert again.missing == 0

    def test_the_scales_have_to_change_places(self):
        found = symmetry(list(tries(12, 12, 12)) * 2, 80)
        assert (found.mean, found.unswapped, found.missing) == (None, True, 3)
        assert not symmetry(tries(1, 2, 3), 80).unswapped

    def test_without_a_weight_nothing_is_checked_and_it_says_so(self):
        odd = [Weighing(left=100, right=80, swapped=k >= 3) for k in range(6)]
        found = symmetry(odd, None)
        assert found.mean == pytest.approx(100 / 9)
        assert not found.weight_checked
        assert symmetry(odd, 180).weight_checked
        assert symmetry([Weighing(left=0, right=0)], None).redo == (1,)

    @given(st.lists(st.floats(-30, 30), min_size=6, max_size=6))
    def test_mean_and_count_agree_with_a_plain_sum(self, differences):
        found = symmetry(tries(*differences), 80)
        mean = sum(differences) / 6
        assert found.mean == pytest.approx(mean, abs=1e-6)
        assert found.same is not None
        assert 0 <= found.same <= 6
        mirrored = symmetry(tries(*[-each for each in differences]), 80)
        assert mirrored.mean == pytest.approx(-found.mean, abs=1e-6)
        assert mirrored.same == found.same
