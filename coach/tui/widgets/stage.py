"""The stage of a session: what to do now, large."""

from __future__ import annotations

from typing import Any

from textual.content import Content
from textual.widget import Widget

from coach.draw import stage
from coach.tui.lines import solid


class Stage(Widget):
    """Shows one look at a running session; it never knows the session itself."""

    DEFAULT_CSS = """
    Stage { text-wrap: nowrap; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._cues: Any = None
        self._offered: float | None = None
        self._end: tuple[str, ...] = ()

    def show(self, cues: Any, offered: float | None = None, end: tuple[str, ...] = ()) -> None:
        """Show this look; ``end`` is the summary, once there is one."""
        if (cues, offered, end) != (self._cues, self._offered, self._end):
            self._cues, self._offered, self._end = cues, offered, end
            self.refresh()

    def render(self) -> Content:
        """As many lines as there is room for."""
        width, height = self.content_size
        if self._cues is None or not width:
            return Content("")
        if self._end:
            from coach.draw.words import wrap

            return Content(
                "\n".join(part for line in self._end for part in wrap(line.strip(), width, _indent(line)))
            )
        name, second = stage.where(self._cues, width)
        if self._cues.asked is not None:
            offered = self._offered if self._cues.asked.id == "before" else None
            below = ["", *stage.question(self._cues, width, offered)]
        else:
            below = stage.figure(self._cues, width, height - 1 - len(name))
        style = "$warning" if self._cues.paused else "$accent"
        lines = solid(below, style, colors=not self.app.no_color)
        return Content.assemble(("\n".join(name), "bold"), "\n", second, "\n", lines)


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]
