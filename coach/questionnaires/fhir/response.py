"""A QuestionnaireResponse out of the answers of a form, and answers out of a response."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from coach.model.assessment import Answers, Value
from coach.questionnaires.catalogue import BadAnswer
from coach.questionnaires.fhir.document import line, objects, plain, read_json
from coach.questionnaires.fhir.errors import FhirError
from coach.questionnaires.fhir.fhirpath.dates import temporal
from coach.questionnaires.fhir.fragments import from_fragments
from coach.questionnaires.fhir.model import Form, Fragment
from coach.questionnaires.fhir.notes import Notes
from coach.questionnaires.fhir.run import open_places
from coach.questionnaires.fhir.scoring import scores_of
from coach.questionnaires.fhir.solve import solve
from coach.questionnaires.fhir.tree import nested_items


def write_response(
    form: Form, answers: Mapping[str, Value], *, today: date, authored: datetime, done: bool = True
) -> dict[str, Any]:
    """The answers as a FHIR R4 QuestionnaireResponse, ready for ``json.dumps``.

    It is ``completed`` when ``done`` and no required question in force is open, else
    ``in-progress``. Items out of force and scores that cannot be computed are left out; the
    points of an option stand on its Coding. Raises `FhirError` when ``authored`` has no offset.
    """
    if authored.utcoffset() is None:
        raise FhirError("The moment of writing needs its offset from UTC.")
    solution = solve(form, answers, today)
    given = dict(solution.given)
    for item_id, score in scores_of(form, solution).items():
        if score.missing:
            given.pop(form.places[item_id], None)
    open_ = open_places(form, solution)
    whole = all(given.get(place) for place in open_ if form.items[place].required)
    zoned = {place: tuple(_zoned(each, authored) for each in found) for place, found in given.items()}
    items, _ = nested_items(form, zoned, solution.enabled, keep_empty=False)
    response: dict[str, Any] = {"resourceType": "QuestionnaireResponse"}
    if form.url:
        response["questionnaire"] = f"{form.url}|{form.version}" if form.version else form.url
    response["status"] = "completed" if done and whole else "in-progress"
    response["authored"] = authored.isoformat(timespec="seconds")
    if items:
        response["item"] = plain(items)
    return response


def _zoned(fragment: Fragment, authored: datetime) -> Fragment:
    """FHIR wants an offset in every dateTime that has a time: that of the moment of writing."""
    found = temporal(str(fragment.get("valueDateTime", "")), "dateTime")
    if found is None or len(found.parts) <= 3 or found.zone is not None:
        return fragment
    offset = authored.utcoffset() or timedelta()
    filled = (*found.parts, 0, 0, 0)[:6]
    zone = int(offset.total_seconds()) // 60
    return fragment | {"valueDateTime": found._replace(parts=filled, zone=zone).text()}


def read_response(form: Form, data: bytes | str) -> tuple[Answers, tuple[str, ...]]:
    """The answers of a QuestionnaireResponse to this form, with a warning for each odd thing.

    Calculated items are not read: they are computed anew. Raises `FhirError` for a file that
    is no response, or answers another questionnaire.
    """
    document, _ = read_json(data)
    if document.get("resourceType") != "QuestionnaireResponse":
        kind = line(document.get("resourceType"), 40) or "no FHIR resource"
        raise FhirError(f"The file is {kind}, and not a QuestionnaireResponse.")
    notes = Notes()
    _check_form(form, document, notes)
    answers: Answers = {}
    _Reading(form, answers, notes).take(document.get("item"), -1)
    return answers, notes.sentences()


class _Reading:
    """Finds for each item of a response its place in the form: under the same parent first."""

    def __init__(self, form: Form, answers: Answers, notes: Notes) -> None:
        self._form = form
        self._answers = answers
        self._notes = notes
        self._taken: set[int] = set()
        self._below: dict[tuple[int, str], list[int]] = {}
        self._links: dict[str, list[int]] = {}
        for place, item in enumerate(form.items):
            self._below.setdefault((item.parent, item.link_id), []).append(place)
            self._links.setdefault(item.link_id, []).append(place)

    def take(self, items: Any, parent: int) -> None:
        """Take the answers of items and of all below them."""
        for one in objects(items):
            place = self._place(one, parent)
            if place is not None:
                self._taken.add(place)
                _take(self._form, place, one, self._answers, self._notes)
            at = -2 if place is None else place
            self.take(one.get("item"), at)
            for answer in objects(one.get("answer")):
                self.take(answer.get("item"), at)

    def _place(self, one: dict[str, Any], parent: int) -> int | None:
        link_id = one["linkId"] if isinstance(one.get("linkId"), str) else ""
        known = self._links.get(link_id, [])
        if not known:
            self._notes.say("The response answers a linkId that is not in the form: {}.", link_id)
            return None
        near = self._below.get((parent, link_id), [])
        free = [place for place in near or known if place not in self._taken]
        if not free:
            self._notes.say(
                "The response holds an item more often than the form; the first one is kept: {}.", link_id
            )
        return free[0] if free else None


def _check_form(form: Form, document: dict[str, Any], notes: Notes) -> None:
    named = document.get("questionnaire")
    if isinstance(named, dict):
        named = named.get("reference")
    url, _, version = (named if isinstance(named, str) else "").partition("|")
    if url.startswith("http") and form.url and url != form.url:
        raise FhirError(f"The response answers another questionnaire ({line(url, 120)}).")
    if version and form.version and version != form.version:
        notes.say(
            f"The response was given to version {line(version, 40)}, and the form is version {form.version}."
        )


def _take(form: Form, place: int, one: dict[str, Any], answers: Answers, notes: Notes) -> None:
    item = form.items[place]
    fragments = objects(one.get("answer"))
    if not item.is_question or not fragments:
        return
    try:
        value = from_fragments(item, fragments)
    except BadAnswer as error:
        notes.say(
            f"An answer does not fit its question and was left out ({error.message}): {{}}.", item.link_id
        )
        return
    if value is not None:
        answers[item.id] = value
