"""A FHIR Questionnaire from outside to a `Form`: read leniently, and say what was odd."""

from __future__ import annotations

import re
import unicodedata
from graphlib import CycleError, TopologicalSorter
from typing import Any

import msgspec

from coach.questionnaires.fhir.document import line, objects, read_json, text
from coach.questionnaires.fhir.errors import FhirError
from coach.questionnaires.fhir.extensions import controls, extensions, part
from coach.questionnaires.fhir.fields import QUESTIONNAIRE
from coach.questionnaires.fhir.items import Expressions, loinc, read_item, say_not_run
from coach.questionnaires.fhir.model import Form, FormItem
from coach.questionnaires.fhir.notes import Notes
from coach.questionnaires.fhir.options import ValueSets

MAX_ITEMS = 9_999
"""More items than this are refused; the longest public form has some hundreds."""

_HELP = frozenset(("help", "flyover", "prompt", "instructions", "security"))


def read_form(data: bytes | str) -> tuple[Form, tuple[str, ...]]:
    """Read a questionnaire in FHIR STU3, R4 or R5 JSON; gives it with the warnings.

    Each warning is one sentence. Raises `FhirError` with one sentence for what cannot be run
    at all: no JSON, no questionnaire, too large, no items, an item that has no linkId, or
    conditions that wait for each other.
    """
    document, doubled = read_json(data)
    notes = Notes()
    for name in doubled:
        notes.say("A name stands twice in one object of the file, and the last one counts: {}.", name)
    questionnaire, around = _questionnaire(document, notes)
    _check_size(questionnaire)
    sets = ValueSets(objects(questionnaire.get("contained")) + around)
    reader = _Reader(sets, notes)
    reader.read(questionnaire.get("item"), -1)
    items = _with_children(reader.items)
    items = _with_targets(items, notes)
    form = _form(questionnaire, items, reader.expressions, notes)
    if not any(item.kind not in ("group", "display", "skipped") for item in items):
        types = sorted({line(item.type, 30) for item in items if item.kind == "skipped"})
        only = f" (only {', '.join(types[:5])})" if types else ""
        raise FhirError(f"The questionnaire holds no question that can be asked here{only}.")
    return form, notes.sentences()


