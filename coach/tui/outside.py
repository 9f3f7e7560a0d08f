"""What reaches the app from outside: pasted text, and the word of the system to end."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from textual import events
from textual.app import App
from textual.dom import DOMNode
from textual.driver import Driver
from textual.screen import Screen
from textual.widgets import Input

PASTED = 20_000
"""Characters of a paste that are looked at; no field holds as many."""
CALM = 4
"""Turns of the loop without a message waiting, after which nothing is under way."""
AGAIN_S = 0.002
LINGER_S = 4.0
"""An app that was asked to end is gone after this, whatever holds it up."""


class Outside(App[None]):
    """The part of the app that lets in only what is harmless."""

    def on_mount(self) -> None:
        """When the system asks the app to end, or its terminal is closed, it ends as by ``q``."""
        if self.is_headless:
            return
        for name in ("SIGTERM", "SIGHUP"):
            each = getattr(signal, name, None)
            if each is None:
                continue
            with suppress(NotImplementedError, RuntimeError, ValueError):  # not here, or no main thread
                asyncio.get_running_loop().add_signal_handler(each, self._asked_to_end, each)

    def _asked_to_end(self, number: int) -> None:
        self.never_linger(number)
        self.exit(return_code=128 + number)

    def never_linger(self, number: int) -> None:
        """End for good before long: a terminal that has gone may hold up whoever still writes to it.

        What was given is saved as it is given, so nothing waits for the end of the process.
        """
        timer = threading.Timer(LINGER_S, os._exit, (128 + number,))
        timer.daemon = True
        timer.start()

    def get_driver_class(self) -> type[Driver]:
        """The driver that lets no key out of a paste, where Textual has the one it is made from."""
        usual = super().get_driver_class()
        if usual.__name__ != "LinuxDriver":
            return usual
        from coach.tui.terminal import Terminal

        return Terminal

    async def on_event(self, event: events.Event) -> None:
        """Clean what is pasted before any field has it: fields show their text to the terminal as it is."""
        if isinstance(event, events.Paste) and not event.is_forwarded:
            event.text = self._fitting(event.text)
            self.call_later(self.call_after_refresh, self._to_the_end)
        await super().on_event(event)

    async def run_action(
        self,
        action: Any,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Do what a key or a click asks of a page that stands; one that is still made has nothing yet."""
        if isinstance(default_namespace, Screen) and not default_namespace.is_mounted:
            return False
        return await super().run_action(action, default_namespace, namespaces)

    def when_calm(self, then: Callable[[], None], turns: int = 0) -> None:
        """Call when no message waits for the page that is on, or for anything in it."""
        loop = asyncio.get_running_loop()
        pages = self.screen_stack[-1:]
        pumps = (self, *pages, *(each for page in pages for each in page.walk_children()))
        if any(each.message_queue_size for each in pumps):
            loop.call_later(AGAIN_S, self.when_calm, then)
        elif turns < CALM:
            loop.call_soon(self.when_calm, then, turns + 1)
        else:
            then()

    def _to_the_end(self) -> None:
        """Show where the text goes on: a field that was pasted into is wider than when it scrolled last."""
        field = self.focused
        if isinstance(field, Input) and field.cursor_at_end:
            field.scroll_to(x=field.max_scroll_x, animate=False, force=True)

    def _fitting(self, text: str) -> str:
        """One line without anything a terminal would obey, cut to the room there is in the field."""
        from coach.model.text import clean

        text = " ".join(clean(text, PASTED).replace("\t", " ").splitlines())
        field = self.focused
        if not isinstance(field, Input) or not field.max_length:
            return text
        room = max(0, field.max_length - len(field.value) + len(field.selected_text))
        if len(text) > room:
            self.notify(
                f"The text is too long: {field.max_length} characters fit here. The rest was left out.",
                severity="warning",
                markup=False,
            )
        return text[:room]
