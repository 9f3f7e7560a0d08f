"""What reaches the app from outside: pasted text, and the word of the system to end."""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress

from textual import events
from textual.app import App
from textual.widgets import Input

PASTED = 20_000
"""Characters of a paste that are looked at; no field holds as many."""


class Outside(App[None]):
    """The part of the app that lets in only what is harmless."""

    def on_mount(self) -> None:
        """When the system asks the app to end, it ends as by ``q``: the terminal is given back whole."""
        if not self.is_headless:
            with suppress(
                NotImplementedError, RuntimeError, ValueError
            ):  # not on this system, or no main thread
                asyncio.get_running_loop().add_signal_handler(
                    signal.SIGTERM, lambda: self.exit(return_code=128 + signal.SIGTERM)
                )

    async def on_event(self, event: events.Event) -> None:
        """Clean what is pasted before any field has it: fields show their text to the terminal as it is."""
        if isinstance(event, events.Paste) and not event.is_forwarded:
            event.text = self._fitting(event.text)
        await super().on_event(event)

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
