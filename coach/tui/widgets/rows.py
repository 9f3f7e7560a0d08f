"""A list to choose from."""

from __future__ import annotations

import re
import textwrap
from typing import Any

from textual.events import Click
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

_LEAD = re.compile(r"[ \d]\d? {1,2}(?:\[.\] )?")
"""Number and mark before a text."""


class Rows(OptionList):
    """An `OptionList` whose texts are data, never markup."""

    def __init__(self, *content: Option, id: str | None = None, **options: Any) -> None:  # noqa: A002
        super().__init__(*content, id=id, markup=False, **options)
        self._hung: tuple[str, ...] = ()
        self._lead: int | None = None

    def hang(self, texts: list[str], at: int | None, *, lead: int | None = None) -> None:
        """Fill it with texts that wrap under themselves: under their first letter, not under their number.

        ``lead`` is how many columns stand before the first letter, where it is not a number.
        """
        self._hung, self._lead = tuple(texts), lead
        width = max(20, self.size.width - 2)
        self.clear_options()
        self.add_options(Option("\n".join(_under(text, width, lead))) for text in texts)
        self.highlighted = at

    def on_resize(self) -> None:
        """Wrap again."""
        if self._hung:
            self.hang(list(self._hung), self.highlighted, lead=self._lead)

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


class Marks(Rows):
    """A list of which several may be chosen, where ``many`` is set: Enter goes on, a click chooses."""

    class Pointed(Message):
        """A row was clicked in a list of several."""

        def __init__(self, at: int) -> None:
            super().__init__()
            self.at = at

    def __init__(self, *content: Option, id: str | None = None, **options: Any) -> None:  # noqa: A002
        super().__init__(*content, id=id, **options)
        self.many = False

    def on_click(self, event: Click) -> None:
        """A click chooses, in the place of what it does in a list of which one is taken."""
        at = event.style.meta.get("option")
        if self.many and at is not None:
            event.prevent_default()
            self.highlighted = at
            self.post_message(self.Pointed(at))


def _under(text: str, width: int, columns: int | None = None) -> list[str]:
    """A text broken at the width; what follows stands under the first letter after marks and number."""
    found = _LEAD.match(text)
    lead = " " * (columns if columns is not None else found.end() if found else 0)
    return textwrap.wrap(text, width, subsequent_indent=lead, drop_whitespace=True) or [text]
