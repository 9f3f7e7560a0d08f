"""A stopwatch as a value: every instant is given, none is read.

Instants are seconds of any clock that only goes forward; one that lies before the last is taken
as the last, so that time never runs back. A command that makes no sense in its state (stopping
what was not started, starting twice) changes nothing.
"""

from __future__ import annotations

from coach.model.noun import Noun
from coach.questionnaires.scoring import tidy


class Stopwatch(Noun, frozen=True, kw_only=True):
    """Counts up; with ``cap`` it ends by itself at that many seconds."""

    cap: float | None = None
    started: float | None = None
    stopped: float | None = None

    @property
    def running(self) -> bool:
        """Whether it was started and not stopped."""
        return self.started is not None and self.stopped is None

    def start(self, at: float) -> Stopwatch:
        """Start it, once."""
        return self if self.started is not None else Stopwatch(cap=self.cap, started=at)

    def stop(self, at: float) -> Stopwatch:
        """Stop it; no later than the cap."""
        if not self.running:
            return self
        return Stopwatch(cap=self.cap, started=self.started, stopped=self._after(at))

    def elapsed(self, at: float) -> float:
        """Seconds since the start, up to the stop or the cap."""
        if self.started is None:
            return 0.0
        return tidy((self._after(at) if self.stopped is None else self.stopped) - self.started)

    def capped(self, at: float) -> bool:
        """Whether the cap is reached."""
        return self.cap is not None and self.started is not None and self.elapsed(at) >= tidy(self.cap)

    def _after(self, at: float) -> float:
        """An instant not before the start, and not after the cap."""
        start = self.started or 0.0
        later = max(at, start)
        return later if self.cap is None else min(later, start + self.cap)
