"""Figures of exercises and movement tests: looked up by id or name, or read from a file being written."""

from __future__ import annotations

import re

from coach.draw.figures import figure_of, motion_of, times_of
from coach.draw.motion import Motion
from coach.draw.placing import FigureError
from coach.model.exercise import Dose
from coach.model.figure import Figure
from coach.model.noun import Noun
from coach.problems import BadFile, BadValue, NothingToDo

FILE_LIMIT = 512 * 1024
_TEST = re.compile(r"mt[_-]?\d+")


class Pictured(Noun, frozen=True, kw_only=True):
    """A figure with what it is called and the tempo of its dose."""

    figure: Figure
    title: str
    dose: Dose | None = None
    """Its dose, for the tempo; null for a test or a file of its own."""

    def motion(self) -> Motion:
        """The figure in the tempo of its dose. Raises `BadFile` when no body could do it."""
        try:
            return motion_of(self.figure, times_of(self.dose) if self.dose else {})
        except FigureError as error:
            raise BadFile(str(error), "change the key pose it names") from None


def look(words: tuple[str, ...]) -> Pictured:
    """The figure of an exercise or movement test. Raises `BadValue` for one that is not known."""
    from coach.model.text import one_line

    name = one_line(" ".join(words), 60).strip().lower()
    if _TEST.fullmatch(name):
        from coach.cases.measuring import protocol

        test = protocol(name)
        return Pictured(figure=_figure(test.id), title=test.title)
    return _exercise(name)


def _exercise(name: str) -> Pictured:
    from coach.programs import browsing
    from coach.programs.library import load_library

    library = load_library()
    found = browsing.one(library, name) if name else None
    if found is None:
        near = ", ".join(browsing.near(library, name))
        hint = f"did you mean: {near}" if near else "all of them: coach library"
        raise BadValue(f"There is no exercise “{name}”.", hint)
    return Pictured(figure=_figure(found.id), title=found.name, dose=found.dose)


def _figure(name: str) -> Figure:
    found = figure_of(name)
    if found is None:
        words = "coach test" if name.startswith("mt_") else f"coach library {name}"
        raise NothingToDo(f"{name} has no figure: no body moves in it.", f"in words: {words}")
    return found


def from_file(path: str, name: str = "") -> tuple[Pictured, ...]:
    """The figures of a file that somebody is writing, or the one of them that is named.

    Raises `BadFile` with one sentence for the first thing that is wrong with it.
    """
    from coach.draw.figurefile import read_figures

    text = _text(path)
    try:
        found = read_figures(text, path)
    except FigureError as error:
        raise BadFile(str(error), "docs/figures.md tells how figures are written") from None
    if name and name not in found:
        raise BadValue(f"There is no figure {name} in {path}.", f"there is: {', '.join(found)[:200]}")
    return tuple(Pictured(figure=each, title=each.id) for each in found.values() if name in ("", each.id))


def problems(pictured: Pictured) -> tuple[str, ...]:
    """What no body could do in a figure, one sentence each."""
    from coach.draw.posecheck import problems as found

    try:
        return tuple(found(motion_of(pictured.figure)))
    except FigureError as error:
        return (str(error),)


def _text(path: str) -> str:
    try:
        with open(path, "rb") as file:
            data = file.read(FILE_LIMIT + 1)
    except OSError as error:
        raise BadFile(f"{path} cannot be read: {error.strerror}.", "check the name") from None
    if len(data) > FILE_LIMIT:
        raise BadFile(f"{path} is larger than {FILE_LIMIT // 1024} kB, the most a figure file may have.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise BadFile(f"{path} is not UTF-8 text, from line {line} on.") from None
