"""The extensions of forms: their addresses, and reading their values."""

from __future__ import annotations

from typing import Any

from coach.questionnaires.fhir.document import objects

CORE = "http://hl7.org/fhir/StructureDefinition/"
SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition/"

CALCULATED = SDC + "sdc-questionnaire-calculatedExpression"
ENABLE = SDC + "sdc-questionnaire-enableWhenExpression"
INITIAL = SDC + "sdc-questionnaire-initialExpression"
VARIABLE = CORE + "variable"
LAUNCH = SDC + "sdc-questionnaire-launchContext"

NOT_RUN = {
    SDC + "sdc-questionnaire-answerExpression": "answer lists made by an expression",
    SDC + "sdc-questionnaire-candidateExpression": "answers proposed by an expression",
    SDC + "sdc-questionnaire-answerOptionsToggleExpression": "options shown by an expression",
    SDC + "sdc-questionnaire-itemPopulationContext": "filling in from a record",
    SDC + "sdc-questionnaire-sourceQueries": "filling in from a record",
    SDC + "sdc-questionnaire-sourceStructureMap": "filling in from a record",
    SDC + "sdc-questionnaire-targetStructureMap": "handing over to a record",
    SDC + "sdc-questionnaire-subQuestionnaire": "parts kept in another file",
    CORE + "questionnaire-constraint": "the form's own plausibility rules",
    CORE + "targetConstraint": "the form's own plausibility rules",
    CORE + "cqf-expression": "texts made by an expression",
    CORE + "cqf-library": "CQL libraries",
}
"""Extensions that change what a form does and are not run, and what to call them."""


def extensions(element: dict[str, Any], url: str) -> list[dict[str, Any]]:
    """All extensions of one address."""
    return [each for each in objects(element.get("extension")) if each.get("url") == url]


def value(element: dict[str, Any], *urls: str) -> Any:
    """The value of the first extension of these addresses, or null."""
    for url in urls:
        for each in extensions(element, url):
            for key, found in each.items():
                if key.startswith("value"):
                    return found
    return None


def controls(element: dict[str, Any]) -> frozenset[str]:
    """The display hints of an item: ``slider``, ``help``, ``unit`` and so on."""
    found: set[str] = set()
    for name in ("questionnaire-itemControl", "questionnaire-displayCategory"):
        for each in extensions(element, CORE + name):
            concept = each.get("valueCodeableConcept")
            codes = objects(concept.get("coding")) if isinstance(concept, dict) else []
            found.update(code["code"] for code in codes if isinstance(code.get("code"), str))
    return frozenset(found)


def flag(element: dict[str, Any], url: str) -> bool:
    """Whether an extension says true."""
    return value(element, url) is True


def number(element: dict[str, Any], url: str) -> int | None:
    """A whole number of an extension, or null."""
    found = value(element, url)
    return found if isinstance(found, int) and not isinstance(found, bool) else None
