"""A real ``coach`` in a real terminal: typed at, read from, killed."""

from __future__ import annotations

import os
import pty
import select
import signal
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class Terminal:
    """One process under a pseudo-terminal of its own."""

    def __init__(self, home: Path, *arguments: str, today: str = "2026-11-23", **env: str) -> None:
        self.text = ""
        self._at = 0
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            environment = {
                **os.environ, "COACH_HOME": str(home), "COACH_TODAY": today, "PYTHONPATH": str(ROOT),
                "TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24", **env,
            }  # fmt: skip
            os.execve(sys.executable, [sys.executable, "-m", "coach._boot", *arguments], environment)

    def until(self, words: str, seconds: float = 30) -> str:
        """Read until words appear after what was read before; all that came with them."""
        end = time.monotonic() + seconds
        while words not in self.text[self._at :]:
            assert time.monotonic() < end, f"never said {words!r}:\n{self.text[-2000:]}"
            if not self._read(0.2):
                break
        assert words in self.text[self._at :], f"ended without {words!r}:\n{self.text[-2000:]}"
        start, self._at = self._at, self.text.index(words, self._at) + len(words)
        return self.text[start : self._at]

    def first_of(self, *words: str, seconds: float = 30) -> str:
        """Read until one of these appears after what was read before; which one came first."""
        end = time.monotonic() + seconds
        while True:
            rest = self.text[self._at :]
            found = [(rest.index(each), each) for each in words if each in rest]
            if found:
                place, word = min(found)
                self._at += place + len(word)
                return word
            assert time.monotonic() < end, f"never said any of {words!r}:\n{self.text[-2000:]}"
            assert self._read(0.2), f"ended without any of {words!r}:\n{self.text[-2000:]}"

    def type(self, *lines: str) -> None:
        """Type lines, each with Enter."""
        for line in lines:
            os.write(self._fd, f"{line}\n".encode())

    def kill(self) -> None:
        """End it as a power cut would."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._fd)

    def ended(self, seconds: float = 30) -> int:
        """Read to the end; its exit code."""
        end = time.monotonic() + seconds
        while self._read(0.2):
            assert time.monotonic() < end, f"still running:\n{self.text[-2000:]}"
        _, status = os.waitpid(self.pid, 0)
        os.close(self._fd)
        return os.waitstatus_to_exitcode(status)

    def _read(self, seconds: float) -> bool:
        """Take in what is there; False once the other side has gone."""
        if not select.select([self._fd], [], [], seconds)[0]:
            return True
        try:
            data = os.read(self._fd, 65536)
        except OSError:
            return False
        self.text += data.decode(errors="replace").replace("\r\n", "\n")
        return bool(data)
