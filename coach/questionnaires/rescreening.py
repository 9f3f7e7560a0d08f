"""When the safety questions are asked again: by calendar, after a gap, and by event (``clinical.md`` 1.5).

What the numbers of the log show (pain, gaps, flares) comes in as ids; see ``coach.programs.alarms``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import date as Date  # noqa: N812 - `date` is a field here
from datetime import timedelta
from functools import cache
from typing import Literal

from coach.model.noun import Noun, from_doc
from coach.model.testing import Sourced
from coach.packaged import packaged

Kind = Literal["mini", "full", "repeat_function"]
MEASURES = ("rmdq", "eac10")


class Ask(Noun, frozen=True, kw_only=True):
    """One reason to ask again, as the rules file has it."""

    id: str
    kind: Kind
    text: str
    first: bool = False
    """Whether it is answered before any session is shown."""
    changed: bool = False
    """Whether it is itself something new in the person's past."""


class RescreenRules(Noun, frozen=True, kw_only=True):
    """The file ``rules/rescreen.toml``."""

    version: int
    calendar: tuple[int, ...]
    limits: dict[str, Sourced]
    asks: tuple[Ask, ...]


class Value(Noun, frozen=True, kw_only=True):
    """One reading of function on a day: ``eac10`` in percent or ``rmdq`` in points, high is worse."""

    measure: str
    date: Date
    value: float


class Facts(Noun, frozen=True, kw_only=True):
    """What is known of the plan and the log."""

    alarms: tuple[str, ...] = ()
    """Ids that the log raised: pain, gap, flare, and what was reported."""
    since: dict[str, Date] = {}
    """The day on which each of them was raised, where it is known."""
    calendar_week: int = 0
    """The week before which the full questions are due and unanswered; 0 for none."""
    readings: tuple[Value, ...] = ()
    screened_full: Date | None = None
    """The last day on which the full questions were answered."""


class Due(Noun, frozen=True, kw_only=True):
    """One thing to answer, and why."""

    id: str
    kind: Kind
    reason: str
    since: Date
    first: bool = False
    """It comes before any session is shown."""
    changed: bool = False


@cache
def load_rescreen() -> RescreenRules:
    """Read ``rules/rescreen.toml``."""
    path = packaged("questionnaires", "rules", "rescreen.toml")
    return from_doc(tomllib.loads(path.read_text(encoding="utf-8")), RescreenRules)


def due(facts: Facts, today: Date) -> tuple[Due, ...]:
    """Everything to be answered on a day, what comes before a session first."""
    since = dict(facts.since)
    raised = set(facts.alarms)
    if facts.calendar_week:
        raised.add("calendar")
    function = function_state(facts.readings, facts.screened_full)
    if function is not None and function[1] <= today:
        raised.add(function[0])
        since[function[0]] = function[1]
    return tuple(
        Due(
            id=each.id,
            kind=each.kind,
            reason=each.text.replace("{week}", str(facts.calendar_week)),
            since=since.get(each.id, today),
            first=each.first,
            changed=each.changed,
        )
        for each in load_rescreen().asks
        if each.id in raised
    )


def kind_of(dues: Iterable[Due]) -> Literal["", "mini", "full"]:
    """The safety questions that answer all of them: the full ones, the six, or none."""
    kinds = {each.kind for each in dues}
    return "full" if "full" in kinds else "mini" if "mini" in kinds else ""


def function_state(readings: Iterable[Value], screened: Date | None) -> tuple[str, Date] | None:
    """``function`` after two worse readings a week apart, else ``function_again`` and when it is due.

    The first reading is the baseline; ``screened`` is the last day of the full questions.
    """
    every = tuple(readings)
    found = [_course(name, every, screened) for name in MEASURES]
    known = [each for each in found if each is not None]
    return min(known, key=lambda each: (each[0] != "function", each[1]), default=None)


def _course(measure: str, readings: tuple[Value, ...], screened: Date | None) -> tuple[str, Date] | None:
    """The state of one measure: the run of worse readings at its end, from the first of them."""
    limits = load_rescreen().limits
    own = sorted((each for each in readings if each.measure == measure), key=lambda each: each.date)
    if len(own) < 2:
        return None
    run: list[Value] = []
    for each in own[1:]:
        worse = each.value >= own[0].value + limits[measure].value
        run = [*run, each] if worse else []
    if not run:
        return None
    apart = timedelta(days=limits["function_apart"].value)
    second = next((each for each in run if each.date - run[0].date >= apart), None)
    if second is not None:
        return None if screened and screened >= second.date else ("function", second.date)
    return "function_again", run[0].date + apart