def _questionnaire(document: dict[str, Any], notes: Notes) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The questionnaire of a file, and what else stands beside it in a Bundle."""
    kind = document.get("resourceType")
    if kind == "Bundle":
        entries = [each.get("resource") for each in objects(document.get("entry"))]
        found = [each for each in entries if isinstance(each, dict)]
        forms = [each for each in found if each.get("resourceType") == "Questionnaire"]
        if len(forms) != 1:
            raise FhirError(f"The file is a FHIR Bundle with {len(forms)} questionnaires; it must hold one.")
        return forms[0], found
    if kind is None and objects(document.get("item")):
        notes.say("The file does not say its resourceType; it was read as a Questionnaire.")
        return document | {"resourceType": "Questionnaire"}, []
    if kind != "Questionnaire":
        named = f"a FHIR {line(kind, 40)}" if line(kind, 40) else "no FHIR resource"
        raise FhirError(f"The file is {named}, and not a Questionnaire.")
    return document, []


def _check_size(questionnaire: dict[str, Any]) -> None:
    count, waiting = 0, objects(questionnaire.get("item"))
    while waiting:
        each = waiting.pop()
        count += 1
        waiting.extend(objects(each.get("item")))
    if count > MAX_ITEMS:
        raise FhirError(f"The questionnaire has {count} items; more than {MAX_ITEMS} are not read.")
    if count == 0:
        raise FhirError("The questionnaire has no items, so there is nothing to ask.")


class _Reader:
    """Walks the items in document order and gives each its place, its id and its parent."""

    def __init__(self, sets: ValueSets, notes: Notes) -> None:
        self.items: list[FormItem] = []
        self.expressions = Expressions(notes)
        self._sets = sets
        self._notes = notes
        self._ids: set[str] = set()
        self._links: set[str] = set()

    def read(self, sources: Any, parent: int) -> None:
        if sources is not None and not isinstance(sources, list):
            self._notes.say("A field “item” is no list and was passed over.")
        for source in objects(sources):
            link_id = self._link_id(source)
            item = read_item(source, link_id, self._id(link_id), self._sets, self.expressions, self._notes)
            place = len(self.items)
            self.items.append(msgspec.structs.replace(item, parent=parent))
            if item.repeats and item.kind == "group":
                self._notes.say("A group that may be repeated is asked once: {}.", link_id)
            self.read(source.get("item"), place)

    def _link_id(self, source: dict[str, Any]) -> str:
        raw = source.get("linkId")
        link_id = raw if isinstance(raw, str) else str(raw) if isinstance(raw, int) else ""
        if not link_id.strip():
            words = line(source.get("text"), 40)
            named = f"“{words}”" if words else f"number {len(self.items) + 1}"
            if source.get("type") != "display":
                raise FhirError(f"The item {named} has no linkId, so its answer could not be stored.")
            self._notes.say("A text has no linkId: {}.", words)
            return f"coach-text-{len(self.items) + 1}"
        if link_id in self._links and source.get("type") != "display":
            self._notes.say(
                "A linkId stands at more than one item; conditions look at the first one: {}.", link_id
            )
        self._links.add(link_id)
        return link_id

    def _id(self, link_id: str) -> str:
        stem = "q_" + (slug(link_id) or "item")
        found, number = stem, 1
        while found in self._ids:
            number += 1
            found = f"{stem}_{number}"
        self._ids.add(found)
        return found


def slug(words: str) -> str:
    """Plain lower-case letters, figures and ``_``, at most 40."""
    bare = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", bare).strip("_")[:40].strip("_")


def _with_children(items: list[FormItem]) -> list[FormItem]:
    """Give each item its children; texts that only help move into their question."""
    below: dict[int, list[int]] = {}
    for place, item in enumerate(items):
        below.setdefault(item.parent, []).append(place)
    made = list(items)
    for place, item in enumerate(items):
        children = below.get(place, [])
        changes: dict[str, Any] = {"children": tuple(children)}
        for child in children:
            found = _moved(items[child], item)
            if found:
                name, words = found
                before = changes.get(name, getattr(item, name))
                changes[name] = f"{before} {words}".strip() if name == "help" else before or words
                made[child] = msgspec.structs.replace(made[child], hidden=True)
        made[place] = msgspec.structs.replace(made[place], **changes)
    return made


def _moved(child: FormItem, parent: FormItem) -> tuple[str, str] | None:
    """Where the text of a display item belongs: help, or the words at the ends of a scale."""
    if child.kind != "display" or not child.text or child.enable_when:
        return None
    hints = controls(child.source)
    if parent.kind != "group" and (hints & _HELP or not hints):
        return "help", line(child.text, 1000)
    if parent.kind != "group" and "lower" in hints:
        return "low", line(child.text, 100)
    if parent.kind != "group" and "upper" in hints:
        return "high", line(child.text, 100)
    return None


def _with_targets(items: list[FormItem], notes: Notes) -> list[FormItem]:
    """Tie each condition to the items it looks at: the first of that linkId."""
    first: dict[str, int] = {}
    for place, item in enumerate(items):
        if item.kind not in ("display",):
            first.setdefault(item.link_id, place)
    made = []
    for item in items:
        conditions = []
        for condition in item.enable_when:
            target = first.get(condition.question)
            if target is None:
                notes.say("A condition looks at a linkId that is not in the form: {}.", condition.question)
            targets = () if target is None else (target,)
            conditions.append(msgspec.structs.replace(condition, targets=targets))
        made.append(msgspec.structs.replace(item, enable_when=tuple(conditions)))
    return made


def _order(items: list[FormItem]) -> tuple[int, ...]:
    """Places so that each comes after its group and after what its conditions look at."""
    graph = {
        place: {item.parent, *(target for when in item.enable_when for target in when.targets)} - {-1}
        for place, item in enumerate(items)
    }
    try:
        return tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        names = [f"“{line(items[place].link_id, 40)}”" for place in reversed(error.args[1])]
        shown = " → ".join(names if len(names) < 7 else [*names[:5], "…", names[-1]])
        raise FhirError(
            f"The conditions of the questionnaire (enableWhen) go round in a circle: {shown}."
        ) from None


def _form(
    questionnaire: dict[str, Any], items: list[FormItem], expressions: Expressions, notes: Notes
) -> Form:
    for key in questionnaire:
        if key not in QUESTIONNAIRE and not key.startswith("_"):
            notes.say(f"The field “{line(key, 40)}” is not of FHIR and was passed over.")
    variables = expressions.variables(questionnaire, "the form")
    say_not_run(objects(questionnaire.get("extension")), "the form", notes)
    name = next((line(questionnaire.get(key), 200) for key in ("name", "id", "url", "title") if line(
        questionnaire.get(key), 200)), "")  # fmt: skip
    url = line(questionnaire.get("url"), 500)
    return Form(
        id="fhir_" + (slug(name.rsplit("/", 1)[-1]) or "form"),
        title=line(questionnaire.get("title"), 200) or name or "Questionnaire",
        items=tuple(items),
        url=url if url.startswith(("http://", "https://", "urn:")) else "",
        version=line(questionnaire.get("version"), 60),
        description=text(questionnaire.get("description"), 4000),
        copyright=text(questionnaire.get("copyright"), 4000),
        code=loinc(questionnaire),
        variables=variables,
        not_run=_launch(questionnaire),
        queries=tuple(expressions.queries),
        order=_order(items),
        places={item.id: place for place, item in enumerate(items)},
        source=questionnaire,
    )


def _launch(questionnaire: dict[str, Any]) -> tuple[str, ...]:
    """Names of the records that a clinic's system would hand over; they stay empty here."""
    found = []
    for each in extensions(questionnaire, "launchContext"):
        name = part(each, "name")
        name = name.get("code") if isinstance(name, dict) else name
        found += [name] if isinstance(name, str) else []
    return tuple(found)
