"""Settings: what the plan asks of the week, and how the app looks and sounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import msgspec
from textual import on
from textual.app import ComposeResult
from textual.widgets import OptionList
from textual.widgets.option_list import Option as Row

from coach.tui.base import Page
from coach.tui.lines import beside, faint_para, para
from coach.tui.widgets.drawn import Drawn, Line
from coach.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from coach.cases.options import Option

TITLES = {"app": "This app", "plan": "Your plan"}
ROW = 76
"""Columns of a row at most, so that a value stays near its name."""


class SettingsPage(Page):
    """A list; Enter changes the line under the cursor."""

    NAME: ClassVar[str] = "Settings"
    ENTER: ClassVar[str] = "Change"
    DEFAULT_CSS = """
    SettingsPage #rows { height: auto; max-height: 1fr; margin-top: 1; }
    SettingsPage #hint { margin-top: 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._options: dict[str, Option] = {}

    def body(self) -> ComposeResult:
        """The list and what it means."""
        yield Rows(id="rows")
        yield Drawn(hint, id="hint")

    def reload(self) -> None:
        """Read all that can be set."""
        self._options = {each.item.id: each for each in self.coach().options()}
        self._fill()

    def _fill(self) -> None:
        rows = self.query_one("#rows", OptionList)
        at = rows.highlighted
        width = max(40, self.size.width - 5)
        made: list[Row] = []
        group = ""
        for name, each in self._options.items():
            if each.group != group:
                group = each.group
                made.append(Row(TITLES[group], disabled=True))
            made.append(Row(_row(each.label, each.shown, width), id=name))
        rows.clear_options()
        rows.add_options(made)
        rows.highlighted = at if at is not None and at < len(made) else 1

    def resized(self) -> None:
        """Values stand at the right edge."""
        if self.seen is not None:
            self._fill()

    @on(OptionList.OptionSelected)
    def _change(self, event: OptionList.OptionSelected) -> None:
        """A choice of the app goes on to its next; anything else is asked."""
        option = self._options[str(event.option_id)]
        item = option.item
        if option.group == "app" and item.choices:
            values = [each.value for each in item.choices]
            at = values.index(str(option.value)) if option.value in values else -1
            chosen = item.choices[(at + 1) % len(values)]
            self._options[item.id] = msgspec.structs.replace(option, value=chosen.value, shown=chosen.text)
            self._fill()
            self.request(item.id, lambda coach: coach.set_option(item.id, chosen.value))
            return
        from coach.tui.screens.wish import Wish

        def given(value: Any) -> None:
            if value is not None:
                self.request(item.id, lambda coach: coach.set_option(item.id, value))

        self.app.push_screen(Wish(item, option.value), given)

    def saved(self, what: str, result: Any) -> None:
        """Wear a new setting of the app, and say what a new wish did."""
        self.coach_app.settings = self.coach().settings()
        self.coach_app.dress()
        if result.option.group == "plan" or result.option.item.kind == "text":
            self.coach_app.tell(result.text, severe=result.withheld)


def hint(width: int) -> list[Line]:
    """What a change does."""
    return [
        *para("A change to your plan counts at once, at the same doses; u takes it back.", width),
        *faint_para("Reminders are set up outside the app, in a shell: coach remind --help", width),
    ]


def _row(text: str, value: str, width: int) -> str:
    return "\n".join(beside(f"  {text}", value, min(width, ROW)))
