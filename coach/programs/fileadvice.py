"""Advice on a plan file that reads well: where the safety floor is tighter, and what never happens.

Nothing in here is a reason to refuse a file. Each line says what is written, what is used, and where the
number comes from.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from coach.draw import words
from coach.model.exercise import Exercise
from coach.model.plan import Plan
from coach.programs import day_rules
from coach.programs.allowed import Context, anything, why_not
from coach.programs.doseadvice import Advice, capped, doses, lines_of, steep, unit_name
from coach.programs.library import Library
from coach.programs.orders import Orders, load_cap
from coach.programs.phases import Template
from coach.programs.readability import GRADE_PART, grade
from coach.programs.rules import load_rules
from coach.programs.rungs import climb
from coach.programs.steering import left_out

_SHORTEST = 8
"""Words from which on a text is long enough to tell how it reads."""


def advise(
    orders: Orders,
    template: Template,
    own: Template,
    floor: Template,
    library: Library,
    plan: Plan | None = None,
) -> tuple[Advice, ...]:
    """All advice on a file, in the order of the file's parts.

    ``own`` is the shape as it is written, ``template`` what holds under the ``floor``, ``library`` the whole
    one, ``plan`` that of the person in whose home the file is checked.
    """
    found = [*_phases(own, floor), *_head(orders, floor), *_bounds(orders), *_ways_back(orders)]
    for line in orders.file.exercises:
        exercise = library.exercises[line.exercise]
        found += [*doses(line, exercise, floor), *steep(line, exercise)]
    found += [*_ladders(orders, template, library), *_texts(orders), *_lifts(orders)]
    if plan is not None:
        found += _person(orders, plan, library)
    return tuple(dict.fromkeys(found))


def _phases(own: Template, floor: Template) -> Iterator[Advice]:
    for phase in own.phases:
        tight = floor.phase(phase.weeks[0])
        for name, unit in (
            ("sessions", "a week"),
            ("minutes", "min a session"),
            ("rpe", "effort"),
            ("sets", "sets"),
        ):
            high, most = getattr(phase, name)[1], getattr(tight, name)[1]
            if high > most:
                yield capped(f"phase {phase.id}", f"{high} {unit}", f"{most}", "clinical.md 6.1")


def _head(orders: Orders, floor: Template) -> Iterator[Advice]:
    """Days and minutes of the head, and minutes of the bounds, that no phase of the floor has."""
    file = orders.file
    days, minutes = (max(getattr(each, name)[1] for each in floor.phases) for name in ("sessions", "minutes"))
    if file.days is not None and file.days[1] > days:
        yield capped("days", f"{file.days[1]} a week", f"{days}", "clinical.md 6.1")
    if file.minutes is not None and file.minutes[1] > minutes:
        yield capped("minutes", f"{file.minutes[1]} min a session", f"{minutes}", "clinical.md 6.1")
    if file.bounds.minutes is not None and file.bounds.minutes > minutes:
        yield capped("bounds", f"minutes {file.bounds.minutes}", f"{minutes}", "clinical.md 6.1")


def _bounds(orders: Orders) -> Iterator[Advice]:
    bounds, rules = orders.file.bounds, load_rules()
    most = round(100 * (rules["most_rise"] - 1))
    if bounds.rise is not None and bounds.rise > most:
        yield capped("bounds", f"rise {bounds.rise} %", f"{most} % or one smallest step", "progression.md 2")
    if bounds.rungs is not None and bounds.rungs > rules["rungs_late"]:
        used = f"{rules['rungs_early']:g}, later {rules['rungs_late']:g}"
        yield capped("bounds", f"rungs {bounds.rungs}", used, "clinical.md 6.2")
    if bounds.sessions is not None and bounds.sessions > 5:
        yield capped("bounds", f"sessions {bounds.sessions}", "5", "clinical.md 6.1")
    if bounds.sessions is not None and bounds.sessions < 2:
        text = "bounds: one session a week is too few for sessions, so the plan is made of habits and walks."
        yield Advice(kind="never", about="bounds", text=text, origin="clinical.md 5.4")


def _ways_back(orders: Orders) -> Iterator[Advice]:
    flare = orders.file.flare
    shares = (day_rules.FLARE_LOW_SHARE, day_rules.FLARE_MID_SHARE)
    for percent, share in zip(flare.back if flare is not None else (), shares, strict=False):
        if percent > 100 * share:
            yield capped("flare", f"back {percent} %", f"{100 * share:g} %", "clinical.md 6.6")
    steps = (
        (day_rules.GAP_LONG, day_rules.GAP_LONG_SHARE),
        (day_rules.GAP_WEEK, day_rules.GAP_WEEK_SHARE),
        (day_rules.GAP_SHORT, day_rules.GAP_SHORT_SHARE),
    )
    for line in orders.file.gap:
        share = next((share for first, share in steps if line.days[0] >= first), 1.0)
        if line.percent > 100 * share:
            yield capped(
                "gap", f"{line.percent} % after {line.days[0]} days", f"{100 * share:g} %", "clinical.md 6.5"
            )


def _ladders(orders: Orders, template: Template, library: Library) -> Iterator[Advice]:
    """Rungs that nobody reaches: the way to them is closed, or the step before has no top."""
    out = left_out(orders, library)
    slots = {name for slot in template.slots for name in slot.ladders} | {"aer", "dir", "neu", "bre"}
    named = {library.exercises[each.exercise].ladder for each in orders.file.exercises}
    for name in sorted(named | {each.ladder for each in orders.file.ladders}):
        if name not in slots and orders.listed:
            text = f"{name} has no slot in the sessions of this shape, so it never comes up."
            yield Advice(kind="never", about=name, text=text, origin="clinical.md 5.4")
        if name not in out and not library.ladders[name].by_response:
            yield from _climbed(name, orders, library, set(out))


def _climbed(name: str, orders: Orders, library: Library, out: set[str]) -> Iterator[Advice]:
    rungs = climb(library.ladders[name])
    yield from _between(name, orders, rungs, out)
    listed = [place for place, each in enumerate(rungs) if each.id not in out]
    if not listed or (orders.ladder(name) is None and not orders.listed):
        return
    bounds = orders.file.bounds
    for place, later in pairwise(listed):
        below, above = rungs[place], rungs[later]
        if short := _short(below, orders):
            text = f"{above.id} is never reached: {below.id} {short} that opens the next step."
            yield Advice(kind="never", about=above.id, text=text, origin="clinical.md 5.1, 6.7 R16")
            return
    none = bounds.rungs == 0 and name != "aer"  # walking goes its own way
    if len(listed) > 1 and (none or "rung" not in bounds.engine_may):
        text = f"{name} stays on its first rung: the bounds let no new rung begin without you."
        yield Advice(kind="never", about=name, text=text)


def _between(name: str, orders: Orders, rungs: Sequence[Exercise], out: set[str]) -> Iterator[Advice]:
    """Steps that no line names and that are used all the same, for the floor skips hardly any."""
    ladder = orders.ladder(name)
    named = {each.exercise for each in orders.file.exercises}
    if ladder is None or not ladder.rungs:
        listed = [place for place, each in enumerate(rungs) if each.id in named and ladder is None]
    else:
        listed = [place for place, each in enumerate(rungs) if each.id in {*ladder.rungs, *named}]
    for low, high in pairwise(listed):
        used = [each.id for each in rungs[low + 1 : high] if each.id not in out]
        if used:
            text = (
                f"{name}: {words.listed(tuple(used))} {'are' if used[1:] else 'is'} used on the way from "
                f"{rungs[low].id} to {rungs[high].id}; one step at most is skipped, and none with a load."
            )
            yield Advice(kind="cap", about=name, text=text, origin="clinical.md 5.3")


def _short(exercise: Exercise, orders: Orders) -> str:
    """Why an exercise never comes to its top; empty where it does."""
    line = orders.line(exercise.id)
    if line is None or exercise.vary is None or exercise.top is None:
        return ""
    spans = [getattr(each, exercise.vary) for each in lines_of(line)]
    most = max((span[1] for span in spans if span is not None), default=None)
    if most is not None and most < exercise.top:
        return f"ends at {most:g} {unit_name(exercise.vary)}, short of the {exercise.top:g}"
    if line.progression in ("none", "linear") or (line.progression == "time" and exercise.vary == "reps"):
        top = f"{exercise.top:g} {unit_name(exercise.vary)}"
        return f"with progression {line.progression} does not come to the top of {top}"
    cap = load_cap(line.dose)
    if exercise.gate_bw is not None and cap is not None:
        return f"has a cap of {cap:g} kg, which may lie under the load of {exercise.gate_bw:g} x body weight"
    return ""


def _texts(orders: Orders) -> Iterator[Advice]:
    """Texts for the person that are hard to read; told for English only."""
    file = orders.file
    if not file.language.startswith("en"):
        return
    texts = {"patient": file.patient, "flare": file.flare.say if file.flare is not None else ""}
    texts |= {each.id: each.text for each in file.exercises}
    texts |= {f"rule {each.id}": each.say for each in file.rules}
    texts |= {f"question {each.id}": each.text for each in file.asks}
    for about, text in texts.items():
        if len(text.split()) < _SHORTEST:
            continue
        level = grade([text])
        if level > GRADE_PART:
            said = f"{about}: this reads like school year {level:.0f}; nearly everyone reads year 7."
            yield Advice(kind="text", about=about, text=said, written=text)


def _lifts(orders: Orders) -> Iterator[Advice]:
    cleared = orders.file.cleared
    if cleared is not None and (cleared.tags or cleared.findings) and not orders.signed:
        text = "cleared counts only where the file is signed: coach planfile sign FILE"
        yield Advice(kind="lift", about="cleared", text=text)


def _person(orders: Orders, plan: Plan, library: Library) -> Iterator[Advice]:
    """Exercises that this person's tags, equipment or gates take out."""
    tags = tuple(dict.fromkeys((*plan.tags, *orders.file.avoid)))
    context = anything(Context.make(plan.preferences, plan.week.number, tags=tags, qualifiers=plan.qualifiers,
                                    gates=plan.gates, lifted=plan.lifted, eased=plan.eased))  # fmt: skip
    names = [each.exercise for each in orders.file.exercises]
    names += [rung for each in orders.file.ladders for rung in each.rungs]
    for name in dict.fromkeys(names):
        why = why_not(library.exercises[name], context)
        if why is not None:
            waits = why.startswith("it opens")
            said = "waits for this person" if waits else "is left out for this person now"
            text = f"{name} ({library.exercises[name].name}) {said}: {why}."
            yield Advice(kind="person", about=name, text=text)
