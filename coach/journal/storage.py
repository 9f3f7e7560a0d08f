"""The storage that TinyDB works on: what it writes is staged, never put on the disk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tinydb import Storage

from coach.journal.codec import SEAL, Tables


class StagedStorage(Storage):
    """Holds the tables of one transaction until the store commits them."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.closed = False

    def read(self) -> Any:
        """The tables as they are now; each is decoded when TinyDB asks for it."""
        self._check()
        return self.tables

    def write(self, data: Any) -> None:
        """Stage ``data``; the tables that TinyDB changed are known by then."""
        self._check()
        if SEAL in data:
            raise ValueError(f"the table {SEAL} belongs to the file format")
        if data is not self.tables:  # TinyDB.drop_tables gives a new, empty one
            for name in list(self.tables):
                del self.tables[name]
            self.tables.update(data)

    def close(self) -> None:
        """Refuse everything from now on; what was staged stays staged."""
        self.closed = True

    def _check(self) -> None:
        if self.closed:
            raise RuntimeError("the transaction of this database is over: open another one")


class ViewStorage(Storage):
    """Tables of a committed revision, given out fresh so that nothing can change them."""

    def __init__(self, fresh: Callable[[], Tables]) -> None:
        self._fresh = fresh

    def read(self) -> Any:
        """A new copy of the tables, none of them decoded yet."""
        return self._fresh()

    def write(self, data: Any) -> None:
        """Refuse: a view is read only."""
        raise RuntimeError("a view is read only: write in a transaction")
