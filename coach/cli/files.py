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
    """Write text to stdout, or to a file that appears whole or not at all."""
    if output is None or output == "-":
        for chunk in chunks:
            sys.stdout.write(chunk)
        return
    import os

    part = os.path.join(
        os.path.dirname(os.path.abspath(output)), f".{os.path.basename(output)}.{os.getpid()}.part"
    )
    try:
        opened = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(opened, "w", encoding="utf-8", newline="") as file:
            for chunk in chunks:
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, output)
    except OSError as error:
        if os.path.exists(part):
            os.unlink(part)
        raise BadValue(
            f"{output} cannot be written: {error.strerror}.", "give another name with -o"
        ) from None
    except BaseException:
        if os.path.exists(part):
            os.unlink(part)
        raise
