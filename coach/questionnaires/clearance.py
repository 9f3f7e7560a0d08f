"""A recorded clearance turns a rule at T1 into a caution (``clinical.md`` 1.1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from coach.model.assessment import Clearance, Fired, Item, Value
from coach.questionnaires.rules import RuleBook


def refusal(clearance: Clearance, today: date, first_yes: date | None, book: RuleBook) -> str:
    """Why a clearance does not count; empty when it does.

    ``first_yes`` is the day since which the rule stands as it does; the examination must not be
    older than it, so a rule that became worse fires again.
    """
    limit = book.limits()["clearance_days"]
    since = max(clearance.first_yes, first_yes) if first_yes else clearance.first_yes
    allowed = (*book.unlock.clinicians, *(("midwife",) if clearance.id in book.unlock.midwife else ()))
    if clearance.clinician not in allowed:
        return f"This needs the word of a {' or '.join(allowed)}."
    if not clearance.examined:
        return "The clinician must have examined you for this."
    if not clearance.cleared:
        return "The clinician has not cleared you for exercise."
    if clearance.date > today:
        return "The date of the examination lies in the future."
    if clearance.date < since:
        return f"The examination is older than the answer it is for ({since.isoformat()})."
    if (today - clearance.date).days > limit:
        return f"The examination is more than {limit:g} days old."
    return ""


def unlocked(
    fired: Iterable[Fired],
    clearances: Iterable[Clearance],
    since: Mapping[str, date | None],
    today: date,
    book: RuleBook,
) -> tuple[Fired, ...]:
    """The rules with those that a valid clearance names turned into T2 with their filters.

    ``since`` has, by rule id, the day it first fired as it stands now (see `stands_since`).
    """
    valid = {each.id for each in clearances if not refusal(each, today, since.get(each.id), book)}
    return tuple(
        _cleared(each, book) if each.level == "T1_CLINICIAN" and each.id in valid else each for each in fired
    )


def stands_since(
    rule_id: str,
    known: Mapping[str, Item],
    answers: Mapping[str, Value],
    first_yes: Mapping[str, date],
    book: RuleBook,
) -> date | None:
    """The latest day on which an answer that this rule counts was first yes or unsure.

    ``first_yes`` may name items or the rule itself; null when it names neither.
    """
    combination = next((each for each in book.combinations if each.id == rule_id), None)
    if combination is None:
        read = {key for key, item in known.items() if (item.rule or key) == rule_id}
    else:
        read = {key for each in combination.points for choice in each.when for key in choice}
    counted = {key for key in read - set(book.context.items) if answers.get(key) in ("yes", "unsure")}
    return max((first_yes[key] for key in (*counted, rule_id) if key in first_yes), default=None)


def _cleared(fired: Fired, book: RuleBook) -> Fired:
    return msgspec.structs.replace(
        fired,
        level="T2_CAUTION",
        urgency=None,
        advice=book.advice["unlocked"],
        filters=tuple(dict.fromkeys((*book.filters_of(fired.id), *fired.filters))),
        unlocked=True,
    )
