"""Reading ahead: what takes its time is asked in the background, before a page needs it."""

from __future__ import annotations

import gc
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

from textual import on
from textual.message import Message
from textual.timer import Timer

from coach.problems import Problem
from coach.tui import pages
from coach.tui.moving import Moving
from coach.tui.start import load

if TYPE_CHECKING:
    from coach.coach import Coach

T = TypeVar("T")
WARM_S = 0.3
"""Seconds of quiet after the first frame, or after something was written, before it is read ahead."""
COLLECT = (2000, 2, 2)
"""Allocations between two collections: the app stays open for long, unlike a command."""
ASKS: tuple[tuple[str, Callable[[Coach], Any]], ...] = (
    ("lessons", lambda coach: coach.lessons()),
    ("weeks", lambda coach: coach.weeks()),
    ("habits", lambda coach: coach.habits()),
    ("insight", lambda coach: coach.insight()),
)
"""What is asked, by the name under which pages know it."""


class Read(Message):
    """Something was read ahead; ``seen`` is the state of the journal it belongs to."""

    def __init__(self, name: str, value: Any, seen: tuple[Any, ...]) -> None:
        super().__init__()
        self.name = name
        self.value = value
        self.seen = seen


class Ahead(Moving):
    """The part of the app that knows what was asked of this state of the journal."""

    seen: tuple[Any, ...] = ()
    """Day and token of the journal as the app last saw it."""

    def __init__(self, opener: Callable[[], Coach], **options: Any) -> None:
        super().__init__(**options)
        self._opener = opener
        self._known: dict[str, Any] = {}
        self._ahead = False
        self._soon: Timer | None = None

    def coach(self) -> Coach:
        """A fresh `Coach` for today."""
        return self._opener()

    def known(self, name: str, ask: Callable[[Coach], T]) -> T:
        """What ``ask`` gives, asked once for each state of the journal: for what takes its time."""
        if name not in self._known:
            self._known[name] = ask(self.coach())
        found: T = self._known[name]
        return found

    def forget(self) -> None:
        """The journal is another one now."""
        self._known.clear()
        if self._ahead:
            self._read_soon()

    def on_ready(self) -> None:
        """The first frame is out: what start-up made will stay, so it is never looked through again."""
        if not gc.isenabled():
            gc.freeze()
            gc.set_threshold(*COLLECT)
            gc.enable()
            self._ahead = True
            self._read_soon()

    def _read_soon(self) -> None:
        if self._soon is not None:
            self._soon.stop()
        self._soon = self.set_timer(WARM_S, self.read_ahead)

    def read_ahead(self) -> None:
        """Read in the background what the pages need, so that they open at once."""
        self.run_worker(self._read_all, thread=True, exit_on_error=False, group="ahead")

    def _read_all(self) -> None:
        load("hashlib", without="_hashlib")
        for place in (*pages.KEPT.values(), *pages.BELOW.values(), *pages.FRESH.values()):
            import_module(f"coach.tui.screens.{place.partition(':')[0]}")
        seen = self.seen
        for name, ask in ASKS:
            if self.seen != seen:
                return  # something was written meanwhile: that reads again
            try:
                self.post_message(Read(name, ask(self._opener()), seen))
            except Problem:
                continue
            gc.collect()

    @on(Read)
    def _was_read(self, event: Read) -> None:
        if event.seen == self.seen:
            self._known.setdefault(event.name, event.value)
