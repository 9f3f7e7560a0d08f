"""Reading a whole plan file: its head, its shape, its lines, and what only all of them together show."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import Any, cast

from msgspec.structs import replace

from coach.model.planfile import PlanFile
from coach.model.planlines import FileBounds
from coach.model.shape import Remove, Replace
from coach.programs.library import Library
from coach.programs.phases import Template
from coach.programs.planlang import exercises, lines, shapes
from coach.programs.planlang.builtin import built_in, load_template
from coach.programs.planlang.known import Known, known_of
from coach.programs.planlang.problem import PlanFileError, Problem
from coach.programs.planlang.sheet import Sheet, one_of, prose, span, whole
from coach.programs.planlang.words import BadText
from coach.programs.planyaml import Fields, Items, Node, Text, read_tree

SCHEMA = 1
SHAPE = ("weeks", "deload", "phases", "slots", "milestones", "lessons")
_NEEDED = ("weeks", "phases", "slots", "lessons")


def read_plan_file(text: str, name: str, library: Library | None = None) -> PlanFile:
    """Read a plan file. Without a library the names in it are not looked up.

    Raises `PlanFileError` with all problems found, each with line and column.
    """
    return read_nodes(read_tree(text, name), name, library, text)


def read_nodes(tree: Node, name: str, library: Library | None = None, text: str = "") -> PlanFile:
    """Read a plan file from its tree, wherever that came from; ``text`` shows the lines of errors."""
    problems: list[Problem] = []
    if not isinstance(tree, Fields):
        message = f"a plan file is made of lines such as title: My plan, the first of them schema: {SCHEMA}"
        raise PlanFileError(name, (Problem(line=tree.line, column=tree.column, message=message),), text)
    sheet = Sheet(tree, "the plan file", problems)
    _schema(sheet, tree, name, text)
    file = _file(sheet, known_of(library))
    sheet.done()
    if not problems:
        _whole(sheet, file)
    if problems:
        ordered = sorted(set(problems), key=lambda p: (p.line, p.column, p.message))
        raise PlanFileError(name, tuple(ordered), text)
    return file


def template_of(file: PlanFile) -> Template:
    """The programme shape of a file, its ``extends`` resolved."""
    return shapes.resolved(file, load_template(file.extends) if file.extends else None)


def _schema(sheet: Sheet, tree: Fields, name: str, text: str) -> None:
    version = sheet.take("schema")
    if version is None:
        sheet.wrong(tree, f"the file does not begin with schema: {SCHEMA}")
    elif not isinstance(version, Text) or version.text != str(SCHEMA):
        given = f", not {version.text[:20]!r}" if isinstance(version, Text) else ""
        message = f"schema must be {SCHEMA}{given}; a newer file needs a newer coach"
        raise PlanFileError(name, (Problem(line=version.line, column=version.column, message=message),), text)


def _language(text: str) -> str:
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Z]{2})?", text):
        raise BadText(0, f"language must be a code such as en or de, not {text[:20]!r}")
    return text


def _file(sheet: Sheet, known: Known) -> PlanFile:
    head: dict[str, Any] = {
        "id": sheet.word("id"),
        "title": sheet.text("title", 100, required=True),
        "author": sheet.text("author", 100),
        "clinic": sheet.text("clinic", 100),
        "language": sheet.value("language", _language, "en"),
        "extends": sheet.value("extends", one_of("extends", built_in()), ""),
        "setting": sheet.choice("setting", ("home", "clinic"), "home"),
        "goals": sheet.values("goals", prose("goals", 200), most=10),
        "patient": sheet.text("patient", 4000, lines=True),
        "colleague": sheet.text("colleague", 4000, lines=True),
        "days": sheet.maybe("days", span("days", 1, 7)),
        "minutes": sheet.maybe("minutes", span("minutes", 5, 120)),
    }
    shape = _shape(sheet, known)
    known = replace(known, asks=sheet.each("asks", lines.read_ask, most=10))
    listed = sheet.each("exercises", partial(exercises.read_exercise, known=known), most=60)
    known = replace(known, own={each.id: each.exercise for each in listed})
    choose = sheet.choice("choose", ("listed", "engine"), "engine")
    if choose == "listed" and not listed:
        sheet.wrong(sheet.place("choose"), "choose: listed needs exercises; list them, or leave choose out")
    return PlanFile(
        **head,
        **shape,
        choose=cast(Any, choose),
        exercises=listed,
        asks=known.asks,
        ladders=sheet.each("ladders", partial(exercises.read_ladder, known=known), most=20),
        rules=sheet.each("rules", partial(lines.read_rule, known=known), most=40),
        flare=sheet.part("flare", partial(lines.read_flare, known=known), None),
        gap=sheet.each("gap", lines.read_gap, most=10),
        habits=sheet.each("habits", partial(lines.read_habit, known=known), most=10),
        avoid=sheet.values("avoid", known.names("avoid", known.tags), most=20),
        bounds=sheet.part("bounds", partial(lines.read_bounds, known=known), FileBounds()),
        cleared=sheet.part("cleared", partial(lines.read_cleared, known=known), None),
        tests=sheet.each("tests", partial(lines.read_trial, known=known), most=40),
    )


def _shape(sheet: Sheet, known: Known) -> dict[str, Any]:
    """Phases, slots and the like: the file's own, or with ``extends`` what it changes."""
    lesson = known.names("lessons", known.lessons)
    ladder = known.ladder("ladders")
    own = sheet.take("extends") is None
    for key in SHAPE:
        there = sheet.take(key)
        if own and there is None and key in _NEEDED:
            sheet.wrong(sheet.node, f"the plan file has no {key!r}; give it, or begin with extends: balanced")
        if not own and there is not None:
            sheet.wrong(there, f"{key} is that of the built-in plan; put what differs under replace: {key}")
    if not own:
        nothing = sheet.part("replace", shapes.read_replace(ladder, lesson), Replace())
        return {"replace": nothing, "remove": sheet.part("remove", shapes.read_remove, Remove())}
    for key in ("replace", "remove"):
        if (there := sheet.take(key)) is not None:
            sheet.wrong(there, f"{key} needs extends: balanced, the built-in plan that it changes")
    return {
        "weeks": sheet.maybe("weeks", whole("weeks", 1, 52)),
        "deload": sheet.values("deload", whole("deload", 1, 52)),
        "slots": sheet.each("slots", shapes.read_slot(ladder), most=8),
        "phases": sheet.each("phases", shapes.read_phase, most=52),
        "milestones": sheet.each("milestones", shapes.read_milestone),
        "lessons": sheet.values("lessons", lesson),
    }


