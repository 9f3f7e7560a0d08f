"""Making a review so, with what the person chose card by card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coach.draw.cards import sign

if TYPE_CHECKING:
    from coach.coach import Coach


def apply(coach: Coach, screen: dict[str, Any], choices: dict[str, str]) -> tuple[str, ...]:
    """Review, take back what was vetoed or held, and hold what was to be held; what to tell.

    A hold keeps an exercise where it was: a rise of today is taken back, and the next review
    leaves it alone too.
    """
    done = coach.review(screen=screen)
    told = [done.text] if done.text else []
    cards = {each.id: each for each in (*done.review.decisions, *done.review.habits)}
    back = tuple(
        name
        for name, choice in choices.items()
        if name in cards
        and (choice == "veto" or (choice == "hold" and sign(cards[name]) in ("up", "swap", "new")))
    )
    if back:
        told += [f"Kept for safety: {each}" for each in coach.veto(back).refused]
    keep = tuple(
        cards[name].exercise for name, choice in choices.items() if choice == "hold" and name in cards
    )
    standing = {each.exercise for each in coach.plan().standing}
    here = tuple(each for each in keep if each in standing)
    if here:
        coach.hold(here)
    return tuple(told)
