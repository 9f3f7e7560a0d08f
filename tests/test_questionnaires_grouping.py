"""Questions put together: every sign keeps its own answer, and nothing follows that would not alone."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest

from coach.model.assessment import Answers, Item
from coach.questionnaires.catalogue import BadAnswer, items, load_instruments
from coach.questionnaires.grouping import group_of, pick
from coach.questionnaires.interview import MORE, Step, next_step
from coach.questionnaires.safety import triage

ALL = load_instruments()
KNOWN = items(ALL)
GROUPS = {group.id: group for each in ALL for group in each.groups}
OWNER = {group.id: each for each in ALL for group in each.groups}


def walk(choose: Any, *, grouped: bool, occasion: str = "enrolment") -> tuple[Answers, int, Step]:
    """Answer until the end; the answers, how many questions were put, and the last step."""
    answers: Answers = {}
    put = 0
    while True:
        step = next_step(ALL, answers, occasion=occasion, grouped=grouped)
        if step.item is None:
            return answers, put, step
        put += 1
        if step.group is not None:
            assert step.item.id in step.group.items
            assert not set(step.group.items) & set(answers), "nothing is asked twice"
            answers |= {key: choose(KNOWN[key]) for key in step.group.items}
        else:
            key = f"{step.item.id}_again" if step.re_ask else step.item.id
            answers[key] = choose(step.item)


def typical(item: Item) -> Any:
    """Somebody of 46 with plain back pain."""
    told = {"age": 46, "rf37": 30, "rf40_onset": 38, "rf40_months": 14, "psfs_count": 1, "rf38": "yes"}
    if item.id in told:
        return told[item.id]
    if item.kind in ("yes_no", "yes_no_unsure"):
        return "no"
    if item.kind in ("scale", "number"):
        return item.minimum
    return item.choices[0].value if item.kind == "choice" else () if item.kind == "choices" else "sit"


# -- the data -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", GROUPS)
def test_a_group_holds_yes_or_no_items_of_its_instrument(name: str) -> None:
    group = GROUPS[name]
    assert set(group.items) <= {item.id for item in OWNER[name].items}
    assert 2 <= len(group.items) <= 6
    for key in group.items:
        assert KNOWN[key].kind in ("yes_no", "yes_no_unsure"), key
        assert KNOWN[key].required, key
        assert KNOWN[key].short, key
        assert not KNOWN[key].short.endswith((".", "?")), key
    assert group.text.endswith("?")
    assert group.why.endswith(".")


@pytest.mark.parametrize("name", GROUPS)
def test_the_seconds_are_those_of_reading_it_all(name: str) -> None:
    """Four words a second, and a moment to answer: no list is called quicker than it is."""
    group = GROUPS[name]
    words = len(group.text.split()) + sum(len(KNOWN[key].short.split()) for key in group.items)
    assert words / 4 + 1 <= group.seconds <= words / 4 + 3


def test_an_item_is_in_one_group_only() -> None:
    every = [key for group in GROUPS.values() for key in group.items]
    assert len(every) == len(set(every))


def test_what_lowers_a_level_when_yes_is_never_counted_as_a_sign_by_mistake() -> None:
    """Context answers such as “already examined” stand alone, so that nobody overlooks one in a list."""
    grouped = {key for group in GROUPS.values() for key in group.items}
    assert not [
        key for key in grouped if key.endswith(("_examined", "_imaging", "_stable", "_known", "_cleared"))
    ]
    assert "rf39" not in grouped


# -- reading what is typed --------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["0", "none", "NO", "n", " 0 "])
def test_none_answers_every_sign_with_no(typed: str) -> None:
    assert pick(ALL, GROUPS["saddle"], typed) == dict.fromkeys(("rf01", "rf02", "rf03", "rf04"), "no")


@pytest.mark.parametrize(
    ("typed", "yes", "unsure"),
    [
        ("1", ["rf01"], []),
        ("1 3", ["rf01", "rf03"], []),
        ("4,2?", ["rf04"], ["rf02"]),
        ("1? 1", ["rf01"], []),
    ],
)
def test_numbers_say_which(typed: str, yes: list[str], unsure: list[str]) -> None:
    found = pick(ALL, GROUPS["saddle"], typed)
    assert set(found) == set(GROUPS["saddle"].items)
    assert [key for key, value in found.items() if value == "yes"] == yes
    assert [key for key, value in found.items() if value == "unsure"] == unsure


@pytest.mark.parametrize("typed", ["", "5", "-1", "0 1", "yes", "1 x", "1.5", "?", "99999999", "١"])
def test_what_cannot_be_meant_is_no_answer(typed: str) -> None:
    with pytest.raises(BadAnswer, match="expected"):
        pick(ALL, GROUPS["saddle"], typed)


def test_a_sign_that_knows_no_unsure_says_so() -> None:
    falls = GROUPS["falls"]
    with pytest.raises(BadAnswer, match="yes or no"):
        pick(ALL, falls, f"{falls.items.index('fall_year') + 1}?")


# -- in the interview -----------------------------------------------------------------------------------


def test_a_group_is_narrowed_to_what_is_still_to_be_asked() -> None:
    group = group_of(ALL, KNOWN["rf02"], ["rf02", "rf04", "rf05a"])
    assert group is not None
    assert group.items == ("rf02", "rf04")
    assert group.seconds < GROUPS["saddle"].seconds
    assert group_of(ALL, KNOWN["rf02"], ["rf02", "rf05a"]) is None
    assert group_of(ALL, KNOWN["rf02"], ["rf02", "rf04"], re_ask=True) is None
    assert group_of(ALL, KNOWN["rf37"], list(KNOWN)) is None


def test_an_unsure_of_a_group_is_put_once_more_alone() -> None:
    answers: Answers = {"age": 40, "sex": "male"}
    step = next_step(ALL, answers, grouped=True)
    assert step.group is not None
    answers |= pick(ALL, step.group, "2?")
    again = next_step(ALL, answers, grouped=True)
    assert (again.item, again.re_ask, again.group) == (KNOWN["rf02"], True, None)


@pytest.mark.parametrize("seed", range(25))
def test_together_or_one_by_one_the_result_is_the_same(seed: int) -> None:
    dice = random.Random(seed)
    fixed: dict[str, Any] = {}

    def choose(item: Item) -> Any:
        if item.id not in fixed:
            fixed[item.id] = typical(item)
            if item.kind == "yes_no_unsure" and dice.random() < 0.12:
                fixed[item.id] = dice.choice(["yes", "unsure"])
        return fixed[item.id]

    one, many, alone = walk(choose, grouped=False)
    other, few, together = walk(choose, grouped=True)
    assert few <= many
    assert (alone.stop is None) == (together.stop is None)
    if alone.stop is None:  # else the signs beside the emergency stood in the same list
        assert one == other
        assert few < many - 20
    levels = {triage(each, today=date(2026, 1, 1)).level for each in (one, other)}
    assert len(levels) == 1


def test_a_first_plan_in_about_five_minutes() -> None:
    grouped, alone = (next_step(ALL, {}, grouped=each) for each in (True, False))
    assert grouped.minutes_left <= 5.75
    assert alone.minutes_left > grouped.minutes_left + 1
    answers, put, _ = walk(typical, grouped=True)
    assert put <= 50
    assert len(answers) >= 75


# -- what is left for later ------------------------------------------------------------------------------


def test_what_is_left_for_later_is_optional_and_comes_with_more() -> None:
    later = [item for item in KNOWN.values() if item.depth]
    assert len(later) > 30
    assert not [item.id for item in later if item.required]
    first, _, _ = walk(typical, grouped=True)
    assert not [item.id for item in later if item.id in first]
    step = next_step(ALL, {}, occasion=MORE, before=first)
    assert step.item is not None
    assert step.item.depth
    assert 2 <= step.minutes_left <= 4
    assert step.missing == ()


def test_more_asks_only_what_has_no_answer_and_ends() -> None:
    before, _, _ = walk(typical, grouped=True)
    given: Answers = {}
    while (step := next_step(ALL, given, occasion=MORE, before=before)).item is not None:
        assert step.item.id not in before
        given[step.item.id] = typical(step.item)
    assert {"eac_1", "yfc_1", "sit_bout", "has_tests"} <= set(given)
    assert "mt_01" not in given
    assert next_step(ALL, {}, occasion=MORE, before=before | given).item is None


def test_low_mood_told_later_still_opens_its_question() -> None:
    before, _, _ = walk(typical, grouped=True)
    given: Answers = {}
    asked = []
    while (step := next_step(ALL, given, occasion=MORE, before=before)).item is not None:
        asked.append(step.item.id)
        given[step.item.id] = 8 if step.item.id == "yfc_5" else typical(step.item)
    assert "rf28" in asked
    stopped = next_step(ALL, {"yfc_5": 8, "rf28": "yes"}, occasion=MORE, before=before)
    assert stopped.stop is not None
    assert stopped.stop.mh
