"""The traffic light of pain during and after a session (``clinical.md`` 6.3)."""

from __future__ import annotations

from typing import Literal

from coach.model.review import Provocation
from coach.programs.rules import Rules

Colour = Literal["green", "amber", "red"]


def ok_ceiling(before: float, rules: Rules) -> float:
    """Most pain during exercise that is acceptable after so much pain before it."""
    if before < rules["ok_low_before"]:
        return rules["ok_low_ceiling"]
    return min(before + rules["ok_rise"], rules["ok_most"])


def progress_ceiling(before: float, rules: Rules) -> float | None:
    """Most pain during exercise with which a dose may rise; null where it may not at all."""
    if before >= rules["progress_none_before"]:
        return None
    return before + rules["progress_rise"] if before < rules["progress_low_before"] else before


def colour(session: Provocation, rules: Rules) -> Colour | None:
    """Red, amber or green of one session; null where neither pain nor the morning was told."""
    if session.morning is not None and session.morning >= rules["morning_red"]:
        return "red"
    if session.most is not None and session.before is not None:
        rise = session.most - session.before
        if session.most >= rules["red_pain"] and rise >= rules["red_rise"]:
            return "red"
    if session.morning is None:
        return None
    return "amber" if session.morning > rules["morning_green"] else "green"


def over_ceiling(session: Provocation, rules: Rules) -> bool:
    """Whether pain during the session passed the acceptable ceiling."""
    if session.most is None or session.before is None:
        return False
    return session.most > ok_ceiling(session.before, rules)


def over_usual(session: Provocation) -> float | None:
    """How far the most pain rose above the usual level of the days before (P - w)."""
    usual = session.usual if session.usual is not None else session.before
    return None if session.most is None or usual is None else session.most - usual


def provoked(session: Provocation, rules: Rules) -> bool:
    """Whether a session provoked pain (``progression.md`` 4)."""
    return _rose(session, rules["progress_over_usual"], rules["provoked_morning"])


def strongly_provoked(session: Provocation, rules: Rules) -> bool:
    """Whether pain rose over 2.5 in a session or the morning after (``progression.md`` 5)."""
    return _rose(session, rules["strong"], rules["strong"])


def _rose(session: Provocation, during: float, after: float) -> bool:
    rise = over_usual(session)
    if rise is not None and rise > during:
        return True
    return session.morning is not None and session.morning > after


def may_progress(session: Provocation, rules: Rules) -> bool:
    """Whether this session's pain allows a rise; what was not told does not."""
    if session.most is None or session.before is None or session.morning is None:
        return False
    ceiling, rise = progress_ceiling(session.before, rules), over_usual(session)
    return (
        ceiling is not None
        and session.most <= ceiling
        and rise is not None
        and rise <= rules["progress_over_usual"]
        and session.morning <= rules["morning_green"]
    )


def calm(sessions: tuple[Provocation, ...], rules: Rules) -> bool:
    """Whether the pain of every session allows a rise; without a session nothing speaks against one."""
    return all(may_progress(each, rules) for each in sessions)


def worst(sessions: tuple[Provocation, ...], rules: Rules) -> Provocation | None:
    """The session whose pain was farthest above its acceptable ceiling."""
    told = [each for each in sessions if each.most is not None and each.before is not None]
    return max(told, key=lambda s: (s.most or 0) - ok_ceiling(s.before or 0, rules), default=None)
