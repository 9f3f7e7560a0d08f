"""Answers as a person reads them: the question, and what was chosen in its own words."""

from __future__ import annotations

from coach.model.assessment import Answers, Item, Value
from coach.questionnaires.catalogue import items, load_instruments
from coach.questionnaires.scoring import shown


def told(answers: Answers) -> tuple[str, ...]:
    """One line an answer, in the order given; an id that is in no questionnaire stands for itself."""
    known = items(load_instruments())
    return tuple(
        f"{known[name].text if name in known else name} {said(known.get(name), value)}"
        for name, value in answers.items()
    )


def said(item: Item | None, value: Value) -> str:
    """The words of a value: of a choice its text, of a number its unit."""
    if value is None:
        return "not told"
    if isinstance(value, str):
        texts = {each.value: each.text for each in item.choices} if item is not None else {}
        return texts.get(value, value)
    if isinstance(value, tuple):
        return ", ".join(said(item, each) for each in value) or "none"
    unit = f" {item.unit}" if item is not None and item.unit else ""
    return f"{shown(value)}{unit}"
