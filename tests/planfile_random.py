"""Plan files made up for tests: any that the nouns can hold, sensible or not."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

from program_weeks import library, template

from coach.model.condition import And, Bare, Compare, Count, Expression, Folded, Not, Or
from coach.model.planfile import PlanFile
from coach.model.planlines import (
    Ask,
    Cleared,
    DoseLine,
    ExerciseLine,
    FileBounds,
    FlareLine,
    GapLine,
    HabitLine,
    LadderLine,
    Load,
    Rule,
    Swap,
    Then,
    WeekDose,
)
from coach.model.shape import PhaseChange, Remove, Replace, Span
from coach.programs.phases import Template
from coach.programs.planfile import template_of
from coach.programs.planlang.measures import MEASURES
from coach.programs.steering import steered

ASK = Ask(id="sure", text="How sure are you?", better="high")
NAMES = (*(each.name for each in MEASURES), "ask.sure")
TAGS = ("flex", "ext", "ost", "preg", "neur", "bal", "htn", "sho", "kne", "wri")
EFFECTS = ("hold", "no_load_step", "reduce", "step_back", "shorten", "swap", "ask", "lesson")
SIGNS = ("<", "<=", ">=", ">")


def span(rng: random.Random, low: int, high: int) -> Span:
    first = rng.randint(low, high)
    return first, rng.randint(first, high)


def condition(rng: random.Random, depth: int = 2) -> Expression:
    """Any condition, also ones the language would refuse, such as more pain that lets a dose rise."""
    if depth and rng.random() < 0.4:
        parts = tuple(condition(rng, depth - 1) for _ in range(2))
        return rng.choice((And(parts=parts), Or(parts=parts), Not(part=parts[0])))
    name, sign = rng.choice(NAMES), rng.choice(SIGNS)
    number = float(rng.choice((0, 1, 2, 3, 5, 7, 8, 80, 100)))
    value: Any = Bare(measure=name)
    if name != "week" and rng.random() < 0.5:
        days = rng.randint(1, 56)
        value = Folded(how=rng.choice(("mean", "max", "min", "latest", "sum")), measure=name, days=days)
        if rng.random() < 0.4:
            value = Count(measure=name, operator=sign, number=number, days=days)
    return Compare(value=value, operator=rng.choice(SIGNS), number=number)


def maybe(rng: random.Random, value: Any, chance: float = 0.4) -> Any:
    return value if rng.random() < chance else None


def dose(rng: random.Random, unit: str, *, weekly: bool = False) -> DoseLine:
    if weekly and rng.random() < 0.3:
        return DoseLine(percent=rng.randint(10, 100))
    amount = {"reps": (1, 40), "hold_s": (1, 120), "metres": (1, 90), "minutes": (1, 90), "rounds": (1, 12)}
    values: dict[str, Any] = {unit: maybe(rng, span(rng, *amount[unit]), 0.7)}
    return DoseLine(
        **values,
        sets=maybe(rng, span(rng, 1, 8), 0.7),
        load=maybe(
            rng,
            Load(
                start=maybe(rng, 2.0),
                step=maybe(rng, 0.5),
                cap=maybe(rng, 6.0),
                unit=rng.choice(("kg", "lb")),
            ),
        ),
        rest_s=maybe(rng, span(rng, 10, 200)),
        tempo=maybe(rng, (3, 1, 2)),
        effort=maybe(rng, tuple(float(each) for each in span(rng, 0, 9))),
        days=maybe(rng, span(rng, 1, 7)),
    )


def line(rng: random.Random, name: str) -> ExerciseLine:
    unit = library().exercises[name].vary or "reps"
    weeks = list(range(1, 13))
    rng.shuffle(weeks)
    cuts = [sorted(weeks[n : n + 3]) for n in range(0, rng.choice((0, 3, 9)), 3)]
    own = rng.random() < 0.2
    swaps = tuple(
        Swap(to=each, reps=rng.choice((0.5, 1.0, 3.0)), load=rng.random() < 0.5)
        for each in rng.sample(sorted(library().exercises), rng.choice((0, 0, 2)))
    )
    return ExerciseLine(
        id=f"own_{name}" if own else name,
        like=name if own else "",
        title="Lift the box" if own else "",
        text="Hug it close." if rng.random() < 0.3 else "",
        dose=dose(rng, unit),
        by_week=tuple(WeekDose(weeks=tuple(each), dose=dose(rng, unit, weekly=True)) for each in cuts),
        progression=rng.choice(("double", "linear", "time", "none")),
        pain=maybe(rng, rng.randint(0, 10)),
        rise=maybe(rng, condition(rng)),
        ease=maybe(rng, condition(rng)),
        swaps=swaps,
    )


def ladder(rng: random.Random, name: str) -> LadderLine:
    rungs = [each.id for each in library().ladders[name].exercises]
    chosen = [each for each in rungs if rng.random() < 0.6] if rng.random() < 0.5 else []
    return LadderLine(
        ladder=name,
        rungs=tuple(chosen),
        start=rng.choice((*(chosen or rungs), "")),
        up=maybe(rng, condition(rng)),
        down=maybe(rng, condition(rng)),
        hold=maybe(rng, condition(rng)),
    )


def rule(rng: random.Random, number: int) -> Rule:
    effects = rng.sample(EFFECTS, rng.randint(1, 3))
    then = tuple(
        Then(
            effect=each,
            percent=rng.randint(10, 90) if each in ("reduce", "shorten") else None,
            days=maybe(rng, rng.randint(1, 28)),
            lesson="sleep" if each == "lesson" else "",
        )
        for each in effects
    )
    scope = rng.choice(("plan", "c2", "c3", "c4", "hng", "sqt_2", "aer"))
    return Rule(id=f"r{number}", scope=scope, when=condition(rng), then=then, say="A rule of the plan.")


def shape(rng: random.Random) -> tuple[Replace, Remove]:
    phases = tuple(
        PhaseChange(
            id=each.id,
            sessions=maybe(rng, span(rng, 0, 5)),
            minutes=maybe(rng, span(rng, 5, 120)),
            rpe=maybe(rng, span(rng, 0, 8)),
            sets=maybe(rng, span(rng, 1, 4)),
            walks=maybe(rng, rng.randint(0, 7)),
            control=maybe(rng, rng.randint(0, 100)),
        )
        for each in template().phases
        if rng.random() < 0.4
    )
    deload = tuple(sorted(rng.sample(range(1, 13), rng.randint(0, 4)))) if rng.random() < 0.5 else None
    slots = tuple(n for n in range(1, 9) if rng.random() < 0.1)
    return Replace(deload=deload, phases=phases), Remove(slots=slots, lessons=("scans",))


def bounds(rng: random.Random) -> FileBounds:
    return FileBounds(
        engine_may=tuple(each for each in ("dose", "rung", "swap") if rng.random() < 0.8),
        patient_may=tuple(each for each in ("swap", "shorten", "skip", "hold") if rng.random() < 0.8),
        ask_therapist=maybe(rng, condition(rng), 0.1),
        sessions=maybe(rng, rng.randint(1, 7)),
        minutes=maybe(rng, rng.randint(5, 120)),
        rise=maybe(rng, rng.randint(1, 100)),
        rungs=maybe(rng, rng.randint(0, 17)),
        until_week=maybe(rng, rng.randint(1, 20), 0.2),
    )


def plan_file(rng: random.Random) -> PlanFile:
    """Any plan file; about half of them list what they are made of."""
    names = sorted(library().exercises)
    listed = [line(rng, each) for each in rng.sample(names, rng.choice((0, 4, 10, 30)))]
    ladders = rng.sample(sorted(library().ladders), rng.choice((0, 2, 8)))
    changes, gone = shape(rng) if rng.random() < 0.5 else (Replace(), Remove())
    return PlanFile(
        id="made_up",
        title="A made-up plan",
        author="A. Example",
        extends="balanced",
        days=maybe(rng, span(rng, 1, 7)),
        minutes=maybe(rng, span(rng, 5, 120)),
        replace=changes,
        remove=gone,
        choose="listed" if listed and rng.random() < 0.6 else "engine",
        exercises=tuple(listed),
        ladders=tuple(ladder(rng, each) for each in ladders),
        rules=tuple(rule(rng, number) for number in range(rng.choice((0, 0, 1, 4)))),
        asks=(ASK,),
        flare=maybe(
            rng, FlareLine(kit=tuple(rng.sample(names, 2)), back=(rng.randint(10, 60), rng.randint(60, 100)))
        ),
        gap=tuple(
            GapLine(days=(first, first + 6), percent=rng.randint(10, 100))
            for first in (7, 14)[: rng.randint(0, 2)]
        ),
        habits=tuple(HabitLine(id=each) for each in rng.sample(sorted(library().goals), rng.randint(0, 3))),
        avoid=tuple(rng.sample(TAGS, rng.choice((0, 0, 1, 3)))),
        bounds=bounds(rng) if rng.random() < 0.6 else FileBounds(),
        cleared=maybe(
            rng,
            Cleared(
                by="A. Example",
                on=date(2026, 11, 20),
                tags=tuple(rng.sample(("flex", "ext", "wk1_4", "without_supervision"), 2)),
            ),
        ),
    )


def shaped(file: PlanFile, *, signed: bool = False) -> Template:
    return steered(template_of(file), template(), file, name="f001", signed=signed)
