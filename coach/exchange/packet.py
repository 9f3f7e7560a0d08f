"""The packet as a file: written with a seal, and read without trusting it.

Limits come before parsing; what does not fit is refused by name, and every text is cleaned. The seal is
the SHA-256 of the document without it, keys sorted, no blanks: it finds damage and vouches for nobody.
"""

from __future__ import annotations

import json
import math
from hashlib import sha256
from typing import Any, NoReturn

import msgspec

from coach.model.noun import NotANoun, from_doc, to_doc
from coach.model.packet import Packet
from coach.model.text import clean

__all__ = ["MOST_BYTES", "NAME", "BadPacket", "read", "schema", "sealed", "write"]

NAME = "coach.packet/1"
MOST_BYTES = 256 * 1024
_MOST_DEPTH = 8
_MOST_VALUES = 20_000


class BadPacket(ValueError):
    """These bytes are no packet that can be used; the message says why in one clause."""


def sealed(packet: Packet) -> Packet:
    """The packet with its seal."""
    plain = from_doc(to_doc(packet), Packet)  # whole numbers where the type is a decimal become decimals
    return msgspec.structs.replace(plain, seal=_seal(to_doc(plain)))


def write(packet: Packet) -> str:
    """The packet as one line of JSON that ends in a newline; it is sealed first."""
    document = to_doc(sealed(packet))
    return json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n"


def schema() -> dict[str, Any]:
    """The JSON Schema of a packet."""
    return msgspec.json.schema(Packet)


def read(content: bytes) -> Packet:
    """Read one packet. Raises `BadPacket` for whatever does not fit, by name."""
    document, plain = _document(content)
    name = document.get("schema")
    if name != NAME:
        _refuse_schema(name)
    if document.get("seal") != _seal(document):
        raise BadPacket("its seal does not fit: it was damaged or changed on the way")
    try:
        return from_doc(document if plain else _cleaned(document), Packet)
    except NotANoun as error:
        raise BadPacket(f"a value does not fit: {clean(str(error), 160)}") from None


def _seal(document: dict[str, Any]) -> str:
    plain = {key: value for key, value in document.items() if key != "seal"}
    text = json.dumps(plain, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _refuse_schema(name: object) -> NoReturn:
    if isinstance(name, str) and name.startswith("coach.packet/"):
        raise BadPacket("it was written by a newer coach; a newer coach reads it")
    raise BadPacket("it is no packet: the field schema is not coach.packet/1")


def _document(content: bytes) -> tuple[dict[str, Any], bool]:
    """Parse within limits: size, depth, number of values, no duplicate key, no number that is none.

    Also says whether nothing in it needs cleaning: no escape in the text, and cleaning changes nothing.
    """
    if len(content) > MOST_BYTES:
        raise BadPacket(f"it is larger than {MOST_BYTES // 1024} kB, the most that a packet has")
    if content.startswith(b"\xef\xbb\xbf"):
        content = content[3:]
    values = content.count(b",") + content.count(b"[") + content.count(b"{")
    if values > _MOST_VALUES:
        raise BadPacket(f"it has more than {_MOST_VALUES} values")
    try:
        text = content.decode("utf-8")
        found = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number, parse_float=_finite)
    except BadPacket:
        raise
    except UnicodeDecodeError:
        raise BadPacket("it is not text in UTF-8") from None
    except RecursionError:
        raise BadPacket(f"it is nested deeper than {_MOST_DEPTH} levels") from None
    except json.JSONDecodeError as error:
        raise BadPacket(f"it is not JSON (line {error.lineno}, column {error.colno})") from None
    except ValueError:
        raise BadPacket("a number in it is too long") from None
    if not isinstance(found, dict):
        raise BadPacket("it is no packet: not one JSON object")
    _check_depth(found)
    return found, "\\" not in text and clean(text, len(text)) == text


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise BadPacket(f"the key “{clean(twice, 40)}” stands twice in one object")
    return found


def _no_number(name: str) -> NoReturn:
    raise BadPacket(f"{name} is no number that a packet can hold")


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise BadPacket(f"{clean(text, 20)} is no number that a packet can hold")
    return value


def _check_depth(document: Any) -> None:
    level = [document]
    for _ in range(_MOST_DEPTH):
        level = [
            value
            for each in level
            for value in (each.values() if isinstance(each, dict) else each)
            if isinstance(value, dict | list)
        ]
        if not level:
            return
    raise BadPacket(f"it is nested deeper than {_MOST_DEPTH} levels")


def _cleaned(value: Any) -> Any:
    """Every text of the document without what a terminal would obey."""
    if isinstance(value, str):
        return clean(value, MOST_BYTES)
    if isinstance(value, dict):
        return {clean(key, MOST_BYTES): _cleaned(each) for key, each in value.items()}
    return [_cleaned(each) for each in value] if isinstance(value, list) else value
