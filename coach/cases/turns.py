"""Turns that life takes, asked as one question with a few answers: a flare-up, a pause."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from coach.cases import daily
from coach.desk import Desk
from coach.facts import facts
from coach.model.noun import Noun

Name = Literal["flare", "pause"]
NAMES: tuple[Name, ...] = ("flare", "pause")


class Turn(Noun, frozen=True, kw_only=True):
    """What is asked today; an empty value changes nothing."""

    text: str
    choices: tuple[tuple[str, str, str], ...]
    """Key, text and value of each answer."""


def turn(desk: Desk, name: Name) -> Turn:
    """The question that fits the day. May raise `NothingToDo` and `Withheld`."""
    now = facts(desk.read(), desk.today)
    if name == "flare":
        if now.get("flare"):
            over = (("y", "Yes, it is over", "end"), ("n", "Not yet", ""))
            return Turn(text="Is the flare-up over? The plan then comes back in steps.", choices=over)
        return Turn(
            text="A flare-up is your usual pain, clearly stronger. It is common and does not mean damage. "
            "Today's plan becomes the flare kit: gentle moves and short walks. If something is new, such as "
            "numbness or weakness, say no here, then check in and name the warning sign.",
            choices=(("y", "Yes, a flare-up began", "start"), ("n", "No", "")),
        )
    today = desk.today.isoformat()
    if now.get("paused_from", "9") <= today <= now.get("paused_until", ""):
        back = (("y", "Yes, end the pause", "end"), ("n", "Not yet", ""))
        return Turn(text=f"Paused until {now['paused_until']}. Are you back?", choices=back)
    return Turn(
        text="How long do the days not count? From today, for travel, illness, anything.",
        choices=(
            ("1", "today only", "1"),
            ("3", "three days", "3"),
            ("7", "a week", "7"),
            ("2", "two weeks", "14"),
            ("n", "not at all", ""),
        ),
    )


def take(desk: Desk, name: Name, value: str) -> str:
    """Do what was chosen; what to say about it."""
    if name == "flare" and value == "start":
        daily.declare_flare(desk)
        return "The flare kit is today's plan. It is common, and it does not mean damage."
    if name == "flare" and value == "end":
        daily.end_flare(desk)
        return "The flare-up is over. The plan comes back in steps."
    if name == "pause" and value == "end":
        daily.end_pause(desk)
        return "Welcome back. The pause is over."
    if name == "pause" and value:
        made = daily.pause(desk, desk.today, desk.today + timedelta(days=int(value) - 1))
        return f"Paused until {made.end}. These days do not count against you."
    return ""
