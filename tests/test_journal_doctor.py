"""Looking at the files, putting a damaged one together, the zip, and deleting everything."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest
from journal_case import AT, DAY, NAME, QuickDisk, begin, check_in, day, failing, pains, tree

from coach.journal import backup as zips
from coach.journal import codec, doctor, errors, repo, snapshots
from coach.journal.backup import backup, restore_backup, wipe
from coach.journal.doctor import Check, examine, file_system, tidy
from coach.journal.restore import restore
from coach.journal.store import Store
from coach.model.log import CheckIn

posix = pytest.mark.skipif(os.name == "nt", reason="POSIX")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Three entries in the copy of yesterday, three more since."""
    store = begin(tmp_path / "home" / "journal", 3, wait=0.05, disk=QuickDisk())
    for number in (3, 4, 5):
        check_in(store, number, number, today=day(1))
    return store


def bad(store: Store) -> dict[str, str]:
    return {check.name: check.sentence for check in examine(store) if not check.ok}


def damage(
    store: Store, old: bytes = b'"date":"2026-11-27"', new: bytes = b'"date":"2026-11\xff27"'
) -> bytes:
    path = Path(store.path(NAME))
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new))
    return path.read_bytes()


# examine


def test_a_healthy_journal_has_nothing_wrong_and_nothing_changes(store: Store) -> None:
    before = tree(store.root)
    checks = examine(store)
    assert all(check.ok for check in checks), checks
    assert [check.name for check in checks] == [
        NAME, "snapshots 2026-11-23-e01", "numbering", "foreign files", "permissions", "temporary files",
        "file system", "free space",
    ]  # fmt: skip
    assert "revision 4" in checks[0].sentence
    assert all(check.sentence.endswith(".") for check in checks)
    assert tree(store.root) == before


def test_a_home_without_a_journal_is_fine(tmp_path: Path) -> None:
    assert all(check.ok for check in examine(Store(tmp_path / "none")))
    assert list(tmp_path.iterdir()) == []


def test_damage_is_found_in_files_and_copies(store: Store) -> None:
    copy = next(Path(snapshots.folder_of(store.root, NAME)).iterdir())
    damage(store)
    copy.write_bytes(copy.read_bytes()[:-9])
    assert "damaged" in bad(store)[NAME]
    assert copy.name in bad(store)["snapshots 2026-11-23-e01"]


def test_newer_and_missing_files_are_found(store: Store) -> None:
    Path(store.path(NAME)).write_bytes(codec.encode({}, 1, schema=9))
    assert "newer version" in bad(store)[NAME]
    os.unlink(store.path(NAME))
    assert "is gone" in bad(store)[NAME]


def test_gaps_and_doubles_in_the_numbers_are_found(store: Store) -> None:
    good = Path(store.path(NAME)).read_bytes()
    Path(store.root, "episodes", "2027-01-01-e03.json").write_bytes(good)
    assert "Episode 2 is missing" in bad(store)["numbering"]
    Path(store.root, "episodes", "2027-01-01-e02.json").write_bytes(good)
    Path(store.root, "episodes", "2027-02-01-e02.json").write_bytes(good)
    assert "two episodes with the number 2" in bad(store)["numbering"]


def test_copies_of_sync_programs_and_leftovers_are_found(store: Store) -> None:
    folder = Path(store.root, "episodes")
    (folder / "2026-11-23-e01 (conflicted copy).json").touch()
    (folder / "a\x1b[31m.json").touch()
    (folder / f".{NAME}.77-ab.tmp").touch()
    found = bad(store)
    assert "conflicted copy" in found["foreign files"]
    assert "\x1b" not in found["foreign files"]
    assert ".tmp" not in found["foreign files"]
    assert "1 saves were cut short" in found["temporary files"]


@posix
def test_open_permissions_are_found_and_taken_away(store: Store) -> None:
    os.chmod(store.path(NAME), 0o644)
    os.chmod(store.root, 0o755)
    Path(store.root, "episodes", f".{NAME}.77-ab.tmp").touch(0o600)
    assert "and 1 more" in bad(store)["permissions"]
    assert tidy(store) == 3
    assert bad(store) == {}


def test_network_file_systems_are_named(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "disk / ext4 rw 0 0\nhost:/x /home/a\\040b nfs4 rw 0 0\nme@x: /home/a\\040b/c fuse.sshfs rw 0 0\n"
    )
    kinds = {
        path: file_system(path, str(mounts))
        for path in ("/home/a b/d", "/home/a bc", "/home/a b/c/x", "/home/a b")
    }
    assert list(kinds.values()) == ["nfs4", "ext4", "fuse.sshfs", "nfs4"]
    assert file_system("/x", str(tmp_path / "none")) == ""
    monkeypatch.setattr(doctor, "file_system", lambda path: "nfs4")
    assert "network file system (nfs4)" in bad(store)["file system"]


