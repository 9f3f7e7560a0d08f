"""From tries to the answers that the profile reads, and "pain-limited is not weak"."""

from __future__ import annotations

from datetime import date

import pytest

from coach.model.testing import Trial
from coach.questionnaires.catalogue import load_instruments, parse_answers
from coach.questionnaires.guide import next_try
from coach.questionnaires.movement import test_facts as read_tests
from coach.questionnaires.protocols import load_protocols, protocol
from coach.questionnaires.recording import BadTrial, measured, pain_limited, record, second_set
from coach.questionnaires.rulebook import load_rulebook

DAY = date(2026, 11, 23)


def t(
    side: str = "", part: str = "", stopped: str = "done", swapped: bool = False, **values: object
) -> Trial:
    return Trial(side=side, part=part, stopped=stopped, swapped=swapped, values=values)  # type: ignore[arg-type]


def rec(test: str, *trials: Trial) -> dict[str, object]:
    return dict(record(protocol(f"mt_{test}"), trials))


CASES = [
    ("01", [t(shape="pass"), t(shape="fail"), t(shape="pass")], {"mt_01": "pass"}),
    ("01", [t(shape="fail", angle=45), t(shape="fail", angle=40)], {"mt_01": "fail", "mt_01_angle": 40}),
    ("01", [t(shape="pass"), t(shape="fail")], {}),
    ("01", [t(shape="pass"), t(shape="pass")], {"mt_01": "pass"}),
    ("02", [t("l", shape="pass"), t("r", shape="fail")], {"mt_02": "fail"}),
    ("02", [t("l", shape="pass"), t("r", shape="pass")], {"mt_02": "pass"}),
    ("02", [t("l", shape="pass")], {}),
    ("03", [t(alone="pass")], {"mt_03": "pass"}),
    ("04", [t("l", shift=10), t("r", shift=8.1)], {"mt_04": "pass", "mt_04_l": 10, "mt_04_r": 8.1}),
    ("04", [t("l", shift=10), t("r", shift=8)], {"mt_04": "fail", "mt_04_l": 10, "mt_04_r": 8}),
    ("04", [t("l", shift=10.1)], {"mt_04": "fail", "mt_04_l": 10.1}),
    ("04", [t("l", shift=9)], {"mt_04_l": 9}),
    (
        "05",
        [t(part="back", shape="fail"), t(part="forward", shape="pass")],
        {"mt_05_back": "fail", "mt_05_forward": "pass"},
    ),
    ("05", [t(part="back", shape="pass")], {"mt_05_back": "pass"}),
    ("06", [t("l", shape="fail")], {"mt_06": "fail"}),
    (
        "07",
        [t(seconds=9.4, arms="no"), t(seconds=8.8, arms="no")],
        {"mt_07": 8.8, "mt_07_cannot": "no", "mt_07_pain_limited": "no"},
    ),
    (
        "07",
        [t(seconds=9, arms="no"), t(seconds=4, arms="no", stopped="pain")],
        {"mt_07": 9, "mt_07_cannot": "no", "mt_07_pain_limited": "yes"},
    ),
    ("07", [t(seconds=7, arms="yes")], {"mt_07_cannot": "yes", "mt_07_pain_limited": "no"}),
    ("07", [t(stopped="cannot")], {"mt_07_cannot": "yes", "mt_07_pain_limited": "no"}),
    ("08", [t(count=14)], {"mt_08": 14, "mt_08_pain_limited": "no"}),
    ("08", [t(count=6, stopped="pain")], {"mt_08": 6, "mt_08_pain_limited": "yes"}),
    (
        "09",
        [
            t("l", seconds=20, drop="no"),
            t("l", seconds=31, drop="yes"),
            t("l", seconds=12),
            t("r", seconds=50, stopped="cap"),
        ],
        {"mt_09_l": 31, "mt_09_r": 45, "mt_09_drop": "yes", "mt_09_pain_limited": "no"},
    ),
    (
        "10",
        [t("l", seconds=35, variant="full"), t("r", seconds=95)],
        {"mt_10_l": 35, "mt_10_r": 90, "mt_10_variant": "full", "mt_10_pain_limited": "no"},
    ),
    (
        "11",
        [t(seconds=130, variant="floor")],
        {"mt_11": 120, "mt_11_variant": "floor", "mt_11_pain_limited": "no"},
    ),
    ("12", [t(seconds=44.5, stopped="form")], {"mt_12": 44.5, "mt_12_pain_limited": "no"}),
    (
        "13",
        [t(double=60), t("l", seconds=30, cramp="no"), t("r", seconds=20, cramp="yes")],
        {"mt_13_l": 30, "mt_13_r": 20, "mt_13_cramp": "yes", "mt_13_pain_limited": "no"},
    ),
    ("13", [t(double=59), t("l", seconds=30)], {}),
    ("13", [t("l", seconds=30)], {}),
    ("14", [t("l", effort=0), t("r", effort=2)], {"mt_14_l": 0, "mt_14_r": 2}),
    ("16", [t("l", distance=10.5), t("r", distance=8)], {"mt_16_l": 10.5, "mt_16_r": 8}),
    ("17", [t("l", "ir", angle=30), t("r", "er", angle=41)], {"mt_17_ir_l": 30, "mt_17_er_r": 41}),
    ("18", [t(distance=12), t(distance=9.5)], {"mt_18": 9.5}),
    ("20", [t("l", familiar="no"), t("r", familiar="yes", down=5, up=3)], {"mt_20": 1}),
    ("20", [t("r", familiar="yes", down=5, up=4, angle_down=40, angle_up=30)], {"mt_20": 1}),
    ("20", [t("r", familiar="yes", down=5, up=3.5, angle_down=40, angle_up=30.5)], {"mt_20": 0.5}),
    ("20", [t("l", familiar="no"), t("r", familiar="no", down=6, up=0)], {"mt_20": 0}),
    ("20", [t("l", down=5, up=1)], {}),
    ("21", [t("l", angle=69, familiar="yes", ankle="yes")], {"mt_21": 1, "mt_21_l": 69}),
    (
        "21",
        [t("l", angle=70, familiar="yes", ankle="yes"), t("r", angle=84.5)],
        {"mt_21": 0, "mt_21_l": 70, "mt_21_r": 84.5},
    ),
    ("21", [t("l", angle=70), t("r", angle=85)], {"mt_21": 0.5, "mt_21_l": 70, "mt_21_r": 85}),
    (
        "21",
        [t("l", angle=60, familiar="yes", ankle="no"), t("r", angle=62)],
        {"mt_21": 0, "mt_21_l": 60, "mt_21_r": 62},
    ),
    ("21", [t("l", angle=60, familiar="yes", ankle="no")], {"mt_21_l": 60}),
    ("22", [t(part="sit", minutes=61), t(part="walk", minutes=12)], {"mt_22_sit": 60, "mt_22_walk": 12}),
    ("23", [t(stiff=20, waking=5, evening=3)], {"mt_23": 20, "mt_23_waking": 5, "mt_23_evening": 3}),
    (
        "24",
        [t(knee_in=3, shift="left", rounding="deep")],
        {"mt_24_knee_in": "yes", "mt_24_shift": "left", "mt_24_rounding": "deep"},
    ),
    ("24", [t(knee_in=2)], {"mt_24_knee_in": "no"}),
    (
        "25",
        [t("l", heel="pass", toe="pass", raises=5), t("r", heel="pass", toe="pass", raises=3)],
        {"rf29": "no"},
    ),
    (
        "25",
        [t("l", heel="pass", toe="pass", raises=5), t("r", heel="pass", toe="pass", raises=2)],
        {"rf29": "unsure"},
    ),
    (
        "25",
        [t("l", heel="pass", toe="pass", raises=1), t("r", heel="pass", toe="pass", raises=0)],
        {"rf29": "yes"},
    ),
    ("25", [t("l", heel="fail", toe="pass"), t("r", heel="pass", toe="pass")], {"rf29": "yes"}),
    (
        "25",
        [t("l", heel="fail", toe="fail", raises=0), t("r", heel="fail", toe="fail", raises=0)],
        {"rf29": "no"},
    ),
    ("25", [t("l", heel="fail")], {}),
    ("26", [t(minutes=35, rpe=3)], {"mt_26": 30, "mt_26_rpe": 3}),
]


