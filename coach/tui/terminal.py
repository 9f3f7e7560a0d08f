"""The terminal as the app reads it: what is pasted never becomes a key, and a terminal may go away."""

from __future__ import annotations

import os
import selectors
import signal
from codecs import getincrementaldecoder

from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

ESCAPE = "\x1b"
BEGIN = "\x1b[200~"
END = "\x1b[201~"
"""What a terminal puts around a paste."""
LOOK_S = 0.1
AT_ONCE = 4096


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
                        self._app.call_later(self._app.exit, return_code=128 + signal.SIGHUP)
                        return
                    data = decode(read)
                events = parser.feed(inlet.let(data)) if data else ()
                for event in (*events, *parser.tick()):
                    self.process_message(event)

    def write(self, data: str) -> None:
        """Write, as long as there is somebody to write to: the writer ends with the terminal."""
        if self._writer_thread is not None and self._writer_thread.is_alive():
            super().write(data)

    def close(self) -> None:
        """Let the writer end, where it has not yet."""
        if self._writer_thread is not None and self._writer_thread.is_alive():
            super().close()
