"""The file format: legal TinyDB JSON, one document a line, and a seal over every byte.

::

    {
    "checkins":{
    "1":{"date":"2026-11-23","pain":4.0}
    },
    "_seal":{"1":{"schema":1,"rev":7,"bytes":58,"crc32":2077607535}}
    }

``bytes`` counts what stands before the seal; ``crc32`` is over all that stands before its own
digits, and the rest is compared literally, so no single byte can change unnoticed. A line feed
never stands inside a document, which makes the boundaries of tables and documents cheap to
find: a table is decoded only when it is touched, and an untouched one is written back as it was.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from typing import Any

import msgspec

SCHEMA = 1
"""Format of the files that this version writes."""
SEAL = "_seal"
"""Name of the last table, which no document may use."""

_SEAL_AT = b'\n"_seal":{"1":{"schema":'
_TABLE_END = b"\n},\n"

Doc = dict[str, Any]
Rows = dict[str, Doc]
"""Documents of one table by their TinyDB id."""
Lines = dict[str, bytes]
"""The JSON of each document by its TinyDB id."""
Raw = bytes | memoryview
"""A piece of a file; untouched tables are slices of what was read, never copies."""


class Bad(ValueError):
    """The bytes are not a sealed journal; the message is a clause that says why."""


class NoKey(ValueError):
    """A document has no identity, or two of a table have the same; the message is a clause."""


class Newer(Bad):
    """The bytes are sealed in a format above ours."""

    def __init__(self, schema: int) -> None:
        super().__init__(f"format {schema}")
        self.schema = schema


def key_of(doc: Any) -> str:
    """The identity of a document within its table: its ``id``, else its ``date``. Raises `NoKey`."""
    key = doc.get("id") or doc.get("date")
    if not isinstance(key, str):
        raise NoKey("a document has neither an id nor a date")
    return key


class Seal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the last table says of the file."""

    schema: int
    rev: int
    bytes: int
    crc32: int


class Tables(MutableMapping[str, Rows]):
    """The tables of one file; the JSON of a table is decoded when it is first asked for."""

    def __init__(self, raw: Mapping[str, Raw] | None = None, *, rev: int = 0, schema: int = SCHEMA) -> None:
        self.raw = dict(raw or {})
        """Encoded documents of each table as they stand in the file, without its braces."""
        self.rev = rev
        self.schema = schema
        self.live: dict[str, Rows] = {}
        """Tables decoded so far."""
        self.written: dict[str, None] = {}
        """Tables that were set or deleted, in that order."""

    def __getitem__(self, name: str) -> Rows:
        rows = self.live.get(name)
        if rows is None:
            if name in self.written:
                raise KeyError(name)
            rows = self.live[name] = rows_of(self.raw[name])
        return rows

    def __setitem__(self, name: str, rows: Rows) -> None:
        self.live[name] = rows
        self.written[name] = None

    def __delitem__(self, name: str) -> None:
        if name not in self:
            raise KeyError(name)
        self.live.pop(name, None)
        self.written[name] = None

    def __contains__(self, name: object) -> bool:
        return name in self.live or (name in self.raw and name not in self.written)

    def __iter__(self) -> Iterator[str]:
        yield from (name for name in self.raw if name in self)
        yield from (name for name in self.live if name not in self.raw)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def json(self, name: str) -> bytes:
        """The table as stored, as one JSON object; for decoding straight into nouns."""
        return b"".join((b"{", self.raw.get(name, b""), b"}"))


def rows_of(raw: Raw) -> Rows:
    """Decode the documents of one table. Raises `Bad`."""
    try:
        rows: Rows = msgspec.json.decode(b"".join((b"{", raw, b"}")))
    except (ValueError, RecursionError) as error:
        raise Bad(f"a table cannot be read: {error}") from None
    return rows


def lines_of(raw: Raw) -> Lines:
    """Split one table into the JSON of its documents, by id, without decoding any."""
    found: Lines = {}
    for line in bytes(raw).split(b",\n") if raw else ():
        end = line.index(b'":')
        found[line[1:end].decode()] = line[end + 2 :]
    return found


def join(lines: Lines) -> bytes:
    """Undo `lines_of`."""
    return b",\n".join(b'"%b":%b' % (number.encode(), line) for number, line in lines.items())


def encoder() -> Callable[[Doc], bytes]:
    """Give the function that encodes one document on one line.

    It raises `ValueError`, `TypeError` or `RecursionError` for what JSON cannot hold, NaN and
    infinity among it (msgspec would write null for them without a word).
    """
    from json import JSONEncoder  # not needed to read

    dumps = JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode
    return lambda doc: dumps(doc).encode()


