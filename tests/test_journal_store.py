"""Names, transactions and views: what the store promises."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from journal_case import AT, DAY, NAME, CountingDisk, begin, change, check_in, day, pains, tree
from tinydb import TinyDB, where
from tinydb.table import Document

from coach.journal import codec, errors
from coach.journal.disk import Disk
from coach.journal.store import Store, is_episode


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return begin(tmp_path / "home" / "journal", 3, wait=0.05)


# names


@pytest.mark.parametrize(
    "name",
    ["2026-11-23-e1.json", "2026-11-23-e00001.json", "2026-11-23-e01 (copy).json", ".2026-11-23-e01.json",
     "2026-11-23-e01.json~", "2026-11-23-e01.json.tmp", "2026-11-23_e01.json", "../2026-11-23-e01.json", "",
     "2026-11-2³-e01.json", "2026-11-23-e01.JSON", "2026-11-23-e0١.json", "2026-1123--e01.json"],
)  # fmt: skip
def test_only_names_of_episodes_are_episodes(store: Store, name: str) -> None:
    assert not is_episode(name)
    with pytest.raises(ValueError, match="not the name of an episode"):
        store.view(name)


def test_episodes_are_ordered_and_numbered_on(store: Store) -> None:
    folder = Path(store.root, "episodes")
    for name in (
        "2026-01-01-e02.json",
        "2027-01-01-e101.json",
        "2027-01-01-e99.json",
        "notes.txt",
        "2027-02-01-e3.json",
    ):
        (folder / name).touch()
    assert store.episodes() == ("2026-01-01-e02.json", NAME, "2027-01-01-e99.json", "2027-01-01-e101.json")
    assert store.new_name(day(1)) == "2026-11-24-e102.json"
    assert Store(store.root + "-none").episodes() == ()
    assert Store(store.root + "-none").new_name(DAY) == NAME


# transactions


def test_nothing_is_made_before_the_first_save(tmp_path: Path) -> None:
    store = Store(tmp_path / "home" / "journal")
    assert store.episodes() == ()
    with pytest.raises(errors.Missing):
        store.view(NAME)
    with pytest.raises(errors.Missing):
        check_in(store, 1)
    assert list(tmp_path.iterdir()) == []


def test_a_transaction_is_one_commit_whatever_it_does(store: Store) -> None:
    disk = CountingDisk()
    transaction = Store(store.root, disk=disk).transaction(NAME, label="many", today=DAY, at=AT)
    with transaction as db:
        assert isinstance(db, TinyDB)
        db.table("notes").insert_multiple({"id": f"n{n}"} for n in range(20))
        db.table("checkins").update({"pain": 9.5}, where("date") == DAY.isoformat())
        db.table("checkins").remove(where("date") == day(2).isoformat())
        db.table("notes").upsert({"id": "n3", "text": "later"}, where("id") == "n3")
        assert len(db.table("notes")) == 20
    assert disk.calls.count("rename") == 1
    assert transaction.rev == store.view(NAME).rev == 2
    assert pains(store) == {DAY.isoformat(): 9.5, day(1).isoformat(): 1.0}
    assert store.view(NAME).table("notes")[3] == {"id": "n3", "text": "later"}


def test_nothing_changed_is_nothing_written(store: Store) -> None:
    before = tree(store.root)
    with change(store) as db:
        list(db.table("checkins"))
        db.table("checkins").update({"pain": 0}, where("date") == DAY.isoformat())
        db.table("none").truncate()
        db.table("checkins").insert({"date": "x"})
        db.table("checkins").remove(where("date") == "x")
    assert tree(store.root) == before


def test_a_change_that_python_calls_equal_is_still_a_change(store: Store) -> None:
    with change(store) as db:
        db.table("notes").insert({"id": "a", "n": 1, "none": None})
    with change(store) as db:
        db.table("notes").update({"n": True}, where("id") == "a")
    assert store.view(NAME).table("notes")[0]["n"] is True
    assert store.view(NAME).rev == 3


def test_an_exception_takes_everything_back_and_gives_the_lock_back(store: Store) -> None:
    before = tree(store.root)

    def interrupted() -> None:
        with change(store) as db:
            db.table("checkins").truncate()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert tree(store.root) == before
    assert check_in(store, 4) == 2


def test_a_leaked_database_can_no_longer_read_or_write(store: Store) -> None:
    with change(store) as db:
        table = db.table("checkins")
    before = tree(store.root)
    for leaked in (lambda: table.insert({"date": "x"}), table.truncate, db.drop_tables, lambda: table.all()):
        with pytest.raises(RuntimeError, match="is over"):
            leaked()
    assert tree(store.root) == before


def test_dropping_tables_and_numbered_documents_work_as_in_tinydb(store: Store) -> None:
    with change(store) as db:
        assert db.tables() == {"meta", "checkins"}
        db.drop_table("checkins")
        assert db.tables() == {"meta"}
        db.table("notes").insert(Document({"id": "late"}, doc_id=30))
        db.table("notes").insert(Document({"id": "early"}, doc_id=4))
    view = store.view(NAME)
    assert view.table("checkins") == []
    assert [doc["id"] for doc in view.table("notes")] == ["early", "late"]
    with change(store) as db:
        db.drop_tables()
        db.table("meta").insert({"id": "new"})
    assert store.view(NAME).table("meta") == [{"id": "new"}]
    assert store.view(NAME).table("notes") == []


@pytest.mark.parametrize(
    "bad",
    [{"id": "a", "x": float("nan")}, {"id": "a", "x": [float("inf")]}, {"id": "a", "x": {1}},
     {"id": "a", "x": "\ud800"}, {"id": "a", "x": 10**5000}, {"text": "no key"}, {"id": 7},
     {"date": DAY.isoformat(), "x": {"y": b"bytes"}}],
)  # fmt: skip
def test_what_cannot_be_kept_is_refused_and_nothing_changes(store: Store, bad: dict[str, object]) -> None:
    before = tree(store.root)
    with pytest.raises(errors.NotStorable, match="nothing was changed"), change(store) as db:
        db.table("notes").insert(bad)
    assert tree(store.root) == before


def test_nan_in_the_place_of_null_is_refused_too(store: Store) -> None:
    with pytest.raises(errors.NotStorable), change(store) as db:
        db.table("checkins").update({"pain_worst": float("nan")}, where("date") == DAY.isoformat())


def test_two_documents_of_one_key_are_refused(store: Store) -> None:
    with pytest.raises(errors.NotStorable, match="same id"), change(store) as db:
        db.table("checkins").insert({"date": DAY.isoformat()})


def test_the_seal_cannot_be_written_to(store: Store) -> None:
    with pytest.raises(ValueError, match="_seal"), change(store) as db:
        db.table("_seal").insert({"id": "x"})


def test_expect_rev_turns_a_stale_write_into_a_conflict(store: Store) -> None:
    view = store.view(NAME)
    assert check_in(store, 4, expect_rev=view.rev) == view.rev + 1
    before = tree(store.root)
    with pytest.raises(errors.Conflict, match="nothing was changed"):
        check_in(store, 5, expect_rev=view.rev)
    assert tree(store.root) == before


def test_creating_an_episode_that_exists_is_a_conflict(store: Store) -> None:
    with pytest.raises(errors.Conflict):
        begin(store.root)
    assert len(pains(store)) == 3


def test_a_file_swapped_during_a_transaction_is_a_conflict_and_stays(store: Store) -> None:
    path = Path(store.path(NAME))
    other = path.with_name("other")
    other.write_bytes(codec.encode({"meta": {"1": {"id": "theirs"}}}, 50))

    def during(swap: Callable[[], object]) -> None:
        with change(store) as db:
            db.table("notes").insert({"id": "mine"})
            swap()

    with pytest.raises(errors.Conflict, match="Another program changed"):
        during(lambda: other.replace(path))
    assert store.view(NAME).table("meta") == [{"id": "theirs"}]
    with pytest.raises(errors.Conflict):
        during(path.unlink)
    assert os.listdir(path.parent) == []


def test_writing_in_two_transactions_at_once_is_busy(store: Store) -> None:
    with change(store), pytest.raises(errors.Busy):
        check_in(store, 5)
    assert check_in(store, 5) == 2


def test_a_lock_file_that_was_deleted_while_waiting_guards_nothing(store: Store) -> None:
    class Deleting(Disk):
        opened = 0

        def try_lock(self, fd: int) -> bool:
            Deleting.opened += 1
            if Deleting.opened == 1:
                os.unlink(store.lock_path)
            return super().try_lock(fd)

    check_in(Store(store.root, disk=Deleting()), 5)
    assert Deleting.opened == 2


# views


def test_a_view_is_one_revision_and_notices_the_next(store: Store) -> None:
    view = store.view(NAME)
    assert not store.changed(view)
    check_in(store, 1, 9)
    assert store.changed(view)
    assert view.table("checkins")[1]["pain"] == 1.0
    assert [doc["pain"] for doc in store.view(NAME).table("checkins")] == [0.0, 9.0, 2.0]
    assert view.table("none") == []
    assert view.tables == ("meta", "checkins")


def test_a_view_decodes_only_what_is_asked_for_and_reads_the_file_once(store: Store) -> None:
    disk = CountingDisk()
    view = Store(store.root, disk=disk).view(NAME)
    view.table("meta")
    view.table("checkins")
    view.table("meta")
    assert disk.calls == ["open", "fstat", "read", "read", "close"]
    disk.calls.clear()
    Store(store.root, disk=disk).changed(view)
    assert disk.calls == ["stat"]


def test_the_database_of_a_view_is_read_only(store: Store) -> None:
    view = store.view(NAME)
    assert len(view.db.table("checkins").search(where("pain") >= 1)) == 2
    with pytest.raises(RuntimeError, match="read only"):
        view.db.table("checkins").update({"pain": 10})
    assert [doc["pain"] for doc in view.db.table("checkins")] == [0.0, 1.0, 2.0]
    assert view.table("checkins")[0]["pain"] == 0.0


def test_stock_tinydb_opens_every_file(store: Store) -> None:
    check_in(store, 4, today=day(1))
    files = [*Path(store.root).rglob("*.json")]
    assert len(files) == 2
    for path in files:
        with TinyDB(path, encoding="utf-8") as db:
            assert len(db.table("checkins").search(where("note") == "größer, müde")) == 3


def test_looking_imports_no_tinydb_and_nothing_heavy(store: Store) -> None:
    code = (
        "import sys; before = set(sys.modules)\n"
        "from coach.journal.store import Store\n"
        f"view = Store({store.root!r}).view({NAME!r}); view.table('checkins')\n"
        "print(' '.join(sorted(set(sys.modules) - before)))"
    )
    paths = os.pathsep.join([os.fspath(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": paths},
    )
    loaded = set(done.stdout.split())
    assert {"coach.journal.codec", "coach.journal.files"} <= loaded
    assert not loaded & {
        "tinydb",
        "json",
        "pathlib",
        "dataclasses",
        "tempfile",
        "zipfile",
        "shutil",
        "logging",
    }
    assert {name for name in loaded if name.startswith("coach")} == {
        "coach", "coach.journal",
        "coach.journal.codec", "coach.journal.disk",
        "coach.journal.errors", "coach.journal.files", "coach.journal.lock", "coach.journal.snapshots",
        "coach.journal.store",
    }  # fmt: skip
