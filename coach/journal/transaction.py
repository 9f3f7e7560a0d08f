"""One change of one file of the journal: locked, edited as a TinyDB, and saved whole or not at all."""

from __future__ import annotations

import os
from types import TracebackType
from typing import TYPE_CHECKING

from coach.journal import changes, codec, errors, files, snapshots
from coach.journal.codec import Tables
from coach.journal.files import Signature

if TYPE_CHECKING:
    from datetime import date

    from tinydb import TinyDB

    from coach.journal.store import Store


class Transaction:
    """One change of one file: a lock, a TinyDB to edit, and one commit on leaving.

    ``rev`` is the revision of the file: after the ``with`` block the saved one.
    """

    def __init__(
        self, store: Store, name: str, *, label: str, today: date, at: str,
        expect_rev: int | None, undoable: bool, create: bool,
    ) -> None:  # fmt: skip
        self.name = name
        self.rev = 0
        self._store, self._disk = store, store.disk
        self._label, self._today, self._at = label, today.isoformat(), at
        self._expect, self._undoable, self._create = expect_rev, undoable, create
        self._path = store.path(name)

    def __enter__(self) -> TinyDB:
        from tinydb import TinyDB

        from coach.journal.storage import StagedStorage

        self._prepare()
        self._lock = files.locked(self._disk, self._store.lock_path, self._store.wait)
        self._lock.__enter__()
        try:
            self._load()
            storage = StagedStorage(self._tables)
            self._storage = storage
            return TinyDB(storage=lambda: storage)
        except BaseException:
            self._lock.__exit__(None, None, None)
            raise

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._storage.close()
        try:
            if kind is None:
                self._commit()
        finally:
            self._lock.__exit__(None, None, None)

    def _prepare(self) -> None:
        try:
            if self._create:
                files.make_dirs(self._disk, os.path.dirname(self._path))
            else:
                self._disk.stat(self._path)
        except FileNotFoundError:
            raise errors.missing(self._path) from None
        except OSError as error:
            raise errors.from_os(error, self._path) from error

    def _load(self) -> None:
        self._signature: Signature | None = None
        self._data = b""
        self._tables = Tables()
        try:
            self._target = self._disk.realpath(self._path)
            self._data, self._signature = files.read(self._disk, self._target)
        except FileNotFoundError:
            if not self._create:
                raise errors.missing(self._path) from None
        except OSError as error:
            raise errors.from_os(error, self._path) from error
        if self._signature is not None:
            self._tables = self._store.decode(self.name, self._path, self._data)
            if self._create:
                raise errors.conflict(self._path, "an episode of this name was begun in the meantime")
        self.rev = self._tables.rev
        if self._expect is not None and self._expect != self.rev:
            raise errors.conflict(self._path, "the journal was changed elsewhere since it was read")

    def _commit(self) -> None:
        """Save what was staged. Raises `NotStorable`, `Conflict`, `Failed` and its kinds, `NotDurable`."""
        try:
            data = self._encoded()
        except (ValueError, TypeError, RecursionError) as error:
            raise errors.not_storable(self._path, str(error)) from error
        if data is None:
            return
        try:
            files.sweep(self._disk, self._target)
            files.replace(self._disk, self._target, data, self._before_rename)
        except errors.NotDurable:
            self.rev += 1
            raise
        except OSError as error:
            raise errors.from_os(error, self._target) from error
        self.rev += 1

    def _encoded(self) -> bytes | None:
        """The bytes of the next revision, or None where nothing changed."""
        new, changed = changes.diff(self._tables, codec.encoder())
        if not new:
            return None
        raw = self._tables.raw | {name: codec.join(lines) for name, lines in new.items()}
        if self._undoable and changed:
            made = changes.step(self.rev + 1, self._at, self._label, changed)
            raw[changes.STEPS] = changes.add_step(raw.get(changes.STEPS, b""), made)
        return codec.seal(raw, self.rev + 1)

    def _before_rename(self) -> None:
        """Last look at the old file, which is then set aside if this is the first save of the day."""
        try:
            now = files.signature(self._disk.stat(self._target))
        except FileNotFoundError:
            now = None
        if now != self._signature:
            raise errors.conflict(self._path, "another program changed the journal during the save")
        if now is None:
            return
        if not self._disk.writable(self._target):
            raise PermissionError(13, os.strerror(13), self._target)
        folder = snapshots.folder_of(self._store.root, self.name)
        if self._tables.schema != codec.SCHEMA:
            snapshots.pin(self._disk, folder, self._target, self._data, self.rev, codec.SCHEMA)
        snapshots.take(self._disk, folder, self._target, self._data, self.rev, self._today)