def seal(raw: Mapping[str, Raw], rev: int, schema: int = SCHEMA) -> bytes:
    """Put encoded tables together into the bytes of one sealed file."""
    parts: list[Raw] = [b"{\n"]
    for name, rows in raw.items():
        parts += (msgspec.json.encode(name), b":{\n", rows, _TABLE_END if rows else _TABLE_END[1:])
    size = sum(map(len, parts))
    parts.append(b'"_seal":{"1":{"schema":%d,"rev":%d,"bytes":%d,"crc32":' % (schema, rev, size))
    crc = 0
    for part in parts:
        crc = zlib.crc32(part, crc)
    parts.append(b"%d}}\n}\n" % crc)
    return b"".join(parts)


def encode(tables: Mapping[str, Mapping[str, Mapping[str, Any]]], rev: int, schema: int = SCHEMA) -> bytes:
    """Encode whole tables; `decode` gives the same back. Raises as `encoder` does."""
    line = encoder()
    return seal(
        {name: join({key: line(dict(doc)) for key, doc in rows.items()}) for name, rows in tables.items()},
        rev,
        schema,
    )


def decode(data: bytes) -> Tables:
    """Verify the seal and find the tables, without decoding any. Raises `Bad` or `Newer`."""
    at = data.rfind(_SEAL_AT) + 1
    if at <= 0:
        raise Bad(_without_seal(data))
    found = _seal_of(data[at:])
    crc = zlib.crc32(memoryview(data)[: data.rindex(b":") + 1])
    end = b'"_seal":{"1":{"schema":%d,"rev":%d,"bytes":%d,"crc32":%d}}\n}\n'
    if found.bytes != at or data[at:] != end % (found.schema, found.rev, at, crc):
        raise Bad("its checksum does not fit: it was cut off or altered")
    if found.schema > SCHEMA:
        raise Newer(found.schema)
    if found.schema < 0 or found.rev < 0 or data[:2] != b"{\n":
        raise Bad("its seal says nothing sensible")
    try:
        return Tables(_split(data, at), rev=found.rev, schema=found.schema)
    except ValueError:
        raise Bad("its tables cannot be told apart") from None


def _split(data: bytes, end: int) -> dict[str, Raw]:
    view = memoryview(data)
    raw: dict[str, Raw] = {}
    at = 2
    while at < end:
        head, stop = data.index(b"\n", at), data.index(_TABLE_END, at)
        raw[msgspec.json.decode(view[at : head - 2], type=str)] = view[head + 1 : stop]
        at = stop + len(_TABLE_END)
    return raw


def _seal_of(tail: bytes) -> Seal:
    """Read the seal line, and know a newer format even where its checksum is another."""
    try:
        table: Any = msgspec.json.decode(b"{" + tail)[SEAL]["1"]
        return msgspec.convert(table, Seal)
    except msgspec.ValidationError:
        if isinstance(table, dict) and isinstance(table.get("schema"), int) and table["schema"] > SCHEMA:
            raise Newer(table["schema"]) from None
    except (ValueError, KeyError, TypeError, RecursionError):
        pass
    raise Bad("its seal cannot be read: it was cut off or altered")


def _without_seal(data: bytes) -> str:
    if not data:
        return "it is empty"
    if not data.strip(b"\0"):
        return "it holds only zero bytes"
    return "it has no seal: it was cut off, altered or written by another program"


class Salvage(msgspec.Struct, frozen=True):
    """What can still be read of a damaged file."""

    tables: dict[str, Rows]
    lost: int
    """Lines that could not be read, or whose table is not known."""
    rev: int
    """Revision that the seal names, 0 where it cannot be read."""


def salvage(data: bytes) -> Salvage:
    """Read a damaged file line by line and keep every document that still parses."""
    tables: dict[str, Rows] = {}
    rows: Rows | None = None
    lost = rev = 0
    for line in data.split(b"\n"):
        text = line.strip(b"\0\r ").removesuffix(b",")
        if text in (b"", b"{", b"}"):
            rows = None if text == b"}" else rows
        elif text.startswith(b'"_seal"'):
            rev = _rev_of(text)
        elif text.endswith(b":{") and (name := _parsed(text[:-2], str)) is not None:
            rows = tables.setdefault(name, {})
        elif rows is not None and (row := _row(text)):
            rows.setdefault(*row)
        else:
            lost += 1
    return Salvage(tables, lost, rev)


def _row(text: bytes) -> tuple[str, Doc] | None:
    pair = _parsed(b"{" + text + b"}", dict[str, Doc])
    return pair.popitem() if pair and len(pair) == 1 and next(iter(pair)).isdecimal() else None


def _parsed(text: bytes, kind: Any) -> Any:
    try:
        return msgspec.json.decode(text, type=kind)
    except (ValueError, RecursionError):
        return None


def _rev_of(text: bytes) -> int:
    found = _parsed(b"{" + text + b"}", dict[str, dict[str, Seal]])
    return max(0, found[SEAL]["1"].rev) if found and "1" in found.get(SEAL, {}) else 0
