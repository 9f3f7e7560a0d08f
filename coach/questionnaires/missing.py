"""What to ask next when the data are insufficient: the most informative open inputs (C3)."""

from __future__ import annotations

from coach.model.assessment import Answers, ProfileScore
from coach.questionnaires.features import EXPLAINED
from coach.questionnaires.movement import Facts
from coach.questionnaires.rulebook import Rulebook, Source
from coach.questionnaires.scoring import number

CONTROL = "mc_count"
DIRECTIONS = ("mt_19a", "mt_19b")


def most_informative(
    scores: tuple[ProfileScore, ...], answers: Answers, facts: Facts, tags: frozenset[str], rules: Rulebook
) -> tuple[str, ...]:
    """The open inputs with the largest sum of weights over features that are still null.

    An input is one question or one test; the control tests MT-01 to MT-06 are one, ``mc_count``.
    What a skip rule bars is never asked for. Ties go by id.
    """
    barred = _barred(answers, tags, rules)
    weights: dict[str, float] = {}
    by_id = {each.id: each for each in scores}
    for pattern in rules.mechanical():
        null = {each.id for each in by_id[pattern.id].features if each.value is None}
        for feature in pattern.features:
            if feature.id in null:
                for name in _inputs(feature.sources, answers, facts, barred, rules):
                    weights[name] = weights.get(name, 0.0) + feature.weight / 10
    order = sorted(weights, key=lambda name: (-round(weights[name], 6), name))
    return tuple(order[: int(rules.limit("missing_count"))])


def _inputs(
    sources: tuple[Source, ...], answers: Answers, facts: Facts, barred: set[str], rules: Rulebook
) -> tuple[str, ...]:
    """Open inputs of a feature, each once."""
    found = []
    for source in sources:
        part = source.fact.partition(".")[0]
        name = input_of(part, rules)
        if not {part, name} & barred and not _answered(name, answers, facts, rules):
            found.append(name)
    return tuple(dict.fromkeys(found))


def input_of(part: str, rules: Rulebook) -> str:
    """The question or test that a fact comes from."""
    if part in DIRECTIONS:
        return "mt_19"
    return CONTROL if part in EXPLAINED[CONTROL] else part


def _answered(name: str, answers: Answers, facts: Facts, rules: Rulebook) -> bool:
    if name == CONTROL:
        return facts[CONTROL] is not None
    if name == "eac10":
        return facts.get(name) is not None
    test = next((test for test in rules.tests if test.id == name), None)
    items = [item for item in test.items if item.startswith("mt_")] if test else [name]
    return any(answers.get(item) is not None for item in items)


def _barred(answers: Answers, tags: frozenset[str], rules: Rulebook) -> set[str]:
    pain = number(answers.get("pain_now"))
    reasons = {f"tag:{tag}" for tag in tags}
    if answers.get("leg_irritable") == "yes":
        reasons.add("leg_irritable")
    if pain is not None and pain >= rules.limit("skip_pain"):
        reasons.add("pain_now")
    return {name for skip in rules.skip if skip.reason in reasons for name in skip.inputs}
