"""Zip files from outside: named members are read with a budget, nothing is ever extracted."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import BinaryIO, cast

from coach.exchange.wearables.limits import load_limits
from coach.model.text import one_line


class BadArchive(ValueError):
    """A zip that cannot be read, or that unpacks to far more than it should; the message is a sentence."""


class Archive:
    """An open zip and the names in it."""

    def __init__(self, stream: BinaryIO) -> None:
        try:
            self._zip = zipfile.ZipFile(stream)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise BadArchive(
                f"The zip cannot be read ({one_line(str(error), 80)}): it may be cut off."
            ) from None
        members = self._zip.infolist()
        if len(members) > load_limits()["zip_members"]:
            raise BadArchive(f"The zip holds {len(members):,} files, more than are looked at.")
        self._members = {each.filename: each for each in members if not each.is_dir()}

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all members, as they stand in the zip."""
        return tuple(self._members)

    def size(self, name: str) -> int:
        """Bytes of a member, unpacked, as the zip says."""
        return self._members[name].file_size

    def open(self, name: str, budget: str) -> BinaryIO:
        """Open a member for reading, with a limit of `limits` on its bytes. Raises `BadArchive`."""
        limits, info = load_limits(), self._members[name]
        packed = max(info.compress_size, 1)
        if info.file_size > limits[budget] or info.file_size / packed > limits["zip_ratio"]:
            raise BadArchive(
                f"“{one_line(name, 60)}” would unpack to {info.file_size:,} bytes from {packed:,}: not read."
            )
        try:
            raw = self._zip.open(info)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError) as error:
            raise BadArchive(f"“{one_line(name, 60)}” cannot be read ({one_line(str(error), 80)}).") from None
        return cast(BinaryIO, io.BufferedReader(Guarded(cast(BinaryIO, raw), int(limits[budget])), 1 << 16))


class Guarded(io.RawIOBase):
    """A stream that stops with `BadArchive` when more comes out of it than it may give."""

    def __init__(self, raw: BinaryIO, most: int) -> None:
        super().__init__()
        self._raw, self._left = raw, most

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: object) -> int:
        """Read as much as fits. Raises `BadArchive`."""
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        try:
            data = self._raw.read(len(view))
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise BadArchive(
                f"The zip is damaged ({one_line(str(error), 80)}): nothing was read of it."
            ) from None
        self._left -= len(data)
        if self._left < 0:
            raise BadArchive("The zip unpacks to more than its list says: not read.")
        view[: len(data)] = data
        return len(data)
