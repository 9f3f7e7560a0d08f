"""Where a person enters a ladder, and why there (``clinical.md`` 4.5, 5.5)."""

from __future__ import annotations

import math

from coach.model.assessment import Profile
from coach.model.exercise import Exercise, Ladder, Number, Reason
from coach.model.levels import Tier
from coach.model.noun import Noun
from coach.programs.allowed import Context, why_not
from coach.programs.library import Library
from coach.programs.phases import Phase
from coach.programs.prescription import fits
from coach.programs.rungs import climb

_CAUTIOUS = ("ost", "preg", "pp", "bal", "surg")
_OTHERWISE: dict[Tier, str] = {
    "e1": "With usual pain under 7 and a chair rise within its limit it would have been one rung higher.",
    "e2": "With pain of 3 or less, little trouble in daily life, a quick chair rise, a back hold of 60 s and "
    "strength training twice a week the start would have been higher.",
    "e3": "With more pain, or without one of the tests behind this tier, the start would have been rung 2.",
}


class Entry(Noun, frozen=True, kw_only=True):
    """A first rung with its reason; or no rung, and what keeps the ladder out."""

    exercise: Exercise | None
    reason: Reason


def tier_of(profile: Profile) -> Tier:
    """Return the entry tier; caution caps it at E2."""
    return "e2" if profile.tier == "e3" and profile.level != "T3_CLEAR" else profile.tier


def enter(
    ladder: Ladder,
    profile: Profile,
    library: Library,
    context: Context,
    phase: Phase,
    *,
    most: int | None = None,
) -> Entry:
    """Choose the first rung of a ladder: the highest allowed one at or below the entry rung.

    ``most`` is the highest rung that a plan file lets it begin on.
    """
    if ladder.by_response:
        return _by_response(ladder, profile, library, context)
    tier = tier_of(profile)
    building = library.building
    legs = tier == "e3" and ladder.id in ("hng", "sqt")
    wanted = int(building.number("rung_e3_legs" if legs else f"rung_{tier}"))
    numbers = [Number(name="entry tier", value=tier, evidence="D", source="clinical.md 4.5")]
    said = [f"Your answers give entry tier {tier.upper()}, which starts at rung {wanted}."]
    rule = f"tier_{tier}"
    otherwise = _OTHERWISE[tier]
    if tests := _tests(ladder.id, profile, library):
        wanted = max(1, wanted - int(building.number("test_rungs")))
        rule = f"test_{ladder.id}"
        numbers += tests
        said.append("A related test was below its limit, so this ladder starts one rung lower.")
        otherwise = "With that test within its limit the start would have been one rung higher."
    limit = int(building.number("caution_rung"))
    tags = [tag for tag in _CAUTIOUS if tag in context.tags]
    if tags and ladder.component == "c3" and wanted > limit:
        wanted, rule = limit, f"tag_{tags[0]}"
        numbers.append(
            Number(name="caution", value=", ".join(tags), threshold=f"rung <= {limit}", evidence="D")
        )
        said.append(f"Loaded ladders start at rung {limit} or lower: {building.tags[tags[0]]}.")
    if most is not None and most < wanted:
        wanted, rule = most, "plan_start"
        said.append("Your therapist's plan lets it begin no higher than this.")
        otherwise = "Without that line of the plan file the start would have been higher."
    found, why = _highest(ladder, wanted, context, phase)
    if found is None and not context.floor:
        highest = limit if tags or tier == "e1" else 9
        found = _without_floor(ladder, highest, library, context, phase)
        why = f"{why} {found.name} does without the floor." if found else why
    if why:
        said.append(why)
        otherwise = otherwise if found is None else f"Without that limit it would have been rung {wanted}."
        rule = "start_lower" if found else "start_barred"
    return Entry(
        exercise=found,
        reason=Reason(rule=rule, text=" ".join(said), numbers=tuple(numbers), otherwise=otherwise),
    )


def _highest(ladder: Ladder, wanted: int, context: Context, phase: Phase) -> tuple[Exercise | None, str]:
    """Return the highest allowed rung at or below the wanted one, and why it is not that one."""
    first = ""
    for exercise in reversed(climb(ladder)):
        if exercise.rung > wanted:
            continue
        why = why_not(exercise, context)
        if why is None and not fits(exercise, phase):
            why = f"its effort of {exercise.dose.rpe[0]:g} is above the {phase.rpe[1]} of this phase"
        if why is None:
            return exercise, first
        first = first or f"{exercise.name} is left out: {why}."
    return None, first


