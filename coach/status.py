"""The one line for a prompt or status bar, kept beside the journal so that it costs nothing."""

from __future__ import annotations

import json
import os
from typing import Any

NAME = "status.json"


def signature(home: str) -> list[Any] | None:
    """What tells that the journal is as it was: its newest episode's name, size and time."""
    folder = os.path.join(home, "journal", "episodes")
    try:
        names = [name for name in os.listdir(folder) if name.endswith(".json") and name[0] != "."]
        newest = max(names)
        seen = os.stat(os.path.join(folder, newest))
    except (OSError, ValueError):
        return None
    return [newest, seen.st_size, seen.st_mtime_ns]


def quick_line() -> str | None:
    """The line from the kept facts, or null when they are missing, stale or of another version."""
    from coach.home import find_home, local_day

    try:
        home = find_home()
        with open(os.path.join(home, NAME), encoding="utf-8") as file:
            kept = json.load(file)
        if kept["version"] != 1 or kept["signature"] != signature(home):
            return None
        return line(kept["facts"], local_day()[0])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep(home: str, facts: dict[str, Any]) -> None:
    """Write the facts beside the journal; a failure is no loss, for they are only a copy."""
    part = os.path.join(home, f".{NAME}.{os.getpid()}")
    try:
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(json.dumps({"version": 1, "signature": signature(home), "facts": facts}))
        os.replace(part, os.path.join(home, NAME))
    except OSError:
        return


def line(facts: dict[str, Any], today: str) -> str:
    """Say in one line where the person stands on ``today`` (ISO date)."""
    return " · ".join(part for part in parts(facts, today).values() if part)


def parts(facts: dict[str, Any], today: str) -> dict[str, str]:
    """The pieces of the line by name, for ``status --format``."""
    done, of = facts.get("done", 0), facts.get("planned", 0)
    state = _state(facts, today)
    return {
        "day": _day(facts, today),
        "state": state,
        "pain": _pain(facts, today),
        "sessions": f"{done} of {of} sessions" if of and not state.startswith("see") else "",
        "review": "review due" if facts.get("review_due", "9") <= today and not state else "",
    }


def _state(facts: dict[str, Any], today: str) -> str:
    if facts.get("stopped"):
        return "see a clinician first: coach today"
    if facts.get("paused_until", "") >= today >= facts.get("paused_from", "9"):
        return f"paused until {facts['paused_until']}"
    return "flare" if facts.get("flare") else ""


def _day(facts: dict[str, Any], today: str) -> str:
    import datetime as dt

    if not facts.get("start"):
        return "no plan yet: coach assess"
    days = (dt.date.fromisoformat(today) - dt.date.fromisoformat(facts["start"])).days + 1
    if days < 1:
        return f"starts {facts['start']}"
    return f"week {facts['week']}/{facts['weeks']}, day {days}"


def _pain(facts: dict[str, Any], today: str) -> str:
    entries = [(day, value) for day, value in facts.get("pain", []) if day <= today]
    if not entries:
        return ""
    day, value = entries[-1]
    when = "" if day == today else f" on {day[5:]}"
    return f"pain {value:g}{when}"
