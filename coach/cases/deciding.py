"""Making a review so, with what the person chose card by card."""

from __future__ import annotations

from typing import Any

from coach.cases import choosing, vetoing, weekly
from coach.cases.weekly import Reviewed
from coach.desk import Desk
from coach.model.plan import Plan
from coach.model.review import Review


def taken_back(review: Review, choices: dict[str, str]) -> tuple[str, ...]:
    """Ids of the cards whose change is taken back: vetoed, or a rise that was held."""
    from coach.draw.cards import sign

    cards = {each.id: each for each in (*review.decisions, *review.habits)}
    return tuple(
        name
        for name, choice in choices.items()
        if name in cards
        and (choice == "veto" or (choice == "hold" and sign(cards[name]) in ("up", "swap", "new")))
    )


def foresee(desk: Desk, preview: Reviewed, choices: dict[str, str]) -> Plan:
    """The plan as a review that was only looked at would leave it with these choices."""
    from coach.cases.shapes import course_of
    from coach.programs.review import veto

    back = taken_back(preview.review, choices)
    if not back:
        return preview.plan
    course = course_of(desk.read(), preview.plan)
    return veto(preview.review, preview.before, preview.plan, back, *course)[1]


def decide(desk: Desk, screen: dict[str, Any], choices: dict[str, str]) -> tuple[str, ...]:
    """Review, take back what was vetoed or held, and hold what was to be held; what to tell.

    ``choices`` are ``veto`` or ``hold`` by the id of a card. A hold keeps an exercise where it was:
    a rise of today is taken back, and the next review leaves it alone too.
    """
    done = weekly.review(desk, screen=screen, dry_run=False)
    told = [done.text] if done.text else []
    cards = {each.id: each for each in (*done.review.decisions, *done.review.habits)}
    back = taken_back(done.review, choices)
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
