"""Checking exercise files for whoever edits them: every fault with its place, and what was expected."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

import msgspec

from coach.model.exercise import Avoid, Dose, Exercise, Ladder
from coach.model.noun import Noun
from coach.programs.browsing import EQUIPMENT
from coach.programs.building import load_building
from coach.programs.library import LADDERS

ADVANCE = ("a1", "a2", "a3", "a4", "a5", "a6", "maintain")
REGRESS = ("b1", "b2", "b3", "b4", "")
QUALIFIERS = (
    "late", "flat_supine", "support", "wk1_4", "end_range", "fast", "without_supervision", "check",
    "breath_hold", "only_if_neutral", "long_sitting", "fracture", "unless_cleared", "",
)  # fmt: skip
TEXTS = ("name", "targets", "position", "setup", "breath", "feel", "not_feel", "stop", "space", "noise")
LONGEST = 200
"""No text of an exercise is longer; what is longer is not read while lying on a mat."""
BANNED = re.compile(
    r"\b(cures?|cured|fix|fixes|realign\w*|unstable|slipped|out of place|weak cores?|degenerat\w+|proven"
    r"|studies show)\b",
    re.IGNORECASE,
)
_HEADER = re.compile(r"^\s*\[\[\s*exercises\s*\]\]")
_TOML_LINE = re.compile(r"\s*\(at line (\d+), column \d+\)")


class Fault(Noun, frozen=True, kw_only=True):
    """One thing that is wrong in a file."""

    file: str
    line: int | None
    exercise: str
    """Its id, where the fault belongs to one exercise."""
    message: str


class _File:
    """One file under check: its name, the line on which each exercise begins, and its faults."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.starts = [n for n, line in enumerate(text.splitlines(), 1) if _HEADER.match(line)]
        self.faults: list[Fault] = []

    def say(
        self, message: str, place: int | None = None, exercise: str = "", line: int | None = None
    ) -> None:
        """Note a fault; ``place`` is the number of the exercise in the file, from 0."""
        if line is None and place is not None and place < len(self.starts):
            line = self.starts[place]
        self.faults.append(Fault(file=self.name, line=line, exercise=exercise, message=message))


def check(files: Iterable[tuple[str, str]]) -> tuple[Fault, ...]:
    """Check ladder files, given as name and text; all faults in the order of the files."""
    faults: list[Fault] = []
    seen: dict[str, str] = {}
    for name, text in files:
        file = _File(name, text)
        _check_file(file, text, seen)
        faults += file.faults
    return tuple(faults)


def _check_file(file: _File, text: str, seen: dict[str, str]) -> None:
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _TOML_LINE.search(str(error))
        message = _TOML_LINE.sub("", str(error))
        file.say(f"this is no valid TOML: {message}", line=int(found[1]) if found else None)
        return
    except RecursionError:
        file.say("this is no valid TOML: it is nested too deeply")
        return
    rows = document.get("exercises")
    if not isinstance(rows, list) or not rows:
        file.say("there is no exercise in it; an exercise begins with [[exercises]]")
        return
    _unknown(file, document, Ladder, "the ladder")
    _head(file, document)
    rungs = [
        _check_row(file, place, row, str(document.get("id", "")), seen) for place, row in enumerate(rows)
    ]
    whole = [rung for rung in rungs if rung is not None]
    if len(whole) == len(rows) and whole != list(range(1, len(rows) + 1)):
        file.say(f"the rungs are {', '.join(map(str, whole))}; expected 1 to {len(rows)} in order")


def _head(file: _File, document: Mapping[str, Any]) -> None:
    bare = {key: value for key, value in document.items() if key != "exercises"}
    try:
        head = msgspec.convert({**bare, "exercises": []}, Ladder)
    except msgspec.ValidationError as error:
        file.say(_plain(error))
        return
    if head.id not in LADDERS:
        file.say(f"the ladder “{head.id}” is not known{_meant(head.id, LADDERS)}")
    elif file.name.removesuffix(".toml") != head.id:
        file.say(f"the file of the ladder {head.id} is called {head.id}.toml")
    wrong = [rung for rung in head.order if not 1 <= rung <= len(document["exercises"])]
    if wrong:
        file.say(f"order names rung {wrong[0]}, which is not there")


def _check_row(file: _File, place: int, row: Any, ladder: str, seen: dict[str, str]) -> int | None:
    """Check one exercise; its rung, or null where it cannot be read."""
    if not isinstance(row, dict):
        file.say("an exercise is a table of fields", place)
        return None
    name = str(row.get("id", ""))
    _unknown(file, row, Exercise, name or "the exercise", place, name)
    if isinstance(row.get("dose"), dict):
        _unknown(file, row["dose"], Dose, "dose", place, name)
    for avoid in row.get("avoid", []) if isinstance(row.get("avoid"), list) else []:
        if isinstance(avoid, dict):
            _unknown(file, avoid, Avoid, "avoid", place, name)
    try:
        exercise = msgspec.convert(row, Exercise)
    except msgspec.ValidationError as error:
        file.say(_plain(error), place, name)
        return None
    if exercise.id in seen:
        file.say(f"the id stands twice, here and in {seen[exercise.id]}", place, name)
    seen[exercise.id] = file.name
    for message in (*_ids(exercise, ladder), *_numbers(exercise), *_texts(exercise)):
        file.say(message, place, name)
    return exercise.rung


