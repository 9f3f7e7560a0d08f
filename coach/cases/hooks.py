"""The person's own programs, run after something was saved: off unless the setting ``hooks`` is on.

A hook is an executable file of the home, ``hooks/checkin`` and so on. It gets one JSON document on
standard input. It runs beside the command, after the entry is on the disk, so that it can neither
block nor lose one; what it prints is shown only where it fails. A hook that calls coach starts none.
"""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import tempfile
import threading
from typing import Any

import msgspec

from coach.cases.settings import Settings, settings
from coach.desk import Desk
from coach.model.noun import Noun

EVENTS = ("checkin", "session-end", "review", "flare")
INSIDE = "COACH_HOOK"
"""Set for a hook and all it starts: within it no hook runs."""
SHOWN = 4000
"""Bytes of its output that are looked at, from the end."""
LINES = 20
"""Lines of them that are shown."""
_FIELDS = {
    "checkin": ("checkin", "changes", "notices", "pending", "flare"),
    "session-end": ("sessions", "notices"),
    "review": ("review", "refused", "held"),
}


class Hook(Noun, frozen=True, kw_only=True):
    """One hook, or a file in the folder that is none."""

    event: str
    path: str
    runs: bool
    why: str = ""
    """Why it does not run."""


def hooks(desk: Desk) -> tuple[Hook, ...]:
    """Every event with its file, then files that belong to no event."""
    folder = os.path.join(desk.home, "hooks")
    found = [_looked_at(folder, event, settings(desk)) for event in EVENTS]
    try:
        others = sorted(set(os.listdir(folder)) - set(EVENTS))
    except OSError:
        others = []
    names = ", ".join(EVENTS)
    return (
        *found,
        *(
            Hook(event="", path=os.path.join(folder, each), runs=False, why=f"no event; there is {names}")
            for each in others
        ),
    )


def _looked_at(folder: str, event: str, wanted: Settings) -> Hook:
    path = os.path.join(folder, event)
    why = _unfit(folder, path) or ("" if wanted.hooks else "hooks are off")
    return Hook(event=event, path=path, runs=not why, why=why)


def _unfit(folder: str, path: str) -> str:
    """Why a file may not be run; empty where it may. What others can write to never runs."""
    try:
        seen = [os.stat(folder), os.stat(path)]
    except FileNotFoundError:
        return "no file"
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    if not stat.S_ISREG(seen[1].st_mode):
        return "no regular file"
    if any(each.st_uid not in (os.getuid(), 0) for each in seen):
        return "belongs to somebody else"
    if any(each.st_mode & 0o022 for each in seen):
        return "others can write to it or to its folder (chmod go-w)"
    return "" if os.access(path, os.X_OK) else "not executable (chmod +x)"


def after(desk: Desk, event: str, found: Noun) -> None:
    """Start the hook of an event, where hooks are on and there is one that may be run."""
    wanted = settings(desk)
    if not wanted.hooks or os.environ.get(INSIDE):
        return
    folder = os.path.join(desk.home, "hooks")
    path = os.path.join(folder, event)
    why = _unfit(folder, path)
    if why:
        if why != "no file":
            _say(f"coach: the hook {event} was not run: {why}.")
        return
    Running(path, event, _document(desk, event, found), desk.home, wanted.hook_seconds).start()


def _document(desk: Desk, event: str, found: Noun) -> bytes:
    whole = msgspec.to_builtins(found)
    names = _FIELDS.get(event)
    fields: dict[str, Any] = {event: whole} if names is None else {name: whole[name] for name in names}
    head = {"schema": f"coach.hook-{event}/1", "event": event, "date": desk.today.isoformat(), "at": desk.at}
    return json.dumps({**head, **fields}, ensure_ascii=False).encode() + b"\n"


class Running(threading.Thread):
    """One run of a hook; its process has a session of its own, so that all of it can be ended."""

    def __init__(self, path: str, event: str, document: bytes, home: str, seconds: int) -> None:
        super().__init__(name=f"coach-hook-{event}")
        self.path, self.event, self.document = path, event, document
        self.home, self.seconds = home, seconds
        self.process: subprocess.Popen[bytes] | None = None

    def run(self) -> None:
        """Run it to its end or its time, and say what it said where it failed."""
        with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as given:
            given.write(self.document)
            given.seek(0)
            try:
                self.process = subprocess.Popen(
                    [self.path], stdin=given, stdout=said, stderr=said, cwd=self.home,
                    env={**os.environ, INSIDE: self.event, "COACH_HOME": self.home}, start_new_session=True,
                )  # fmt: skip
            except OSError as error:
                _say(f"coach: the hook {self.event} cannot be started: {error.strerror}.")
                return
            try:
                code = self.process.wait(self.seconds)
            except subprocess.TimeoutExpired:
                self.stop()
                _say(f"coach: the hook {self.event} was ended after {self.seconds} s.")
                return
            if code:
                said.seek(max(0, said.seek(0, os.SEEK_END) - SHOWN))
                _say(f"coach: the hook {self.event} failed ({code}).", said.read())

    def stop(self) -> None:
        """End it and all that it started."""
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def wait() -> None:
    """Wait for the hooks that run; Ctrl-C ends them."""
    running = [each for each in threading.enumerate() if isinstance(each, Running)]
    try:
        for each in running:
            each.join()
    except KeyboardInterrupt:
        for each in running:
            each.stop()
        raise


def _say(line: str, said: bytes = b"") -> None:
    from coach.model.text import clean

    lines = clean(said.decode("utf-8", "replace"), SHOWN).rstrip().splitlines()
    line += " What it said:" if lines else ""
    sys.stderr.write("\n  ".join((line, *lines[-LINES:])) + "\n")
    sys.stderr.flush()
