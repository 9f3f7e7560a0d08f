"""Drafts: what stands half typed or half chosen is kept once a second, and when a page or the app is left."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from textual.await_complete import AwaitComplete

from coach.tui.ahead import Ahead
from coach.tui.base import Box, Page
from coach.tui.saving import Saving

if TYPE_CHECKING:
    from coach.coach import Coach


class Drafting(Ahead):
    """The part of the app that keeps drafts. A page gives its own in `Asking.draft`."""

    def __init__(self, opener: Callable[[], Coach], **options: Any) -> None:
        super().__init__(opener, **options)
        self.saving = Saving(opener)
        self._drafts: dict[str, Any] = {}
        """As they are on the disk, or about to be; null for one that was let go."""
        self._dropping = False
        self._homed = False
        """Whether the home was there once: one that is taken away is not made again for a draft."""

    def draft_of(self, key: str) -> Any:
        """What was left half done under a key, or null."""
        if key not in self._drafts:
            self._drafts[key] = self.coach().drafts().get(key)
        return self._drafts[key]

    def let_go(self, key: str) -> None:
        """A draft was given, or is no longer wanted; a key that ends in ``*`` is all that begin so."""
        all_of = key.endswith("*")
        mine = [each for each in self._drafts if each == key or (all_of and each.startswith(key[:-1]))]
        self._drafts |= dict.fromkeys(mine)
        self._keep({key: None}, given=True)

    def keep_drafts(self) -> None:
        """Keep what stands half done on the pages that are open, where it is not what was kept last."""
        changed: dict[str, Any] = {}
        if self._dropping:
            return
        for each in self.screen_stack if self._running else ():
            if isinstance(each, Page | Box) and each.is_mounted and (made := each.draft()) is not None:
                key, value = made
                if value != self._drafts.get(key):
                    changed[key] = self._drafts[key] = value
        if kept := {key: value for key, value in changed.items() if value is not None}:
            self._keep(kept)
        if given := {key: None for key, value in changed.items() if value is None}:
            self._keep(given, given=True)

    def _keep(self, changed: dict[str, Any], *, given: bool = False) -> None:
        home = os.path.isdir(self.coach().home)
        if home or not self._homed:
            self.saving.quietly(self, lambda coach: coach.keep_drafts(changed), after=given)
        self._homed = self._homed or home

    def drop_pages(self) -> None:
        """All was deleted: leave every page for Today, and keep nothing of what stands in them."""
        self._drafts.clear()
        self._dropping = True
        while len(self.screen_stack) > 1:
            self.pop_screen()
        self._dropping = False
        # what was on its way to the disk when all was deleted came after it
        self.saving.quietly(self, lambda coach: coach.keep_drafts({"*": None}))

    # -- when ------------------------------------------------------------------------------------

    def pop_screen(self) -> AwaitComplete:
        """Leave a page; what stands half done on it is there when one comes back."""
        self.keep_drafts()
        return super().pop_screen()

    def end_pages(self) -> None:
        """The app ends, or fell: keep what stands typed."""
        for each in self.screen_stack if self._running else ():
            if isinstance(each, Page | Box) and each.is_mounted:
                each.ending()
        self.keep_drafts()

    def _handle_exception(self, error: Exception) -> None:
        with suppress(Exception):
            self.end_pages()
        super()._handle_exception(error)
