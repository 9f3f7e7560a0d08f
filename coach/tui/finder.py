"""The command palette: every declared action, the parts of the pages, every exercise and every lesson."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from textual.await_complete import AwaitComplete
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from coach.actions import ACTIONS, KEYS
from coach.problems import Problem
from coach.tui.keys import has_page, name_of

if TYPE_CHECKING:
    from coach.tui.app import CoachApp

Found = tuple[str, str, Callable[[], Any]]
"""Name, what it is or does, and what choosing it does."""
APP_ONLY = ("palette",)
"""What makes no sense to look for here."""


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
    """Actions, parts of pages, exercises and lessons, by name and by what they do."""

    @property
    def coach_app(self) -> CoachApp:
        """The app."""
        return cast("CoachApp", self.app)

    def _actions(self) -> Iterator[Found]:
        shell = []
        for each in (*ACTIONS, *KEYS):
            key = f"  (key {name_of(each.key)})" if each.key else ""
            if has_page(each.name):
                yield each.label, f"{each.help}{key}", partial(self.app.run_action, f"go('{each.name}')")
            elif each in KEYS and each.name not in APP_ONLY:
                what = "leave" if each.name == "quit" else each.name
                yield each.label, f"{each.help}{key}", partial(self.app.run_action, what)
            elif each not in KEYS:
                shell.append(each)
        for each in shell:
            if each.name == "swap":
                yield "Swap an exercise", each.help, self._swap
                continue
            said = f"{each.help} This is done in a shell: coach {each.name} --help"
            yield f"{each.label} (in a shell)", each.help, partial(self.coach_app.tell, said)

    def _parts(self) -> Iterator[Found]:
        from coach.tui.screens.progress import SHORT

        for part, name in SHORT.items():
            yield f"Progress: {name}", "A part of the progress page.", partial(self._progress, part)
        yield "Versions of the plan", "Every version, and what changed.", partial(self._versions)

    def _things(self) -> Iterator[Found]:
        """Exercises and lessons; none where they cannot be read now."""
        app = self.coach_app
        try:
            for each in app.known("library ()", lambda coach: coach.library()).exercises:
                yield each.name, "Exercise: why and how.", partial(app.open, "exercise", each.id)
            for one in app.known("lessons", lambda coach: coach.lessons()):
                yield one.title, f"Lesson {one.week}.", partial(app.open, "lesson", one.id)
        except Problem:
            return

    def _progress(self, part: str) -> None:
        from coach.tui.screens.progress import ProgressPage

        self.coach_app.action_go("progress")
        page = self.app.screen
        if isinstance(page, ProgressPage):
            page.call_after_refresh(page.action_pick, part)

    def _swap(self) -> None:
        self.coach_app.action_go("plan")
        self.coach_app.tell("Open the week, then the exercise that is to go: there w swaps it.")

    def _versions(self) -> None:
        self.coach_app.action_go("plan")
        self.coach_app.open("versions", None)

    async def discover(self) -> Hits:
        """All that can be done, before anything is typed."""
        for name, text, do in self._actions():
            yield DiscoveryHit(Content(name), do, help=text)

    async def search(self, query: str) -> Hits:
        """What fits the words that were typed."""
        matcher = self.matcher(query)
        for name, text, do in (*self._actions(), *self._parts(), *self._things()):
            score = max(matcher.match(name), matcher.match(text) * 0.5)
            if score > 0:
                yield Hit(score, Content(name), do, text=name, help=text)
