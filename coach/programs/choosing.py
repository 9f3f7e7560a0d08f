"""What the person changes in the plan: holding an exercise, swapping one, the minimum plan. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from msgspec.structs import replace

from coach.model.exercise import Dose, Exercise, Reason
from coach.model.plan import Plan, Prescription, Session, Standing, Week
from coach.programs import caps
from coach.programs.allowed import Context, anything, why_not
from coach.programs.dose import count, unit_of, whole, with_count
from coach.programs.library import Library
from coach.programs.lifestyle import everyday
from coach.programs.orders import Orders, level_of_week
from coach.programs.phases import Phase, Template
from coach.programs.prescription import fits, standing, start_dose, with_dose, within_phase
from coach.programs.rules import load_rules
from coach.programs.rungs import climb, lower_rungs
from coach.programs.week import build_week
from coach.programs.weeklimits import minutes_of, walk_of

WALKING = "aer"


def held(plan: Plan, names: Collection[str]) -> Plan:
    """The next version, in which the named exercises are kept where they are at the next review."""

    def kept(each: Standing) -> Standing:
        return replace(each, hold=True) if each.exercise in names else each

    return _next(
        replace(
            plan,
            standing=tuple(kept(each) for each in plan.standing),
            walk=None if plan.walk is None else kept(plan.walk),
        ),
        Reason(
            rule="hold",
            text="You keep some exercises where they are at the next review.",
            otherwise="Without it they would grow as soon as they go well.",
        ),
    )


def choices(plan: Plan, exercise: str, template: Template, library: Library) -> tuple[Exercise, ...]:
    """What an exercise of the plan may be swapped for, nearest first.

    Easier rungs of its own ladder, then the first rung of the other ladders of its group that the plan
    does not use; nothing that a tag, the equipment, a gate or the phase bars, and never a harder rung.
    """
    number = plan.week.number
    context, phase = Context.of(plan, number), template.phase(number)
    used = {each.exercise for each in _every(plan)}
    ladders = {each.ladder for each in _every(plan)}
    named = _named(exercise, template.orders, library, anything(context))
    offered = named or _candidates(library.exercises[exercise], library, context, ladders)
    free = anything(context) if named else context
    found = {
        each.id: each
        for each in offered
        if each.id not in used and why_not(each, free) is None and fits(each, phase)
    }
    return tuple(found.values())


def _named(exercise: str, orders: Orders | None, library: Library, context: Context) -> tuple[Exercise, ...]:
    """What a plan file lets an exercise be swapped for; a step that is harder stands for the one below it."""
    line = orders.line(exercise) if orders is not None else None
    old = library.exercises[exercise]
    found = []
    for each in line.swaps if line is not None else ():
        wanted = library.exercises[each.to]
        steps = (wanted, *lower_rungs(wanted.id, library, context))
        found += [next((step for step in steps if step.rung <= old.rung), wanted)]
    return tuple(each for each in found if each.rung <= old.rung or library.ladders[each.ladder].by_response)


def choices_today(
    plan: Plan, exercise: str, session: Session, template: Template, library: Library
) -> tuple[Exercise, ...]:
    """What an exercise may be swapped for in one session alone.

    Besides its `choices`, what the plan has in the other ladders of its group: not in this session yet,
    and not as often in the week as it may be.
    """
    number = plan.week.number
    context, phase = Context.of(plan, number), template.phase(number)
    there = {each.exercise for each in session.prescriptions}
    week = [each.exercise for one in plan.week.sessions for each in one.prescriptions]
    ladder = library.exercises[exercise].ladder
    group = next((each for each in library.building.swap["groups"] if ladder in each), ())
    others = [
        found
        for each in plan.standing
        if each.ladder in group and each.ladder != ladder and each.exercise not in there
        for found in (library.exercises[each.exercise],)
        if why_not(found, context) is None
        and fits(found, phase)
        and week.count(found.id) < found.frequency[1]
    ]
    return (*choices(plan, exercise, template, library), *others)


def _candidates(
    exercise: Exercise, library: Library, context: Context, ladders: set[str]
) -> Iterator[Exercise]:
    swap = library.building.swap
    yield from lower_rungs(exercise.id, library, context)
    if exercise.ladder == WALKING:
        yield from (library.exercises[each] for each in ("aer_6", "aer_1"))
        return
    if exercise.ladder == "dir":
        group = next(ids for ids in swap["directions"] if exercise.id in ids)
        yield from (library.exercises[each] for each in group)
        return
    if exercise.ladder == "mob":
        yield from library.ladders["mob"].exercises
    for group in swap["groups"]:
        for name in group if exercise.ladder in group else ():
            if name not in ladders and not (name == "neu" and "neur" not in context.tags):
                ladder = library.ladders[name]
                yield from ladder.exercises if ladder.by_response else climb(ladder)[:1]


def _every(plan: Plan) -> tuple[Standing, ...]:
    return (*plan.standing, *((plan.walk,) if plan.walk else ()))


def swapped(
    plan: Plan,
    exercise: str,
    to: str,
    template: Template,
    library: Library,
    *,
    done: Collection[str] = (),
    only: str = "",
) -> Plan:
    """The next version with one exercise swapped for another, which must be one of its choices.

    The new one begins at the start dose of tier E1, with never more sets than the old one had, and keeps
    its place. Sessions that are ``done`` stay as they were. With ``only``, the id of a session, the swap
    is for that session alone and the standing level stays.
    """
    number = plan.week.number
    context, phase = Context.of(plan, number), template.phase(number)
    old = next(each for each in _every(plan) if each.exercise == exercise)
    known = next((each for each in plan.standing if each.exercise == to), None) if only else None
    new = known or _begun(old, library.exercises[to], library, context, phase, number, template.orders)
    week = _week(plan, old, new, template.phase(number), library, done, only)
    if only:
        text = f"{new.prescription.name} takes the place of {old.prescription.name} in one session."
        return _next(replace(plan, week=week), Reason(rule="user_swap", text=text))
    levels = tuple(new if each is old else each for each in plan.standing)
    made = replace(plan, standing=levels, walk=new if old is plan.walk else plan.walk)
    habits = everyday(week.habits, levels, library, habit_plan=not plan.sessions_per_week)
    walk = walk_of(made, phase, library, context, template.orders) if old is plan.walk else week.walk
    text = f"You swapped {old.prescription.name} for {new.prescription.name}."
    reason = Reason(rule="user_swap", text=text, otherwise="Without it the plan would have stayed.")
    return _next(replace(made, week=replace(week, habits=habits, walk=walk)), reason)


def _begun(
    old: Standing,
    to: Exercise,
    library: Library,
    context: Context,
    phase: Phase,
    number: int,
    orders: Orders | None,
) -> Standing:
    dose = _converted(start_dose(to, "e1", context, phase), old, to, orders, number)
    if to.ladder != WALKING:
        dose = replace(dose, sets=min(dose.sets, old.dose.sets))
    elif dose.minutes is not None and old.dose.minutes is not None:
        dose = replace(dose, minutes=min(dose.minutes, old.dose.minutes))
    reason = Reason(
        rule="user_swap",
        text=f"You chose it instead of {old.prescription.name}. It begins at its start dose.",
        otherwise=f"Without your swap {old.prescription.name} would stand here.",
    )
    return standing(to, dose, old.slot, reason, library, context, number, phase=phase)


def _converted(dose: Dose, old: Standing, to: Exercise, orders: Orders | None, week: int) -> Dose:
    """A start dose, or what a plan file makes of the old dose where that is less; under its ceilings, too."""
    if orders is None:
        return dose
    line = orders.line(old.exercise)
    swaps = line.swaps if line is not None else ()
    found = next(
        (e for e in swaps if to.id == e.to or to.id.rpartition("_")[0] == e.to.rpartition("_")[0]), None
    )
    unit = to.vary
    if found is not None and unit is not None and unit == unit_of(old.dose):
        amount = max(1, whole(count(old.dose, unit) * found.reps))
        dose = with_count(dose, unit, min(count(dose, unit), amount))
    return level_of_week(dose, orders, to.id, week)


def _week(
    plan: Plan,
    old: Standing,
    new: Standing,
    phase: Phase,
    library: Library,
    done: Collection[str],
    only: str,
) -> Week:
    """The binding week with the exercise replaced in its place, in the sessions that are left."""
    exercise = library.exercises[new.exercise]
    limit = float(minutes_of(plan, phase, library))
    room = exercise.frequency[1]
    made = []
    for session in plan.week.sessions:
        has = any(each.exercise == old.exercise for each in session.prescriptions)
        if has and session.id not in done and only in ("", session.id):
            session = _replaced(session, old, new if room else None, exercise, phase, limit)
            room -= 1 if room else 0
        made.append(session)
    week = replace(plan.week, sessions=tuple(made))
    rules = load_rules()
    # what was lived before this week sets its caps, as at the review that made it
    return caps.within(week, caps.caps(plan, "paused", rules), rules)


def _replaced(
    session: Session, old: Standing, new: Standing | None, exercise: Exercise, phase: Phase, limit: float
) -> Session:
    given: list[Prescription] = []
    for each in session.prescriptions:
        if each.warm_up and each.exercise == old.came_from:
            continue
        if each.exercise != old.exercise:
            given.append(each)
        elif new is not None:
            dose = within_phase(new.dose, exercise, phase)
            dose = replace(dose, sets=min(dose.sets, each.dose.sets))
            given.append(replace(with_dose(new.prescription, dose), slot=each.slot))
    most = max(limit, session.minutes)
    place = next((n for n, each in enumerate(given) if new and each.exercise == new.exercise), None)
    while place is not None and given[place].dose.sets > 1 and sum(e.minutes for e in given) > most + 0.05:
        fewer = replace(given[place].dose, sets=given[place].dose.sets - 1)
        given[place] = with_dose(given[place], fewer)
    if place is not None and sum(e.minutes for e in given) > most + 0.05:
        del given[place]
    names = {old.exercise: new.exercise} if new else {}
    kept = {each.exercise for each in given}
    short = tuple(name for each in session.short if (name := names.get(each, each)) in kept)
    minutes = round(sum(each.minutes for each in given), 1)
    return replace(session, prescriptions=tuple(given), short=short, minutes=minutes)


def minimum(
    plan: Plan, on: bool, template: Template, library: Library, *, done: Collection[str] = ()
) -> Plan:
    """The next version with the minimum plan of ``clinical.md`` 6.8 on or off.

    On, it holds at once: twice fifteen minutes and the walks; sessions that are ``done`` count. Off, the
    usual plan comes back with the next review, by one session a week at most.
    """
    made = replace(plan, minimum=on)
    if not on:
        text = "The usual plan comes back with the next review, one session more a week."
        return _next(made, Reason(rule="minimum_off", text=text))
    week = plan.week
    built = build_week(made, week.number, week.starts, template, library, deload=week.deload)
    kept = [each for each in week.sessions if each.id in done]
    count = int(library.building.number("minimum_sessions"))
    left = [each for each in built.sessions if each.id not in done][: max(0, count - len(kept))]
    sessions = tuple(sorted((*kept, *left), key=lambda each: each.number))
    text = "The small plan: two times fifteen minutes a week, and walking. It is a whole plan."
    reason = Reason(rule="minimum_on", text=text, otherwise="Off again: coach plan minimum off")
    return _next(replace(made, week=replace(built, sessions=sessions)), reason)


def _next(plan: Plan, reason: Reason) -> Plan:
    """The version after; ``made`` stays the day of the review it rests on, which flares are held against."""
    version = plan.version + 1
    return replace(plan, id=f"v{version}", version=version, reason=reason)


def left(plan: Plan, done: Collection[str], today: date) -> Session | None:
    """The first session of the week that is still to do and due by a day."""
    return next((each for each in plan.week.sessions if each.id not in done and each.date <= today), None)
