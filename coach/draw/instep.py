"""A figure in step with a session: which moment of its movement belongs to what is counted."""

from __future__ import annotations

from functools import cached_property

from coach.draw.motion import Motion
from coach.draw.space import size, sub

OUT = ("go", "breathe in")
TURN = ("pause", "hold")
HOME = ("back", "breathe out")


class Steps:
    """The parts of a movement: out from home to its turn, the stay there, and home again."""

    def __init__(self, motion: Motion) -> None:
        self.motion = motion

    @cached_property
    def turn(self) -> int:
        """The key pose where the movement turns: one that is held, else paused, else the furthest."""
        keys = self.motion.keys
        for word, first in (("hold", 0), ("pause", 1)):
            for number, key in enumerate(keys[first:], start=first):
                if key.stay_name == word:
                    return number
        return self._furthest(0)

    @cached_property
    def home(self) -> int:
        """The key pose where a repetition begins and ends."""
        return 0 if self.turn else self._furthest(0)

    def _furthest(self, start: int) -> int:
        keys = self.motion.keys
        first = keys[start].posture.points

        def far(number: int) -> float:
            points = keys[number].posture.points
            return max(size(sub(first[name], points[name])) for name in first)

        return max(range(len(keys)), key=far)

    def second(self, word: str, piece: float) -> float | None:
        """The second of the movement at a share of a piece (``go``, ``pause``, ``back``), or null."""
        motion, starts, keys = self.motion, self.motion.starts, self.motion.keys
        stay = keys[self.home].stay
        begin = starts[self.home] + stay
        arrive = starts[self.turn] + (motion.length if self.turn < self.home else 0.0)
        leave = arrive + keys[self.turn].stay
        end = starts[self.home] + motion.length + stay / 2
        spans = {OUT: (begin, arrive), TURN: (arrive, leave), HOME: (leave, end)}
        plain = word.rstrip("0123456789 ")
        for words, (start, stop) in spans.items():
            if plain in words:
                return start + (stop - start) * min(1.0, max(0.0, piece))
        return None

    def at(self, phase: str, word: str, piece: float, spent: float) -> float:
        """The second of the movement at one look at a session.

        Getting into place shows it all in its own time; a held set stays at the turn; a rest and
        the seconds before a set show where a repetition begins.
        """
        if phase == "setup":
            return spent
        if phase != "work":
            return self.motion.starts[self.home]
        if word.rstrip("0123456789 ") == "hold" and not piece:
            return self.motion.starts[self.turn]
        found = self.second(word, piece)
        return spent if found is None or (word == "go" and not piece) else found
