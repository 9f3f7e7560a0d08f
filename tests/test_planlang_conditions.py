"""Conditions: read, written, typed, and asked of readings; missing evidence is neither true nor false."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from planfile_cases import conditions

from coach.model.condition import Expression, Measures, Reading
from coach.model.planlines import Ask
from coach.programs.planlang.conditions import parse_condition, write_condition
from coach.programs.planlang.evaluate import evaluate, missing
from coach.programs.planlang.measures import MEASURES, named
from coach.programs.planlang.words import BadText

TODAY = date(2026, 11, 22)
ASKS = (
    Ask(id="confidence", text="How sure?", better="high"),
    Ask(id="fear", text="How afraid?", better="low"),
)


def measures(week: int = 4, **series: list[Any]) -> Measures:
    """Readings of the days up to today, newest last; null is a day without one."""
    found = {}
    for name, values in series.items():
        days = [TODAY - timedelta(days=back) for back in reversed(range(len(values)))]
        found[name.replace("ask_", "ask.")] = tuple(
            Reading(date=day, value=value)
            for day, value in zip(days, values, strict=True)
            if value is not None
        )
    return Measures(today=TODAY, week=week, readings=found)


@pytest.mark.parametrize(
    ("text", "series", "expected"),
    [
        ("worst_pain > 3", {"worst_pain": [5, 2]}, True),
        ("worst_pain > 3", {"worst_pain": [5, *[1] * 7]}, False),
        ("worst_pain > 3", {}, None),
        ("pain >= 4", {"pain": [3, 5, 4]}, True),
        ("max(pain, 2 days) >= 5", {"pain": [5, 4, 4]}, False),
        ("min(pain, 3 days) >= 4", {"pain": [3, 5, 4]}, False),
        ("latest(pain, 7 days) >= 4", {"pain": [1, 4, None, None]}, True),
        ("latest(pain, 2 days) >= 4", {"pain": [1, 4, None, None]}, None),
        ("count(morning_after >= 2, 7 days) >= 2", {"morning_after": [2, 0, 3, 1]}, True),
        ("count(morning_after >= 2, 3 days) >= 2", {"morning_after": [2, 0, 3, 1]}, False),
        ("count(morning_after >= 2, 1 week) >= 2", {"morning_after": [2, *[0] * 6, 3]}, False),
        ("count(morning_after >= +2, 7 days) >= 1", {}, None),
        ("count(sleep_hours < 5.5 h, 7 days) >= 2", {"sleep_hours": [5, 5.4, 8]}, True),
        ("sessions < 2", {}, True),
        ("flares >= 1", {}, False),
        ("done < 80 %", {"done": [100, 50]}, True),
        ("ask.confidence < 7", {"ask_confidence": [9, 3]}, True),
        ("ask.fear >= 7", {"ask_confidence": [9, 3]}, None),
        ("pain > 3 or stress > 5", {"pain": [5]}, True),
        ("pain > 3 or stress > 5", {"pain": [1]}, None),
        ("pain > 3 and stress > 5", {"pain": [1]}, False),
        ("pain > 3 and stress > 5", {"pain": [5]}, None),
        ("not pain <= 3", {}, None),
        ("not (pain <= 3 or stress <= 3)", {"pain": [5], "stress": [4]}, True),
        ("week >= 4 and pain > 3", {"pain": [5]}, True),
        ("week == 5 and pain > 3", {"pain": [5]}, False),
        ("mean(pain, 56 days) > 3", {"pain": [5] * 60}, True),
        ("sum(sessions, 14 days) < 3", {"sessions": [1, 1, *[None] * 11, 1]}, False),
    ],
)
def test_what_a_condition_says(text: str, series: dict[str, list[Any]], expected: bool | None) -> None:
    found = parse_condition(text, asks=ASKS)
    assert evaluate(found, measures(**series), ASKS) is expected
    assert bool(missing(found, measures(**series), ASKS)) or expected is not None


@pytest.mark.parametrize(
    ("text", "at", "words"),
    [
        ("", 0, "a condition is missing"),
        ("worst_pain = 3", 11, "write == instead of ="),
        ("worst_pain => 3", 11, "write >= instead of =>"),
        ("worst_pain \u2265 3", 11, "write >= instead of"),
        ("worst-pain > 3", 0, "did you mean 'worst_pain'"),
        ("Pain > 3", 0, "did you mean 'pain'"),
        ("morning > 3", 0, "unknown measure 'morning'"),
        ("ask.confidance > 3", 0, "did you mean 'ask.confidence'"),
        ("3 < pain", 0, "the measure stands first"),
        ("pain > 11", 7, "goes from 0 to 10"),
        ("pain > 3.55555", 7, "expected a number"),
        ("pain > 1e3", 7, "not '1e3'"),
        ("pain > nan", 7, "not 'nan'"),
        ("pain > 3 kg", 9, "it has no unit"),
        ("sleep_hours < 5 min", 16, "its unit is h"),
        ("pain > 3 AND stress > 3", 9, "write and in small letters"),
        ("pain > 3 && stress > 3", 9, "write and instead of &&"),
        ("pain > 3 and stress > 3 or rpe > 3", 24, "put brackets round"),
        ("pain > 3)", 8, "closes nothing"),
        ("(pain > 3", 9, "not closed"),
        ("pain > 3 stress > 3", 9, "it has no unit"),
        ("count(pain > 3) > 2", 14, "a window is missing"),
        ("count(pain > 3, 99 days) > 2", 16, "1 to 56 days"),
        ("count(pain > 3, 0 days) > 2", 16, "1 to 56 days"),
        ("count(pain > 3, 7) > 2", 16, "1 to 56 days"),
        ("mean(pain) > 3", 9, "a window is missing"),
        ("median(pain, 7 days) > 3", 0, "known are count, mean"),
        ("mean > 3", 0, "needs a measure and a window"),
        ("count(week > 3, 7 days) > 1", 6, "week stands by itself"),
        ("pain == 3", 0, "the ends of a range only"),
        ("pain", 4, "expected a comparison"),
        ("pain > ", 6, "expected a number"),
        ("__import__('os')", 0, "unknown '__import__'"),
        ("pain > 3; pain > 4", 8, "expected and, or"),
        ("lambda: 1", 0, "unknown measure"),
        ("not " * 9 + "pain > 3", 32, "nested deeper"),
        ("(" * 9 + "pain > 3" + ")" * 9, 8, "nested deeper"),
        (" or ".join(["rpe > 3"] * 31), 330, "more than 30 comparisons"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_place(text: str, at: int, words: str) -> None:
    with pytest.raises(BadText) as caught:
        parse_condition(text, asks=ASKS)
    assert words in caught.value.message
    assert caught.value.at == at


@pytest.mark.parametrize("measure", [each for each in MEASURES if each.better != "neither"])
def test_only_better_readings_allow_more_and_only_worse_ones_cut(measure: Any) -> None:
    middle = f"{(measure.low + measure.high) / 2:g}"
    good, bad = (">=", "<=") if measure.better == "high" else ("<=", ">=")
    for value in (measure.name, f"mean({measure.name}, 7 days)", f"max({measure.name}, 14 days)"):
        for grants, right, wrong in ((True, good, bad), (False, bad, good)):
            parse_condition(f"{value} {right} {middle}", grants=grants)
            parse_condition(f"not {value} {wrong} {middle}", grants=grants)
            for text in (f"{value} {wrong} {middle}", f"not {value} {right} {middle}"):
                with pytest.raises(BadText, match="may make it true"):
                    parse_condition(text, grants=grants)
                parse_condition(text, grants=None)
    parse_condition(f"count({measure.name} {bad} {middle}, 7 days) == 0", grants=True)
    with pytest.raises(BadText):
        parse_condition(f"count({measure.name} {bad} {middle}, 7 days) >= 2", grants=True)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_written_condition_reads_back_as_itself(data: st.DataObject) -> None:
    grants = data.draw(st.sampled_from([True, False, None]))
    found = data.draw(conditions(ASKS, grants))
    assert parse_condition(write_condition(found), asks=ASKS, grants=grants) == found


readings = st.dictionaries(
    st.sampled_from([*(each.name for each in MEASURES if each.name != "week"), "ask.confidence", "ask.fear"]),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 10)), max_size=6),
)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(conditions(ASKS, True), readings, st.data())
def test_worse_evidence_never_makes_a_rise_true(
    condition: Expression, series: dict[str, list[tuple[int, int]]], data: st.DataObject
) -> None:
    """Invariant 27 of the weekly adjustment, for any condition that a file can hold."""
    before = _measures(series)
    worse: dict[str, tuple[Reading, ...]] = {}
    for name, values in before.readings.items():
        measure = named(name, ASKS)
        assert measure is not None
        step = data.draw(st.sampled_from([0, 1, 3]))
        sign = -step if measure.better == "high" else step
        worse[name] = tuple(replace(each, value=each.value + sign) for each in values)
    after = replace(before, readings=worse)
    if evaluate(condition, before, ASKS) is False:
        assert evaluate(condition, after, ASKS) is False
    if evaluate(condition, after, ASKS) is True:
        assert evaluate(condition, before, ASKS) is True


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(conditions(ASKS, None), readings, st.randoms(use_true_random=False))
def test_any_condition_of_any_readings_gives_an_answer_whatever_their_order(
    condition: Expression, series: dict[str, list[tuple[int, int]]], dice: Any
) -> None:
    found = evaluate(condition, _measures(series), ASKS)
    assert found in (True, False, None)
    mixed = {name: sorted(values, key=lambda _: dice.random()) for name, values in series.items()}
    assert evaluate(condition, _measures(mixed), ASKS) is found
    if found is None:
        assert missing(condition, _measures(series), ASKS)


def _measures(series: dict[str, list[tuple[int, int]]]) -> Measures:
    return Measures(
        today=TODAY,
        week=4,
        readings={
            name: tuple(Reading(date=TODAY - timedelta(days=back), value=value) for back, value in values)
            for name, values in series.items()
        },
    )
