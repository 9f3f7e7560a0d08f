"""Which question comes next, given the answers so far; no input or output."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from coach.model.assessment import Answers, Group, Instrument, Item, Triage, Value
from coach.model.noun import Noun
from coach.questionnaires import grouping
from coach.questionnaires.catalogue import AGAIN, items
from coach.questionnaires.safety import mini_screen, triage
from coach.questionnaires.skiplogic import InForce, in_force, reads

__all__ = ["Step", "carried", "in_force", "next_step", "open_items"]


SCREEN = {"about", "safety", "neuro_safety"}
"""The instruments of the full safety screen."""
MORE = "more"
"""The occasion that asks what the first sitting left for later."""
NAME = "_name"
"""What the id of a question ends with that asks for the name of a thing; left out, it is not rated."""
MOMENTARY = {"signals", "mini_screen", "rescreen"}
"""Instruments whose answers hold for their day only."""


class Step(Noun, frozen=True, kw_only=True):
    """Where the interview stands."""

    item: Item | None = None
    """The next question; null at the end, or when the interview stops."""
    instrument: str = ""
    asked: int = 0
    total: int = 0
    """Questions in force now; it can grow as answers open further ones."""
    minutes_left: float = 0.0
    stop: Triage | None = None
    """An emergency has fired, or the safety questions are done and the person is under 18:
    nothing more is asked."""
    re_ask: bool = False
    """The item is put a second time, by its ``re_ask``; the answer goes under its id plus ``_again``."""
    missing: tuple[str, ...] = ()
    """Required questions that are open and have no answer, skipped ones included."""
    group: Group | None = None
    """The questions that may be put together with the next one; null where it stands alone."""
    about: str = ""
    """What the person called the thing that is asked about, such as an activity of their own."""


def next_step(
    instruments: Iterable[Instrument],
    answers: Mapping[str, Value],
    *,
    occasion: str = "enrolment",
    skipped: frozenset[str] = frozenset(),
    before: Mapping[str, Value] | None = None,
    grouped: bool = False,
) -> Step:
    """The next question after these answers, or the stop of an emergency.

    A question counts as asked when its id is in ``answers``, null included, or in ``skipped``.
    An ``unsure`` on a row that can be an emergency is asked once more: the step has the same item
    with ``re_ask``, until its id plus ``_again`` is in ``answers`` or ``skipped``. ``before`` are
    the answers of the last full screen, for ``weekly`` and ``rescreen``. The order of the answers
    plays no part. ``grouped`` counts the minutes of questions put together, and names the group.
    """
    catalogue = tuple(instruments)
    opened = [
        (name, item)
        for name, item in _open(catalogue, answers, occasion, before or {})
        if item.id in answers or f"{item.id}{NAME}" not in skipped
    ]
    waiting = [(name, item) for name, item in opened if _waits(item, answers, skipped)]
    stop = _stop(catalogue, answers, occasion, before or {}, waiting)
    asked = len(opened) - len(waiting)
    missing = tuple(item.id for _, item in opened if item.required and answers.get(item.id) is None)
    name, item = waiting[0] if waiting and stop is None else ("", None)
    repeat = item is not None and answers.get(item.id) == "unsure"
    left = [each for _, each in waiting]
    spent = grouping.seconds(catalogue, left) if grouped else sum(each.seconds for each in left)
    group = None
    if grouped and item is not None:
        ids = [each.id for each in left if each.id not in answers]
        group = grouping.group_of(catalogue, item, ids, re_ask=repeat)
    return Step(
        item=item,
        instrument=name,
        asked=asked,
        total=len(opened),
        group=group,
        about=_about(item, answers),
        minutes_left=0.0 if stop else spent / 60,
        stop=stop,
        re_ask=repeat,
        missing=missing,
    )


def _about(item: Item | None, answers: Mapping[str, Value]) -> str:
    named = answers.get(f"{item.id}{NAME}") if item is not None else None
    return named if isinstance(named, str) else ""


def open_items(
    instruments: Iterable[Instrument],
    answers: Mapping[str, Value],
    occasion: str = "enrolment",
    before: Mapping[str, Value] | None = None,
) -> tuple[Item, ...]:
    """All questions in force now, answered or not, in the order of the interview."""
    return tuple(item for _, item in _open(tuple(instruments), answers, occasion, before or {}))


def carried(
    instruments: Iterable[Instrument],
    answers: Mapping[str, Value],
    occasion: str,
    before: Mapping[str, Value],
) -> Answers:
    """The answers that triage reads on a later occasion: the new ones over those that still stand.

    Enrolment carries nothing. Weekly drops the earlier answers of the rows that the mini-screen
    opened again; a rescreen those of the safety screen, but for the person and the past unless
    something changed there. Other occasions carry all.
    """
    if occasion == "enrolment":
        return dict(answers)
    asked_anew = MOMENTARY | (SCREEN if occasion == "rescreen" else set())
    gone = {item.id for each in instruments if each.id in asked_anew for item in each.items}
    if occasion == "weekly":
        gone |= set(mini_screen(answers))
    if occasion == "rescreen":
        gone -= _standing(instruments, answers)
    return {**{key: value for key, value in before.items() if _base(key) not in gone}, **answers}


def _base(key: str) -> str:
    """The item an answer belongs to, its own or as the answer to a re-ask."""
    return key.removesuffix(AGAIN)


def _standing(instruments: Iterable[Instrument], answers: Mapping[str, Value]) -> set[str]:
    """Ids whose earlier answers a re-screen keeps."""
    changed = answers.get("history_change") in ("yes", "unsure")
    return {
        item.id
        for instrument in instruments
        for item in instrument.items
        if instrument.id == "about" or (item.group == "history" and not changed)
    }


def _waits(item: Item, answers: Mapping[str, Value], skipped: frozenset[str]) -> bool:
    """Whether the question, or its re-ask, still has to be put."""
    if item.id not in answers and item.id not in skipped:
        return True
    second = item.id + AGAIN
    return (
        bool(item.re_ask)
        and answers.get(item.id) == "unsure"
        and not (second in answers or second in skipped)
    )


def _open(
    catalogue: tuple[Instrument, ...],
    answers: Mapping[str, Value],
    occasion: str,
    before: Mapping[str, Value],
) -> list[tuple[str, Item]]:
    """Instrument id and item of every question in force on this occasion."""
    force = InForce(items(catalogue), carried(catalogue, answers, occasion, before))
    bank = set(mini_screen(answers)) if occasion == "weekly" else None
    kept = _standing(catalogue, answers) if occasion == "rescreen" else set()
    later = _later(catalogue)
    return [
        (instrument.id, item)
        for instrument in _in_order(catalogue, occasion)
        for item in instrument.items
        if item.id in force
        and (item.id not in kept or before.get(item.id) is None)
        and (bank is None or instrument.id != "safety" or item.id in bank)
        and not (occasion == "enrolment" and item.depth)
        and (occasion != MORE or (item.id in later and before.get(item.id) is None))
    ]


def _later(catalogue: tuple[Instrument, ...]) -> set[str]:
    """Ids left for later, and those that only an answer to one of them opens."""
    known = items(catalogue)
    found = {key for key, item in known.items() if item.depth}
    while True:
        more = {key for key, item in known.items() if item.ask_if and reads(item) - {key} & found} - found
        if not more:
            return found
        found |= more


def _in_order(catalogue: tuple[Instrument, ...], occasion: str) -> list[Instrument]:
    """The instruments of the occasion: those made for it alone first, then the interview's order."""
    name = "enrolment" if occasion == MORE else occasion
    asked = [each for each in catalogue if name in each.asked or _bank(each, occasion)]
    return sorted(asked, key=lambda each: each.asked != (name,) or name == "enrolment")


def _bank(instrument: Instrument, occasion: str) -> bool:
    """The mini-screen opens rows of the safety instrument, which is not asked weekly by itself."""
    return occasion == "weekly" and instrument.id == "safety"


def _stop(
    catalogue: tuple[Instrument, ...],
    answers: Mapping[str, Value],
    occasion: str,
    before: Mapping[str, Value],
    waiting: list[tuple[str, Item]],
) -> Triage | None:
    """The triage, if it already stops on what is settled; re-asks to come are left out."""
    pending = {item.id for _, item in waiting}
    said = {key: value for key, value in answers.items() if key not in pending}
    for key, item in items(catalogue).items():
        if key not in answers and not pending.isdisjoint(reads(item)):
            pending.add(key)  # not open yet, but a question still to come may open it
    known = carried(catalogue, said, occasion, before)
    found = triage(known, today=date.min, occasion=occasion, pending=frozenset(pending))
    screened = not any(name in SCREEN for name, _ in waiting)
    stops = found.level == "T0_EMERGENCY" or (found.level == "NOT_ELIGIBLE" and screened)
    return found if stops else None
