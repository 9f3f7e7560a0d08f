"""Words of the command line, said as keys; and the keys that work everywhere."""

from __future__ import annotations

import re
from datetime import date

from coach.actions import ACTIONS, KEYS, Action, find
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
THEN = {
    "log --short": ("session", "v"),
    "log --done all --short": ("session", "v"),
    "session --short": ("session", "v"),
    "plan why": ("library", "Enter on it"),
    "plan history": ("plan", "v"),
    "plan diff": ("plan", "v"),
    "plan minimum": ("plan", "m"),
    "swap": ("library", "Enter and w on it"),
    "review --veto": ("review", "v"),
    "checkin --flag": ("checkin", "w"),
}
"""Commands that are more than one key here: the page, and what is pressed there."""
SHELL = (
    "log EXERCISE",
    "assess --change",
    "assess --clear",
    "assess --answers",
    "assess --schema",
    "assess --instrument",
    "plan file",
    "library check",
    "review --answers",
)
"""Commands of pages that the page itself has no way for: they stay commands."""
AFTER = "(A command is typed after leaving with q.)"

_OPTION = r"--(?:reason|chart|done|from|to|by|name|instrument) [a-z]+|--?[a-z-]+(?:=\w+)?"
_WORD = "start|end|all|show|list|done|why|history|diff|file|minimum|check|on|off"
_VALUE = r"[A-Z]{2,}[A-Z.=]*|\+?[a-z_]*\d(?:[\w:.=+-]*\w)?|[a-z]+_[a-z_]+|“[^”]*”|\"[^\"]*\""
_ARGUMENTS = rf"(?: (?:{_OPTION}|{_WORD}|{_VALUE})(?![\w-]))*"
_NAMED = r"(?<=coach learn) [a-z]+(?=[.,)]|$)|(?<=coach habit) done [\w{}]+"
_COMMAND = re.compile(rf"(`?)coach ([a-z]+)((?:{_NAMED})?{_ARGUMENTS})\1")
"""A command with what belongs to it: options, names of exercises, numbers, dates and words of its own."""
_UNDO = re.compile(r"\(coach undo takes (it|that|all of it) back\)")
_DATE = re.compile(r"\b\d{4}-\d\d-\d\d\b")


def name_of(key: str) -> str:
    """A key as it stands on the keyboard."""
    return NAMES.get(key, key.replace("ctrl+", "Ctrl-"))


def in_keys(text: str) -> str:
    """A text in which ``coach checkin ...`` is the key that does it.

    A command that has no page stays as it is, and the text says where commands are typed.
    """
    text = _UNDO.sub(r"(key u takes \1 back)", text)
    left = False

    def key(found: re.Match[str]) -> str:
        nonlocal left
        action = find(found[2])
        if action is None:
            return found[0]
        said = _way(action, found[3].strip(), inside=text[: found.start()].endswith("("))
        left = left or not said
        return said or found[0]

    told = _COMMAND.sub(key, text)
    return f"{told} {AFTER}" if left else told


def _way(action: Action, rest: str, *, inside: bool) -> str:
    """How a command is done here; empty where it is not."""
    whole = f"{action.name} {rest}".strip()
    if any(whole == each or whole.startswith(f"{each} ") for each in SHELL):
        return ""
    ways = (value for each, value in THEN.items() if whole == each or whole.startswith(f"{each} "))
    name, then = max(ways, key=lambda way: len(way[1]), default=(action.name, ""))
    page = find(name)
    if page is None or not has_page(name):
        return ""
    key = f"key {name_of(page.key)}" if page.key else "Ctrl-P and its name"
    said = f"{page.label}, {key}" if inside else f"{page.label} ({key})"
    return f"{said}, then {then}" if then else said


def page_of(text: str) -> str:
    """The action of the first command in a text, where it has a page; else nothing."""
    named = (find(found[2]) for found in _COMMAND.finditer(text))
    return next((each.name for each in named if each is not None and has_page(each.name)), "")


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
