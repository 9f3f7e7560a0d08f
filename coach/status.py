"""The one line for a prompt or status bar, kept beside the journal so that it costs nothing."""

from __future__ import annotations

import json
import os
from typing import Any

NAME = "status.json"
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""Written out here, for this file stands below all others and the line costs nothing."""


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


def quick_line(form: str = "") -> str | None:
    """The line from the kept facts, or null when they are missing, stale or of another version.

    ``form`` is a format of `TEXTS` or `BARS`, or a text with fields in braces; null for one that is neither.
    """
    from coach.home import find_home, local_day

    try:
        home = find_home()
        with open(os.path.join(home, NAME), encoding="utf-8") as file:
            kept = json.load(file)
        if kept["version"] != 1 or kept["signature"] != signature(home):
            return None
        facts, today = kept["facts"], local_day()[0]
        return shown(form, facts, today) if form else line(facts, today)
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
    """The pieces of the line by name; empty texts where there is nothing to say."""
    done, of = facts.get("done", 0), facts.get("planned", 0)
    state = _state(facts, today)
    return {
        "day": _day(facts, today),
        "state": state,
        "pain": _pain(facts, today),
        "sessions": f"{done} of {of} sessions" if of and not facts.get("stopped") else "",
        "plan": f"plan of {facts['author']}" if facts.get("author") else "",
        "review": "review due" if facts.get("review_due", "9") <= today and not state else "",
    }


FIELDS = {
    "line": "the whole line",
    "short": "week, last pain and state in a few letters: w8/12 p3",
    "day": "week and day of the plan",
    "week": "number of the week",
    "weeks": "weeks of the plan",
    "pain": "the last pain of the week, with its day where that is not today",
    "value": "the same as a number alone",
    "sessions": "sessions done of those planned this week",
    "done": "sessions done this week",
    "planned": "sessions planned this week",
    "state": "flare, paused, or that a clinician comes first",
    "plan": "whose plan it is, where a therapist's file runs",
    "review": "that the review is due",
    "class": "one word for a style: ok, review, flare, paused, stopped or none",
    "percent": "share of this week's sessions that is done, 0 to 100",
}
"""What may stand in braces in a format, and what it is."""

TEXTS = {"prompt": "{short}", "tmux": "{short} {sessions}", "polybar": "{line}"}
"""Formats that are a text, by name."""
BARS = {
    "waybar": {"text": "short", "tooltip": "line", "class": "class", "percentage": "percent"},
    "i3": {"full_text": "line", "short_text": "short"},
}
"""Formats that are one JSON object, by name: its keys, and the field of each."""

_COMMANDS = {"tmux": (("#", "##"),), "polybar": (("%{", "%%{"),)}
"""What a bar would take for a command, and how it is written so that it does not."""


class UnknownField(ValueError):
    """A format names what there is not; the message is the name."""


def shown(form: str, facts: dict[str, Any], today: str) -> str:
    """The status in a format by name, or in a text with fields in braces. Raises `UnknownField`.

    ``{{`` and ``}}`` are braces. A field is a plain name: no format reaches into an object.
    """
    known = fields(facts, today)
    if form in BARS:
        return _bar(BARS[form], known)
    if "{" not in form and form not in TEXTS:
        raise UnknownField(form)
    found = fill(TEXTS.get(form, form), known).strip()
    for letters, other in _COMMANDS.get(form, ()):
        found = found.replace(letters, other)
    return found


def fields(facts: dict[str, Any], today: str) -> dict[str, str]:
    """Every field of `FIELDS`."""
    known = parts(facts, today)
    done, of = facts.get("done", 0), facts.get("planned", 0)
    values = [value for day, value in facts.get("pain", []) if day <= today]
    value = f"{values[-1]:g}" if values else ""
    running = facts.get("start", "9") <= today
    week = f"w{facts['week']}/{facts['weeks']}" if running else ""
    kind = _class(facts, known)
    small = (week, f"p{value}" if value else "", "" if kind in ("ok", "none") else kind)
    return {
        "line": line(facts, today),
        "short": " ".join(each for each in small if each) or "-",
        **known,
        "week": str(facts.get("week", "")),
        "weeks": str(facts.get("weeks", "")),
        "value": value,
        "done": str(done) if of else "",
        "planned": str(of) if of else "",
        "class": kind,
        "percent": str(min(100, round(100 * done / of))) if of else "0",
    }


def _class(facts: dict[str, Any], known: dict[str, str]) -> str:
    if facts.get("stopped"):
        return "stopped"
    if known["state"]:
        return known["state"].split(" ")[0]
    if known["review"]:
        return "review"
    return "ok" if facts.get("start") else "none"


def fill(form: str, known: dict[str, str]) -> str:
    """Put fields in their places. Raises `UnknownField`."""
    found, rest = "", form
    while rest:
        text, brace, rest = _cut(rest)
        found += text
        if brace and rest[:1] == brace:
            found += brace
            rest = rest[1:]
        elif brace:
            name, closed, rest = rest.partition("}")
            if brace == "}" or not closed or name not in known:
                raise UnknownField(name[:40] if brace == "{" else brace)
            found += known[name]
    return found


def _cut(form: str) -> tuple[str, str, str]:
    """What stands before the first brace, the brace, and what follows it."""
    places = [form.index(each) for each in "{}" if each in form]
    if not places:
        return form, "", ""
    place = min(places)
    return form[:place], form[place], form[place + 1 :]


def _bar(keys: dict[str, str], known: dict[str, str]) -> str:
    """One JSON object; texts are escaped for the markup that bars read in them."""
    document: dict[str, Any] = {}
    for key, name in keys.items():
        text = known[name].replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        document[key] = int(text) if name == "percent" else text
    return json.dumps(document, ensure_ascii=False)


def _state(facts: dict[str, Any], today: str) -> str:
    if facts.get("stopped"):
        if facts.get("emergency"):
            return "get help now: coach today"
        asked = "answer the safety questions first: coach assess"
        return asked if facts.get("pending") else "see a clinician first: coach today"
    if facts.get("paused_until", "") >= today >= facts.get("paused_from", "9"):
        return f"paused until {_said(facts['paused_until'])}"
    return "flare" if facts.get("flare") else ""


def _day(facts: dict[str, Any], today: str) -> str:
    import datetime as dt

    if not facts.get("start"):
        return "no plan yet" if facts.get("stopped") else "no plan yet: coach assess"
    days = (dt.date.fromisoformat(today) - dt.date.fromisoformat(facts["start"])).days + 1
    if days < 1:
        return f"starts {_said(facts['start'])}"
    week, weeks = facts["week"], facts["weeks"]
    if isinstance(week, int) and isinstance(weeks, int) and week > weeks:
        return f"{weeks} weeks done, day {days}"
    return f"week {week}/{weeks}, day {days}"


def _pain(facts: dict[str, Any], today: str) -> str:
    entries = [(day, value) for day, value in facts.get("pain", []) if day <= today]
    if not entries:
        return ""
    day, value = entries[-1]
    return f"pain {value:g}{'' if day == today else _when(day, today)}"


def _when(day: str, today: str) -> str:
    """`` yesterday`` or `` on Fri 20 Nov``."""
    import datetime as dt

    ago = dt.date.fromisoformat(today) - dt.date.fromisoformat(day)
    return " yesterday" if ago.days == 1 else f" on {_said(day)}"


def _said(day: str) -> str:
    """An ISO date as people say it, as `coach.draw.words.day` does; anything else as it is."""
    import datetime as dt

    try:
        when = dt.date.fromisoformat(day)
    except ValueError:
        return day
    return f"{_WEEKDAYS[when.weekday()]} {when.day} {_MONTHS[when.month - 1]}"
