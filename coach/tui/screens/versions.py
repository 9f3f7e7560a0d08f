"""Every version of the plan, why it was made, and what was different."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from coach.draw import changes, words
from coach.tui.base import Page
from coach.tui.keys import plainly
from coach.tui.lines import head, para
from coach.tui.widgets.drawn import Drawn, Line
from coach.tui.widgets.rows import Rows


class VersionsPage(Page):
    """The history of the plan, newest first; below it the difference to the version before."""

    NAME: ClassVar[str] = "Versions of the plan"
    DEFAULT_CSS = """
    VersionsPage #versions { height: auto; max-height: 50%; margin-top: 1; }
    VersionsPage #change { height: 1fr; margin-top: 1; scrollbar-size-vertical: 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._versions: tuple[Any, ...] = ()

    def body(self) -> ComposeResult:
        """The list, and what changed."""
        yield Rows(id="versions")
        with VerticalScroll(id="change", can_focus=False):
            yield Drawn(id="lines")

    def reload(self) -> None:
        """Read all versions."""
        self._versions = tuple(reversed(self.coach().plan_versions()))
        rows = self.query_one("#versions", OptionList)
        rows.clear_options()
        for each in self._versions:
            made = each.origin.date if each.origin else each.made
            text = each.reason.text if each.reason else "written from the assessment"
            rows.add_option(
                Option(f"{each.id:<4} {words.day(made):<11} week {each.week.number:<3} {text}", id=each.id)
            )
        rows.highlighted = 0

    @on(OptionList.OptionHighlighted)
    def _look(self, event: OptionList.OptionHighlighted) -> None:
        at = event.option_index
        new = self._versions[at]
        old = self._versions[at + 1] if at + 1 < len(self._versions) else None

        def draw(width: int) -> list[Line]:
            reason = new.reason.text if new.reason else "Written from the assessment."
            lines: list[Line] = [head(f"Version {new.id}"), *para(plainly(reason), width), ""]
            return lines + (
                [plainly(line) for line in changes.diff(old, new)] if old else ["The first version."]
            )

        self.query_one("#lines", Drawn).show(draw)
