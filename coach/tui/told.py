"""Reasons and decision cards as the app tells them: commands as keys, and the name of a rule last."""

from __future__ import annotations

from typing import Any

from coach.draw import cards
from coach.tui.keys import plainly
from coach.tui.lines import faint, strong
from coach.tui.widgets.drawn import Line

PLAIN = (("entry tier", "start level"), ("one rung", "one step"), ("rung", "step"), ("ladder", "row"))
"""Words of the programme, and how the pages call the same things."""


def _plain(text: str) -> str:
    for word, other in PLAIN:
        text = text.replace(word, other)
    return plainly(text)


def card(each: Any, units: str) -> list[Line]:
    """A decision: what it did, in words and numbers, what would have changed it; of any length."""
    first, *rest = cards.card(each, units)
    head = first.strip().rpartition("  [")[0] or first.strip()
    return [strong(head), *(_plain(line.removeprefix("     ")) for line in rest), by(each.rule)]


def reason(why: Any) -> list[Line]:
    """Why something is there, its numbers, and what would have led elsewhere."""
    first, *rest = cards.reason(why)
    return [_plain(first.rpartition("  [")[0] or first), *(_plain(line) for line in rest), by(why.rule)]


def by(rule: str) -> Line:
    """The rule that decided, for whoever looks it up."""
    return faint(f"Rule: {rule}")