def test_little_space_is_named(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "FREE_BYTES", 1 << 60)
    assert "make room" in bad(store)["free space"]


def test_a_failing_disk_is_a_finding_not_a_crash(store: Store) -> None:
    for at in range(12):
        found = examine(Store(store.root, disk=failing(at, 5)))
        assert any(not check.ok for check in found)
        assert all(isinstance(check, Check) for check in found)


# restore


def test_restoring_takes_the_copy_and_all_that_still_parses(store: Store) -> None:
    broken = damage(store)
    before = tree(store.root)
    shown = restore(store, NAME, dry_run=True)
    assert shown is not None
    assert tree(store.root) == before
    assert not shown.written
    assert [key for _, key in shown.added] == [day(3).isoformat(), day(5).isoformat()]
    assert (shown.lost, shown.kept, shown.changed) == (1, (), ())
    done = restore(store, NAME)
    assert done is not None
    assert (done.added, done.lost, done.written, done.rev) == (shown.added, 1, True, 5)
    assert Path(done.damaged).read_bytes() == broken
    assert list(pains(store)) == [day(number).isoformat() for number in (0, 1, 2, 3, 5)]
    assert store.view(NAME).table("meta") == [{"id": "episode", "kind": "treatment"}]
    assert check_in(store, 4) == 6
    assert bad(store) == {}
    assert "2 later entries added" in done.sentence


def test_a_good_file_is_left_alone(store: Store) -> None:
    before = tree(store.root)
    assert restore(store, NAME) is None
    assert tree(store.root) == before


@pytest.mark.parametrize("data", [b"", b"\0" * 300, b"not ours"])
def test_a_file_without_anything_comes_back_from_the_copy(store: Store, data: bytes) -> None:
    Path(store.path(NAME)).write_bytes(data)
    done = restore(store, NAME)
    assert done is not None
    assert len(pains(store)) == 3
    assert len(done.kept) == 4
    assert Path(done.damaged).read_bytes() == data


def test_every_cut_and_many_flips_come_back_with_all_the_copy_had(store: Store) -> None:
    path = Path(store.path(NAME))
    good = path.read_bytes()
    for end in range(0, len(good), 37):
        path.write_bytes(good[:end] if end % 2 else good[:end] + b"\xfe" + good[end + 1 :])
        done = restore(store, NAME)
        assert done is not None
        assert done.written
        assert pains(store).keys() >= {day(number).isoformat() for number in (0, 1, 2)}
        assert len(pains(store)) <= 7  # a flip in a date may make one entry of another day
        path.write_bytes(good)
    kept = os.listdir(Path(store.root, "damaged"))
    assert len(kept) == len(range(0, len(good), 37))


def test_a_missing_file_comes_back_and_one_without_any_trace_does_not(store: Store, tmp_path: Path) -> None:
    os.unlink(store.path(NAME))
    done = restore(store, NAME)
    assert done is not None
    assert done.damaged == ""
    assert len(pains(store)) == 3
    with pytest.raises(errors.Missing):
        restore(store, "2027-01-01-e09.json")
    with pytest.raises(errors.Missing):
        restore(Store(tmp_path / "none"), NAME)


def test_the_later_state_of_an_entry_is_taken_and_shown(store: Store) -> None:
    check_in(store, 0, 9, today=day(1))
    with store.transaction(NAME, label="x", today=day(1), at=AT) as db:
        repo.delete(db, "checkins", day(1).isoformat())
        repo.put(db, "checkins", {"date": day(8).isoformat(), "pain": "not a number"})
    damage(store)
    done = restore(store, NAME)
    assert done is not None
    assert done.changed == (("checkins", day(0).isoformat()),)
    assert done.kept == (("checkins", day(1).isoformat()),)
    assert pains(store)[day(0).isoformat()] == 9
    assert day(8).isoformat() not in pains(store)
    assert done.lost == 2


def test_a_newer_file_is_not_restored(store: Store) -> None:
    Path(store.path(NAME)).write_bytes(codec.encode({}, 1, schema=9))
    before = tree(store.root)
    with pytest.raises(errors.NewerFile):
        restore(store, NAME)
    assert tree(store.root) == before


@pytest.mark.parametrize("error", [5, 28])
def test_a_disk_that_fails_during_a_restore_leaves_the_damaged_file(store: Store, error: int) -> None:
    broken = damage(store)
    for at in range(60):
        try:
            done = restore(Store(store.root, disk=failing(at, error), wait=0), NAME)
        except errors.JournalError:
            now = Path(store.path(NAME)).read_bytes()
            if now != broken:
                assert len(pains(store)) == 5
                Path(store.path(NAME)).write_bytes(broken)
        else:
            assert done is not None
            assert len(pains(store)) == 5
            Path(store.path(NAME)).write_bytes(broken)


# backup and wipe


