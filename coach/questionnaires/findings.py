"""Findings of the movement tests: one fact each, with its threshold, for ladders and people (5.5)."""

from __future__ import annotations

from coach.model.assessment import Answers, Finding, Value
from coach.questionnaires.movement import Facts, Person, any_of, most
from coach.questionnaires.rulebook import MovementTest, Rulebook
from coach.questionnaires.scoring import number, shown


def findings(answers: Answers, facts: Facts, rules: Rulebook) -> tuple[Finding, ...]:
    """A finding for every test that has an answer; its id is the test's.

    ``met`` is null where pain stopped the test or a part is missing: such a test lowers no rung.
    """
    person = Person(answers, rules)
    return tuple(
        _finding(test, person, facts)
        for test in rules.tests
        if any(answers.get(item) is not None for item in test.items if item.startswith("mt_"))
    )


def _finding(test: MovementTest, person: Person, facts: Facts) -> Finding:
    value = met(test.id, person, facts)
    limited = person.limited(test.id)
    verdict = (
        "pain ended the test, so it is not counted" if limited else "cannot be told from what was entered"
    )
    if value is not None:
        verdict = test.finding if value else "nothing to note"
    return Finding(
        id=test.id,
        value=_value(test, person),
        met=None if value is None else value > 0,
        text=f"{test.name}: {verdict}.",
        unit=test.unit,
        threshold=_threshold(test, person),
        evidence=test.evidence or "".join(sorted({limit.evidence for limit in test.limits.values()})),
        source=test.source or "; ".join(dict.fromkeys(limit.source for limit in test.limits.values())),
    )


def met(test: str, person: Person, facts: Facts) -> float | None:
    """Whether a test is a finding that starts its ladders one rung lower; null when it is not known."""
    if test in ("mt_09", "mt_10"):
        return any_of(facts[f"{test}.{part}"] for part in _PARTS[test])
    if test in _PARTS:
        return most(facts[f"{test}.{part}"] for part in _PARTS[test])
    if test in ("mt_20", "mt_21"):
        value, limit = facts[f"{test}.value"], person.limit(test, "positive")
        return None if value is None or limit is None else float(value >= limit)
    if test == "mt_19":
        eased, needed = most((facts["mt_19a.better"], facts["mt_19b.better"])), person.rules.limit("eased")
        return None if eased is None else float(eased >= needed)
    return facts.get(f"{test}.fail")


_PARTS = {
    "mt_07": ("finding",),
    "mt_08": ("finding",),
    "mt_09": ("sides", "support"),
    "mt_10": ("low", "ratio"),
    "mt_11": ("low",),
    "mt_12": ("low",),
    "mt_13": ("low", "ratio", "cramp"),
    "mt_14": ("positive",),
    "mt_15": ("stand", "squat"),
    "mt_16": ("sides",),
    "mt_17": ("sides",),
    "mt_24": ("value",),
}


def _value(test: MovementTest, person: Person) -> float | str | None:
    """The number of a test with one number, else its answers in order."""
    own: list[Value] = [person.answers.get(item) for item in test.items if item.startswith("mt_")]
    if test.id in test.items and (alone := person.num(test.id)) is not None:
        return alone
    said = [_said(value) for value in own if value is not None]
    return " / ".join(said) or None


def _said(value: Value) -> str:
    figure = number(value)
    return str(value) if figure is None else shown(figure)


def _threshold(test: MovementTest, person: Person) -> str:
    parts = []
    for name, limit in test.limits.items():
        value = person.limit(test.id, name)
        if value is not None and limit.unit != "value":
            parts.append(f"{name.replace('_', ' ')} {value:g} {limit.unit}")
    return "; ".join(parts)
