"""The base of every noun, and the one codec they all share."""

from typing import Any, TypeVar

import msgspec


class Noun(msgspec.Struct, frozen=True, kw_only=True):
    """A value that never changes; a change is a new value (``msgspec.structs.replace``)."""


T = TypeVar("T")
N = TypeVar("N", bound=Noun)


class NotANoun(ValueError):
    """A document does not hold the noun it should; the message names the field."""


def from_doc(doc: Any, kind: type[T]) -> T:
    """Read a noun (or a tuple of nouns) from plain JSON values.

    Fields that this version does not know are left out of the value; ``to_doc`` with
    ``onto`` keeps them in the document. Raises `NotANoun` for a wrong type or a missing field.
    """
    try:
        return msgspec.convert(doc, kind)
    except msgspec.ValidationError as error:
        raise NotANoun(str(error)) from None


def to_doc(noun: Noun, onto: dict[str, Any] | None = None) -> dict[str, Any]:
    """Turn a noun into plain JSON values, every field present.

    With ``onto``, the document it was read from, fields written by a newer minor version
    survive at every depth, lists being matched by ``id`` or ``exercise``, else by place.
    """
    doc: dict[str, Any] = msgspec.to_builtins(noun)
    return _keep_unknown(noun, doc, onto) if onto else doc


def _keep_unknown(noun: Noun, doc: dict[str, Any], onto: dict[str, Any]) -> dict[str, Any]:
    known = set(noun.__struct_fields__)
    kept = {key: value for key, value in onto.items() if key not in known}
    for name in noun.__struct_fields__:
        value, old = getattr(noun, name), onto.get(name)
        if isinstance(value, Noun) and isinstance(old, dict):
            doc[name] = _keep_unknown(value, doc[name], old)
        elif isinstance(value, tuple) and isinstance(old, list):
            doc[name] = [
                _keep_unknown(each, made, before) if isinstance(each, Noun) and before else made
                for each, made, before in zip(value, doc[name], _matched(value, old), strict=True)
            ]
    return {**doc, **kept}


def _matched(values: tuple[Any, ...], old: list[Any]) -> list[dict[str, Any] | None]:
    """For each value the old document it came from, by its key, else by its place."""
    found: list[dict[str, Any] | None] = []
    for place, value in enumerate(values):
        key = next((k for k in ("id", "exercise") if hasattr(value, k)), None)
        if key is None:
            before = old[place] if place < len(old) else None
        else:
            name = getattr(value, key)
            before = next((o for o in old if isinstance(o, dict) and o.get(key) == name), None)
        found.append(before if isinstance(before, dict) else None)
    return found


def to_json(noun: Noun) -> bytes:
    """One line of UTF-8 JSON; ``from_json`` gives the equal value back."""
    return msgspec.json.encode(noun)


def from_json(text: bytes | str, kind: type[T]) -> T:
    """Read what `to_json` wrote. Raises `NotANoun` when it does not fit."""
    try:
        return msgspec.json.decode(text, type=kind)
    except (msgspec.ValidationError, msgspec.DecodeError) as error:
        raise NotANoun(str(error)) from None
