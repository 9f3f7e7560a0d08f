"""An old file is read in today's format, kept for good, and written with the next save."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from journal_case import AT, DAY, NAME, CountingDisk, check_in, day, failing, pains, tree

from coach.journal import codec, errors, migrations, snapshots
from coach.journal.store import Store
from coach.journal.undo import undo

OLD = Path(__file__).parent / "journal_v0.json"


def from_0(tables: dict[str, codec.Rows]) -> dict[str, codec.Rows]:
    """Version 0 of these tests called check-ins diary, and wrote the pain as text."""
    diary = tables.pop("diary")
    tables["checkins"] = {
        row: {"date": doc["day"], "pain": None if doc["pain"] is None else float(doc["pain"])}
        for row, doc in diary.items()
    }
    return tables


@pytest.fixture
def store(tmp_path: Path) -> Store:
    root = tmp_path / "journal"
    (root / "episodes").mkdir(parents=True)
    shutil.copy(OLD, root / "episodes" / NAME)
    (root / ".lock").touch()
    return Store(root, migrations={0: from_0}, wait=0.05)


def test_the_old_file_is_really_old() -> None:
    found = codec.decode(OLD.read_bytes())
    assert (found.schema, found.rev, list(found)) == (0, 12, ["meta", "diary", "steps"])


def test_reading_migrates_in_memory_and_writes_nothing(store: Store) -> None:
    before = tree(store.root)
    view = store.view(NAME)
    assert view.rev == 12
    assert pains(store) == {"2026-11-23": 4.0, "2026-11-24": None}
    assert len(view.db.table("checkins")) == 2
    with store.transaction(NAME, label="look", today=DAY, at=AT) as db:
        assert len(db.table("checkins")) == 2
    assert tree(store.root) == before


def test_the_next_save_writes_the_new_format_after_a_lasting_copy(store: Store) -> None:
    assert check_in(store, 3, 2) == 13
    saved = codec.decode(Path(store.path(NAME)).read_bytes())
    assert (saved.schema, saved.rev) == (codec.SCHEMA, 13)
    assert pains(store) == {"2026-11-23": 4.0, "2026-11-24": None, "2026-11-26": 2.0}
    folder = Path(snapshots.folder_of(store.root, NAME))
    assert (folder / "pre-v1-r00000012.json").read_bytes() == OLD.read_bytes()
    for number in range(4, 60):
        check_in(store, number, today=day(number))
    kept = snapshots.listed(store.disk, str(folder))
    assert [each.rev for each in kept if not each.day] == [12]
    assert [step.label for step in undo(store, NAME, today=DAY, at=AT)] == ["checkin 59"]


def test_steps_of_the_old_format_cannot_be_taken_back(store: Store) -> None:
    assert undo(store, NAME, today=DAY, at=AT) == ()
    check_in(store, 3)
    assert len(undo(store, NAME, 9, today=DAY, at=AT)) == 1


def test_without_the_lasting_copy_nothing_is_saved(store: Store) -> None:
    counting = CountingDisk()
    shutil.copytree(store.root, store.root + "2")
    check_in(Store(store.root + "2", disk=counting, migrations={0: from_0}), 3)
    at = counting.calls.index("mkdir")
    before = tree(store.root)
    with pytest.raises(errors.Failed):
        check_in(Store(store.root, disk=failing(at, 5), migrations={0: from_0}), 3)
    assert tree(store.root) == before


def test_a_file_too_old_or_wrong_is_refused_untouched(store: Store) -> None:
    def broken(tables: Any) -> Any:
        return tables["nothing"]

    before = tree(store.root)
    for way, why in (({}, "too old"), ({0: broken}, "cannot be brought from format 0 to 1")):
        with pytest.raises(errors.Damaged, match=why):
            Store(store.root, migrations=way).view(NAME)
    with pytest.raises(errors.Damaged):
        Store(store.root).view(NAME)
    assert tree(store.root) == before


def test_there_is_a_migration_from_every_version_there_was() -> None:
    assert sorted(migrations.MIGRATIONS) == list(range(1, codec.SCHEMA))
