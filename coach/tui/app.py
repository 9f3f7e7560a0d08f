"""The app: it opens pages, looks once a second whether somebody else wrote, and saves in order."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import App
from textual.binding import Binding
from textual.screen import Screen
from textual.widgets._toast import ToastRack

from coach.problems import ELSEWHERE, Problem
from coach.tui import pages
from coach.tui.base import Box, Page
from coach.tui.drafting import Drafting
from coach.tui.keys import bound, plainly
from coach.tui.saving import Do, NotKept, NotSaved, Saved
from coach.tui.theme import themes
from coach.tui.widgets.bars import Top

if TYPE_CHECKING:
    from textual.command import Provider

    from coach.cases.settings import Settings
    from coach.coach import Coach

LOOK_S = 1.0
"""Seconds between two looks at the journal: one ``stat`` or two."""


def _finder() -> type[Provider]:
    from coach.tui.finder import Finder

    return Finder


class CoachApp(Drafting):
    """The terminal app over one home; ``opener`` gives a fresh `Coach` for today."""

    TITLE: str | None = "coach"
    SCREENS: ClassVar[dict[str, Callable[[], Screen[Any]]]] = pages.kept()
    COMMANDS: ClassVar[set[Any]] = {_finder}
    HORIZONTAL_BREAKPOINTS = [
        (0, "-narrow"),
        (76, "-usual"),
        (110, "-wide"),
    ]
    BINDINGS: ClassVar[list[Any]] = [
        Binding(key, action, label, show=shown, id=action) for key, action, label, shown in bound()
    ]
    CSS = """
    Toast { max-width: 60; } ToastRack { margin-bottom: 3; }
    CommandPalette SearchIcon { display: none; }
    OptionList { background: $background; border: none; padding: 0; }
    OptionList:focus { border: none; }
    OptionList > .option-list--option-disabled { color: $primary; text-style: bold; }
    OptionList > .option-list--option-highlighted { text-style: bold; }
    Input > .input--placeholder { color: $foreground 75%; }
    Input > .input--selection { background: $primary; color: $background; }
    OptionList:nocolor > .option-list--option-highlighted { text-style: bold underline; }
    OptionList:nocolor:focus > .option-list--option-highlighted { text-style: bold underline; }
    """

    def __init__(self, opener: Callable[[], Coach]) -> None:
        # under NO_COLOR the terminal's own two colours are used: bold and reverse carry what matters
        super().__init__(opener, ansi_color=True if "NO_COLOR" in os.environ else None)
        self.state: tuple[str, ...] = ()
        """How things stand, for the top line."""
        self.settings: Settings = opener().settings()
        for theme in themes():
            self.register_theme(theme)
        # set without its watcher: that one would have all styles parsed twice before the first frame
        self.set_reactive(App.theme, f"coach-{self.settings.theme}")
        self.stylesheet.set_variables(self.get_css_variables())
        self.set_class(self.current_theme.dark, "-dark-mode", update=False)
        self.set_class(not self.current_theme.dark, "-light-mode", update=False)
        self.animation_level = "full" if self.settings.motion else "none"

    def dress(self) -> None:
        """Put the settings of the face into force."""
        self.theme = f"coach-{self.settings.theme}"
        self.animation_level = "full" if self.settings.motion else "none"

    def ring(self) -> None:
        """Ring the terminal bell, where it is wanted."""
        if self.settings.bell:
            self.bell()

    def tell(self, text: str, *, severe: bool = False) -> None:
        """Say something in passing; the text is data and never read as markup."""
        self.notify(
            plainly(text),
            severity="warning" if severe else "information",
            timeout=8 if severe else 4,
            markup=False,
        )

    def _refresh_notifications(self) -> None:
        if self._notifications and not self._disable_notifications and not self.screen.query(ToastRack):
            self.screen.mount(ToastRack(id="textual-toastrack"), before=0)
        super()._refresh_notifications()

    # -- life ----------------------------------------------------------------------------------

    def get_default_screen(self) -> Screen[Any]:
        """Today lies under everything."""
        coach = self.coach()
        self.seen = (coach.today_date, coach.token())
        return self.get_screen("today")

    def on_mount(self) -> None:
        """Begin to look for what others write; how things stand is read when the first frame is out."""
        self.call_after_refresh(self._stand)
        self.set_interval(LOOK_S, self.look)

    def settle(self) -> None:
        """Take the journal as it is now for seen."""
        self.forget()
        coach = self.coach()
        self.seen = (coach.today_date, coach.token())
        self._read_state(coach)

    def _stand(self) -> None:
        self._read_state(self.coach())
        for each in self.screen_stack:
            if isinstance(each, Page) and each.is_mounted:
                each.query_one(Top).show(each.heading(), self.state)

    def _read_state(self, coach: Coach) -> None:
        try:
            parts = (part.partition(": coach")[0] for part in coach.status_parts().values())
            self.state = tuple(plainly(part) for part in parts if part)
        except Problem:
            self.state = ()

    def look(self) -> None:
        """Once a second: keep drafts, and show what another process wrote, or that the day is over."""
        self.keep_drafts()
        if self.saving.waiting:
            return
        coach = self.coach()
        day, token = self.seen
        if coach.today_date == day and not coach.changed(token):
            return
        if token and token[-1] and not coach.has_episode():
            self.drop_pages()
            self.tell("Everything was deleted elsewhere, or its folder has gone.", severe=True)
        self.settle()
        self.renew()
        if not coach.has_episode():
            return
        if coach.today_date != day:
            self.tell("A new day has begun.")
        else:
            self.tell("Something was noted elsewhere. This page is up to date.")

    def renew(self) -> None:
        """Fill the page that shows; the others are filled when one comes back to them."""
        page = next((each for each in reversed(self.screen_stack) if isinstance(each, Page)), None)
        if page is not None and page.is_mounted:
            page.renew()
        box = self.screen
        if isinstance(box, Box) and box.is_mounted and not self.saving.waiting:
            box.elsewhere()

    # -- saving --------------------------------------------------------------------------------

    def save(self, page: Screen[Any], what: str, do: Do, *, asked: bool = False) -> None:
        """Write something in the thread that saves; ``asked`` sends a refusal to the page alone."""
        self.saving.put(self, page, what, do, asked=asked)

    @on(Saved)
    def _saved(self, event: Saved) -> None:
        self.settle()
        for notice in getattr(event.result, "notices", ()):
            self.tell(notice, severe=True)
        if event.page.is_attached and isinstance(event.page, Page | Box):
            event.page.saved(event.what, event.result)
        self.renew()

    @on(NotKept)
    def _not_kept(self, event: NotKept) -> None:
        self.tell(f"What stands half typed is kept in memory alone. {event.problem.message}", severe=True)

    @on(NotSaved)
    def _not_saved(self, event: NotSaved) -> None:
        from coach.tui.screens.ask import Ask

        if event.asked and isinstance(event.page, Page | Box) and event.page.is_attached:
            event.page.refused(event.what, event.problem)
            return
        if event.problem.code == ELSEWHERE:  # trying again would be for something else
            self.tell(f"{event.problem.message} {event.problem.hint}".strip(), severe=True)
            return
        text = f"{event.what[:1].upper()}{event.what[1:]} could not be saved. {event.problem.message}"

        def decided(again: str | None) -> None:
            if again == "again":
                self.saving.put(self, event.page, event.what, event.do)

        self.push_screen(
            Ask(text, (("r", "Try again", "again"), ("g", "Let it go", "")), event.problem.hint), decided
        )

    def exit(self, result: None = None, return_code: int = 0, message: Any = None) -> None:
        """Leave, by a key or because the system asks: what stands typed is kept first."""
        self.end_pages()
        super().exit(result, return_code, message)

    def action_leave(self) -> None:
        """Leave; what waits to be written is written first."""
        self.exit()

    async def action_quit(self) -> None:
        """Leave, as ``q`` does."""
        self.exit()


def run(opener: Callable[[], Coach]) -> int:
    """Run the app until the person leaves; the exit code."""
    app = CoachApp(opener)
    app.run()
    app.saving.close()
    for each in app.saving.lost:
        import sys

        sys.stderr.write(f"coach: {each}\n")
    return app.return_code or 0
