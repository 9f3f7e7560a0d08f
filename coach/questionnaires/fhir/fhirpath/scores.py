"""``ordinal()`` of SDC 3 and ``weight()`` of SDC 4: the points of an answer.

The runner copies the points of the chosen option on to the answer, so that both find them there,
as ``answer.value.extension(...)`` does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.questionnaires.fhir.fhirpath.tree import Tree
from coach.questionnaires.fhir.fhirpath.values import Collection, Node, as_number, member

if TYPE_CHECKING:
    from coach.questionnaires.fhir.fhirpath.engine import Scope

POINTS = (
    "http://hl7.org/fhir/StructureDefinition/ordinalValue",
    "http://hl7.org/fhir/StructureDefinition/itemWeight",
    "http://hl7.org/fhir/StructureDefinition/questionnaire-ordinalValue",
    "http://hl7.org/fhir/StructureDefinition/iso21090-CO-value",
    "http://hl7.org/fhir/StructureDefinition/codesystem-ordinalValue",
    "http://hl7.org/fhir/StructureDefinition/valueset-ordinalValue",
)
"""Extensions that hold the points of an option, the usual ones first."""


def points(at: Node) -> Collection:
    """The points that stand on a value, or on the answer round it."""
    for extension in member(at, "extension"):
        if isinstance(extension.value, dict) and extension.value.get("url") in POINTS:
            found = [each for each in member(extension, "value") if as_number(each) is not None]
            if found:
                return found[:1]
    if isinstance(at.value, dict) and "extension" not in at.value:
        inner = member(at, "value")
        return points(inner[0]) if len(inner) == 1 and inner[0].value is not at.value else []
    return []


def ordinal(scope: Scope, found: Collection, args: tuple[Tree, ...]) -> Collection:
    """The points of each value; a value without points gives nothing."""
    return [each for at in found for each in points(at)]


def weight(scope: Scope, found: Collection, args: tuple[Tree, ...]) -> Collection:
    """As `ordinal`; a bare number stands for itself only in neither."""
    return ordinal(scope, found, args)
