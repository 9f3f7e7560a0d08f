"""What was answered, in words."""

from __future__ import annotations

from typing import Any

import pytest

from coach.model.assessment import Value
from coach.questionnaires.answered import said, told
from coach.questionnaires.catalogue import items, load_instruments, parse_answers

ITEMS = items(load_instruments())


def test_every_answer_of_a_whole_person_is_told_in_words(answers: dict[str, Any]) -> None:
    parsed = parse_answers(load_instruments(), answers)
    lines = told(parsed)
    assert len(lines) == len(parsed) > 100
    for name, line in zip(parsed, lines, strict=True):
        assert line.startswith(ITEMS[name].text)
        assert line != ITEMS[name].text


@pytest.mark.parametrize(
    ("item", "value", "words"),
    [
        ("mt_07", 11.2, "11.2 s"),
        (
            "mt_05_back",
            "pass",
            next(each.text for each in ITEMS["mt_05_back"].choices if each.value == "pass"),
        ),
        ("rf01", "no", "no"),
        ("pain_sites", ("back_left", "back_middle"), None),
        ("joints", (), "none"),
        ("sex", None, "not told"),
        ("unheard_of", 3.0, "3"),
    ],
)
def test_a_value_has_its_words_and_its_unit(item: str, value: Value, words: str | None) -> None:
    found = said(ITEMS.get(item), value)
    assert found == words if words is not None else ", " in found and "_" not in found
