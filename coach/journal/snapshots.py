"""Copies of a journal file as it was: one a day, kept thinned, and one before every change of format."""

from __future__ import annotations

import os

import msgspec

from coach.journal import codec, errors, files
from coach.journal.disk import Disk

DAILY = 30
"""Newest copies that are all kept; of the older ones the newest of each month is."""


class Snapshot(msgspec.Struct, frozen=True, order=True):
    """One copy, as its name tells."""

    rev: int
    day: str
    """Date on which it was set aside; empty for the lasting copy before a change of format."""
    path: str


def folder_of(root: str, name: str) -> str:
    """Where the copies of one journal file lie."""
    return os.path.join(root, "snapshots", name.removesuffix(".json"))


def parse(path: str) -> Snapshot | None:
    """Read the name of a copy: ``r00000041-2026-04-02.json`` or ``pre-v2-r00000041.json``."""
    stem = os.path.basename(path)
    if not stem.endswith(".json"):
        return None
    first, _, rest = stem.removesuffix(".json").partition("-")
    if first == "pre":
        version, _, rev = rest.partition("-")
        good = version[:1] == "v" and version[1:].isdecimal() and rev[:1] == "r" and rev[1:].isdecimal()
        return Snapshot(int(rev[1:]), "", path) if good else None
    good = first[:1] == "r" and first[1:].isdecimal() and len(rest) == 10
    return Snapshot(int(first[1:]), rest, path) if good else None


def listed(disk: Disk, folder: str) -> list[Snapshot]:
    """The copies in a folder, newest revision first; empty where there is none."""
    found = (parse(os.path.join(folder, name)) for name in _names(disk, folder))
    return sorted((each for each in found if each), reverse=True)


def _names(disk: Disk, folder: str) -> list[str]:
    try:
        return disk.listdir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return []


def newest_good(disk: Disk, folder: str) -> tuple[Snapshot, bytes] | None:
    """The newest copy whose seal fits, with its bytes; never raises."""
    try:
        for each in listed(disk, folder):
            try:
                data = files.read(disk, each.path)[0]
                codec.decode(data)
            except (errors.JournalError, codec.Bad, OSError):
                continue
            return each, data
    except OSError:
        pass
    return None


def take(disk: Disk, folder: str, source: str, data: bytes, rev: int, day: str) -> None:
    """Set the outgoing file aside at the first save of a day; a failure is no reason not to save."""
    try:
        if any(name.endswith(f"-{day}.json") for name in _names(disk, folder)):
            return
        there = listed(disk, folder)
        path = os.path.join(folder, f"r{rev:08d}-{day}.json")
        if not there:
            files.make_dirs(disk, folder)
        _copy(disk, source, data, path)
        _thin(disk, [Snapshot(rev, day, path), *there])
    except OSError:
        return


def pin(disk: Disk, folder: str, source: str, data: bytes, rev: int, schema: int) -> None:
    """Keep a file for good before its format changes. Raises `OSError`: without it nothing is saved."""
    files.make_dirs(disk, folder)
    path = os.path.join(folder, f"pre-v{schema}-r{rev:08d}.json")
    if not os.path.exists(path):
        _copy(disk, source, data, path)
    files.sync_folder(disk, folder)


def _copy(disk: Disk, source: str, data: bytes, path: str) -> None:
    """Link the file, or write its bytes where the file system knows no links."""
    try:
        disk.link(source, path)
        return
    except FileExistsError:
        return
    except OSError:
        temp = f"{path}.{disk.unique()}{files.TEMP_END}"
    fd = disk.open(temp, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    try:
        files.fill(disk, fd, data)
        disk.rename(temp, path)
    except BaseException:
        files.remove(disk, temp)
        raise


def _thin(disk: Disk, newest_first: list[Snapshot]) -> None:
    months: set[str] = set()
    for each in [each for each in newest_first if each.day][DAILY:]:
        month = each.day[:7]
        if month in months:
            files.remove(disk, each.path)
        months.add(month)
