"""The rules for the whole plan (``clinical.md`` 6.8), row by row."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace
from program_weeks import RULES, Life, overall, plan

from coach.model.plan import Plan
from coach.programs import adherence
from coach.programs.cards import load_wording


def said(made: Plan, **week: Any) -> dict[str, Any]:
    found = adherence.notes(made, overall(**week), None, RULES, number=4, stopped=False)
    return {each.rule: each for each in found}


def lived(*completion: float | None, **fields: Any) -> Plan:
    return replace(plan(), completion=completion, **fields)


@pytest.mark.parametrize(("before", "now", "rule"), [
    ((100.0,), 100.0, None),
    ((100.0,), 80.0, None),
    ((100.0,), 79.0, "adherence_keep"),
    ((100.0,), 50.0, "adherence_keep"),
    ((100.0,), 49.0, "minimum_offer"),
    ((49.0,), 49.0, "minimum_propose"),
    ((49.0, None), 49.0, "minimum_propose"),
    ((49.0, 50.0), 49.0, "minimum_offer"),
    ((0.0, 0.0), 0.0, "pause_goal"),
    ((0.0, None, 0.0), 49.0, "pause_goal"),
    ((0.0, 0.0), None, None),
])  # fmt: skip
def test_each_band_of_adherence(
    before: tuple[float | None, ...], now: float | None, rule: str | None
) -> None:
    rules = {"adherence_keep", "minimum_offer", "minimum_propose", "pause_goal"}
    assert set(said(lived(*before), adherence=now)) & rules == ({rule} if rule else set())


@pytest.mark.parametrize(("rule", "before", "command"), [
    ("adherence_keep", (), "coach log --short"),
    ("minimum_offer", (), "coach plan minimum on"),
    ("minimum_propose", (40.0,), "coach plan minimum on"),
    ("pause_goal", (40.0, 40.0), "coach pause"),
])  # fmt: skip
def test_each_offer_names_the_command_that_takes_it(rule: str, before: Any, command: str) -> None:
    card = said(lived(*before), adherence=60.0 if rule == "adherence_keep" else 40.0)[rule]
    assert command in card.text
    assert card.numbers
    assert card.otherwise


def test_the_small_plan_is_not_offered_to_who_has_it() -> None:
    for before in ((), (40.0,)):
        card = said(lived(*before, minimum=True), adherence=40.0)
        assert set(card) & {"minimum_offer", "minimum_propose"} == set()
        assert "adherence_keep" in card
    assert "minimum_back" in said(lived(minimum=True), adherence=100.0)
    assert "minimum_back" not in said(lived(), adherence=100.0)


# ---- pain-drop guard ------------------------------------------------------------------------------


@pytest.mark.parametrize(("entry", "pain", "now", "told"), [
    (8.0, 4.0, 75.0, True),
    (8.0, 4.1, 75.0, False),
    (8.0, 2.0, 75.0, True),
    (3.0, 2.0, 75.0, True),
    (3.0, 2.1, 75.0, False),
    (8.0, 4.0, 76.0, False),
    (8.0, None, 50.0, False),
    (8.0, 2.0, None, False),
])  # fmt: skip
def test_pain_drop_guard(entry: float, pain: float | None, now: float | None, told: bool) -> None:
    """Half the entry value or 2, and 25 points fewer sessions than the mean of two weeks."""
    made = lived(100.0, 100.0, entry_pain=entry, pain=(9.0, 9.0))
    assert ("pain_drop" in said(made, pain=pain, adherence=now)) is told


def test_the_pain_at_entry_is_kept_in_the_plan_and_the_first_week_stands_in_for_it() -> None:
    assert plan().entry_pain == 4
    unknown = lived(100.0, 100.0, entry_pain=None, pain=(None, 8.0))
    assert "pain_drop" in said(unknown, pain=4.0, adherence=50.0)
    assert "pain_drop" not in said(unknown, pain=4.5, adherence=50.0)
    assert "pain_drop" not in said(lived(entry_pain=8.0), pain=1.0, adherence=0.0)


# ---- simplify: R12 --------------------------------------------------------------------------------


def fewer(life: Life, share: float) -> None:
    """Keep so much of the sets of every exercise."""
    life.logs = [
        replace(
            log,
            exercises=tuple(
                replace(
                    each,
                    sets_full=int(each.planned_sets * share),
                    sets=each.sets[: int(each.planned_sets * share)],
                )
                for each in log.exercises
            ),
        )
        for log in life.logs
    ]


@pytest.mark.parametrize(("share", "told"), [(0.4, True), (1.0, False)])
def test_less_than_half_of_the_sets_offers_a_simpler_plan(share: float, told: bool) -> None:
    life = Life()
    for _ in range(2):  # week 2 has exercises of two sets
        life.review() if life.logs else None
        life.week()
    fewer(life, share)
    made = life.review()
    cards = [each for each in made.notes if each.rule == "simplify"]
    assert bool(cards) is told
    assert told is any(each.completion is not None and each.completion < 50 for each in made.evidence)
    if told:
        assert "coach plan minimum on" in cards[0].text
        assert cards[0].numbers[0].value < 50
    life.week()
    assert "simplify" not in [each.rule for each in life.review().notes]
    assert "simplify" not in [each.rule for each in life.plan.notes]


# ---- what a hold waited for -----------------------------------------------------------------------


@pytest.mark.parametrize(("felt", "wait", "missing"), [
    ({"rpe": None}, "missing", ("effort (RPE)",)),
    ({"before": None}, "missing", ("pain before",)),
    ({"form": None}, "missing", ("form",)),
])  # fmt: skip
def test_a_hold_for_want_of_a_number_names_it(
    felt: dict[str, Any], wait: str, missing: tuple[str, ...]
) -> None:
    life = Life()
    life.week(**felt)
    holds = [each for each in life.review().decisions if each.rule == "r14"]
    assert holds
    for each in holds:
        assert set(missing) <= set(each.missing)
        assert load_wording().waits[wait].because in each.text
        assert missing[0] in each.text


def test_after_an_easy_week_that_is_what_it_waited_for() -> None:
    life = Life()
    for _ in range(3):
        life.week()
        life.review()
    assert life.plan.week.deload
    life.week()
    holds = [each for each in life.review().decisions if each.rule == "r14"]
    assert holds
    assert all(load_wording().waits["easy_week"].because in each.text for each in holds)
