"""What stands for the person in de-identified exports: made once by chance, and kept in the home.

The same name and the same shift in every export keep exports of different days together; who has
this file can undo the shift, so it stays at home.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from coach.desk import Desk, problems
from coach.problems import NeedsDoctor

if TYPE_CHECKING:
    from coach.exchange.deidentify import Mask

FILE = "deidentify.json"
LIMIT = 4096
LEAST_WEEKS, MOST_WEEKS = 26, 520
"""Dates go back by at least half a year and at most ten."""


def mask(desk: Desk) -> Mask:
    """The name and the shift of this home. Raises `NeedsDoctor` for a file that cannot be read."""
    from coach.exchange.deidentify import Mask
    from coach.model.noun import NotANoun, from_doc

    path = os.path.join(desk.home, FILE)
    try:
        with open(path, "rb") as file:
            kept = json.loads(file.read(LIMIT))
        return from_doc({name: kept[name] for name in ("subject", "weeks")}, Mask)
    except FileNotFoundError:
        return _made(desk, path)
    except (OSError, ValueError, KeyError, TypeError, RecursionError, NotANoun):
        raise NeedsDoctor(
            f"{path} cannot be read, and another shift of the dates would not fit the exports made before.",
            "put it back from a copy, or delete it to begin with a new name and shift",
        ) from None


def _made(desk: Desk, path: str) -> Mask:
    import secrets

    from coach.exchange.deidentify import Mask
    from coach.journal.store import write_file

    weeks = -(LEAST_WEEKS + secrets.randbelow(MOST_WEEKS - LEAST_WEEKS + 1))
    made = Mask(subject=f"x-{secrets.token_hex(4)}", weeks=weeks)
    document = {"schema": "coach.deidentify/1", "subject": made.subject, "weeks": made.weeks}
    with problems():
        write_file(path, json.dumps(document).encode())
    return made
