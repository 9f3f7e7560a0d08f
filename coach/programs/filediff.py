"""Two plan files compared in clinical words: what a patient would do differently, and who may change what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

from coach.model.condition import Expression
from coach.model.planfile import PlanFile
from coach.model.planlines import DoseLine, ExerciseLine, LadderLine, Rule
from coach.programs.library import Library
from coach.programs.planfile import template_of
from coach.programs.planlang.doses import write_dose
from coach.programs.questioned import said

T = TypeVar("T")
_NOTHING = "nothing"
_GROWS = {
    "double": "repetitions or time, then sets, then load",
    "linear": "load alone",
    "time": "time alone",
    "none": "nothing",
}


def diff(before: PlanFile, after: PlanFile, library: Library) -> tuple[str, ...]:
    """Every difference as a sentence, in the order a therapist reads a file; one line where there is none."""
    found = [
        *_head(before, after),
        *_shape(before, after),
        *_exercises(before, after, library),
        *_ladders(before, after, library),
        *_rules(before, after),
        *_rest(before, after),
        *_bounds(before, after),
    ]
    return tuple(found) or ("Nothing is different for the patient.",)


def _changed(name: str, was: Any, now: Any) -> Iterator[str]:
    if was != now:
        yield f"{name}: {_value(was)} -> {_value(now)}"


def _value(value: Any) -> str:
    if value is None or value == () or value == "":
        return _NOTHING
    if isinstance(value, tuple) and len(value) == 2 and all(isinstance(each, int) for each in value):
        return str(value[0]) if value[0] == value[1] else f"{value[0]}-{value[1]}"
    if isinstance(value, tuple):
        return ", ".join(str(each) for each in value)
    return str(value)


def _head(before: PlanFile, after: PlanFile) -> Iterator[str]:
    yield from _changed("Title", before.title, after.title)
    yield from _changed("By", _by(before), _by(after))
    yield from _changed("Sessions a week", before.days, after.days)
    yield from _changed("Minutes a session", before.minutes, after.minutes)
    yield from _changed("Setting", before.setting, after.setting)
    for goal in after.goals:
        if goal not in before.goals:
            yield f"New goal: {goal}"
    for goal in before.goals:
        if goal not in after.goals:
            yield f"Goal gone: {goal}"
    if before.patient != after.patient:
        yield "The text for the patient is another."
    yield from _changed("Care is also taken for", before.avoid, after.avoid)
    if before.choose != after.choose:
        chosen = "only what the file lists" if after.choose == "listed" else "what the engine chooses"
        yield f"The plan is now made of {chosen}."


def _by(file: PlanFile) -> str:
    return " of ".join(each for each in (file.author, file.clinic) if each)


def _shape(before: PlanFile, after: PlanFile) -> Iterator[str]:
    old, new = template_of(before), template_of(after)
    yield from _changed("Weeks", old.weeks, new.weeks)
    yield from _changed("Easy weeks", old.deload, new.deload)
    phases = {each.id: each for each in old.phases}
    for phase in new.phases:
        was = phases.pop(phase.id, None)
        if was is None:
            yield f"New phase: {phase.name}, weeks {_value(phase.weeks)}"
            continue
        for name, word in (
            ("weeks", "weeks"),
            ("sessions", "sessions a week"),
            ("minutes", "minutes"),
            ("rpe", "effort"),
            ("sets", "sets"),
            ("walks", "walks a week"),
        ):
            yield from _changed(f"Phase {phase.name}, {word}", getattr(was, name), getattr(phase, name))
    for gone in phases.values():
        yield f"Phase gone: {gone.name}"
    yield from _changed("Lessons", old.lessons, new.lessons)


def _named(line: ExerciseLine, library: Library) -> str:
    return line.title or library.exercises[line.exercise].name


def _pairs(old: Iterable[T], new: Iterable[T], key: str) -> tuple[Mapping[str, T], Mapping[str, T]]:
    return {getattr(e, key): e for e in old}, {getattr(e, key): e for e in new}


def _exercises(before: PlanFile, after: PlanFile, library: Library) -> Iterator[str]:
    old, new = _pairs(before.exercises, after.exercises, "exercise")
    for name, line in new.items():
        title = _named(line, library)
        was = old.get(name)
        if was is None:
            yield f"{title} is new{_dosed(line.dose)}"
        else:
            yield from _exercise(title, was, line, library)
    for name, line in old.items():
        if name not in new:
            yield f"{_named(line, library)} is no longer there"


def _dosed(dose: DoseLine) -> str:
    return f": {write_dose(dose)}" if dose != DoseLine() else ""


def _exercise(title: str, was: ExerciseLine, now: ExerciseLine, library: Library) -> Iterator[str]:
    if _named(was, library) != title:
        yield f"{_named(was, library)} is now called {title}"
    yield from _changed(f"{title}, dose", write_dose(was.dose), write_dose(now.dose))
    old = {week: write_dose(each.dose) for each in was.by_week for week in each.weeks}
    new = {week: write_dose(each.dose) for each in now.by_week for week in each.weeks}
    for week in sorted(old.keys() | new.keys()):
        yield from _changed(f"{title}, week {week}", old.get(week), new.get(week))
    if was.progression != now.progression:
        yield f"{title} now grows by {_GROWS[now.progression]}, before by {_GROWS[was.progression]}"
    yield from _changed(f"{title}, pain ceiling", was.pain, now.pain)
    yield from _asked(f"{title} may rise when", was.rise, now.rise)
    yield from _asked(f"{title} is made easier when", was.ease, now.ease)
    yield from _changed(f"{title}, swaps", tuple(e.to for e in was.swaps), tuple(e.to for e in now.swaps))
    if was.text != now.text:
        yield f"{title}: the text beside it is another."


def _asked(name: str, was: Expression | None, now: Expression | None) -> Iterator[str]:
    yield from _changed(name, said(was) if was is not None else None, said(now) if now is not None else None)


def _ladders(before: PlanFile, after: PlanFile, library: Library) -> Iterator[str]:
    old, new = _pairs(before.ladders, after.ladders, "ladder")
    plain = {name: LadderLine(ladder=name) for name in {**old, **new}}
    for name in plain:
        was, now = old.get(name, plain[name]), new.get(name, plain[name])
        title = library.ladders[name].name
        yield from _changed(f"{title}, steps", " > ".join(was.rungs), " > ".join(now.rungs))
        yield from _changed(f"{title}, begins at most on", was.start, now.start)
        yield from _asked(f"{title}: the next step when", was.up, now.up)
        yield from _asked(f"{title}: a step back when", was.down, now.down)
        yield from _asked(f"{title}: held when", was.hold, now.hold)


def _effects(rule: Rule) -> str:
    made = []
    for each in rule.then:
        share = f" {each.percent} %" if each.percent else ""
        days = f" for {each.days} days" if each.days else ""
        made.append(f"{each.effect.replace('_', ' ')}{share}{days}{f' {each.lesson}' if each.lesson else ''}")
    return ", ".join(made)


def _rules(before: PlanFile, after: PlanFile) -> Iterator[str]:
    old, new = _pairs(before.rules, after.rules, "id")
    for name, rule in new.items():
        was = old.get(name)
        if was is None:
            when = said(rule.when, after.asks)
            yield f"New rule {name}, for {rule.scope}: when {when}, then {_effects(rule)}"
            continue
        yield from _asked(f"Rule {name}, when", was.when, rule.when)
        yield from _changed(f"Rule {name}, then", _effects(was), _effects(rule))
        yield from _changed(f"Rule {name}, for", was.scope, rule.scope)
    for name in old:
        if name not in new:
            yield f"Rule {name} is gone"
    asked = {each.id for each in before.asks}
    for ask in after.asks:
        if ask.id not in asked:
            yield f"Asked each week from now on: {ask.text}"
    for ask in before.asks:
        if ask.id not in {each.id for each in after.asks}:
            yield f"No longer asked: {ask.text}"


def _rest(before: PlanFile, after: PlanFile) -> Iterator[str]:
    yield from _changed("Habits", tuple(e.id for e in before.habits), tuple(e.id for e in after.habits))
    old, new = before.flare, after.flare
    yield from _changed("Flare-up kit", old.kit if old else (), new.kit if new else ())
    yield from _changed("Back from a flare-up, percent", old.back if old else (), new.back if new else ())
    gaps = [
        tuple(f"{_value(each.days)} days: {each.percent} %" for each in file.gap) for file in (before, after)
    ]
    yield from _changed("After a break", *gaps)
    if before.cleared != after.cleared:
        by = f"{after.cleared.by}, {after.cleared.on}" if after.cleared is not None else _NOTHING
        yield f"Cleared by: {by}"


def _bounds(before: PlanFile, after: PlanFile) -> Iterator[str]:
    old, new = before.bounds, after.bounds
    yield from _changed("The engine may change alone", old.engine_may, new.engine_may)
    yield from _changed("The patient may", old.patient_may, new.patient_may)
    yield from _asked("Ask the therapist when", old.ask_therapist, new.ask_therapist)
    for name, word in (
        ("sessions", "Sessions a week, at most"),
        ("minutes", "Minutes a session, at most"),
        ("rise", "Rise of a dose a week, at most, percent"),
        ("rungs", "New steps a week, at most"),
        ("until_week", "Planned without the therapist up to week"),
    ):
        yield from _changed(word, getattr(old, name), getattr(new, name))
