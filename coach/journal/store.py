"""The journal on the disk: its files, and views of them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from coach.journal import codec, errors, files, snapshots
from coach.journal.codec import Tables
from coach.journal.disk import Disk
from coach.journal.files import Signature, read_file, write_file

if TYPE_CHECKING:
    from datetime import date

    from tinydb import TinyDB

    from coach.journal.migrations import Migration
    from coach.journal.transaction import Transaction

__all__ = ["Store", "View", "is_episode", "read_file", "write_file"]

WAIT_S = 10.0
"""How long a writer waits for another one before it gives up."""


def is_episode(name: str) -> bool:
    """Whether a file name is one of an episode: ``2026-11-23-e01.json``."""
    day, number = name[:10], name[12:-5]
    digits = day[:4] + day[5:7] + day[8:] + number
    return (
        name.endswith(".json") and day[4:5] == day[7:8] == "-" and name[10:12] == "-e"
        and 2 <= len(number) <= 4 and digits.isascii() and digits.isdigit()
    )  # fmt: skip


class View:
    """One committed revision of a file, read without a lock. Do not change the documents it gives."""

    __slots__ = ("_data", "_db", "_store", "_tables", "name", "path", "rev", "signature")

    def __init__(self, store: Store, name: str, path: str) -> None:
        self.name = name
        self.path = path
        self._store = store
        self._db: TinyDB | None = None
        self._data, self.signature = store.read(path)
        self._tables = store.decode(name, path, self._data)
        self.rev = self._tables.rev

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of the tables."""
        return tuple(self._tables)

    def table(self, name: str) -> list[codec.Doc]:
        """The documents of a table in their order; empty where there is no such table."""
        try:
            return list(self._tables[name].values()) if name in self._tables else []
        except codec.Bad as error:
            raise errors.damaged(self.path, str(error)) from error

    def json(self, name: str) -> bytes:
        """A table as one JSON object of its documents, for decoding straight into nouns."""
        return self._tables.json(name)

    @property
    def db(self) -> TinyDB:
        """The same revision as a read-only TinyDB."""
        if self._db is None:
            from tinydb import TinyDB

            from coach.journal.storage import ViewStorage

            self._db = TinyDB(
                storage=lambda: ViewStorage(lambda: self._store.decode(self.name, self.path, self._data))
            )
        return self._db


class Store:
    """The folder ``journal`` of a home; the only code that touches these files.

    ``root/episodes/2026-11-23-e01.json``, ``root/snapshots/<the same>/``, ``root/damaged/`` and
    ``root/.lock``. Nothing is made before the first save. All methods raise `JournalError`s.
    """

    def __init__(
        self, root: str | os.PathLike[str], *, disk: Disk | None = None, wait: float = WAIT_S,
        migrations: Mapping[int, Migration] | None = None,
    ) -> None:  # fmt: skip
        self.root = os.path.abspath(os.fspath(root))
        self.disk = disk or Disk()
        self.wait = wait
        self._migrations = migrations

    @property
    def lock_path(self) -> str:
        """The file that writers lock; never renamed, and deleted only by `wipe`."""
        return os.path.join(self.root, ".lock")

    def path(self, name: str) -> str:
        """Where an episode lies. Raises `ValueError` for a name that is not one of an episode."""
        if not is_episode(name):
            raise ValueError(f"not the name of an episode: {errors.shown(name)}")
        return os.path.join(self.root, "episodes", name)

    def episodes(self) -> tuple[str, ...]:
        """Names of the episodes, oldest first; the last is the current one."""
        folder = os.path.join(self.root, "episodes")
        try:
            names = self.disk.listdir(folder)
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise errors.from_os(error, folder, "read") from error
        return tuple(sorted(filter(is_episode, names), key=lambda name: (name[:10], int(name[12:-5]))))

    def new_name(self, start: date) -> str:
        """The name of an episode to be begun, numbered on."""
        number = 1 + max((int(name[12:-5]) for name in self.episodes()), default=0)
        return f"{start.isoformat()}-e{number:02d}.json"

    def transaction(
        self, name: str, *, label: str, today: date, at: str,
        expect_rev: int | None = None, undoable: bool = True, create: bool = False,
    ) -> Transaction:  # fmt: skip
        """Open a file for one change: ``with store.transaction(...) as db`` gives a TinyDB.

        Leaving the block saves once if anything changed; an exception takes everything back.
        ``label`` says the command in words, ``at`` is the instant with its offset; both go into
        the undo step. ``expect_rev`` is the revision that the change is based on (0: no file
        yet). ``create`` begins a new file and refuses one that exists.
        """
        from coach.journal.transaction import Transaction

        return Transaction(
            self, name, label=label, today=today, at=at,
            expect_rev=expect_rev, undoable=undoable, create=create,
        )  # fmt: skip

    def view(self, name: str) -> View:
        """The committed revision of a file, without a lock."""
        return View(self, name, self.path(name))

    def fallback(self, name: str) -> View:
        """The newest good snapshot of a file that cannot be read, to be shown under a banner."""
        found = snapshots.newest_good(self.disk, snapshots.folder_of(self.root, name))
        if found is None:
            raise errors.missing(self.path(name))
        return View(self, name, found[0].path)

    def changed(self, view: View) -> bool:
        """Whether another writer has replaced the file since the view was read; one stat."""
        try:
            return files.signature(self.disk.stat(view.path)) != view.signature
        except OSError:
            return True

    def read(self, path: str) -> tuple[bytes, Signature]:
        """Read one file of the journal; for views."""
        try:
            return files.read(self.disk, path)
        except FileNotFoundError:
            raise errors.missing(path) from None

    def decode(self, name: str, path: str, data: bytes) -> Tables:
        """Verify the bytes of a file, in today's format. Raises `Damaged` or `NewerFile`."""
        try:
            tables = codec.decode(data)
            if tables.schema == codec.SCHEMA:
                return tables
            from coach.journal.migrations import MIGRATIONS, migrate

            return migrate(tables, MIGRATIONS if self._migrations is None else self._migrations)
        except codec.Newer as error:
            raise errors.newer(path, error.schema, codec.SCHEMA) from None
        except codec.Bad as error:
            good = snapshots.newest_good(self.disk, snapshots.folder_of(self.root, name))
            raise errors.damaged(path, str(error), good[0].path if good else "") from None
