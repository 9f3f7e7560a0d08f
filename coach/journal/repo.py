"""Typed calls on the tables of an episode: nouns go in, nouns come out.

A source to read is a `View` or the TinyDB of a transaction. Documents are found by their key
(``id``, else ``date``), never by TinyDB's numbers, and saving is an upsert by that key.
"""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

from coach.journal.codec import key_of
from coach.model.noun import Noun, from_doc, from_json, to_doc

if TYPE_CHECKING:
    from tinydb import TinyDB

N = TypeVar("N", bound=Noun)
Doc = dict[str, Any]

KINDS = MappingProxyType(
    {
        "responses": "assessment.Response",
        "clearances": "assessment.Clearance",
        "triage": "assessment.Triage",
        "profile": "assessment.Profile",
        "plan": "plan.Plan",
        "plans": "plan.Plan",
        "checkins": "log.CheckIn",
        "sessions": "log.SessionLog",
        "flares": "log.Flare",
        "pauses": "log.Pause",
        "skips": "log.Skip",
        "notes": "log.Note",
        "reviews": "review.Review",
        "measures": "assessment.Entered",
        "tests": "testing.Measured",
        "corrections": "log.Correction",
        "files": "applied.AppliedFile",
        "devices": "log.DeviceMonth",
        "readings": "reading.Reading",
        "batches": "reading.Batch",
    }
)
"""The noun that each table holds; ``meta`` holds plain documents."""

ORDER = MappingProxyType(
    {"checkins": "date", "sessions": "date", "flares": "start", "pauses": "start", "skips": "date"}
)
"""The date by which a table of log entries is read; other tables are read in the order of writing."""


class Source(Protocol):
    """What can be read: a view, or the TinyDB of a transaction."""

    def table(self, name: str, /) -> Iterable[Any]:
        """The documents of a table."""
        ...


def kind_of(table: str) -> type[Noun]:
    """The noun type of a table, whose module is imported only now."""
    module, _, name = KINDS[table].partition(".")
    return cast(type[Noun], getattr(__import__(f"coach.model.{module}", fromlist=[name]), name))


def docs(source: Source, table: str) -> list[Doc]:
    """The plain documents of a table, those of the log by date."""
    found = [dict(doc) for doc in source.table(table)]
    order = ORDER.get(table)
    return sorted(found, key=lambda doc: str(doc.get(order, ""))) if order else found


def doc(source: Source, table: str, key: str) -> Doc | None:
    """The plain document with this key, or None."""
    return next((dict(each) for each in source.table(table) if key_of(each) == key), None)


def rows(source: Source, table: str, kind: type[N]) -> tuple[N, ...]:
    """All nouns of a table, those of the log by date. Raises `NotANoun`."""
    order = ORDER.get(table)
    stored = getattr(source, "json", None)
    if stored is not None:  # a view: straight from the bytes, without a dict for each document
        found = list(from_json(stored(table), dict[str, kind]).values())  # type: ignore[valid-type]
    else:
        found = [from_doc(dict(each), kind) for each in source.table(table)]
    return tuple(sorted(found, key=lambda noun: getattr(noun, order)) if order else found)


def get(source: Source, table: str, key: str, kind: type[N]) -> N | None:
    """The noun with this key, or None. Raises `NotANoun`."""
    found = doc(source, table, key)
    return None if found is None else from_doc(found, kind)


def put(db: TinyDB, table: str, value: Noun | Doc, key: str = "") -> str:
    """Save a noun or a plain document by its key and give the key.

    A document of the same key is replaced, and fields that only a newer version knows stay in
    it. ``key`` is needed for what has neither id nor date, such as a triage.
    """
    new = to_doc(value) if isinstance(value, Noun) else dict(value)
    if key:
        new["id"] = key
    key = key_of(new)
    found = db.table(table).get(lambda old: key_of(old) == key)
    if found is None:
        db.table(table).insert(new)
        return key
    old = cast(Any, found)
    if isinstance(value, Noun):
        new = {**to_doc(value, onto=dict(old)), "id": key} if "id" in new else to_doc(value, onto=dict(old))
    db.table(table).update(_replace_by(new), doc_ids=[old.doc_id])
    return key


def put_all(db: TinyDB, table: str, values: Iterable[Noun]) -> None:
    """Save many nouns by their keys, reading and staging the table once instead of once for each."""
    new = {key_of(made): made for made in map(to_doc, values)}
    here = {key_of(old) for old in db.table(table)}
    known = {key: made for key, made in new.items() if key in here}
    if known:
        db.table(table).update(
            lambda old: _replace_by({**old, **known[key_of(old)]})(old), lambda old: key_of(old) in known
        )
    db.table(table).insert_multiple(made for key, made in new.items() if key not in here)


def _replace_by(new: Doc) -> Any:
    def replace(old: Doc) -> None:
        old.clear()
        old.update(new)

    return replace


def delete(db: TinyDB, table: str, key: str) -> bool:
    """Delete the document with this key and say whether there was one."""
    return bool(db.table(table).remove(lambda old: key_of(old) == key))
