"""Taking back steps, and doing them again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from coach.journal import errors
from coach.journal.changes import STEPS, checksum
from coach.journal.codec import Doc, Tables, encoder, key_of

if TYPE_CHECKING:
    from datetime import date

    from coach.journal.store import Store, View


class Touched(msgspec.Struct, frozen=True):
    """One document of a step: as it was before the command now run, and as it is after it."""

    table: str
    key: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


class Undone(msgspec.Struct, frozen=True):
    """A step that was taken back, or done again."""

    id: str
    label: str
    at: str
    changes: tuple[Touched, ...]


class Step(msgspec.Struct, frozen=True):
    """One command that wrote, as the list of steps shows it."""

    id: str
    label: str
    at: str
    undone: bool
    touched: tuple[tuple[str, str], ...]
    """Table and key of each document."""


def steps(view: View) -> tuple[Step, ...]:
    """The steps kept in a file, newest first."""
    return tuple(
        Step(
            doc["id"], doc["label"], doc["at"], bool(doc["undone"]),
            tuple((change["table"], change["key"]) for change in doc["changes"]),
        )
        for doc in reversed(view.table(STEPS))
    )  # fmt: skip


def undo(
    store: Store, name: str, n: int = 1, *, today: date, at: str,
    step: str = "", expect_rev: int | None = None,
) -> tuple[Undone, ...]:  # fmt: skip
    """Take back the newest ``n`` steps, or the one named ``step``; all of them or none.

    Gives the steps taken back, newest first, and nothing where there is none left. Raises
    `Conflict` when a later step, or a change that was no step, touched one of the documents,
    and the errors of a transaction.
    """
    with store.transaction(
        name, label="undo", today=today, at=at, expect_rev=expect_rev, undoable=False
    ) as db:
        tables: Tables = db.storage.read()  # type: ignore[assignment]
        history = [dict(doc) for doc in tables.get(STEPS, {}).values()]
        active = [doc for doc in reversed(history) if not doc["undone"]]
        chosen = [doc for doc in active if doc["id"] == step] if step else active[: max(n, 0)]
        sheet = _Sheet(tables, store.path(name), active)
        done = []
        for doc in chosen:
            done.append(sheet.take_back(doc))
            doc["undone"] = 1 + max(each["undone"] for each in history)
        sheet.save(history)
    return tuple(done)


def redo(
    store: Store, name: str, n: int = 1, *, today: date, at: str, expect_rev: int | None = None
) -> tuple[Undone, ...]:
    """Do again the ``n`` steps that were taken back last; any other write since makes it impossible.

    Gives the steps done again, and nothing where there is none. Raises as `undo`.
    """
    with store.transaction(
        name, label="redo", today=today, at=at, expect_rev=expect_rev, undoable=False
    ) as db:
        tables: Tables = db.storage.read()  # type: ignore[assignment]
        history = [dict(doc) for doc in tables.get(STEPS, {}).values()]
        undone = sorted((doc for doc in history if doc["undone"]), key=lambda doc: -int(doc["undone"]))
        sheet = _Sheet(tables, store.path(name), [])
        done = []
        for doc in undone[: max(n, 0)]:
            done.append(sheet.do_again(doc))
            doc["undone"] = 0
        sheet.save(history)
    return tuple(done)


class _Sheet:
    """The staged tables while steps are taken back or done again."""

    def __init__(self, tables: Tables, path: str, active: list[Doc]) -> None:
        self._tables, self._path, self._active = tables, path, active
        self._line = encoder()

    def take_back(self, step: Doc) -> Undone:
        """Put the documents of a step back as they were before it."""
        touched = []
        changes = [dict(change) for change in step["changes"]]
        for change in reversed(changes):
            now = self._swap(step, change, change["sum"], change["before"])
            change["after"] = now
            touched.append(Touched(change["table"], change["key"], now, change["before"]))
        step["changes"] = changes
        return Undone(step["id"], step["label"], step["at"], tuple(touched))

    def do_again(self, step: Doc) -> Undone:
        """Put the documents of a step back as they were after it."""
        touched = []
        changes = [dict(change) for change in step["changes"]]
        for change in changes:
            before, after = change["before"], change.pop("after")
            self._swap(step, change, self._checksum(before), after)
            touched.append(Touched(change["table"], change["key"], before, after))
        step["changes"] = changes
        return Undone(step["id"], step["label"], step["at"], tuple(touched))

    def save(self, history: list[Doc]) -> None:
        """Write the steps themselves, each at its row."""
        for row, doc in zip(list(self._tables.get(STEPS, {})), history, strict=True):
            undone = doc.pop("undone")
            self._set(STEPS, row, {**doc, "undone": undone})  # the last field, as `add_step` reads it

    def _swap(self, step: Doc, change: Doc, expected: int | None, put: Doc | None) -> Doc | None:
        table, key = change["table"], change["key"]
        rows = self._tables.get(table, {})
        row = next((row for row, doc in rows.items() if key_of(doc) == key), None)
        now = None if row is None else rows[row]
        if self._checksum(now) != expected:
            raise errors.conflict(self._path, self._why(step, table, key))
        if put is None:
            if row is not None:
                self._set(table, row, None)
        else:
            self._set(table, row or self._free(rows, change["row"]), put)
        return now

    def _set(self, table: str, row: str, doc: Doc | None) -> None:
        rows = {number: each for number, each in self._tables.get(table, {}).items() if number != row}
        self._tables[table] = rows if doc is None else rows | {row: doc}

    def _free(self, rows: dict[str, Doc], wanted: str) -> str:
        return wanted if wanted not in rows else str(1 + max(map(int, rows)))

    def _checksum(self, doc: Doc | None) -> int | None:
        return None if doc is None else checksum(self._line(doc))

    def _why(self, step: Doc, table: str, key: str) -> str:
        what = f"`{step['label']}` cannot be taken back or repeated alone: {key} in {table} was changed again"
        for other in self._active:  # newest first
            if other["id"] == step["id"]:
                break
            if any(change["table"] == table and change["key"] == key for change in other["changes"]):
                return f"{what} by `{other['label']}` ({other['id']}), which has to be taken back first"
        return f"{what} later"
