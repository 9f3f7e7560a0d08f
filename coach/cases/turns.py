"""Turns that life takes, each asked as one question with a few answers; the same on both faces."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Literal

from coach.cases import daily
from coach.desk import Desk
from coach.draw.words import listed
from coach.facts import facts
from coach.model.noun import Noun
from coach.problems import NothingToDo

Name = Literal["flare", "pause", "skip", "undo"]
NAMES: tuple[Name, ...] = ("flare", "pause", "skip", "undo")
AGAIN = (
    ("1", "Only the safety questions, again", "rescreen"),
    ("2", "Measure again: pain, function, goals, sleep, stress", "again"),
    ("3", "All questions from the start", "enrolment"),
)
MORE = ("4", "What the first sitting left for later", "more")
"""Which questions are answered once more: key, text, occasion."""

FULL = (
    ("1", "Answer them now, about 3 minutes; then the review", "now"),
    ("2", "Go on with the review; nothing rises", "later"),
)
"""What may be done where the full safety questions are due before a review."""
REVIEW, CHOSEN = "review of week ", ("veto", "hold")
"""Labels of a review, and of what is written with it for the cards that were not wanted."""


class Turn(Noun, frozen=True, kw_only=True):
    """What is asked today; an empty value changes nothing."""

    text: str
    choices: tuple[tuple[str, str, str], ...]
    """Key, text and value of each answer."""


def turn(desk: Desk, name: Name) -> Turn:
    """The question that fits the day. May raise `NothingToDo` and `Withheld`."""
    if name == "skip":
        return _skip(desk)
    if name == "undo":
        return _undo(desk)
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


def sittings(*, left: bool) -> Turn:
    """Which questions are to be answered once more; ``left`` where the first sitting left some for later."""
    choices = (*AGAIN, MORE) if left else AGAIN
    return Turn(text="You have answered the questions before. What now?", choices=choices)


def _skip(desk: Desk) -> Turn:
    from coach.cases.today import today
    from coach.programs.barriers import load_barriers

    found = today(desk)
    if found.withheld or found.day is None or found.day.session is None:
        raise NothingToDo("No session is due today, so there is none to let go.")
    choices = tuple((str(place), each.id, each.id) for place, each in enumerate(load_barriers()[:9], 1))
    return Turn(text="Not done is not failed. What was in the way?", choices=choices)


def _undo(desk: Desk) -> Turn:
    from coach.cases import data

    standing = [each for each in data.steps(desk) if not each.undone]
    if not standing:
        raise NothingToDo("There is nothing to take back.")
    step, whole = standing[0], _of_review(standing)
    every = (("a", f"The whole review: {listed(whole)}", str(len(whole))),) if whole else ()
    return Turn(
        text=f"Take back the last step? It was: {_named(step.label)}, {step.at[:10]} {step.at[11:16]}.",
        choices=(("y", "Yes, take it back", "1"), *every, ("n", "No", "")),
    )


def _of_review(steps: Sequence[Any]) -> tuple[str, ...]:
    """The last steps, where they were made together with a review; else nothing."""
    found = []
    for each in steps:
        review = each.label.startswith(REVIEW)
        if each.at != steps[0].at or not (review or each.label in CHOSEN):
            break
        found.append(each.label)
        if review:
            return tuple(found) if len(found) > 1 else ()
    return ()


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
    if name == "skip" and value:
        from coach.cases.today import session_due
        from coach.programs.barriers import barrier_of

        daily.skip(desk, session_due(desk), value)
        found = barrier_of(value)
        return f"Nothing piles up. Next time: {found.remedy}." if found else "Nothing piles up."
    if name == "undo" and value:
        from coach.cases import data

        return f"Taken back: {', '.join(data.undo(desk, int(value)))}."
    return ""


def _named(label: str) -> str:
    """The label of a step with an exercise by its name, where it ends on the id of one."""
    from coach.programs.library import load_library

    what, _, last = label.rpartition(" ")
    found = load_library().exercises.get(last)
    return f"{what} {found.name}" if found else label
