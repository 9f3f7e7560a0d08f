"""Scoring an official form: its entries checked, then its rule, else the total that was typed in."""

from __future__ import annotations

from collections.abc import Mapping

from coach.model.assessment import Answers, Score, Value
from coach.questionnaires.catalogue import BadAnswer, BadAnswers, parse_value
from coach.questionnaires.catalogue import items as items_of
from coach.questionnaires.clock import time_of_day
from coach.questionnaires.officialform import TOTAL, Entry, Official, as_instrument
from coach.questionnaires.officialrules import RULES, Found, Parts, recovered
from coach.questionnaires.scoring import band, number, tidy


def checked(official: Official, raw: Mapping[str, Value]) -> Answers:
    """The numbers of a form, each within its scale; raises `BadAnswers` with every problem.

    Yes and no may be 1 and 0.
    """
    known = items_of((as_instrument(official),))
    kinds = {each.id: each.kind for each in (*official.items, *official.parts)}
    found: Answers = {}
    problems = []
    for key, value in raw.items():
        if key not in known:
            problems.append(BadAnswer(key, f"{official.title} has no such entry"))
            continue
        try:
            found[key] = parse_value(known[key], _plain(kinds.get(key, "number"), key, value))
        except BadAnswer as problem:
            problems.append(problem)
    if problems:
        raise BadAnswers(tuple(problems))
    return found


def _plain(kind: str, key: str, value: Value) -> Value:
    if kind == "yes_no" and isinstance(value, (int, float)) and value in (0, 1):
        return "yes" if value else "no"
    if kind == "time" and isinstance(value, str) and value.strip() and not time_of_day(value):
        raise BadAnswer(key, "expected a time such as 22:30")
    return value


def score_form(official: Official, raw: Mapping[str, Value]) -> Score:
    """Score a form from its items, else from the total typed in."""
    answers = checked(official, raw)
    given = _given(official, answers)
    value, parts, why = RULES[official.rule](official, answers, given) if given else (None, {}, "")
    typed = number(answers.get(TOTAL))
    if value is None and not parts.get("group"):
        value, parts, why = _typed(official, answers, typed, parts, why)
    value = None if value is None else tidy(value)
    return Score(
        instrument=official.id,
        value=value,
        band=_band(official, value, parts),
        answered=len(given),
        missing="" if value is not None else why or f"nothing was entered; {official.missing}",
        direction=official.direction,
        parts=parts,
    )


def _given(official: Official, answers: Answers) -> dict[str, float]:
    """What was answered of the items that count, as numbers."""
    found = {}
    for entry in official.items:
        value = _figure(entry, answers.get(entry.id))
        if value is not None:
            found[entry.id] = value
    return found


def _figure(entry: Entry, value: Value) -> float | None:
    if entry.kind == "yes_no":
        return {"yes": 1.0, "no": 0.0}.get(str(value))
    if entry.kind == "time":
        clock = time_of_day(str(value)) if value else ""
        return int(clock[:2]) * 60.0 + int(clock[3:]) if clock else None
    return None if entry.kind == "text" else number(value)


def _typed(official: Official, answers: Answers, total: float | None, parts: Parts, why: str) -> Found:
    """What was typed in as a total or part of it."""
    named = {each.id: answers[each.id] for each in official.parts if answers.get(each.id) is not None}
    kept: Parts = {**parts, **{key: v for key, v in named.items() if isinstance(v, (int, float, str))}}
    if official.rule == "start":
        return _start_typed(official, total, kept, why)
    raw = number(answers.get("raw"))
    if total is None and raw is not None:
        total = dict(official.table).get(raw) if official.table else raw * official.factor
        why = why if total is not None else f"there is no score for a raw sum of {raw:g}"
    gad, phq = number(kept.get("gad2")), number(kept.get("phq2"))
    if official.rule == "phq4" and total is None and gad is not None and phq is not None:
        total = gad + phq
    if official.full_items and total is not None:
        kept |= recovered(official, total)
    return total, kept, why


def _band(official: Official, value: float | None, parts: Parts) -> str:
    group = parts.get("group")
    if group:
        return str(group)
    if value is not None and official.full_items:
        return band(value * official.full_items / len(official.items), official.bands)
    return band(value, official.bands)


def _start_typed(official: Official, total: float | None, parts: Parts, why: str) -> Found:
    distress = number(parts.get("distress"))
    if not parts.get("group"):
        top, worst = official.limits["distress"].value, official.limits["total"].value
        if distress is not None and distress >= top:
            parts["group"] = "high"
        elif total is not None and total < worst:
            parts["group"] = "low"
        elif total is not None and distress is not None:
            parts["group"] = "medium"
    return total, parts, why
