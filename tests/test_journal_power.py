"""Power cuts, simulated: only what was flushed is sure to be there afterwards.

The model is weaker than any journaling file system: after a cut each name that changed since its
folder was flushed may be the old or the new one, independently of the others, and a file that was
not flushed may be empty, cut short, full of zeros or whole. Two mutants that leave a flush out
must fail, or the model would prove nothing.
"""

from __future__ import annotations

import os
import random
import stat
from pathlib import Path
from typing import NamedTuple

import pytest
from journal_case import NAME, begin, check_in, day

from coach.journal import codec
from coach.journal.disk import Disk
from coach.journal.store import Store


class Inode:
    """A file apart from its names."""

    def __init__(self, data: bytes = b"", *, flushed: bool = False) -> None:
        self.data = bytearray(data)
        self.flushed = flushed


Names = dict[str, Inode]


class Moment(NamedTuple):
    """What a cut at one moment finds."""

    acknowledged: int
    lasting: Names
    pending: list[dict[str, Inode | None]]
    contents: dict[Inode, tuple[bytes, bool]]


class PowerDisk(Disk):
    """A real disk that keeps a book of what would survive."""

    def __init__(self, root: Path, leave_out: str = "") -> None:
        self.acknowledged = 0
        self.moments: list[Moment] = []
        self._leave_out = leave_out
        self._names: Names = {
            str(p): Inode(p.read_bytes(), flushed=True) for p in root.rglob("*") if p.is_file()
        }
        self._lasting: Names = dict(self._names)
        self._pending: list[dict[str, Inode | None]] = []
        self._files: dict[int, Inode] = {}
        self._folders: dict[int, str] = {}

    def _changed(self, effect: dict[str, Inode | None]) -> None:
        self._pending.append(effect)
        for path, inode in effect.items():
            self._names.pop(path, None)
            if inode is not None:
                self._names[path] = inode

    def _moment(self) -> None:
        inodes = {*self._lasting.values(), *(i for effect in self._pending for i in effect.values() if i)}
        contents = {inode: (bytes(inode.data), inode.flushed) for inode in inodes}
        self.moments.append(Moment(self.acknowledged, dict(self._lasting), list(self._pending), contents))

    def open(self, path: str, flags: int) -> int:
        fd = super().open(path, flags)
        if stat.S_ISDIR(os.fstat(fd).st_mode):
            self._folders[fd] = path
        elif flags & os.O_EXCL:
            self._files[fd] = Inode()
            self._changed({path: self._files[fd]})
        return fd

    def write(self, fd: int, data: memoryview) -> int:
        written = super().write(fd, data)
        self._files[fd].data += data[:written]
        self._files[fd].flushed = False
        self._moment()
        return written

    def fsync(self, fd: int) -> None:
        if fd in self._files and self._leave_out != "file":
            self._files[fd].flushed = True
        elif fd in self._folders and self._leave_out != "folder":
            folder = self._folders[fd]
            here = [
                effect for effect in self._pending if all(os.path.dirname(path) == folder for path in effect)
            ]
            for effect in here:
                self._pending.remove(effect)
                _apply(self._lasting, effect)
        self._moment()

    def close(self, fd: int) -> None:
        self._files.pop(fd, None)
        self._folders.pop(fd, None)
        super().close(fd)

    def link(self, old: str, new: str) -> None:
        super().link(old, new)
        self._changed({new: self._names[old]})
        self._moment()

    def rename(self, old: str, new: str) -> None:
        super().rename(old, new)
        self._changed({new: self._names[old], old: None})
        self._moment()

    def unlink(self, path: str) -> None:
        super().unlink(path)
        self._changed({path: None})
        self._moment()


def _apply(names: Names, effect: dict[str, Inode | None]) -> None:
    for path, inode in effect.items():
        names.pop(path, None)
        if inode is not None:
            names[path] = inode


def after_cut(moment: Moment, chance: random.Random) -> dict[str, bytes]:
    """The files that a cut at this moment may leave."""
    names = dict(moment.lasting)
    for effect in moment.pending:
        if chance.random() < 0.5:
            _apply(names, effect)
    found = {}
    for path, inode in names.items():
        data, flushed = moment.contents[inode]
        if not flushed:
            data = chance.choice([b"", data[: chance.randrange(len(data) + 1)], bytes(len(data)), data])
        found[path] = data
    return found


def violations(tmp_path: Path, saves: int, cuts: int, leave_out: str = "") -> list[str]:
    root = tmp_path / "journal"
    begin(root, 3)
    disk = PowerDisk(root, leave_out)
    store = Store(root, disk=disk)
    chance = random.Random(11)
    for number in range(saves):
        disk.acknowledged = check_in(store, number, 10 - number % 9, today=day(number // 3))
    bad = []
    for moment in disk.moments:
        for _ in range(cuts):
            data = after_cut(moment, chance).get(store.path(NAME))
            least = max(1, moment.acknowledged)
            try:
                rev = codec.decode(data).rev if data is not None else -1
            except codec.Bad as error:
                bad.append(f"unreadable: {error}")
                continue
            if rev not in (least, least + 1):
                bad.append(f"revision {rev}, acknowledged {least}")
    return bad


def test_a_power_cut_at_any_moment_loses_nothing_acknowledged(tmp_path: Path) -> None:
    assert violations(tmp_path, 24, 6) == []


@pytest.mark.long
def test_many_power_cuts_lose_nothing_acknowledged(tmp_path: Path) -> None:
    assert violations(tmp_path, 300, 10) == []


@pytest.mark.parametrize("leave_out", ["file", "folder"])
def test_without_one_of_the_two_flushes_something_is_lost(tmp_path: Path, leave_out: str) -> None:
    assert violations(tmp_path, 24, 6, leave_out)
