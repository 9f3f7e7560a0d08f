"""A clinician's word that opens the plan: for which reason, by whom, when; asked one after the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from coach.cases import clinicians
from coach.model.assessment import Clearance
from coach.tui.screens.ask import Ask
from coach.tui.screens.wish import Wish

if TYPE_CHECKING:
    from coach.model.assessment import Triage
    from coach.tui.base import Page


def ask(page: Page, triage: Triage, done: Callable[[Clearance], None]) -> None:
    """Ask over the page, and give the clearance; Escape at any question leaves it all."""
    screens = (
        lambda: Ask(clinicians.TEXT, clinicians.reasons(triage)),
        lambda: Ask(clinicians.WHO, clinicians.CLINICIANS),
        lambda: Wish(clinicians.NAME, None),
        lambda: Wish(clinicians.DAYS, None),
    )
    given: list[Any] = []

    def heard(value: Any) -> None:
        if value is None or value == "":
            return
        given.append(value)
        if len(given) < len(screens):
            page.app.push_screen(screens[len(given)](), heard)
        else:
            done(clinicians.word(page.coach().today_date, *given))

    page.app.push_screen(screens[0](), heard)
