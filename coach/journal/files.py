"""Whole files, read and replaced so that a crash leaves the old or the new one, never a mixture."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from coach.journal import errors
from coach.journal.disk import Disk

Signature = tuple[int, int, int, int]
"""Device, inode, size and time of change in nanoseconds: differs as soon as a file was replaced."""

LIMIT = 256 * 1024 * 1024
"""Bytes above which a file is not ours: fifty years of entries are 15 MB."""
STALE_S = 3600
"""Age at which a temporary file without a lock is taken for the rest of a killed process."""
TEMP_END = ".tmp"

_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)  # a pipe in the place of a file must not block
_TEMP = os.O_WRONLY | os.O_CREAT | os.O_EXCL


def signature(found: os.stat_result) -> Signature:
    """What identifies this state of a file."""
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def read(disk: Disk, path: str) -> tuple[bytes, Signature]:
    """Read a whole regular file. Raises `FileNotFoundError`, `Damaged`, or `Failed` and its kinds."""
    try:
        fd = disk.open(path, _READ)
        try:
            facts = disk.fstat(fd)
            if not stat.S_ISREG(facts.st_mode):
                raise errors.damaged(path, "it is not a regular file")
            if facts.st_size > LIMIT:
                raise errors.damaged(path, "it is far larger than a journal can be")
            parts = []
            while part := disk.read(fd, facts.st_size + 1):
                parts.append(part)
        finally:
            disk.close(fd)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise errors.from_os(error, path, "read") from error
    return (parts[0] if len(parts) == 1 else b"".join(parts)), signature(facts)


def replace(disk: Disk, target: str, data: bytes, before: Callable[[], None]) -> Signature:
    """Put ``data`` in the place of ``target``, durably, with exactly two flushes.

    ``before`` runs when the new bytes are safe and the old file still stands; what it raises
    stops the commit. Raises `OSError` when nothing was changed, `NotDurable` when the new file
    stands but its folder was not flushed. Nothing is tried twice.
    """
    folder, name = os.path.split(target)
    temp = os.path.join(folder, f".{name}.{disk.unique()}{TEMP_END}")
    fd = disk.open(temp, _TEMP)
    try:
        facts = fill(disk, fd, data)
        before()
        _rename(disk, temp, target, facts.st_ino)
    except errors.NotDurable:
        raise
    except BaseException:
        remove(disk, temp)
        raise
    try:
        sync_folder(disk, folder)
    except OSError as error:
        raise errors.not_durable(target, error) from error
    return signature(facts)


def fill(disk: Disk, fd: int, data: bytes) -> os.stat_result:
    """Write all bytes to a new file, flush them and close it; what the file is then."""
    try:
        view = memoryview(data)
        while view:
            view = view[disk.write(fd, view) :]
        disk.fsync(fd)
        return disk.fstat(fd)
    finally:
        disk.close(fd)


def _rename(disk: Disk, temp: str, target: str, inode: int) -> None:
    """Rename; a disk that reports an error after doing it has changed the file all the same."""
    try:
        disk.rename(temp, target)
    except OSError as error:
        try:
            landed = disk.stat(target).st_ino == inode
        except OSError:
            landed = False
        if landed:
            raise errors.not_durable(target, error) from error
        raise


def sync_folder(disk: Disk, folder: str) -> None:
    """Flush the names of a folder; Windows cannot, and does so by itself."""
    if os.name == "nt":
        return
    fd = disk.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    try:
        disk.fsync(fd)
    finally:
        _close(disk, fd)


def _close(disk: Disk, fd: int) -> None:
    try:
        disk.close(fd)
    except OSError:
        return  # nothing was written through it


def remove(disk: Disk, path: str) -> bool:
    """Delete a file that nobody needs; a failure is no reason to stop."""
    try:
        disk.unlink(path)
    except OSError:
        return False
    return True


def sweep(disk: Disk, target: str, older_than: float | None = None) -> None:
    """Delete temporary files that a killed process left beside ``target``.

    Under the lock all of them are; without it only those last changed before ``older_than``
    (seconds since 1970).
    """
    folder, name = os.path.split(target)
    for each in disk.listdir(folder):
        if each.startswith(f".{name}.") and each.endswith(TEMP_END):
            path = os.path.join(folder, each)
            if older_than is None or disk.stat(path).st_mtime < older_than:
                remove(disk, path)


def make_dirs(disk: Disk, path: str) -> None:
    """Make a folder and its missing parents, 0700, each made to last by a flush of its parent."""
    missing = []
    while not os.path.isdir(path):
        missing.append(path)
        parent = os.path.dirname(path)
        if parent == path:
            break
        path = parent
    for each in reversed(missing):
        try:
            disk.mkdir(each)
        except FileExistsError:
            if not os.path.isdir(each):
                raise
        sync_folder(disk, os.path.dirname(each) or ".")


@contextmanager
def locked(disk: Disk, path: str, wait: float) -> Iterator[None]:
    """Hold the lock file ``path``, waiting up to ``wait`` seconds. Raises `Busy` or `Failed`."""
    fd = _acquire(disk, path, wait)
    try:
        yield
    finally:
        try:
            disk.unlock(fd)
        except OSError:
            pass  # closing gives it back as well
        finally:
            _close(disk, fd)


def _acquire(disk: Disk, path: str, wait: float) -> int:
    end, pause = disk.now() + wait, 0.001
    try:
        while True:
            fd = disk.open(path, os.O_RDWR | os.O_CREAT)
            try:
                while not disk.try_lock(fd):
                    if disk.now() >= end:
                        raise errors.busy(path, wait)
                    disk.sleep(pause)
                    pause = min(pause * 2, 0.025)
                if _same_file(disk, fd, path):
                    return fd
            except BaseException:
                _close(disk, fd)
                raise
            _close(disk, fd)  # `wipe` deleted it while we waited: what we hold guards nothing
    except OSError as error:
        raise errors.from_os(error, path) from error


def _same_file(disk: Disk, fd: int, path: str) -> bool:
    try:
        return os.path.samestat(disk.fstat(fd), disk.stat(path))
    except FileNotFoundError:
        return False


def write_file(path: str | os.PathLike[str], data: bytes, disk: Disk | None = None) -> None:
    """Replace a small file of the home, durably and 0600. Raises `Failed` and its kinds, or `NotDurable`."""
    disk = disk or Disk()
    target = os.path.abspath(os.fspath(path))
    try:
        target = disk.realpath(target)
        folder = os.path.dirname(target)
        make_dirs(disk, folder)
        sweep(disk, target, older_than=disk.time() - STALE_S)
        replace(disk, target, data, lambda: _check_writable(disk, target))
    except OSError as error:
        raise errors.from_os(error, target) from error


def _check_writable(disk: Disk, target: str) -> None:
    if os.path.exists(target) and not disk.writable(target):
        raise PermissionError(13, os.strerror(13), target)


def read_file(path: str | os.PathLike[str], disk: Disk | None = None) -> bytes | None:
    """Read a small file of the home, or give None where there is none. Raises `Failed` and its kinds."""
    try:
        return read(disk or Disk(), os.path.abspath(os.fspath(path)))[0]
    except FileNotFoundError:
        return None