def test_a_backup_holds_everything_and_comes_back_the_same(store: Store, tmp_path: Path) -> None:
    with store.transaction("2027-02-15-e02.json", label="a", today=DAY, at=AT, create=True) as db:
        repo.put(db, "checkins", CheckIn(date=DAY, pain=1))
    Path(store.root, "episodes", "notes.txt").write_text("not ours")
    damage(store)
    restore(store, NAME)
    made = backup(store, tmp_path / "out" / "b.zip")
    assert made.episodes == (NAME, "2027-02-15-e02.json")
    assert made.entries == 4
    assert os.stat(made.path).st_mode & 0o077 == 0
    before = {
        name: data for name, data in tree(store.root).items() if name not in (".lock", "episodes/notes.txt")
    }
    for home in ("fresh", "empty"):
        if home == "empty":
            (tmp_path / home / "journal").mkdir(parents=True)
        done = restore_backup(made.path, tmp_path / home / "journal")
        assert done.episodes == made.episodes
        again = Store(tmp_path / home / "journal")
        assert tree(again.root) == before
        assert bad(again) == {}
        assert check_in(again, 9) > 1
        assert [each.name for each in (tmp_path / home).iterdir()] == ["journal"]


def test_the_same_journal_gives_the_same_zip_and_no_file_is_overwritten(store: Store, tmp_path: Path) -> None:
    first, second = backup(store, tmp_path / "a.zip"), backup(store, tmp_path / "b.zip")
    assert Path(first.path).read_bytes() == Path(second.path).read_bytes()
    with pytest.raises(errors.Refused, match="exists already"):
        backup(store, first.path)
    with pytest.raises(errors.Refused, match="already holds a journal"):
        restore_backup(first.path, store.root)
    with pytest.raises(errors.Missing):
        backup(Store(tmp_path / "none"), tmp_path / "c.zip")


def test_a_backup_that_reads_back_wrong_is_reported(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zips.files, "write_file", lambda path, data, disk: Path(path).write_bytes(data[:-40]))
    with pytest.raises(errors.Failed, match="could not be read back"):
        backup(store, tmp_path / "a.zip")


def zipped(*entries: tuple[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in entries:
            out.writestr(zipfile.ZipInfo(name), data)
    return packed.getvalue()


GOOD = (f"episodes/{NAME}", codec.encode({"meta": {"1": {"id": "a"}}}, 1))


@pytest.mark.parametrize(
    "data",
    [
        b"", b"no zip", zipped(), zipped(GOOD)[:-30],
        zipped(GOOD, ("../evil", b"x")), zipped(GOOD, ("/etc/x", b"x")),
        zipped(GOOD, ("episodes/../../x", b"x")), zipped(GOOD, ("snapshots/../episodes/x.json", b"x")),
        zipped(GOOD, ("C:\\x", b"x")), zipped(GOOD, (".lock", b"x")), zipped(GOOD, ("damaged/..", b"x")),
        zipped((GOOD[0], GOOD[1][:-3])), zipped((GOOD[0], codec.encode({}, 1, schema=9))),
        zipped(("damaged/2026-11-23-e01.json.01", b"x")),
    ],
)  # fmt: skip
def test_a_zip_that_is_no_backup_is_refused_and_nothing_is_made(tmp_path: Path, data: bytes) -> None:
    path, home = tmp_path / "x.zip", tmp_path / "home" / "journal"
    path.write_bytes(data)
    with pytest.raises(errors.Refused, match="nothing was changed"):
        restore_backup(path, home)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["x.zip"]


def test_a_zip_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(zipped(GOOD, ("damaged/2026-11-23-e01.json.01", bytes(5_000_000))))
    monkeypatch.setattr(zips, "MOST_BYTES", 4_000_000)
    with pytest.raises(errors.Refused, match="too large"):
        restore_backup(path, tmp_path / "j")
    monkeypatch.setattr(zips, "MOST_BYTES", 6_000_000)
    monkeypatch.setattr(zips, "MOST_ENTRIES", 1)
    with pytest.raises(errors.Refused, match="too large"):
        restore_backup(path, tmp_path / "j")
    with pytest.raises(errors.Refused, match="no such file"):
        restore_backup(tmp_path / "none.zip", tmp_path / "j")


def test_wiping_deletes_what_is_ours_and_nothing_else(store: Store) -> None:
    Path(store.root, "episodes", f".{NAME}.77-ab.tmp").touch()
    mine = Path(store.root, "episodes", "my notes.txt")
    mine.touch()
    assert wipe(store.root) == (str(mine),)
    assert list(tree(store.root)) == ["episodes/my notes.txt"]
    mine.unlink()
    assert wipe(store.root) == ()
    assert not Path(store.root).exists()
    assert wipe(store.root) == ()


def test_wiping_waits_for_a_writer(store: Store) -> None:
    with store.transaction(NAME, label="x", today=DAY, at=AT), pytest.raises(errors.Busy):
        wipe(store.root, wait=0.01)
    assert len(pains(store)) == 6
