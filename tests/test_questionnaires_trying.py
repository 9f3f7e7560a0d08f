"""A movement test as a row of prompts: what is asked, in which order, and what ends it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from coach.model.testing import Protocol, Trial
from coach.questionnaires.protocols import load_protocols, protocol
from coach.questionnaires.recording import measured, record
from coach.questionnaires.trying import QUALITY, STOPS, Prompt, tries

Answer = Callable[[Prompt], Any]
GIVEN = {"pain": 0, "pain_before": 0, "stopped": "done", "quality": "good", "weight": 70, "left": 36,
         "right": 34, "double": 60}  # fmt: skip


def quiet(prompt: Prompt) -> Any:
    """An answer that means nothing is wrong."""
    if prompt.kind == "time":
        return 12.5
    if prompt.item is None:
        return None
    if prompt.item.id in GIVEN:
        return GIVEN[prompt.item.id]
    if prompt.item.choices:
        return prompt.item.choices[0].value
    return max(prompt.item.minimum or 0, 1)


def go(
    test: Protocol, answer: Answer = quiet, parts: tuple[str, ...] | None = None, before: int | None = None
) -> tuple[tuple[Trial, ...], int | None, list[Prompt]]:
    """Answer every prompt; the tries, the pain before, and all that was put."""
    script = tries(test, parts, before)
    seen: list[Prompt] = []
    given: Any = None
    for _ in range(500):
        try:
            seen.append(script.send(given))
        except StopIteration as end:
            return *end.value, seen
        given = answer(seen[-1])
    raise AssertionError("never ends")


def put(**values: Any) -> Answer:
    """Quiet answers, but these."""

    def answer(prompt: Prompt) -> Any:
        if prompt.kind == "time" and "time" in values:
            return values["time"]
        name = prompt.item.id if prompt.kind == "ask" and prompt.item else ""
        return values[name] if name in values else quiet(prompt)

    return answer


@pytest.mark.parametrize("test", load_protocols(), ids=lambda test: test.id)
def test_every_protocol_comes_to_its_tries_and_to_answers(test: Protocol) -> None:
    found, before, _ = go(test)
    counted = [each for each in found if not each.practice]
    sides, parts = (2 if test.sides else 1), len(test.parts or ("",))
    assert before == 0
    assert len(counted) == test.trials * parts * sides
    practice = 0 if test.id == "mt_15" else test.practice
    assert len(found) - len(counted) == practice * parts * sides
    per_try = {each.id for each in test.measures if not each.once}
    assert all(per_try <= set(each.values) for each in counted)
    assert {each.stopped for each in counted} == {"done"}
    assert {each.pain for each in counted} == {0}
    assert record(test, found)


def test_practice_comes_first_on_each_side_and_asks_for_nothing() -> None:
    _, _, seen = go(protocol("mt_09"))
    practised = [each for each in seen if "does not count" in each.text]
    assert [each.label for each in practised] == ["left side, to practise", "right side, to practise"]


def test_only_the_parts_that_are_left_are_done() -> None:
    test = next(each for each in load_protocols() if len(each.parts) > 1)
    found, _, _ = go(test, parts=test.parts[:1])
    assert {each.part for each in found} == {test.parts[0]}


def test_the_scales_change_places_half_way_and_a_wrong_sum_is_done_again() -> None:
    found, _, seen = go(protocol("mt_15"))
    per_part = [each.swapped for each in found if each.part == found[0].part]
    assert per_part == [False] * 3 + [True] * 3
    assert any("scales changed over" in each.label for each in seen)
    wrong = iter([20])

    def once_wrong(prompt: Prompt) -> Any:
        return next(wrong, 36) if prompt.item and prompt.item.id == "left" else quiet(prompt)

    again, _, _ = go(protocol("mt_15"), once_wrong)
    assert len(again) == len(found) + 1


def test_the_step_before_is_asked_once_and_closes_the_test() -> None:
    found, _, seen = go(protocol("mt_13"), put(double=30))
    assert [each.practice for each in found] == [True]
    assert sum(bool(each.item and each.item.id == "double") and each.kind == "ask" for each in seen) <= 1
    assert record(protocol("mt_13"), found) == {}


@pytest.mark.parametrize(
    ("before", "now", "ends"),
    [(2, 4, False), (2, 5, True), (5, 7, True), (6, 6, False), (7, 7, False), (7, 8, True), (0, 3, True)],
)
def test_pain_ends_the_test_without_asking_why(before: int, now: int, ends: bool) -> None:
    test = protocol("mt_09")
    found, _, seen = go(test, put(pain=now, familiar="yes"), before=before)
    counted = [each for each in found if not each.practice]
    told = [each.text for each in seen if "ends here" in each.text]
    if not ends:
        assert len(counted) == 6
        assert not told
        return
    assert [each.stopped for each in counted] == ["pain"]
    assert len(told) == 1
    assert "Pain rises by 3" in told[0]
    assert measured(test, found, date=__import__("datetime").date(2026, 11, 23)).pain_limited


@pytest.mark.parametrize("sign", ["leg", "weak", "unwell", "own"])
def test_a_sign_ends_the_test_and_says_which_rule(sign: str) -> None:
    found, _, seen = go(protocol("mt_09"), put(stopped=sign))
    assert [each.stopped for each in found if not each.practice] == [sign]
    assert "ends here" in seen[-1].text


def test_a_form_lost_twice_ends_the_test() -> None:
    found, _, seen = go(protocol("mt_09"), put(stopped="form"))
    assert [each.stopped for each in found if not each.practice] == ["form", "form"]
    assert "lose the form a second time" in seen[-1].text


def test_what_is_not_possible_ends_its_side_only() -> None:
    found, _, _ = go(protocol("mt_09"), put(stopped="cannot"))
    assert [each.side for each in found if not each.practice] == ["l", "r"]


def test_the_form_and_the_known_pain_are_asked_once_a_side() -> None:
    found, _, seen = go(protocol("mt_09"), put(pain=1, familiar="no", quality=QUALITY[1]))
    asked = [each.item.id for each in seen if each.kind == "ask" and each.item]
    assert (asked.count("familiar"), asked.count("quality")) == (2, 2)
    counted = [each for each in found if not each.practice]
    assert [each.quality for each in counted] == [1, None, None, 1, None, None]
    assert [each.familiar for each in counted] == [False, None, None, False, None, None]


def test_seconds_that_do_not_fit_are_asked_for_in_words() -> None:
    _, _, seen = go(protocol("mt_09"), put(time=9999.0, seconds=20))
    assert any(each.kind == "ask" and each.item and each.item.id == "seconds" for each in seen)


@pytest.mark.parametrize(
    ("test", "waits"),
    [("mt_08", [30]), ("mt_15", [10] * 3 + [5] * 3 + [10] * 3 + [5] * 3), ("mt_19", [120, 120])],
)
def test_a_countdown_runs_before_the_question(test: str, waits: list[float]) -> None:
    _, _, seen = go(protocol(test))
    down = [place for place, each in enumerate(seen) if each.down]
    assert [seen[place].seconds for place in down] == waits
    asked = {"mt_08": "count", "mt_15": "left", "mt_19": "pain_2"}[test]
    assert all((item := seen[place + 1].item) and item.id == asked for place in down)


def test_a_clock_of_minutes_counts_seconds_and_writes_minutes() -> None:
    found, _, seen = go(protocol("mt_26"), put(time=750.0))
    clock = next(each for each in seen if each.kind == "time")
    assert (clock.seconds, clock.unit) == (1800, "minutes")
    assert record(protocol("mt_26"), found)["mt_26"] == 12.5


def test_known_pain_before_is_not_asked_again() -> None:
    _, before, seen = go(protocol("mt_09"), before=4)
    assert before == 4
    assert all(each.item is None or each.item.id != "pain_before" for each in seen)


def test_every_way_to_end_has_words() -> None:
    from typing import get_args

    from coach.model.testing import Stop

    assert set(STOPS) == set(get_args(Stop))