@pytest.mark.parametrize(("test", "trials", "expected"), CASES)
def test_tries_become_answers(test, trials, expected):
    found = rec(test, *trials)
    assert found == expected
    assert parse_answers(load_instruments(), found) == expected


def test_every_test_has_a_case():
    assert {f"mt_{test}" for test, _, _ in CASES} | {"mt_15", "mt_19"} == {
        each.id for each in load_protocols()
    }


def test_nothing_tried_says_nothing():
    for each in load_protocols():
        assert record(each, ()) == {}
        assert record(each, (Trial(practice=True),)) == {}


def test_practice_counts_for_nothing():
    fast = Trial(values={"seconds": 5, "arms": "no"}, practice=True)
    assert rec("07", fast, t(seconds=9, arms="no"))["mt_07"] == 9


class TestScales:
    def weigh(self, part: str, *pairs: tuple[float, float]) -> list[Trial]:
        return [t(part=part, swapped=k >= 3, left=pair[0], right=pair[1]) for k, pair in enumerate(pairs)]

    def test_both_conditions_and_the_finding(self):
        stand = self.weigh("stand", *[(41.0, 31.0)] * 5, (35.0, 37.0))
        squat = self.weigh("squat", *[(38.0, 34.0)] * 6)
        found = rec("15", t(weight=72.0), *stand, *squat)
        assert found["mt_15_stand_same"] == 5
        assert found["mt_15_stand"] == pytest.approx((5 * 1000 / 72 - 200 / 72) / 6)
        assert found["mt_15_squat"] == pytest.approx(400 / 72)
        facts = read_tests(found, load_rulebook())
        assert (facts["mt_15.stand"], facts["mt_15.squat"]) == (1, 0)

    def test_a_wrong_sum_is_said_and_gives_nothing(self):
        stand = self.weigh("stand", *[(41.0, 31.0)] * 5, (41.0, 38.0))
        result = measured(protocol("mt_15"), [t(weight=72.0), *stand], date=DAY)
        assert result.answers == {}
        assert any("try 6" in each for each in result.notes)
        again = [*stand, t(part="stand", swapped=True, left=41.0, right=31.0)]
        assert rec("15", t(weight=72.0), *again)["mt_15_stand_same"] == 6

    def test_without_swap_or_weight(self):
        straight = [t(part="stand", left=40.0, right=32.0)] * 6
        notes = measured(protocol("mt_15"), straight, date=DAY).notes
        assert any("change places" in each for each in notes)
        assert any("without your weight" in each for each in notes)
        few = measured(protocol("mt_15"), straight[:2], date=DAY).notes
        assert any("4 more to do" in each for each in few)


