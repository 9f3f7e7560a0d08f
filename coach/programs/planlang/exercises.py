"""Exercise and ladder lines of a plan file, read and held against the library."""

from __future__ import annotations

from typing import cast, get_args

from coach.model.condition import Expression
from coach.model.exercise import Exercise, Ladder
from coach.model.planlines import DoseLine, ExerciseLine, LadderLine, Progression, WeekDose
from coach.programs.planlang.conditions import parse_condition
from coach.programs.planlang.doses import EXAMPLE, parse_dose
from coach.programs.planlang.known import Known
from coach.programs.planlang.phrases import ID, parse_swap
from coach.programs.planlang.ranges import parse_weeks
from coach.programs.planlang.sheet import Sheet, whole
from coach.programs.planlang.words import BadText
from coach.programs.planyaml import Fields, Node

TEXT = 1000


def condition(sheet: Sheet, key: str, known: Known, grants: bool | None) -> Expression | None:
    """A condition under a key, or null when it is missing or wrong."""
    return sheet.maybe(key, lambda text: parse_condition(text, asks=known.asks, grants=grants))


def read_exercise(sheet: Sheet, known: Known) -> ExerciseLine:
    """One exercise line; its dose must be counted as the exercise of the library is."""
    like = sheet.value("like", known.exercise("like"), "")
    node = sheet.take("id", required=True)
    own = known.anything or like or sheet.take("like")
    name = sheet.read(node, "id", _own if own else known.exercise("id"), "")
    if like and name in known.exercises and name != like and node is not None:
        sheet.wrong(node, f"{name} is an exercise of the library; with like give an id of your own")
    exercise = known.exercises.get(like or name)
    dose = sheet.value("dose", parse_dose, DoseLine())
    if exercise and "dose" in _keys(sheet):
        _fits(sheet, sheet.place("dose"), dose, exercise, dose)
        if dose.percent is not None:
            sheet.wrong(
                sheet.place("dose"), "a percent stands in by_week only; give the dose of most weeks here"
            )
    line = ExerciseLine(
        id=name,
        like=like,
        title=sheet.text("title", 80),
        text=sheet.text("text", TEXT, lines=True),
        note=sheet.text("note", TEXT, lines=True),
        dose=dose,
        by_week=_by_week(sheet, dose, exercise),
        progression=cast(Progression, sheet.choice("progression", get_args(Progression), "double")),
        pain=sheet.maybe("pain", whole("pain", 0, 10)),
        rise=condition(sheet, "rise", known, True),
        ease=condition(sheet, "ease", known, False),
        swaps=sheet.values("swaps", parse_swap, most=10),
    )
    _swaps(sheet, line, known)
    if line.progression == "linear" and exercise and exercise.load_kg is None and exercise.load_bw is None:
        grown = "reps or seconds held; write double, time or none"
        sheet.wrong(sheet.place("progression"), f"{exercise.id} has no load that could grow, only {grown}")
    if line.progression == "time" and exercise and exercise.vary == "reps" and exercise.dose.hold_s is None:
        sheet.wrong(sheet.place("progression"), f"{exercise.id} grows in reps; write double, linear or none")
    return line


def _keys(sheet: Sheet) -> dict[str, Node]:
    return sheet.node.fields if isinstance(sheet.node, Fields) else {}


def _own(text: str) -> str:
    if not ID.fullmatch(text):
        raise BadText(0, f"id must be lower-case letters, digits and _, such as box_lift, not {text[:40]!r}")
    return text


def _swaps(sheet: Sheet, line: ExerciseLine, known: Known) -> None:
    for node, swap in zip(sheet.nodes("swaps", most=10), line.swaps, strict=False):
        if known.anything:
            return
        sheet.read(node, "swaps", lambda text, to=swap.to: known.exercise("swaps")(to), "")  # type: ignore[misc]
        if swap.to == line.exercise:
            sheet.wrong(node, f"{swap.to} is the exercise itself; name another to swap to")


