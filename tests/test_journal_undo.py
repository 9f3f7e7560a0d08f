"""Every command that wrote can be taken back and done again, exactly."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from journal_case import AT, DAY, NAME, QuickDisk, begin, check_in, day, pains, tree

from coach.journal import changes, errors, repo
from coach.journal.store import Store
from coach.journal.undo import Step, redo, steps, undo
from coach.model.log import CheckIn

WHEN = {"today": DAY, "at": AT}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return begin(tmp_path / "journal", 3, wait=0.05, disk=QuickDisk())


def contents(store: Store) -> dict[str, list[dict[str, Any]]]:
    view = store.view(NAME)
    return {table: view.table(table) for table in view.tables if table != changes.STEPS and view.table(table)}


def test_a_step_says_what_was_done_and_is_taken_back_and_done_again(store: Store) -> None:
    before = contents(store)
    check_in(store, 1, 9)
    with store.transaction(NAME, label="import", **WHEN) as db:
        for number in range(10, 20):
            repo.put(db, "checkins", CheckIn(date=day(number), pain=1))
        repo.delete(db, "checkins", DAY.isoformat())
    after = contents(store)
    assert [(step.id, step.label, step.at, step.undone) for step in steps(store.view(NAME))] == [
        ("r3", "import", AT, False), ("r2", "checkin 1", AT, False),
    ]  # fmt: skip
    assert len(steps(store.view(NAME))[0].touched) == 11
    done = undo(store, NAME, 2, **WHEN)
    assert [step.label for step in done] == ["import", "checkin 1"]
    (touched,) = done[1].changes
    assert (touched.table, touched.key) == ("checkins", day(1).isoformat())
    assert (touched.before["pain"], touched.after["pain"]) == (9, 1)
    assert contents(store) == before
    assert [step.undone for step in steps(store.view(NAME))] == [True, True]
    assert [step.label for step in redo(store, NAME, **WHEN)] == ["checkin 1"]
    assert pains(store)[day(1).isoformat()] == 9
    assert [step.label for step in redo(store, NAME, 5, **WHEN)] == ["import"]
    assert contents(store) == after


def test_nothing_left_to_undo_or_redo_changes_nothing(store: Store) -> None:
    before = tree(store.root)
    assert undo(store, NAME, **WHEN) == redo(store, NAME, **WHEN) == ()
    assert undo(store, NAME, 0, **WHEN) == undo(store, NAME, step="r99", **WHEN) == ()
    assert steps(store.view(NAME)) == ()
    assert tree(store.root) == before


def test_a_new_write_ends_redo(store: Store) -> None:
    check_in(store, 5)
    undo(store, NAME, **WHEN)
    check_in(store, 6)
    assert redo(store, NAME, **WHEN) == ()
    assert [step.label for step in steps(store.view(NAME))] == ["checkin 6"]


def test_what_is_not_undoable_leaves_no_step(store: Store) -> None:
    check_in(store, 5, undoable=False)
    assert steps(store.view(NAME)) == ()


def test_the_last_fifty_steps_are_kept(store: Store) -> None:
    for number in range(60):
        check_in(store, number, 10)
    found = steps(store.view(NAME))
    assert [step.label for step in found] == [f"checkin {number}" for number in range(59, 9, -1)]
    assert len(undo(store, NAME, 99, **WHEN)) == 50
    assert len(pains(store)) == 10


def test_a_step_alone_is_refused_when_a_later_one_touched_the_same(store: Store) -> None:
    check_in(store, 1, 8)
    check_in(store, 2, 8)
    check_in(store, 1, 9)
    before = tree(store.root)
    with pytest.raises(
        errors.Conflict, match=r"2026-11-24 in checkins.*`checkin 1` \(r4\).*taken back first"
    ):
        undo(store, NAME, step="r2", **WHEN)
    assert tree(store.root) == before
    assert [step.id for step in undo(store, NAME, step="r3", **WHEN)] == ["r3"]
    assert list(pains(store).values()) == [0, 9, 2]
    assert [step.id for step in undo(store, NAME, step="r4", **WHEN)] == ["r4"]
    assert [step.id for step in undo(store, NAME, **WHEN)] == ["r2"]
    assert list(pains(store).values()) == [0, 1, 2]
    assert [step.id for step in redo(store, NAME, 3, **WHEN)] == ["r2", "r4", "r3"]
    assert list(pains(store).values()) == [0, 9, 8]


def test_a_change_that_was_no_step_is_not_overwritten(store: Store) -> None:
    check_in(store, 1, 8)
    check_in(store, 1, 9, undoable=False)
    with pytest.raises(errors.Conflict, match="changed again later"):
        undo(store, NAME, **WHEN)
    assert pains(store)[day(1).isoformat()] == 9
    check_in(store, 5, 3)
    undo(store, NAME, **WHEN)
    check_in(store, 5, 4, undoable=False)
    with pytest.raises(errors.Conflict):
        redo(store, NAME, **WHEN)
    assert pains(store)[day(5).isoformat()] == 4


def test_undo_of_several_is_all_or_nothing(store: Store) -> None:
    check_in(store, 1, 8)
    check_in(store, 1, 9, undoable=False)
    check_in(store, 2, 8)
    before = tree(store.root)
    with pytest.raises(errors.Conflict):
        undo(store, NAME, 2, **WHEN)
    assert tree(store.root) == before


def test_undo_respects_expect_rev(store: Store) -> None:
    check_in(store, 1, 8)
    with pytest.raises(errors.Conflict):
        undo(store, NAME, expect_rev=1, **WHEN)
    assert len(undo(store, NAME, expect_rev=2, **WHEN)) == 1


def test_a_document_that_became_another_one_comes_back(store: Store) -> None:
    before = contents(store)
    with store.transaction(NAME, label="move", **WHEN) as db:
        db.table("checkins").update({"date": "2027-01-01"}, lambda doc: doc["date"] == DAY.isoformat())
    after = contents(store)
    assert len(steps(store.view(NAME))[0].touched) == 2
    undo(store, NAME, **WHEN)
    assert contents(store) == before
    redo(store, NAME, **WHEN)
    assert contents(store) == after


def test_whole_tables_come_back_in_their_order(store: Store) -> None:
    before = contents(store)
    with store.transaction(NAME, label="drop", **WHEN) as db:
        db.drop_tables()
    assert contents(store) == {}
    undo(store, NAME, **WHEN)
    assert contents(store) == before


def test_older_steps_are_carried_without_being_decoded(store: Store) -> None:
    check_in(store, 1, 8)
    raw = store.view(NAME)._tables.raw[changes.STEPS]
    made = changes.add_step(bytes(raw).replace(b"checkin 1", b"NOT {JSON"), b'{"undone":0}')
    assert b"NOT {JSON" in made


class UndoMachine(RuleBasedStateMachine):
    """Random writes, undos and redos against a list of states."""

    @initialize()
    def begin(self) -> None:
        self.root = tempfile.mkdtemp()
        self.store = begin(Path(self.root, "journal"), 2, disk=QuickDisk())
        self.past: list[Any] = []
        self.future: list[Any] = []
        self.now = contents(self.store)

    def wrote(self) -> None:
        after = contents(self.store)
        if after != self.now:
            self.past = [*self.past, self.now][-changes.KEEP :]
            self.future = []
        self.now = after

    @rule(
        edits=st.lists(
            st.tuples(st.sampled_from(["put", "put", "delete"]), st.sampled_from(["checkins", "notes"]),
                      st.integers(0, 4), st.integers(0, 3)),
            min_size=1, max_size=4,
        )
    )  # fmt: skip
    def write(self, edits: list[tuple[str, str, int, int]]) -> None:
        with self.store.transaction(NAME, label="write", **WHEN) as db:
            for what, table, key, value in edits:
                if what == "put":
                    repo.put(db, table, {"date": day(key).isoformat(), "value": value, "none": None})
                else:
                    repo.delete(db, table, day(key).isoformat())
        self.wrote()

    @precondition(lambda self: self.past)
    @rule(n=st.integers(1, 3))
    def undo(self, n: int) -> None:
        done = undo(self.store, NAME, n, **WHEN)
        assert len(done) == min(n, len(self.past))
        for _ in done:
            self.future.append(self.now)
            self.now = self.past.pop()
        assert contents(self.store) == self.now

    @precondition(lambda self: self.future)
    @rule(n=st.integers(1, 3))
    def redo(self, n: int) -> None:
        done = redo(self.store, NAME, n, **WHEN)
        assert len(done) == min(n, len(self.future))
        for _ in done:
            self.past.append(self.now)
            self.now = self.future.pop()
        assert contents(self.store) == self.now

    @rule()
    def steps_agree(self) -> None:
        found: tuple[Step, ...] = steps(self.store.view(NAME))
        assert sum(not step.undone for step in found) == len(self.past)
        assert sum(step.undone for step in found) == len(self.future)

    def teardown(self) -> None:
        shutil.rmtree(self.root)


UndoMachine.TestCase.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
TestUndoMachine = UndoMachine.TestCase
