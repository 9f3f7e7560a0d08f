"""What the movement tests say (clinical.md 3.2, 5.5), and the entry tier made from it (4.5)."""

from __future__ import annotations

import pytest

from coach.model.assessment import Triage
from coach.questionnaires.movement import test_facts as read_tests
from coach.questionnaires.rulebook import load_rulebook
from tests.profile_case import NOTHING, run, value


def facts(**raw):
    return read_tests(raw, load_rulebook())


def met(found, test):
    return next((each.met for each in found.findings if each.id == test), "no finding")


class TestControl:
    def test_count_needs_four_tests_or_two_fails(self):
        three = {"mt_01": "pass", "mt_02": "pass", "mt_03": "fail"}
        assert facts(**three)["mc_count"] is None
        assert facts(**three, mt_04="pass")["mc_count"] == 1
        assert facts(mt_01="fail", mt_03="fail")["mc_count"] == 2
        assert facts(mt_01="fail")["mc_count"] is None

    def test_both_ways_of_the_rock_are_one_test(self):
        assert facts(mt_05_back="fail", mt_05_forward="fail", mt_06="fail")["mc_count"] == 2
        assert facts(mt_05_back="pass", mt_05_forward="fail")["mt_05.fail"] == 1
        found = facts(mt_05_back="pass", mt_01="pass", mt_02="pass", mt_03="pass")
        assert found["mc_count"] == 0

    @pytest.mark.parametrize(("fails", "worth"), [(0, 0), (1, 0), (2, 0.5), (3, 0.75), (4, 1), (5, 1)])
    def test_what_the_count_is_worth(self, fails, worth):
        tests = ["mt_01", "mt_02", "mt_03", "mt_04", "mt_05_back", "mt_06"]
        raw = NOTHING | dict.fromkeys(tests[:fails], "fail")
        assert value(run(raw), "mc", "mc_count") == worth

    @pytest.mark.parametrize(
        ("raw", "flexion", "extension"),
        [
            ({"mt_01": "fail"}, 1, None),
            ({"mt_02": "pass"}, 0, None),
            ({"mt_05_back": "fail", "mt_01": "pass"}, 1, None),
            ({"mt_05_forward": "fail"}, None, 1),
            ({"mt_06": "pass"}, None, 0),
            ({"mt_03": "fail", "mt_04": "fail"}, None, None),
        ],
    )
    def test_direction_of_failed_tests(self, raw, flexion, extension):
        found = run(raw)
        assert value(found, "flex", "control_flexion") == flexion
        assert value(found, "ext", "control_extension") == extension


class TestStanding:
    @pytest.mark.parametrize(
        ("age", "seconds", "load"),
        [
            (39, 10.4, 0), (39, 10.5, 0.5), (39, 12.4, 0.5), (39, 12.5, 1),
            (60, 11.4, 0), (60, 11.5, 1), (70, 12.6, 0), (70, 12.7, 1), (80, 14.8, 0), (80, 14.9, 1),
        ],
    )  # fmt: skip
    def test_five_sit_to_stands(self, age, seconds, load):
        found = facts(mt_07=seconds, age=age)
        assert found["mt_07.load"] == load
        assert met(run({"mt_07": seconds, "age": age}), "mt_07") is (load > 0)

    def test_cannot_and_stopped_by_pain(self):
        assert facts(mt_07_cannot="yes")["mt_07.load"] == 1
        stopped = facts(mt_07=9, mt_07_pain_limited="yes", age=39)
        assert (stopped["mt_07.load"], stopped["mt_07.finding"]) == (1, None)
        assert facts(mt_07=9)["mt_07.load"] is None

    @pytest.mark.parametrize(
        ("age", "sex", "limit"),
        [
            (39, "male", 20), (39, "female", 18), (40, "male", 17), (50, "female", 13), (60, "male", 14),
            (65, "female", 11), (70, "male", 12), (75, "male", 11), (80, "female", 9), (85, "male", 8),
            (90, "male", 7), (99, "female", 4), (60, "other", 12), (60, None, 12),
        ],
    )  # fmt: skip
    def test_chair_stand(self, age, sex, limit):
        assert facts(mt_08=limit - 1, age=age, sex=sex)["mt_08.load"] == 1
        assert facts(mt_08=limit, age=age, sex=sex)["mt_08.load"] == 0

    def test_either_standing_test_is_enough(self):
        assert value(run({"mt_08": 5, "age": 39}), "load", "stand_test") == 1
        assert value(run({"mt_08": 30, "mt_07": 11, "age": 39}), "load", "stand_test") == 0.5


