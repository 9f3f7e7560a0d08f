"""The command palette: every declared action that has a page, and every exercise of the plan."""

from __future__ import annotations

from functools import partial
from typing import Any

from textual.await_complete import AwaitComplete
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from coach.actions import ACTIONS, KEYS
from coach.tui import pages


class Palette(CommandPalette):
    """The palette, safe against two Enters in the same moment."""

    def dismiss(self, result: Any = None) -> AwaitComplete:
        """Leave once."""
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def _action_command_list(self, action: str) -> None:
        try:
            super()._action_command_list(action)
        except LookupError:  # a page up or down in a list that was filled in this moment
            return


class Finder(Provider):
    """Actions by name and by what they do."""

    def _actions(self) -> list[tuple[str, str, str]]:
        return [
            (each.name, each.label, each.help)
            for each in (*ACTIONS, *KEYS)
            if each.name in pages.KEPT or each.name in pages.FRESH
        ]

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        for name, label, text in self._actions():
            yield DiscoveryHit(Content(label), partial(self.app.run_action, f"go('{name}')"), help=text)

    async def search(self, query: str) -> Hits:
        """Those that fit what was typed."""
        matcher = self.matcher(query)
        for name, label, text in self._actions():
            score = max(matcher.match(label), matcher.match(text) * 0.8)
            if score > 0:
                go = partial(self.app.run_action, f"go('{name}')")
                yield Hit(score, Content(label), go, text=label, help=text)
