"""Files and standard input of the command line."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from coach.problems import BadFile, BadValue

LIMIT = 64 * 1024 * 1024


def read(path: str, limit: int = LIMIT) -> bytes:
    """Read a file, or standard input for ``-``. Raises `BadFile`; a file over the limit is not read."""
    try:
        if path == "-":
            data = sys.stdin.buffer.read(limit + 1)
        else:
            with open(path, "rb") as file:
                data = file.read(limit + 1)
    except FileNotFoundError:
        raise BadFile(f"There is no file {path}.", "check the name") from None
    except OSError as error:
        raise BadFile(f"{path} cannot be read: {error.strerror}.") from None
    if len(data) > limit:
        name = "standard input" if path == "-" else path
        raise BadFile(
            f"{name} is larger than {limit // 1024:,} kB, the most that is read; nothing was changed."
        )
    return data


def free(path: str) -> None:
    """Make sure that nothing stands at a path yet. Raises `BadValue`."""
    import os

    if os.path.lexists(path):
        raise BadValue(f"{path} is there already, and is not overwritten.", "give another name")


def write_new(text: str, path: str, *, may_stand: bool = False) -> bool:
    """Write a file that must not be there yet; with ``may_stand`` one that is there stays as it is.

    Gives whether it was written. Raises `BadValue`.
    """
    import os

    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
    except FileExistsError:
        if may_stand:
            return False
        raise BadValue(f"{path} is there already, and is not overwritten.", "give another name") from None
    except OSError as error:
        raise BadValue(f"{path} cannot be written: {error.strerror}.", "give another name") from None
    return True


def write(chunks: Iterable[str], output: str | None) -> None:
    """Write text to stdout, or to a file that appears whole or not at all.

    A link stays one, and the file that it names is written; a device or a pipe is written into, never
    put aside for a file. Raises `BadValue`.
    """
    if output is None or output == "-":
        for chunk in chunks:
            sys.stdout.write(chunk)
        return
    try:
        if _is_stream(output):
            with open(output, "w", encoding="utf-8", newline="") as stream:
                stream.writelines(chunks)
        else:
            _write_whole(chunks, output)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise BadValue(
            f"{output} cannot be written: {error.strerror}.", "give another name with -o"
        ) from None


def _is_stream(path: str) -> bool:
    """Whether something stands there that is neither a file nor a folder: a device, a pipe, a socket."""
    import os
    import stat

    try:
        mode = os.stat(path).st_mode
    except OSError:
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def _write_whole(chunks: Iterable[str], output: str) -> None:
    """Write beside the file, to the disk, and then over it."""
    import os

    path = os.path.realpath(output)
    part = os.path.join(os.path.dirname(path), f".{os.path.basename(path)}.{os.getpid()}.part")
    try:
        opened = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(opened, "w", encoding="utf-8", newline="") as file:
            file.writelines(chunks)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    except BaseException:
        if os.path.exists(part):
            os.unlink(part)
        raise