class TestHolds:
    def test_age_factor_example(self):
        """A woman of 63: 30 x 0.65 = 19.5."""
        woman = {"age": 63, "sex": "female", "mt_10_variant": "full", "mt_10_l": 40}
        assert facts(**woman, mt_10_r=18)["mt_10.low"] == 1
        assert facts(**woman, mt_10_r=19.5)["mt_10.low"] == 0
        found = next(each for each in run(woman | {"mt_10_r": 18}).findings if each.id == "mt_10")
        assert "low 19.5 s" in found.threshold

    @pytest.mark.parametrize(("age", "cut"), [(39, 60), (40, 54), (50, 48), (60, 39), (69, 39), (70, 30)])
    def test_age_bands(self, age, cut):
        assert facts(age=age, mt_11=cut - 0.1, mt_11_variant="sorensen")["mt_11.low"] == 1
        assert facts(age=age, mt_11=cut, mt_11_variant="sorensen")["mt_11.low"] == 0

    @pytest.mark.parametrize(
        ("sex", "side", "plank", "floor"),
        [("female", 30, 45, 60), ("male", 40, 60, 70), ("other", 30, 45, 60)],
    )
    def test_sex_cut_offs(self, sex, side, plank, floor):
        for delta, low in ((-1, 1), (0, 0)):
            found = facts(
                age=30, sex=sex, mt_10_variant="full", mt_10_l=side + delta, mt_10_r=90, mt_12=plank + delta,
                mt_11=floor + delta, mt_11_variant="floor",
            )  # fmt: skip
            assert (found["mt_10.low"], found["mt_12.low"], found["mt_11.low"]) == (low, low, low)

    def test_from_the_knees_only_the_sides_are_compared(self):
        found = facts(age=30, sex="male", mt_10_variant="knees", mt_10_l=10, mt_10_r=30)
        assert (found["mt_10.low"], found["mt_10.ratio"]) == (None, 1)
        assert facts(age=30, mt_10_l=10, mt_10_r=12)["mt_10.low"] is None
        even = {"age": 30, "mt_10_variant": "knees", "mt_10_l": 30, "mt_10_r": 30}
        assert met(run(even), "mt_10") is None

    @pytest.mark.parametrize(
        ("left", "right", "ratio"), [(50, 40, 0), (51, 40, 1), (30, 21, 0), (20, 30, 1), (20, 29.9, 0)]
    )
    def test_side_bridge_ratio(self, left, right, ratio):
        assert facts(mt_10_l=left, mt_10_r=right)["mt_10.ratio"] == ratio

    @pytest.mark.parametrize(
        ("left", "right", "ratio"), [(32, 24, 0), (33, 24.5, 1), (20, 12.1, 0), (20, 12, 1)]
    )
    def test_bridge_ratio(self, left, right, ratio):
        assert facts(mt_13_l=left, mt_13_r=right)["mt_13.ratio"] == ratio

    def test_stopped_by_pain_is_load_but_never_weakness(self):
        raw = NOTHING | {"mt_10_l": 5, "mt_10_r": 5, "mt_11": 5, "mt_12": 5}
        raw |= {f"mt_{n}_pain_limited": "yes" for n in (10, 11, 12)}
        found = run(raw)
        assert value(found, "load", "back_hold") == 1
        assert value(found, "load", "trunk_hold") == 1
        assert value(found, "glut", "side_low") is None
        assert value(found, "asym", "side_ratio") is None
        assert [met(found, f"mt_{n}") for n in (10, 11, 12)] == [None, None, None]
        held = run(raw | {"mt_10_l": 80, "mt_10_r": 80, "mt_11": 110, "mt_12": 110})
        assert value(held, "load", "back_hold") == 1
        assert value(held, "load", "trunk_hold") == 1
        bridge = run(NOTHING | {"mt_13_l": 3, "mt_13_r": 30, "mt_13_pain_limited": "yes"})
        assert value(bridge, "glut", "bridge_low") is None
        assert value(bridge, "glut", "bridge_ratio") is None

    def test_one_short_side_is_enough_and_one_side_alone_does_not_clear(self):
        assert facts(age=30, mt_13_l=24)["mt_13.low"] == 1
        assert facts(age=30, mt_13_l=26)["mt_13.low"] is None


