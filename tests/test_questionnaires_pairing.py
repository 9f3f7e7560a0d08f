"""Sleep and stress beside the pain of the next morning: mostly no pattern, and never by a shared trend."""

from __future__ import annotations

import random
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from coach.questionnaires.pairing import agreement, load_insight, pairing

START = date(2026, 9, 28)


def days(values: list[float | None]) -> dict[date, float]:
    return {START + timedelta(days=number): value for number, value in enumerate(values) if value is not None}


def noise(seed: int, count: int) -> list[float]:
    source = random.Random(seed)
    return [float(source.randint(0, 10)) for _ in range(count)]


def test_every_limit_has_its_source() -> None:
    for name, limit in load_insight().limits.items():
        assert limit.source, name
        assert limit.evidence in ("V", "K", "D"), name


def test_too_few_pairs_look_for_nothing() -> None:
    stress = noise(1, 20)
    found = pairing("stress", "Stress", days(stress), days([5.0, *stress]))
    assert 0 < found.pairs < found.needed
    assert (found.pattern, found.r, found.chance) == ("", None, None)
    assert pairing("stress", "Stress", {}, {}).pairs == 0


def test_pain_that_follows_stress_is_found_in_its_direction() -> None:
    stress = noise(2, 84)
    after = days([5.0, *(each * 0.6 + 1 for each in stress)])
    assert pairing("stress", "Stress", days(stress), after).pattern == "more"
    rested = days([5.0, *(9 - each * 0.6 for each in stress)])
    assert pairing("sleep", "Hours slept", days(stress), rested).pattern == "less"


def test_only_the_next_morning_counts() -> None:
    stress = noise(3, 84)
    same = days([each * 0.6 + 1 for each in stress])
    assert pairing("stress", "Stress", days(stress), same).pattern == ""


def test_two_things_that_both_improve_are_no_pattern() -> None:
    wobble, other = noise(4, 84), noise(5, 84)
    falling = days([8 - number / 12 + wobble[number] / 10 for number in range(84)])
    also = days([7 - number / 12 + other[number] / 10 for number in range(84)])
    raw = agreement([each for _, each in sorted(falling.items())], [each for _, each in sorted(also.items())])
    assert raw is not None
    assert raw > 0.9
    assert pairing("stress", "Stress", falling, also).pattern == ""


def test_things_that_have_nothing_to_do_with_each_other_are_seldom_called_a_pattern() -> None:
    found = [
        pairing("stress", "Stress", days(noise(seed, 70)), days(noise(seed + 1000, 70))).pattern
        for seed in range(100)
    ]
    assert sum(map(bool, found)) <= 3


def test_a_diary_of_one_value_has_no_pattern() -> None:
    assert pairing("stress", "Stress", days([4.0] * 60), days(noise(6, 60))).pattern == ""


def test_only_the_newest_half_year_is_read() -> None:
    found = pairing("stress", "Stress", days(noise(7, 400)), days(noise(8, 400)))
    assert found.pairs <= load_insight()["pairs_most"]


maybe = st.lists(st.none() | st.integers(0, 10).map(float), max_size=70)


@settings(max_examples=30, deadline=None)
@given(maybe, maybe)
def test_any_diary_gives_a_whole_answer(left: list[float | None], right: list[float | None]) -> None:
    found = pairing("stress", "Stress", days(left), days(right))
    assert found.r is None or -1.001 <= found.r <= 1.001
    assert found.chance is None or 0 < found.chance <= 1
    assert not found.pattern or found.pairs >= found.needed


def test_a_rhythm_of_the_week_that_both_have_is_no_pattern() -> None:
    def rhythm(seed: int, sore: tuple[int, int]) -> dict[date, float]:
        return days(
            [(7 if number % 7 in sore else 3) + each / 10 for number, each in enumerate(noise(seed, 84))]
        )

    found = [
        pairing("stress", "Stress", rhythm(seed, (0, 1)), rhythm(seed + 500, (1, 2))) for seed in range(20)
    ]
    assert sum(bool(each.pattern) for each in found) <= 1
    exact = days([8.0 if number % 7 < 2 else 3.0 for number in range(84)])
    assert pairing("stress", "Stress", exact, exact).pattern == ""


def test_of_many_pairs_that_both_improve_hardly_one_is_called_a_pattern() -> None:
    def better(seed: int, low: float) -> dict[date, float]:
        return days([low + 8 - number / 12 + each / 4 for number, each in enumerate(noise(seed, 84))])

    found = [
        pairing("stress", "Stress", better(seed, 0), better(seed + 1000, 1)).pattern for seed in range(40)
    ]
    assert sum(map(bool, found)) <= 2


def test_in_a_short_diary_a_middling_agreement_is_chance() -> None:
    found = [
        pairing("stress", "Stress", days(list(noise(seed, 40))), days(list(noise(seed + 1000, 40))))
        for seed in range(100)
    ]
    strong = [each for each in found if each.r is not None and abs(each.r) >= load_insight()["pairs_r"]]
    assert len(strong) > 5
    assert not any(each.pattern for each in strong)
    assert all(each.chance is not None and each.chance > 0.02 for each in strong)
