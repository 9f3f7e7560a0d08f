"""From a plan file to what the engine runs on: a shape under the safety floor, and the library it selects.

A file selects, tightens and steers. Whatever it says, the phases of the built-in shape stay above its own as
ceilings, the exercises it does not list stay out, and only a signed one lifts direction tags.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from coach.model.applied import AppliedFile
from coach.model.exercise import Exercise, Ladder, Number, Reason
from coach.model.plan import Bounds
from coach.model.planfile import PlanFile
from coach.programs.library import Library
from coach.programs.orders import Orders, often, started
from coach.programs.phases import Phase, Template
from coach.programs.planfile import load_template, read_plan_file, template_of
from coach.programs.rungs import climb, loaded

LAST_WEEK = 52
LIFTS = ("flex", "ext", "wk1_4", "without_supervision")
"""Direction tags and qualifiers: all that a signed file may lift."""


def steered(
    template: Template,
    floor: Template,
    file: PlanFile,
    *,
    name: str = "",
    author: str = "",
    signed: bool = False,
) -> Template:
    """The shape of a file under the built-in one, with all that the file orders besides.

    ``template`` is the file's own shape with its ``extends`` resolved, ``floor`` the built-in one whose
    phases are ceilings, ``name`` the id under which it was applied.
    """
    return replace(
        template,
        phases=tuple(_phases(template, floor)),
        file=name,
        author=author or file.author or file.clinic,
        orders=Orders(file=named(file), signed=signed),
    )


def named(file: PlanFile) -> PlanFile:
    """A file whose own ids of exercises are those of the library wherever something refers to them."""
    own = {each.id: each.exercise for each in file.exercises if each.like}
    if not own:
        return file

    def of(name: str) -> str:
        return own.get(name, name)

    lines = tuple(
        replace(each, swaps=tuple(replace(swap, to=of(swap.to)) for swap in each.swaps))
        for each in file.exercises
    )
    flare = file.flare
    return replace(
        file,
        exercises=lines,
        rules=tuple(replace(each, scope=of(each.scope)) for each in file.rules),
        flare=replace(flare, kit=tuple(map(of, flare.kit))) if flare is not None else None,
        tests=tuple(
            replace(each, expect=tuple(replace(e, subject=of(e.subject)) for e in each.expect))
            for each in file.tests
        ),
    )


def _phases(template: Template, floor: Template) -> Iterator[Phase]:
    """The phases of a file, cut where those of the floor change, each at most what the floor has."""
    found: list[Phase] = []
    for week in range(1, LAST_WEEK + 1):
        now = _under(template.phase(week), floor.phase(week))
        if found and replace(found[-1], weeks=(0, 0)) == replace(now, weeks=(0, 0)):
            found[-1] = replace(found[-1], weeks=(found[-1].weeks[0], week))
        else:
            found.append(replace(now, weeks=(week, week)))
    yield from found


def _under(own: Phase, floor: Phase) -> Phase:
    """One phase with no ceiling above that of the floor."""

    def under(name: str) -> tuple[int, int]:
        low, high = getattr(own, name)
        most = min(high, getattr(floor, name)[1])
        return min(low, most), most

    return replace(
        own,
        sessions=under("sessions"),
        minutes=under("minutes"),
        rpe=under("rpe"),
        sets=under("sets"),
        walks=min(own.walks, floor.walks),
    )


def left_out(orders: Orders, library: Library) -> tuple[str, ...]:
    """Ladders and exercises that a file leaves out, by id.

    Rungs below the lowest that it names stay: stepping back, and starting low, are always possible.
    """
    found: list[str] = []
    lines = {library.exercises[each.exercise].ladder for each in orders.file.exercises}
    swaps = {library.exercises[s.to].ladder for each in orders.file.exercises for s in each.swaps}
    for name, ladder in library.ladders.items():
        line = orders.ladder(name)
        if orders.file.choose == "listed" and line is None and name not in lines | swaps:
            found.append(name)
        else:
            found += _rungs_out(orders, ladder, library)
    return tuple(found)


def _rungs_out(orders: Orders, ladder: Ladder, library: Library) -> list[str]:
    line = orders.ladder(ladder.id)
    named = {
        each.exercise
        for each in orders.file.exercises
        if library.exercises[each.exercise].ladder == ladder.id
    }
    named |= {
        s.to
        for each in orders.file.exercises
        for s in each.swaps
        if library.exercises[s.to].ladder == ladder.id
    }
    rungs = climb(ladder)
    if line is not None and line.rungs:
        listed = {*line.rungs, *named}
        places = [place for place, each in enumerate(rungs) if each.id in listed]
        out = [rungs[place].id for low, high in pairwise(places) for place in skipped(rungs, low, high)]
        out += [each.id for each in rungs[(places[-1] + 1 if places else 0) :]]
        return [*out, *(each.id for each in ladder.exercises if each not in rungs and each.id not in listed)]
    if line is not None or orders.file.choose == "engine":
        return []
    if ladder.by_response:
        return [each.id for each in ladder.exercises if each.id not in named]
    places = [place for place, each in enumerate(rungs) if each.id in named]
    top = places[-1] if places else -1
    beside = [each.id for each in ladder.exercises if each not in rungs and each.id not in named]
    return [*(each.id for each in rungs[top + 1 :]), *beside]


def skipped(rungs: Sequence[Exercise], low: int, high: int) -> range:
    """Places of the steps between two listed rungs that are left out on the way up.

    That is one step at most, and none to or with a load (``clinical.md`` 5.3); other steps between stay as
    stepping stones, for else the upper rung would never be reached.
    """
    between = range(low + 1, high)
    plain = len(between) == 1 and not loaded(rungs[low + 1]) and not loaded(rungs[high])
    return between if plain else range(0)


def tailored(library: Library, orders: Orders | None) -> Library:
    """The library under the file's own titles and texts, its lower starts, rarer days and habits."""
    if orders is None:
        return library
    most = {each.id: each.most for each in orders.file.habits}
    goals = {
        name: replace(goal, levels=goal.levels[: most.get(name) or len(goal.levels)])
        for name, goal in library.goals.items()
    }
    made: dict[str, Exercise] = {}
    for line in orders.file.exercises:
        exercise = library.exercises[line.exercise]
        exercise = often(started(exercise, line.dose), line.dose)
        name = line.title or exercise.name
        made[line.exercise] = replace(exercise, name=name, note=line.text or exercise.note)
    ladders = {
        name: replace(each, exercises=tuple(made.get(e.id, e) for e in each.exercises))
        for name, each in library.ladders.items()
    }
    return replace(library, ladders=ladders, exercises={**library.exercises, **made}, goals=goals)


