"""A form as an instrument, so that faces show its questions as they show the built-in ones."""

from __future__ import annotations

import re

from coach.model.assessment import Choice, Instrument, Item, Kind
from coach.model.text import one_line
from coach.questionnaires.fhir.model import Form, FormItem

_SHAPES = {
    "date": "Write a date such as 2026-11-23.",
    "dateTime": "Write a date and a time such as 2026-11-23T08:30.",
    "time": "Write a time such as 08:30.",
    "url": "Write an address such as https://example.org.",
}
_SECONDS = {"boolean": 5.0, "choice": 8.0, "text": 30.0, "string": 12.0}


def as_instrument(form: Form) -> Instrument:
    """All questions of a form as an instrument of its own.

    ``ask_if`` cannot say all that ``enableWhen`` can, so it stays empty: which question comes
    next is told by `next_item`, and answers are checked by `parse_answer`. ``asked`` is empty
    too: a form from outside is asked when a person asks for it, and never by the calendar.
    """
    number = re.match(r"\d{1,9}", form.version)
    return Instrument(
        id=form.id,
        version=int(number.group()) if number else 1,
        title=form.title,
        items=tuple(as_item(item) for item in form.items if item.is_question),
        purpose=one_line(form.description, 500),
        asked=(),
        provenance=f"{form.url}|{form.version}".strip("|") if form.url else "",
        licence=one_line(form.copyright, 500),
        loinc=form.code,
    )


def as_item(item: FormItem) -> Item:
    """One question as the built-in interview shows it.

    Dates, texts, open choices, quantities with several units and what repeats without being a
    choice come as ``text``; the options of an open choice stand in ``choices`` all the same.
    """
    kind = _kind(item)
    number = kind in ("scale", "number")
    low, high = (item.minimum, item.maximum) if number else (None, None)
    return Item(
        id=item.id,
        text=one_line(f"{item.prefix} {item.text or item.link_id}", 1000),
        kind=kind,
        help=_help(item, kind),
        required=item.required or item.minimum_answers > 0,
        minimum=_float(low),
        maximum=_float(high),
        step=_float(item.step) or 1,
        unit=item.unit.text if item.unit else "",
        low=item.low,
        high=item.high,
        choices=tuple(Choice(value=option.value, text=option.text) for option in item.options),
        seconds=_SECONDS.get(item.kind, 8.0),
    )


def _kind(item: FormItem) -> Kind:
    if item.kind == "choice":
        return "text" if item.open else "choices" if item.repeats else "choice"
    if item.repeats or (item.kind == "quantity" and len(item.units) != 1):
        return "text"
    if item.kind == "boolean":
        return "yes_no"
    if item.kind in ("integer", "decimal", "quantity"):
        scale = item.kind == "integer" and item.step and item.minimum is not None and item.maximum is not None
        return "scale" if scale else "number"
    return "text"


def _help(item: FormItem, kind: Kind) -> str:
    parts = [item.help, _SHAPES.get(item.kind, "")]
    if kind == "text" and item.options:
        parts.append("Choose one of the answers, or write your own.")
    if kind == "text" and len(item.units) > 1:
        parts.append(f"Write the number with its unit: {', '.join(unit.text for unit in item.units[:8])}.")
    if kind == "text" and item.repeats:
        parts.append("Part several answers by “;”.")
    return " ".join(part for part in parts if part)


def _float(limit: str | None) -> float | None:
    try:
        return None if limit is None else float(limit)
    except ValueError:
        return None