def _by_week(sheet: Sheet, dose: DoseLine, exercise: Exercise | None) -> tuple[WeekDose, ...]:
    node = sheet.take("by_week")
    if node is None:
        return ()
    if not isinstance(node, Fields):
        sheet.wrong(node, "by_week must be lines such as weeks 1-4: 2 x 6")
        return ()
    found: list[WeekDose] = []
    seen: set[int] = set()
    for key, value in node.fields.items():
        nothing: tuple[int, ...] = ()
        weeks = sheet.read(node.keys[key], "by_week", parse_weeks, nothing)
        if twice := sorted(seen & set(weeks)):
            sheet.wrong(node.keys[key], f"week {twice[0]} stands in two lines of by_week; keep one")
        seen |= set(weeks)
        given = sheet.read(value, key, parse_dose, DoseLine())
        if exercise:
            _fits(sheet, value, given, exercise, dose)
        found.append(WeekDose(weeks=weeks, dose=given))
    if not found:
        sheet.wrong(node, f"by_week is empty; write lines such as weeks 1-4: {EXAMPLE}")
    return tuple(found)


_COUNTED = {"reps": "repetitions", "metres": "metres", "minutes": "minutes", "rounds": "rounds"}


def _fits(sheet: Sheet, at: Node, line: DoseLine, exercise: Exercise, base: DoseLine) -> None:
    """Hold a dose against the exercise: what it is counted in, its sides, its load."""
    unit = next((each for each in _COUNTED if getattr(exercise.dose, each) is not None), "hold_s")
    written = next((each for each in _COUNTED if getattr(line, each) is not None), "")
    counted = _COUNTED.get(unit, "seconds held")
    example = {"reps": "3 x 8", "hold_s": "3 x 20 s", "metres": "3 x 20 m", "minutes": "1 x 10 min",
               "rounds": "6 rounds"}[unit]  # fmt: skip
    if written and written != unit:
        sheet.wrong(at, f"{exercise.id} is counted in {counted}; write it like {example}")
    elif line.hold_s and unit not in ("reps", "hold_s"):
        sheet.wrong(at, f"{exercise.id} is counted in {counted} and is not held; write it like {example}")
    elif line.hold_s and unit == "reps" and not written and not base.reps and line.sets:
        sheet.wrong(at, f"{exercise.id} is counted in repetitions; write it like 3 x 8, hold 5 s")
    if line.sides and exercise.dose.sides == 1:
        sheet.wrong(at, f"{exercise.id} has no sides; leave /side out")
    if line.load and exercise.load_kg is None and exercise.load_bw is None:
        sheet.wrong(at, f"{exercise.id} is done without a load; leave the load out")


def read_ladder(sheet: Sheet, known: Known) -> LadderLine:
    """One ladder line."""
    name = sheet.value("ladder", known.ladder("ladder"), "", required=True)
    ladder = known.ladders.get(name)
    inside = tuple(each.id for each in ladder.exercises) if ladder else ()
    rung = known.names("rungs", inside) if ladder or known.anything else _own

    def rungs(text: str) -> tuple[str, ...]:
        found, at = [], 0
        for part in text.split(">")[:50]:
            try:
                found.append(rung(part.strip()))
            except BadText as bad:
                raise BadText(at + len(part) - len(part.lstrip()), bad.message) from None
            at += len(part) + 1
        if ladder and found != climbed(ladder, found):
            order = " > ".join(climbed(ladder, list(dict.fromkeys(found))))
            raise BadText(0, f"rungs go from easy to hard, each once: {order}")
        return tuple(found)

    line = LadderLine(
        ladder=name,
        rungs=sheet.value("rungs", rungs, ()),
        start=sheet.value("start", rung, ""),
        up=condition(sheet, "up", known, True),
        down=condition(sheet, "down", known, False),
        hold=condition(sheet, "hold", known, False),
    )
    if line.start and line.rungs and line.start not in line.rungs:
        sheet.wrong(sheet.place("start"), f"{line.start} is none of the rungs; start on one of them")
    return line


def climbed(ladder: Ladder, names: list[str]) -> list[str]:
    """The exercises in the order in which the ladder is climbed, each once."""
    if ladder.by_response:
        return list(dict.fromkeys(names))
    places = {each.id: each.rung for each in ladder.exercises}
    order = list(ladder.order)
    return sorted(
        dict.fromkeys(names),
        key=lambda name: (order.index(places[name]) if places[name] in order else len(order), places[name]),
    )
