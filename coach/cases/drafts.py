"""What stands half typed or half chosen: kept beside the journal until it is given, and never an answer.

A face puts it back where it was begun. Keys are the face's own; one that belongs to a day has the day in it.
"""

import json
import os
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from coach.desk import Desk, problems

FILE = "drafts.json"
LIMIT = 512 * 1024
EACH = 16 * 1024
"""Characters of one draft as JSON; what is longer is not kept."""
MOST = 60
DAYS = 30
"""A draft that was not touched for so long is let go."""


def drafts(desk: Desk) -> dict[str, Any]:
    """All drafts by key; what cannot be read is as if it had never been begun."""
    return {key: value for key, (_, value) in _read(desk).items()}


def keep(desk: Desk, changes: dict[str, Any]) -> None:
    """Keep drafts by key; null lets one go. A key that ends in ``*`` lets all go that begin so.

    Raises `NeedsDoctor` where the disk does not take it.
    """
    from coach.journal.store import write_file

    found = _read(desk)
    before = dict(found)
    for key, value in changes.items():
        if key.endswith("*"):
            found = {name: kept for name, kept in found.items() if not name.startswith(key[:-1])}
        elif value is None:
            found.pop(key, None)
        elif len(json.dumps(value)) <= EACH:
            found.pop(key, None)
            found[key] = (desk.today.isoformat(), value)
    found = dict(list(found.items())[-MOST:])
    path = os.path.join(desk.home, FILE)
    if found == before:
        return
    with problems():
        if found:
            kept = {key: {"day": day, "value": value} for key, (day, value) in found.items()}
            document = {"schema": "coach.drafts/1", "drafts": kept}
            write_file(path, json.dumps(document, ensure_ascii=False).encode("utf-8", "replace"))
        else:
            with suppress(FileNotFoundError):
                os.unlink(path)


def _read(desk: Desk) -> dict[str, tuple[str, Any]]:
    """Drafts with the day on which each was touched last, oldest first."""
    try:
        with open(os.path.join(desk.home, FILE), "rb") as file:
            kept = json.loads(file.read(LIMIT))["drafts"]
        first = desk.today - timedelta(days=DAYS)
        return {
            str(key): (each["day"], each["value"])
            for key, each in kept.items()
            if date.fromisoformat(each["day"]) >= first and each["value"] is not None
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}
