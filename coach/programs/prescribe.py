"""From a profile to the first version of a plan."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from coach.model.assessment import Profile
from coach.model.exercise import Number, Reason
from coach.model.plan import Bounds, Plan, Preferences, Standing, Week
from coach.programs.allowed import Context, why_not
from coach.programs.entry import enter, tier_of, walking_entry
from coach.programs.gates import from_tests
from coach.programs.library import Library
from coach.programs.lifestyle import daily, flare_kit, goal_order, goals, lesson_order
from coach.programs.orders import Orders, level_of_week
from coach.programs.phases import Template
from coach.programs.prescription import standing, start_dose, within_phase
from coach.programs.remarks import nothing_left, remarks
from coach.programs.steering import avoided, bounds_of, left_out, lifted, words
from coach.programs.week import build_week
from coach.programs.weeklimits import size_of

SAFE = ("T2_CAUTION", "T3_CLEAR")


class NothingToPrescribe(Exception):
    """No plan can be made; the message names what to loosen."""


class NotSafe(ValueError):
    """The safety screen has not cleared this person for a plan."""


def prescribe(
    profile: Profile, preferences: Preferences, template: Template, library: Library, *, start: date
) -> Plan:
    """Make version 1 of a plan, its first week included.

    Same inputs, same plan. Raises `NotSafe` unless the safety screen is clear or cautious, and
    `NothingToPrescribe` when time, equipment and tags together leave nothing to do.
    """
    if profile.level not in SAFE:
        raise NotSafe(f"The safety screen ended at {profile.level}: there is no plan until it is cleared.")
    plan = _frame(profile, preferences, template, library, start)
    context = Context.of(plan, 1)
    phase = template.phase(1)
    levels, barred = _standings(plan, profile, template, library, context)
    walk = _walking(profile, preferences, template, library, context)
    if not walk and not any(each.rung and not each.deferred for each in levels):
        raise NothingToPrescribe(nothing_left(plan, library))
    if plan.sessions_per_week and not any(each.slot in (3, 4, 5) and not each.deferred for each in levels):
        raise NothingToPrescribe(nothing_left(plan, library, barred))
    habits = (
        *daily(levels, library, habit_plan=not plan.sessions_per_week),
        *goals(profile, library, template.orders),
    )
    if not plan.sessions_per_week and walk is None:
        raise NothingToPrescribe(nothing_left(plan, library))
    plan = replace(
        plan,
        standing=levels,
        walk=walk,
        flare_kit=flare_kit(library, context, phase, *_kit(template)),
        lessons=lesson_order(profile, template, library),
        goals=goal_order(profile, library, template.orders),
        activity=next(iter(profile.activities), ""),
        notes=(*remarks(plan, profile, library), *barred, *words(template.orders)),
        week=replace(plan.week, habits=habits),
    )
    return replace(plan, week=build_week(plan, 1, start, template, library))


def _kit(template: Template) -> tuple[tuple[str, ...], str]:
    """Exercises and words that a file has for the first days of a flare-up."""
    flare = template.orders.file.flare if template.orders is not None else None
    return (flare.kit, flare.say) if flare is not None else ((), "")


def _frame(
    profile: Profile, preferences: Preferences, template: Template, library: Library, start: date
) -> Plan:
    """Return the plan without its content: who it is for and in which limits."""
    orders = template.orders
    bounds = bounds_of(orders)
    mixed = "direction_mixed" in profile.notes
    phase = template.phase(1)
    return Plan(
        id="v1",
        version=1,
        made=start,
        start=start,
        template=template.id,
        profile=profile.id,
        primary=profile.primary,
        secondary=profile.secondary,
        headline=profile.headline or profile.primary,
        tier=tier_of(profile),
        level=profile.level,
        preferences=preferences,
        standing=(),
        week=Week(number=1, starts=start, phase=phase.id, phase_name=phase.name, sessions=()),
        tags=tuple(dict.fromkeys((*profile.tags, *preferences.painful_joints, *avoided(orders)))),
        qualifiers=(*profile.qualifiers, *(("direction_mixed",) if mixed else ())),
        eased=() if mixed else profile.eased,
        lifted=tuple(dict.fromkeys((*profile.lifted, *lifted(orders)))),
        left_out=left_out(orders, library) if orders is not None else (),
        file=template.file,
        author=template.author,
        weaker=profile.weaker,
        bounds=bounds,
        sessions_per_week=_sessions(preferences, bounds, phase.sessions[1], library),
        gates=from_tests(profile, library),
        weeks=template.weeks,
        library=library.version,
        entry_pain=profile.pain,
        reason=Reason(
            rule="assessment",
            text="Made from your assessment and your wishes."
            if orders is None
            else f"Made from your assessment, your wishes and the plan “{orders.file.title}”.",
            numbers=(
                Number(name="starting profile", value=profile.primary, source="clinical.md 4.2"),
                Number(name="entry tier", value=tier_of(profile), evidence="D", source="clinical.md 4.5"),
                Number(name="safety level", value=profile.level, evidence="D", source="clinical.md 1.1"),
            ),
            otherwise="Other answers, days, minutes or equipment would give another plan.",
        ),
    )


def _sessions(preferences: Preferences, bounds: Bounds, most: int, library: Library) -> int:
    """Return the sessions a week that were wanted and are possible; 0 for a habit plan."""
    building = library.building
    days = len(set(preferences.days)) or 7
    count = min(preferences.days_per_week, days, most, bounds.max_sessions)
    if preferences.session_minutes < building.number("habit_plan_minutes"):
        return 0
    return count if count >= building.number("habit_plan_sessions") else 0


def _wanted(plan: Plan, library: Library, orders: Orders | None) -> list[str]:
    """Return the ladders that slots and profiles can use, in documented order."""
    size = size_of(plan, library)
    first = [
        name
        for profile in (plan.primary, *plan.secondary)
        for name in library.building.priority.get(profile, ())
    ]
    if orders is not None and orders.listed:
        named = {library.exercises[each.exercise].ladder for each in orders.file.exercises}
        named |= {each.ladder for each in orders.file.ladders}
        return [name for name in library.ladders if name != "aer" and name in named]
    wanted = {"dir"} | ({"neu"} if "neu" in first or "neur" in plan.tags else set())
    if plan.sessions_per_week:
        wanted |= {"dis", "pel", "bal", "hng", "sqt", "glu", "lun", "ant", "lat", "ext"}
        if size >= 5:
            wanted |= {"bre", "mob"}
        if size >= 6:
            wanted |= {"car", "rot"}
    else:
        wanted |= {"bre"}
    return [name for name in library.ladders if name in wanted]


def _standings(
    plan: Plan, profile: Profile, template: Template, library: Library, context: Context
) -> tuple[tuple[Standing, ...], tuple[Reason, ...]]:
    """Return the first levels, and for each ladder that cannot be entered the reason."""
    phase = template.phase(1)
    first = {
        name for each in (plan.primary, *plan.secondary) for name in library.building.priority.get(each, ())
    }
    slots = {name: slot for slot, names in library.slots.items() for name in names}
    size = size_of(plan, library)
    found: dict[str, Standing] = {}
    barred = []
    orders = template.orders
    for name in _wanted(plan, library, orders):
        most = _start_of(name, orders, library)
        entry = enter(library.ladders[name], profile, library, context, phase, most=most)
        if entry.exercise is None:
            if entry.reason.rule == "start_barred":
                barred.append(
                    replace(entry.reason, text=f"{library.ladders[name].name}: {entry.reason.text}")
                )
                waiting = _waiting(name, slots[name], plan, profile, template, library, entry.reason)
                found |= {name: waiting} if waiting else {}
            continue
        dose = start_dose(entry.exercise, tier_of(profile), context, phase)
        if orders is not None:
            dose = level_of_week(dose, orders, entry.exercise.id, 1)
        found[name] = standing(
            entry.exercise, dose, slots[name], entry.reason, library, context, 1, phase=phase
        )
    if orders is not None and orders.listed:
        return tuple(found.values()), tuple(barred)
    spare = [name for name in ("dis", "pel", "bal") if name in found][2:]
    for name in spare:
        if name not in first and size < 6 and not (name == "bal" and "bal" in context.tags):
            del found[name]
    if size < 4 and "glu" in found and "lun" in found and "lun" not in first:
        del found["lun"]
    return tuple(found.values()), tuple(barred)


def _start_of(ladder: str, orders: Orders | None, library: Library) -> int | None:
    """The highest rung on which a file lets a ladder begin; null where it does not say."""
    line = orders.ladder(ladder) if orders is not None else None
    return library.exercises[line.start].rung if line is not None and line.start else None


def _waiting(
    name: str,
    slot: int,
    plan: Plan,
    profile: Profile,
    template: Template,
    library: Library,
    barred: Reason,
) -> Standing | None:
    """Return the level of a ladder that only the first weeks bar; a review lets it in after them."""
    week = int(library.building.number("direction_weeks")) + 1
    context, phase = Context.of(plan, week), template.phase(week)
    entry = enter(library.ladders[name], profile, library, context, phase)
    if entry.exercise is None:
        return None
    dose = start_dose(entry.exercise, "e1", context, phase)
    reason = replace(barred, rule="deferred", text=f"It waits until week {week}. {barred.text}")
    made = standing(entry.exercise, dose, slot, reason, library, context, week, phase=phase)
    return replace(made, deferred=True)


def _walking(
    profile: Profile, preferences: Preferences, template: Template, library: Library, context: Context
) -> Standing | None:
    """Return the first level of walking, or null when there is no time for it."""
    building = library.building
    phase = template.phase(1)
    most = preferences.walk_minutes // int(building.number("walks"))
    shortest = int(building.number("walk_shortest"))
    if preferences.walk_minutes < shortest:
        return None
    cycling = library.exercises["aer_6"]
    orders = template.orders
    if orders is not None and all(why_not(each, context) for each in library.ladders["aer"].exercises):
        return None
    prefers = profile.primary == "ext" and "bike" in preferences.equipment
    if prefers and most >= (cycling.dose.minutes or 0) and why_not(cycling, context) is None:
        reason = Reason(
            rule="profile_ext",
            text="Cycling with a slightly bent back is kinder than walking for your starting profile.",
            numbers=(Number(name="starting profile", value="ext", evidence="D", source="clinical.md 5.4"),),
            otherwise="Without a bike it would be walking.",
        )
        dose = start_dose(cycling, "e1", context, phase)
        return standing(cycling, dose, 0, reason, library, context, 1, phase=phase)
    exercise, minutes, reason = walking_entry(profile, library, context, max(most, shortest))
    dose = replace(within_phase(exercise.dose, exercise, phase), minutes=minutes)
    if orders is not None:
        dose = level_of_week(dose, orders, exercise.id, 1)
    return standing(exercise, dose, 0, reason, library, context, 1, phase=phase)
