"""The options of a choice: those of the item, of a contained value set, or of a set shipped here."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import cache
from typing import Any

from coach.packaged import packaged
from coach.questionnaires.fhir.document import line, objects, text
from coach.questionnaires.fhir.extensions import value as extension_value
from coach.questionnaires.fhir.fhirpath.scores import POINTS
from coach.questionnaires.fhir.model import Fragment, Option

_VALUES = ("valueCoding", "valueString", "valueInteger", "valueDecimal", "valueDate", "valueTime")
_ORDINAL = POINTS[0]


class ValueSets:
    """The value sets and code systems that a file brings with it, and the few shipped here."""

    def __init__(self, resources_found: list[dict[str, Any]]) -> None:
        self._sets: dict[str, dict[str, Any]] = {}
        self._systems: dict[str, dict[str, dict[str, Any]]] = {}
        for resource in resources_found:
            if resource.get("resourceType") == "ValueSet":
                for name in _names(resource):
                    self._sets[name] = resource
            elif resource.get("resourceType") == "CodeSystem" and isinstance(resource.get("url"), str):
                self._systems[resource["url"]] = _flat(resource.get("concept"))

    def codings(self, name: str) -> list[dict[str, Any]] | None:
        """The codings of a set, each with its points as an extension; null for an unknown set."""
        bare = name.split("|", 1)[0]
        found = self._sets.get(bare)
        if found is None:
            return _shipped().get(bare)
        expansion = found.get("expansion")
        if isinstance(expansion, dict) and objects(expansion.get("contains")):
            entries = [(str(each.get("system", "")), each) for each in _flat(expansion["contains"]).values()]
        else:
            entries = self._composed(found)
        return [self._coding(system, each) for system, each in entries] or None

    def _composed(self, found: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
        compose = found.get("compose")
        entries: list[tuple[str, dict[str, Any]]] = []
        for include in objects(compose.get("include")) if isinstance(compose, dict) else []:
            system = text(include.get("system"))
            concepts = objects(include.get("concept"))
            if not concepts and not include.get("filter"):
                concepts = list(self._systems.get(system, {}).values())
            entries += [(system, each) for each in concepts]
        return entries

    def _coding(self, system: str, entry: dict[str, Any]) -> dict[str, Any]:
        known = self._systems.get(system, {}).get(str(entry.get("code")), {})
        coding = {"system": system, "code": entry.get("code"), "display": entry.get("display")}
        coding["display"] = coding["display"] or known.get("display")
        points = _points_extension(entry) or _points_extension(known)
        return {key: each for key, each in coding.items() if each} | ({"extension": points} if points else {})


def _names(resource: dict[str, Any]) -> list[str]:
    found = [resource.get("url"), resource.get("id")]
    names = [each for each in found if isinstance(each, str)]
    return [*names, "#" + resource["id"]] if isinstance(resource.get("id"), str) else names


def _flat(concepts: Any) -> dict[str, dict[str, Any]]:
    """Concepts at every depth by their code."""
    found: dict[str, dict[str, Any]] = {}
    waiting = list(reversed(objects(concepts)))
    while waiting:
        each = waiting.pop()
        if isinstance(each.get("code"), str) and not each.get("abstract"):
            found.setdefault(each["code"], each)
        below = objects(each.get("concept")) or objects(each.get("contains"))
        waiting.extend(reversed(below))
    return found


@cache
def _shipped() -> dict[str, list[dict[str, Any]]]:
    path = packaged("questionnaires", "fhir", "valuesets.toml")
    found: dict[str, list[dict[str, Any]]] = {}
    for each in tomllib.loads(path.read_text(encoding="utf-8"))["set"]:
        systems = each.get("systems") or [each["system"]] * len(each["codes"])
        codings = [
            {"system": system, "code": code, "display": display}
            for system, (code, display) in zip(systems, each["codes"], strict=True)
        ]
        found |= dict.fromkeys(each["urls"], codings)
    return found


def _points_extension(element: dict[str, Any]) -> list[dict[str, Any]]:
    """The extension with the points, as it stands, or made from a concept's property."""
    for each in objects(element.get("extension")):
        number = next((each[key] for key in ("valueDecimal", "valueInteger") if key in each), None)
        if each.get("url") in POINTS and _is_number(number):
            return [{"url": each["url"], "valueDecimal": number}]
    for each in objects(element.get("property")):
        number = next((each[key] for key in ("valueDecimal", "valueInteger") if key in each), None)
        if each.get("code") in ("itemWeight", "ordinalValue", "ordinal", "score") and _is_number(number):
            return [{"url": _ORDINAL, "valueDecimal": number}]
    return []


def _is_number(value: Any) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def read_options(item: dict[str, Any], sets: ValueSets) -> tuple[Option, ...]:
    """The options of one item; none when it brings none and its value set is not at hand."""
    sources = objects(item.get("answerOption"))
    if not sources and isinstance(item.get("answerValueSet"), str):
        found = sets.codings(item["answerValueSet"])
        sources = [{"valueCoding": coding} for coding in found or []]
    options: list[Option] = []
    taken: set[str] = set()
    for source in sources:
        option = _option(source, taken)
        if option is not None:
            taken.add(option.value)
            options.append(option)
    return tuple(options)


def _option(source: dict[str, Any], taken: set[str]) -> Option | None:
    key = next((key for key in _VALUES if key in source), None)
    if key is None:
        return None
    raw = source[key]
    points = _points_extension(source) or (_points_extension(raw) if isinstance(raw, dict) else [])
    answer, value, words = _answer(key, raw, points)
    if not value:
        return None
    prefix = line(extension_value(source, "optionPrefix"), 20)
    return Option(
        value=_unique(value, taken),
        text=f"{prefix} {words}".strip(),
        answer=answer,
        points=str(points[0]["valueDecimal"]) if points else "",
        exclusive=extension_value(source, "optionExclusive") is True,
        selected=source.get("initialSelected") is True,
    )


def _answer(key: str, raw: Any, points: list[dict[str, Any]]) -> tuple[Fragment, str, str]:
    """The FHIR answer of an option, its value here, and the text to show."""
    if key == "valueCoding" and isinstance(raw, dict):
        coding: dict[str, Any] = {
            name: raw[name]
            for name in ("system", "version", "code", "display")
            if isinstance(raw.get(name), str)
        }
        value = line(coding.get("code"), 80) or line(coding.get("display"), 80)
        return (
            {key: coding | ({"extension": points} if points else {})},
            value,
            line(coding.get("display"), 500) or value,
        )
    if key == "valueCoding" or not isinstance(raw, str | int | Decimal) or isinstance(raw, bool):
        return {}, "", ""
    beside = {f"_{key}": {"extension": points}} if points else {}
    return {key: raw, **beside}, line(str(raw), 80), line(str(raw), 500)


def _unique(value: str, taken: set[str]) -> str:
    """The value, or the value with a number where two systems use the same code."""
    if value not in taken:
        return value
    number = 2
    while f"{value}_{number}" in taken:
        number += 1
    return f"{value}_{number}"
