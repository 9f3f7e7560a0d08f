"""The other lines of a plan file: rules, questions, flare-ups, gaps, habits, bounds, clearances, tests."""

from __future__ import annotations

import re
from typing import Any, cast

from coach.model.planlines import (
    Ask,
    Cleared,
    FileBounds,
    FlareLine,
    GapLine,
    Given,
    HabitLine,
    Rule,
    Then,
    Trial,
)  # fmt: skip
from coach.model.shape import Span
from coach.programs.planlang.exercises import condition
from coach.programs.planlang.known import Known
from coach.programs.planlang.measures import guess, named
from coach.programs.planlang.phrases import parse_expect, parse_then
from coach.programs.planlang.ranges import parse_percent, parse_span
from coach.programs.planlang.sheet import Sheet, a_day, identifier, one_of, span, whole
from coach.programs.planlang.words import BadText, figure
from coach.programs.planyaml import Fields, Items

LAST_GAP = 365
TAGS = ("flex", "ext", "wk1_4", "without_supervision")
ENGINE_MAY = ("dose", "rung", "swap")
PATIENT_MAY = ("swap", "shorten", "skip", "hold", "days")


def read_ask(sheet: Sheet) -> Ask:
    """A question of the weekly review."""
    scale = sheet.value("scale", span("scale", 0, 100), (0, 10))
    if scale[0] == scale[1]:
        sheet.wrong(sheet.place("scale"), "a scale has two ends, such as 0-10")
    better = sheet.value("better", one_of("better", ("high", "low")), "high", required=True)
    return Ask(
        id=sheet.word("id"),
        text=sheet.text("text", 200, required=True),
        scale=scale,
        better=cast(Any, better),
    )


def read_rule(sheet: Sheet, known: Known) -> Rule:
    """A rule; one that only shows a lesson or offers a swap may ask for anything."""

    def then(text: str) -> Then:
        found = parse_then(text)
        if found.lesson:
            known.names("then", known.lessons)(found.lesson)
        return found

    does = sheet.values("then", then, required=True, most=6)
    effects = [each.effect for each in does]
    if len(set(effects)) < len(effects):
        sheet.wrong(sheet.place("then"), "a rule does each thing once; keep one of those that are the same")
    free = bool(does) and all(each in ("lesson", "swap") for each in effects)
    sheet.take("when", required=True)
    return Rule(
        id=sheet.word("id"),
        scope=sheet.value("scope", known.scope("scope"), "plan"),
        when=cast(Any, condition(sheet, "when", known, None if free else False)),
        then=does,
        say=sheet.text("say", required=True),
    )


def read_flare(sheet: Sheet, known: Known) -> FlareLine | None:
    """What happens in a flare-up; null where nothing is said."""

    def back(text: str) -> tuple[int, ...]:
        found, at = [], 0
        for part in text.split(",")[:5]:
            found.append(parse_percent(part, 10, 100, "the way back", at + len(part) - len(part.lstrip())))
            at += len(part) + 1
        if len(found) > 2 or found != sorted(found):
            raise BadText(0, "the way back has at most two steps, the smaller first: 50 %, 75 %")
        return tuple(found)

    line = FlareLine(
        when=condition(sheet, "when", known, False),
        kit=sheet.values("kit", known.exercise("kit"), most=8),
        back=sheet.value("back", back, ()),
        say=sheet.text("say"),
    )
    return None if line == FlareLine() else line


def parse_gap(text: str) -> Span:
    """Read ``7-13`` or ``28+`` days. Raises `BadText`."""
    if match := re.fullmatch(r"([0-9]{1,3})\+", text.strip()):
        return parse_span(f"{match[1]}-{LAST_GAP}", 1, LAST_GAP, "days")
    return parse_span(text, 1, LAST_GAP, "days")


def read_gap(sheet: Sheet) -> GapLine:
    """How to start again after days without a session."""
    return GapLine(
        days=sheet.value("days", parse_gap, (1, 1), required=True),
        percent=sheet.value(
            "resume", lambda text: parse_percent(text, 10, 100, "resume"), 100, required=True
        ),
    )


