"""A list to choose from."""

from __future__ import annotations

from typing import Any

from textual.widgets import OptionList
from textual.widgets.option_list import Option


class Rows(OptionList):
    """An `OptionList` whose texts are data, never markup."""

    def __init__(self, *content: Option, id: str | None = None, **options: Any) -> None:  # noqa: A002
        super().__init__(*content, id=id, markup=False, **options)

    def action_page_up(self) -> None:
        """A page up; a list that was filled in this moment has no pages yet (textual looks them up)."""
        try:
            super().action_page_up()  # type: ignore[no-untyped-call]
        except LookupError:
            self.action_first()

    def action_page_down(self) -> None:
        """A page down."""
        try:
            super().action_page_down()  # type: ignore[no-untyped-call]
        except LookupError:
            self.action_last()
