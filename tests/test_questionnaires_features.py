"""What each answer is worth: the cut-offs of table 4.2, at their edges."""

from __future__ import annotations

from datetime import date

import pytest

from tests.profile_case import NOTHING, run, value


class TestInputs:
    @pytest.mark.parametrize(
        ("rating", "worse", "better"), [(2, 1, 0), (1, 0.6, 0), (0, 0, 0), (-1, 0, 0.6), (-2, 0, 1)]
    )
    def test_ratings(self, rating, worse, better):
        found = run(NOTHING | {"ag_sit": rating})
        assert value(found, "flex", "sit_worse") == worse
        assert value(found, "ext", "bent_better") == better

    def test_better_takes_the_stronger_of_two(self):
        assert value(run(NOTHING | {"ag_stand": -1, "ag_walk": -2}), "flex", "upright_better") == 1
        assert value(run({"ag_stand": -1}), "flex", "upright_better") == 0.6
        assert value(run({"ag_sit": 0}), "flex", "upright_better") is None

    def test_breadth_needs_four_and_is_full_at_five(self):
        seven = ("sit", "stand", "walk", "bend", "lift", "stairs", "twist")
        for count in range(8):
            raw = {f"ag_{each}": 1 if place < count else 0 for place, each in enumerate(seven)}
            assert value(run(raw), "load", "breadth") == pytest.approx(min(1, count / 5))
        three = {f"ag_{each}": 2 for each in seven[:3]}
        assert value(run(three), "load", "breadth") is None
        assert value(run(three | {"ag_bend": 0}), "load", "breadth") == 0.6

    @pytest.mark.parametrize(
        ("item", "profile_id", "feature", "cases"),
        [
            ("mvpa", "load", "activity", {59.9: 1, 60: 0.5, 149.9: 0.5, 150: 0}),
            ("rmdq", "load", "disability", {12: 1, 11.9: 0.5, 7: 0.5, 6.9: 0}),
            ("phq4", "psy", "mood", {6: 1, 5: 0.5, 3: 0.5, 2: 0}),
            ("yfc_6", "psy", "confidence", {4: 1, 5: 0.5, 6: 0.5, 7: 0}),
            ("pseq2", "psy", "confidence", {5: 1, 5.1: 0.5, 7.9: 0.5, 8: 0}),
            ("yfc_2", "psy", "fear", {7: 1, 6: 0.5, 5: 0.5, 4: 0}),
            ("tsk11", "psy", "fear", {36: 1, 35: 0.5, 29: 0.5, 28: 0}),
            ("sleepq", "sleep", "quality", {4: 1, 5: 0.5, 6: 0}),
            ("sleep_hours", "sleep", "hours", {5.9: 1, 6: 0.5, 6.9: 0.5, 7: 0}),
            ("isi", "sleep", "insomnia", {15: 1, 14: 0.5, 10: 0.5, 9: 0}),
            ("sl_unref", "sleep", "unrefreshed", {4: 1, 3: 0}),
            ("stress", "stress", "level", {7: 1, 6: 0.5, 5: 0.5, 4: 0}),
            ("pss4", "stress", "pss4", {8: 1, 7: 0.5, 6: 0.5, 5: 0}),
            ("gad2", "stress", "gad2", {3: 1, 2: 0}),
            ("st_rec", "stress", "recovery", {9.9: 1, 10: 0}),
            ("sit_hours", "ergo", "sitting", {6.1: 1, 6: 0.5, 4.1: 0.5, 4: 0}),
            ("sit_bout", "ergo", "bout", {61: 1, 60: 0.5, 31: 0.5, 30: 0}),
            ("lifts_day", "ergo", "handling", {10: 1, 9: 0}),
            ("ws_fails", "ergo", "workstation", {4: 1, 3: 0.5, 2: 0.5, 1: 0}),
        ],
    )
    def test_cut_offs_as_printed(self, item, profile_id, feature, cases):
        found = {raw: value(run({item: raw}), profile_id, feature) for raw in cases}
        assert found == cases

    def test_official_scores_replace_our_own(self):
        own = {"yfc_2": 9, "yfc_6": 1}
        assert value(run(own | {"pseq2": 12}), "psy", "confidence") == 0
        assert value(run(own | {"tsk11": 11}), "psy", "fear") == 0

    @pytest.mark.parametrize(("total", "expected"), [(11, 0), (12, 0.5), (19, 0.5), (20, 1)])
    def test_eac_stands_in_for_rmdq(self, total, expected):
        eac = {f"eac_{k}": 0 for k in range(1, 11)}
        for k in range(1, 11):
            eac[f"eac_{k}"] = min(4, max(0, total - 4 * (k - 1)))
        assert value(run(eac), "load", "disability") == expected
        assert value(run(eac | {"rmdq": 0}), "load", "disability") == 0

    @pytest.mark.parametrize(
        ("raw", "expected"),
        [
            ({"sl_nights": 3, "sl_months": 3}, 1),
            ({"sl_nights": 3, "sl_months": 2.9}, 0.5),
            ({"sl_nights": 3, "sl_months": 0}, 0.5),
            ({"sl_nights": 2, "sl_months": 24}, 0),
            ({"sl_nights": 2}, 0),
            ({"sl_nights": 3}, None),
            ({"sl_nights": 3, "isi": 15}, 1),
            ({"isi": 12, "sl_nights": 4, "sl_months": 6}, 1),
        ],
    )
    def test_insomnia(self, raw, expected):
        assert value(run(raw), "sleep", "insomnia") == expected

    @pytest.mark.parametrize(
        ("raw", "expected"),
        [
            ({"start_group": "low"}, 0),
            ({"start_group": "medium"}, 0.4),
            ({"start_group": "high"}, 1),
            ({"start_total": 3}, 0),
            ({"start_total": 4}, None),
            ({"start_total": 4, "start_distress": 1}, 0.4),
            ({"start_total": 8, "start_distress": 4}, 1),
            ({"ompsq_sf": 50}, 1),
            ({"ompsq_sf": 49}, 0),
            ({"start_total": 4, "ompsq_sf": 50}, 1),
            ({"start_group": "low", "ompsq_sf": 80}, 0),
            ({"start_group": "low"} | {f"yfc_{k}": 10 for k in range(1, 6)} | {"yfc_6": 0}, 0),
            ({f"yfc_{k}": 10 for k in range(1, 6)} | {"yfc_6": 0}, 1),
            ({f"yfc_{k}": 5 for k in range(1, 7)}, 0.4),
            ({f"yfc_{k}": 5 for k in range(1, 5)}, None),
        ],
    )
    def test_risk_band(self, raw, expected):
        assert value(run(raw), "psy", "risk") == expected

    def test_of_several_official_tools_the_most_recent_counts(self):
        raw = {"start_group": "low", "ompsq_sf": 80}
        early, late = date(2026, 10, 1), date(2026, 11, 1)
        assert value(run(raw, given={"start_group": early, "ompsq_sf": late}), "psy", "risk") == 1
        assert value(run(raw, given={"start_group": late, "ompsq_sf": early}), "psy", "risk") == 0
        assert value(run(raw, given={"start_group": late, "ompsq_sf": late}), "psy", "risk") == 0

    @pytest.mark.parametrize(
        ("worse", "off", "expected"),
        [
            ("yes", "yes", 1),
            ("yes", "no", 0),
            ("no", None, 0),
            (None, "no", 0),
            ("yes", None, None),
            (None, None, None),
        ],
    )
    def test_workday_needs_both(self, worse, off, expected):
        raw = {"work_kind": "desk", "wk_worse": worse, "wk_off": off}
        assert value(run(raw), "ergo", "workday") == expected

    def test_leg_answers(self):
        assert value(run({"leg_below": "unsure"}), "neur", "leg_below") is None
        assert value(run({"leg_pain": "no"}), "neur", "leg_below") == 0
        assert value(run({"leg_pain": "no"}), "neur", "leg_ting") is None
        assert value(run({"leg_pain": "yes", "leg_below": "yes"}), "neur", "leg_below") == 1
        assert value(run({"leg_pain": "no", "leg_below": "yes"}), "neur", "leg_below") == 0

    def test_results_count_without_the_question_before_them_but_not_against_it(self):
        assert value(run({"mt_20": 1}), "neur", "slump") == 1
        assert value(run({"mt_20": 1, "has_tests": "yes"}), "neur", "slump") == 1
        assert value(run({"mt_20": 1, "has_tests": "no"}), "neur", "slump") is None
