"""The body of a QuestionnaireResponse, as FHIR nests it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from coach.questionnaires.fhir.model import Form, Fragment

Given = Mapping[int, tuple[Fragment, ...]]


def nested_items(
    form: Form, given: Given, enabled: Collection[int], *, keep_empty: bool
) -> tuple[list[dict[str, Any]], dict[int, dict[str, Any]]]:
    """The items of a response, and each by its place.

    Items out of force and texts are left out. With ``keep_empty``, unanswered items stay, so
    that ``%context`` always is one; without, what holds no answer goes too.
    """
    top: list[dict[str, Any]] = []
    made: dict[int, dict[str, Any]] = {}
    for place, item in enumerate(form.items):
        if item.kind in ("display", "skipped") or place not in enabled:
            continue
        made[place] = {"linkId": item.link_id} | ({"text": item.text} if item.text else {})
        answers = [dict(answer) for answer in given.get(place, ())]
        if answers:
            made[place]["answer"] = answers
        home = _home(form, item.parent, made, top)
        if home is not None:
            home.append(made[place])
    return top if keep_empty else _pruned(top), made


def _home(
    form: Form, parent: int, made: dict[int, dict[str, Any]], top: list[dict[str, Any]]
) -> list[dict[str, Any]] | None:
    """The list that an item belongs in: under its group, or under the first answer of its question."""
    if parent < 0:
        return top
    above = made.get(parent)
    if above is None:
        return None
    if form.items[parent].kind != "group":
        if not above.get("answer"):
            return None
        above = above["answer"][0]
    found: list[dict[str, Any]] = above.setdefault("item", [])
    return found


def _pruned(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    kept = []
    for item in items:
        one = dict(item)
        for holder in [one, *one.get("answer", [])]:
            if "item" in holder:
                holder["item"] = _pruned(holder["item"])
                if not holder["item"]:
                    del holder["item"]
        if "answer" in one or "item" in one:
            kept.append(one)
    return kept
