"""Today: what is due and why, in every state a day can have, with one action on Enter."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.style import Style

from coach.draw.days import primary
from coach.problems import NothingToDo
from coach.tui.base import Page
from coach.tui.screens import today_lines as lines
from coach.tui.widgets.drawn import Drawn, Line

ROOMY = 32
"""Lines of a terminal from which a why may take more than one."""


class TodayPage(Page):
    """The page that lies under all others."""

    NAME: ClassVar[str] = "Today"
    DEFAULT_CSS = """
    TodayPage #day { height: 1fr; padding-top: 1; scrollbar-size-vertical: 1; }
    TodayPage #side { margin-top: 1; }
    TodayPage #next { height: 1; margin-top: 1; }
    TodayPage.-narrow #next { margin-top: 0; }
    TodayPage.-wide #day { layout: horizontal; }
    TodayPage.-wide #main { width: 3fr; margin-right: 4; }
    TodayPage.-wide #side { width: 2fr; margin-top: 0; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        Binding("enter", "next", "Next", show=False),
        Binding("n", "anew", "Start over"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.primary = ("", "")
        self.begun: Any = None
        """What was left half-way."""
        self._painted = False

    def body(self) -> ComposeResult:
        """What is due, what stands beside it, and the one thing to do next."""
        with VerticalScroll(id="day"):
            yield Drawn(id="main")
            yield Drawn(id="side")
        yield Drawn(id="next")

    def on_mount(self) -> None:
        """What can be clicked is not underlined here: that is every line of it."""
        for each in self.query(Drawn):
            each.auto_links = False

    def reload(self) -> None:
        """Read the day."""
        coach = self.coach()
        self.begun = coach.begun()
        try:
            found = coach.today() if coach.has_episode() else None
        except NothingToDo:
            found = None
        main, side = self.query_one("#main", Drawn), self.query_one("#side", Drawn)
        side.display = found is not None and not found.withheld
        if found is None:
            begun = self.begun
            main.show(lambda width: lines.welcome(width, begun))
        elif found.withheld:
            main.show(lambda width: lines.withheld(found, width))
        else:
            main.show(lambda width: lines.main(found, width, roomy=self.size.height >= ROOMY))
            if self._painted:
                self._beside(side, found)
            else:  # what stands beside needs two more readings: the first frame does not wait for them
                self.call_after_refresh(self._beside, side, found)
            self._painted = True
        self.primary = primary(found, self.begun)
        self.refresh_bindings()
        self.query_one("#next", Drawn).show(self._button)

    def _beside(self, side: Drawn, found: Any) -> None:
        from coach.draw.rhythm import rhythm

        coach = self.coach()
        week, history = coach.plan().week, coach.history()
        lived = found.day.state not in ("before_start", "finished", "stopped")
        new = lines.news(self.begun, coach.lesson_waiting() if lived else "")

        def draw(width: int) -> list[Line]:
            return lines.side(found, rhythm(week, history, found.date, width) if lived else [], width, new)

        side.show(draw)

    def _button(self, width: int) -> list[Line]:
        action, text = self.primary
        if not action:
            return []
        label = f" Enter  {text} "[:width]
        pressed = Style.from_meta({"@click": "screen.next"})
        return [Content.styled(label, "bold reverse").stylize(pressed)]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only questions that were left can be begun anew."""
        left = self.begun is not None and self.begun.answered and self.begun.first
        return action != "anew" or bool(left)

    def action_anew(self) -> None:
        """Throw the answers so far away, when that is really wanted, and begin with the first question."""
        from coach.tui.screens.ask import Ask

        def decided(answer: str | None) -> None:
            if answer:
                self.coach().start_over()
                self.let_go("interview/*")
                self.renew()
                self.coach_app.action_go("assess")

        count = self.begun.answered
        text = f"Start over? The {count} answers you have given are thrown away for good."
        choices = (("y", "Yes, start over", "yes"), ("n", "No, keep them", ""))
        self.app.push_screen(Ask(text, choices), decided)

    def action_next(self) -> None:
        """Do the one thing that comes next."""
        if self.primary[0]:
            self.coach_app.action_go(self.primary[0])
