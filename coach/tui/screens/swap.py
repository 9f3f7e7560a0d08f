"""Another exercise in the place of one: for today's session, or from the next one on."""

from __future__ import annotations

from typing import Any

from coach.problems import Problem
from coach.tui.base import Page, said
from coach.tui.screens.ask import Ask

MOST = 9
"""Choices that have a digit."""


def ask(page: Page, exercise: str, name: str) -> None:
    """Ask how long, then which, and let the page save it as ``the swap``."""

    def chosen(when: str | None) -> None:
        if when:
            _which(page, exercise, name, for_today=when == "today")

    text = f"Another exercise in the place of {name}. For how long?"
    choices = (
        ("1", "from the next session on", "on"),
        ("2", "only in the session that is due today", "today"),
        ("n", "not at all", ""),
    )
    page.app.push_screen(Ask(text, choices), chosen)


def _which(page: Page, exercise: str, name: str, *, for_today: bool) -> None:
    try:
        found: Any = page.coach().swap(exercise, for_today=for_today)
    except Problem as problem:
        page.coach_app.tell(said(problem), severe=True)
        return

    def chosen(to: str | None) -> None:
        if to:
            page.request("the swap", lambda coach: coach.swap(exercise, to, for_today=for_today))

    choices = tuple((str(at), each.name, each.id) for at, each in enumerate(found.choices[:MOST], 1))
    text = f"What instead of {name}? All of these fit your plan, your equipment and what to be careful with."
    page.app.push_screen(Ask(text, (*choices, ("n", "none of these", ""))), chosen)
