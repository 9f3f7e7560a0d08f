"""Putting a damaged episode together again from the newest good copy and what can still be read."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import msgspec

from coach.journal import changes, codec, errors, files, snapshots
from coach.journal.codec import Doc, Rows, Tables
from coach.model.noun import NotANoun, from_doc

if TYPE_CHECKING:
    from coach.journal.store import Store

Entry = tuple[str, str]
"""Table and key of a document."""


class Restored(msgspec.Struct, frozen=True):
    """What a restored file is made of."""

    name: str
    rev: int
    snapshot: str
    """The copy it starts from; empty where there was none."""
    added: tuple[Entry, ...]
    """Entries that only the damaged file had."""
    changed: tuple[Entry, ...]
    """Entries that the damaged file has otherwise than the copy: those of the damaged file are taken."""
    kept: tuple[Entry, ...]
    """Entries of the copy that are not readable in the damaged file, or were deleted in it."""
    lost: int
    """Lines of the damaged file that could not be read."""
    damaged: str
    """Where the damaged file is kept; empty in a dry run."""
    written: bool

    @property
    def sentence(self) -> str:
        """What was done, or would be."""
        source = (
            f"the copy {errors.shown(os.path.basename(self.snapshot))}"
            if self.snapshot
            else "what can be read"
        )
        verb = "was" if self.written else "would be"
        return (
            f"{self.name} {verb} put together from {source}: {len(self.added)} later entries added, "
            f"{len(self.changed)} taken as they were last, {len(self.kept)} kept from the copy, "
            f"{self.lost} lines could not be read."
        )


def restore(store: Store, name: str, *, dry_run: bool = False) -> Restored | None:
    """Rebuild a damaged or missing file: the newest good copy and every later document that still parses.

    The damaged file is kept in ``damaged/``. Gives None where the file is good. The list of undo
    steps begins anew. Raises `NewerFile`, `Missing` when nothing is left of it, `Busy`, and the
    errors of a save.
    """
    path = store.path(name)
    if not os.path.isdir(store.root):
        raise errors.missing(path)
    with files.locked(store.disk, store.lock_path, store.wait):
        try:
            target = store.disk.realpath(path)
            data, signature = files.read(store.disk, target)
        except FileNotFoundError:
            data, signature = b"", None
        except OSError as error:
            raise errors.from_os(error, path, "read") from error
        if signature is not None and _is_good(store, name, path, data):
            return None
        found = snapshots.newest_good(store.disk, snapshots.folder_of(store.root, name))
        base = store.decode(name, found[0].path, found[1]) if found else Tables()
        result, tables = _merge(name, base, found[0].path if found else "", data)
        if not any(tables.values()):
            raise errors.missing(path)
        if dry_run:
            return result
        return _write(store, result, tables, target, data, signature)


def _is_good(store: Store, name: str, path: str, data: bytes) -> bool:
    try:
        tables = store.decode(name, path, data)
        for table in tables:
            tables[table]
    except (errors.Damaged, codec.Bad):
        return False
    return True


def _merge(name: str, base: Tables, snapshot: str, data: bytes) -> tuple[Restored, dict[str, Rows]]:
    rest = codec.salvage(data)
    tables = {table: dict(base[table]) for table in base if table != changes.STEPS}
    added: list[Entry] = []
    changed: list[Entry] = []
    seen: set[Entry] = set()
    lost = rest.lost
    for table, rows in rest.tables.items():
        if table == changes.STEPS:
            continue
        for doc in rows.values():
            if not _readable(table, doc):
                lost += 1
                continue
            entry = table, codec.key_of(doc)
            seen.add(entry)
            old = _put(tables.setdefault(table, {}), entry[1], doc)
            if old is None:
                added.append(entry)
            elif old != doc:
                changed.append(entry)
    kept = [
        (table, codec.key_of(doc)) for table, rows in tables.items() for doc in rows.values()
        if (table, codec.key_of(doc)) not in seen
    ]  # fmt: skip
    rev = max(base.rev, rest.rev) + 1
    made = Restored(name, rev, snapshot, tuple(added), tuple(changed), tuple(kept), lost, "", False)
    return made, tables


def _readable(table: str, doc: Doc) -> bool:
    """Whether a salvaged document has a key and fits the noun of its table."""
    from coach.journal.repo import KINDS, kind_of

    try:
        codec.key_of(doc)
        if table in KINDS:
            from_doc(doc, kind_of(table))
    except (codec.NoKey, NotANoun):
        return False
    return True


def _put(rows: Rows, key: str, doc: Doc) -> Any:
    for row, old in rows.items():
        if codec.key_of(old) == key:
            rows[row] = doc
            return old
    rows[str(1 + max(map(int, rows), default=0))] = doc
    return None


def _write(
    store: Store, result: Restored, tables: dict[str, Rows], target: str, data: bytes,
    signature: files.Signature | None,
) -> Restored:  # fmt: skip
    aside = ""

    def before() -> None:
        """Keep the damaged file under another name before the good one takes its place."""
        nonlocal aside
        if signature is None:
            return
        if files.signature(store.disk.stat(target)) != signature:
            raise errors.conflict(target, "another program changed the file in the meantime")
        aside = _keep(store, result.name, target, data)

    try:
        files.make_dirs(store.disk, os.path.dirname(target))
        files.replace(store.disk, target, codec.encode(tables, result.rev), before)
    except OSError as error:
        raise errors.from_os(error, target) from error
    return msgspec.structs.replace(result, damaged=aside, written=True)


def _keep(store: Store, name: str, target: str, data: bytes) -> str:
    folder = os.path.join(store.root, "damaged")
    files.make_dirs(store.disk, folder)
    number = 1 + len(store.disk.listdir(folder))
    while os.path.lexists(path := os.path.join(folder, f"{name}.{number:02d}")):
        number += 1
    try:
        store.disk.link(target, path)
    except OSError:  # a file system without links
        files.replace(store.disk, path, data, lambda: None)
    files.sync_folder(store.disk, folder)
    return path
