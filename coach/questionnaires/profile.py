"""Where to start: from answers and safety screen to a profile (``clinical.md`` 4.2 to 4.5).

The profile is a way to choose a starting point, never a diagnosis.

``flex_am`` in ``tags`` limits the time of day and bars no exercise: bending waits until 60
minutes after getting up. It stands while FLEX is active in weeks 1-4 (4.3), and at any time
with ten minutes or more of morning stiffness (MT-23). Being worse in the first hour
(``ag_morn``) sets nothing by itself, as it already counts in FLEX.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from coach.model.assessment import Answers, Profile, Triage
from coach.questionnaires.catalogue import load_instruments
from coach.questionnaires.classify import INSUFFICIENT, UNCLEAR, Place, classify
from coach.questionnaires.features import profile_score, read_facts
from coach.questionnaires.findings import findings
from coach.questionnaires.missing import most_informative
from coach.questionnaires.movement import Facts
from coach.questionnaires.rulebook import Rulebook, load_rulebook
from coach.questionnaires.scoring import number, shown
from coach.questionnaires.skiplogic import in_force
from coach.questionnaires.tier import entry_tier
from coach.questionnaires.weaker import weaker_side

NONE = "none"
STOPPING = ("T0_EMERGENCY", "NOT_ELIGIBLE", "T1_CLINICIAN")
TAGS = (
    "flex_am", "flex", "ext", "ost", "preg", "pp", "surg",
    "neur", "bal", "htn", "sho", "kne", "wri", "acute",
)  # fmt: skip


def profile(
    answers: Answers,
    triage: Triage,
    *,
    today: date,
    week: int = 1,
    given: Mapping[str, date] | None = None,
) -> Profile:
    """Read the answers as a starting point.

    ``week`` is the programme week it is for: direction tags hold in weeks 1-4 only. ``given``
    tells the day of each answer, where several official risk tools were entered.

    Answers of questions that are not open count for nothing, as in the safety screen.
    While the safety screen is open, or its result is T0, T1 or not eligible, nothing is
    classified (C10): ``primary`` is ``none`` and there are no scores.
    """
    if triage.level in STOPPING or not triage.complete:
        return _withheld(triage, today)
    rules, answers = load_rulebook(), in_force(load_instruments(), answers)
    facts = read_facts(answers, rules, given)
    scores = tuple(profile_score(each, answers, facts, rules) for each in rules.profiles)
    place = classify(scores, answers, facts, rules)
    tags = _tags(answers, triage, place, facts, rules, week)
    tier, reasons = entry_tier(answers, triage, facts, rules)
    missing = (
        most_informative(scores, answers, facts, frozenset(tags), rules)
        if place.primary == INSUFFICIENT
        else ()
    )
    return Profile(
        id=_id(today),
        date=today,
        primary=place.primary,
        secondary=place.secondary,
        headline=place.headline,
        confidence=place.confidence,
        scores=place.scores,
        active=place.active,
        watch=place.watch,
        dropped=place.dropped,
        notes=place.notes,
        missing=missing,
        tier=tier,
        tier_reasons=reasons,
        level=triage.level,
        tags=tags,
        qualifiers=triage.qualifiers,
        eased=() if "direction_mixed" in place.notes else _eased(facts, rules),
        findings=findings(answers, facts, rules),
        walk_minutes=number(answers.get("mt_26")),
        pain=number(answers.get("pain_average")),
        function=facts.get("eac10"),
        activities=_activities(answers),
        weaker=weaker_side(answers, facts, rules),
    )


def _id(today: date) -> str:
    return f"profile-{today.isoformat()}"


def _withheld(triage: Triage, today: date) -> Profile:
    return Profile(
        id=_id(today),
        date=today,
        primary=NONE,
        level=triage.level,
        tags=tuple(tag for tag in TAGS if tag in triage.filters),
        qualifiers=triage.qualifiers,
        tier="e1",
        notes=() if triage.complete else ("screen_incomplete",),
    )


def _tags(
    answers: Answers, triage: Triage, place: Place, facts: Facts, rules: Rulebook, week: int
) -> tuple[str, ...]:
    """Active avoid tags: safety filters, painful joints, tests, and in weeks 1-4 the profile's own."""
    found = set(triage.filters)
    joints = answers.get("joints")
    found |= set(joints) & {"sho", "kne", "wri"} if isinstance(joints, tuple | list) else set()
    if answers.get("leg_irritable") == "yes":
        found.add("neur")
    if facts["mt_09.support"] == 1:
        found.add("bal")
    stiff = number(answers.get("mt_23"))
    if stiff is not None and stiff >= rules.limit("flex_am_stiff"):
        found.add("flex_am")
    if 1 <= week <= rules.limit("tag_weeks"):
        found |= set(place.tagging)
        if "flex" in place.tagging:
            found.add("flex_am")
    return tuple(tag for tag in TAGS if tag in found)


def _eased(facts: Facts, rules: Rulebook) -> tuple[str, ...]:
    """Directions that eased in MT-19: what the direction ladder may use (5.5)."""
    sets = {"flexion": facts["mt_19a.better"], "extension": facts["mt_19b.better"]}
    return tuple(way for way, better in sets.items() if better is not None and better >= rules.limit("eased"))


def _activities(answers: Answers) -> tuple[str, ...]:
    names = (answers.get(f"psfs_{place}_name") for place in range(1, 6))
    return tuple(name for name in names if isinstance(name, str) and name.strip())


def explain(profile: Profile) -> str:
    """The profile in plain words, with what speaks for it; one sentence or fact a line."""
    rules = load_rulebook()
    texts, names = rules.texts, {each.id: each.name for each in rules.profiles}
    if profile.primary in (UNCLEAR, INSUFFICIENT, NONE):
        lines = [texts[profile.primary]]
    else:
        lines = [texts["lead"].format(name=names[profile.primary]), rules.pattern(profile.primary).meaning]
        lines += _speaks_for(profile, rules)
    if profile.headline == "psy":
        lines.insert(0, texts["psy_first"])
    lines += [texts[note] for note in profile.notes]
    groups = {"second": profile.secondary, "active": profile.active, "watch": profile.watch}
    lines += [
        texts[key].format(names=", ".join(names[each] for each in ids)) for key, ids in groups.items() if ids
    ]
    if profile.missing:
        lines.append(
            texts["missing"].format(names=", ".join(_input_name(each, rules) for each in profile.missing))
        )
    if profile.confidence:
        lines.append(texts[f"confidence_{profile.confidence}"])
    if profile.primary != NONE:
        lines.append(texts["limits"])
    return "\n".join(lines)


def _speaks_for(profile: Profile, rules: Rulebook) -> list[str]:
    """The features that count for the primary, strongest first, with their points."""
    pattern = rules.pattern(profile.primary)
    score = next(each for each in profile.scores if each.id == profile.primary)
    texts = {feature.id: feature.text for feature in pattern.features}
    counted = [each for each in score.features if each.value]
    counted.sort(key=lambda each: -each.weight * (each.value or 0.0))
    return [
        f"- {texts[each.id]} ({shown(each.weight * (each.value or 0.0))} of {each.weight:g})"
        for each in counted
    ]


def _input_name(name: str, rules: Rulebook) -> str:
    """An open input in words."""
    if name == "mc_count":
        return rules.texts["mc_count"]
    test = next((test for test in rules.tests if test.id == name), None)
    if test:
        return test.name
    for pattern in rules.mechanical():
        for feature in pattern.features:
            if name in {source.fact for source in feature.sources}:
                return f"whether {feature.text}"
    return name
