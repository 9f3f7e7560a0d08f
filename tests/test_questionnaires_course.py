"""The course of measures and tests over dated readings, and the check of weeks 6 and 8."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.model.assessment import Response
from coach.questionnaires.course import Course, Reading, changes, course, official_reading, readings
from coach.questionnaires.measures import load_measures
from coach.questionnaires.protocols import load_protocols
from coach.questionnaires.readings import series
from coach.questionnaires.responder import load_responder, responder
from coach.questionnaires.rules import load_rules
from coach.questionnaires.scoring import Change, change

DAY = date(2026, 9, 1)


def at(measure: str, *values: float, limited: bool = False) -> list[Reading]:
    return [
        Reading(measure=measure, date=DAY + timedelta(weeks=4 * k), value=value, limited=limited)
        for k, value in enumerate(values)
    ]


def one(measure: str, *values: float, limited: bool = False) -> Course:
    (row,) = course(at(measure, *values, limited=limited))
    return row


class TestQuestionnaires:
    @pytest.mark.parametrize(
        ("measure", "before", "after", "verdict", "arrow"),
        [
            ("nprs", 6, 4, "meaningful_improvement", "better"),
            ("nprs", 8, 6, "probable_improvement", "better"),
            ("nprs", 1, 8, "worse", "worse"),
            ("nprs", 3, 2, "probable_improvement", ""),
            ("nprs", 5, 6, "unchanged", ""),
            ("nprs", 1, 0, "near_best", ""),
            ("rmdq", 13, 8, "meaningful_improvement", "better"),
            ("rmdq", 9, 5, "probable_improvement", ""),
            ("rmdq", 9, 14, "worse", "worse"),
            ("odi", 40, 31, "unchanged", ""),
            ("odi", 40, 28, "meaningful_improvement", "better"),
            ("peg", 5.0, 4.2, "unchanged", ""),
            ("pseq", 50, 60, "meaningful_improvement", "better"),
            ("rmdq23", 10, 7, "meaningful_improvement", "better"),
            ("phq4", 9, 2, "record_only", ""),
            ("ompsq_sf", 60, 30, "record_only", ""),
            ("yfc6", 40, 10, "record_only", ""),
            ("groc11", 0, 3, "record_only", ""),
            ("eq5d5l", 0.4, 0.8, "record_only", ""),
            ("sleeph", 5, 8, "record_only", ""),
        ],
    )
    def test_verdicts_of_2_4(self, measure, before, after, verdict, arrow):
        row = one(measure, before, after)
        assert (row.verdict, row.arrow) == (verdict, arrow)
        assert row.change == pytest.approx(after - before)
        assert row.text

    @pytest.mark.parametrize(
        ("measure", "mdc"), [("nprs", 2), ("psfs", 2), ("rmdq", 5), ("odi", 10), ("peg", None), ("isi", None)]
    )
    def test_the_bands_of_2_4(self, measure, mdc):
        assert one(measure, 5, 5).mdc == mdc

    def test_perhaps_within_normal_variation(self):
        assert "perhaps better, within normal variation" in one("rmdq", 9, 5).text
        assert "too near the best" in one("nprs", 1, 0).text

    def test_one_reading_has_no_change(self):
        row = one("rmdq", 9)
        assert (row.change, row.verdict, row.arrow, row.readings) == (None, "once", "", 1)
        assert row.baseline == row.now == 9
        assert "once" in row.text

    def test_first_and_last_by_date_whatever_the_order(self):
        found = [*at("rmdq", 15, 9, 8), *at("nprs", 6, 5, 2)]
        assert course(found) == course(list(reversed(found)))
        row = next(each for each in course(found) if each.measure == "rmdq")
        assert (row.baseline, row.now, row.readings) == (15, 8, 3)
        assert (row.baseline_date, row.now_date) == (DAY, DAY + timedelta(weeks=8))

    def test_of_one_day_the_last_given_counts(self):
        row = one("rmdq", 15, 9)
        again = course([*at("rmdq", 15, 9), Reading(measure="rmdq", date=row.now_date, value=4)])[0]
        assert (again.now, again.readings) == (4, 2)

    def test_own_activities_are_compared_over_those_rated_both_times(self):
        first = Reading(measure="psfs", date=DAY, value=5.5, parts={"psfs_1": 3, "psfs_2": 8})
        last = Reading(
            measure="psfs", date=DAY + timedelta(days=28), value=3.5, parts={"psfs_1": 6, "psfs_3": 1}
        )
        (row,) = course([first, last])
        assert (row.baseline, row.now, row.verdict) == (3, 6, "meaningful_improvement")
        strangers = Reading(measure="psfs", date=DAY + timedelta(days=28), value=9, parts={"psfs_3": 9})
        assert course([first, strangers])[0].verdict == "none"

    def test_rows_come_in_one_order_and_strangers_are_left_out(self):
        found = [*at("mt_07", 9, 8), *at("isi", 9, 8), *at("nprs", 4, 3), *at("nonsense", 1, 2)]
        assert [each.measure for each in course(found)] == ["nprs", "isi", "mt_07"]
        assert course([]) == ()

    @given(
        st.sampled_from([each.id for each in load_measures().measures if each.mdc]),
        st.floats(0, 10), st.floats(0, 10),
    )  # fmt: skip
    def test_no_arrow_inside_the_band(self, measure, before, after):
        row = one(measure, before, after)
        assert row.mdc is not None
        if abs(after - before) < row.mdc - 1e-6:
            assert row.arrow == ""
            assert row.verdict not in ("worse", "meaningful_improvement")
            assert "clearly" not in row.text
            assert "worse" not in row.text


class TestMovement:
    @pytest.mark.parametrize(
        ("item", "before", "after", "verdict", "arrow", "mdc"),
        [
            ("mt_07", 15, 10.9, "inside_band", "", 4.2),
            ("mt_07", 15, 10.8, "better", "better", 4.2),
            ("mt_07", 10, 14.2, "worse", "worse", 4.2),
            ("mt_16_l", 8, 9.8, "inside_band", "", 1.9),
            ("mt_16_r", 8, 9.9, "more", "", 1.9),
            ("mt_17_ir_l", 30, 22, "less", "", 8),
            ("mt_17_er_r", 30, 37.9, "inside_band", "", 8),
            ("mt_18", 20, 11, "less", "", 9),
            ("mt_10_l", 20, 80, "record_only", "", None),
            ("mt_12", 90, 10, "record_only", "", None),
            ("mt_15_stand", 14, 2, "record_only", "", None),
            ("mt_26", 5, 30, "record_only", "", None),
        ],
    )
    def test_tests_with_and_without_a_known_band(self, item, before, after, verdict, arrow, mdc):
        row = one(item, before, after)
        assert (row.verdict, row.arrow, row.mdc) == (verdict, arrow, mdc)
        assert row.unit

    def test_only_tests_with_a_band_of_3_2_get_a_verdict(self):
        banded = {each.id for each in load_protocols() if each.mdc}
        for item, each in series().items():
            row = one(item, 1, 50)
            assert (row.verdict == "record_only") is (each.test.id not in banded), item
            assert row.name.startswith(each.test.title)

    def test_pain_limited_is_written_down_only(self):
        row = one("mt_07", 20, 9, limited=True)
        assert (row.verdict, row.arrow) == ("record_only", "")
        assert "pain ended the test" in row.text

    def test_words(self):
        assert "no clear change" in one("mt_07", 12, 11).text
        assert one("mt_13_l", 12, 40).text.startswith("One-leg bridge, left: 12 → 40 s")
        assert one("mt_17_ir_r", 30, 31).name == "Hip turn, turned in: the foot goes out, right"
        assert one("mt_23_waking", 5, 3).unit == "points"

    @given(st.sampled_from(sorted(series())), st.floats(0, 60), st.floats(0, 60))
    def test_no_arrow_inside_the_band(self, item, before, after):
        row = one(item, before, after)
        if row.mdc is None or abs(after - before) < row.mdc - 1e-6:
            assert row.arrow == ""
            assert row.verdict in ("inside_band", "record_only")


def response(day: date, **answers: object) -> Response:
    return Response(id=f"r-{day}", date=day, answers=answers)  # type: ignore[arg-type]


class TestReadings:
    def test_answers_become_readings(self):
        later = DAY + timedelta(days=56)
        eac = {f"eac_{k}": 2 for k in range(1, 11)}
        hurt = {"mt_10_l": 20, "mt_10_pain_limited": "yes"}
        found = readings(
            [
                response(DAY, pain_average=6, psfs_1=3, rmdq=15, start_total=5, **hurt, **eac),
                response(later, pain_average=3, psfs_1=6, rmdq=8, start_total=2, mt_10_l=60, gad2=2),
            ]
        )  # fmt: skip
        rows = {each.measure: each for each in course(found)}
        assert set(rows) == {"nprs", "psfs", "eac10", "rmdq", "start", "mt_10_l", "gad2"}
        assert (rows["nprs"].baseline, rows["nprs"].now) == (6, 3)
        assert rows["eac10"].verdict == "once"
        assert rows["psfs"].verdict == "meaningful_improvement"
        assert rows["start"].verdict == "record_only"
        assert "pain ended" in rows["mt_10_l"].text
        assert {each.instrument for each in changes(found)} == {"nprs", "psfs", "rmdq", "start"}

    def test_an_official_form_filled_in(self):
        found = official_reading("odi", {f"item_{k}": 2 for k in range(1, 11)}, DAY)
        assert found == (Reading(measure="odi", date=DAY, value=40.0),)
        assert official_reading("odi", {"item_1": 2}, DAY) == ()

    def test_changes_take_the_first_and_last_day(self):
        found = at("nprs", 6, 9, 3)
        (only,) = changes(list(reversed(found)))
        assert (only.before, only.after, only.verdict) == (6, 3, "meaningful_improvement")
        assert changes(at("nprs", 6)) == ()
        assert changes(at("mt_07", 12, 9)) == ()


def pain(before: float, after: float) -> Change:
    return change("nprs", before, after)


SAME, BETTER, WORSE = change("eac10", 50, 45), change("eac10", 50, 20), change("eac10", 40, 60)


class TestResponder:
    @pytest.mark.parametrize(
        ("found", "week", "adherence", "outcome", "told"),
        [
            ([pain(6, 6), SAME], 6, 70, "none", "none"),
            ([pain(6, 6), SAME], 8, 95, "none", "none"),
            ([pain(8, 6), SAME], 6, 80, "none", "none"),  # only probable
            ([pain(6, 6), SAME], 6, 69.9, "little_practice", ""),
            ([pain(6, 6), SAME], 6, None, "unknown", ""),
            ([pain(6, 4), SAME], 6, 90, "responding", ""),
            ([pain(6, 6), BETTER], 6, 90, "responding", ""),
            ([pain(6, 6), BETTER], 6, 10, "responding", ""),
            ([pain(4, 6), BETTER], 6, 90, "worse", "worse"),
            ([pain(6, 3), WORSE], 6, 90, "worse", "worse"),
            ([pain(4, 6), SAME], 6, 20, "worse", "worse"),
            ([pain(4, 6)], 6, None, "worse", "worse"),
            ([pain(6, 6)], 6, 90, "unknown", ""),
            ([SAME], 6, 90, "unknown", ""),
            ([], 6, 90, "unknown", ""),
            ([pain(6, 6), SAME], 5, 90, "early", ""),
            ([pain(4, 6), SAME], 5, 90, "early", ""),
            ([pain(1, 0), change("eac10", 10, 5)], 6, 90, "near_best", ""),
            ([pain(1, 0), SAME], 6, 90, "none", "none"),
            ([pain(1, 0), SAME, change("psfs", 3, 7)], 6, 90, "responding", ""),
            ([pain(6, 6), SAME, change("psfs", 3, 7)], 6, 90, "none", "none"),
        ],
    )
    def test_outcomes_of_1_5(self, found, week, adherence, outcome, told):
        result = responder(found, week=week, adherence=adherence)
        assert (result.outcome, result.nonresponse) == (outcome, told)
        assert result.title
        assert result.next

    def test_rmdq_is_used_where_it_was_taken_twice(self):
        found = [pain(6, 6), SAME, change("rmdq", 15, 8)]
        assert responder(found, week=6, adherence=90).outcome == "responding"
        assert responder([pain(6, 6), BETTER, change("rmdq", 15, 14)], week=6, adherence=90).outcome == "none"

    def test_the_reasons_are_the_numbers(self):
        reasons = responder([pain(6, 6), SAME], week=6, adherence=82.4).reasons
        assert len(reasons) == 3
        assert "6 → 6" in reasons[0]
        assert "50 → 45" in reasons[1]
        assert "82.4 %" in reasons[2]

    def test_what_the_safety_screen_is_told_exists(self):
        rules = load_responder()
        told = {each.nonresponse for each in rules.outcomes.values()} - {""}
        assert told == set(load_rules().nonresponse)
        assert rules.weeks == (6, 8)
        assert rules.limits["adherence"].value == 70
        assert all(each.next for each in rules.outcomes.values())

    @given(st.floats(0, 10), st.floats(0, 10), st.floats(0, 100), st.floats(0, 100), st.floats(0, 100))
    def test_worse_is_never_lost_and_better_never_alarms(self, p1, p2, f1, f2, adherence):
        found = [pain(p1, p2), change("eac10", f1, f2)]
        result = responder(found, week=6, adherence=adherence)
        verdicts = {each.verdict for each in found}
        assert (result.outcome == "worse") is ("worse" in verdicts)
        if result.outcome == "none":
            assert adherence >= 70
            assert "meaningful_improvement" not in verdicts
