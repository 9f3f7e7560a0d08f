"""A folder of packets, read one by one and never trusted: limits first, each broken one by name."""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Callable, Iterator
from typing import IO

from coach.exchange.packet import MOST_BYTES, BadPacket, read
from coach.model.inbox import Broken
from coach.model.packet import Packet
from coach.model.text import one_line
from coach.problems import BadFile, BadValue

ENDINGS = (".json", ".ndjson", ".ndjson.gz")
MOST_FILES = 200_000
MOST_LINES = 200_000
"""Lines of one file, blank ones too."""
MOST_BROKEN = 100
"""Lines in a row that are no packets, after which a file is given up."""
MOST_RATIO = 100
"""A packed file may become so many times larger; packets are packed about ten to one."""
_FREE = 1024 * 1024
"""Unpacked bytes before the ratio is looked at."""

Progress = Callable[[int, int], None]
"""Called with the files done and those there are."""


def packets(folder: str, progress: Progress | None = None) -> Iterator[tuple[str, Packet | Broken]]:
    """Every packet of a folder and of the folders in it, by name of its file; one in memory at a time.

    Raises `BadValue` where there is no such folder, `BadFile` where it holds too many files.
    """
    names = _files(folder)
    for done, name in enumerate(names):
        if progress is not None:
            progress(done, len(names))
        shown = one_line(name, 120)
        bad = 0
        try:
            with open(os.path.join(folder, name), "rb") as file:
                for place, content in enumerate(_contents(file, name), start=1):
                    where = shown if name.endswith(".json") else f"{shown}, line {place}"
                    found = _one(where, content)
                    bad = bad + 1 if isinstance(found, Broken) else 0
                    yield where, found
                    if bad >= MOST_BROKEN:
                        raise BadPacket(f"{bad} lines in a row are no packets; the rest of it was not read")
        except BadPacket as bad:
            yield shown, Broken(file=shown, problem=str(bad))
        except OSError as error:
            yield shown, Broken(file=shown, problem=f"it cannot be read: {error.strerror or 'damaged'}")
    if progress is not None:
        progress(len(names), len(names))


def _one(where: str, content: bytes) -> Packet | Broken:
    try:
        return read(content)
    except BadPacket as bad:
        return Broken(file=where, problem=str(bad))


def _files(folder: str) -> list[str]:
    """Names of the files below a folder, one level deep; links are not followed."""
    try:
        inside = sorted(os.scandir(folder), key=lambda each: each.name)
    except FileNotFoundError:
        raise BadValue(f"There is no folder {folder}.", "check the name") from None
    except OSError as error:
        raise BadValue(f"{folder} cannot be read: {error.strerror}.") from None
    found: list[str] = []
    for entry in inside:
        if entry.is_dir(follow_symlinks=False) and not entry.name.startswith("."):
            try:
                below = sorted(os.scandir(entry.path), key=lambda each: each.name)
            except OSError:
                continue
            found += [os.path.join(entry.name, each.name) for each in below if _wanted(each)]
        elif _wanted(entry):
            found.append(entry.name)
        if len(found) > MOST_FILES:
            raise BadFile(f"{folder} holds more than {MOST_FILES:,} files.", "give a smaller folder")
    return found


def _wanted(entry: os.DirEntry[str]) -> bool:
    return (
        entry.name.endswith(ENDINGS)
        and not entry.name.startswith(".")
        and entry.is_file(follow_symlinks=False)
    )


def _contents(file: IO[bytes], name: str) -> Iterator[bytes]:
    """The packets of one file as bytes, none larger than a packet may be."""
    if name.endswith(".json"):
        yield file.read(MOST_BYTES + 1)
        return
    if not name.endswith(".gz"):
        yield from _lines(file, 0)
        return
    size = os.fstat(file.fileno()).st_size
    try:
        with gzip.GzipFile(fileobj=file) as unpacked:
            yield from _lines(unpacked, size)
    except (gzip.BadGzipFile, zlib.error, EOFError):
        raise BadPacket("it is no whole gzip file") from None


def _lines(file: IO[bytes] | gzip.GzipFile, packed: int) -> Iterator[bytes]:
    count = total = 0
    while line := file.readline(MOST_BYTES + 2):
        total += len(line)
        if packed and total > _FREE and total > packed * MOST_RATIO:
            raise BadPacket(f"it unpacks to more than {MOST_RATIO} times its size")
        if len(line) > MOST_BYTES + 1:
            raise BadPacket(f"line {count + 1} is larger than {MOST_BYTES // 1024} kB, the most of a packet")
        count += 1
        if count > MOST_LINES:
            raise BadPacket(f"it has more than {MOST_LINES:,} lines")
        if line.strip():
            yield line
