"""From answers to facts, from facts to feature values, from these to a score for each profile (4.2)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from coach.model.assessment import Answers, FeatureValue, ProfileScore
from coach.questionnaires.catalogue import load_instruments
from coach.questionnaires.movement import Facts, flag, least, most, test_facts
from coach.questionnaires.rulebook import Feature, Pattern, Rulebook
from coach.questionnaires.scoring import number, score, tidy

OWN_SCORES = ("eac10", "yfc6")
RISK = {"low": 0.0, "medium": 1.0, "high": 2.0}
EXPLAINED = {
    "risk": ("start_group", "start_total", "start_distress", "ompsq_sf", *(f"yfc_{k}" for k in range(1, 7))),
    "eac10": tuple(f"eac_{k}" for k in range(1, 11)),
    "bad_months": ("sl_nights", "sl_months"),
    "leg_below": ("leg_pain", "leg_below"),
    "mc_count": ("mt_01", "mt_02", "mt_03", "mt_04", "mt_05_back", "mt_05_forward", "mt_06"),
    "mt_09.drop": ("mt_09_drop",),
    "mt_13.cramp": ("mt_13_cramp",),
    "mt_15.stand": ("mt_15_stand", "mt_15_stand_same"),
    "mt_15.squat": ("mt_15_squat", "mt_15_squat_same"),
    "mt_19a.worse": ("mt_19_pain", "mt_19a_dpain", "mt_19a_dloc"),
    "mt_19a.better": ("mt_19_pain", "mt_19a_dpain", "mt_19a_dloc"),
    "mt_19b.worse": ("mt_19_pain", "mt_19b_dpain", "mt_19b_dloc"),
    "mt_19b.better": ("mt_19_pain", "mt_19b_dpain", "mt_19b_dloc"),
}
"""Items behind a fact, where neither its own id nor its test's list says so."""


def read_facts(answers: Answers, rules: Rulebook, given: Mapping[str, date] | None = None) -> Facts:
    """Every fact that a feature or rule reads, null where the answers do not tell.

    ``given`` holds the day of each answer; it decides which of several official risk tools is
    the most recent. Without it all count as given on one day.
    """
    facts: Facts = {item: _plain(answers, item) for item in answers}
    facts |= test_facts(answers, rules)
    for instrument in load_instruments():
        if instrument.id in OWN_SCORES:
            facts[instrument.id] = score(instrument, answers).value
            if instrument.id == "yfc6":
                facts["risk"] = _risk(answers, score(instrument, answers).band, rules, given or {})
    if answers.get("leg_pain") == "no" and answers.get("leg_below") is None:
        facts["leg_below"] = 0.0
    facts["bad_months"] = _bad_months(answers, rules)
    return facts


def _plain(answers: Answers, item: str) -> float | None:
    value = number(answers[item])
    return flag(answers, item) if value is None else value


def start_band(answers: Answers, rules: Rulebook) -> str:
    """Group of STarT Back: as entered, else from total and distress; empty while undetermined."""
    group, total = answers.get("start_group"), number(answers.get("start_total"))
    distress = number(answers.get("start_distress"))
    if group in RISK:
        return str(group)
    if distress is not None and distress >= rules.limit("start_distress"):
        return "high"
    if total is None:
        return ""
    if total < rules.limit("start_total"):
        return "low"
    return "" if distress is None else "medium"


def _risk(answers: Answers, own: str, rules: Rulebook, given: Mapping[str, date]) -> float | None:
    """Risk band 0 low, 1 medium, 2 high: the most recent official tool, else our own check."""
    ompsq = number(answers.get("ompsq_sf"))
    tools = {
        "start_total": start_band(answers, rules),
        "ompsq_sf": "" if ompsq is None else "high" if ompsq >= rules.limit("ompsq_high") else "low",
    }
    known = [(_day(tool, given), band) for tool, band in tools.items() if band]
    if known:
        latest = max(day for day, _ in known)
        return RISK[next(band for day, band in known if day == latest)]
    return RISK.get(own)


def _day(tool: str, given: Mapping[str, date]) -> date:
    parts = ("start_total", "start_group", "start_distress") if tool == "start_total" else (tool,)
    return max((given[part] for part in parts if part in given), default=date.min)


def _bad_months(answers: Answers, rules: Rulebook) -> float | None:
    """Months with bad nights again and again; -1 where the nights are too few."""
    nights = number(answers.get("sl_nights"))
    if nights is None:
        return None
    if nights < rules.limit("insomnia_nights"):
        return -1.0
    return number(answers.get("sl_months"))


def value_of(feature: Feature, facts: Facts, rules: Rulebook) -> float | None:
    """Value of a feature from 0 to 1; null when its facts do not tell."""
    raw = [facts.get(source.fact) for source in feature.sources]
    if feature.rule in ("worse", "better"):
        sign = 1 if feature.rule == "worse" else -1
        return most(_rating(value, sign, rules) for value in raw)
    if feature.rule == "breadth":
        known = [value for value in raw if value is not None]
        if len(known) < rules.limit("breadth_answered"):
            return None
        return min(1.0, sum(value > 0 for value in known) / rules.limit("breadth_full"))
    values = [source.worth(value) for source, value in zip(feature.sources, raw, strict=True)]
    if feature.rule == "first":
        return next((value for value in values if value is not None), None)
    return least(values) if feature.rule == "all" else most(values)


def _rating(value: float | None, sign: int, rules: Rulebook) -> float | None:
    if value is None:
        return None
    if value * sign >= 2:
        return rules.limit("strong")
    return rules.limit("slight") if value * sign >= 1 else 0.0


def reads(feature: Feature, rules: Rulebook) -> tuple[str, ...]:
    """Ids of the items that a feature reads, in order."""
    found: list[str] = []
    for source in feature.sources:
        found += _items(source.fact, rules)
    return tuple(dict.fromkeys(found))


def _items(fact: str, rules: Rulebook) -> tuple[str, ...]:
    if fact in EXPLAINED:
        return EXPLAINED[fact]
    if fact.endswith(".fail"):
        return (fact.removesuffix(".fail"),)
    test = next((test for test in rules.tests if test.id == fact.partition(".")[0]), None)
    return test.items if test else (fact,)


def profile_score(pattern: Pattern, answers: Answers, facts: Facts, rules: Rulebook) -> ProfileScore:
    """Score one profile: 10 x weighted mean of what is known, where enough is."""
    fits = [feature for feature in pattern.features if _applies(feature, answers)]
    features = tuple(
        FeatureValue(
            id=feature.id,
            weight=feature.weight,
            value=value_of(feature, facts, rules),
            reads=reads(feature, rules),
        )
        for feature in fits
    )
    known = [(feature.weight, feature.value) for feature in features if feature.value is not None]
    avail = sum(weight for weight, _ in known)
    total = sum(feature.weight for feature in features)
    coverage = tidy(avail / total) if total else 0.0
    if coverage < rules.limit("coverage") or len(known) < pattern.minimum_answered:
        return ProfileScore(
            id=pattern.id, score=None, coverage=coverage, status="insufficient", features=features
        )
    points = tidy(10 * sum(weight * value for weight, value in known) / avail)
    return ProfileScore(
        id=pattern.id, score=points, coverage=coverage, status=status(points, rules), features=features
    )


def _applies(feature: Feature, answers: Answers) -> bool:
    return not any(answers.get(item) in values for item, values in feature.not_for.items())


def status(points: float, rules: Rulebook) -> Literal["likely", "possible", "absent"]:
    """Name of a score."""
    if points >= rules.limit("likely"):
        return "likely"
    return "possible" if points >= rules.limit("possible") else "absent"
