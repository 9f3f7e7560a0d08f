"""Is the plan helping? The check of weeks 6 and 8, with what to do next (1.5, 2.4)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from typing import Literal

from coach.model.noun import Noun, from_doc
from coach.model.testing import Sourced
from coach.packaged import packaged
from coach.questionnaires.scoring import Change, shown

Outcome = Literal["worse", "none", "little_practice", "responding", "near_best", "unknown", "early"]
PAIN = ("nprs",)
FUNCTION = ("rmdq", "eac10")
"""Measures of function, the first that was taken twice counts."""


class Advice(Noun, frozen=True, kw_only=True):
    """What one outcome means."""

    nonresponse: Literal["", "none", "worse"]
    """What the safety screen is told (`coach.questionnaires.safety.triage`)."""
    title: str
    next: tuple[str, ...]


class ResponderRules(Noun, frozen=True, kw_only=True):
    """The file ``rules/responder.toml``."""

    version: int
    weeks: tuple[int, ...]
    limits: dict[str, Sourced]
    outcomes: dict[str, Advice]


class Responder(Noun, frozen=True, kw_only=True):
    """What the check says."""

    outcome: Outcome
    title: str
    next: tuple[str, ...]
    nonresponse: Literal["", "none", "worse"] = ""
    reasons: tuple[str, ...] = ()
    """The numbers it rests on, one sentence each."""


@cache
def load_responder() -> ResponderRules:
    """Read ``rules/responder.toml``."""
    path = packaged("questionnaires", "rules", "responder.toml")
    return from_doc(tomllib.loads(path.read_text(encoding="utf-8")), ResponderRules)


def responder(changes: Iterable[Change], *, week: int, adherence: float | None) -> Responder:
    """The check of a programme week, from the changes since the start.

    ``adherence`` is percent of the planned sessions done since the start. Worse in pain or in
    function decides alone, whatever was practised. "No change" needs both to be known, neither
    to be meaningfully better, and enough practice. Function is RMDQ where it was taken twice,
    else EAC-10; a measure that began too near its best score to show change gives way to the
    own activities.
    """
    rules = load_responder()
    by_id = {each.instrument: each for each in changes if each.verdict != "none"}
    pain = _taken(by_id, PAIN)
    function = _taken(by_id, FUNCTION)
    outcome = _outcome(pain, function, week, adherence, rules)
    advice = rules.outcomes[outcome]
    reasons = [each.text for each in (pain, function) if each]
    if adherence is not None:
        reasons.append(f"Of the planned sessions {shown(adherence)} % were done.")
    return Responder(
        outcome=outcome,
        title=advice.title,
        next=advice.next,
        nonresponse=advice.nonresponse,
        reasons=tuple(reasons),
    )


def _taken(by_id: dict[str, Change], names: tuple[str, ...]) -> Change | None:
    """The first measure that was taken twice, or the own activities where it can show nothing."""
    found = next((by_id[name] for name in names if name in by_id), None)
    if found and found.verdict == "near_best":
        return by_id.get("psfs", found)
    return found


def _outcome(
    pain: Change | None, function: Change | None, week: int, adherence: float | None, rules: ResponderRules
) -> Outcome:
    if week < rules.limits["early"].value:
        return "early"
    both = [each for each in (pain, function) if each]
    if any(each.verdict == "worse" for each in both):
        return "worse"
    if any(each.verdict == "meaningful_improvement" for each in both):
        return "responding"
    if pain is None or function is None or adherence is None:
        return "unknown"
    if all(each.verdict == "near_best" for each in both):
        return "near_best"
    if adherence < rules.limits["adherence"].value:
        return "little_practice"
    return "none"
