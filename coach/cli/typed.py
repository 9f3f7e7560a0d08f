"""Typed lines, read with a wait that ends by itself."""

from __future__ import annotations

import os
import select
import sys

from coach.cli.ask import Closed


class Lines:
    """What is typed at a terminal, line by line."""

    def __init__(self) -> None:
        self._rest = b""

    def read(self, seconds: float | None) -> str | None:
        """The next line, or null when none came in time. Raises `Closed` at the end of input."""
        while b"\n" not in self._rest:
            if not select.select([sys.stdin], [], [], seconds)[0]:
                return None
            data = os.read(sys.stdin.fileno(), 1024)
            if not data:
                raise Closed
            self._rest += data
        line, _, self._rest = self._rest.partition(b"\n")
        return line.decode(errors="replace").strip()
