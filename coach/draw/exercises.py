"""Exercises of the library as lines of text: the list, and one of them in full."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from coach.draw import words
from coach.model.exercise import Exercise

COMPONENTS = {"c1": "assessment", "c2": "control", "c3": "loading", "c4": "lifestyle"}
TAGS = {
    "flex_am": "early bending", "flex": "bending that hurts", "ext": "arching that hurts",
    "ost": "thin bones", "preg": "pregnancy", "pp": "after a birth", "surg": "back surgery",
    "neur": "nerve signs in a leg", "bal": "risk of falls", "htn": "high blood pressure",
    "sho": "a painful shoulder", "kne": "a painful knee", "wri": "a painful wrist",
    "acute": "first days of a flare-up",
}  # fmt: skip
"""What each avoid tag is about, for people."""
ADVANCE = {
    "a1": "when every set reaches the top count in two sessions in a row",
    "a2": "when every set reaches the top hold or distance in two sessions in a row",
    "a3": "by adding a little weight, when two more would have been possible on two sessions",
    "a4": "done less often once it has eased for some days, then left out",
    "a5": "by a tenth more minutes, after a full week of all of them",
    "a6": "when eight of ten look clean in a mirror or on video, twice",
    "maintain": "it stays as it is",
}


def listing(
    found: tuple[Exercise, ...], ladders: Mapping[str, str], total: int, width: int | None = None
) -> list[str]:
    """A line an exercise under the name of its ladder."""
    lines: list[str] = []
    ladder = ""
    for each in found:
        if each.ladder != ladder:
            ladder = each.ladder
            lines += [*([""] if lines else []), f"{ladders[ladder]} ({ladder}), {COMPONENTS[each.component]}"]
        need = ", ".join(each.equipment) or "nothing"
        lines.append(_fit(f"  {each.id:<7}{each.name}", f"{dose_range(each)}; needs {need}", width))
    return [*lines, "", f"{len(found)} of {total} exercises. One in full: coach library {found[0].id}"]


def plain(found: tuple[Exercise, ...], ladders: Mapping[str, str], total: int) -> list[str]:
    """The list as sentences, one exercise a line, for screen readers."""
    lines = [f"{len(found)} of {total} exercises."]
    for each in found:
        need = " and ".join(each.equipment) or "nothing"
        lines.append(f"{each.id}: {each.name}. {ladders[each.ladder]}. {dose_range(each)}. Needs {need}.")
    return lines


def ladders_plain(found: tuple[Exercise, ...], ladders: Mapping[str, str]) -> list[str]:
    """The whole library as its ladders, one a line: a hundred lines read aloud help nobody."""
    of: dict[str, list[str]] = {}
    for each in found:
        of.setdefault(each.ladder, []).append(each.name)
    lines = [
        f"{len(found)} exercises in {len(of)} ladders. A ladder in full: coach library {found[0].ladder}. "
    ]
    lines[0] += "Any words narrow the list: coach library band"
    for ladder, names in of.items():
        lines.append(f"{ladder}: {ladders[ladder]}. {len(names)} exercises, from {names[0]} to {names[-1]}.")
    return lines


def dose_range(exercise: Exercise) -> str:
    """Its start dose, and the top of the range from which it may go on."""
    start = words.dose(exercise.dose)
    if exercise.vary is None or exercise.top is None:
        return start
    unit = {"reps": "", "hold_s": " s", "metres": " m", "minutes": " min", "rounds": " rounds"}[exercise.vary]
    return f"{start}, up to {exercise.top:g}{unit}"


def whole(shown: Any, width: int | None = None) -> list[str]:
    """One exercise with all that its data file says; ``shown`` is it as the library shows it."""
    exercise: Exercise = shown.exercise
    step = f"{shown.ladder_name}, step {exercise.rung}, {COMPONENTS[exercise.component]}"
    head = f"{exercise.name} ({exercise.id}), {step}"
    lines = [*words.wrap(head, width), ""]
    lines += _field("Trains", exercise.targets, width)
    lines += _field("Position", exercise.position, width)
    lines += _field("Set-up", exercise.setup, width)
    for number, step in enumerate(exercise.steps, 1):
        lines += _field("Steps" if number == 1 else "", f"{number}. {step}", width)
    lines += _field("Breath", exercise.breath, width)
    lines += _field("You feel", exercise.feel, width)
    lines += _field("Not", exercise.not_feel, width)
    lines += _field("Stop", exercise.stop, width)
    lines += _field("Cues", " / ".join(exercise.cues), width)
    lines += _field("Often seen", " / ".join(exercise.errors), width)
    lines += [""]
    lines += _field("Dose", f"{dose_range(exercise)}, {words.effort(exercise.dose)}", width)
    lines += _field("", f"{_often(exercise)}; a set takes about {_time(shown.minutes_per_set)}", width)
    lines += _field("", _load(exercise), width) if _load(exercise) else []
    lines += _field("Goes on", ADVANCE[exercise.advance], width)
    lines += _field("Easier", _neighbour(shown.easier, "this is the easiest of its ladder"), width)
    lines += _field("Harder", _neighbour(shown.harder, "this is the hardest of its ladder"), width)
    need = ", ".join(exercise.equipment) or "nothing"
    note = f" ({exercise.equipment_note})" if exercise.equipment_note else ""
    lines += _field("Needs", need + note, width)
    for item, text in shown.instead.items():
        lines += _field("", f"{'off the floor' if item == 'floor' else f'without {item}'}: {text}", width)
    lines += _field("Space", f"{exercise.space}; {_noise(exercise.noise)}", width)
    for number, (tag, text) in enumerate(shown.avoided.items()):
        lines += _field("" if number else "Care with", f"{TAGS[tag]} ({tag}): {text}", width)
    return lines


def _field(name: str, text: str, width: int | None) -> list[str]:
    """A name in the first column and a text that wraps beside it."""
    lines = words.wrap(text, width - 12 if width else None)
    return [f"{name if number == 0 else '':<12}{line}".rstrip() for number, line in enumerate(lines)]


def _fit(left: str, right: str, width: int | None) -> str:
    """Two columns on a line, or the second on a line of its own where there is no room."""
    padded = f"{left:<46}  "
    if width is None or len(padded) + len(right) <= width:
        return padded + right
    return "\n".join([left, *words.wrap(right, width, " " * 9)])


def _often(exercise: Exercise) -> str:
    low, high = exercise.frequency
    return f"{high} times a week" if low == high else f"{low} to {high} times a week"


def _load(exercise: Exercise) -> str:
    if exercise.load_kg is not None:
        return f"with {exercise.load_kg[0]:g} to {exercise.load_kg[1]:g} kg in all"
    if exercise.load_bw is not None:
        return f"with {exercise.load_bw[0]:.0%} to {exercise.load_bw[1]:.0%} of your weight"
    return ""


def _time(minutes: float) -> str:
    seconds = round(minutes * 60)
    return f"{seconds} s" if seconds < 90 else f"{words.number(minutes)} min"


def _neighbour(exercise: Exercise | None, none: str) -> str:
    return f"{exercise.name} ({exercise.id})" if exercise else none


def _noise(noise: str) -> str:
    return {"quiet": "quiet", "some": "makes some noise"}.get(noise, noise)
