"""The rules C0 to C9 of ``clinical.md`` 4.2: from profile scores to a place to start."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from coach.model.assessment import Answers, Confidence, ProfileScore
from coach.model.noun import Noun
from coach.questionnaires.features import start_band
from coach.questionnaires.movement import Facts
from coach.questionnaires.rulebook import Rulebook
from coach.questionnaires.scoring import number

UNCLEAR, INSUFFICIENT = "unclear", "insufficient_data"


class Place(Noun, frozen=True, kw_only=True):
    """Where to start, before tags and tier."""

    primary: str
    secondary: tuple[str, ...] = ()
    headline: str = ""
    confidence: Confidence | None = None
    scores: tuple[ProfileScore, ...] = ()
    active: tuple[str, ...] = ()
    watch: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    tagging: tuple[str, ...] = ()
    """Of ``neur``, ``flex`` and ``ext`` those that set their tag in the first weeks."""


def classify(scores: tuple[ProfileScore, ...], answers: Answers, facts: Facts, rules: Rulebook) -> Place:
    """Apply C0 to C9 in their order: C2, C0, C1, C3 to C6, C8, C9."""
    scores, notes = _inconsistent(scores, facts)
    points = _points(scores)
    order = [each.id for each in rules.mechanical()]
    wide = _widespread(points, order, rules)
    if wide:
        notes = ("widespread", *notes)
    dropped, mixed = _opposed(points, rules)
    if mixed:
        notes = (*notes, "direction_mixed")
    ranked = {each: points[each] for each in order if each in points and each not in dropped}
    if not any(each in points for each in order):
        primary = INSUFFICIENT
    else:
        primary = _wide_primary(points, rules) if wide else _primary(ranked, rules)
    possible = rules.limit("possible")
    tagging = [
        each
        for each in ("neur", "flex", "ext")
        if points.get(each, 0.0) >= possible and (wide or each not in dropped)
    ]
    return Place(
        primary=primary,
        secondary=_secondary(primary, ranked, rules),
        headline="psy" if _psy_first(points, answers, rules) else primary,
        confidence=_confidence(primary, scores, ranked, wide, rules),
        scores=tuple(
            msgspec.structs.replace(each, status="dropped") if each.id in dropped else each for each in scores
        ),
        active=_modulators(points, rules, rules.limit("likely"), 11),
        watch=_modulators(points, rules, possible, rules.limit("likely")),
        dropped=dropped,
        notes=notes,
        tagging=tuple(tagging),
    )


def _points(scores: Iterable[ProfileScore]) -> dict[str, float]:
    """Known scores, rounded to 6 decimals as C4 compares them."""
    return {each.id: round(each.score, 6) for each in scores if each.score is not None}


def _inconsistent(
    scores: tuple[ProfileScore, ...], facts: Facts
) -> tuple[tuple[ProfileScore, ...], tuple[str, ...]]:
    """C2: findings of MT-15 with different heavier sides set ASYM to 0."""
    both = facts["mt_15.stand"] == 1 and facts["mt_15.squat"] == 1
    if not both or facts["mt_15.stand_side"] == facts["mt_15.squat_side"]:
        return scores, ()
    zero = tuple(
        msgspec.structs.replace(each, score=0.0, status="absent")
        if each.id == "asym" and each.score is not None
        else each
        for each in scores
    )
    return zero, ("inconsistent",)


def _widespread(points: dict[str, float], order: list[str], rules: Rulebook) -> bool:
    """C0: so many mechanical profiles are likely that general activity leads."""
    strong = [each for each in order if points.get(each, 0.0) >= rules.limit("widespread_score")]
    return len(strong) >= rules.limit("widespread_count")


def _wide_primary(points: dict[str, float], rules: Rulebook) -> str:
    return "load" if points.get("load", 0.0) >= rules.limit("possible") else UNCLEAR


def _opposed(points: dict[str, float], rules: Rulebook) -> tuple[tuple[str, ...], bool]:
    """C1: what is dropped of FLEX and EXT, and whether the direction is mixed."""
    flex, ext, possible = points.get("flex"), points.get("ext"), rules.limit("possible")
    if flex is None or ext is None or flex < possible or ext < possible:
        return (), False
    if round(abs(flex - ext), 6) < rules.limit("mixed_difference"):
        return ("flex", "ext"), True
    return ("ext" if flex > ext else "flex",), False


def _primary(ranked: dict[str, float], rules: Rulebook) -> str:
    """C3 and C4: the best, or within a point of it the first in the order of priority."""
    best = max(ranked.values(), default=0.0)
    possible = rules.limit("possible")
    if best < possible:
        return UNCLEAR
    near = round(best - rules.limit("tie"), 6)
    return next(each for each, points in ranked.items() if points >= possible and points >= near)


def _secondary(primary: str, ranked: dict[str, float], rules: Rulebook) -> tuple[str, ...]:
    """C5: the next strongest; ties keep the order of priority."""
    enough = [
        each
        for each, points in ranked.items()
        if each != primary and points >= rules.limit("secondary_score")
    ]
    return tuple(sorted(enough, key=lambda each: -ranked[each])[: int(rules.limit("secondary_count"))])


def _confidence(
    primary: str,
    scores: tuple[ProfileScore, ...],
    ranked: dict[str, float],
    wide: bool,
    rules: Rulebook,
) -> Confidence | None:
    """C6, with the cap of C0."""
    if primary == INSUFFICIENT:
        return None
    if primary == UNCLEAR:
        return "low"
    own = ranked[primary]
    coverage = next(each.coverage for each in scores if each.id == primary)
    others = [p for each, p in ranked.items() if each != primary and p >= rules.limit("possible")]
    lead = round(own - max(others), 6) if others else own
    high = own >= rules.limit("high_score") and coverage >= rules.limit("high_coverage")
    if high and lead >= rules.limit("high_lead") and not wide:
        return "high"
    fair = own >= rules.limit("moderate_score") and coverage >= rules.limit("moderate_coverage")
    return "moderate" if fair else "low"


def _psy_first(points: dict[str, float], answers: Answers, rules: Rulebook) -> bool:
    """C8: a strong PSY score, or an official tool at high risk."""
    ompsq = number(answers.get("ompsq_sf"))
    return (
        points.get("psy", 0.0) >= rules.limit("psy_headline")
        or start_band(answers, rules) == "high"
        or (ompsq is not None and ompsq >= rules.limit("ompsq_high"))
    )


def _modulators(points: dict[str, float], rules: Rulebook, low: float, high: float) -> tuple[str, ...]:
    """C9: modulators from one limit to under the other, in the order of the file."""
    ids = [each.id for each in rules.profiles if each.axis == "modulator"]
    return tuple(each for each in ids if low <= points.get(each, -1.0) < high)
