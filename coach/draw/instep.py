"""A figure in step with a session: which moment of its movement belongs to what is counted."""

from __future__ import annotations

from functools import cached_property

from coach.draw.motion import Motion
from coach.draw.space import size, sub

OUT = ("go", "breathe in")
TURN = ("pause", "hold")
HOME = ("back", "breathe out")


class Steps:
    """The parts of a movement: out to its turn, the stay there, and home again."""

    def __init__(self, motion: Motion) -> None:
        self.motion = motion

    @cached_property
    def turn(self) -> int:
        """The key pose where the movement turns: one that is paused or held, else the furthest."""
        keys = self.motion.keys
        for number, key in enumerate(keys[1:], start=1):
            if key.stay_name in TURN:
                return number
        first = keys[0].posture.points
        return max(
            range(len(keys)),
            key=lambda number: max(
                size(sub(first[name], keys[number].posture.points[name])) for name in first
            ),
        )

    def second(self, word: str, piece: float) -> float | None:
        """The second of the movement at a share of a piece (``go``, ``pause``, ``back``), or null."""
        motion, starts = self.motion, self.motion.starts
        begin = motion.keys[0].stay
        arrive = starts[self.turn]
        leave = arrive + motion.keys[self.turn].stay
        spans = {OUT: (begin, arrive), TURN: (arrive, leave), HOME: (leave, motion.length + begin * 0.5)}
        plain = word.rstrip("0123456789 ")
        for words, (start, end) in spans.items():
            if plain in words:
                return start + (end - start) * min(1.0, max(0.0, piece))
        return None

    def at(self, phase: str, word: str, piece: float, spent: float) -> float:
        """The second of the movement at one look at a session.

        Getting into place shows it all in its own time; a held set stays at the turn; a rest and
        the seconds before a set show the start.
        """
        if phase == "setup":
            return spent
        if phase != "work":
            return 0.0
        if word.rstrip("0123456789 ") == "hold" and not piece:
            return self.motion.starts[self.turn]
        found = self.second(word, piece)
        if found is None or (word == "go" and not piece):
            return spent
        return found
