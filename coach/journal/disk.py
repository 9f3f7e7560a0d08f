"""Every call that a commit makes to the system, in one place, so that tests can fail each of them."""

from __future__ import annotations

import os
import sys
import time

from coach.journal import lock

_EXTRA = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


class Disk:
    """The operating system as the journal uses it; all raise `OSError`."""

    def open(self, path: str, flags: int) -> int:
        """Open a file; a new one is 0600."""
        return os.open(path, flags | _EXTRA, 0o600)

    def read(self, fd: int, size: int) -> bytes:
        """Read up to ``size`` bytes."""
        return os.read(fd, size)

    def write(self, fd: int, data: memoryview) -> int:
        """Write some of ``data`` and say how much."""
        return os.write(fd, data)

    def fsync(self, fd: int) -> None:
        """Bring a file or folder to the disk itself."""
        if sys.platform == "darwin":
            import fcntl

            fcntl.fcntl(fd, fcntl.F_FULLFSYNC)
        else:
            os.fsync(fd)

    def close(self, fd: int) -> None:
        """Close a file."""
        os.close(fd)

    def fstat(self, fd: int) -> os.stat_result:
        """Facts of an open file."""
        return os.fstat(fd)

    def stat(self, path: str) -> os.stat_result:
        """Facts of a file, links followed."""
        return os.stat(path)

    def realpath(self, path: str) -> str:
        """Where a symbolic link leads; other paths as they are."""
        return os.path.realpath(path) if os.path.islink(path) else path

    def writable(self, path: str) -> bool:
        """Whether this process may write the file."""
        return os.access(path, os.W_OK)

    def link(self, old: str, new: str) -> None:
        """Give a file a second name."""
        os.link(old, new)

    def rename(self, old: str, new: str) -> None:
        """Put one file in the place of another, at once."""
        os.replace(old, new)

    def unlink(self, path: str) -> None:
        """Take a name away."""
        os.unlink(path)

    def listdir(self, path: str) -> list[str]:
        """Names in a folder."""
        return os.listdir(path)

    def mkdir(self, path: str) -> None:
        """Make a folder that only its owner can enter."""
        os.mkdir(path, 0o700)

    def try_lock(self, fd: int) -> bool:
        """Take the lock, or give False when another process has it."""
        return lock.try_lock(fd)

    def unlock(self, fd: int) -> None:
        """Give the lock back."""
        lock.unlock(fd)

    def unique(self) -> str:
        """A name that no other temporary file has."""
        return f"{os.getpid()}-{os.urandom(6).hex()}"

    def now(self) -> float:
        """Seconds of a clock that never goes back."""
        return time.monotonic()

    def time(self) -> float:
        """Seconds since 1970, to compare with the times of files."""
        return time.time()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)
