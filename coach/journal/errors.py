"""What can go wrong with the journal, each as one plain sentence for the person."""

from __future__ import annotations

import errno
import os


class JournalError(Exception):
    """Something went wrong with a file of the journal.

    ``message`` is one sentence: what happened, that nothing was changed (where that is so),
    and what to do next. ``path`` is the file, ``snapshot`` the newest good copy or empty.
    """

    def __init__(self, message: str, *, path: str = "", snapshot: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.snapshot = snapshot


class Missing(JournalError):
    """There is no such file."""


class Busy(JournalError):
    """Another process kept the lock for longer than the wait."""


class Conflict(JournalError):
    """The file, or a document in it, is not what this write was based on."""


class Damaged(JournalError):
    """The file is not what coach wrote: cut off, altered, empty or foreign."""


class NewerFile(JournalError):
    """The file was written by a newer version of coach."""


class NotStorable(JournalError):
    """A document holds something that the file format cannot keep, such as NaN."""


class Failed(JournalError):
    """The system refused a call (a disk error, too many open files); nothing was changed."""


class NoSpace(Failed):
    """The disk or the quota is full; nothing was changed."""


class ReadOnly(Failed):
    """The file or its folder cannot be written, or not read; nothing was changed."""


class NotDurable(JournalError):
    """The file was saved, but the disk did not confirm it: a power cut may still undo it."""


class Refused(JournalError):
    """What was asked would overwrite or delete something, or the input is not ours; nothing was changed."""


def shown(path: str) -> str:
    """A path fit for a message: nothing in it that a terminal would obey."""
    return "".join(c if c.isprintable() and not "\ud800" <= c <= "\udfff" else "?" for c in path)


def missing(path: str) -> Missing:
    """No file at this path."""
    return Missing(
        f"There is no journal file {shown(path)}; `coach doctor` looks for copies if there should be one.",
        path=path,
    )


def busy(path: str, wait: float) -> Busy:
    """The lock was not free within ``wait`` seconds."""
    return Busy(
        f"Another coach command has been writing the journal for {wait:g} seconds ({shown(path)}), so "
        "nothing was changed; wait until it has finished and do it again.",
        path=path,
    )


def conflict(path: str, why: str) -> Conflict:
    """The file changed, in the words of ``why`` (a clause)."""
    return Conflict(
        f"{why[:1].upper()}{why[1:]}, so nothing was changed; look at it again and repeat what you did "
        f"({shown(path)}; `coach doctor` checks the file).",
        path=path,
    )


def damaged(path: str, why: str, snapshot: str = "") -> Damaged:
    """The file cannot be trusted, because of ``why`` (a clause)."""
    copy = f"the newest good copy is {shown(snapshot)}" if snapshot else "there is no good copy of it"
    return Damaged(
        f"The journal file {shown(path)} is damaged ({why}) and nothing was changed; {copy}; "
        "`coach doctor` shows what can be put back.",
        path=path,
        snapshot=snapshot,
    )


def newer(path: str, schema: int, ours: int) -> NewerFile:
    """The file has a schema above ours."""
    return NewerFile(
        f"The journal file {shown(path)} was written by a newer version of coach (format {schema}, this one "
        f"reads up to {ours}), so nothing was changed; update coach, or see `coach doctor`.",
        path=path,
    )


def not_storable(path: str, why: str) -> NotStorable:
    """A document cannot be kept, because of ``why`` (a clause)."""
    return NotStorable(f"The entry cannot be saved ({why}), so nothing was changed.", path=path)


def not_durable(path: str, error: OSError) -> NotDurable:
    """The rename is done, but its folder could not be flushed."""
    return NotDurable(
        f"The entry was written to {shown(path)}, but the disk did not confirm it ({reason(error)}), so a "
        "power cut may still undo it; check the disk and run `coach doctor`.",
        path=path,
    )


def reason(error: OSError) -> str:
    """The system's words for an error."""
    return os.strerror(error.errno) if error.errno else str(error)


def from_os(error: OSError, path: str, doing: str = "written") -> Failed:
    """The error of a failed system call on ``path``, before anything was changed."""
    where = shown(path)
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return NoSpace(
            f"There is no room left for {where} ({reason(error)}), so nothing was changed; free some space "
            "and do it again (`coach doctor` shows how much is left).",
            path=path,
        )
    if error.errno in (errno.EACCES, errno.EROFS, errno.EPERM):
        return ReadOnly(
            f"{where} cannot be {doing} ({reason(error)}), so nothing was changed; give yourself the right "
            "to it and do it again (`coach doctor` lists what is wrong).",
            path=path,
        )
    return Failed(
        f"{where} could not be {doing} ({reason(error)}), so nothing was changed; do it again, and run "
        "`coach doctor` if it goes wrong again.",
        path=path,
    )
