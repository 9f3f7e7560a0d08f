"""The movement in words, in step with the count: each line once an exercise, at its moment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from coach.draw.figures import figure_of
from coach.draw.instep import HOME, OUT, TURN
from coach.model.figure import Figure


class Saying:
    """Tells what to say now, from one look at a session after another."""

    def __init__(self) -> None:
        self._of = ""
        self._figure: Figure | None = None
        self._told: set[str] = set()

    def now(self, cues: Any) -> Iterator[str]:
        """The lines for this moment that were not said yet in this exercise."""
        if cues.exercise != self._of:
            self._of, self._told = cues.exercise, set()
            self._figure = figure_of(cues.exercise)
        figure = self._figure
        if figure is None or cues.paused:
            return
        for name in _moment(cues):
            if name not in self._told:
                self._told.add(name)
                yield f"{name}: {getattr(figure, name.lower())}"


def _moment(cues: Any) -> tuple[str, ...]:
    """Which lines belong to this moment: the way out, the turn, and the breath from the second on."""
    if cues.phase != "work":
        return ()
    word = cues.word.rstrip("0123456789 ")
    if not cues.big or (not cues.piece and word == "hold"):
        return ("Move", "Breath")
    if word in OUT:
        return ("Move",) if cues.big == "1" else ("Breath",)
    if word in TURN:
        return ("End",)
    return ("End",) if word in HOME else ("Move",)
