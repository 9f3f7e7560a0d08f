"""Scores, bands and verdicts on change: the examples of clinical.md 2.3, 2.4 and 2.6."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.model.assessment import Instrument, Item, Scoring
from coach.questionnaires.catalogue import load_instruments
from coach.questionnaires.measures import load_measures
from coach.questionnaires.scoring import change, psfs_change, score, shown, totals, week_mean

BUILT_IN = {each.id: each for each in load_instruments()}


def form(
    low: float,
    high: float,
    count: int,
    method: str,
    needed: int,
    turned: tuple[int, ...] = (),
    prorate: bool = False,
) -> Instrument:
    """A form of numbered items, as a clinic would enter its numbers."""
    items = tuple(
        Item(id=f"item_{k}", text=f"item {k}", kind="scale", minimum=low, maximum=high)
        for k in range(1, count + 1)
    )
    return Instrument(
        id="form",
        version=1,
        title="form",
        items=items,
        scoring=Scoring(
            method=method,  # type: ignore[arg-type]
            items=tuple(item.id for item in items),
            reversed=tuple(f"item_{k}" for k in turned),
            minimum_answered=needed,
            prorate=prorate,
        ),
    )


def numbered(*values: float | None) -> dict[str, float | None]:
    return {f"item_{k}": value for k, value in enumerate(values, 1)}


def psfs(*values: float | None) -> dict[str, float | None]:
    return {f"psfs_{k}": value for k, value in enumerate(values, 1)}


class TestBuiltIn:
    def test_s1_psfs_and_its_change(self):
        before, after = psfs(3, 4, 2), psfs(6, 7, 5)
        assert score(BUILT_IN["psfs"], before).value == 3.0
        assert score(BUILT_IN["psfs"], after).value == 6.0
        result = psfs_change(before, after)
        assert (result.change, result.size) == (3.0, "large")
        assert result.verdict == "meaningful_improvement"

    def test_s2_psfs_leaves_out_what_was_not_rated(self):
        result = score(BUILT_IN["psfs"], psfs(3, None, 4))
        assert (result.value, result.band, result.answered) == (3.5, "severe", 2)

    def test_psfs_change_counts_only_activities_rated_both_times(self):
        result = psfs_change(psfs(3, 8, None), psfs(6, None, 1))
        assert (result.before, result.after) == (3.0, 6.0)
        assert psfs_change(psfs(3), psfs(None, 5)).verdict == "none"

    def test_s25_week_mean(self):
        mean = week_mean([5, 6, None, 4, 5, 7, 5])
        assert mean is not None
        assert shown(mean) == "5.3"
        assert mean == pytest.approx(16 / 3)

    def test_week_mean_needs_four_days(self):
        assert week_mean([5, 6, None, None, None, None, 4]) is None
        assert week_mean([5, 6, None, None, None, 3, 4]) == 4.5
        assert week_mean([None] * 7, minimum=0) is None

    @pytest.mark.parametrize(
        ("answers", "value", "band"),
        [
            ({"pain_now": 2, "pain_average": 4, "pain_worst": 9}, 5.0, "moderate"),
            ({"pain_average": 7}, 7.0, "severe"),
            ({"pain_average": 6, "pain_worst": 9}, 6.0, "moderate"),
            ({"pain_now": 0, "pain_average": 1, "pain_worst": 1}, 2 / 3, "none"),
            ({"pain_now": 3}, None, ""),
            ({"pain_now": None, "pain_average": None, "pain_worst": 4}, None, ""),
        ],
    )
    def test_pain_is_the_mean_of_three_or_the_average_alone(self, answers, value, band):
        result = score(BUILT_IN["nprs"], answers)
        assert result.value == (None if value is None else pytest.approx(value))
        assert result.band == band

    def test_eac_is_a_percentage_of_what_was_answered(self):
        eight = {f"eac_{k}": 2 for k in range(1, 9)}
        assert score(BUILT_IN["eac10"], eight).value == 50.0
        assert score(BUILT_IN["eac10"], eight | {"eac_9": 4, "eac_10": 4}).value == 60.0
        few = score(BUILT_IN["eac10"], {f"eac_{k}": 2 for k in range(1, 8)})
        assert few.value is None
        assert few.missing == "7 of 10 answered, 8 needed"

    def test_yfc_example_of_2_6(self):
        answers = dict(zip([f"yfc_{k}" for k in range(1, 7)], [7, 8, 6, 7, 5, 3], strict=True))
        result = score(BUILT_IN["yfc6"], answers)
        assert (result.value, result.band) == (40, "high")

    def test_yfc_makes_up_for_one_missing_only(self):
        answers = {f"yfc_{k}": 4 for k in range(1, 6)}
        assert score(BUILT_IN["yfc6"], answers).value == 24
        del answers["yfc_1"]
        assert score(BUILT_IN["yfc6"], answers).value is None

    @pytest.mark.parametrize(("total", "band"), [(20, "low"), (21, "medium"), (35, "medium"), (36, "high")])
    def test_yfc_bands(self, total, band):
        answers = {f"yfc_{k}": 0 for k in range(1, 7)} | {"yfc_6": 10}
        for k in range(1, 6):
            answers[f"yfc_{k}"] = min(10, total)
            total -= answers[f"yfc_{k}"]
        assert score(BUILT_IN["yfc6"], answers).band == band

    def test_instruments_without_a_score_say_nothing(self):
        result = score(BUILT_IN["aggravators"], {"ag_sit": 2})
        assert (result.value, result.missing) == (None, "")


class TestForms:
    """Official forms by item numbers: only the arithmetic is ours."""

    @pytest.mark.parametrize(
        ("instrument", "answers", "expected"),
        [
            (form(0, 5, 10, "percent_of_max", 8), (2, 1, 3, 1, 3, 2, 1, None, 2, 2), 1700 / 45),  # S6
            (form(0, 5, 10, "percent_of_max", 8), (2, 1, 3, 1, 3, 2, 1, 1, 2, 2), 36.0),  # S7
            (form(0, 5, 10, "percent_of_max", 8), (2, None, None, None, 3, 2, 1, 1, 2, 2), None),  # S8
            (form(0, 10, 3, "mean", 3), (6, 5, 4), 5.0),  # S9
            (form(0, 10, 10, "sum", 9, (3, 4, 8), True), (8, 6, 4, 5, 7, 6, 8, 4, 7, 6), 65),  # S14
            (form(0, 10, 10, "sum", 9, (3, 4, 8), True), (5, 3, 8, 8, 2, 1, 3, 9, 3, 2), 24),  # S15
            (form(0, 6, 10, "sum", 9, (), True), (4, 3, 5, 4, 2, 3, 4, 3, 4, 5), 37),  # S16
            (form(0, 6, 10, "sum", 9, (), True), (4, 3, 5, 4, 2, 3, 4, 3, 4, None), 320 / 9),  # S16
            (form(0, 6, 2, "sum", 2), (2, 3), 5),  # S17
            (form(1, 4, 11, "sum", 10, (), True), (3, 3, 3, 3, 3, 3, 3, 2, 2, 2, None), 29.7),  # S18
            (form(0, 4, 4, "sum", 4, (2, 3)), (3, 1, 1, 3), 12),  # S20
            (form(0, 4, 4, "sum", 4, (2, 3)), (1, 3, 3, 1), 4),  # S20
            (form(0, 3, 4, "sum", 4), (1, 2, 1, 1), 5),  # S21
            (form(1, 5, 2, "sum", 2, (2,)), (2, 4), 4),  # turned round within 1 to 5
            (form(0, 5, 5, "percent_of_max", 5), (2, 3, 2, 1, 2), 40),  # S22
            (form(0, 4, 7, "sum", 7), (2, 3, 2, 3, 2, 2, 2), 16),  # S23
        ],
    )
    def test_examples_of_2_3(self, instrument, answers, expected):
        value = score(instrument, numbered(*answers)).value
        assert value == (None if expected is None else pytest.approx(expected, abs=1e-8))

    @pytest.mark.parametrize(
        ("item", "value", "band"),
        [
            ("rmdq", 13, "moderate"),  # S3
            ("rmdq", 14, "high"),
            ("rmdq", 3, "minimal"),
            ("ompsq_sf", 65, "elevated"),  # S14
            ("ompsq_sf", 24, "not elevated"),  # S15
            ("pseq2", 5, "low"),  # S17
            ("tsk11", 29.7, "moderate"),  # S18
            ("pss4", 12, "high"),  # S20
            ("phq4", 5, "mild"),  # S21
            ("gad2", 3, "positive"),  # S21
            ("phq2", 2, "negative"),  # S21
            ("isi", 16, "moderate"),  # S23
        ],
    )
    def test_typed_in_totals_have_bands(self, item, value, band):
        (result,) = totals({item: value})
        assert (result.instrument, result.value, result.band) == (item, value, band)

    def test_totals_of_nothing(self):
        assert totals({"rmdq": None, "pain_now": 3}) == ()


class TestChange:
    @pytest.mark.parametrize(
        ("measure", "before", "after", "delta", "percent", "verdict"),
        [
            ("nprs", 6, 4, -2, 33, "meaningful_improvement"),
            ("nprs", 8, 6, -2, 25, "probable_improvement"),
            ("nprs", 1, 8, 7, -700, "worse"),
            ("rmdq", 13, 8, -5, 38, "meaningful_improvement"),
            ("rmdq", 9, 5, -4, 44, "probable_improvement"),
            ("peg", 5.0, 4.2, -0.8, 16, "unchanged"),
            ("pseq", 50, 60, 10, 100, "meaningful_improvement"),
            ("psfs", 1, 1.4, 0.4, 4, "unchanged"),
        ],
    )
    def test_examples_of_2_4(self, measure, before, after, delta, percent, verdict):
        result = change(measure, before, after)
        assert result.verdict == verdict
        assert result.change == pytest.approx(delta)
        assert result.relative is not None
        assert int(result.relative * 100) == percent

    def test_inside_the_error_band_nothing_is_celebrated(self):
        result = change("rmdq", 9, 5)
        assert result.inside_mdc
        assert "perhaps better, within normal variation" in result.text
        on_the_edge = change("nprs", 8, 6)
        assert not on_the_edge.inside_mdc
        assert "perhaps" not in on_the_edge.text

    def test_missing_value_gives_no_verdict(self):
        assert change("nprs", None, 3).verdict == "none"
        assert change("nprs", 3, None).verdict == "none"
        assert change("phq4", 3, 9).verdict == "none"
        assert change("no_such", 3, 9).verdict == "none"

    def test_near_the_best_score_hides_improvement_but_not_worsening(self):
        assert change("rmdq", 3, 0).verdict == "near_best"
        assert change("nprs", 1, 0).verdict == "near_best"
        assert change("nprs", 1, 3).verdict == "worse"
        assert change("nprs", 2, 0).verdict == "meaningful_improvement"
        assert change("psfs", 8, 10).verdict == "near_best"

    @pytest.mark.parametrize(
        ("measure", "edge"),
        [
            ("nprs", 2), ("rmdq", 5), ("odi", 10), ("eac10", 20), ("peg", 1), ("isi", 6), ("psqi", 3),
            ("pss4", 2), ("stress", 2), ("psfs", -2.3), ("pseq", -5.5), ("pseq2", -1.5), ("tsk11", 4),
            ("who5", -10), ("sleep", -2), ("sleepq", -2), ("promis_pf4a", -4), ("promis_pi4a", 4),
        ],
    )  # fmt: skip
    def test_the_printed_edge_is_the_edge_of_worse(self, measure, edge):
        found = load_measures().find(measure)
        assert found is not None
        assert found.best is not None
        start = found.best + (30 if edge > 0 else -30)
        assert change(measure, start, start + edge).verdict == "worse"
        assert change(measure, start, start + edge * 0.99).verdict != "worse"

    def test_best_scores_as_printed(self):
        printed = {
            "nprs": 0, "psfs": 10, "rmdq": 0, "odi": 0, "eac10": 0, "peg": 0, "pseq": 60, "pseq2": 12,
            "tsk11": 11, "isi": 0, "who5": 100, "psqi": 0, "pss4": 0, "sleep": 10, "stress": 0,
            "promis_pf4a": 57.0, "promis_pi4a": 41.6, "rmdq23": 0, "rmdq18": 0, "rmdq11": 0, "pcs4": 0,
        }  # fmt: skip
        assert {each.id: each.best for each in load_measures().measures if each.best is not None} == printed

    @pytest.mark.parametrize(
        ("before", "after", "verdict"),
        [
            (10, 7, "meaningful_improvement"),
            (10, 8, "unchanged"),
            (10, 13, "worse"),
            (10, 12, "unchanged"),
            (0, 1, "worse"),
            (0, 0, "unchanged"),
        ],
    )
    def test_short_forms_use_the_thirty_percent_rule_alone(self, before, after, verdict):
        assert change("rmdq23", before, after).verdict == verdict

    @given(st.floats(0, 10), st.floats(0, 10))
    def test_pain_verdicts_agree_with_the_rule_in_other_words(self, before, after):
        verdict, gain = change("nprs", before, after).verdict, before - after
        if verdict == "worse":
            assert gain <= -2 + 1e-6
        if verdict.endswith("improvement"):
            assert gain > 0
            assert before >= 2 - 1e-6
        if verdict == "unchanged":
            assert gain < 2


@pytest.mark.parametrize(
    ("value", "text"), [(6.75, "6.8"), (4.35, "4.4"), (5.25, "5.3"), (7.0, "7"), (-0.04, "0"), (0.05, "0.1")]
)
def test_numbers_are_shown_rounded_half_up(value, text):
    assert shown(value) == text


def test_every_limit_says_where_it_comes_from():
    measures = load_measures()
    limits = [each for measure in measures.measures for each in (measure.mic, measure.mdc) if each]
    limits += list(measures.rules.values())
    assert len(limits) >= 20
    assert all(each.evidence in ("V", "K", "D") and each.source and each.unit for each in limits)
    assert all(measure.bands_source for measure in measures.measures if measure.bands)


def test_bands_of_built_in_scores_agree_with_the_measures():
    for name in ("nprs", "psfs", "eac10", "sleep", "stress"):
        rule, measure = BUILT_IN[name].scoring, load_measures().find(name)
        assert measure is not None
        assert measure.mic is not None
        assert rule.mic == measure.mic.value
        assert rule.mdc == (measure.mdc.value if measure.mdc else None)
