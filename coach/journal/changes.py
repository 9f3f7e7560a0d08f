"""What a transaction did to its tables, document by document, and the step that can undo it."""

from __future__ import annotations

import zlib
from collections.abc import Callable

import msgspec

from coach.journal.codec import Doc, Lines, NoKey, Raw, Rows, Tables, join, key_of, lines_of

STEPS = "steps"
"""Table of the undo steps; no part of exports."""
KEEP = 50
"""Steps that can be undone."""

_ACTIVE = b'"undone":0}'  # the end of a step that was not undone: `undone` is always its last field


class Change(msgspec.Struct, frozen=True):
    """One document before and after, as JSON; None where it does not exist."""

    table: str
    row: str
    key: str
    before: bytes | None
    after: bytes | None


def checksum(line: bytes | None) -> int | None:
    """Tells one state of a document from another; None for a document that does not exist."""
    return None if line is None else zlib.crc32(line)


def diff(tables: Tables, line: Callable[[Doc], bytes]) -> tuple[dict[str, Lines], list[Change]]:
    """Encode the tables that were written and compare them with what the file has.

    Gives the lines of each table that differs, and the changes of documents. Raises `NoKey`,
    and what ``line`` raises for a document that cannot be stored.
    """
    new: dict[str, Lines] = {}
    changes: list[Change] = []
    for name in tables.written:
        rows = tables.live.get(name, {})
        old_lines = lines_of(tables.raw.get(name, b""))
        new_lines = _encoded(name, rows, old_lines, line)
        rows_changed = [
            row for row in (*old_lines, *(r for r in new_lines if r not in old_lines))
            if old_lines.get(row) != new_lines.get(row)
        ]  # fmt: skip
        if rows_changed:
            new[name] = new_lines
        if name != STEPS:
            for row in rows_changed:
                changes += _changes(name, row, old_lines.get(row), new_lines.get(row))
    return new, changes


def _encoded(name: str, rows: Rows, old: Lines, line: Callable[[Doc], bytes]) -> Lines:
    """The lines of a table; what stands unchanged in ``old`` is not encoded again."""
    if len({key_of(doc) for doc in rows.values()}) != len(rows):
        raise NoKey(f"two documents of the table {name} have the same id")
    quick = msgspec.json.Encoder().encode
    found: Lines = {}
    for row in sorted(rows, key=int):
        doc, before = rows[row], old.get(row)
        # Five times as fast as json, but it writes NaN as null: where null stands, look twice.
        same = before is not None and quick(doc) == before
        if same and before and b"null" in before:
            same = msgspec.json.decode(before) == doc
        found[row] = before if before and same else line(doc)
    return found


def _changes(table: str, row: str, before: bytes | None, after: bytes | None) -> list[Change]:
    """One change, or two where the document at this place became another one."""
    old = key_of(msgspec.json.decode(before)) if before else None
    new = key_of(msgspec.json.decode(after)) if after else None  # proves that it can be read back
    if old and new and old != new:
        return [Change(table, row, old, before, None), Change(table, row, new, None, after)]
    return [Change(table, row, old or new or "", before, after)]


def step(rev: int, at: str, label: str, changes: list[Change]) -> bytes:
    """The JSON of one step: what is needed to take the changes back."""
    text = msgspec.json.encode
    parts = [
        b'{"table":%b,"key":%b,"row":%b,"before":%b,"sum":%b}'
        % (text(c.table), text(c.key), text(c.row), c.before or b"null", text(checksum(c.after)))
        for c in changes
    ]
    return b'{"id":"r%d","at":%b,"label":%b,"changes":[%b],%b' % (
        rev, text(at), text(label), b",".join(parts), _ACTIVE,
    )  # fmt: skip


def add_step(raw: Raw, made: bytes) -> bytes:
    """Append a step to the table of steps; steps that were undone cannot be redone any more.

    Works on the encoded lines: the documents in older steps are never decoded.
    """
    steps = lines_of(raw)
    number = 1 + max((int(row) for row in steps), default=0)
    kept = [(row, text) for row, text in steps.items() if text.endswith(_ACTIVE)]
    return join(dict([*kept[-(KEEP - 1) :], (str(number), made)]))
