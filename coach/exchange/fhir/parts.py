"""Pieces that every resource is made of: ids, references, quantities, narrative."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime
from typing import Any

from coach.exchange.fhir.codes import UCUM
from coach.exchange.html import join, tag
from coach.model.text import clean, one_line

Resource = dict[str, Any]
_NOT_IN_IDS = re.compile(r"[^A-Za-z0-9.-]+")
_XHTML = "http://www.w3.org/1999/xhtml"
LONGEST = 20_000


def name(*parts: object) -> str:
    """An id that FHIR allows (64 letters, digits, ``-`` and ``.``), the same for the same parts."""
    whole = "-".join(str(each) for each in parts)
    plain = _NOT_IN_IDS.sub("-", whole).strip("-")
    if len(plain) <= 64 and plain:
        return plain
    return f"{plain[:47]}-{hashlib.sha256(whole.encode()).hexdigest()[:16]}"


def reference(kind: str, key: str) -> dict[str, str]:
    """A reference to a resource of ours."""
    return {"reference": f"{kind}/{key}"}


def quantity(value: float, unit: str) -> dict[str, Any]:
    """A quantity in UCUM; an annotation such as ``{score}`` is shown without its braces."""
    shown = unit.replace("{", "").replace("}", "")
    return {"value": number(value), "unit": shown, "system": UCUM, "code": unit}


def number(value: float) -> float | int:
    """A number without the noise of binary fractions; whole ones as integers."""
    found = round(float(value), 6)
    return int(found) if found.is_integer() else found


def said(text: str, limit: int = LONGEST) -> str:
    """A text of more than one line, cleaned; never blank, which FHIR refuses."""
    return clean(text, limit).strip() or "-"


def line(text: str, limit: int = 200) -> str:
    """A text on one line; never blank."""
    return one_line(text, limit) or "-"


def instant(text: str) -> str:
    """An instant with its offset as FHIR wants it, or empty for a text that is none."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return ""
    return found.isoformat(timespec="seconds") if found.utcoffset() is not None else ""


def narrative(title: str, lines: tuple[str, ...]) -> dict[str, str]:
    """What a person reads where nothing else can be shown; every text in it is escaped."""
    body = tag("div", tag("p", title), tag("ul", join(tag("li", each) for each in lines)) if lines else None,
               xmlns=_XHTML)  # fmt: skip
    return {"status": "generated", "div": str(body)}


def filled(**fields: Any) -> dict[str, Any]:
    """The fields that have a value: FHIR knows no null, no empty text, list or object."""
    return {key.rstrip("_"): value for key, value in fields.items() if value not in (None, "", [], {})}
