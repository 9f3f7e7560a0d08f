"""Words of the command line, said as keys; and the keys that work everywhere."""

from __future__ import annotations

import re
from datetime import date

from coach.actions import ACTIONS, KEYS, find
from coach.draw.words import day
from coach.tui import pages

NAMES = {
    "question_mark": "?",
    "comma": ",",
    "slash": "/",
    "escape": "Esc",
    "enter": "Enter",
    "space": "Space",
}
_COMMAND = re.compile(r"coach ([a-z]+)(?! minimum)(?:[ ](?:--?[a-z-]+|[A-Z]{2,}|start|end|all|show))*")


_DATE = re.compile(r"\b\d{4}-\d\d-\d\d\b")


def name_of(key: str) -> str:
    """A key as it stands on the keyboard."""
    return NAMES.get(key, key.replace("ctrl+", "Ctrl-"))


def in_keys(text: str) -> str:
    """A text in which ``coach checkin ...`` is the key that does it."""

    def key(found: re.Match[str]) -> str:
        action = find(found[1])
        if found[0].endswith(" EXERCISE"):
            return found[0]  # no page does that for one exercise
        if action is None or not action.key or not has_page(action.name):
            return found[0]
        return f"{action.label} (key {name_of(action.key)})"

    return _COMMAND.sub(key, text)


def plainly(text: str) -> str:
    """The same, and days as people say them."""
    return _DATE.sub(lambda found: _day(found[0]), in_keys(text))


def _day(text: str) -> str:
    try:
        return day(date.fromisoformat(text))
    except ValueError:
        return text


def has_page(name: str) -> bool:
    """Whether an action has a page here."""
    return name in pages.KEPT or name in pages.FRESH


def bound() -> tuple[tuple[str, str, str, bool], ...]:
    """Key, action, label and whether the bottom line has it, for all that works everywhere."""
    found = [
        (each.key, f"go('{each.name}')", each.label, each.shown)
        for each in (*ACTIONS, *KEYS)
        if each.key and has_page(each.name)
    ]
    return (
        *found,
        ("q", "leave", "Quit", False),
        ("escape", "back", "Back", False),
        ("b", "back", "Back", False),
    )
