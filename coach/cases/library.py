"""The library of exercises: looking them up, and checking the files of whoever edits them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from coach.model.exercise import Exercise
from coach.model.noun import Noun
from coach.problems import BadFile, BadValue

if TYPE_CHECKING:
    from coach.programs.browsing import Shown
    from coach.programs.librarycheck import Fault

FILE_LIMIT = 512 * 1024
FILES_LIMIT = 200


class Listed(Noun, frozen=True, kw_only=True):
    """Exercises that fit the words; where one was named, that one in full."""

    exercises: tuple[Exercise, ...]
    ladders: dict[str, str]
    """Name of each ladder by its id."""
    one: Shown | None = None
    total: int = 0
    """Exercises in the whole library."""


class Checked(Noun, frozen=True, kw_only=True):
    """What a check of the data files found."""

    folder: str
    files: int
    exercises: int
    faults: tuple[Fault, ...]


def look(words: tuple[str, ...]) -> Listed:
    """Exercises that fit all words. Raises `BadValue` with what was perhaps meant."""
    from coach.model.text import one_line
    from coach.programs import browsing
    from coach.programs.library import load_library

    library = load_library()
    asked = tuple(one_line(word, 60) for word in words)
    named = browsing.one(library, " ".join(asked)) if asked else None
    try:
        found = (named,) if named else browsing.find(library, asked)
    except browsing.NoSuchExercise as nothing:
        hint = f"did you mean: {', '.join(nothing.near)}" if nothing.near else "fewer words give more"
        raise BadValue(nothing.message, hint) from None
    return Listed(
        exercises=found,
        ladders={key: ladder.name for key, ladder in library.ladders.items()},
        one=browsing.shown(library, named) if named else None,
        total=len(library.exercises),
    )


def check(folder: str | None = None) -> Checked:
    """Check the ladder files of a folder, one file, or the package. Raises `BadFile` for none to read."""
    from coach.programs.library import LADDERS
    from coach.programs.librarycheck import Fault
    from coach.programs.librarycheck import check as faults_of

    place = folder or _packaged()
    texts, unread = _texts(place)
    faults = [Fault(file=name, line=None, exercise="", message=message) for name, message in unread]
    faults += faults_of(texts)
    if folder is None:
        missing = [name for name in LADDERS if f"{name}.toml" not in dict(texts)]
        faults += [Fault(file=f"{name}.toml", line=None, exercise="", message="missing") for name in missing]
    return Checked(
        folder=place,
        files=len(texts) + len(unread),
        exercises=sum(text.count("[[exercises]]") for _, text in texts),
        faults=tuple(faults),
    )


def _packaged() -> str:
    from coach.packaged import packaged

    return str(packaged("programs", "exercises"))


def _texts(place: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Name and text of each ladder file, and name and reason of those that cannot be read."""
    folder, names = (place, None) if os.path.isdir(place) else os.path.split(place)
    try:
        found = [names] if names else sorted(each for each in os.listdir(folder) if each.endswith(".toml"))
    except OSError as error:
        raise BadFile(f"{place} cannot be read: {error.strerror}.", "check the name") from None
    if not found:
        raise BadFile(f"There is no exercise file (*.toml) in {place}.", "name the folder they are in")
    if len(found) > FILES_LIMIT:
        raise BadFile(f"{place} holds {len(found)} files, more than {FILES_LIMIT}: it is another folder.")
    texts: list[tuple[str, str]] = []
    unread: list[tuple[str, str]] = []
    for name in found:
        path = os.path.join(folder, name)
        try:
            with open(path, "rb") as file:
                data = file.read(FILE_LIMIT + 1)
            if len(data) > FILE_LIMIT:
                unread.append((name, f"larger than {FILE_LIMIT // 1024} kB"))
                continue
            texts.append((name, data.decode("utf-8")))
        except FileNotFoundError:
            raise BadFile(f"There is no file or folder {place}.", "check the name") from None
        except OSError as error:
            unread.append((name, f"it cannot be read: {error.strerror}"))
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            unread.append((name, f"it is not UTF-8 text, from line {line} on"))
    return texts, unread
