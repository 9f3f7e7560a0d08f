"""QuestionnaireResponses: what was answered, question by question, with the words of the question."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from coach.exchange.fhir.codes import BASE
from coach.exchange.fhir.parts import Resource, filled, instant, line, name, number, reference, said
from coach.exchange.fhir.record import Episode, Section
from coach.model.assessment import Entered, Item, Response

ANSWERS = f"{BASE}/CodeSystem/answers"


def responses(episode: Episode, sections: tuple[Section, ...], subject: str) -> Iterator[Resource]:
    """All answers of an episode: assessments, weekly questions, and forms from elsewhere."""
    for response in episode.responses:
        found = _response(response, episode, sections, subject)
        if found["item"]:
            yield found
    for entered in episode.entered:
        if entered.document:
            yield _entered(entered, episode, subject)


def _response(response: Response, episode: Episode, sections: tuple[Section, ...], subject: str) -> Resource:
    groups = []
    for section in sections:
        items = [
            {"linkId": item.id, "text": said(item.text), "answer": answers}
            for item in section.items
            if (answers := _answers(item, response.answers.get(item.id)))
        ]
        if items:
            groups.append({"linkId": f"section-{section.id}", "text": line(section.title), "item": items})
    return {
        "resourceType": "QuestionnaireResponse",
        "id": name("q", episode.name, response.id),
        "status": "completed",
        **filled(
            subject=reference("Patient", subject),
            authored=instant(response.at) or response.date.isoformat(),
            author=reference("Patient", subject),
            source=reference("Patient", subject),
        ),
        "item": groups,
    }


def _answers(item: Item, value: Any) -> list[dict[str, Any]]:
    """The answers of one question in the type of its kind; nothing for one that has none."""
    if value is None or value in ("", ()):
        return []
    if isinstance(value, list | tuple):
        return [_coded(item, str(each)) for each in value]
    if item.kind in ("yes_no", "yes_no_unsure") and value in ("yes", "no"):
        return [{"valueBoolean": value == "yes"}]
    if isinstance(value, bool):
        return [{"valueBoolean": value}]
    if isinstance(value, int | float):
        found = number(value)
        return [{"valueInteger": found} if isinstance(found, int) else {"valueDecimal": found}]
    if item.kind == "text":
        return [{"valueString": said(str(value))}]
    return [_coded(item, str(value))]


def _coded(item: Item, value: str) -> dict[str, Any]:
    text = next((each.text for each in item.choices if each.value == value), value)
    return {"valueCoding": {"system": ANSWERS, "code": line(value, 100), "display": line(text)}}


def _entered(entered: Entered, episode: Episode, subject: str) -> Resource:
    """The response of a questionnaire file as it is kept, under our own id and subject."""
    kept = {
        key: value for key, value in entered.document.items() if key not in ("id", "subject", "contained")
    }
    return {
        **kept,
        "resourceType": "QuestionnaireResponse",
        "id": name("q", episode.name, entered.id),
        "subject": reference("Patient", subject),
    }
