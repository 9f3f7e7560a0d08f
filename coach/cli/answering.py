"""What stands below a question of the interview, and what is typed for its answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coach.model.assessment import Item


def scale(item: Item) -> list[str]:
    """What can be answered, as lines."""
    if item.kind == "yes_no":
        return ["1 yes · 2 no"]
    if item.kind == "yes_no_unsure":
        return ["1 yes · 2 no · 3 unsure"]
    if item.kind in ("choice", "choices"):
        many = ["0 none of these", "Several are possible: 1 3 4"] if item.kind == "choices" else []
        return [f"{number} {choice.text}" for number, choice in enumerate(item.choices, start=1)] + many
    if item.kind == "scale" and (item.minimum or 0) < 0:
        from coach.draw.asking import texts_of, values_of

        pairs = zip(values_of(item), texts_of(item), strict=True)
        return [" · ".join(f"{value} {text}" for value, text in pairs)]
    if item.kind in ("scale", "number"):
        low, high = item.minimum, item.maximum
        ends = [f"{item.minimum:g} {item.low}" if item.low and low is not None else ""]
        ends.append(f"{item.maximum:g} {item.high}" if item.high and high is not None else "")
        words = " · ".join(end for end in ends if end)
        unit = f" {item.unit}" if item.unit else ""
        span = f"{low:g} to {high:g}{unit}" if low is not None and high is not None else f"a number{unit}"
        return [words or span]
    return []


def below(item: Item) -> list[str]:
    """What stands below a question: its hint, and what can be answered."""
    return ([item.help] if item.help else []) + scale(item)


def spelled(item: Item, typed: str) -> str:
    """The words that stand for the digits of a list; everything else stays as it was typed."""
    if item.kind in ("yes_no", "yes_no_unsure"):
        return {"1": "yes", "2": "no", "3": "unsure"}.get(typed, typed)
    if item.kind in ("choice", "choices"):
        if item.kind == "choices" and typed == "0":
            return "none"
        words = typed.replace(",", " ").split() if item.kind == "choices" else [typed]
        return " ".join(_choice(item, word) for word in words)
    return typed


def _choice(item: Item, typed: str) -> str:
    if typed.isdigit() and 1 <= int(typed) <= len(item.choices):
        return item.choices[int(typed) - 1].value
    return typed
