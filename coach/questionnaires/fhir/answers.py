"""One answer of a form: from a keyboard or a file to its stored value."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from coach.model.assessment import Value
from coach.model.text import clean, one_line
from coach.questionnaires.catalogue import BadAnswer
from coach.questionnaires.fhir.errors import PathError
from coach.questionnaires.fhir.fhirpath.dates import compare, temporal
from coach.questionnaires.fhir.fhirpath.texts import safe_pattern
from coach.questionnaires.fhir.model import Form, FormItem, Option, Unit

MAX_TEXT = 2_000
MAX_ANSWERS = 50
_NUMBER = re.compile(r"\s*([-+]?\d{1,15}(?:[.,]\d{1,15})?)\s*(.*)", re.DOTALL)
SHAPES = {"date": "2026-11-23", "dateTime": "2026-11-23T08:30", "time": "08:30"}


def parse_answer(form: Form, item_id: str, raw: Any) -> Value:
    """Check one answer, typed or from a file, and bring it to its stored value.

    Yes and no questions give ``yes`` or ``no``, numbers numbers, choices the option's value,
    dates ISO text; what may be given several times gives a tuple. Several typed answers are
    parted by ``;``. Null and blanks are an answer not given. Raises `BadAnswer`.
    """
    item = form.find(item_id)
    if item is None or not item.is_question:
        known = [each.id for each in form.items if each.is_question]
        near = difflib.get_close_matches(str(item_id)[:60], known, n=1)
        hint = f"; did you mean “{near[0]}”?" if near else ""
        raise BadAnswer(one_line(str(item_id), 60), "there is no question of this name" + hint)
    return parse_item(item, raw)


def parse_item(item: FormItem, raw: Any) -> Value:
    """As `parse_answer`, for an item in hand."""
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return None
    if not item.repeats:
        if isinstance(raw, list | tuple) and len(raw) == 1:
            raw = raw[0]
        return _one(item, raw)
    found = tuple(dict.fromkeys(_one(item, each) for each in _several(item, raw)))
    values = tuple(str(each) for each in found if each is not None)
    _check_count(item, values)
    return values or None


def _several(item: FormItem, raw: Any) -> list[Any]:
    if isinstance(raw, list | tuple):
        return list(raw)[: MAX_ANSWERS + 1]
    if isinstance(raw, str) and find_option(item, raw) is None:
        mark = "," if item.kind == "choice" and not item.open and ";" not in raw else ";"
        return [word for word in raw.split(mark) if word.strip()][: MAX_ANSWERS + 1]
    return [raw]


def _check_count(item: FormItem, values: tuple[str, ...]) -> None:
    most = min(item.maximum_answers or MAX_ANSWERS, MAX_ANSWERS)
    if len(values) > most:
        raise BadAnswer(item.id, f"expected at most {most} answers, found {len(values)}")
    if values and len(values) < item.minimum_answers:
        raise BadAnswer(item.id, f"expected at least {item.minimum_answers} answers, found {len(values)}")
    for option in item.options:
        if option.exclusive and option.value in values and len(values) > 1:
            raise BadAnswer(item.id, f"“{option.text}” goes with no other answer")


def _one(item: FormItem, raw: Any) -> str | int | float | None:
    if item.kind == "boolean":
        return _yes_no(item, raw)
    if item.kind == "choice":
        return _choice(item, raw)
    if item.kind in ("integer", "decimal"):
        return _number(item, raw)
    if item.kind == "quantity":
        return _quantity(item, raw)
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise BadAnswer(item.id, f"expected a text, found {_named(raw)}")
    if item.kind in SHAPES:
        return _date(item, str(raw))
    return _text(item, str(raw))


def _yes_no(item: FormItem, raw: Any) -> str:
    word = {True: "yes", False: "no"}[raw] if isinstance(raw, bool) else str(raw).strip().lower()
    found = {"y": "yes", "n": "no", "true": "yes", "false": "no"}.get(word, word)
    if found not in ("yes", "no"):
        raise BadAnswer(item.id, f"expected yes or no, found {_named(raw)}")
    return found


def find_option(item: FormItem, raw: Any) -> Option | None:
    """The option that a person or a file means: by its value, else by its text."""
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        return None
    word = str(raw).strip()
    low = word.lower()
    exact = next((option for option in item.options if option.value == word), None)
    return exact or next(
        (option for option in item.options if low in (option.value.lower(), option.text.lower())), None
    )


def _choice(item: FormItem, raw: Any) -> str:
    found = find_option(item, raw)
    if found:
        return found.value
    if item.open and isinstance(raw, str):
        return str(_text(item, raw))
    values = [option.value for option in item.options]
    near = difflib.get_close_matches(str(raw)[:60], values, n=1)
    hint = f"; did you mean “{near[0]}”?" if near else ""
    shown = ", ".join(values[:12]) + (" …" if len(values) > 12 else "")
    raise BadAnswer(item.id, f"expected one of {shown}, found {_named(raw)}{hint}")


def number_and_rest(raw: Any) -> tuple[Decimal, str] | None:
    """A number and what stands after it, or null."""
    if isinstance(raw, bool) or not isinstance(raw, str | int | float | Decimal):
        return None
    match = _NUMBER.fullmatch(str(raw)) if isinstance(raw, str) else None
    try:
        if match:
            return Decimal(match.group(1).replace(",", ".")), match.group(2).strip()
        value = Decimal(str(raw))
    except (InvalidOperation, ValueError):
        return None
    return (value, "") if value.is_finite() and abs(value.adjusted()) <= 15 else None


def _number(item: FormItem, raw: Any) -> int | float:
    found = number_and_rest(raw)
    unit = item.unit
    if (
        found
        and found[1]
        and (unit is None or found[1].lower() not in (unit.code.lower(), unit.text.lower()))
    ):
        found = None
    whole = item.kind == "integer"
    if found is None or (whole and found[0] != found[0].to_integral_value()) or not _within(item, found[0]):
        raise BadAnswer(item.id, f"expected {_range(item)}, found {_named(raw)}")
    return number(found[0])


def number(value: Decimal) -> int | float:
    """A decimal as a JSON number."""
    return int(value) if value == value.to_integral_value() else float(value)


def _within(item: FormItem, value: Decimal) -> bool:
    low, high = _bound(item.minimum), _bound(item.maximum)
    return (low is None or value >= low) and (high is None or value <= high)


def _bound(limit: str | None) -> Decimal | None:
    try:
        return None if limit is None else Decimal(limit)
    except InvalidOperation:
        return None


def _range(item: FormItem) -> str:
    kind = "a whole number" if item.kind == "integer" else "a number"
    unit = f" {item.unit.text}" if item.unit else ""
    if item.minimum is not None and item.maximum is not None:
        return f"{kind} from {item.minimum} to {item.maximum}{unit}"
    if item.minimum is not None:
        return f"{kind} of {item.minimum}{unit} or more"
    return f"{kind} of {item.maximum}{unit} or less" if item.maximum is not None else f"{kind}{unit}"


def _quantity(item: FormItem, raw: Any) -> str | int | float:
    """A number, with its unit in the text where the form offers several."""
    found = number_and_rest(raw)
    if found is None or not _within(item, found[0]):
        raise BadAnswer(item.id, f"expected {_range(item)}, found {_named(raw)}")
    value, written = found
    unit = find_unit(item.units, written)
    if (written and item.units and unit is None) or (not written and len(item.units) > 1):
        names = ", ".join(each.text for each in item.units[:8])
        raise BadAnswer(item.id, f"expected a number with its unit ({names}), found {_named(raw)}")
    if len(item.units) == 1 or not written:
        return number(value)
    return f"{value.normalize():f} {unit.text if unit else one_line(written, 40)}"


def find_unit(units: Iterable[Unit], written: str) -> Unit | None:
    """The unit that a person wrote, by its code or its words."""
    low = written.strip().lower()
    return next((each for each in units if low and low in (each.code.lower(), each.text.lower())), None)


def _date(item: FormItem, raw: str) -> str:
    text = raw.strip().replace(" ", "T", 1)
    found = temporal(text, item.kind)
    clock = 0 if found is None else len(found.parts) - (0 if item.kind == "time" else 3)
    if found is None or clock == 1:
        shape = SHAPES[item.kind]
        raise BadAnswer(item.id, f"expected a {item.kind} such as {shape}, found {_named(raw)}")
    for limit, sign, words in ((item.minimum, -1, "not before"), (item.maximum, 1, "not after")):
        bound = temporal(limit, item.kind) if limit else None
        if bound and compare(found, bound) == sign:
            raise BadAnswer(item.id, f"expected a {item.kind} {words} {limit}, found {_named(raw)}")
    if clock == 3 and found.parts[-1] == 0:
        # Seconds that nobody meant are put on again when FHIR is written.
        found = found._replace(parts=found.parts[:-1])
    return found.text()


def _text(item: FormItem, raw: str) -> str:
    words = clean(raw, MAX_TEXT * 2).strip() if item.kind == "text" else one_line(raw, MAX_TEXT * 2)
    most = min(item.maximum_length or MAX_TEXT, MAX_TEXT)
    if len(words) > most:
        raise BadAnswer(item.id, f"expected at most {most} characters, found {len(words)}")
    if len(words) < item.minimum_length:
        raise BadAnswer(item.id, f"expected at least {item.minimum_length} characters, found {len(words)}")
    if item.kind == "url" and re.search(r"\s", words):
        raise BadAnswer(item.id, f"expected an address without blanks, found {_named(raw)}")
    if item.pattern and item.kind != "url":
        _check_pattern(item, words)
    return words


def _check_pattern(item: FormItem, words: str) -> None:
    """The form's own pattern, where it is simple enough to be run safely."""
    try:
        fits = len(words) > 300 or safe_pattern(item.pattern).fullmatch(words) is not None
    except PathError:
        return
    if not fits:
        shape = f" such as {item.help}" if item.help else " of another shape"
        raise BadAnswer(item.id, f"expected a text{shape}, found {_named(words)}")


def _named(raw: Any) -> str:
    if isinstance(raw, str):
        return f"“{one_line(raw, 40)}”"
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, dict | list | tuple):
        return "an object" if isinstance(raw, dict) else "a list"
    return one_line(str(raw), 40)