def read_habit(sheet: Sheet, known: Known) -> HabitLine:
    """A micro-goal of the library."""
    name = sheet.value("id", known.names("id", tuple(known.habits)), "", required=True)
    levels = known.habits.get(name, 9)
    line = HabitLine(
        id=name,
        level=sheet.value("level", whole("level", 1, levels), 1),
        most=sheet.maybe("most", whole("most", 1, levels)),
    )
    if line.most is not None and line.most < line.level:
        sheet.wrong(sheet.place("most"), f"most is below the level to start on ({line.level})")
    return line


def read_bounds(sheet: Sheet, known: Known) -> FileBounds:
    """Who may change what."""
    engine: tuple[Any, ...] = ENGINE_MAY
    patient: tuple[Any, ...] = PATIENT_MAY
    if sheet.take("engine_may") is not None:
        engine = sheet.values("engine_may", one_of("engine_may", ENGINE_MAY))
    if sheet.take("patient_may") is not None:
        patient = sheet.values("patient_may", one_of("patient_may", PATIENT_MAY))
    return FileBounds(
        engine_may=engine,
        patient_may=patient,
        ask_therapist=condition(sheet, "ask_therapist", known, False),
        sessions=sheet.maybe("sessions", whole("sessions", 1, 7)),
        minutes=sheet.maybe("minutes", whole("minutes", 5, 120)),
        rise=sheet.maybe("rise", lambda text: parse_percent(text, 1, 100, "rise")),
        rungs=sheet.maybe("rungs", whole("rungs", 0, 17)),
        until_week=sheet.maybe("until_week", whole("until_week", 1, 104)),
    )


def read_cleared(sheet: Sheet, known: Known) -> Cleared | None:
    """What the therapist clears; medical tags cannot stand here."""

    def tag(text: str) -> str:
        if text not in TAGS and text in known.tags:
            raise BadText(
                0, f"{text} is a medical tag, which no file lifts; a file may lift {', '.join(TAGS)}"
            )
        return one_of("tags", TAGS)(text)

    by = sheet.text("by", 100, required=True)
    sheet.take("on", required=True)
    on = sheet.maybe("on", a_day("on"))
    tags = sheet.values("tags", tag)
    findings = sheet.values("findings", identifier("findings"), most=40)
    if not sheet.nodes("tags") and not sheet.nodes("findings"):
        sheet.wrong(sheet.node, "cleared says nothing; give tags or findings")
    return Cleared(by=by, on=on, tags=cast(Any, tags), findings=findings) if on else None


def read_trial(sheet: Sheet, known: Known) -> Trial:
    """A test of the file's own."""
    expect = sheet.values("expect", parse_expect, required=True, most=20)
    for node, each in zip(sheet.nodes("expect", most=20), expect, strict=False):
        sheet.read(node, "expect", lambda _, name=each.subject: known.subject("expect")(name), "")  # type: ignore[misc]
    return Trial(
        name=sheet.text("name", 120, required=True),
        week=sheet.value("week", whole("week", 1, 104), 1, required=True),
        given=_given(sheet, known),
        expect=expect,
    )


def _given(sheet: Sheet, known: Known) -> tuple[Given, ...]:
    node = sheet.take("given")
    if node is None:
        return ()
    if not isinstance(node, Fields):
        sheet.wrong(node, "given must be measures with their readings, such as morning_after: [2, 2]")
        return ()
    found = []
    for name, value in node.fields.items():
        measure = named(name, known.asks)
        if measure is None or name == "week":
            sheet.wrong(node.keys[name], f"unknown measure {name[:30]!r}; {guess(name, known.asks)}")
            continue
        low, high = measure.low, measure.high

        def number(text: str, name: str = name, low: float = low, high: float = high) -> float:
            if re.fullmatch(r"[+-]?[0-9]{1,4}(\.[0-9]{1,3})?", text) and low <= float(text) <= high:
                return float(text) + 0.0
            raise BadText(0, f"{name} goes from {figure(low)} to {figure(high)}, not {text[:20]!r}")

        nodes = value.items if isinstance(value, Items) else (value,)
        if not 1 <= len(nodes) <= 28:
            sheet.wrong(value, f"{name} needs 1 to 28 readings, such as [2, 2]")
            continue
        readings = tuple(sheet.read(each, name, number, low) for each in nodes)
        found.append(Given(measure=name, values=readings))
    return tuple(found)
