"""What the store refuses, and how the files lie on the disk."""

from __future__ import annotations

import os
import stat
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from journal_case import DAY, NAME, CountingDisk, QuickDisk, begin, change, check_in, day, pains, tree
from tinydb import where

from coach.journal import codec, errors, repo, snapshots
from coach.journal.disk import Disk
from coach.journal.store import Store, write_file

root_only = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="root")
posix = pytest.mark.skipif(os.name == "nt", reason="POSIX")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return begin(tmp_path / "home" / "journal", 3, wait=0.05)


@pytest.mark.parametrize(
    "data",
    [b"", b"\0" * 500, b"{}", b'{"_default": {}}', codec.encode({"meta": {"1": {"id": "a"}}}, 1)[:-1],
     codec.encode({"meta": {"1": {"id": "a"}}}, 1).replace(b'"a"', b'"b"')],
)  # fmt: skip
def test_a_damaged_file_is_refused_untouched_and_the_newest_good_copy_named(
    store: Store, data: bytes
) -> None:
    check_in(store, 4, today=day(1))
    check_in(store, 5, today=day(2))
    Path(snapshots.folder_of(store.root, NAME), "r00000002-2026-11-25.json").write_bytes(b"bad")
    path = Path(store.path(NAME))
    path.write_bytes(data)
    before = tree(store.root)
    for use in (lambda: store.view(NAME), lambda: check_in(store, 6)):
        with pytest.raises(errors.Damaged) as caught:
            use()
        assert str(path) in caught.value.message
        assert caught.value.snapshot.endswith("r00000001-2026-11-24.json")
        assert caught.value.snapshot in caught.value.message
        assert "nothing was changed" in caught.value.message
        assert "`coach doctor`" in caught.value.message
    assert tree(store.root) == before
    assert len(store.fallback(NAME).table("checkins")) == 3


def test_every_byte_flipped_in_the_file_is_refused(tmp_path: Path) -> None:
    store = begin(tmp_path / "j")
    path = Path(store.path(NAME))
    good = path.read_bytes()
    for place in range(len(good)):
        bad = good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :]
        path.write_bytes(bad)
        with pytest.raises((errors.Damaged, errors.NewerFile)):
            check_in(store, 1)
        assert path.read_bytes() == bad


def test_a_file_of_a_newer_version_is_refused_untouched(store: Store) -> None:
    path = Path(store.path(NAME))
    path.write_bytes(codec.encode({"meta": {"1": {"id": "a"}}}, 9, schema=codec.SCHEMA + 1))
    before = tree(store.root)
    for use in (lambda: store.view(NAME), lambda: check_in(store, 6)):
        with pytest.raises(errors.NewerFile, match=r"newer version of coach.*nothing was changed"):
            use()
    assert tree(store.root) == before


