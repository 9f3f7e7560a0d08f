"""One item of a questionnaire, from its JSON to a noun."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, get_args

from coach.questionnaires.fhir.dialect import to_r4
from coach.questionnaires.fhir.document import line, objects, text
from coach.questionnaires.fhir.errors import PathError
from coach.questionnaires.fhir.extensions import (
    NOT_RUN,
    controls,
    extensions,
    tail,
    value,
    value_of,
    whole,
)
from coach.questionnaires.fhir.fhirpath import parse
from coach.questionnaires.fhir.fhirpath.functions import FUNCTIONS
from coach.questionnaires.fhir.fhirpath.tree import calls
from coach.questionnaires.fhir.fields import ITEM
from coach.questionnaires.fhir.model import EnableWhen, Expression, FormItem, Fragment, Kind, Option, Unit
from coach.questionnaires.fhir.notes import Notes
from coach.questionnaires.fhir.options import ValueSets, read_options

_SKIPPED = ("attachment", "reference", "question")
_KINDS: dict[str, Kind] = {"open-choice": "choice", "url": "url", "uri": "url"}
_UCUM = "http://unitsofmeasure.org"


class Expressions:
    """Reads the expressions of a form and says once what is not run."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self.queries: list[str] = []

    def all(self, element: dict[str, Any], name: str, owner: str) -> tuple[Expression, ...]:
        """All expressions of one extension; those in other languages than FHIRPath are noted."""
        found = []
        for extension in extensions(element, name):
            raw = value_of(extension)
            raw = {"expression": raw} if isinstance(raw, str) else raw
            if not isinstance(raw, dict) or not isinstance(raw.get("expression"), str):
                continue
            called = line(raw.get("name"), 80)
            language = str(raw.get("language") or "text/fhirpath").lower()
            if "fhirpath" not in language:
                self.queries += [called] if called else []
                kind = "CQL" if "cql" in language else "x-fhir-query"
                self._notes.say(f"Expressions in {kind} need a server and are not run: {{}}.", owner)
                found.append(Expression(text=raw["expression"], name=called, language=kind))
                continue
            found.append(Expression(text=raw["expression"], name=called))
            self._check(raw["expression"], owner)
        return tuple(found)

    def first(self, element: dict[str, Any], name: str, owner: str) -> Expression | None:
        """The first expression of an extension, or null; one in FHIRPath goes first."""
        found = sorted(self.all(element, name, owner), key=lambda each: bool(each.language))
        return found[0] if found else None

    def run(self, element: dict[str, Any], name: str, owner: str) -> Expression | None:
        """The first expression that can be run, or null."""
        found = self.first(element, name, owner)
        return None if found is None or found.language else found

    def variables(self, element: dict[str, Any], owner: str) -> tuple[Expression, ...]:
        """The variables that can be run; the names of the others stand in ``queries``."""
        return tuple(each for each in self.all(element, "variable", owner) if not each.language)

    def _check(self, source: str, owner: str) -> None:
        try:
            unknown = sorted(calls(parse(source)) - FUNCTIONS.keys())
        except PathError as error:
            self._notes.say(f"An expression cannot be run in {{}}: {str(error).rstrip('.')}.", owner)
            return
        for name in unknown:
            self._notes.say(f"The function “{line(name, 40)}()” is not run here; it is used in {{}}.", owner)


def read_item(
    source: dict[str, Any],
    link_id: str,
    item_id: str,
    sets: ValueSets,
    expressions: Expressions,
    notes: Notes,
) -> FormItem:
    """Read one item without its children and its place; everything odd goes into ``notes``."""
    raw, changes = to_r4(source)
    for change in changes:
        notes.say(f"Brought to FHIR R4: {change} ({{}}).", link_id)
    _say_unknown(source, link_id, notes)
    options = read_options(raw, sets)
    kind = _kind(raw, options, link_id, notes)
    if kind == "choice" and not options:
        kind = _without_options(raw, link_id, notes)
    hints = controls(raw)
    units = _units(raw)
    low, high = _limits(raw)
    step = value(raw, "sliderStepValue")
    return FormItem(
        id=item_id,
        link_id=link_id,
        kind=kind,
        type=_written_type(raw, kind),
        text=text(raw.get("text"), 4000),
        prefix=line(raw.get("prefix"), 40),
        help=line(value(raw, "entryFormat"), 200),
        required=raw.get("required") is True,
        repeats=raw.get("repeats") is True,
        read_only=raw.get("readOnly") is True,
        hidden=value(raw, "hidden") is True,
        open=kind == "choice" and raw.get("type") == "open-choice",
        minimum=low,
        maximum=high,
        minimum_answers=max(whole(raw, "minOccurs") or 0, 0),
        maximum_answers=_positive(whole(raw, "maxOccurs")),
        minimum_length=max(whole(raw, "minLength") or 0, 0),
        maximum_length=_positive(raw.get("maxLength")),
        pattern=text(value(raw, "regex"), 400),
        unit=units[0] if len(units) == 1 else None,
        units=units,
        options=options,
        initial=_initial(raw, options),
        enable_when=_conditions(raw),
        enable_any=raw.get("enableBehavior") == "any",
        enable_expression=expressions.run(raw, "enableWhenExpression", link_id),
        variables=expressions.variables(raw, link_id),
        calculated=expressions.first(raw, "calculatedExpression", link_id),
        initial_expression=expressions.run(raw, "initialExpression", link_id),
        step=(str(step) if _is_number(step) else "1") if "slider" in hints else "",
        code=loinc(raw),
        source=raw,
    )