def _without_floor(
    ladder: Ladder, most: int, library: Library, context: Context, phase: Phase
) -> Exercise | None:
    """Return the rung that stands in when a person cannot get down to the floor (``clinical.md`` 5.3)."""
    name = library.building.floor_variants.get(ladder.id)
    if name is None:
        return None
    exercise = library.exercises[name]
    fitting = exercise.rung <= most or ladder.component == "c2"
    return exercise if fitting and why_not(exercise, context) is None and fits(exercise, phase) else None


def _tests(ladder: str, profile: Profile, library: Library) -> list[Number]:
    """Return the findings of tests that belong to a ladder."""
    related = [test for test, ladders in library.building.tests.items() if ladder in ladders]
    return [
        Number(
            name=finding.id,
            value=finding.value,
            unit=finding.unit,
            threshold=finding.threshold,
            evidence=finding.evidence,
            source=finding.source,
        )
        for finding in profile.findings
        if finding.met and any(finding.id == test or finding.id.startswith(f"{test}_") for test in related)
    ]


def _by_response(ladder: Ladder, profile: Profile, library: Library, context: Context) -> Entry:
    choose = library.building.choose
    if ladder.id == "mob":
        ids = choose.get(f"mob_{profile.primary}", choose["mob"]) + choose["mob"]
        found = next((i for i in ids if why_not(library.exercises[i], context) is None), None)
        reason = Reason(
            rule="mobility",
            text="An easy movement to begin with, chosen for your profile; it is kept if it feels good.",
            otherwise="Another mobility exercise takes its place if this one does not ease you.",
        )
        return Entry(exercise=library.exercises[found] if found else None, reason=reason)
    eased = [way for way in ("extension", "flexion", "side") if way in context.eased]
    for way in eased:
        for each in choose[way]:
            if why_not(library.exercises[each], context) is None:
                numbers = (Number(name="direction that eased", value=way, source="clinical.md 5.5"),)
                text = f"Repeated movement towards {way} eased your pain in the test."
                otherwise = "Had no direction eased, there would be none of these."
                reason = Reason(rule="direction_eased", text=text, numbers=numbers, otherwise=otherwise)
                return Entry(exercise=library.exercises[each], reason=reason)
    text = "No direction eased your pain in the test, or what eased is left out for another reason."
    return Entry(exercise=None, reason=Reason(rule="direction_none", text=text))


def walking_entry(
    profile: Profile, library: Library, context: Context, most: int
) -> tuple[Exercise, float, Reason]:
    """Return rung, minutes and reason of the first walks.

    ``most`` is how long a walk may be so that the least number of them fits into the week.
    """
    building = library.building
    share = building.number("walk_share")
    first = library.exercises["aer_1"]
    if profile.walk_minutes is None:
        minutes = float(first.dose.minutes or 5)
        text = "Your comfortable walk was not measured, so walking starts short."
        numbers: tuple[Number, ...] = ()
        otherwise = f"With a measured comfortable walk it would start at {share:.0%} of that."
    else:
        minutes = float(max(1, math.floor(share * profile.walk_minutes)))
        text = f"Walking starts at {share:.0%} of your comfortable walk of {profile.walk_minutes:g} minutes."
        numbers = (
            Number(
                name="comfortable walk",
                value=profile.walk_minutes,
                unit="min",
                threshold=f"x {share:g}",
                evidence="D",
                source="clinical.md 5.5",
            ),
        )
        otherwise = "A longer comfortable walk would have given a longer start."
    if minutes > most:
        text += f" It is cut to {most} minutes so that three walks fit into the time you gave."
        minutes = float(most)
    walks = [each for each in climb(library.ladders["aer"]) if each.dose.minutes is not None]
    for exercise in walks:
        if (exercise.top or exercise.dose.minutes or 0) >= minutes:
            break
    return exercise, minutes, Reason(rule="walk_start", text=text, numbers=numbers, otherwise=otherwise)
