"""What the journal tests share: a small episode, and disks that fail, die, count or record."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from coach.journal import repo
from coach.journal.disk import Disk
from coach.journal.store import Store
from coach.journal.transaction import Transaction
from coach.model.log import CheckIn

DAY = date(2026, 11, 23)
AT = "2026-11-23T07:30:00+01:00"
NAME = "2026-11-23-e01.json"
CALLS = (
    "open", "read", "write", "fsync", "close", "fstat", "stat", "realpath", "writable",
    "link", "rename", "unlink", "listdir", "mkdir", "try_lock", "unlock",
)  # fmt: skip


class QuickDisk(Disk):
    """A disk that does not wait for the disk: what is tested with it is not whether things last."""

    def fsync(self, fd: int) -> None:
        os.fstat(fd)


def day(number: int) -> date:
    return DAY + timedelta(days=number)


def begin(root: str | Path, entries: int = 0, **options: Any) -> Store:
    """A store with one episode of so many check-ins, all saved on the first day."""
    store = Store(root, **options)
    with store.transaction(NAME, label="assess", today=DAY, at=AT, create=True, undoable=False) as db:
        repo.put(db, "meta", {"id": "episode", "kind": "treatment"})
        for number in range(entries):
            repo.put(db, "checkins", CheckIn(date=day(number), pain=number % 11, note="größer, müde"))
    return store


def change(store: Store) -> Transaction:
    """A change of the small episode."""
    return store.transaction(NAME, label="x", today=DAY, at=AT)


def check_in(store: Store, number: int, pain: float = 4, today: date = DAY, **options: Any) -> int:
    """Save one check-in and give the revision."""
    transaction = store.transaction(NAME, label=f"checkin {number}", today=today, at=AT, **options)
    with transaction as db:
        repo.put(db, "checkins", CheckIn(date=day(number), pain=pain))
    return transaction.rev


def pains(store: Store, name: str = NAME) -> dict[str, float | None]:
    return {doc["date"]: doc["pain"] for doc in store.view(name).table("checkins")}


def tree(root: str | Path) -> dict[str, bytes]:
    """Every file below a folder, by its path."""
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in sorted(Path(root).rglob("*"))
        if path.is_file()
    }


class CountingDisk(QuickDisk):
    """Writes down the name of every call, and lets ``on_call`` decide what becomes of it."""

    def __init__(
        self, on_call: Callable[[int, str, Callable[[], Any], tuple[Any, ...]], Any] | None = None
    ) -> None:
        self.calls: list[str] = []
        self._on_call = on_call or (lambda number, name, run, args: run())

    def _counted(self, name: str, args: tuple[Any, ...]) -> Any:
        number = len(self.calls)
        self.calls.append(name)
        run = getattr(super(), name)
        return self._on_call(number, name, lambda: run(*args), args)


def _counting(name: str) -> Callable[..., Any]:
    return lambda self, *args: self._counted(name, args)


for _name in CALLS:
    setattr(CountingDisk, _name, _counting(_name))


def failing(at: int, error: int, *, after: bool = False) -> CountingDisk:
    """A disk whose call number ``at`` fails with an errno, before or after doing its work."""

    def on_call(number: int, name: str, run: Callable[[], Any], args: tuple[Any, ...]) -> Any:
        if number != at:
            return run()
        if after or name == "close":  # a close that reports an error has closed the file
            run()
        raise OSError(error, os.strerror(error))

    return CountingDisk(on_call)


def short_writes() -> CountingDisk:
    """A disk that writes at most seven bytes at a time."""

    def on_call(number: int, name: str, run: Callable[[], Any], args: tuple[Any, ...]) -> Any:
        return os.write(args[0], args[1][:7]) if name == "write" else run()

    return CountingDisk(on_call)


def dying(at: int, *, after: bool) -> CountingDisk:
    """A disk on which the process ends, unannounced, at call number ``at``."""

    def on_call(number: int, name: str, run: Callable[[], Any], args: tuple[Any, ...]) -> Any:
        if number != at:
            return run()
        if after:
            run()
        os._exit(137)

    return CountingDisk(on_call)


def held(home: str | Path) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """All that a home keeps, by file and table, without the steps that can be undone."""
    store = Store(os.path.join(home, "journal"))
    views = {name: store.view(name) for name in store.episodes()}
    return {
        name: {table: rows for table in view.tables if table != "steps" and (rows := view.table(table))}
        for name, view in views.items()
    }
