"""How a screen opens: it is painted once, filled and laid out; until then what was there stays."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from textual import events
from textual.screen import ModalScreen, Screen
from textual.widget import Widget


class Opening(Screen[Any]):
    """A screen over another, held back until it is whole: half as many layouts and paintings."""

    _opening = False
    _dressed: tuple[str, ...] = ()

    def begin(self) -> None:
        """The children are about to be made: they are styled for the width from the start."""
        self.update_classes(self._breakpoints(self.app.size.width), update=False)
        self._opening = len(self.app.screen_stack) > 1  # the first frame of all is waited for

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """What looks as it looked when one left, or was styled in this moment, is not styled again."""
        look = (self.app.theme, *sorted(self.app.classes))
        event.refresh_styles = not self._opening and look != self._dressed
        self._dressed = look

    def on_resize(self, event: events.Resize) -> None:
        """Follow the terminal; the first time the screen was just filled and laid out for this size."""
        if self._opening:
            self._opening = False
            event.stop()
            event.prevent_default()
            self.refresh(layout=True)
            return
        self.update_classes(self._breakpoints(event.size.width), animate=False)
        self.resized()

    def resized(self) -> None:
        """The terminal has another width: what was made for the old one is made again."""

    def _breakpoints(self, width: int) -> dict[str, bool]:
        points: Iterable[tuple[int, str]] = self.app.HORIZONTAL_BREAKPOINTS or ()
        _, now = max(((start, name) for start, name in points if width >= start), default=(0, ""))
        return {name: name == now for _, name in points}

    def _extend_compose(self, widgets: list[Widget]) -> None:
        """No rack for toasts, which the app mounts for the first one, and no tooltip, which none has."""

    def _compositor_refresh(self) -> None:
        if not self._opening:
            super()._compositor_refresh()


class OpeningBox(Opening, ModalScreen[Any]):
    """The same for a box."""