class TestSides:
    @pytest.mark.parametrize(
        ("mean", "same", "finding"),
        [(10, 5, 1), (9.9, 6, 0), (-10, 5, 1), (10, 4, 0), (20, None, None), (3, None, 0), (None, 6, None)],
    )
    def test_scales_standing(self, mean, same, finding):
        assert facts(mt_15_stand=mean, mt_15_stand_same=same)["mt_15.stand"] == finding

    def test_scales_squat_needs_twelve(self):
        assert facts(mt_15_squat=11.9, mt_15_squat_same=6)["mt_15.squat"] == 0
        assert facts(mt_15_squat=-12, mt_15_squat_same=5)["mt_15.squat"] == 1

    @pytest.mark.parametrize(
        ("age", "left", "right", "sides"),
        [
            (30, 45, 35, 1),
            (30, 45, 35.1, 0),
            (65, 45, 27, 0),
            (65, 45, 26.9, 1),
            (75, 30, 20, 0),
            (85, 16, 5.9, 1),
        ],
    )
    def test_stance(self, age, left, right, sides):
        assert facts(age=age, mt_09_l=left, mt_09_r=right)["mt_09.sides"] == sides

    def test_ankle_and_hip(self):
        assert facts(mt_16_l=10, mt_16_r=8)["mt_16.sides"] == 1
        assert facts(mt_16_l=10, mt_16_r=8.1)["mt_16.sides"] == 0
        assert facts(mt_17_ir_l=30, mt_17_ir_r=30, mt_17_er_l=40, mt_17_er_r=30)["mt_17.sides"] == 1
        assert facts(mt_17_ir_l=30, mt_17_ir_r=21, mt_17_er_l=30, mt_17_er_r=30)["mt_17.sides"] == 0

    @pytest.mark.parametrize(
        ("left", "right", "worth"), [(0, 0, 0), (1, 0, 0.5), (1, 1, 1), (5, 0, 1), (2, None, None)]
    )
    def test_leg_lift(self, left, right, worth):
        assert value(run({"mt_14_l": left, "mt_14_r": right}), "mc", "aslr") == worth


class TestDirections:
    @pytest.mark.parametrize(
        ("baseline", "pain", "place", "worse", "better"),
        [
            (4, 0, 0, 0, 0), (4, 1, 0, 0.5, 0), (4, 2, 0, 1, 0), (4, 3, 0, 1, 0),
            (4, -1, 0, 0, 0.5), (4, -2, 0, 0, 1), (4, -3, 0, 0, 1),
            (4, -3, 1, 1, 0), (4, 0, -1, 0, 1), (4, 1, -1, 0, 1), (4, 2, -1, 1, 0),
            (1, 0, 0, 0, None), (1, -1, 0, 0, None), (1, 1, 0, 0.5, 0), (0, 2, 0, 1, 0), (1, 0, 1, 1, 0),
            (2, -2, 0, 0, 1), (4, None, None, None, None), (4, None, 1, 1, 0), (4, 2, None, 1, 0),
            (4, -2, None, None, None), (4, None, -1, None, None), (None, -2, 0, 0, None), (None, 2, 0, 1, 0),
        ],
    )  # fmt: skip
    def test_response(self, baseline, pain, place, worse, better):
        for part in ("a", "b"):
            raw = {"mt_19_pain": baseline, f"mt_19{part}_dpain": pain, f"mt_19{part}_dloc": place}
            found = facts(**raw)
            assert (found[f"mt_19{part}.worse"], found[f"mt_19{part}.better"]) == (worse, better)

    def test_eased_directions(self):
        assert run(NOTHING).eased == ()
        assert run(NOTHING | {"mt_19a_dpain": -1}).eased == ("flexion",)
        assert run(NOTHING | {"mt_19b_dloc": -1}).eased == ("extension",)
        assert run(NOTHING | {"mt_19a_dpain": -2, "mt_19b_dpain": -2}).eased == ("flexion", "extension")

    @pytest.mark.parametrize("test", ["mt_20", "mt_21"])
    @pytest.mark.parametrize("worth", [0, 0.5, 1])
    def test_nerve_tests(self, test, worth):
        found = run({test: worth})
        assert value(found, "neur", "slump" if test == "mt_20" else "slr") == worth
        assert met(found, test) is (worth >= 0.5)


