"""Stopwatch, countdown and pace as values: every instant is given, none is read.

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
    laps: tuple[float, ...] = ()
    """Instants of the laps, ascending."""

    @property
    def running(self) -> bool:
        """Whether it was started and not stopped."""
        return self.started is not None and self.stopped is None

    def start(self, at: float) -> Stopwatch:
        """Start it, once."""
        return self if self.started is not None else Stopwatch(cap=self.cap, started=at)

    def lap(self, at: float) -> Stopwatch:
        """Note an instant, while it runs."""
        if not self.running or self.capped(at):
            return self
        return self._with(laps=(*self.laps, self._after(at)))

    def stop(self, at: float) -> Stopwatch:
        """Stop it; no later than the cap."""
        return self._with(stopped=self._after(at)) if self.running else self

    def reset(self) -> Stopwatch:
        """As it was before the start."""
        return Stopwatch(cap=self.cap)

    def elapsed(self, at: float) -> float:
        """Seconds since the start, up to the stop or the cap."""
        if self.started is None:
            return 0.0
        return tidy((self._after(at) if self.stopped is None else self.stopped) - self.started)

    def capped(self, at: float) -> bool:
        """Whether the cap is reached."""
        return self.cap is not None and self.started is not None and self.elapsed(at) >= tidy(self.cap)

    def lap_times(self) -> tuple[float, ...]:
        """Seconds from the start to each lap."""
        return () if self.started is None else tuple(tidy(lap - self.started) for lap in self.laps)

    def _after(self, at: float) -> float:
        """An instant not before the last one noted, and not after the cap."""
        start = self.started or 0.0
        last = self.laps[-1] if self.laps else start
        later = max(at, last)
        return later if self.cap is None else min(later, start + self.cap)

    def _with(self, *, laps: tuple[float, ...] | None = None, stopped: float | None = None) -> Stopwatch:
        kept = self.laps if laps is None else laps
        return Stopwatch(cap=self.cap, started=self.started, stopped=stopped, laps=kept)


class Countdown(Noun, frozen=True, kw_only=True):
    """Counts down from ``seconds``, after ``lead`` seconds to get ready."""

    seconds: float
    lead: float = 0.0
    started: float | None = None
    stopped: float | None = None

    @property
    def running(self) -> bool:
        """Whether it was started and not stopped by hand."""
        return self.started is not None and self.stopped is None

    def start(self, at: float) -> Countdown:
        """Start it, once."""
        return self if self.started is not None else self._at(at, None)

    def stop(self, at: float) -> Countdown:
        """Stop it by hand before its end; at the end it is done by itself."""
        if not self.running or self.done(at):
            return self
        return self._at(self.started, max(at, self.started or 0.0))

    def elapsed(self, at: float) -> float:
        """Seconds of the count itself that have passed, from 0 to ``seconds``."""
        if self.started is None:
            return 0.0
        now = max(at if self.stopped is None else self.stopped, self.started)
        return tidy(min(max(now - self.started - self.lead, 0.0), self.seconds))

    def left(self, at: float) -> float:
        """Seconds left, from ``seconds`` to 0."""
        return tidy(self.seconds - self.elapsed(at))

    def ready(self, at: float) -> float:
        """Seconds of getting ready that are left."""
        if self.started is None:
            return self.lead
        return tidy(max(self.started + self.lead - max(at, self.started), 0.0))

    def done(self, at: float) -> bool:
        """Whether it has run to its end."""
        return self.started is not None and self.elapsed(at) >= tidy(self.seconds)

    def _at(self, started: float | None, stopped: float | None) -> Countdown:
        return Countdown(seconds=self.seconds, lead=self.lead, started=started, stopped=stopped)


class Pace(Noun, frozen=True, kw_only=True):
    """Beats every ``interval`` seconds, ``beats`` in all."""

    interval: float
    beats: int
    started: float | None = None

    def start(self, at: float) -> Pace:
        """Start it, once; the first beat falls on the start."""
        if self.started is not None:
            return self
        return Pace(interval=self.interval, beats=self.beats, started=at)

    def beat(self, at: float) -> int:
        """Number of the beat that is on, from 1; 0 before the start."""
        if self.started is None or at < self.started:
            return 0
        return min(int(tidy((at - self.started) / self.interval)) + 1, self.beats)

    def done(self, at: float) -> bool:
        """Whether the last beat has run its full length."""
        return self.started is not None and tidy(at - self.started) >= tidy(self.interval * self.beats)