def _ids(exercise: Exercise, ladder: str) -> list[str]:
    """What is wrong with its names, codes, equipment and tags."""
    found = []
    if exercise.ladder != ladder:
        found.append(f"ladder is “{exercise.ladder}”, but the file is of “{ladder}”")
    if exercise.id != f"{exercise.ladder}_{exercise.rung}":
        found.append(f"the id is expected to be {exercise.ladder}_{exercise.rung}, from ladder and rung")
    tags = tuple(load_building().tags)
    checks: list[tuple[str, str, tuple[str, ...]]] = [
        ("advance", exercise.advance, ADVANCE),
        ("regress", exercise.regress, REGRESS),
        *(("equipment", item, EQUIPMENT) for item in exercise.equipment),
        *(("instead", item, (*EQUIPMENT, "floor")) for item in exercise.instead),
        *(("avoid tag", each.tag, tags) for each in exercise.avoid),
        *(("avoid qualifier", each.qualifier, QUALIFIERS) for each in exercise.avoid),
    ]
    for what, value, known in checks:
        if value not in known:
            found.append(f"{what} “{value}” is not known{_meant(value, known)}")
    needless = [item for item in exercise.instead if item in EQUIPMENT and item not in exercise.equipment]
    return found + [f"instead names {item}, which the exercise does not need" for item in needless]


def _numbers(exercise: Exercise) -> list[str]:
    """What is wrong with its dose."""
    found = []
    dose = exercise.dose
    amounts = {name: getattr(dose, name) for name in ("reps", "hold_s", "metres", "minutes", "rounds")}
    given = [name for name, value in amounts.items() if value is not None]
    if not given or (len(given) > 1 and given != ["reps", "hold_s"]):
        found.append("dose needs one of reps, hold_s, metres, minutes, rounds (or reps with hold_s)")
    if any(value is not None and value <= 0 for value in (*amounts.values(), dose.sets)):
        found.append("dose has a number that is not above 0")
    if not 0 <= dose.rpe[0] <= dose.rpe[1] <= 10:
        found.append("rpe is two numbers from 0 to 10, the lower first")
    if (exercise.vary is None) != (exercise.top is None):
        found.append("vary and top belong together: give both, or none for a fixed dose")
    elif exercise.vary is not None and exercise.top is not None:
        start = amounts.get(exercise.vary)
        if start is None:
            found.append(f"vary is {exercise.vary}, but the dose has no {exercise.vary}")
        elif exercise.top <= start:
            found.append(f"top {exercise.top:g} is not above the start of {start:g}")
    if not 1 <= exercise.frequency[0] <= exercise.frequency[1] <= 7:
        found.append("frequency is two whole numbers from 1 to 7, the lower first")
    for name, span in (("load_kg", exercise.load_kg), ("load_bw", exercise.load_bw)):
        if span is not None and not 0 <= span[0] <= span[1]:
            found.append(f"{name} is two numbers, the lower first")
    return found


def _texts(exercise: Exercise) -> list[str]:
    """What is wrong with what a person reads."""
    found = [f"{name} is empty" for name in TEXTS if not getattr(exercise, name).strip()]
    found += [f"{name} is empty" for name in ("steps", "cues", "errors") if not getattr(exercise, name)]
    if len(exercise.cues) > 3:
        found.append(f"there are {len(exercise.cues)} cues; at most 3 can be kept in mind")
    lists = (*exercise.steps, *exercise.cues, *exercise.errors, *exercise.instead.values())
    for text in (*(getattr(exercise, name) for name in TEXTS), *lists):
        if len(text) > LONGEST:
            found.append(f"a text is {len(text)} characters long, at most {LONGEST}: “{text[:40]}…”")
        if not text.isprintable():
            found.append(f"a text has a line break or a character that cannot be shown: “{_safe(text[:40])}”")
        banned = BANNED.search(text)
        if banned:
            found.append(f"“{banned[0]}” must not be said: it frightens or promises too much")
    return found


def _unknown(
    file: _File, row: Mapping[str, Any], kind: type[Any], what: str, place: int | None = None, name: str = ""
) -> None:
    known = tuple(kind.__struct_fields__)
    for key in row:
        if key not in known:
            file.say(f"{_safe(what)} has no field “{_safe(key)}”{_meant(key, known)}", place, name)


def _meant(value: str, known: tuple[str, ...]) -> str:
    close = get_close_matches(value[:60], [each for each in known if each], n=1, cutoff=0.5)
    if close:
        return f"; did you mean “{close[0]}”?"
    return f"; there is: {', '.join(each for each in known if each)}"


def _plain(error: msgspec.ValidationError) -> str:
    """The words of the codec, with the field first."""
    message, _, path = str(error).partition(" - at `$")
    field = path.strip("`.").removeprefix("[...]")
    return f"{field}: {message}" if field else message


def _safe(text: str) -> str:
    return "".join(each if each.isprintable() else "?" for each in text[:60])
