"""The JSON Schema of the plan file, for editors: completion, hints and the first errors while writing.

It says no more than the reader (`coach.programs.planlang.reading`); where a value has a notation of its own
the reader alone decides. A test keeps the two equal.
"""

from __future__ import annotations

from typing import Any, get_args

from coach.model.planlines import Progression
from coach.programs.library import Library
from coach.programs.planlang.builtin import built_in
from coach.programs.planlang.exercises import TEXT
from coach.programs.planlang.lines import ENGINE_MAY, PATIENT_MAY, TAGS
from coach.programs.planlang.measures import MEASURES
from coach.programs.planlang.shapes import SPANS, TEXTS, WEEKS, WHOLES

NAME = "coach-plan.schema.json"
Schema = dict[str, Any]
_RANGE = r"^\s*[0-9]{1,6}(\s*[-–]\s*[0-9]{1,6})?\s*$"
_PERCENT = r"^\s*[0-9]{1,4}\s*%\s*$"
_ID = "^[a-z][a-z0-9_]{0,39}$"


def plan_schema(library: Library) -> Schema:
    """The schema as plain JSON values, with the ids of a library."""
    names = _Names(library)
    own = {key: names.shape[key] for key in ("weeks", "phases", "slots", "lessons")}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "coach plan file, schema 1",
        "type": "object",
        "required": ["schema", "id", "title"],
        "patternProperties": {"^x-": {}},
        "additionalProperties": False,
        "properties": {**_head(names), **names.shape, **_lines(names)},
        "if": {"required": ["extends"]},
        "then": {"properties": dict.fromkeys(names.shape, False)},
        "else": {"required": list(own), "properties": {"replace": False, "remove": False}},
    }


def _object(properties: Schema, required: tuple[str, ...] = (), note: str = "") -> Schema:
    found: Schema = {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "patternProperties": {"^x-": {}},
        "additionalProperties": False,
    }
    return {**found, "description": note} if note else found


def _list(items: Schema, most: int, least: int = 0, note: str = "") -> Schema:
    found: Schema = {"type": "array", "items": items, "maxItems": most}
    if least:
        found["minItems"] = least
    return {**found, "description": note} if note else found


def _prose(most: int, note: str = "") -> Schema:
    # a text that looks like a number or a truth value is a text all the same
    found: Schema = {"type": ["string", "number", "boolean"], "minLength": 1}
    return {**found, "description": f"{note} At most {most} characters.".strip()}


def _enum(options: tuple[str, ...], note: str = "") -> Schema:
    return {"enum": list(options), "description": note} if note else {"enum": list(options)}


def _whole(low: int, high: int, note: str = "") -> Schema:
    found: Schema = {
        "anyOf": [
            {"type": "integer", "minimum": low, "maximum": high},
            {"type": "string", "pattern": "^[0-9]{1,6}$"},
        ]
    }
    return {**found, "description": note} if note else found


def _span(low: int, high: int, note: str = "") -> Schema:
    found: Schema = {
        "anyOf": [
            {"type": "integer", "minimum": low, "maximum": high},
            {"type": "string", "pattern": _RANGE},
        ]
    }
    return {**found, "description": f"{note} A range within {low}-{high}, such as {low}-{high}.".strip()}


def _text(pattern: str, note: str) -> Schema:
    return {"type": "string", "pattern": pattern, "description": note}


_NAMED: Schema = {"type": "string", "pattern": _ID, "description": "An id of your own: a-z, 0-9 and _."}
_DOSE = _text(r"[0-9]", "Such as 3 x 8-12 /side, hold 5 s, rest 60-90 s, effort 4-6.")
_THEN = _text(r"^\s*[a-z]", "Such as hold, reduce 30 %, step back, lesson sleep.")
_WORSE = _text(r"[a-z]", "A reason to hold or cut, such as count(morning_after >= 2, 7 days) >= 2.")
_BETTER = _text(r"[a-z]", "Must be true before a rise, such as worst_pain <= 3.")


