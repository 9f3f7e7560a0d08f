"""Opening a file of devices: what sort it is, and the reader that takes it."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from coach.problems import BadFile, BadValue

if TYPE_CHECKING:
    from coach.exchange.wearables.archive import Archive
    from coach.exchange.wearables.gadgetbridge import Zone
    from coach.exchange.wearables.gather import Gatherer
    from coach.exchange.wearables.propose import Proposal
    from coach.model.reading import Reading

Told = Callable[[int, int], None]
"""Told how many bytes were read, and of how many; zero where that is not known."""
NOTHING = "nothing was imported"


class Found(NamedTuple):
    """What a file held."""

    name: str
    gatherer: Gatherer
    readings: Sequence[Reading]


class File(NamedTuple):
    """A file by its path, or what came by standard input."""

    path: str
    content: bytes | None = None

    @property
    def name(self) -> str:
        """Its name without its folder, cleaned."""
        from coach.model.text import one_line

        return one_line("standard input" if self.content is not None else os.path.basename(self.path), 80)

    @property
    def size(self) -> int:
        """Bytes."""
        return os.path.getsize(self.path) if self.content is None else len(self.content)

    def open(self) -> BinaryIO:
        """Open it for reading. Raises `BadFile`."""
        if self.content is not None:
            return io.BytesIO(self.content)
        try:
            if os.path.isdir(self.path):
                raise BadFile(f"{self.path} is a folder: name one file of it, or the zip as it came.")
            return open(self.path, "rb")
        except FileNotFoundError:
            raise BadFile(f"There is no file {self.path}.", "check the name") from None
        except OSError as error:
            raise BadFile(f"{self.path} cannot be read: {error.strerror}.") from None


def kind_of(file: File) -> str:
    """The kind of a file by its content; empty where nothing is known. Raises `BadFile`."""
    from coach.exchange.wearables import sniff

    with file.open() as stream:
        head = stream.read(sniff.HEAD)
        _readable(file, head)
        if not sniff.is_zip(head):
            return sniff.sniff(head)
        stream.seek(0)
        return sniff.member(_archive(file, stream).names)[0]


def _readable(file: File, head: bytes) -> None:
    """Refuse what no kind can be: nothing at all, and text that is no UTF-8. Raises `BadFile`."""
    if not head:
        raise BadFile(f"{file.name} is empty; nothing was imported.")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadFile(
            f"{file.name} is text in UTF-16, and only UTF-8 is read; nothing was imported.",
            "save it again as CSV UTF-8",
        )


def proposed(file: File) -> Proposal:
    """Propose a mapping for a table. Raises `BadFile`."""
    from coach.exchange.wearables import sniff
    from coach.exchange.wearables.propose import NoTable, propose

    with file.open() as stream:
        head = stream.read(4 * sniff.HEAD)
    _readable(file, head)
    text = head.decode("utf-8-sig", "replace")
    stem = file.name.rpartition(".")[0] or file.name
    try:
        return propose(text, stem)
    except NoTable as error:
        raise BadFile(f"{file.name}: {error}", "a table with one row a day or a night is needed") from None


def gather(
    file: File, since: date, until: date, *, kind: str = "", mapping: str = "", zone: str = "",
    told: Told | None = None,
) -> Found:  # fmt: skip
    """Read a file. Raises `BadFile` where that cannot be done, `BadValue` for an unknown kind or zone."""
    from coach.exchange.wearables import sniff
    from coach.exchange.wearables.gather import Gatherer

    wanted = kind.strip().lower().replace("-", "_").replace(" ", "_")
    if wanted and wanted not in sniff.KINDS:
        raise BadValue(f"There is no kind “{kind}”.", f"there is: {', '.join(sniff.KINDS[1:])}")
    wanted = wanted or (sniff.CSV if mapping else kind_of(file))
    name = file.name
    if not wanted:
        raise BadFile(
            f"{name} is nothing that can be imported: {NOTHING}.",
            f"name its kind with --as: {', '.join(sniff.KINDS[1:])}",
        )
    gatherer = Gatherer(wanted, since, until)
    try:
        _read(file, wanted, gatherer, mapping, zone, told or (lambda done, size: None))
    except (ValueError, OSError) as error:
        what = getattr(error, "strerror", None) or str(error)
        raise BadFile(f"{name} cannot be read as {sniff.NAMES[wanted]}: {_end(what)}", f"{NOTHING}") from None
    return Found(name, gatherer, gatherer.readings())


def _end(text: str) -> str:
    from coach.model.text import one_line

    return one_line(text, 300).rstrip(".") + "."


def _archive(file: File, stream: BinaryIO) -> Archive:
    from coach.exchange.wearables.archive import Archive, BadArchive

    try:
        return Archive(stream)
    except BadArchive as error:
        raise BadFile(f"{file.name}: {error}", NOTHING) from None


def _read(file: File, kind: str, gatherer: Gatherer, mapping: str, zone: str, told: Told) -> None:
    from coach.exchange.wearables import sniff

    if kind == sniff.GADGETBRIDGE:
        _database(file, gatherer, zone)
        return
    with file.open() as stream:
        head = stream.read(sniff.HEAD)
        stream.seek(0)
        if sniff.is_zip(head):
            archive = _archive(file, stream)
            found, members = sniff.member(archive.names)
            if found != kind:
                raise ValueError("the zip holds no such file")
            budget = "xml_bytes" if kind == sniff.APPLE else "json_bytes"
            for place, member in enumerate(members):
                size = archive.size(member)
                with archive.open(member, budget) as inner:
                    _take(
                        inner, kind, gatherer, mapping, size if len(members) == 1 else 0, told, _place(member)
                    )
                if len(members) > 1:
                    told(place + 1, len(members))
            return
        _take(stream, kind, gatherer, mapping, file.size, told, "")


def _place(member: str) -> str:
    from coach.model.text import one_line

    return f"{one_line(member.rpartition('/')[2], 60)}, "


def _take(
    stream: BinaryIO, kind: str, gatherer: Gatherer, mapping: str, size: int, told: Told, place: str
) -> None:
    from coach.exchange.wearables import sniff

    if kind == sniff.APPLE:
        from coach.exchange.wearables import apple

        apple.read(stream, gatherer, lambda done: told(done, size))
    elif kind == sniff.CSV:
        from coach.exchange.wearables import columns
        from coach.exchange.wearables import mapping as mappings

        columns.read(stream, gatherer, mappings.read(mapping))
    elif kind == sniff.ANDROID:
        from coach.exchange.wearables import sleepandroid

        sleepandroid.read(stream, gatherer)
    else:
        _either(stream, kind, gatherer, place)


def _either(stream: BinaryIO, kind: str, gatherer: Gatherer, place: str) -> None:
    """Fitbit and Oura give JSON or CSV."""
    from coach.exchange.wearables import fitbit, oura, sniff

    head = stream.peek(64)[:64] if isinstance(stream, io.BufferedReader) else stream.read(64)
    if not isinstance(stream, io.BufferedReader):
        stream.seek(0)
    is_json = head.decode("utf-8-sig", "replace").lstrip()[:1] in ("[", "{")
    if kind == sniff.FITBIT:
        fitbit.read_json(stream, gatherer, place) if is_json else fitbit.read_csv(stream, gatherer)
    else:
        oura.read_json(stream, gatherer) if is_json else oura.read_csv(stream, gatherer)


def _database(file: File, gatherer: Gatherer, zone: str) -> None:
    """Open an SQLite file so that nothing of it can change: read only, and no journal beside it."""
    import sqlite3
    from urllib.parse import quote

    from coach.exchange.wearables import gadgetbridge

    if file.content is not None:
        raise ValueError("a database cannot be read from a pipe; give the file by its name")
    offsets = _zone(zone)
    uri = f"file:{quote(os.path.abspath(file.path))}?mode=ro&immutable=1"
    connection = sqlite3.connect(uri, uri=True)
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
        gadgetbridge.read(connection, gatherer, offsets)
    finally:
        connection.close()


def _zone(name: str) -> Zone:
    """Offsets of a time zone by instant; those of this machine where none is named."""
    from datetime import UTC, datetime

    if not name:
        return lambda at: _minutes(datetime.fromtimestamp(at, UTC).astimezone())
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        found = ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadValue(f"There is no time zone “{name}”.", "name it like Europe/Rome") from None
    return lambda at: _minutes(datetime.fromtimestamp(at, found))


def _minutes(when: object) -> int:
    from datetime import datetime, timedelta

    assert isinstance(when, datetime)
    return round((when.utcoffset() or timedelta()).total_seconds() / 60)