def _say_unknown(raw: dict[str, Any], link_id: str, notes: Notes) -> None:
    for key in raw:
        if key not in ITEM and not key.startswith(("_", "initial")):
            notes.say(f"The field “{line(key, 40)}” is not of FHIR and was passed over: {{}}.", link_id)
    if raw.get("modifierExtension"):
        notes.say("A modifierExtension is not understood, so check what these items mean: {}.", link_id)
    say_not_run(objects(raw.get("extension")) + _beside(raw), link_id, notes)


def say_not_run(found: list[dict[str, Any]], owner: str, notes: Notes) -> None:
    """Name the extensions that change what a form does and are not run."""
    for extension in found:
        words = NOT_RUN.get(tail(extension.get("url")))
        if words:
            notes.say(f"Not run here: {words} ({{}}).", owner)


def _beside(raw: dict[str, Any]) -> list[dict[str, Any]]:
    return objects(raw["_text"].get("extension")) if isinstance(raw.get("_text"), dict) else []


def _kind(raw: dict[str, Any], options: tuple[Option, ...], link_id: str, notes: Notes) -> Kind:
    named = raw.get("type")
    if not isinstance(named, str) or not named:
        notes.say("The type is missing; it was guessed from what the item holds: {}.", link_id)
        return "group" if objects(raw.get("item")) else "choice" if options else "string"
    if named in _SKIPPED:
        notes.say(f"Questions of the type “{named}” cannot be asked here and are left out: {{}}.", link_id)
        return "skipped"
    kind: Kind | None = _KINDS.get(named) or next((each for each in get_args(Kind) if each == named), None)
    if kind is None or kind == "skipped":
        if objects(raw.get("item")):
            notes.say(f"The type “{line(named, 30)}” is unknown; it is read as a group: {{}}.", link_id)
            return "group"
        notes.say(f"The type “{line(named, 30)}” is unknown; these items are left out: {{}}.", link_id)
        return "skipped"
    return "choice" if options and kind in ("string", "integer", "date", "time", "text") else kind


def _without_options(raw: dict[str, Any], link_id: str, notes: Notes) -> Kind:
    if raw.get("answerValueSet"):
        notes.say(
            "The answer list is kept on a server that is not asked, so own words are taken instead: {}.",
            link_id,
        )
    else:
        notes.say("A choice offers no options, so own words are taken instead: {}.", link_id)
    return "string"


def _written_type(raw: dict[str, Any], kind: Kind) -> str:
    named = raw.get("type")
    return named if isinstance(named, str) and named else kind


def _units(raw: dict[str, Any]) -> tuple[Unit, ...]:
    found: dict[str, Unit] = {}
    codings = [value_of(each) for each in extensions(raw, "unit", "unitOption")]
    initial = objects(raw.get("initial"))
    if not codings and initial and isinstance(initial[0].get("valueQuantity"), dict):
        codings = [initial[0]["valueQuantity"]]
    for coding in codings:
        if isinstance(coding, dict):
            code = line(coding.get("code"), 40)
            shown = line(coding.get("display"), 40) or line(coding.get("unit"), 40) or code
            system = line(coding.get("system"), 200) or (_UCUM if code else "")
            if shown:
                found.setdefault(code or shown, Unit(code=code, text=shown, system=system))
    return tuple(found.values())


def _limits(raw: dict[str, Any]) -> tuple[str | None, str | None]:
    return _limit(value(raw, "minValue", "minQuantity")), _limit(value(raw, "maxValue", "maxQuantity"))


def _limit(found: Any) -> str | None:
    found = found.get("value") if isinstance(found, dict) else found
    if _is_number(found):
        return str(found)
    return found if isinstance(found, str) and re.match(r"\d", found) else None


def _is_number(found: Any) -> bool:
    return isinstance(found, int | Decimal) and not isinstance(found, bool)


def _positive(found: Any) -> int | None:
    return found if isinstance(found, int) and not isinstance(found, bool) and found > 0 else None


def _initial(raw: dict[str, Any], options: tuple[Option, ...]) -> tuple[Fragment, ...]:
    given = tuple(
        {key: each for key, each in one.items() if key.startswith("value")}
        for one in objects(raw.get("initial"))
    )
    return given or tuple(option.answer for option in options if option.selected)


def _conditions(raw: dict[str, Any]) -> tuple[EnableWhen, ...]:
    found = []
    for condition in objects(raw.get("enableWhen")):
        key = next((key for key in condition if key.startswith("answer")), None)
        answer = {} if key is None else {"value" + key.removeprefix("answer"): condition[key]}
        question = condition.get("question")
        found.append(
            EnableWhen(
                question=question if isinstance(question, str) else "",
                operator=condition["operator"],
                answer=answer,
            )
        )
    return tuple(found)


def loinc(raw: dict[str, Any]) -> str:
    """The LOINC code of an element, or an empty text."""
    found = (
        each.get("code") for each in objects(raw.get("code")) if each.get("system") == "http://loinc.org"
    )
    return line(next(found, ""), 40)
