"""Every call of a commit fails in turn: the file is the old or the new one, and the message is ours."""

from __future__ import annotations

import errno
import shutil
from datetime import date
from pathlib import Path

import pytest
from journal_case import (
    NAME,
    CountingDisk,
    QuickDisk,
    begin,
    check_in,
    day,
    failing,
    pains,
    short_writes,
    tree,
)

from coach.journal import errors
from coach.journal.disk import Disk
from coach.journal.store import Store, read_file, write_file

ERRORS = (errno.EIO, errno.ENOSPC, errno.EPERM, errno.EINTR)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("whole") / "journal"
    begin(root, 3, disk=QuickDisk())
    return root


def calls(whole: Path, tmp_path: Path, number: int) -> list[str]:
    root = tmp_path / "count"
    shutil.copytree(whole, root)
    disk = CountingDisk()
    check_in(Store(root, disk=disk), 9, today=day(number))
    return disk.calls


def attempt(store: Store, today: date) -> errors.JournalError | None:
    try:
        check_in(store, 9, today=today)
    except errors.JournalError as problem:
        return problem
    return None


def test_an_ordinary_save_flushes_exactly_twice(whole: Path, tmp_path: Path) -> None:
    begin(tmp_path / "j", 3)
    disk = CountingDisk()
    store = Store(tmp_path / "j", disk=disk)
    check_in(store, 7)
    first = disk.calls.count("fsync")
    disk.calls.clear()
    check_in(store, 8)
    assert disk.calls.count("fsync") == 2
    assert (
        disk.calls.index("fsync")
        < disk.calls.index("rename")
        < len(disk.calls) - disk.calls[::-1].index("fsync")
    )
    assert disk.calls.count("link") == 0
    assert first == 4  # two more for the two new folders of snapshots
    disk.calls.clear()
    check_in(store, 8, 5, today=day(1))
    assert (disk.calls.count("fsync"), disk.calls.count("link")) == (2, 1)


@pytest.mark.parametrize("number", [0, 1], ids=["first snapshot ever", "next day"])
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("error", ERRORS, ids=lambda error: errno.errorcode[error])
def test_a_failing_call_changes_nothing_or_everything(
    whole: Path, tmp_path: Path, error: int, after: bool, number: int
) -> None:
    base = tmp_path / "base"
    shutil.copytree(whole, base)
    if number:
        check_in(Store(base), 5)
    names = calls(base, tmp_path, number)
    assert len(names) > 20
    saved = failed = 0
    for at in range(len(names)):
        root = tmp_path / str(at)
        shutil.copytree(base, root)
        before = tree(root / "episodes")
        old, new = pains(Store(root)), pains(Store(root)) | {day(9).isoformat(): 4.0}
        where = f"call {at} ({names[at]})"
        problem = attempt(Store(root, disk=failing(at, error, after=after), wait=0), day(number))
        failed += problem is not None
        saved += problem is None
        if problem is None or isinstance(problem, errors.NotDurable):
            assert pains(Store(root)) == new, where
            assert problem is None or "power cut" in problem.message
        else:
            left = {name: data for name, data in tree(root / "episodes").items() if not name.endswith(".tmp")}
            assert left == before, where
            assert "nothing was changed" in problem.message, where
            assert ". " not in problem.message, where
        check_in(
            Store(root, wait=0, disk=QuickDisk()), 10, today=day(number)
        )  # the lock is free and the next save cleans up
        assert pains(Store(root)).keys() - old.keys() - new.keys() == {day(10).isoformat()}
        assert not list((root / "episodes").glob(".*")), where
        shutil.rmtree(root)
    assert saved >= 3  # unlock, close of the lock, snapshot: no reason to refuse an entry
    assert failed >= 12


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (errno.ENOSPC, errors.NoSpace), (errno.EDQUOT, errors.NoSpace), (errno.EACCES, errors.ReadOnly),
        (errno.EROFS, errors.ReadOnly), (errno.EPERM, errors.ReadOnly), (errno.EIO, errors.Failed),
    ],
)  # fmt: skip
def test_the_kind_of_error_is_told_apart(
    whole: Path, tmp_path: Path, error: int, kind: type[Exception]
) -> None:
    at = calls(whole, tmp_path, 0).index("write")
    with pytest.raises(errors.JournalError) as caught:
        check_in(Store(tmp_path / "count", disk=failing(at, error)), 11)
    assert type(caught.value) is kind
    assert NAME in caught.value.message
    assert "coach doctor" in caught.value.message


def test_a_disk_that_writes_little_at_a_time_is_waited_for(whole: Path, tmp_path: Path) -> None:
    root = tmp_path / "j"
    shutil.copytree(whole, root)
    assert check_in(Store(root, disk=short_writes()), 9) == 2
    assert len(pains(Store(root))) == 4


def test_reading_reports_a_failing_disk_as_one_sentence(whole: Path) -> None:
    for at in range(3):
        with pytest.raises(errors.Failed, match="could not be read"):
            Store(whole, disk=failing(at, errno.EIO)).view(NAME)


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: errno.errorcode[error])
def test_other_files_of_the_home_are_replaced_as_safely(tmp_path: Path, error: int) -> None:
    path = tmp_path / "settings.json"
    write_file(path, b"old")
    counting = CountingDisk()
    write_file(path, b"old", counting)
    outcomes = set()
    for at in range(len(counting.calls)):
        try:
            write_file(path, b"new", failing(at, error))
        except errors.NotDurable:
            assert read_file(path) == b"new"
            outcomes.add("not durable")
        except errors.JournalError:
            assert read_file(path) == b"old"
            outcomes.add("nothing changed")
        else:
            assert read_file(path) == b"new"
            outcomes.add("saved")
        write_file(path, b"old")
        assert [each.name for each in tmp_path.iterdir() if not each.name.startswith(".")] == [
            "settings.json"
        ]
    assert outcomes == {"not durable", "nothing changed", "saved"}


def test_old_temporary_files_beside_other_files_are_swept_but_not_those_of_a_live_writer(
    tmp_path: Path,
) -> None:
    import os

    path = tmp_path / "settings.json"
    old, live = tmp_path / ".settings.json.1-a.tmp", tmp_path / ".settings.json.2-b.tmp"
    old.touch()
    live.touch()
    os.utime(old, (0, 0))
    write_file(path, b"x", Disk())
    assert sorted(each.name for each in tmp_path.iterdir()) == [live.name, path.name]
    assert path.stat().st_mode & 0o777 == 0o600
    assert read_file(tmp_path / "none") is None
