"""The extensions of forms: finding them by the end of their address, and reading their values.

The addresses of one extension differ between STU3, R4 and the releases of SDC
(``questionnaire-unit``, ``sdc-questionnaire-calculatedExpression``, ``calculatedExpression``);
the last word stays, so that is what is compared, within addresses of HL7.
"""

from __future__ import annotations

from typing import Any

from coach.questionnaires.fhir.document import objects

NOT_RUN = {
    "answerExpression": "answer lists made by an expression",
    "candidateExpression": "answers proposed by an expression",
    "answerOptionsToggleExpression": "options switched by an expression",
    "itemPopulationContext": "filling in from a record",
    "sourceQueries": "filling in from a record",
    "sourceStructureMap": "filling in from a record",
    "subQuestionnaire": "parts kept in another file",
    "constraint": "the form's own plausibility rules",
    "targetConstraint": "the form's own plausibility rules",
    "cqf-expression": "texts made by an expression",
    "cqf-library": "CQL libraries",
}
"""Extensions that change what a form does and are not run, and what to call them."""


def tail(url: Any) -> str:
    """The last word of an HL7 extension address, without the prefixes that differ."""
    if not isinstance(url, str) or "hl7.org" not in url:
        return ""
    word = url.rsplit("/", 1)[-1]
    for prefix in ("sdc-questionnaire-", "sdc-", "questionnaire-"):
        word = word.removeprefix(prefix)
    return word


def extensions(element: dict[str, Any], *names: str) -> list[dict[str, Any]]:
    """All extensions that go by these names."""
    return [each for each in objects(element.get("extension")) if tail(each.get("url")) in names]


def value_of(extension: dict[str, Any]) -> Any:
    """The value of one extension, or null."""
    return next((found for key, found in extension.items() if key.startswith("value")), None)


def value(element: dict[str, Any], *names: str) -> Any:
    """The value of the first extension that goes by these names, or null."""
    return next((value_of(each) for each in extensions(element, *names)), None)


def controls(element: dict[str, Any]) -> frozenset[str]:
    """The display hints of an item: ``slider``, ``help``, ``unit`` and so on."""
    found: set[str] = set()
    for each in extensions(element, "itemControl", "displayCategory"):
        concept = value_of(each)
        codes = objects(concept.get("coding")) if isinstance(concept, dict) else []
        found.update(code["code"] for code in codes if isinstance(code.get("code"), str))
    return frozenset(found)


def whole(element: dict[str, Any], *names: str) -> int | None:
    """A whole number of an extension, or null."""
    found = value(element, *names)
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def part(extension: dict[str, Any], name: str) -> Any:
    """The value of a part of a complex extension, whose parts have bare names."""
    found = (each for each in objects(extension.get("extension")) if each.get("url") == name)
    return next((value_of(each) for each in found), None)
