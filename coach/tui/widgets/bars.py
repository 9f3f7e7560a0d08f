"""The first and the last line of every page: where one is, and which keys there are."""

from __future__ import annotations

from textual.content import Content
from textual.screen import Screen
from textual.style import Style
from textual.widget import Widget

from coach.tui.keys import name_of

GAP = 2
"""Columns between two keys."""


class Top(Widget):
    """The title of the page, and at the right how things stand, as much as fits."""

    DEFAULT_CSS = """
    Top { height: 1; width: 1fr; background: $panel; color: $foreground; padding: 0 1; text-wrap: nowrap; }
    """

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self._state: tuple[str, ...] = ()

    def show(self, title: str, state: tuple[str, ...]) -> None:
        """Say where one is, and the parts of the state, the most important first."""
        if (title, state) != (self._title, self._state):
            self._title, self._state = title, state
            self.refresh()

    def render(self) -> Content:
        """One line."""
        width = self.content_size.width
        state = list(self._state)
        while state and len(self._title) + 3 + len(" · ".join(state)) > width:
            state.pop()
        right = " · ".join(state)
        blank = " " * max(1, width - len(self._title) - len(right))
        return Content.assemble((self._title, "bold"), blank, right)


class Bottom(Widget):
    """The keys of the page and then those that work everywhere, as many as fit; a click presses one."""

    DEFAULT_CSS = """
    Bottom { height: 1; width: 1fr; background: $panel; color: $foreground; padding: 0 1; text-wrap: nowrap; }
    """

    def on_mount(self) -> None:
        """Follow what can be pressed."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, _screen: Screen[object]) -> None:
        self.refresh()

    def keys(self) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
        """Keys with their labels: those of the page, and those of the app.

        A page that has nothing to show has no keys of its own.
        """
        label = getattr(self.screen, "enter_label", None)
        empty = self.screen.has_class("-problem")
        enter = label() if label and not empty else ""
        own: list[tuple[str, str]] = [("enter", enter)] if enter else []
        everywhere: list[tuple[str, str]] = []
        for node, binding, enabled, _ in self.screen.active_bindings.values():
            if binding.show and enabled and binding.description:
                (everywhere if node is self.app else own).append((binding.key, binding.description))
        return [] if empty else own, everywhere

    def render(self) -> Content:
        """One line; the way back and help come last and are always there."""
        own, everywhere = self.keys()
        leave = next((each for each in own if each[0] == "escape"), ("escape", "Back"))
        own = [each for each in own if each != leave]
        deeper = self.screen is not self.app.screen_stack[0]
        last = [*([leave] if deeper else []), *(each for each in everywhere if each[0] == "question_mark")]
        room = self.content_size.width - sum(_width(each) for each in last)
        shown: list[tuple[str, str]] = []
        for each in (*own, *(each for each in everywhere if each not in last)):
            room -= _width(each)
            if room < 0:
                break
            shown.append(each)
        parts: list[Content] = []
        for key, label in (*shown, *last):
            pressed = Style.from_meta({"@click": f"app.press('{key}')"})
            text = Content.assemble((name_of(key), "bold $accent"), f" {label}")
            parts.append(text.stylize(pressed))
        return Content(" " * GAP).join(parts)


def _width(each: tuple[str, str]) -> int:
    return len(name_of(each[0])) + 1 + len(each[1]) + GAP
