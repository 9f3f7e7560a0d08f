"""How a question of the interview is answered, in words: the same on every face."""

from __future__ import annotations

from typing import Any

from coach.model.assessment import Item

YES_NO = {"yes_no": ("yes", "no"), "yes_no_unsure": ("yes", "no", "unsure")}


def mode_of(item: Item) -> str:
    """How a question is answered: ``pick`` one, ``many``, on a ``scale``, or ``typed``."""
    if item.kind == "scale":
        low, high = item.minimum or 0, item.maximum or 0
        return "pick" if low < 0 and high - low < 9 else "scale" if low >= 0 and high <= 10 else "typed"
    return {"choices": "many", "number": "typed", "text": "typed"}.get(item.kind, "pick")


def values_of(item: Item) -> tuple[str, ...]:
    """The answers of a list, in order."""
    if item.kind == "scale" and (item.minimum or 0) < 0:
        return tuple(str(each) for each in range(int(item.minimum or 0), int(item.maximum or 0) + 1))
    return YES_NO.get(item.kind) or tuple(each.value for each in item.choices)


def texts_of(item: Item) -> tuple[str, ...]:
    """The same in words, of a scale to both sides, too."""
    if item.kind == "scale":
        words = {item.minimum: item.low, 0: "no difference", item.maximum: item.high}
        little = {-1: item.low.replace("much", "a little"), 1: item.high.replace("much", "a little")}
        return tuple(words.get(int(each)) or little.get(int(each)) or each for each in values_of(item))
    return YES_NO.get(item.kind) or tuple(each.text for each in item.choices)


def needed(step: Any, zero: str = "press 0") -> str:
    """What is said where a question cannot be left out."""
    if step.group is not None or step.item.kind == "choices":
        return f"Choose what applies, or {zero}: none of these."
    return "This one is needed: it decides whether it is safe to start, or where."
