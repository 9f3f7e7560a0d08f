"""What was begun and not ended: the questions, a session. Both faces offer to go on with it."""

from __future__ import annotations

import os

from msgspec.structs import replace

from coach.desk import Desk
from coach.model.noun import Noun

SESSION_FILE = "session.json"
"""Where a session under way is kept."""


class Begun(Noun, frozen=True, kw_only=True):
    """What waits half-way; nothing where a count is 0."""

    answered: int = 0
    """Answers of the interview that was left."""
    minutes: int = 0
    """How long the rest of it takes, at least one."""
    first: bool = False
    """Whether it is the first one, before there is a plan."""
    session: bool = False
    """Whether today's session was left in the middle."""
    sets: int = 0
    """Sets of it that are done."""


def begun(desk: Desk) -> Begun:
    """Look at the two small files of half-done things. Raises `NeedsDoctor` for one that is damaged."""
    from coach.cases.interview import Interview

    found = _session(desk)
    left = Interview.resume(desk)
    if left is None or not left.order:
        return found
    left.grouped = True
    minutes = max(1, round(left.step().minutes_left))
    return replace(found, answered=len(left.order), minutes=minutes, first=left.occasion == "enrolment")


def start_over(desk: Desk) -> None:
    """Throw the answers of a half-done interview away."""
    from coach.cases.interview import Interview

    left = Interview.resume(desk)
    if left is not None:
        left.finish()


def _session(desk: Desk) -> Begun:
    if not os.path.exists(os.path.join(desk.home, SESSION_FILE)):
        return Begun()
    from coach.cases import playing

    left = playing.read(desk)
    if left is None or left.date != desk.today or left.phase == "done" or not left.past:
        return Begun()
    return Begun(session=True, sets=sum(len(each.sets) for each in left.dones))