class TestFindings:
    @pytest.mark.parametrize(
        ("test", "change"),
        [
            ("mt_01", {"mt_01": "fail"}), ("mt_02", {"mt_02": "fail"}), ("mt_03", {"mt_03": "fail"}),
            ("mt_04", {"mt_04": "fail"}), ("mt_05", {"mt_05_back": "fail"}),
            ("mt_05", {"mt_05_forward": "fail"}), ("mt_06", {"mt_06": "fail"}), ("mt_07", {"mt_07": 11}),
            ("mt_07", {"mt_07": None, "mt_07_cannot": "yes"}), ("mt_09", {"mt_09_l": 20}),
            ("mt_09", {"mt_09_l": 4, "mt_09_r": 4}), ("mt_10", {"mt_10_l": 29, "mt_10_r": 29}),
            ("mt_10", {"mt_10_l": 45}), ("mt_11", {"mt_11": 59}), ("mt_12", {"mt_12": 44}),
            ("mt_13", {"mt_13_l": 24, "mt_13_r": 24}), ("mt_13", {"mt_13_l": 36}),
            ("mt_13", {"mt_13_cramp": "yes"}), ("mt_14", {"mt_14_l": 1}),
            ("mt_15", {"mt_15_squat": 12, "mt_15_squat_same": 5}), ("mt_16", {"mt_16_l": 8}),
            ("mt_17", {"mt_17_er_l": 20}), ("mt_19", {"mt_19b_dpain": -2}), ("mt_20", {"mt_20": 0.5}),
            ("mt_21", {"mt_21": 0.5}), ("mt_24", {"mt_24_knee_in": "yes"}),
        ],
    )  # fmt: skip
    def test_each_test_can_be_a_finding_and_is_none_in_the_healthy(self, test, change):
        assert met(run(NOTHING), test) is False
        found = run(NOTHING | change)
        assert met(found, test) is True
        others = [each for each in found.findings if each.id != test]
        assert not any(each.met for each in others)

    def test_a_test_not_done_is_no_finding(self):
        assert run({"ag_sit": 1}).findings == ()
        assert met(run({"mt_13_l": 40}), "mt_13") is None

    def test_findings_carry_numbers_and_where_they_come_from(self):
        for each in run(NOTHING).findings:
            assert each.value is not None
            assert each.evidence
            assert each.source
            assert each.text.endswith(".")


STRONG = NOTHING | {"pain_average": 3, "rmdq": 6, "mt_11": 60, "res_wk": 2}


class TestTier:
    @pytest.mark.parametrize(
        ("change", "tier"),
        [
            ({}, "e3"),
            ({"pain_average": 4}, "e2"),
            ({"pain_average": None}, "e2"),
            ({"rmdq": 7}, "e2"),
            ({"rmdq": None}, "e2"),
            ({"mt_07": 10.5}, "e2"),
            ({"mt_07": None}, "e2"),
            ({"mt_07_pain_limited": "yes"}, "e2"),
            ({"mt_07": None, "mt_08": 30}, "e2"),
            ({"mt_11": 59.9}, "e2"),
            ({"mt_11": None}, "e2"),
            ({"mt_11_pain_limited": "yes"}, "e2"),
            ({"res_wk": 1}, "e2"),
            ({"res_wk": None}, "e2"),
            ({"age": 74, "mt_07": 12}, "e3"),
            ({"age": 74, "mt_07": 12, "mt_11": 59}, "e2"),
            ({"pain_average": 7}, "e1"),
            ({"rmdq": 15}, "e1"),
            ({"rmdq": 14}, "e2"),
            ({"mt_07": 15.2}, "e2"),
            ({"mt_07": 15.3}, "e1"),
            ({"mt_07": None, "mt_07_cannot": "yes"}, "e1"),
            ({"age": 75, "mt_07": 9}, "e1"),
        ],
    )
    def test_tiers(self, change, tier):
        found = run(STRONG | change)
        assert found.tier == tier
        assert found.tier_reasons

    @pytest.mark.parametrize(("total", "tier"), [(11, "e3"), (12, "e2"), (24, "e2"), (25, "e1")])
    def test_eac_stands_in_for_rmdq(self, total, tier):
        eac = {f"eac_{k}": min(4, max(0, total - 4 * (k - 1))) for k in range(1, 11)}
        assert run(STRONG | eac | {"rmdq": None}).tier == tier
        assert run(STRONG | eac).tier == "e3"

    def test_caution_caps_at_e2(self):
        assert run(STRONG, Triage(level="T2_CAUTION")).tier == "e2"

    def test_bone_and_birth(self):
        bone = {"level": "T2_CAUTION", "filters": ("ost",)}
        assert run(STRONG, Triage(**bone)).tier == "e2"
        assert run(STRONG, Triage(**bone, qualifiers=("fracture",))).tier == "e1"
        assert run(STRONG, Triage(level="T2_CAUTION", qualifiers=("fracture",))).tier == "e2"
        assert run(STRONG, Triage(level="T2_CAUTION", filters=("pp",))).tier == "e2"
        assert run(STRONG, Triage(level="T2_CAUTION", filters=("pp",), qualifiers=("pp_early",))).tier == "e1"

    def test_every_reason_is_named(self):
        found = run(STRONG | {"pain_average": 8, "rmdq": 20, "age": 80, "mt_07": 20})
        assert len(found.tier_reasons) == 4
        unknown = run(STRONG | {"rmdq": None}).tier_reasons
        assert unknown == ("Everyday activities: too little answered to tell.",)
        assert "Average pain of the week is 8 (7 or more)." in found.tier_reasons
