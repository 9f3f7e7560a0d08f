"""Lines of text, drawn for the width there is."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

MINIMUM = 16
"""Columns below which nothing is broken."""
Line = str | Content
Draw = Callable[[int], Sequence[Line]]
"""From the width in columns to lines; a plain text is shown as it is, never read as markup."""


def nothing(_width: int) -> Sequence[Line]:
    """Draw no line at all."""
    return ()


class Drawn(Widget):
    """A block of lines as high as what is drawn; it is drawn again when the width changes."""

    DEFAULT_CSS = """
    Drawn { width: 1fr; height: auto; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def __init__(
        self,
        draw: Draw = nothing,
        *,
        id: str | None = None,  # noqa: A002 (as all widgets have it)
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._draw = draw
        self._made: tuple[int, list[Line]] | None = None

    def show(self, draw: Draw) -> None:
        """Draw something else from now on."""
        self._draw = draw
        self._made = None
        self.refresh(layout=True)

    def lines(self, width: int) -> list[Line]:
        """The lines at a width."""
        if self._made is None or self._made[0] != width:
            drawn = self._draw(max(width, 1))
            self._made = (width, [part for line in drawn for part in fitted(line, width)])
        return self._made[1]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as lines."""
        return len(self.lines(width))

    def render(self) -> Content:
        """All lines."""
        lines = self.lines(self.content_size.width)
        return Content("\n").join(line if isinstance(line, Content) else Content(line) for line in lines)


def fitted(line: Line, width: int) -> list[Line]:
    """A line that is too long, broken under its own indent."""
    if len(line) <= width or width < MINIMUM:
        return [line]
    if isinstance(line, Content):
        return [part.rstrip() for part in line.wrap(width)]
    text = line.lstrip()
    indent = " " * (len(line) - len(text))
    hang = f"{indent}  " if text.startswith(("- ", "* ")) else indent
    return list(textwrap.wrap(text, width, initial_indent=indent, subsequent_indent=hang)) or [line]
