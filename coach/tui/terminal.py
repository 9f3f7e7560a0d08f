"""The terminal as the app reads it: keys one after the other, no key out of a paste, and it may go away."""

from __future__ import annotations

import os
import selectors
import signal
import sys
import termios
import threading
import time
import tty
from codecs import getincrementaldecoder
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from textual import events
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

from coach.tui.writing import Writer

if TYPE_CHECKING:
    from textual.app import App
    from textual.drivers._writer_thread import WriterThread
    from textual.message import Message

    from coach.tui.outside import Outside

ESCAPE = "\x1b"
BEGIN = "\x1b[200~"
END = "\x1b[201~"
"""What a terminal puts around a paste."""
LOOK_S = 0.1
AT_ONCE = 4096
AGAIN = "\x1b[?1049h\x1b[?25l\x1b[?1004h"
"""A screen of its own, no cursor, and word of the focus."""
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
    """The driver of Textual, with the inlet before its parser, and a writer that nobody waits for."""

    _writer: Writer | None = None

    def __init__(self, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        if sys.__stdout__ is not None and not (self._file is not None and self._file.isatty()):
            self._file = sys.__stdout__  # errors go elsewhere: ``coach 2>file``

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
            until = time.monotonic() + HELD_S
            while not worked.wait(LOOK_S) and time.monotonic() < until and not self.exit_event.is_set():
                pass

    # -- writing: Textual makes its own writer at the start and after a rest; ours takes its place ---------

    @property
    def _writer_thread(self) -> WriterThread | None:
        return self._writer

    @_writer_thread.setter
    def _writer_thread(self, made: WriterThread | None) -> None:
        self._writer = Writer(made._file, self._draw_anew) if made is not None else None

    def _draw_anew(self) -> None:
        """After a time in which the terminal took nothing."""
        self._loop.call_soon_threadsafe(partial(self._app.refresh, layout=True))

    def _sigcont_application(self, *_: object) -> None:
        """Go on after a stop.

        Ctrl-Z gave the terminal back before and takes it anew. ``kill -STOP`` did not, and neither did a
        window that closes, which says HUP and CONT: a second thread must not read then, and what was
        typed meanwhile must not be thrown away.
        """
        if self._key_thread is None or not self._key_thread.is_alive():
            super()._sigcont_application()
        elif os.isatty(self.fileno):
            self._take_again()
        self._draw_anew()

    def _take_again(self) -> None:
        """Have the terminal as it was before somebody else used it."""
        with suppress(termios.error):
            modes = termios.tcgetattr(self.fileno)
            modes[tty.LFLAG] = self._patch_lflag(modes[tty.LFLAG])
            modes[tty.IFLAG] = self._patch_iflag(modes[tty.IFLAG])
            termios.tcsetattr(self.fileno, termios.TCSANOW, modes)
        self.write(AGAIN)
        self._enable_mouse_support()
        self._enable_bracketed_paste()
        self._disable_line_wrap()

    def stop_application_mode(self) -> None:
        """Give the terminal back."""
        if self._writer is not None:
            self._writer.farewell()
        super().stop_application_mode()