@posix
@pytest.mark.parametrize("kind", ["folder", "pipe"])
def test_what_is_no_file_is_refused(store: Store, kind: str) -> None:
    path = store.path(NAME)
    os.unlink(path)
    os.mkdir(path) if kind == "folder" else os.mkfifo(path)
    with pytest.raises(errors.Damaged, match="not a regular file"):
        store.view(NAME)
    with pytest.raises(errors.Damaged):
        check_in(store, 1)


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A file system of 128 kB."""
    mount = tmp_path / "small"
    mount.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", mount], check=False).returncode:
        pytest.skip("may not mount")
    yield mount
    subprocess.run(["umount", mount], check=True)


@posix
@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root writes everywhere")
def test_a_read_only_folder_is_one_sentence(store: Store) -> None:
    before = tree(store.root)
    os.chmod(Path(store.root, "episodes"), 0o500)
    with pytest.raises(errors.ReadOnly, match="nothing was changed"):
        check_in(store, 5)
    os.chmod(Path(store.root, "episodes"), 0o700)
    assert tree(store.root) == before


@root_only
def test_a_read_only_file_system_is_one_sentence(small: Path) -> None:
    store = begin(small / "journal", 3)
    before = tree(store.root)
    subprocess.run(["mount", "-o", "remount,ro", small], check=True)
    with pytest.raises(errors.ReadOnly, match="nothing was changed"):
        check_in(store, 5)
    with pytest.raises(errors.ReadOnly):
        write_file(small / "settings.json", b"{}")
    assert len(pains(store)) == 3
    assert tree(store.root) == before


@posix
def test_a_file_marked_read_only_is_not_replaced(store: Store) -> None:
    class Marked(Disk):
        def writable(self, path: str) -> bool:
            return False

    before = tree(store.root)
    with pytest.raises(errors.ReadOnly):
        check_in(Store(store.root, disk=Marked()), 5)
    assert tree(store.root) == before


@posix
def test_a_full_disk_is_no_space_and_changes_nothing(store: Store) -> None:
    import resource

    size = os.stat(store.path(NAME)).st_size
    before = tree(store.root)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size // 2, hard))
    try:
        with pytest.raises(errors.NoSpace) as caught:
            check_in(store, 5)
        with pytest.raises(errors.NoSpace):
            write_file(Path(store.root).parent / "settings.json", b"x" * size)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "free some space" in caught.value.message
    assert tree(store.root) == before
    assert check_in(store, 5) == 2


@root_only
def test_a_really_full_disk_changes_nothing(small: Path) -> None:
    store = begin(small / "journal", 3)
    with pytest.raises(OSError, match="space"):
        (small / "ballast").write_bytes(b"x" * 1_000_000)
    before = tree(store.root)
    with pytest.raises(errors.NoSpace):
        check_in(store, 5)
    assert tree(store.root) == before
    os.unlink(small / "ballast")
    assert check_in(store, 5) == 2


@posix
def test_folders_are_private_and_files_too(store: Store) -> None:
    check_in(store, 4, today=day(1))
    for path in (Path(store.root).parent, *Path(store.root).parent.rglob("*")):
        wanted = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == wanted, path


@posix
def test_a_linked_file_is_replaced_where_it_really_lies(store: Store, tmp_path: Path) -> None:
    path, real = Path(store.path(NAME)), tmp_path / "elsewhere.json"
    path.rename(real)
    path.symlink_to(real)
    check_in(store, 4, today=day(1))
    assert path.is_symlink()
    assert codec.decode(real.read_bytes()).rev == store.view(NAME).rev == 2
    assert len(snapshots.listed(store.disk, snapshots.folder_of(store.root, NAME))) == 1


def test_the_first_save_of_a_day_sets_the_outgoing_file_aside(store: Store) -> None:
    folder = Path(snapshots.folder_of(store.root, NAME))
    first = Path(store.path(NAME)).read_bytes()
    check_in(store, 4, today=day(1))
    check_in(store, 5, today=day(1))
    check_in(store, 6, today=day(2))
    check_in(store, 7, today=day(1))  # the clock went back
    check_in(store, 8, today=day(2))
    assert sorted(path.name for path in folder.iterdir()) == [
        "r00000001-2026-11-24.json",
        "r00000003-2026-11-25.json",
    ]
    assert (folder / "r00000001-2026-11-24.json").read_bytes() == first


def test_copies_are_written_out_where_there_are_no_links(store: Store) -> None:
    class NoLinks(Disk):
        def link(self, old: str, new: str) -> None:
            raise PermissionError(1, "no links here")

    first = Path(store.path(NAME)).read_bytes()
    check_in(Store(store.root, disk=NoLinks()), 4, today=day(1))
    copies = [*Path(snapshots.folder_of(store.root, NAME)).iterdir()]
    assert [copy.read_bytes() for copy in copies] == [first]


def test_copies_are_thinned_to_thirty_days_and_then_one_a_month(store: Store) -> None:
    store = Store(store.root, disk=QuickDisk())
    for number in range(1, 200):
        check_in(store, number, number % 10 + 0.5, today=DAY + timedelta(days=number), undoable=False)
    kept = snapshots.listed(store.disk, snapshots.folder_of(store.root, NAME))
    days = [each.day for each in kept]
    assert days[:30] == [day(number).isoformat() for number in range(199, 169, -1)]
    assert [d[:7] for d in days[30:]] == [
        "2027-05",
        "2027-04",
        "2027-03",
        "2027-02",
        "2027-01",
        "2026-12",
        "2026-11",
    ]
    assert days[31] == "2027-04-30"
    assert all(store.decode(NAME, each.path, Path(each.path).read_bytes()).rev == each.rev for each in kept)


def test_a_check_in_costs_the_same_number_of_calls_after_ten_years(store: Store) -> None:
    check_in(store, 1, 8)
    few, many = CountingDisk(), CountingDisk()
    check_in(Store(store.root, disk=few), 1, 9)
    for number in range(40):
        Path(store.root, "episodes", f"20{50 + number}-01-01-e{number + 2}.json").touch()
    check_in(Store(store.root, disk=many), 1, 10)
    assert few.calls == many.calls


def test_what_a_newer_minor_version_wrote_stays(store: Store) -> None:
    with change(store) as db:
        db.table("checkins").update({"mood": 3}, where("date") == DAY.isoformat())
        db.table("from_the_future").insert({"id": "a", "x": 1})
    check_in(store, 0, 8)
    view = store.view(NAME)
    assert (view.table("checkins")[0]["mood"], view.table("checkins")[0]["pain"]) == (3, 8)
    assert view.table("from_the_future") == [{"id": "a", "x": 1}]
    assert repo.docs(view, "checkins")[0]["mood"] == 3
