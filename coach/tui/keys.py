"""Words of the command line, said as keys."""

from __future__ import annotations

import re

from coach.actions import ACTIONS, KEYS, find

_COMMAND = re.compile(r"coach ([a-z]+)(?:[ ](?:--?[a-z-]+|[A-Z]{2,}|start|end|all|show))*")


def in_keys(text: str) -> str:
    """A text in which ``coach checkin ...`` is the key that does it."""

    def key(found: re.Match[str]) -> str:
        action = find(found[1])
        if action is None or not action.key:
            return found[0]
        return f"{action.label} (key {action.key})"

    return _COMMAND.sub(key, text)


def bound() -> tuple[tuple[str, str, str, bool], ...]:
    """Key, action, label and whether the bottom line has it, for all that works everywhere."""
    found = [
        (each.key, f"go('{each.name}')", each.label, each.shown)
        for each in (*ACTIONS, *KEYS)
        if each.key and each.name not in ("back", "quit", "palette")
    ]
    return (*found, ("q", "leave", "Quit", False), ("escape", "back", "Back", False), ("b", "back", "Back", False))
