"""Answers before an assessment: what is asked on an occasion, and whether what was given can be used."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from coach.cases.keeping import NOTHING_KEPT
from coach.desk import Desk
from coach.model.assessment import Answers
from coach.problems import BadFile, NothingToDo

if TYPE_CHECKING:
    from coach.model.assessment import Instrument


def check(raw: Any, occasion: str = "enrolment", before: Answers | None = None) -> Answers:
    """Validate the answers of a file, all problems at once, and lay them over what still stands.

    ``before`` are the answers of the last full screen. Answers that already mean an emergency
    are not held up by others that are missing. Raises `BadFile`.
    """
    from coach.questionnaires.catalogue import BadAnswers, load_instruments, parse_answers
    from coach.questionnaires.interview import carried, in_force, next_step

    instruments = load_instruments()
    try:
        given = parse_answers(instruments, raw)
    except BadAnswers as bad:
        details = tuple(f"{each.item_id}: {each.message}" for each in bad.problems)
        raise BadFile(
            f"{len(details)} of the answers cannot be used; nothing was changed.",
            "coach assess --schema prints what each question takes",
            details=details,
        ) from None
    whole: Answers = dict(in_force(instruments, carried(instruments, given, occasion, before or {})))
    step = next_step(instruments, given, occasion=occasion, before=before)
    if step.missing and step.stop is None and not emergency(whole, occasion):
        raise BadFile(
            f"{len(step.missing)} answers are missing; nothing was changed.",
            "add them to the file, or answer in the terminal: coach assess",
            details=tuple(step.missing),
        )
    return whole


def occasion_of(desk: Desk, occasion: str) -> tuple[str, Answers]:
    """What the interview asks now, and the answers that are known with it.

    A re-screen asks only what a warning sign opened, where one is open. ``again`` measures what
    the programme week asks for.
    """
    if occasion == "again":
        week = desk.read().episode.week
        return "week_4" if week < 8 else "week_8" if week < 12 else "week_12", {}
    if occasion != "rescreen":
        return occasion, {}
    from coach.cases import rescreen

    return rescreen.occasion_of(desk)


def emergency(answers: Answers, occasion: str) -> bool:
    """Whether the answers already end the interview, whatever is still unanswered."""
    from coach.questionnaires.safety import triage

    # the day plays no part: no clearance lifts an emergency
    return triage(answers, today=date.min, occasion=occasion).level in NOTHING_KEPT


def schema() -> dict[str, Any]:
    """The JSON Schema of the answer file."""
    from coach.questionnaires.catalogue import answer_schema, load_instruments

    return answer_schema(load_instruments())


def instruments() -> tuple[Instrument, ...]:
    """The instruments of the core interview, in order."""
    from coach.questionnaires.catalogue import load_instruments

    return load_instruments()


def pending(desk: Desk) -> tuple[str, ...]:
    """Questions that a warning sign opened and that are still to be answered."""
    try:
        return desk.read().episode.pending
    except NothingToDo:
        return ()
