"""How a person wants the terminal app: kept in the home, beside the journal, never in it."""

from __future__ import annotations

import json
import os
from typing import Annotated, Any, Literal

import msgspec

from coach.desk import Desk, problems
from coach.model.noun import Noun

FILE = "settings.json"
LIMIT = 64 * 1024


class Settings(Noun, frozen=True, kw_only=True):
    """Settings of the face. Days, minutes and equipment are no settings: they belong to the episode."""

    theme: Literal["dark", "light", "contrast"] = "dark"
    motion: bool = True
    """Whether anything moves: figures, and pages that slide."""
    bell: bool = True
    """Whether the terminal bell rings at the end of a hold or a rest."""
    hands_free: bool = True
    """Whether a session goes on by itself."""
    countdown: int = 5
    """Seconds to get ready before a set."""
    hooks: bool = False
    """Whether the person's own programs in ``hooks/`` run after an entry."""
    hook_seconds: Annotated[int, msgspec.Meta(ge=1, le=120)] = 10
    """Seconds after which one of them is ended."""
    remind_at: str = ""
    """Time of day of the reminder, HH:MM; empty for none. ``coach remind`` reads it."""
    sources: tuple[str, ...] = ()
    """Devices by trust, or parts of their names: where several measured one day, the first one counts."""


def settings(desk: Desk) -> Settings:
    """The settings; what is missing or cannot be read is as it comes."""
    try:
        with open(os.path.join(desk.home, FILE), "rb") as file:
            kept = json.loads(file.read(LIMIT))
    except (OSError, ValueError, RecursionError):
        return Settings()
    found = Settings()
    for name in Settings.__struct_fields__:
        if isinstance(kept, dict) and name in kept:
            try:
                wanted = {name: kept[name]}
                found = msgspec.convert({**msgspec.to_builtins(found), **wanted}, Settings)
            except msgspec.ValidationError:
                continue
    return found


def keep(desk: Desk, **values: Any) -> Settings:
    """Change some settings and keep all of them."""
    from coach.journal.store import write_file

    made = msgspec.structs.replace(settings(desk), **values)
    document = {"schema": "coach.settings/1", **msgspec.to_builtins(made)}
    with problems():
        os.makedirs(desk.home, mode=0o700, exist_ok=True)
        write_file(os.path.join(desk.home, FILE), json.dumps(document, indent=1).encode())
    return made
