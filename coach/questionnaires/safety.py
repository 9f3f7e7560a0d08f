"""The safety screen: answers to how safe it is to start (``clinical.md`` 1)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from coach.model.assessment import Answers, Clearance, Fired, Kit, Triage, Value
from coach.model.levels import Level
from coach.questionnaires.catalogue import items, load_instruments
from coach.questionnaires.clearance import stands_since, unlocked
from coach.questionnaires.combinations import fire_combination, total
from coach.questionnaires.conditions import UNSURE, Known
from coach.questionnaires.rules import RuleBook, load_rules
from coach.questionnaires.safetytext import caution_banner, clinician_text, emergency_text, summary
from coach.questionnaires.severity import worst
from coach.questionnaires.singles import fire_row
from coach.questionnaires.skiplogic import InForce

__all__ = [
    "caution_banner",
    "clinician_text",
    "emergency_text",
    "mini_screen",
    "summary",
    "triage",
]


def triage(
    answers: Mapping[str, Value],
    *,
    today: date,
    clearances: tuple[Clearance, ...] = (),
    first_yes: Mapping[str, date] | None = None,
    occasion: str = "enrolment",
    nonresponse: Literal["", "none", "worse"] = "",
    pending: frozenset[str] = frozenset(),
) -> Triage:
    """Read the answers by the rules of the safety screen.

    ``first_yes`` has, by item or rule id, the day since which it is yes or unsure. ``nonresponse`` is the
    verdict of the week-6 review. ``pending`` names questions still to be asked (the interview
    gives it), so that "no answer" is not read as an answer yet. Answers of questions that are not
    in force do not count. ``complete`` is false, and ``open`` tells why, while a question of the
    screen has no answer.
    """
    instruments, book = load_instruments(), load_rules()
    catalogue = items(instruments)
    counted = InForce(catalogue, answers).answers()
    known = _facts(counted, book, pending)
    rows = [found for rule in book.rules if (found := fire_row(rule, known, book))]
    scores, combined, prompts = _combined(known, book, any(row.level == "T0_EMERGENCY" for row in rows))
    fired = sorted([*rows, *combined, *_nonresponse(nonresponse, book)], key=lambda each: each.id)
    since = {each.id: stands_since(each.id, catalogue, counted, first_yes or {}, book) for each in clearances}
    result = unlocked(fired, clearances, since, today, book)
    level, urgency = worst(result)
    to_answer = _open(answers, occasion)
    return Triage(
        level=level,
        urgency=urgency,
        fired=result,
        filters=_filters(result, known, book),
        qualifiers=tuple(each.id for each in book.qualifiers if known.truth(each.when)),
        mh=any(each.mh for each in result),
        kit="none" if to_answer else _kit(level, result, book),
        complete=not to_answer,
        scores=scores,
        prompts=tuple(dict.fromkeys([*prompts, *(p.text for p in book.prompts if known.truth(p.when))])),
        open=to_answer,
    )


def mini_screen(answers: Mapping[str, Value]) -> tuple[str, ...]:
    """The questions of the full bank that yes or unsure in the weekly check opens, in order.

    The question on thoughts of self-harm opens too when these answers call for it.
    """
    book = load_rules()
    flagged = [key for key in book.mini_screen if answers.get(key) in ("yes", "unsure")]
    rows = {row for key in flagged for row in book.mini_screen[key]}
    instruments = load_instruments()
    if "rf28" in InForce(items(instruments), answers):
        rows.add("rf28")
    bank = next(each for each in instruments if each.id == "safety")
    return tuple(item.id for item in bank.items if "*" in rows or (item.rule or item.id) in rows)


def _facts(answers: Answers, book: RuleBook, pending: frozenset[str]) -> Known:
    """The answers, and the named facts read off them in their order."""
    values = dict(answers)
    known = Known(values, book.limits(), pending)
    for fact in book.facts:
        truth = known.truth(fact.when)
        values[fact.id] = "yes" if truth > UNSURE else "unsure" if truth else "no"
    return known


def _combined(
    known: Known, book: RuleBook, emergency: bool
) -> tuple[dict[str, float | None], list[Fired], list[str]]:
    """Scores, fired combinations and prompts; nothing is scored once a single row is a T0."""
    if emergency:
        return {each.id: None for each in book.combinations}, [], []
    scores: dict[str, float | None] = {}
    fired: list[Fired] = []
    prompts: list[str] = []
    for each in book.combinations:
        scores[each.id] = score = total(each, known)
        found = fire_combination(each, score, known, book)
        if found:
            fired.append(found[0])
            prompts += [found[1].prompt] if found[1].prompt else []
    return scores, fired, prompts


def _nonresponse(verdict: Literal["", "none", "worse"], book: RuleBook) -> list[Fired]:
    if not verdict:
        return []
    found = book.nonresponse[verdict]
    return [
        Fired(id=found.id, level=found.level, urgency=found.urgency, reason=found.reason, advice=found.advice)
    ]


def _filters(fired: tuple[Fired, ...], known: Known, book: RuleBook) -> tuple[str, ...]:
    tags = {tag for each in fired for tag in each.filters}
    return tuple(sorted(tags | {each.tag for each in book.filters if known.truth(each.when)}))


def _kit(level: Level, fired: tuple[Fired, ...], book: RuleBook) -> Kit:
    """What may be done while waiting for a clinician."""
    waiting = [each for each in fired if each.level == "T1_CLINICIAN"]
    if level != "T1_CLINICIAN":
        return "none"
    if all(each.id in book.kit.full for each in waiting):
        return "full"
    part = (*book.kit.full, *book.kit.lessons)
    mild = all(each.id in part and each.urgency != "same_day" for each in waiting)
    return "lessons_and_breathing" if mild else "none"


def _open(answers: Mapping[str, Value], occasion: str) -> tuple[str, ...]:
    """Required questions of the screen that are in force and have no answer."""
    instruments = load_instruments()
    force = InForce(items(instruments), answers)
    opened = mini_screen(answers) if occasion == "weekly" else None
    return tuple(
        item.id
        for instrument in instruments
        if instrument.id in SCREENS.get(occasion, SCREENS["enrolment"])
        for item in instrument.items
        if item.required and answers.get(item.id) is None and item.id in force
        if opened is None or instrument.id == "mini_screen" or item.id in opened
    )


SCREENS = {
    "enrolment": ("about", "safety", "neuro_safety"),
    "rescreen": ("about", "safety", "neuro_safety", "rescreen"),
    "weekly": ("mini_screen", "safety"),
}
"""The instruments whose open questions keep a screen from being complete, by occasion."""