def lifted(orders: Orders | None) -> tuple[str, ...]:
    """What a file lifts: nothing, unless a known key signed it and its therapist names it."""
    if orders is None or not orders.signed or orders.file.cleared is None:
        return ()
    return tuple(each for each in orders.file.cleared.tags if each in LIFTS)


def avoided(orders: Orders | None) -> tuple[str, ...]:
    """Avoid tags that a file adds to the person's own."""
    return orders.file.avoid if orders is not None else ()


def bounds_of(orders: Orders | None) -> Bounds:
    """The bounds of a file as the plan carries them; those of a plan without a file are wide."""
    if orders is None:
        return Bounds()
    own = orders.file.bounds
    days, minutes = orders.file.days, orders.file.minutes
    sessions = [
        each for each in (own.sessions, days[1] if days else None, Bounds().max_sessions) if each is not None
    ]
    most = [each for each in (own.minutes, minutes[1] if minutes else None) if each is not None]
    flare = orders.file.flare
    return Bounds(
        engine_may=own.engine_may,
        patient_may=own.patient_may,
        max_sessions=min(sessions),
        max_session_minutes=min(most) if most else None,
        rise=own.rise,
        rungs=own.rungs,
        flare_back=flare.back if flare is not None else (),
        gaps=tuple((each.days[0], each.days[1], each.percent) for each in orders.file.gap),
        pain={each.exercise: each.pain for each in orders.file.exercises if each.pain is not None},
    )


def words(orders: Orders | None) -> tuple[Reason, ...]:
    """What the file says to the person, shown with the plan."""
    if orders is None:
        return ()
    file = orders.file
    by = " of ".join(each for each in (file.author, file.clinic) if each)
    text = f"This is the plan “{file.title}”{f' by {by}' if by else ''}. {file.patient}".strip()
    note = Reason(rule="plan_file", text=text, numbers=(Number(name="plan file", value=file.id),))
    return (note, *(Reason(rule="plan_goal", text=f"Goal: {each}") for each in file.goals))


def shaped(applied: AppliedFile, library: Library) -> Template:
    """The shape of a file as it was applied. Raises `PlanFileError` where this version cannot read it."""
    file = read_plan_file(applied.text, applied.name, library)
    return steered(
        template_of(file),
        load_template(FLOOR),
        file,
        name=applied.id,
        author=applied.author,
        signed=applied.seal != "unsigned",
    )


FLOOR = "balanced"
"""The built-in plan whose phases are the ceilings of every file."""