def direction(
    part: str, before: tuple[int, int], right_after: tuple[int, int], later: tuple[int, int], **more: object
) -> Trial:
    return t(
        part=part, pain_before=before[0], place_before=before[1], pain_0=right_after[0],
        place_0=right_after[1], pain_2=later[0], place_2=later[1], **more,
    )  # fmt: skip


class TestDirections:
    def test_change_after_two_minutes(self):
        a = direction("a", (4, 1), (6, 2), (5, 2))
        b = direction("b", (4, 1), (3, 1), (2, 0))
        assert rec("19", a, b) == {
            "mt_19_pain": 4, "mt_19a_dpain": 1, "mt_19a_dloc": 1, "mt_19b_dpain": -2, "mt_19b_dloc": -1,
        }  # fmt: skip
        assert rec("19", a) == {"mt_19_pain": 4, "mt_19a_dpain": 1, "mt_19a_dloc": 1}

    @pytest.mark.parametrize(
        ("first", "stop"),
        [
            (direction("a", (4, 1), (6, 1), (4, 1)), False),
            (direction("a", (4, 1), (7, 1), (4, 1)), True),
            (direction("a", (4, 1), (4, 1), (7, 1)), True),
            (direction("a", (4, 1), (4, 3), (4, 1)), True),
            (direction("a", (4, 2), (4, 2), (4, 3)), True),
            (direction("a", (4, 3), (4, 3), (4, 3)), False),
            (direction("a", (4, 1), (4, 1), (4, 1), settled=10), False),
            (direction("a", (4, 1), (5, 1), (5, 1), settled=11), True),
        ],
    )
    def test_no_second_set_today(self, first, stop):
        assert bool(second_set(protocol("mt_19"), first)) is stop