class _Names:
    """The ids that a file may name, as schemas, and the shape that needs them."""

    def __init__(self, library: Library) -> None:
        self.exercise = _enum(tuple(library.exercises))
        self.ladder = _enum(tuple(library.ladders))
        self.lesson = _enum(tuple(library.lessons))
        self.habit = _enum(tuple(library.goals))
        self.tag = _enum(tuple(library.building.tags))
        week = _whole(1, 52)
        slot: Schema = {
            "slot": _whole(1, 8),
            "name": _prose(60),
            "from": _whole(3, 8, "Exercises that a session must have before it has this slot."),
            "ladders": _list(self.ladder, 200, 1),
        }
        phase: Schema = {"id": _NAMED}
        phase |= {key: _prose(most) for key, most in TEXTS.items()}
        phase |= {key: _span(*limits) for key, limits in SPANS.items()}
        phase |= {key: _whole(*limits) for key, limits in WHOLES.items()}
        milestone = _object({"week": _whole(1, WEEKS), "text": _prose(300)}, ("week", "text"))
        self.shape: Schema = {
            "weeks": _whole(1, 52, "Weeks of the plan."),
            "deload": _list(week, 200),
            "slots": _list(_object(slot, tuple(slot)), 8, 1),
            "phases": _list(_object(phase, tuple(phase)), 52, 1),
            "milestones": _list(milestone, 200),
            "lessons": _list(self.lesson, 200, 1),
        }
        changed: Schema = {
            **self.shape,
            "slots": _list(_object({**slot, "ladders": _list(self.ladder, 200)}, ("slot",)), 200),
            "phases": _list(_object(phase, ("id",)), 200),
            "lessons": _list(self.lesson, 200, 1),
        }
        self.replace = _object(changed, (), "What stands in the place of the built-in plan's own.")
        gone: Schema = {
            "phases": _list(_NAMED, 200),
            "slots": _list(_whole(1, 8), 200),
            "milestones": _list(_whole(1, WEEKS), 200),
            "lessons": _list(_NAMED, 200),
        }
        self.remove = _object(gone, (), "What is left out of the built-in plan.")


def _head(names: _Names) -> Schema:
    return {
        "schema": {"anyOf": [{"const": 1}, {"const": "1"}]},
        "id": _NAMED,
        "title": _prose(100),
        "author": _prose(100),
        "clinic": _prose(100),
        "language": _text("^[a-z]{2,3}(-[A-Z]{2})?$", "Of the texts in the file, such as en or de."),
        "extends": _enum(built_in(), "The built-in plan that this file changes."),
        "setting": _enum(("home", "clinic")),
        "goals": _list(_prose(200), 10),
        "patient": _prose(4000, "The person reads it."),
        "colleague": _prose(4000, "For colleagues; the person does not see it unasked."),
        "days": _span(1, 7, "Sessions a week."),
        "minutes": _span(5, 120, "Minutes of a session."),
        "avoid": _list(names.tag, 20),
        "choose": _enum(("listed", "engine"), "listed: only the exercises and ladders of this file."),
        "replace": names.replace,
        "remove": names.remove,
    }


