"""Random valid plan files, and the trees that other readers of YAML make of a file."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, get_args

from hypothesis import strategies as st

from coach.model.condition import And, Bare, Compare, Count, Expression, Folded, Not, Operator, Or
from coach.model.planfile import PlanFile
from coach.model.planlines import (
    Ask,
    Cleared,
    DoseLine,
    ExerciseLine,
    Expect,
    FileBounds,
    FlareLine,
    GapLine,
    Given,
    HabitLine,
    LadderLine,
    Load,
    Outcome,
    Progression,
    Rule,
    Swap,
    Then,
    Trial,
    WeekDose,
)  # fmt: skip
from coach.model.shape import Milestone, PhaseChange, Remove, Replace, SlotChange
from coach.model.text import clean
from coach.programs.library import Library, load_library
from coach.programs.planlang.conditions import LONGEST_WINDOW, grows
from coach.programs.planlang.exercises import climbed
from coach.programs.planlang.measures import MEASURES, Measure, named
from coach.programs.planyaml import Fields, Node, Text

LIBRARY: Library = load_library()
LETTERS = "abz AZ09.,:;'\"-#&*!?|>%@`{}()/\\~=ßéß中日😀\u00a0\u2028\u0378"


def prose(most: int, *, lines: bool = False) -> st.SearchStrategy[str]:
    """Plain texts of the kind that YAML, terminals and spreadsheets stumble over."""
    alphabet = LETTERS + ("\n\t" if lines else "")
    words = st.sampled_from(
        ["no", "true", "null", "~", "1:30", "010", "- a", "a: b", "? x", "---", "%", "[", "=1+1", "'"]
    )
    drawn = st.one_of(words, st.text(alphabet=alphabet, min_size=1, max_size=min(most, 40)))
    return drawn.map(lambda text: clean(text).strip()[:most].strip()).filter(bool)


some_ladders = st.sampled_from(sorted(LIBRARY.ladders))
ids = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)


@st.composite
def spans(draw: st.DrawFn, low: int, high: int) -> tuple[int, int]:
    first = draw(st.integers(low, high))
    return first, draw(st.integers(first, high))


@st.composite
def compares(draw: st.DrawFn, asks: tuple[Ask, ...], grants: bool | None) -> Compare:
    """A comparison whose direction is the one asked for."""
    names = [*(each.name for each in MEASURES), *(f"ask.{each.id}" for each in asks)]
    measure = named(draw(st.sampled_from(names)), asks)
    assert measure is not None
    kind = "bare" if measure.name == "week" else draw(st.sampled_from(["bare", "folded", "count"]))
    days = draw(st.integers(1, LONGEST_WINDOW))
    operators = st.sampled_from(["<", "<=", ">", ">="])
    number = _numbers(measure.low, measure.high)
    if kind == "count":
        value: Any = Count(measure=measure.name, operator=draw(operators), number=draw(number), days=days)
        number = st.integers(0, 30).map(float)
    elif kind == "folded":
        how = draw(st.sampled_from(["mean", "max", "min", "latest", "sum"]))
        value = Folded(how=how, measure=measure.name, days=days)
    else:
        value = Bare(measure=measure.name)
    found = Compare(value=value, operator=draw(operators), number=draw(number))
    return _turned(found, measure, grants)


def _numbers(low: float, high: float) -> st.SearchStrategy[float]:
    return st.integers(int(low * 10), int(high * 10)).map(lambda tenths: tenths / 10)


def _turned(compare: Compare, measure: Measure, grants: bool | None) -> Compare:
    if grants is None or measure.better == "neither":
        return compare
    if (grows(compare, measure) == (measure.better == "high")) == grants:
        return compare
    other: dict[str, Operator] = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
    return Compare(value=compare.value, operator=other[compare.operator], number=compare.number)


@st.composite
def conditions(draw: st.DrawFn, asks: tuple[Ask, ...], grants: bool | None, depth: int = 2) -> Expression:
    kind = draw(st.sampled_from(["compare", "compare", "and", "or", "not"])) if depth else "compare"
    if kind == "compare":
        return draw(compares(asks, grants))
    if kind == "not":
        return Not(part=draw(conditions(asks, None if grants is None else not grants, depth - 1)))
    joint: type[And | Or] = And if kind == "and" else Or
    parts: list[Expression] = []
    for _ in range(draw(st.integers(2, 3))):
        part = draw(conditions(asks, grants, depth - 1))
        parts += part.parts if isinstance(part, joint) else (part,)
    return joint(parts=tuple(parts))


@st.composite
def doses(draw: st.DrawFn, exercise: str, *, percent: bool = False) -> DoseLine:
    real = LIBRARY.exercises[exercise]
    if percent and draw(st.booleans()):
        return DoseLine(percent=draw(st.integers(10, 100)))
    limits = {"reps": 200, "metres": 5000, "minutes": 180, "rounds": 60}
    unit = next((each for each in limits if getattr(real.dose, each) is not None), "hold_s")
    found: dict[str, Any] = {unit: draw(spans(1, limits.get(unit, 900)))}
    if unit == "reps":
        found["hold_s"] = draw(st.none() | spans(1, 900))
    found["sides"] = real.dose.sides == 2 and draw(st.booleans())
    found["sets"] = draw(st.none() | spans(1, 10))
    found["rest_s"] = draw(st.none() | spans(0, 900))
    found["tempo"] = draw(st.none() | st.tuples(*[st.integers(0, 20)] * 3).filter(any))
    found["days"] = draw(st.none() | spans(1, 7))
    effort = draw(st.none() | st.tuples(st.integers(0, 20), st.integers(0, 20)))
    found["effort"] = effort and (min(effort) / 2, max(effort) / 2)
    if real.load_kg is not None or real.load_bw is not None:
        found["load"] = draw(st.none() | loads())
    return DoseLine(**found)


@st.composite
def loads(draw: st.DrawFn) -> Load:
    start, more = draw(st.integers(0, 200)), draw(st.integers(0, 200))
    parts = {"start": start / 4, "step": draw(st.integers(1, 40)) / 4, "cap": (start + more) / 4}
    kept = draw(st.sets(st.sampled_from(sorted(parts)), min_size=1))
    unit = draw(st.sampled_from(["kg", "lb"]))
    return Load(unit=unit, **{key: value for key, value in parts.items() if key in kept})


@st.composite
def exercises(draw: st.DrawFn, real: str, place: int, asks: tuple[Ask, ...]) -> ExerciseLine:
    exercise = LIBRARY.exercises[real]
    own = draw(st.booleans())
    weeks = sorted(draw(st.sets(st.integers(1, 104), max_size=6)))
    cut = draw(st.integers(0, len(weeks)))
    chunks = [tuple(each) for each in (weeks[:cut], weeks[cut:]) if each]
    options = [each for each in get_args(Progression) if each in ("double", "none")]
    targets = [each for each in LIBRARY.exercises if each != real]
    shares = st.integers(1, 40).map(lambda share: share / 4)
    swaps = draw(
        st.lists(
            st.builds(Swap, to=st.sampled_from(targets), reps=shares, load=st.booleans()),
            max_size=3,
            unique_by=lambda each: each.to,
        )
    )
    return ExerciseLine(
        id=f"own_{place}" if own else real,
        like=real if own else "",
        title=draw(st.just("") | prose(80)),
        text=draw(st.just("") | prose(1000, lines=True)),
        note=draw(st.just("") | prose(1000, lines=True)),
        dose=draw(st.just(DoseLine()) | doses(real)),
        by_week=tuple(WeekDose(weeks=each, dose=draw(doses(real, percent=True))) for each in chunks),
        progression="linear" if exercise.load_kg and draw(st.booleans()) else draw(st.sampled_from(options)),
        pain=draw(st.none() | st.integers(0, 10)),
        rise=draw(st.none() | conditions(asks, True)),
        ease=draw(st.none() | conditions(asks, False)),
        swaps=tuple(swaps),
    )


@st.composite
def ladders(draw: st.DrawFn, name: str, asks: tuple[Ask, ...]) -> LadderLine:
    ladder = LIBRARY.ladders[name]
    inside = [each.id for each in ladder.exercises]
    rungs = climbed(ladder, draw(st.lists(st.sampled_from(inside), max_size=4, unique=True)))
    return LadderLine(
        ladder=name,
        rungs=tuple(rungs),
        start=draw(st.just("") | st.sampled_from(rungs or inside)),
        up=draw(st.none() | conditions(asks, True)),
        down=draw(st.none() | conditions(asks, False)),
        hold=draw(st.none() | conditions(asks, False)),
    )


thens = st.one_of(
    st.builds(Then, effect=st.sampled_from(["hold", "no_load_step", "step_back", "swap", "ask"]),
              days=st.none() | st.integers(1, 28)),
    st.builds(Then, effect=st.sampled_from(["reduce", "shorten"]), percent=st.integers(10, 90),
              days=st.none() | st.integers(1, 28)),
    st.builds(Then, effect=st.just("lesson"), lesson=st.sampled_from(sorted(LIBRARY.lessons))),
)  # fmt: skip


@st.composite
def rules(draw: st.DrawFn, name: str, asks: tuple[Ask, ...]) -> Rule:
    does = draw(st.lists(thens, min_size=1, max_size=3, unique_by=lambda each: each.effect))
    free = all(each.effect in ("lesson", "swap") for each in does)
    scopes = ["plan", "c2", "c3", "c4", *LIBRARY.ladders, *LIBRARY.exercises]
    return Rule(
        id=name,
        scope=draw(st.sampled_from(scopes)),
        when=draw(conditions(asks, None if free else False)),
        then=tuple(does),
        say=draw(prose(300)),
    )


def _unique(strategy: st.SearchStrategy[Any], most: int) -> st.SearchStrategy[list[Any]]:
    return st.lists(strategy, max_size=most, unique=True)


@st.composite
def replaces(draw: st.DrawFn) -> Replace:
    """Changes of the balanced plan that leave it whole."""
    change = st.builds(
        PhaseChange,
        id=st.sampled_from(["settle", "control", "load", "build", "consolidate"]),
        name=st.none() | prose(60),
        sessions=st.none() | spans(0, 5),
        minutes=st.none() | spans(5, 120),
        rpe=st.none() | spans(0, 8),
        sets=st.none() | spans(1, 4),
        walks=st.none() | st.integers(0, 7),
        walk=st.none() | prose(300),
        control=st.none() | st.integers(0, 100),
        aim=st.none() | prose(300),
    )
    names = sorted(LIBRARY.ladders)
    slot = st.builds(
        SlotChange,
        slot=st.integers(1, 5),
        name=st.none() | prose(60),
        at_least=st.none() | st.integers(3, 8),
        ladders=st.none() | st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True).map(tuple),
    )
    milestone = st.builds(Milestone, week=st.integers(1, 104), text=prose(300))
    some = {"max_size": 3}
    lessons = st.lists(st.sampled_from(sorted(LIBRARY.lessons)), min_size=3, max_size=6, unique=True)
    return Replace(
        weeks=draw(st.none() | st.sampled_from([2, 4, 8, 11, 12])),
        deload=draw(
            st.none() | st.sets(st.just(1) | st.just(2), max_size=2).map(lambda each: tuple(sorted(each)))
        ),
        phases=tuple(draw(st.lists(change, unique_by=lambda each: each.id, **some))),
        slots=tuple(draw(st.lists(slot, unique_by=lambda each: each.slot, **some))),
        milestones=draw(st.none() | st.lists(milestone, unique_by=lambda each: each.week, **some).map(tuple)),
        lessons=draw(st.none() | lessons.map(tuple)),
    )


@st.composite
def plan_files(draw: st.DrawFn) -> PlanFile:
    """Any valid plan file that extends the balanced plan."""
    asks = tuple(
        Ask(id=name, text=draw(prose(200)), scale=draw(st.sampled_from([(0, 10), (1, 5)])),
            better=draw(st.sampled_from(["high", "low"])))
        for name in draw(_unique(ids, 2))
    )  # fmt: skip
    real = draw(_unique(st.sampled_from(sorted(LIBRARY.exercises)), 3))
    listed = tuple(draw(exercises(name, place, asks)) for place, name in enumerate(real))
    gaps, last = [], 0
    for first, more in draw(st.lists(st.tuples(st.integers(1, 20), st.integers(0, 20)), max_size=3)):
        gaps.append(GapLine(days=(last + first, last + first + more), percent=draw(st.integers(10, 100))))
        last += first + more
    levels = {each.id: len(each.levels) for each in LIBRARY.goals.values()}
    habits = [
        HabitLine(id=name, level=level, most=draw(st.none() | st.integers(level, levels[name])))
        for name in draw(_unique(st.sampled_from(sorted(levels)), 2))
        for level in [draw(st.integers(1, levels[name]))]
    ]
    flare = FlareLine(
        when=draw(st.none() | conditions(asks, False)),
        kit=tuple(draw(_unique(st.sampled_from(sorted(LIBRARY.exercises)), 3))),
        back=draw(st.sampled_from([(), (50,), (50, 75)])),
        say=draw(st.just("") | prose(300)),
    )
    return PlanFile(
        id=draw(ids),
        title=draw(prose(100)),
        author=draw(st.just("") | prose(100)),
        clinic=draw(st.just("") | prose(100)),
        language=draw(st.sampled_from(["en", "de", "pt-BR"])),
        extends="balanced",
        setting=draw(st.sampled_from(["home", "clinic"])),
        goals=tuple(draw(_unique(prose(200), 3))),
        patient=draw(st.just("") | prose(4000, lines=True)),
        colleague=draw(st.just("") | prose(4000, lines=True)),
        days=draw(st.none() | spans(1, 7)),
        minutes=draw(st.none() | spans(5, 120)),
        replace=draw(st.just(Replace()) | replaces()),
        remove=draw(st.just(Remove()) | st.just(Remove(slots=(8,), lessons=("scans",), milestones=(2,))))
        if draw(st.booleans())
        else Remove(),
        choose="listed" if listed and draw(st.booleans()) else "engine",
        exercises=listed,
        ladders=tuple(
            draw(ladders(name, asks)) for name in draw(_unique(st.sampled_from(sorted(LIBRARY.ladders)), 2))
        ),
        rules=tuple(draw(rules(name, asks)) for name in draw(_unique(ids, 2))),
        asks=asks,
        flare=None if flare == FlareLine() else flare,
        gap=tuple(gaps),
        habits=tuple(habits),
        avoid=tuple(draw(_unique(st.sampled_from(sorted(LIBRARY.building.tags)), 2))),
        bounds=draw(bounds(asks)),
        cleared=draw(st.none() | cleared),
        tests=tuple(draw(st.lists(trials(asks), max_size=2, unique_by=lambda each: each.name))),
    )


@st.composite
def bounds(draw: st.DrawFn, asks: tuple[Ask, ...]) -> FileBounds:
    return FileBounds(
        engine_may=tuple(draw(_unique(st.sampled_from(["dose", "rung", "swap"]), 3))),
        patient_may=tuple(draw(_unique(st.sampled_from(["swap", "shorten", "skip", "hold", "days"]), 5))),
        ask_therapist=draw(st.none() | conditions(asks, False)),
        sessions=draw(st.none() | st.integers(1, 7)),
        minutes=draw(st.none() | st.integers(5, 120)),
        rise=draw(st.none() | st.integers(1, 100)),
        rungs=draw(st.none() | st.integers(0, 17)),
        until_week=draw(st.none() | st.integers(1, 104)),
    )


cleared = st.builds(
    Cleared,
    by=prose(100),
    on=st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    tags=st.lists(st.sampled_from(["flex", "ext", "wk1_4"]), min_size=1, max_size=2, unique=True).map(tuple),
    findings=st.lists(st.sampled_from(["rf16", "axspa"]), max_size=2, unique=True).map(tuple),
)


@st.composite
def trials(draw: st.DrawFn, asks: tuple[Ask, ...]) -> Trial:
    names = [*(each.name for each in MEASURES if each.name != "week"), *(f"ask.{each.id}" for each in asks)]
    given = []
    for name in draw(_unique(st.sampled_from(names), 3)):
        measure = named(name, asks)
        assert measure is not None
        readings = draw(st.lists(_numbers(measure.low, measure.high), min_size=1, max_size=4))
        given.append(Given(measure=name, values=tuple(readings)))
    subjects = st.sampled_from(["plan", *LIBRARY.ladders, *LIBRARY.exercises])
    expect = st.builds(Expect, subject=subjects, outcome=st.sampled_from(get_args(Outcome)))
    expected = draw(st.lists(expect, min_size=1, max_size=2, unique_by=lambda each: each.subject))
    return Trial(
        name=draw(prose(120)), week=draw(st.integers(1, 104)), given=tuple(given), expect=tuple(expected)
    )


def typed(node: Node) -> Any:
    """The tree as an editor sees it: plain scalars typed by the core schema of YAML 1.2."""
    if isinstance(node, Fields):
        return {key: typed(value) for key, value in node.fields.items()}
    if not isinstance(node, Text):
        return [typed(each) for each in node.items]
    quoted = node.start != node.column
    if quoted:
        return node.text
    if node.text in ("", "~", "null", "Null", "NULL"):
        return None
    if node.text in ("true", "True", "TRUE", "false", "False", "FALSE"):
        return node.text.lower() == "true"
    if re.fullmatch(r"[-+]?[0-9]+", node.text):
        return int(node.text)
    if re.fullmatch(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", node.text):
        return float(node.text)
    return node.text
