"""The instrument files: complete, short, in plain words, and with nothing of a published form."""

from __future__ import annotations

import re
from importlib import resources

import pytest

from coach.model.assessment import Instrument
from coach.questionnaires.catalogue import items, load_instruments
from coach.questionnaires.rulebook import load_rulebook
from coach.questionnaires.scoring import score

OURS = (
    "nprs", "psfs", "eac10", "aggravators", "context", "sleep", "stress", "yfc6", "scores", "preferences",
    "movement",
)  # fmt: skip
ALL = {each.id: each for each in load_instruments()}
MINE = [ALL[each] for each in OURS]
WORDS = [
    "cure", "realign", "unstable", "slipped", "out of place", "weak core", "degenerat", r"proven\b",
    "studies show",
]  # fmt: skip

CORE = {
    "nprs": {"pain_now", "pain_average", "pain_worst"},
    "eac10": {f"eac_{k}" for k in range(1, 11)},
    "yfc6": {f"yfc_{k}" for k in range(1, 7)},
    "stress": {"stress", "st_flare", "st_rec"},
    "sleep": {"sleep_hours", "sleepq", "sl_bad", "sl_nights"},
    "context": {"mvpa", "res_wk", "sit_hours", "sit_bout", "lifts_day"},
    "scores": set(),
    "movement": set(),
}


@pytest.mark.parametrize("instrument", MINE, ids=OURS)
class TestEach:
    def test_it_says_what_it_is_for_and_where_it_comes_from(self, instrument: Instrument):
        assert instrument.title
        assert instrument.purpose
        assert instrument.provenance
        assert instrument.licence
        assert "enrolment" in instrument.asked
        assert instrument.version == 1

    def test_every_item_can_be_asked(self, instrument: Instrument):
        for item in instrument.items:
            assert item.text.endswith(("?", ".", "(HH:MM)", "total", "5 to 9)", "form")), item.id
            assert item.why, item.id
            assert item.group, item.id
            assert 2 <= item.seconds <= 30, item.id
            if item.kind == "scale":
                assert item.low, item.id
                assert item.high, item.id
            if item.kind in ("scale", "number"):
                assert item.minimum is not None, item.id
                assert item.maximum is not None, item.id
            if item.kind in ("choice", "choices"):
                assert len(item.choices) >= 2, item.id

    def test_plain_words(self, instrument: Instrument):
        path = resources.files("coach.questionnaires") / "instruments" / f"{instrument.id}.toml"
        text = path.read_text(encoding="utf-8").lower()
        assert [word for word in WORDS if re.search(rf"\b{word}", text)] == []
        longest = max(
            len(sentence.split())
            for item in instrument.items
            for sentence in re.split(r"[.?;:]", f"{item.text} {item.why}")
        )
        assert longest <= 27

    def test_scoring_reads_its_own_items(self, instrument: Instrument):
        own = {item.id for item in instrument.items}
        rule = instrument.scoring
        assert {*rule.items, *rule.reversed} <= own
        assert not rule.fallback or rule.fallback in own
        assert list(rule.bands) == sorted(rule.bands)
        if rule.method != "none":
            assert rule.direction
            worst = {item.id: item.maximum for item in instrument.items if item.id in rule.items}
            worst |= dict.fromkeys(rule.reversed, 0)
            assert score(instrument, worst).value == rule.maximum

    def test_conditions_name_questions_that_exist(self, instrument: Instrument):
        known = items(load_instruments())
        for item in instrument.items:
            assert {name for alternative in item.ask_if for name in alternative} <= set(known), item.id


def test_ids_are_unique_over_all_instruments():
    ids = [item.id for each in load_instruments() for item in each.items]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", CORE)
def test_only_pain_is_required_and_the_rest_may_be_left_out(name):
    """Coverage says what is missing (4.2); a person who leaves a question out still gets a plan."""
    everybody = {item.id: item for item in ALL[name].items if not item.ask_if}
    assert CORE[name] <= everybody.keys()
    required = {item for item, each in everybody.items() if each.required}
    assert required == (CORE[name] if name == "nprs" else set())


def test_one_activity_is_asked_and_more_on_wish():
    asked = {item.id: item for item in ALL["psfs"].items}
    assert asked["psfs_1"].required
    assert not asked["psfs_1"].ask_if
    assert asked["psfs_3"].ask_if == ({"psfs_count": ">= 3"},)


def test_the_core_takes_four_minutes_at_most():
    """The safety questions come on top; together it should be five to eight minutes."""
    core = {item for items in CORE.values() for item in items}
    seconds = sum(
        item.seconds
        for each in MINE
        for item in each.items
        if not item.ask_if and (item.required or item.id in core or item.id.startswith("ag_"))
    )
    assert 150 <= seconds <= 250


WRITTEN_DOWN = {
    "mt_01_angle", "mt_04_l", "mt_04_r", "mt_18", "mt_21_l", "mt_21_r", "mt_22_sit", "mt_22_stand",
    "mt_22_walk", "mt_23_waking", "mt_23_evening", "mt_24_shift", "mt_24_rounding", "mt_26_rpe",
}  # fmt: skip
"""Values that no rule reads: taken from a guided test or a file, never asked for."""


@pytest.mark.parametrize(("name", "gate"), [("scores", "has_scores"), ("movement", "has_tests")])
def test_one_question_hides_the_long_lists(name, gate):
    first, *rest = ALL[name].items
    assert first.id == gate
    unasked = {item.id for item in rest if item.ask_if == ({item.id: "answered"},)}
    assert all(item.ask_if == ({gate: ("yes",)},) for item in rest if item.id not in unasked)
    assert unasked == (WRITTEN_DOWN if name == "movement" else set())


def test_official_forms_have_totals_only():
    """No sentence of an official form: each entry is a total or a group."""
    for item in ALL["scores"].items[1:]:
        assert item.kind in ("number", "choice")
        assert re.search("total|group|part", item.text)


def test_every_test_of_the_rules_can_be_entered_and_the_reverse():
    read = {item for test in load_rulebook().tests for item in test.items if item.startswith("mt_")}
    entered = {item.id for item in ALL["movement"].items}
    assert read <= entered
    assert entered - read == {"has_tests", "mt_09_drop", "mt_23", "mt_26"} | WRITTEN_DOWN
