"""The terminal as the app reads it: keys one after the other, no key out of a paste, and it may go away."""

from __future__ import annotations

import os
import selectors
import signal
import threading
from codecs import getincrementaldecoder
from typing import TYPE_CHECKING, cast

from textual import events
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

if TYPE_CHECKING:
    from textual.message import Message

    from coach.tui.outside import Outside

ESCAPE = "\x1b"
BEGIN = "\x1b[200~"
END = "\x1b[201~"
"""What a terminal puts around a paste."""
LOOK_S = 0.1
AT_ONCE = 4096
HELD_S = 1.0
"""A key waits no longer than this for what the key before it does."""


class Inlet:
    """Takes every escape character out of pastes, whatever pieces they come in.

    Textual reads an escape sequence within a paste as a key. A paste never ends by what is in it,
    for terminals take its end mark out themselves.
    """

    def __init__(self) -> None:
        self._pasting = False
        self._last = ""
        """The newest characters that may be the begin mark, or, in a paste, the end mark."""

    def let(self, data: str) -> str:
        """What may be read of this piece."""
        return "".join(self._let(each) for each in data)

    def _let(self, character: str) -> str:
        if not self._pasting:
            self._last = (self._last + character)[-len(BEGIN) :]
            if self._last == BEGIN:
                self._pasting, self._last = True, ""
            return character
        if not self._last and character != ESCAPE:
            return character
        held = self._last + character
        if held == END:
            self._pasting, self._last = False, ""
            return END
        if END.startswith(held):
            self._last = held
            return ""
        self._last = ESCAPE if character == ESCAPE else ""
        return held[1 : -1 if self._last else None]


class Terminal(LinuxDriver):
    """The driver of Textual, with the inlet before its parser."""

    def run_input_thread(self) -> None:
        """Read until the app ends, or the terminal has gone: then the app ends as by its signal."""
        parser, inlet = XTermParser(self._debug), Inlet()
        decode = getincrementaldecoder("utf-8")("replace").decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                data = ""
                if selector.select(LOOK_S):
                    try:
                        read = os.read(self.fileno, AT_ONCE)
                    except OSError:
                        read = b""
                    if not read:
                        cast("Outside", self._app).never_linger(signal.SIGHUP)
                        self._app.call_later(self._app.exit, return_code=128 + signal.SIGHUP)
                        return
                    data = decode(read)
                messages = parser.feed(inlet.let(data)) if data else ()
                for message in (*messages, *parser.tick()):
                    self.process_message(message)
                    self._let_work(message)

    def _let_work(self, message: Message) -> None:
        """Wait until a key has done what it does.

        Keys that come at once, as over a slow line, would all go to the field that had the first.
        """
        if isinstance(message, events.Key) and not self.exit_event.is_set():
            worked = threading.Event()
            app = cast("Outside", self._app)
            self._loop.call_soon_threadsafe(app.when_calm, worked.set)
            worked.wait(HELD_S)

    def write(self, data: str) -> None:
        """Write, as long as there is somebody to write to: the writer ends with the terminal."""
        if self._writer_thread is not None and self._writer_thread.is_alive():
            super().write(data)

    def close(self) -> None:
        """Let the writer end, where it has not yet."""
        if self._writer_thread is not None and self._writer_thread.is_alive():
            super().close()
