"""The weekly review on a terminal: the questions, each card with a choice, the week that follows, a yes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coach.cli.ask import ask, sign, sure
from coach.cli.face import Face

if TYPE_CHECKING:
    from coach.coach import Coach

CHOICES = {"": "", "y": "", "accept": "", "v": "veto", "veto": "veto", "h": "hold", "hold": "hold"}
HELP = (
    "To each card: Enter accepts it, veto takes a rise back, hold keeps it where it is, back goes one card "
    "back, quit leaves and changes nothing."
)
PROMPT = "accept, veto, hold, back or quit (Enter: accept):"


def lead(face: Face, coach: Coach, screen: dict[str, Any]) -> tuple[str, ...] | None:
    """Show the preview card by card, and make it so; null where the person said no."""
    from coach.draw import plans

    preview = coach.review(screen=screen, dry_run=True)
    if preview.text:  # an answer closes the plan: that does not wait for anybody's choice
        return coach.decide(screen, {})
    units = preview.plan.preferences.units
    choices = _choices(face, preview.review, units)
    if choices is None:
        face.say("Left. Nothing was changed.")
        return None
    face.out(f"\nThe coming week{', as you chose it' if any(choices.values()) else ''}:")
    for line in plans.one_week(coach.foresee(preview, choices).week, units, face.width):
        face.out(line)
    if not sure("\nMake this the plan of the coming week?"):
        face.say("Nothing was changed.")
        return None
    return coach.decide(screen, {name: each for name, each in choices.items() if each})


def _choices(face: Face, review: Any, units: str) -> dict[str, str] | None:
    """What the person says to each card, what changed coming first; null where it was left."""
    from coach.draw import cards

    overall, found = review.overall, cards.ordered((*review.decisions, *review.habits))
    face.out(f"Week {review.week}: {overall.done} of {overall.planned} sessions done")
    for note in review.notes:
        face.out(note.text)
    face.say(HELP)
    choices: dict[str, str] = {}
    at = 0
    while at < len(found):
        face.out(f"\nCard {at + 1} of {len(found)}")
        for line in cards.card(found[at], units, face.width):
            face.out(line)
        typed = sign(ask(PROMPT).lower())
        if typed == "<":
            at = max(0, at - 1)
        elif typed == "q":
            return None
        elif CHOICES.get(typed) == "veto" and cards.no_veto(found[at]):
            face.say(cards.no_veto(found[at]))
        elif typed in CHOICES:
            choices[found[at].id] = CHOICES[typed]
            at += 1
        else:
            face.say(HELP)
    return choices