def _whole(sheet: Sheet, file: PlanFile) -> None:
    """Check what only the parts together can show."""
    if file.extends:
        wrong = shapes.change_problems(file, load_template(file.extends))
        for key, message in wrong:
            sheet.wrong(sheet.place(key), message)
        if wrong:
            return
    shape = next((key for key in ("replace", "remove") if sheet.take(key) is not None), "")
    for message in shapes.shape_problems(template_of(file)):
        sheet.wrong(sheet.place(shape), message)
    _twice(sheet, "exercises", [each.id for each in file.exercises])
    _twice(sheet, "exercises", [each.exercise for each in file.exercises])
    _twice(sheet, "ladders", [each.ladder for each in file.ladders])
    _twice(sheet, "rules", [each.id for each in file.rules])
    _twice(sheet, "asks", [each.id for each in file.asks])
    _twice(sheet, "habits", [each.id for each in file.habits])
    _twice(sheet, "tests", [each.name for each in file.tests])
    _twice(sheet, "milestones", [str(each.week) for each in file.milestones])
    last = 0
    for place, gap in enumerate(file.gap):
        if gap.days[0] <= last:
            sheet.wrong(_entry(sheet, "gap", place), f"gap: day {gap.days[0]} stands in the entry before")
        last = gap.days[1]


def _twice(sheet: Sheet, key: str, names: Sequence[str]) -> None:
    for place, name in enumerate(names):
        if name in names[:place]:
            sheet.wrong(_entry(sheet, key, place), f"{name} stands in {key} twice; keep one")


def _entry(sheet: Sheet, key: str, place: int) -> Node:
    node = sheet.place(key)
    return node.items[place] if isinstance(node, Items) else node
