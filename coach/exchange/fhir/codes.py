"""The codes of measures, from their data file, and what has none under a code system of our own."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal

import msgspec

from coach.model.noun import Noun
from coach.model.text import one_line

BASE = "https://coach.invalid/fhir"
"""Where our own resources would live; ``.invalid`` is no place anyone can own."""
LOCAL = f"{BASE}/CodeSystem/measures"
LOINC = "http://loinc.org"
UCUM = "http://unitsofmeasure.org"
CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"
PA = "http://hl7.org/fhir/us/physical-activity/StructureDefinition/"


class Code(Noun, frozen=True, kw_only=True):
    """How one measure goes out."""

    text: str
    unit: str
    category: Literal["survey", "activity"]
    source: str
    loinc: str = ""
    certainty: Literal["sure", "likely", ""] = ""
    profile: str = ""


@cache
def load_codes() -> dict[str, Code]:
    """The table of codes by measure."""
    import tomllib

    from coach.packaged import packaged

    text = packaged("exchange", "fhir", "codes.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), dict[str, Code])


def code_of(measure: str, name: str = "", unit: str = "") -> Code:
    """The code of a measure; one that the table does not know has its name as text and a score as unit."""
    found = load_codes().get(measure)
    if found is not None:
        return found
    units = {
        "s": "s",
        "cm": "cm",
        "min": "min",
        "minutes": "min",
        "deg": "deg",
        "%": "%",
        "h": "h",
        "kg": "kg",
    }
    return Code(
        text=one_line(name or measure, 200),
        unit=units.get(unit, "{score}"),
        category="survey",
        source="local",
    )


def concept(measure: str, code: Code) -> dict[str, Any]:
    """A CodeableConcept: LOINC where it is known, our own code always, and always a text."""
    coding = [{"system": LOINC, "code": code.loinc}] if code.loinc else []
    return {"coding": [*coding, {"system": LOCAL, "code": measure}], "text": code.text}


def code_system(measures: dict[str, str]) -> dict[str, Any]:
    """Our own code system with the measures that were used, and what each is called."""
    return {
        "resourceType": "CodeSystem",
        "id": "measures",
        "url": LOCAL,
        "version": "1",
        "name": "CoachMeasures",
        "title": "Measures of coach",
        "status": "active",
        "content": "fragment",
        "concept": [{"code": name, "display": measures[name]} for name in sorted(measures)],
    }


def check_digit(code: str) -> bool:
    """Whether the last digit of a LOINC code is the one that its others ask for (mod 10)."""
    body, dash, last = code.partition("-")
    if not (
        dash and body.isascii() and body.isdigit() and last.isascii() and last.isdigit() and len(last) == 1
    ):
        return False
    return _luhn(body) == int(last)


def _luhn(digits: str) -> int:
    """The check digit of LOINC: every other digit from the right doubled, the sum brought to the next ten."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value // 10 + value % 10
    return -total % 10