def _lines(names: _Names) -> Schema:
    percent = _text(_PERCENT, "A percent, such as 80 %.")
    exercise: Schema = {
        "id": _NAMED,
        "like": names.exercise,
        "title": _prose(80),
        "text": _prose(TEXT, "The person reads it."),
        "note": _prose(TEXT, "For colleagues."),
        "dose": _DOSE,
        "by_week": {
            "type": "object",
            "patternProperties": {r"^\s*weeks?\s": _DOSE},
            "additionalProperties": False,
            "minProperties": 1,
        },
        "progression": _enum(get_args(Progression)),
        "pain": _whole(0, 10, "Most pain in a session that still allows a rise."),
        "rise": _BETTER,
        "ease": _WORSE,
        "swaps": _list(_text(r"^\s*[a-z]", "Such as sqt_2 reps x 1.5 no load."), 10),
    }
    library_only = {"if": {"not": {"required": ["like"]}}, "then": {"properties": {"id": names.exercise}}}
    ladder: Schema = {
        "ladder": names.ladder,
        "rungs": _text(r"^\s*[a-z]", "Easy to hard: hng_2 > hng_4."),
        "start": names.exercise,
        "up": _BETTER,
        "down": _WORSE,
        "hold": _WORSE,
    }
    rule: Schema = {
        "id": _NAMED,
        "scope": _NAMED,
        "when": _WORSE,
        "then": _list(_THEN, 6, 1),
        "say": _prose(300),
    }
    ask: Schema = {
        "id": _NAMED,
        "text": _prose(200),
        "scale": _text(_RANGE, "0-10"),
        "better": _enum(("high", "low")),
    }
    gap: Schema = {
        "days": {"anyOf": [_span(1, 365), {"type": "string", "pattern": r"^\s*[0-9]{1,3}\+\s*$"}]},
        "resume": percent,
    }
    back = _text(r"^\s*[0-9]+\s*%(\s*,\s*[0-9]+\s*%)?\s*$", "On the way back: 50 %, 75 %.")
    flare: Schema = {"when": _WORSE, "kit": _list(names.exercise, 8), "back": back, "say": _prose(300)}
    habit: Schema = {"id": names.habit, "level": _whole(1, 9), "most": _whole(1, 9)}
    cleared: Schema = {
        "by": _prose(100),
        "on": _text("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "A date such as 2026-11-23."),
        "tags": _list(_enum(TAGS), 200),
        "findings": _list(_NAMED, 40),
    }
    return {
        "exercises": _list({**_object(exercise, ("id",)), **library_only}, 60),
        "ladders": _list(_object(ladder, ("ladder",)), 20),
        "rules": _list(_object(rule, ("id", "when", "then", "say")), 40),
        "asks": _list(_object(ask, ("id", "text", "better")), 10),
        "flare": _object(flare),
        "gap": _list(_object(gap, ("days", "resume")), 10),
        "habits": _list(_object(habit, ("id",)), 10),
        "bounds": _bounds(),
        "cleared": _object(cleared, ("by", "on"), "Counts only in a signed file."),
        "tests": _list(_trial(), 40),
    }


def _bounds() -> Schema:
    return _object(
        {
            "engine_may": _list(_enum(ENGINE_MAY), 200, 0, "What the weekly review may raise or swap alone."),
            "patient_may": _list(_enum(PATIENT_MAY), 200, 0, "What the person may change."),
            "ask_therapist": _WORSE,
            "sessions": _whole(1, 7, "Sessions a week, at most."),
            "minutes": _whole(5, 120, "Minutes of a session, at most."),
            "rise": _text(_PERCENT, "A dose rises so much a week, at most: 10 %."),
            "rungs": _whole(0, 17, "New rungs a week, at most."),
            "until_week": _whole(1, 104, "Last week that is planned without the therapist."),
        }
    )


def _trial() -> Schema:
    number: Schema = {"anyOf": [{"type": "number"}, {"type": "string", "pattern": "^[+-]?[0-9.]+$"}]}
    readings = {"anyOf": [number, _list(number, 28, 1)]}
    measures = "|".join(each.name for each in MEASURES if each.name != "week")
    given = {
        "type": "object",
        "patternProperties": {rf"^({measures}|ask\.[a-z][a-z0-9_]*)$": readings},
        "additionalProperties": False,
    }
    expect = _list(_text(r"^\s*[a-z]", "Such as hng does not rise."), 20, 1)
    trial: Schema = {"name": _prose(120), "week": _whole(1, 104), "given": given, "expect": expect}
    return _object(trial, ("name", "week", "expect"))
