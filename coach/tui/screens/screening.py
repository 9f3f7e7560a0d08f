"""The weekly safety questions, as the screens need them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coach.coach import Coach


def signs(coach: Coach) -> tuple[tuple[str, str], ...]:
    """Warning signs of the mini-screen: id and the question about it."""
    interview = coach.interview("weekly")
    found = interview.items if interview else {}
    return tuple((name, item.text) for name, item in found.items() if name.startswith("ms_"))
