"""All resources of a record, as one Bundle or as a line each."""

from __future__ import annotations

import json
from collections.abc import Iterator

from coach.exchange.fhir.answers import responses
from coach.exchange.fhir.codes import BASE, LOCAL, LOINC, code_system
from coach.exchange.fhir.course import care_plan, goals
from coach.exchange.fhir.definition import plan_definition
from coach.exchange.fhir.observations import observations
from coach.exchange.fhir.parts import Resource, filled, instant, name
from coach.exchange.fhir.record import Record

FORMS = ("bundle", "ndjson")
_SEX = {"female": "female", "male": "male", "other": "other"}


def resources(record: Record) -> Iterator[Resource]:
    """Every resource once, the person first; a reference never points to what is not there."""
    yield _patient(record)
    used: dict[str, str] = {}
    seen: set[str] = set()
    for episode in record.episodes:
        for each in observations(episode, record.subject):
            if each["id"] not in seen:  # an episode that goes on carries the last answers with it
                seen.add(each["id"])
                _note(each, used)
                yield each
        yield from responses(episode, record.sections, record.subject)
        found = goals(episode, record.subject)
        for each in found:
            for target in each.get("target", ()):
                _codes(target["measure"], used)
        yield from found
        yield from care_plan(episode, record.subject, found)
        yield from plan_definition(episode)
    if used:
        yield code_system(used)


def _patient(record: Record) -> Resource:
    return {
        "resourceType": "Patient",
        "id": record.subject,
        "identifier": [{"system": f"{BASE}/subjects", "value": record.subject}],
        **filled(gender=_SEX.get(record.sex, "")),
    }


def _note(observation: Resource, used: dict[str, str]) -> None:
    _codes(observation["code"], used)


def _codes(concept: Resource, used: dict[str, str]) -> None:
    for each in concept["coding"]:
        if each["system"] == LOCAL:
            used[each["code"]] = concept["text"]


def bundle(record: Record) -> Iterator[str]:
    """One Bundle of type collection, in chunks of text."""
    head = {
        "resourceType": "Bundle",
        "id": name("coach", record.subject, record.today),
        "meta": {"tag": [{"system": f"{BASE}/CodeSystem/tags", "code": "coach", "display": NOTICE}]},
        "type": "collection",
        **filled(timestamp=instant(record.made)),
    }
    yield _text(head)[:-1] + ', "entry": [\n'
    mark = ""
    for each in resources(record):
        url = f"{BASE}/{each['resourceType']}/{each['id']}"
        yield f'{mark}{{"fullUrl": {_text(url)}, "resource": {_text(each)}}}'
        mark = ",\n"
    yield "\n]}\n"


NOTICE = f"Codes of {LOINC} are copyright Regenstrief Institute, used under the licence at loinc.org/license"


def ndjson(record: Record) -> Iterator[tuple[str, str]]:
    """One resource a line, with its type: a file a type is what bulk readers want."""
    for each in resources(record):
        yield each["resourceType"], f"{_text(each)}\n"


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