class TestPain:
    def test_pain_limited_is_not_weak(self):
        trials = [t("l", seconds=8, variant="full", stopped="pain"), t("r", seconds=60)]
        result = measured(protocol("mt_10"), trials, date=DAY)
        assert result.pain_limited
        assert any("today's pain" in each for each in result.notes)
        facts = read_tests(result.answers | {"age": 30, "sex": "female"}, load_rulebook())
        assert (facts["mt_10.low"], facts["mt_10.ratio"], facts["mt_10.load"]) == (None, None, 1.0)

    def test_a_full_time_shows_that_pain_did_not_limit(self):
        trials = [t("l", seconds=20, stopped="pain"), t("l", seconds=45, stopped="cap"), t("r", seconds=45)]
        assert pain_limited(protocol("mt_09"), trials) is False
        assert pain_limited(protocol("mt_09"), trials[:1] + trials[2:]) is True
        assert pain_limited(protocol("mt_09"), ()) is None

    def test_other_ends_are_no_pain(self):
        for why in ("done", "form", "own", "unwell", "weak", "leg", "cap", "cannot"):
            assert pain_limited(protocol("mt_12"), [t(seconds=10, stopped=why)]) is False

    def test_all_that_3_1_asks_to_record(self):
        trials = [
            Trial(values={"seconds": 40, "variant": "floor"}, pain=3, familiar=True, quality=1, video=True),
            Trial(values={"seconds": 9}, practice=True, pain=9, quality=2),
        ]
        result = measured(protocol("mt_11"), trials, date=DAY, pain_before=2)
        assert (result.pain_before, result.pain_during, result.familiar) == (2, 3, True)
        assert (result.quality, result.video, result.pain_limited) == (1, True, False)
        assert (result.test, result.version, result.date) == ("mt_11", 1, DAY)
        assert len(result.trials) == 2

    def test_remarks(self):
        def notes(test: str, *trials: Trial) -> str:
            return " ".join(measured(protocol(f"mt_{test}"), trials, date=DAY).notes)

        assert "did not reach 60" in notes("13", t(double=40))
        assert "time limit" in notes("12", t(seconds=120, stopped="cap"))
        assert "heels and toes" in notes("12", t(seconds=10, stopped="weak"))
        assert "below the knee" in notes("12", t(seconds=10, stopped="leg"))
        assert notes("12", t(seconds=50)) == ""


@pytest.mark.parametrize(
    ("test", "trial"),
    [
        ("12", t(seconds=-1)), ("12", t(speed=3)), ("12", t("l", seconds=3)), ("14", t("l", effort=6)),
        ("05", t(part="up", shape="pass")), ("01", t(shape="maybe")), ("11", t(variant="bench")),
        ("08", t(count="many")), ("08", t(count=81)), ("09", t("l", drop="perhaps")), ("08", t(count=True)),
    ],
)  # fmt: skip
def test_a_try_that_does_not_fit_is_refused(test, trial):
    with pytest.raises(BadTrial, match=": "):
        rec(test, trial)


def follow(test: str, *given: Trial, parts: tuple[str, ...] | None = None) -> list[tuple[str, str, int]]:
    """Do all tries that the guide asks for, the given ones first."""
    seen, done = [], list(given)
    while (step := next_try(protocol(test), done, parts)) and len(seen) < 99:
        seen.append((step.part, step.side, step.number))
        done.append(
            Trial(part=step.part, side=step.side, practice=step.practice, swapped=step.swapped)  # type: ignore[arg-type]
        )
    return seen


