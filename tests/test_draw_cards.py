"""The numbers of a card: the threshold in plain words, what it rests on, and no citation nobody asked for."""

from __future__ import annotations

import re

import pytest

from coach.draw.cards import EVIDENCE, limit, numbers, reason
from coach.model.exercise import Number, Reason
from coach.programs.building import load_building
from coach.programs.rules import load_rules


@pytest.mark.parametrize(("threshold", "said"), [
    ("<= 1 points", "at most 1 point"),
    ("<= 1.5 points", "at most 1.5 points"),
    (">= 90 %", "at least 90 %"),
    ("< 50 points", "under 50 points"),
    ("> 8.5 points", "over 8.5 points"),
    (">= 8 or > 2.5", "at least 8 or over 2.5"),
    ("4-6", "4 to 6"),
    ("2-2", "2"),
    ("x 0.8", "times 0.8"),
    ("rung <= 2", "rung at most 2"),
    (">= 1 sessions", "at least 1 session"),
    ("at most 1.15 of the level", "at most 1.15 of the level"),
    ("35 % ± 15", "35 % ± 15"),
    ("none at this level", "none at this level"),
])  # fmt: skip
def test_a_threshold_in_words(threshold: str, said: str) -> None:
    assert limit(threshold) == said


def test_every_threshold_of_the_engine_has_words_and_a_known_mark() -> None:
    rules = load_rules()
    for name, mark in rules.marks.items():
        for sign in ("<=", ">=", "<", ">"):
            (line,) = numbers((rules.number("what", 2, name, sign=sign),))
            assert not re.search(r"[<>]|clinical\.md|progression\.md", line), line
            assert EVIDENCE[mark.evidence] in line
    for constant in load_building().constants.values():
        assert constant.evidence in EVIDENCE


def test_the_citation_is_there_for_who_asks() -> None:
    number = load_rules().number("pain during, over usual", 0, "progress_over_usual", sign="<=")
    assert numbers((number,)) == [
        "pain during, over usual: 0 (the rule says at most 1 point; our own choice, cautious)"
    ]
    assert numbers((number,), sources=True)[0].endswith("clinical.md 6.7 R14; progression.md 4)")
    why = Reason(rule="r15", text="All went well.", numbers=(number,))
    assert "clinical" not in " ".join(reason(why, 40))
    assert "clinical" in " ".join(reason(why, 40, sources=True))
    assert all(len(line) <= 40 for line in reason(why, 40))


def test_a_plain_fact_has_no_brackets_and_nothing_told_says_so() -> None:
    assert numbers((Number(name="week", value=5),)) == ["week: 5"]
    assert numbers((Number(name="sleep", value=None, unit="h", threshold=">= 5 h", evidence="D"),)) == [
        "sleep: not told (the rule says at least 5 h; our own choice, cautious)"
    ]
