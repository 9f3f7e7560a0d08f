"""What a person types for sets and loads, and files of sessions."""

from __future__ import annotations

import re

from coach.model.log import SessionLog
from coach.problems import BadFile, BadValue

UNITS = r"(?:reps?|s|sec|m|min|rounds?|kg|lb)?"
ALIKE = re.compile(rf"(\d{{1,2}})\s*[x×*]\s*(\d+(?:\.\d+)?)\s*{UNITS}")
ONE = re.compile(rf"\d+(?:\.\d+)?\s*{UNITS}")
LOAD = re.compile(r"(\d+(?:\.\d+)?)\s*(kg|lb)?")
MOST_SETS = 20
MOST_AMOUNT = 3600
POUND = 0.45359237
"""Kilograms of a pound, exactly."""


def amounts(text: str) -> tuple[float, ...]:
    """Read ``3x8``, ``3x20s``, ``8,8,6`` or ``12min`` as the amount of each set. Raises `BadValue`."""
    word = text.strip().lower()
    if found := ALIKE.fullmatch(word):
        values = (float(found[2]),) * int(found[1])
    else:
        parts = [part.strip() for part in word.split(",")]
        if not all(ONE.fullmatch(part) for part in parts):
            raise BadValue(f"“{text}” does not say what was done.", "write 3x8, 3x20s, 8,8,6 or 12min")
        values = tuple(float(re.match(r"[\d.]+", part)[0]) for part in parts)  # type: ignore[index]
    if not 1 <= len(values) <= MOST_SETS or max(values) > MOST_AMOUNT:
        raise BadValue(f"“{text}” is more than anyone does: at most {MOST_SETS} sets of {MOST_AMOUNT}.")
    return values


def kilograms(text: str) -> float:
    """Read ``6kg``, ``6`` or ``13lb``. Raises `BadValue`."""
    found = LOAD.fullmatch(text.strip().lower().replace(",", "."))
    if found is None:
        raise BadValue(f"“{text}” is not a load.", "write 6kg or 13lb")
    value = float(found[1]) * (POUND if found[2] == "lb" else 1)
    if value > 500:
        raise BadValue(f"A load of {text} is more than 500 kg.", "nothing was saved")
    return round(value, 2)


def session_logs(data: bytes) -> tuple[SessionLog, ...]:
    """Sessions of a JSON list, one object, or one object a line. Raises `BadFile` with the place."""
    import json

    from coach.model.noun import NotANoun, from_doc

    def refuse(word: str) -> None:
        raise ValueError(f"{word} is not a number that can be kept")

    try:
        text = data.decode("utf-8-sig").strip()
        try:
            found = json.loads(text, parse_constant=refuse)
        except json.JSONDecodeError:
            found = [json.loads(line, parse_constant=refuse) for line in text.splitlines() if line.strip()]
    except (ValueError, RecursionError) as error:
        raise BadFile(f"The sessions cannot be read: {error}; nothing was changed.") from None
    items = (
        found
        if isinstance(found, list)
        else found.get("sessions", [found])
        if isinstance(found, dict)
        else []
    )
    logs, wrong = [], []
    for number, item in enumerate(items, start=1):
        try:
            whole = {"id": f"{item['date']}/{item['session']}", **item} if isinstance(item, dict) else item
            logs.append(from_doc(whole, SessionLog))
        except (NotANoun, KeyError) as error:
            wrong.append(f"session {number}: {error}")
    if wrong or not logs:
        raise BadFile("The sessions do not fit; nothing was changed.", details=tuple(wrong[:10]))
    return tuple(logs)