class TestGuide:
    def test_practice_first_then_each_side(self):
        assert follow("mt_07") == [("", "", 0), ("", "", 1), ("", "", 2)]
        assert follow("mt_12") == [("", "", 0), ("", "", 1)]
        assert follow("mt_02") == [("", "l", 0), ("", "l", 1), ("", "r", 0), ("", "r", 1)]
        assert follow("mt_25") == [("", "l", 1), ("", "r", 1)]
        assert len(follow("mt_09")) == 8
        assert len(follow("mt_17")) == 8

    def test_every_test_comes_to_an_end(self):
        for each in load_protocols():
            assert 1 <= len(follow(each.id)) <= 12

    def test_scales_change_places_half_way(self):
        seen, done = [], []
        while step := next_try(protocol("mt_15"), done):
            seen.append((step.part, step.swapped))
            done.append(t(part=step.part, swapped=step.swapped, weight=80, left=40, right=40))
        half = [("stand", False)] * 3 + [("squat", False)] * 3
        assert seen == half + [(part, True) for part, _ in half]
        assert record(protocol("mt_15"), done)["mt_15_stand"] == 0

    def test_a_wrong_sum_is_done_again(self):
        off = t(part="stand", weight=80, left=50, right=40)
        assert follow("mt_15", off)[:4] == [
            ("stand", "", 1),
            ("stand", "", 2),
            ("stand", "", 3),
            ("squat", "", 1),
        ]
        right = t(part="stand", weight=80, left=41, right=40)
        assert follow("mt_15", right)[:3] == [("stand", "", 2), ("stand", "", 3), ("squat", "", 1)]

    @pytest.mark.parametrize("why", ["pain", "leg", "weak", "unwell", "own"])
    def test_a_stop_sign_ends_the_test(self, why):
        assert follow("mt_09", t("l", seconds=4, stopped=why)) == []

    @pytest.mark.parametrize("why", ["form", "cap", "done", "cannot"])
    def test_other_ends_do_not(self, why):
        assert follow("mt_09", t("l", seconds=4, stopped=why)) != []

    def test_what_is_not_possible_is_not_tried_again(self):
        assert [side for _, side, _ in follow("mt_09", t("l", stopped="cannot"))] == ["r"] * 4
        assert follow("mt_07", Trial(practice=True), t(stopped="cannot")) == []

    def test_a_full_time_needs_no_second_try(self):
        full = t("l", seconds=45, stopped="cap")
        assert [side for _, side, number in follow("mt_09", full) if number] == ["r"] * 3
        assert [side for _, side, _ in follow("mt_09", t("l", seconds=44.9))].count("l") == 3

    def test_the_bridge_needs_both_legs_first(self):
        first = next_try(protocol("mt_13"), ())
        assert first is not None
        assert [each.id for each in first.measures] == ["double"]
        assert first.practice
        managed = next_try(protocol("mt_13"), [Trial(side="l", practice=True, values={"double": 60})])
        assert managed is not None
        assert [each.id for each in managed.measures] == ["seconds", "cramp"]
        assert follow("mt_13", Trial(side="l", practice=True, values={"double": 59})) == []

    def test_directions(self):
        calm = direction("a", (4, 1), (4, 1), (4, 1))
        assert follow("mt_19", calm) == [("b", "", 1)]
        assert follow("mt_19", direction("a", (4, 1), (7, 1), (7, 1))) == []
        assert follow("mt_19", parts=("b",)) == [("b", "", 1)]

    def test_rest_and_what_is_asked_once(self):
        bridge = protocol("mt_10")
        start = [Trial(side="l", practice=True, values={"variant": "full"})]
        first = next_try(bridge, start)
        assert first is not None
        assert (first.rest_s, [each.id for each in first.measures]) == (0, ["seconds"])
        later = next_try(bridge, [*start, t("l", seconds=30), Trial(side="r", practice=True)])
        assert later is not None
        assert (later.side, later.rest_s) == ("r", 180)
