"""The JSON documents of the commands; fields are only ever added."""

from __future__ import annotations

from typing import Any

import msgspec


def plain(value: Any) -> Any:
    """A noun, or anything of nouns, as plain JSON values."""
    return msgspec.to_builtins(value)


def checkin(done: Any) -> dict[str, Any]:
    """What ``checkin --json`` prints."""
    return {
        "checkin": plain(done.checkin),
        "changes": plain(done.changes),
        "safety": {"notices": list(done.notices), "pending": list(done.pending)},
        "flare": plain(done.flare),
    }
