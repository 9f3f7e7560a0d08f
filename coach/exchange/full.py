"""The full export: every document of every episode, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from coach.model.noun import Noun
from coach.model.text import clean

SCHEMA = "coach.export-all/1"
LIMIT_BYTES = 64 * 1024 * 1024
LONGEST_TEXT = 20_000
DEEPEST = 40


class BadExport(ValueError):
    """A file that is no full export; the message is one sentence."""


class EpisodeFile(Noun, frozen=True, kw_only=True):
    """One episode of an export: its file name and its documents by table and id."""

    name: str
    tables: dict[str, dict[str, dict[str, Any]]]


def write(episodes: Iterable[EpisodeFile], made_with: str) -> Iterator[str]:
    """The export as one JSON document, an episode at a time."""
    yield _dumps({"schema": SCHEMA, "made_with": made_with, "episodes": []})[:-2]
    for number, each in enumerate(episodes):
        yield f"{', ' if number else ''}{_dumps({'name': each.name, 'tables': each.tables})}"
    yield "]}\n"


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def read(data: bytes) -> tuple[EpisodeFile, ...]:
    """Read a full export. Raises `BadExport` with the line and column, or what is missing."""
    if len(data) > LIMIT_BYTES:
        raise BadExport(f"the file has {len(data):,} bytes, more than the {LIMIT_BYTES:,} that are read")
    document = _parse(data)
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        found = document.get("schema") if isinstance(document, dict) else None
        raise BadExport(
            f"this is not a full export of coach (schema {found or 'missing'}, expected {SCHEMA})"
        )
    episodes = document.get("episodes")
    if not isinstance(episodes, list) or not episodes:
        raise BadExport("the export holds no episodes")
    return tuple(_episode(each, number) for number, each in enumerate(episodes, start=1))


def _parse(data: bytes) -> Any:
    def refuse(word: str) -> Any:
        raise BadExport(f"{word} is not a number that can be kept")

    try:
        return _cleaned(json.loads(data.decode("utf-8"), parse_constant=refuse), 0)
    except UnicodeDecodeError as error:
        raise BadExport(f"the file is not UTF-8 text (byte {error.start})") from None
    except json.JSONDecodeError as error:
        raise BadExport(
            f"the file is not JSON: {error.msg} (line {error.lineno}, column {error.colno})"
        ) from None
    except RecursionError:
        raise BadExport("the file is nested too deeply") from None


def _cleaned(value: Any, depth: int) -> Any:
    if depth > DEEPEST:
        raise BadExport("the file is nested too deeply")
    if isinstance(value, str):
        return clean(value, LONGEST_TEXT)
    if isinstance(value, list):
        return [_cleaned(each, depth + 1) for each in value]
    if isinstance(value, dict):
        return {clean(key, 200): _cleaned(each, depth + 1) for key, each in value.items()}
    return value


def _episode(each: Any, number: int) -> EpisodeFile:
    from coach.model.noun import NotANoun, from_doc

    try:
        found = from_doc(each, EpisodeFile)
    except NotANoun as error:
        raise BadExport(f"episode {number}: {error}") from None
    for table, documents in found.tables.items():
        for key, document in documents.items():
            if not key.isdigit() or not (document.get("id") or document.get("date")):
                raise BadExport(f"episode {number}, table {table}: document “{key}” has no id")
    return found
