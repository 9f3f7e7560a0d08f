"""Correcting an earlier answer, and what follows from it."""

from __future__ import annotations

from typing import Any

from coach.cases.assess import assess
from coach.cases.keeping import Assessed
from coach.desk import Desk
from coach.model.assessment import Answers, Profile, Triage, Value
from coach.model.noun import Noun
from coach.model.plan import Plan
from coach.problems import BadFile, BadValue, NothingToDo


class Correction(Noun, frozen=True, kw_only=True):
    """One answer, before and after."""

    item: str
    text: str
    before: Value
    after: Value


class Changed(Noun, frozen=True, kw_only=True):
    """What a correction led to."""

    corrections: tuple[Correction, ...]
    assessed: Assessed
    dropped: tuple[str, ...] = ()
    """Questions that are no longer asked, and whose answers no longer count."""
    level_before: str = ""
    profile_before: Profile | None = None
    plan_before: Plan | None = None


def change(desk: Desk, given: dict[str, Any]) -> Changed:
    """Lay corrected answers over those on file, and assess again.

    Raises `NothingToDo` without an assessment, `BadFile` for values that do not fit, and for
    questions that the correction opens and that have no answer yet; those are its details.
    """
    from coach.questionnaires.catalogue import load_instruments
    from coach.questionnaires.interview import in_force

    if not desk.names():
        raise NothingToDo("There is no assessment yet.", "begin with: coach assess")
    reading = desk.read()
    before = reading.answers
    instruments = load_instruments()
    new = _parsed(given)
    base = {key: value for key, value in before.items() if key.removesuffix("_again") not in new}
    merged: Answers = {**base, **new}
    counted = dict(in_force(instruments, merged))
    opened = still_open(desk, new)
    if opened:
        raise BadFile(
            f"The correction opens {len(opened)} more questions; nothing was changed.",
            f"answer them with it: coach assess --change {opened[0]}=ANSWER, or in a terminal",
            details=opened,
        )
    triage: Triage | None = reading.triage
    profile = reading.profile
    plan = reading.plan if reading.docs("plan") else None
    done = assess(desk, counted, source="interview", occasion="change", given=tuple(new))
    known = {item.id: item for each in instruments for item in each.items}
    was = in_force(instruments, before)
    return Changed(
        corrections=tuple(
            Correction(item=key, text=known[key].text, before=before.get(key), after=value)
            for key, value in new.items()
            if key in known
        ),
        assessed=done,
        dropped=tuple(key for key in was if key not in counted and key in known),
        level_before=triage.level if triage else "",
        profile_before=profile,
        plan_before=plan,
    )


def still_open(desk: Desk, given: dict[str, Any]) -> tuple[str, ...]:
    """Required questions that have no answer once these are laid over the ones on file."""
    from coach.questionnaires.catalogue import load_instruments
    from coach.questionnaires.interview import next_step

    before = desk.read().answers
    new = _parsed(given)
    base = {key: value for key, value in before.items() if key.removesuffix("_again") not in new}
    step = next_step(load_instruments(), {**base, **new})
    if step.stop is not None:
        return ()
    return tuple(step.missing)


def _parsed(given: dict[str, Any]) -> Answers:
    from coach.questionnaires.catalogue import BadAnswers, items, load_instruments, parse_answers, parse_typed

    known = items(load_instruments())
    typed: dict[str, Any] = {}
    for key, value in given.items():
        item = known.get(key)
        if item is None or not isinstance(value, str):
            typed[key] = value
            continue
        try:
            typed[key] = parse_typed(item, value)
        except ValueError as bad:
            raise BadValue(f"{key}: {getattr(bad, 'message', bad)}.", "nothing was changed") from None
    try:
        return parse_answers(load_instruments(), typed)
    except BadAnswers as bad:
        details = tuple(f"{each.item_id}: {each.message}" for each in bad.problems)
        raise BadFile("The correction cannot be used; nothing was changed.", details=details) from None
