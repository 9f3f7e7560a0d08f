"""Cards of the plan as a whole that a review writes beside those of its exercises."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from coach.model.exercise import Reason
from coach.model.log import History
from coach.model.plan import Plan
from coach.model.review import WeekEvidence
from coach.programs import adherence, flares, pacing
from coach.programs.turning import Place, Turn


def turns_simplified(turns: Sequence[Turn]) -> float:
    """The lowest share of sets done among the exercises that ask for a simpler plan, percent."""
    return min(each.evidence.completion or 0.0 for each in turns if each.outcome.simplify)


def said(
    plan: Plan,
    history: History,
    overall: WeekEvidence,
    turns: Sequence[Turn],
    place: Place,
    today: date,
    waits: bool,
) -> tuple[Reason, ...]:
    """The cards of a week about its sessions, its flare-ups, its pacing, and what it leaves open."""
    found = list(
        adherence.notes(
            plan,
            overall,
            flares.current(history, today) if overall.flare_active else None,
            place.rules,
            number=place.week,
            stopped=overall.red_flag,
        )
    )
    if waits and not overall.red_flag:
        found.append(
            Reason(
                rule="counter_paused",
                text=f"Nothing was done for some time, so week {place.week} simply comes again. "
                "It is no failed week.",
                otherwise="With any activity in ten days the next week would have begun.",
            )
        )
    swung = None if overall.red_flag else pacing.note(history, today, place.rules)
    found += [swung] if swung is not None else []
    if any(each.outcome.simplify for each in turns) and not overall.red_flag:
        found.append(adherence.simplify(turns_simplified(turns), place.rules))
    if any(each.outcome.action == "stop" for each in turns):
        found.append(
            Reason(
                rule="leg_symptom",
                text="A new leg symptom was reported: please answer the short safety questions before the "
                "next session.",
                otherwise="Without it no questions would be needed.",
            )
        )
    return tuple(found)
