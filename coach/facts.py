"""The few facts behind the status line, read off an open episode."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from coach.model.log import SESSION_KINDS, STOPPED

if TYPE_CHECKING:
    from coach.programs.flares import FlareDays
    from coach.tables import Tables

PAIN_DAYS = 7


def facts(tables: Tables, today: date) -> dict[str, Any]:
    """What ``coach.status.line`` needs, as plain JSON values."""
    found = next((doc for doc in tables.docs("meta") if doc.get("id") == "episode"), None)
    if found is None:
        return {}
    known: dict[str, Any] = {"stopped": found["level"] in STOPPED or bool(found["pending"])}
    if found["pending"] and found["level"] not in STOPPED:
        known["pending"] = True
    if found["level"] == "T0_EMERGENCY":
        known["emergency"] = True
    since = (today - timedelta(days=PAIN_DAYS - 1)).isoformat()
    pain = {doc["date"]: doc["pain"] for doc in tables.docs("checkins") if doc["pain"] is not None}
    known["pain"] = sorted((day, value) for day, value in pain.items() if day >= since)
    flare = flare_of(tables, today)
    known["flare"] = {"day": flare.day, "trigger": flare.flare.trigger} if flare and flare.active else None
    for doc in tables.docs("pauses"):
        if doc["end"] >= today.isoformat():
            known.update(paused_from=doc["start"], paused_until=doc["end"])
    if found["plan"]:
        starts = date.fromisoformat(found["week_starts"])
        known.update(
            start=found["start"],
            week=found["week"],
            weeks=found["weeks"],
            planned=found["planned"],
            author=found.get("author", ""),
            review_due=(starts + timedelta(days=7)).isoformat(),
            done=len({doc["session"] for doc in tables.docs("sessions") if _counts(doc, found)}),
        )
    return known


def flare_of(tables: Tables, today: date) -> FlareDays | None:
    """The flare-up of today, or the last one before, from what the episode holds."""
    from coach.model.log import CheckIn, Flare, History
    from coach.programs.flares import current

    history = History(checkins=tables.all("checkins", CheckIn), flares=tables.all("flares", Flare))
    return current(history, today)


def _counts(doc: dict[str, Any], episode: dict[str, Any]) -> bool:
    return bool(doc["date"] >= episode["week_starts"] and doc["kind"] in SESSION_KINDS)
