"""What is asked in a session: which questions, in which words, and which answers fit."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from coach.model.noun import Noun
from coach.programs.playing import Done, Felt, Item, Question

LEGS = ("none", "new", "spreading", "lingering")
LEG_LADDERS = ("neu", "dir")


class Asked(Noun, frozen=True, kw_only=True):
    """One question of a session in words.

    A key ``0`` to ``9`` gives the value at its place in ``choices``, or the number itself where
    there are none; ``most`` is then the largest.
    """

    id: Question
    text: str
    low: str = ""
    high: str = ""
    most: int = 10
    choices: tuple[tuple[Any, str], ...] = ()


QUESTIONS: dict[str, Asked] = {
    each.id: each
    for each in (
        Asked(id="before", text="Pain now, before you begin?", low="none", high="worst you can think of"),
        Asked(id="pain", text="Most pain during it?", low="none", high="worst you can think of"),
        Asked(id="rpe", text="How hard was it?", low="no effort", high="all you have"),
        Asked(
            id="form",
            text="How was your form?",
            choices=((0, "good"), (1, "small faults"), (2, "poor: lost in every fifth one, or more often")),
        ),
        Asked(
            id="leg",
            text="Anything new in a leg: pain, tingling, numbness?",
            choices=(
                ("none", "no"),
                ("new", "yes, new"),
                ("spreading", "it spreads further down"),
                ("lingering", "known, but it stays over half an hour"),
            ),
        ),
        Asked(id="losses", text="How often did you lose balance in one set, at most?"),
        Asked(id="reserve", text="How many more could you have done in the last set?"),
        Asked(id="clean", text="Of ten, how many looked clean in a mirror or on video?"),
    )
}
"""All questions by id."""


def after_sets(item: Item, done: Done) -> tuple[Question, ...]:
    """The questions after the last set of an exercise."""
    asking: list[Question] = ["pain", "rpe", "form"]
    if item.given.ladder in LEG_LADDERS:
        asking.append("leg")
    if item.given.regress == "b4":
        asking.append("losses")
    if item.advance == "a3" and not done.level:
        asking.append("reserve")
    if item.advance == "a6" and not done.level:
        asking.append("clean")
    return tuple(asking)


def after_pain() -> tuple[Question, ...]:
    """The questions after an exercise that was too painful."""
    return ("pain", "leg")


def fits(question: Question, value: Any) -> bool:
    """Whether an answer is one of those the question has."""
    asked = QUESTIONS[question]
    if asked.choices:
        return value in [each for each, _ in asked.choices] and not isinstance(value, bool)
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= asked.most


def merged(felt: Felt, question: Question, value: Any) -> Felt:
    """How it felt with one more answer; of two answers to one question the worse counts."""
    old = getattr(felt, question)
    if value is None:
        return felt
    value = next((each for each, _ in QUESTIONS[question].choices if each == value), value)
    if old is None:
        return replace(felt, **{question: value})
    if question == "leg":
        worse = value if old == "none" else old
    else:
        worse = min(old, value) if question in ("reserve", "clean") else max(old, value)
    return replace(felt, **{question: worse})
