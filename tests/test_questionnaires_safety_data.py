"""The data file of the red-flag rules: every number with its source, every name one that exists."""

from __future__ import annotations

import re
import tomllib
from importlib import resources
from typing import Any

from coach.questionnaires.catalogue import items, load_instruments
from coach.questionnaires.rules import load_rules


def test_thresholds_have_unit_evidence_and_source():
    book = load_rules()
    for name, threshold in book.thresholds.items():
        assert threshold.unit, name
        assert threshold.evidence in {"V", "K", "D"}, name
        assert threshold.source, name
    for rule in (*book.rules, *book.combinations):
        assert rule.source, rule.id


def test_a_limit_in_the_words_of_a_question_is_the_limit_in_the_data():
    known = items(load_instruments())
    for name, threshold in load_rules().thresholds.items():
        for item_id in threshold.asked_in:
            item = known[item_id]
            words = " ".join([item.text, item.help, str(item.ask_if), *(c.text for c in item.choices)])
            assert f"{threshold.value:g}" in words, (name, item_id)


def test_the_answers_that_may_lower_a_level_are_all_listed_as_context():
    """They are the ones of which a rule asks for exactly yes, or anything but yes."""
    text = (resources.files("coach.questionnaires") / "rules" / "redflags.toml").read_text(encoding="utf-8")
    lowering = set(re.findall(r'(rf\w+) = "(?:not )?yes"', text)) | {"rf06b_stable", "history_change"}
    assert set(load_rules().context.items) == lowering


def test_rules_and_conditions_name_only_what_exists():
    text = (resources.files("coach.questionnaires") / "rules" / "redflags.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    known = set(items(load_instruments())) | {fact["id"] for fact in data["facts"]}
    limits = set(data["thresholds"])
    used: set[str] = set()

    def walk(node: Any) -> None:
        if isinstance(node, list):
            for each in node:
                walk(each)
        elif isinstance(node, dict):
            for key, value in node.items():
                if key in {"when", "gate"}:
                    for choice in value:
                        assert set(choice) <= known, choice
                        used.update(
                            v.split("@")[1] for v in choice.values() if isinstance(v, str) and "@" in v
                        )
                else:
                    walk(value)

    walk(data)
    assert used <= limits
    idle = {name for name in limits - used if not data["thresholds"][name].get("asked_in")}
    assert idle == {"clearance_days"}, "thresholds that nothing reads"
    assert set(data["context"]["items"]) <= known
    rows = {item.rule or item.id for item in items(load_instruments()).values()}
    assert {row for opened in data["mini_screen"].values() for row in opened} <= rows | {"*"}
