"""Safety before a plan file: the screen of the answers on file, and what a therapist has examined."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec

from coach.cases.keeping import NOTHING_KEPT, next_id
from coach.cases.signs import first_yes, past_answers
from coach.desk import Desk
from coach.model.applied import AppliedFile
from coach.model.assessment import Clearance, Response, Triage
from coach.model.log import STOPPED
from coach.problems import BadValue, NothingToDo, Withheld
from coach.tables import Reading

if TYPE_CHECKING:
    from coach.model.planfile import PlanFile


def screened(
    desk: Desk,
    reading: Reading,
    file: PlanFile,
    kept: AppliedFile,
    cleared_by: str,
    cleared_on: date | None,
) -> tuple[tuple[Clearance, ...], Triage, bool]:
    """Screen the answers on file; new clearances, the result, and whether it is to be kept."""
    from coach.questionnaires.safety import triage as screen

    episode, last = reading.episode, reading.triage
    if last is None:
        raise NothingToDo("There is no assessment yet.", "begin with: coach assess")
    if episode.pending:
        raise Withheld(
            "You reported a warning sign. A plan file waits until its questions are answered.",
            "coach assess --rescreen, then apply the file again",
        )
    if last.level in NOTHING_KEPT:
        raise Withheld(
            "Your safety answers close the plan, and no plan file opens it.",
            "coach today says whom to see and what to do",
            details=tuple(each.reason for each in last.fired),
        )
    names = _cleared(last, file, kept, cleared_by, cleared_on)
    response = response_of(reading, last.response)
    given = response.answers if response is not None else reading.answers
    since = first_yes(past_answers(reading), given, desk.today)
    clearances = tuple(
        Clearance(
            id=name,
            clinician="physiotherapist",
            name=by,
            first_yes=since.get(name, response.date if response is not None else desk.today),
            date=day,
            examined=True,
            cleared=True,
        )
        for name, (by, day) in names.items()
    )
    if not clearances:
        if last.level in STOPPED:
            raise _closed(last)
        return (), last, False
    known = (*reading.clearances, *clearances)
    found = screen(given, today=desk.today, clearances=known, first_yes=since, occasion=last.occasion)
    found = msgspec.structs.replace(
        found,
        id=next_id(reading, "triage", "t"),
        response=last.response,
        occasion=last.occasion,
        clearances=known,
    )
    if found.level in STOPPED:
        raise _closed(found, clearances, desk.today)
    return clearances, found, True


def _cleared(
    last: Triage, file: PlanFile, kept: AppliedFile, by: str, on: date | None
) -> dict[str, tuple[str, date]]:
    """Warning signs that are cleared now: by name and date given here, or in a signed file."""
    open_now = [each.id for each in last.fired if each.level == "T1_CLINICIAN" and not each.unlocked]
    if bool(by) is not (on is not None):
        raise BadValue(
            "A warning sign is cleared by the therapist's name and the date of the examination, both.",
            "coach planfile apply FILE --clear-by NAME --clear-date YYYY-MM-DD",
        )
    found: dict[str, tuple[str, date]] = {}
    own = file.cleared
    if own is not None and kept.seal != "unsigned":
        found = {name: (own.by, own.on) for name in open_now if name in own.findings}
    if on is not None:
        found = {**found, **dict.fromkeys(open_now, (by, on))}
    return found


def _closed(triage: Triage, tried: tuple[Clearance, ...] = (), today: date = date.max) -> Withheld:
    """The plan stays closed: what for, and why the clearances that were ``tried`` do not count."""
    from coach.questionnaires.clearance import refusal
    from coach.questionnaires.rules import load_rules

    fired = [each for each in triage.fired if each.level == "T1_CLINICIAN" and not each.unlocked]
    book, names = load_rules(), {each.id for each in fired}
    why = [refusal(each, today, None, book) for each in tried if each.id in names]
    if any(why):
        return Withheld(
            "The clearance does not count, so your safety answers still hold the plan back.",
            "ask your therapist to examine you again, and apply the file with that date",
            details=tuple(dict.fromkeys(each for each in why if each)),
        )
    return Withheld(
        "Your safety answers hold the plan back until a clinician has examined you.",
        "where your therapist has: coach planfile apply FILE --clear-by NAME --clear-date YYYY-MM-DD",
        details=tuple(f"{each.id}: {each.reason}" for each in fired),
    )


def response_of(reading: Reading, name: str) -> Response | None:
    """The answers of this id, or null."""
    return next((each for each in reading.all("responses", Response) if each.id == name), None)
