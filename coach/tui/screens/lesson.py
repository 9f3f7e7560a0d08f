"""One lesson, its question, and the answer when it is asked for."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll

from coach.draw.cards import rests_on
from coach.tui.base import Page
from coach.tui.lines import faint_para, head, para, strong
from coach.tui.widgets.drawn import Drawn, Line


class LessonPage(Page):
    """A lesson by its id in ``about``; Enter shows the answer, y and n say whether it was known."""

    NAME: ClassVar[str] = "Lesson"
    ENTER: ClassVar[str] = "The answer"
    DEFAULT_CSS = """
    LessonPage #text { padding-top: 1; scrollbar-size-vertical: 1; }
    LessonPage #lines { max-width: 76; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        Binding("enter", "answer", "The answer", show=False),
        Binding("y", "known('yes')", "I knew"),
        Binding("n", "known('no')", "New to me"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._shown: Any = None
        self._open = False

    def body(self) -> ComposeResult:
        """A page of text."""
        with VerticalScroll(id="text"):
            yield Drawn(id="lines")

    def reload(self) -> None:
        """Read the lesson."""
        shown = self.coach().lesson(str(self.about))
        if self._shown is None or self._shown.row.id != shown.row.id:
            self._open = False
            self.query_one("#text", VerticalScroll).scroll_home(animate=False)
        self._shown = shown
        self.query_one("#lines", Drawn).show(self._lines)

    def _lines(self, width: int) -> list[Line]:
        shown = self._shown
        lines: list[Line] = [head(shown.row.title), "", *para(shown.text, width), "", strong(shown.question)]
        if self._open:
            lines += ["", *para(shown.answer, width), "", *faint_para(rests_on(shown.sources), width)]
            read = "Kept as read." if shown.row.read else "Had you thought of that? y or n keeps it as read."
            lines += ["", read]
        else:
            lines.append("Think of an answer, then press Enter.")
        return lines

    def action_answer(self) -> None:
        """Show what is meant."""
        self._open = True
        self.query_one("#lines", Drawn).show(self._lines)
        self.query_one("#text", VerticalScroll).scroll_end(animate=False)

    def action_known(self, answer: str) -> None:
        """Keep that it was read."""
        if self._open and self._shown is not None:
            name = self._shown.row.id
            self.save("the lesson", lambda coach: coach.lesson_read(name, answer == "yes"))
