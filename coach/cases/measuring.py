"""Measuring: movement tests, official forms by their numbers, and questionnaire files of a clinic."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import msgspec

from coach.cases.assess import assess
from coach.cases.keeping import Assessed
from coach.desk import Desk
from coach.model.assessment import Answers, Entered, Response, Score
from coach.model.noun import Noun
from coach.model.testing import Due, Measured, Sitting, Trial
from coach.problems import BadFile, BadValue, NothingToDo, Withheld
from coach.tables import Reading

if TYPE_CHECKING:
    from coach.model.testing import Protocol
    from coach.questionnaires.course import Course
    from coach.questionnaires.fhir import Form, FormScore

FIRST = "mt_25"
"""The nerve check comes before every other test: its result decides whether the rest is done."""
ROUNDS = (1, 4, 8, 12)
"""Weeks in which the tests are done again."""


class Battery(Noun, frozen=True, kw_only=True):
    """The tests of this round: what is due, what is left out and why, and on which day."""

    tests: tuple[Due, ...]
    sittings: tuple[Sitting, ...]
    since: date
    notes: tuple[str, ...] = ()
    """What holds before a sitting: waiting after the night, warming up, what to have at hand."""


class Tested(Noun, frozen=True, kw_only=True):
    """What recording a test led to."""

    measured: Measured
    assessed: Assessed


def battery(desk: Desk) -> Battery:
    """The movement tests in their order. Raises `NothingToDo` without an assessment."""
    from coach.questionnaires.protocols import before_tests, due, two_days

    reading = desk.read()
    triage = reading.triage
    if triage is None:
        raise NothingToDo("There is no assessment yet.", "begin with: coach assess")
    since = _round(reading)
    done = {each.test for each in reading.all("tests", Measured) if each.date >= since}
    listed = due(reading.answers, triage, done)
    notes = before_tests(_awake(desk, reading)) if any(each.status == "due" for each in listed) else ()
    return Battery(tests=listed, sittings=two_days(listed), since=since, notes=notes)


def _awake(desk: Desk, reading: Reading) -> float | None:
    """Minutes since the usual time of getting up, on the day itself; null where one is not known."""
    now = datetime.fromisoformat(desk.at)
    rose = str(reading.answers.get("rise_time") or "")
    if not rose or now.date() != desk.today:
        return None
    minutes = now.hour * 60 + now.minute - (int(rose[:2]) * 60 + int(rose[3:5]))
    return minutes if minutes >= 0 else None


def _round(reading: Reading) -> date:
    """First day of the running round of tests."""
    episode = reading.episode
    if not episode.week or episode.week_starts is None:
        return episode.start
    week = max(week for week in ROUNDS if week <= max(1, episode.week))
    return episode.week_starts - timedelta(days=7 * (episode.week - week))


def protocol(test: str) -> Protocol:
    """A test by its id. Raises `BadValue` with a did-you-mean."""
    from coach.questionnaires.protocols import load_protocols, protocol

    name = test.lower().replace("-", "_")
    name = f"mt_{int(name):02d}" if name.isdigit() else name
    try:
        return protocol(name)
    except KeyError:
        ids = ", ".join(each.id for each in load_protocols())
        raise BadValue(f"There is no test “{test}”.", f"there is: {ids}") from None


def ready(desk: Desk, test: Protocol) -> Due:
    """A test that may be done now. Raises `Withheld` where it is left out, `BadValue` before its turn."""
    from coach.questionnaires.protocols import due

    round_ = battery(desk)
    first = next(each for each in round_.tests if each.test == FIRST)
    reading = desk.read()
    if reading.triage is None:
        raise NothingToDo("There is no assessment yet.", "begin with: coach assess")
    done = {each.test for each in round_.tests if each.status == "done"} - {test.id}
    state = next(each for each in due(reading.answers, reading.triage, done) if each.test == test.id)
    if state.status == "skipped":
        raise Withheld(f"{test.title} is left out: {state.reason}", "coach test lists what may be done")
    if test.id != FIRST and first.status == "due":
        raise BadValue(
            "The nerve check comes first: it decides whether the rest is done.", f"coach test {FIRST}"
        )
    return state


def record_test(desk: Desk, test: Protocol, trials: tuple[Trial, ...], pain_before: int | None) -> Tested:
    """Keep the tries of a test, and look at the profile again.

    Raises `BadValue` for tries that do not fit, `Withheld` for a test that is to be left out.
    """
    from coach.questionnaires.recording import BadTrial, measured

    listed = ready(desk, test)
    names = dict(zip(test.parts, test.part_names or test.parts, strict=False))
    if barred := [names[each.part] for each in trials if each.part in listed.left_out]:
        raise Withheld(f"{test.title}: “{barred[0]}” is left out: {listed.reason}", "nothing was saved")
    try:
        found = measured(test, trials, date=desk.today, pain_before=pain_before)
    except BadTrial as bad:
        raise BadValue(f"{test.title}: {bad}", "nothing was saved") from None
    if not found.answers:
        raise BadValue(f"{test.title}: these tries give no result.", "coach test shows what is written down")
    reading = desk.read()
    answers: Answers = {**reading.answers, "has_tests": "yes", **found.answers}
    found = msgspec.structs.replace(found, id=f"{desk.today}/{test.id}")
    result = assess(desk, answers, source="interview", also=(("tests", found),))
    return Tested(measured=found, assessed=result)


def official_ids() -> tuple[str, ...]:
    """Ids of the official forms that can be entered."""
    from coach.questionnaires.official import load

    return tuple(each.id for each in load())


def official_form(name: str) -> Any:
    """An official form by its id. Raises `BadValue` with the ids."""
    from coach.questionnaires.official import form

    try:
        return form(name.lower().replace("-", "_"))
    except KeyError:
        raise BadValue(f"There is no form “{name}”.", f"there is: {', '.join(official_ids())}") from None


def enter_official(desk: Desk, name: str, raw: dict[str, Any]) -> Score:
    """Score and keep an official form from the numbers on the person's own sheet.

    Where the profile reads it, the profile is looked at again. Raises `BadFile` for numbers off
    the scale, with nothing changed.
    """
    from coach.questionnaires.catalogue import BadAnswers
    from coach.questionnaires.official import checked, overrides, score

    form = official_form(name)
    try:
        answers = checked(form, raw)
    except BadAnswers as bad:
        details = tuple(f"{each.item_id}: {each.message}" for each in bad.problems)
        raise BadFile(
            f"{form.title}: these numbers cannot be used; nothing was changed.", details=details
        ) from None
    result = score(form.id, answers)
    if result.value is None and not result.parts:
        raise BadFile(f"{form.title}: no score can be worked out; nothing was changed.", result.missing)
    reading = desk.read()
    entered = _entered(desk, "official", form.id, form.title, answers, (result,))
    kept = {
        each.instrument: each.answers for each in reading.all("measures", Entered) if each.kind == "official"
    }
    given = overrides({**kept, form.id: answers})
    if any(reading.answers.get(item) != value for item, value in given.items()):
        whole: Answers = {**reading.answers, "has_scores": "yes", **given}
        assess(desk, whole, source="import", also=(("measures", entered),))
    else:
        with desk.write(f"enter {form.id}") as writing:
            writing.put("measures", entered)
    return result


def _entered(
    desk: Desk,
    kind: Any,
    instrument: str,
    title: str,
    answers: Answers,
    scores: tuple[Score, ...],
    **more: Any,
) -> Entered:
    name = f"{desk.today}/{instrument}"
    return Entered(
        id=name,
        date=desk.today,
        kind=kind,
        instrument=instrument,
        title=title,
        answers=answers,
        scores=scores,
        at=desk.at,
        **more,
    )


def read_questionnaire(data: bytes) -> tuple[Form, tuple[str, ...]]:
    """Read a FHIR R4 Questionnaire file. Raises `BadFile` with one sentence."""
    from coach.questionnaires.fhir import FhirError, read_form

    try:
        form, warnings = read_form(data)
    except FhirError as bad:
        raise BadFile(f"The questionnaire cannot be used: {bad}", "nothing was changed") from None
    return form, tuple(str(each) for each in warnings)


def answer_questionnaire(form: Form, raw: dict[str, Any], today: date) -> Answers:
    """Check the answers of a questionnaire file, all problems at once. Raises `BadFile`."""
    from coach.questionnaires.fhir import BadAnswer, next_item, parse_answer

    answers: Answers = {}
    wrong = []
    for key, value in raw.items():
        try:
            answers[key] = parse_answer(form, key, value)
        except BadAnswer as bad:
            wrong.append(f"{key}: {bad.message}")
    if wrong:
        raise BadFile("These answers cannot be used; nothing was changed.", details=tuple(wrong[:20]))
    step = next_item(form, answers, today)
    if step.missing:
        raise BadFile("Answers are missing; nothing was changed.", details=tuple(step.missing))
    return answers


def enter_questionnaire(desk: Desk, form: Form, answers: Answers) -> tuple[Entered, dict[str, FormScore]]:
    """Score a questionnaire file, write its QuestionnaireResponse, and keep both."""
    from coach.questionnaires.fhir import scores, write_response

    found = scores(form, answers, desk.today)
    document = write_response(form, answers, today=desk.today, authored=datetime.fromisoformat(desk.at))
    kept = tuple(each.as_score() for each in found.values())
    entered = _entered(desk, "fhir", form.id, form.title, answers, kept, document=document)
    if desk.names():
        with desk.write(f"enter {form.id}") as writing:
            writing.put("measures", entered)
    return entered, found


def courses(desk: Desk) -> tuple[Course, ...]:
    """Every measure and test from its first reading to its last, with the error band and the verdict."""
    return courses_of((desk.read(),))


def courses_of(files: Iterable[Reading]) -> tuple[Course, ...]:
    """The same over several files of the journal, oldest first."""
    from coach.questionnaires.course import course, official_reading, readings

    found: list[Any] = []
    for reading in files:
        found += readings(each for each in reading.all("responses", Response) if each.full)
        for entered in reading.all("measures", Entered):
            if entered.kind == "official":
                found += official_reading(entered.instrument, entered.answers, entered.date)
    return course(found)
