"""Entries changed behind a review: what it had read is kept, and its cards are marked."""

from __future__ import annotations

from typing import Any

import msgspec

from coach.desk import Desk, carried_from, day_of
from coach.model.log import CheckIn, Correction, Flare, History, Pause, SessionLog, Skip
from coach.model.noun import Noun, from_doc
from coach.model.plan import Plan
from coach.model.review import Review
from coach.tables import Tables, Writing

KINDS: dict[str, type[Noun]] = {
    "checkins": CheckIn,
    "sessions": SessionLog,
    "flares": Flare,
    "pauses": Pause,
    "skips": Skip,
}


def keep(desk: Desk, writing: Writing, table: str, key: str, after: Noun | None) -> None:
    """Keep an entry as it was before it changes to ``after``, and mark the cards that rest on it.

    It is called in the same transaction, before the change is put.
    """
    from coach.model.noun import to_doc

    before = writing.one(table, key, KINDS[table])
    noun = after or before
    if noun is None or before == after:
        return
    touched = _mark(desk, writing, table, key, after)
    if writing.closed and table != "skips":
        _mark_next(desk, writing, table, key, noun, after)
    newest = writing.plan.version if writing.name == desk.names()[-1] else desk.read().plan.version
    count = len(writing.docs("corrections")) + 1
    writing.put(
        "corrections",
        Correction(
            id=f"k{count:03d}",
            table=table,
            key=key,
            date=day_of(noun),
            version=newest,
            before=None if before is None else to_doc(before),
            reviews=touched,
            at=desk.at,
        ),
    )


def mark_measured(desk: Desk, writing: Writing) -> None:
    """Mark the cards that what devices measured, as it is now, would have told otherwise.

    What a review read of devices is kept in the review itself, so nothing else has to be kept.
    """
    history = desk.history(writing)
    for was, now in _touched(writing, history, history, measured=True):
        if now != was:
            writing.put("reviews", now)


def _mark(desk: Desk, writing: Writing, table: str, key: str, after: Noun | None) -> tuple[str, ...]:
    """Mark the cards of this file whose evidence the change alters; the ids of their reviews."""
    history = desk.history(writing)
    found = _touched(writing, history, _with(history, table, key, after))
    for was, now in found:
        if now != was:
            writing.put("reviews", now)
    return tuple(now.id for _, now in found)


def _mark_next(desk: Desk, writing: Writing, table: str, key: str, noun: Noun, after: Noun | None) -> None:
    """Mark the cards of the file that goes on from this one, which read its last days, too.

    They are found while the entry is still as it was, and put when the correction itself is on the disk.
    """
    names = desk.names()
    name = names[names.index(writing.name) + 1]
    if day_of(noun) < carried_from(name, table):
        return
    following = desk.read(name)
    history = desk.history(following)
    touched = _touched(following, history, _with(history, table, key, after))
    marks = [now for was, now in touched if now != was]

    def put() -> None:
        with desk.write("marks of an earlier correction", name, undoable=False) as opened:
            for each in marks:
                opened.put("reviews", each)

    if marks:
        writing.then.append(put)


def _touched(
    tables: Tables, before: History, later: History, *, measured: bool = False
) -> list[tuple[Review, Review]]:
    """Reviews whose evidence reads otherwise with the change, each as it was and as it is marked.

    What devices measured is as each review read it, on both sides; only where ``measured`` says so it is as
    it is now on the later one.
    """
    from coach.cases.shapes import course_of
    from coach.programs.correcting import marked
    from coach.programs.library import load_library
    from coach.programs.rules import load_rules

    library = load_library()
    plans = {each.id: each for each in (*tables.all("plans", Plan), *tables.all("plan", Plan))}
    found = []
    for review in tables.all("reviews", Review):
        plan = plans.get(review.plan_before) or next(iter(plans.values()))
        read = msgspec.structs.replace(before, devices=review.devices)
        now = later if measured else msgspec.structs.replace(later, devices=review.devices)
        done = marked(review, plans, read, now, *course_of(tables, plan, library), load_rules())
        if done is not review:
            found.append((review, done))
    return found


def _with(history: History, table: str, key: str, noun: Any) -> History:
    """The history with one entry replaced, added, or taken away."""
    rest = [each for each in getattr(history, table) if _key(each) != key]
    every = sorted((*rest, *((noun,) if noun is not None else ())), key=lambda e: (day_of(e), _key(e)))
    return msgspec.structs.replace(history, **{table: tuple(every)})


def _key(noun: Any) -> str:
    return str(noun.id) if hasattr(noun, "id") else str(noun.date.isoformat())


def as_read(desk: Desk, tables: Tables, review: Review, version: int) -> History:
    """The log as a review read it: later corrections taken back, later entries left out.

    ``version`` is that of the plan the review made; what was corrected under it, or after it, came later.
    """
    history = desk.history(tables)
    names = desk.names()
    place = names.index(tables.name) if tables.name in names else 0
    sources = (tables, *((desk.read(names[place - 1]),) if place else ()))
    for source in sources:
        for each in reversed(source.all("corrections", Correction)):
            if each.version >= version:
                before = None if each.before is None else from_doc(each.before, KINDS[each.table])
                history = _with(history, each.table, each.key, before)
    return msgspec.structs.replace(
        history,
        checkins=tuple(each for each in history.checkins if each.date <= review.date),
        sessions=tuple(each for each in history.sessions if each.date < review.date),
        flares=tuple(each for each in history.flares if each.start <= review.date),
        skips=tuple(each for each in history.skips if each.date <= review.date),
        devices=review.devices,
    )
