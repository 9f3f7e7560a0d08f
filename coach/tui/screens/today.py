"""Today."""

from __future__ import annotations

from typing import ClassVar

from coach.tui.base import Page
from coach.tui.widgets.drawn import Drawn


class TodayPage(Page):
    """What is due."""

    NAME: ClassVar[str] = "Today"

    def reload(self) -> None:
        """Read the day."""
        from coach.draw.days import today

        found = self.coach().today()
        self.query_one("#lines", Drawn).show(lambda width: today(found, width))
