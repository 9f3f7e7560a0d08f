"""Moving between pages: Today lies under all, a main page over it, and pages about one thing on top."""

from __future__ import annotations

from typing import Any

from coach.tui import pages
from coach.tui.base import Page
from coach.tui.outside import Outside


class Moving(Outside):
    """The part of the app that opens pages and goes back."""

    def action_go(self, name: str) -> None:
        """Open the page of an action: a main page over Today, any other over what is there."""
        if name in pages.FRESH:
            if not any(
                type(each).__name__ == pages.FRESH[name].partition(":")[2] for each in self.screen_stack
            ):
                self.push_screen(pages.make(pages.FRESH[name]))
            return
        while len(self.screen_stack) > 1:
            self.pop_screen()
        if name != "today":
            self.push_screen(name)

    def open(self, name: str, about: Any) -> None:
        """Open the page about one thing, over what is there."""
        page = self.get_screen(name)
        assert isinstance(page, Page)
        page.about = about
        if page in self.screen_stack:
            while self.screen is not page:
                self.pop_screen()
            page.renew()
        else:
            page.seen = ()
            self.push_screen(name)

    def action_show(self, name: str, about: Any) -> None:
        """Open the page about one thing: what a click on it does."""
        self.open(name, about)

    def back(self) -> None:
        """Leave the page on top; under all of them lies Today."""
        if len(self.screen_stack) > 1:
            self.pop_screen()

    async def action_back(self) -> None:
        """Go back one page."""
        self.back()

    def action_command_palette(self) -> None:
        """Find anything by its name."""
        from coach.tui.finder import Palette

        if not self.screen.is_modal:
            self.push_screen(Palette(id="--command-palette", placeholder="What are you looking for?"))

    def action_press(self, key: str) -> None:
        """Do as if a key were pressed: what a click on the bottom line does."""
        self.simulate_key(key)
