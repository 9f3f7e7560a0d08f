"""A clinician's word that opens the plan: for which reason, by whom, when; asked one after the other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from coach.model.assessment import Clearance, Item
from coach.model.text import one_line
from coach.tui.screens.ask import Ask
from coach.tui.screens.wish import Wish

if TYPE_CHECKING:
    from coach.model.assessment import Triage
    from coach.tui.base import Page

TEXT = "Which of these did a clinician examine, and clear you for exercise?"
CLINICIANS = (
    ("1", "A doctor", "doctor"),
    ("2", "A physiotherapist", "physiotherapist"),
    ("3", "A midwife", "midwife"),
)
NAME = Item(id="name", text="What is the name of that clinician?", kind="text")
DAYS = Item(
    id="days",
    text="How many days ago was the examination?",
    help="0 is today, 7 a week ago.",
    kind="number",
    minimum=0,
    maximum=90,
)


def ask(page: Page, triage: Triage, done: Callable[[Clearance], None]) -> None:
    """Ask over the page, and give the clearance; Escape at any question leaves it all."""
    waiting = [each for each in triage.fired if each.level == "T1_CLINICIAN"]
    reasons = tuple((str(place), each.reason, each.id) for place, each in enumerate(waiting[:9], 1))
    screens = (
        lambda: Ask(TEXT, (*reasons, ("n", "None of them yet", ""))),
        lambda: Ask("Who examined you?", CLINICIANS),
        lambda: Wish(NAME, None),
        lambda: Wish(DAYS, None),
    )
    given: list[Any] = []

    def heard(value: Any) -> None:
        if value is None or value == "":
            return
        given.append(value)
        if len(given) < len(screens):
            page.app.push_screen(screens[len(given)](), heard)
        else:
            done(_word(page, *given))

    page.app.push_screen(screens[0](), heard)


def _word(page: Page, reason: str, clinician: Any, name: str, days: float) -> Clearance:
    day = page.coach().today_date - timedelta(days=int(days))
    return Clearance(
        id=reason,
        clinician=clinician,
        name=one_line(name, 80),
        first_yes=day,
        date=day,
        examined=True,
        cleared=True,
    )
