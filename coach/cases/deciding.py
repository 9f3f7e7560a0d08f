"""Making a review so, with what the person chose card by card."""

from __future__ import annotations

from typing import Any

from coach.cases import choosing, vetoing, weekly
from coach.desk import Desk


def decide(desk: Desk, screen: dict[str, Any], choices: dict[str, str]) -> tuple[str, ...]:
    """Review, take back what was vetoed or held, and hold what was to be held; what to tell.

    ``choices`` are ``veto`` or ``hold`` by the id of a card. A hold keeps an exercise where it was:
    a rise of today is taken back, and the next review leaves it alone too.
    """
    from coach.draw.cards import sign

    done = weekly.review(desk, screen=screen, dry_run=False)
    told = [done.text] if done.text else []
    cards = {each.id: each for each in (*done.review.decisions, *done.review.habits)}
    back = tuple(
        name
        for name, choice in choices.items()
        if name in cards
        and (choice == "veto" or (choice == "hold" and sign(cards[name]) in ("up", "swap", "new")))
    )
    if back:
        told += [
            f"Kept as the review has it: {cards[each].name}" for each in vetoing.veto(desk, back).refused
        ]
    keep = tuple(
        cards[name].exercise for name, choice in choices.items() if choice == "hold" and name in cards
    )
    standing = {each.exercise for each in desk.read().plan.standing}
    here = tuple(each for each in keep if each in standing)
    if here:
        choosing.hold(desk, here)
    return tuple(told)
