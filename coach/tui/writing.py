"""What the app draws goes to its terminal in a thread of its own, and nobody ever waits for it."""

from __future__ import annotations

import os
import select
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import IO

from textual.drivers._writer_thread import WriterThread

PIECE = 256
"""Bytes that a terminal takes at once where it says that it takes any."""
HELD = 1 << 20
"""Bytes that wait at most for a terminal that takes nothing; then all is drawn anew once it does."""
LOOK_S = 0.2
FAREWELL_S = 1.0
"""The last words wait no longer than this for a terminal that takes nothing."""


class Writer(WriterThread):
    """Writes to a terminal in the background.

    That of Textual dies with the terminal, and the app then waits for ever for room in its line of 30
    writes. This one goes on taking what it is given and lets it go where nobody reads it; for a terminal
    that only stands still ``anew`` is called once it goes on, for what it missed can only be drawn anew.
    """

    def __init__(self, file: IO[str], anew: Callable[[], None]) -> None:
        super().__init__(file)
        self._fd = file.fileno()
        self._anew = anew
        self._texts: deque[bytes] = deque()
        self._held = 0
        self._more = threading.Condition()
        self._missed = False
        self._over = False
        self._until = 0.0
        self.gone = False
        """Whether the terminal is no more."""

    def write(self, text: str) -> None:
        """Take a text to be written; never waits."""
        data = text.encode("utf-8", "replace")
        with self._more:
            if self.gone or self._missed:
                return
            if self._held and self._held + len(data) > HELD:
                self._texts.clear()
                self._held, self._missed = 0, True
                return
            self._texts.append(data)
            self._held += len(data)
            self._more.notify()

    def run(self) -> None:
        """Write what comes, until the end or until there is no terminal."""
        while (data := self._next()) is not None:
            try:
                self._put(data)
            except (OSError, ValueError):
                with self._more:
                    self.gone = True
                    self._texts.clear()

    def _next(self) -> bytes | None:
        """All that waits; null at the end."""
        with self._more:
            while not (self._texts or self._over or self._missed):
                self._more.wait()
            data = b"".join(self._texts)
            self._texts.clear()
            return data if data or not self._over else None

    def _put(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            if self._over and time.monotonic() > self._until:
                return
            if not select.select((), (self._fd,), (), LOOK_S)[1]:
                continue
            rest = rest[os.write(self._fd, rest[:PIECE]) :]
        with self._more:
            missed, self._missed = self._missed, False
            self._held = 0 if missed else max(0, self._held - len(data))
        if missed and not self._over:
            self._anew()

    def farewell(self) -> None:
        """What comes now is the last, and is taken in any case."""
        with self._more:
            self._missed, self._held = False, 0

    def stop(self) -> None:
        """Write the last words and end; a terminal that takes nothing is not waited for."""
        with self._more:
            self._over = True
            self._until = time.monotonic() + FAREWELL_S
            self._more.notify()
        self.join(FAREWELL_S + LOOK_S)
