"""The words and numbers of the cards that a plan file decides."""

from __future__ import annotations

from coach.model.condition import Expression, Measures
from coach.model.exercise import Number, Reason
from coach.programs.advising import Word
from coach.programs.orders import Orders
from coach.programs.questioned import asked_of, numbers_of, said


def note_of(rule: str, word: Word) -> Reason:
    """A word as a card of the whole plan."""
    return Reason(rule=rule, text=word.text, numbers=word.numbers, otherwise=word.otherwise)


def worded(
    rule: str, when: Expression, measures: Measures, orders: Orders, text: str, *, unknown: bool = False
) -> Word:
    """A word about a condition with the numbers it read, and what would have made it otherwise."""
    lacking = asked_of(when, measures, orders.file.asks) if unknown or rule == "plan_rise" else ()
    told = f" Not told: {said(lacking, orders.file.asks)}." if lacking else ""
    way = (
        "It may grow once"
        if rule == "plan_rise"
        else "With it told, this decides"
        if unknown
        else "This stands while"
    )
    otherwise = f"{way}: {said(when, orders.file.asks)}."
    return Word(
        rule=rule,
        text=f"{text}{told}".strip(),
        otherwise=otherwise,
        numbers=numbers_of(when, measures, orders.file.asks, source_of(orders)),
    )


def plain_of(rule: str, orders: Orders) -> Word | None:
    """The word of a rule that is no condition: a ceiling, a step, the new rungs of a week."""
    bounds = orders.file.bounds
    told = {
        "plan_dose": ("has a ceiling for the coming week", "most of the week", "see the plan file"),
        "plan_step": ("lets a dose grow by so much at most", "rise in a week", f"<= {bounds.rise} %"),
        "plan_rungs": ("lets so many new steps begin in a week", "new steps", f"<= {bounds.rungs}"),
    }.get(rule)
    if told is None:
        return None
    number = Number(name=told[1], value=None, threshold=told[2], source=source_of(orders))
    return Word(
        rule=rule,
        text=f"{whose_of(orders)} {told[0]}.",
        otherwise="Without that line of the file it would have grown or stayed.",
        numbers=(number,),
    )


def source_of(orders: Orders) -> str:
    """Where a threshold of a file comes from, for the numbers of a card."""
    return f"your therapist's plan ({orders.file.id})"


def whose_of(orders: Orders) -> str:
    """Whose plan it is, at the beginning of a sentence."""
    by = orders.file.author or orders.file.clinic
    return f"The plan of {by}" if by else "Your therapist's plan"
