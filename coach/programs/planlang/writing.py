"""Writing a plan file: the text of a `PlanFile`, which reads back as the equal noun."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from coach.model.planfile import PlanFile
from coach.model.planlines import (
    Ask,
    Cleared,
    ExerciseLine,
    FileBounds,
    FlareLine,
    LadderLine,
    Rule,
    Trial,
)  # fmt: skip
from coach.model.shape import Phase, PhaseChange, Remove, Replace, Slot, SlotChange
from coach.programs.planlang.conditions import write_condition
from coach.programs.planlang.doses import write_dose
from coach.programs.planlang.lines import LAST_GAP
from coach.programs.planlang.phrases import write_expect, write_swap, write_then
from coach.programs.planlang.ranges import write_span, write_weeks
from coach.programs.planlang.scalars import listed, scalar
from coach.programs.planlang.words import figure

SCHEMA_LINE = "# yaml-language-server: $schema=./coach-plan.schema.json"
Line = tuple[str, str]
"""A key and the scalar or list after it; an empty one is left out."""


def write_plan_file(file: PlanFile) -> str:
    """The text of a plan file. Reading it gives the equal noun."""
    none = FileBounds()
    parts: list[list[str]] = [
        _head(file),
        [] if file.extends else _shape(file),
        _changes(file),
        _keys([("choose", file.choose if file.choose != "engine" else "")]),
        _entries("exercises", [_exercise(each) for each in file.exercises]),
        _entries("ladders", [_keys(_ladder(each)) for each in file.ladders]),
        _entries("rules", [_keys(_rule(each)) for each in file.rules]),
        _entries("asks", [_keys(_ask(each)) for each in file.asks]),
        _under("flare", [] if file.flare is None else _flare(file.flare)),
        _entries(
            "gap", [_keys([("days", _gap(each.days)), ("resume", f"{each.percent} %")]) for each in file.gap]
        ),
        _entries(
            "habits",
            [
                _keys([("id", each.id), ("level", str(each.level)), ("most", _some(each.most))])
                for each in file.habits
            ],
        ),
        _under("bounds", [] if file.bounds == none else _bounds(file.bounds)),
        _under("cleared", [] if file.cleared is None else _cleared(file.cleared)),
        _entries("tests", [_trial(each) for each in file.tests]),
    ]
    body = "\n\n".join("\n".join(part) for part in parts if part)
    return f"{SCHEMA_LINE}\n{body}\n"


def _keys(lines: Iterable[Line]) -> list[str]:
    return [f"{key}: {value}" for key, value in lines if value]


def _under(key: str, lines: Iterable[Line]) -> list[str]:
    """A mapping under a key; a mapping without a line is an empty one only where it was asked for."""
    found = _keys(lines)
    return [f"{key}:", *(f"  {line}" for line in found)] if found else []


def _entries(key: str, entries: list[list[str]]) -> list[str]:
    if not entries:
        return []
    lines = [f"{key}:"]
    for entry in entries:
        lines += [f"{'  - ' if place == 0 else '    '}{line}" for place, line in enumerate(entry)]
    return lines


def _some(value: int | None, after: str = "") -> str:
    return "" if value is None else f"{value}{after}"


def _said(text: str) -> str:
    return scalar(text) if text else ""


def _when(expression: Any) -> str:
    return "" if expression is None else scalar(write_condition(expression))


def _span(value: tuple[int, int] | None) -> str:
    return "" if value is None else write_span(value)


def _head(file: PlanFile) -> list[str]:
    return _keys(
        [
            ("schema", str(file.schema)),
            ("id", scalar(file.id)),
            ("title", scalar(file.title)),
            ("author", _said(file.author)),
            ("clinic", _said(file.clinic)),
            ("language", file.language if file.language != "en" else ""),
            ("extends", file.extends),
            ("setting", file.setting if file.setting != "home" else ""),
            ("goals", listed(file.goals) if file.goals else ""),
            ("patient", _said(file.patient)),
            ("colleague", _said(file.colleague)),
            ("days", _span(file.days)),
            ("minutes", _span(file.minutes)),
            ("avoid", listed(file.avoid) if file.avoid else ""),
        ]
    )


def _numbers(values: Iterable[int]) -> str:
    return f"[{', '.join(str(each) for each in values)}]"


def _phase(phase: Phase | PhaseChange) -> list[str]:
    spans = [(key, _span(getattr(phase, key))) for key in ("weeks", "sessions", "minutes", "rpe", "sets")]
    return _keys(
        [
            ("id", scalar(phase.id)),
            ("name", _said(phase.name or "")),
            *spans,
            ("walks", _some(phase.walks)),
            ("walk", _said(phase.walk or "")),
            ("control", _some(phase.control)),
            ("aim", _said(phase.aim or "")),
        ]
    )


def _slot(slot: Slot | SlotChange) -> list[str]:
    return _keys(
        [
            ("slot", str(slot.slot)),
            ("name", _said(slot.name or "")),
            ("from", _some(slot.at_least)),
            ("ladders", listed(slot.ladders) if slot.ladders else ""),
        ]
    )


def _milestones(file: PlanFile | Replace) -> list[list[str]]:
    return [[f"week: {each.week}", f"text: {scalar(each.text)}"] for each in file.milestones or ()]


def _shape(file: PlanFile) -> list[str]:
    return [
        f"weeks: {file.weeks}",
        *([f"deload: {_numbers(file.deload)}"] if file.deload else []),
        *_entries("slots", [_slot(each) for each in file.slots]),
        *_entries("phases", [_phase(each) for each in file.phases]),
        *_entries("milestones", _milestones(file)),
        *_entries("lessons", [[each] for each in file.lessons]),
    ]


def _changes(file: PlanFile) -> list[str]:
    new, out = file.replace, file.remove
    lines = []
    if new != Replace():
        inner = [
            *_keys([("weeks", _some(new.weeks))]),
            *([f"deload: {_numbers(new.deload)}"] if new.deload is not None else []),
            *_entries("phases", [_phase(each) for each in new.phases]),
            *_entries("slots", [_slot(each) for each in new.slots]),
            *(_entries("milestones", _milestones(new)) if new.milestones else []),
            *(["milestones: []"] if new.milestones == () else []),
            *([f"lessons: {listed(new.lessons)}"] if new.lessons is not None else []),
        ]
        lines += ["replace:", *(f"  {line}" for line in inner)]
    if out != Remove():
        gone = [
            ("phases", listed(out.phases) if out.phases else ""),
            ("slots", _numbers(out.slots) if out.slots else ""),
            ("milestones", _numbers(out.milestones) if out.milestones else ""),
            ("lessons", listed(out.lessons) if out.lessons else ""),
        ]
        lines += _under("remove", gone)
    return lines


def _exercise(line: ExerciseLine) -> list[str]:
    weeks = [f"  {write_weeks(each.weeks)}: {write_dose(each.dose)}" for each in line.by_week]
    return [
        *_keys(
            [
                ("id", scalar(line.id)),
                ("like", line.like),
                ("title", _said(line.title)),
                ("text", _said(line.text)),
                ("note", _said(line.note)),
                ("dose", write_dose(line.dose)),
            ]
        ),
        *(["by_week:", *weeks] if weeks else []),
        *_keys(
            [
                ("progression", line.progression if line.progression != "double" else ""),
                ("pain", _some(line.pain)),
                ("rise", _when(line.rise)),
                ("ease", _when(line.ease)),
                ("swaps", listed(tuple(write_swap(each) for each in line.swaps)) if line.swaps else ""),
            ]
        ),
    ]


def _ladder(line: LadderLine) -> list[Line]:
    return [
        ("ladder", line.ladder),
        ("rungs", " > ".join(line.rungs)),
        ("start", line.start),
        ("up", _when(line.up)),
        ("down", _when(line.down)),
        ("hold", _when(line.hold)),
    ]


def _rule(rule: Rule) -> list[Line]:
    return [
        ("id", scalar(rule.id)),
        ("scope", scalar(rule.scope) if rule.scope != "plan" else ""),
        ("when", _when(rule.when)),
        ("then", listed(tuple(write_then(each) for each in rule.then))),
        ("say", scalar(rule.say)),
    ]


def _ask(ask: Ask) -> list[Line]:
    scale = write_span(ask.scale) if ask.scale != (0, 10) else ""
    return [("id", scalar(ask.id)), ("text", scalar(ask.text)), ("scale", scale), ("better", ask.better)]


def _flare(flare: FlareLine) -> list[Line]:
    return [
        ("when", _when(flare.when)),
        ("kit", listed(flare.kit) if flare.kit else ""),
        ("back", ", ".join(f"{each} %" for each in flare.back)),
        ("say", _said(flare.say)),
    ]


def _gap(days: tuple[int, int]) -> str:
    return f"{days[0]}+" if days[1] == LAST_GAP else write_span(days)


def _bounds(bounds: FileBounds) -> list[Line]:
    usual = FileBounds()
    return [
        ("engine_may", listed(bounds.engine_may) if bounds.engine_may != usual.engine_may else ""),
        ("patient_may", listed(bounds.patient_may) if bounds.patient_may != usual.patient_may else ""),
        ("ask_therapist", _when(bounds.ask_therapist)),
        ("sessions", _some(bounds.sessions)),
        ("minutes", _some(bounds.minutes)),
        ("rise", _some(bounds.rise, " %")),
        ("rungs", _some(bounds.rungs)),
        ("until_week", _some(bounds.until_week)),
    ]


def _cleared(cleared: Cleared) -> list[Line]:
    return [
        ("by", scalar(cleared.by)),
        ("on", cleared.on.isoformat()),
        ("tags", listed(cleared.tags) if cleared.tags else ""),
        ("findings", listed(cleared.findings) if cleared.findings else ""),
    ]


def _trial(trial: Trial) -> list[str]:
    given = [
        f"  {each.measure}: [{', '.join(figure(value) for value in each.values)}]" for each in trial.given
    ]
    return [
        f"name: {scalar(trial.name)}",
        f"week: {trial.week}",
        *(["given:", *given] if given else []),
        f"expect: {listed(tuple(write_expect(each) for each in trial.expect))}",
    ]
