"""A real ``coach`` on a pseudo-terminal, and the screen that a person would see on it."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyte

ROOT = Path(__file__).resolve().parent.parent
DAY = "2026-11-23"
LIMIT_S = 8.0
"""Only a hang takes as long."""


class Screened:
    """One process with a terminal of its own, whose output is decoded as it comes."""

    def __init__(self, home: Path, *before: str, size: tuple[int, int] = (80, 24), **env: str) -> None:
        self.written = b""
        """All it ever wrote, as it was."""
        self.screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self.screen)
        self._leader, self._follower = pty.openpty()
        self._measure(size)
        self.before = self.modes()
        kept = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
        kept |= {
            "TERM": "xterm-256color",
            "COACH_HOME": str(home),
            "COACH_TODAY": DAY,
            "PYTHONPATH": str(ROOT),
        }
        self.process = subprocess.Popen(
            [sys.executable, *(before or ("-m", "coach"))],
            stdin=self._follower,
            stdout=self._follower,
            stderr=self._follower,
            env={**kept, **env},
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )

    def __enter__(self) -> Screened:
        return self

    def __exit__(self, *_: object) -> None:
        if self.alive:
            self.kill()
        self.close()

    def close(self) -> None:
        """Close the window: both ends of the terminal are gone."""
        for each in (self._follower, self._leader):
            with contextlib.suppress(OSError):
                os.close(each)

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self.process.poll() is None

    @property
    def shown(self) -> str:
        """The screen as plain lines."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def modes(self) -> list[Any]:
        """How the terminal treats what is typed."""
        return termios.tcgetattr(self._follower)

    def _measure(self, size: tuple[int, int]) -> None:
        fcntl.ioctl(self._follower, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))

    def resize(self, size: tuple[int, int]) -> None:
        """Give the window another size; the process is told by the kernel."""
        self.screen.resize(size[1], size[0])
        self._measure(size)

    def read(self, seconds: float = 0.05) -> bool:
        """Take in what is there; whether anything was."""
        if not select.select([self._leader], [], [], seconds)[0]:
            return False
        data = os.read(self._leader, 65536)
        self.written += data
        self._stream.feed(data)
        return True

    def send(self, keys: str | bytes) -> None:
        """Type; what comes meanwhile is taken in, so that neither side waits for the other."""
        data = keys.encode() if isinstance(keys, str) else keys
        for start in range(0, len(data), 512):
            os.write(self._leader, data[start : start + 512])
            self.read(0)

    def flood(self, keys: str, seconds: float = 1.0) -> None:
        """Type key by key and take nothing in, as a terminal does that stands still."""
        for key in keys:
            os.write(self._leader, key.encode())
            time.sleep(seconds / len(keys))

    def paste(self, text: str) -> None:
        """Paste, as a terminal in bracketed mode does it."""
        self.send(f"\x1b[200~{text}\x1b[201~")

    def until(self, done: str | Callable[[], bool]) -> str:
        """Read until words stand on the screen, or something is so; the screen."""
        end = time.monotonic() + LIMIT_S
        while not (done in self.shown if isinstance(done, str) else done()):
            assert self.alive, f"it ended without {done!r}:\n{self.shown}"
            assert time.monotonic() < end, f"{done!r} never came:\n{self.shown}"
            self.read()
        return self.shown

    def press(self, key: str, words: str) -> str:
        """Press a key and wait for words."""
        self.send(key)
        return self.until(words)

    def settle(self, quiet: float = 0.3) -> None:
        """Read until nothing has come for a moment."""
        end = time.monotonic() + LIMIT_S
        while self.read(quiet) and time.monotonic() < end:
            pass

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(LIMIT_S)

    def ended(self) -> int:
        """Read until it has ended and nothing is left; the exit code."""
        end = time.monotonic() + LIMIT_S
        while self.alive:
            assert time.monotonic() < end, f"still running:\n{self.shown}"
            self.read()
        with contextlib.suppress(OSError):
            while self.read():
                pass
        return self.process.wait()
