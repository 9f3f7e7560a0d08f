"""A moving figure: drawn fifteen times a second while it can be seen, still where nothing may move."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

if TYPE_CHECKING:
    from coach.draw.film import Film
    from coach.draw.motion import Motion

FRAME_S = 1 / 15
LEAST = (24, 10)


class FigureView(Widget):
    """Shows one movement, by itself round and round, or at the second it is told."""

    DEFAULT_CSS = """
    FigureView { height: 14; width: 1fr; text-wrap: nowrap; color: $accent; }
    FigureView.-none { display: none; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (as all widgets have it)
        super().__init__(id=id, classes="-none")
        self._motion: Motion | None = None
        self._mirror = False
        self._film: Film | None = None
        self._second: float | None = None
        """The second to show; null where it moves by itself."""
        self._still = False
        self._lines: list[str] = []
        self._began = 0.0
        self._timer: Timer | None = None

    def on_mount(self) -> None:
        """The timer stands until there is something to see."""
        self._timer = self.set_interval(FRAME_S, self.turn_over, pause=True)
        self._run()

    def show(self, motion: Motion | None, *, mirror: bool = False, still: bool = False) -> None:
        """Show a movement from its beginning, or nothing; ``still`` shows its key poses side by side."""
        if motion is self._motion and (mirror, still) == (self._mirror, self._still):
            return
        self._motion, self._mirror, self._still = motion, mirror, still
        self._film, self._second, self._lines = None, None, []
        self._began = time.monotonic()
        self.set_class(motion is None, "-none")
        self._run()
        self.refresh()

    def seek(self, second: float) -> None:
        """Show this second of the movement from now on, until another is told."""
        self._second = second
        self._run()
        self.turn_over()

    def on_show(self) -> None:
        """It can be seen again."""
        self._run()

    def on_hide(self) -> None:
        """Nothing is drawn for nobody."""
        self._run(seen=False)

    def on_resize(self) -> None:
        """Another size is another film."""
        self._film, self._lines = None, []
        self.refresh()

    def pause(self, stopped: bool) -> None:
        """Stop, or go on, while another page lies over this one."""
        self._run(seen=not stopped)

    def _run(self, *, seen: bool = True) -> None:
        if self._timer is None:
            return
        seen = seen and self.screen.is_current
        goes = seen and self._motion is not None and self._second is None and not self._still
        (self._timer.resume if goes else self._timer.pause)()

    def film(self) -> Film | None:
        """The film at this size; null where there is no room for one."""
        width, height = self.content_size
        if self._motion is None or width < LEAST[0] or height < LEAST[1] - 2:
            return None
        if self._film is None:
            from coach.draw.film import Film

            self._film = Film(self._motion, width, height, mirror=self._mirror)
        return self._film

    def turn_over(self) -> None:
        """Draw the next frame, if it is another one."""
        if not self.screen.is_current:
            return
        lines, before = self.frame(), self._lines
        if lines is before:
            return
        self._lines = lines
        if len(lines) != len(before):
            self.refresh()
            return
        left, top = self.gutter.left, self.gutter.top
        width = self.content_size.width
        rows = [row for row, line in enumerate(lines) if line != before[row]]
        if rows:  # only what is another line is drawn again
            self.refresh(*(Region(left, top + row, width, 1) for row in rows))

    def frame(self) -> list[str]:
        """The lines to show now."""
        film = self.film()
        if film is None:
            return []
        if self._still and self._second is None:
            if not self._lines:
                from coach.draw.film import still_lines

                width, height = self.content_size
                self._lines = still_lines(film.motion, width, height, mirror=self._mirror)[:height]
            return self._lines
        if self._second is not None and self._still:
            return film.key(film.motion.at(self._second).key)
        return film.frame(time.monotonic() - self._began if self._second is None else self._second)

    def render_line(self, y: int) -> Strip:
        """One row of the frame that is on."""
        if not self._lines:
            self._lines = self.frame()
        width = self.content_size.width
        text = self._lines[y] if y < len(self._lines) else ""
        return Strip([Segment(text[:width].ljust(width), self.rich_style)], width)
