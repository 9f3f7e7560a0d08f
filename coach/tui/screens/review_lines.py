"""What the review page says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from coach.draw import cards, words
from coach.tui.keys import plainly
from coach.tui.lines import faint_para, para, strong
from coach.tui.widgets.drawn import Line

CHOSEN = {"veto": "VETO", "hold": "HOLD"}
WEEK_DAYS = 7
LEAD = 5
"""Columns of the word before a card."""


def due_on(plan: Any) -> date:
    """The first day on which the running week can be reviewed."""
    starts: date = plan.week.starts
    return starts + timedelta(days=WEEK_DAYS)


def head_of(state: str, found: Any, plan: Any, width: int, held: Sequence[str] = ()) -> list[Line]:
    """What the week was, why nothing rises where that is ``held``, and what can be done here."""
    if state == "due":
        return [
            strong(f"Week {plan.week.number} is over. Its review writes the next one."),
            "",
            *para("It begins with a few safety questions. Then you see a card for each exercise: what would "
                  "change, by which numbers, and why. Nothing changes before you say so.", width),
            "",
            strong("Enter begins."),
        ]  # fmt: skip
    overall = found.overall
    lines: list[Line] = [strong(f"Week {found.week}: {overall.done} of {overall.planned} sessions done")]
    for each in held:
        lines += para(f"{plainly(each)} To answer them: Esc, then key a.", width)
    for note in found.notes:
        if state != "preview" or note.rule not in ("screen", "rescreen"):
            lines += para(plainly(note.text), width)
    if state == "preview":
        text = (
            "Nothing is changed yet. Each card counts as it stands, unless you press v: not this rise, or "
            "h: leave it where it is (y: as proposed, after all). n: the week it makes. Enter: through."
        )
    else:
        next_one = words.day(due_on(plan))
        text = f"Reviewed on {words.day(found.date)}. The next is due on {next_one}. v takes a rise back."
    return [*lines, *faint_para(text, width)]


def row(each: Any, choice: str, units: str) -> str:
    """A card on a line: what it does, to what, and what the person said to it."""
    change = words.change(each.before, each.after, units)
    sign = "VETO" if each.vetoed else CHOSEN.get(choice, cards.sign(each))
    return f"{sign:<{LEAD}}{each.name}{f': {change}' if change else ''}"


def coming(week: Any, units: str, width: int) -> list[Line]:
    """The week that would follow."""
    from coach.tui.screens.plan import about, sessions

    return [*about(week, width), *sessions(week, units, width)]


def left_of(draft: Any) -> tuple[dict[str, Any], dict[str, str]]:
    """Answers and choices by card, of a review that was left half done; from outside, so of any shape."""
    found = draft if isinstance(draft, dict) else {}
    screen, choices = found.get("screen"), found.get("choices")
    kept = choices.items() if isinstance(choices, dict) else ()
    chosen = {name: choice for name, choice in kept if choice in ("veto", "hold")}
    return (screen if isinstance(screen, dict) else {}), chosen
