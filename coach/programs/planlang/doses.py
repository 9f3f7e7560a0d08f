"""Doses: from one readable line to a noun and back."""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import get_close_matches
from typing import Any, Literal, cast

from msgspec.structs import replace

from coach.model.planlines import DoseLine, Load
from coach.programs.planlang.ranges import (
    a_date,
    parse_decimals,
    parse_percent,
    parse_span,
    turned,
    write_decimals,
    write_span,
)  # fmt: skip
from coach.programs.planlang.words import BadText, figure

LIMITS = {
    "sets": (1, 10), "reps": (1, 200), "hold_s": (1, 900), "metres": (1, 5000), "minutes": (1, 180),
    "rounds": (1, 60), "rest_s": (0, 900), "days": (1, 7),
}  # fmt: skip
"""Least and most that a line may say; the engine has tighter ones of its own."""
MOST_LOAD = 500.0
_UNITS = {
    "": "reps", "rep": "reps", "reps": "reps", "s": "hold_s", "m": "metres", "min": "minutes",
    "round": "rounds", "rounds": "rounds",
}  # fmt: skip
_AMOUNTS = {"reps": " reps", "hold_s": " s", "metres": " m", "minutes": " min", "rounds": " rounds"}
_R = r"[0-9.]+(?:\s*[-–]\s*[0-9.]+)?"
_MAIN = re.compile(rf"(?:(?P<sets>{_R})\s*[x×]\s*)?(?P<count>{_R})\s*(?P<unit>[a-z]*)(?P<side>\s*/\s*side)?")
_SETS = re.compile(rf"({_R})\s*sets?")
_DAYS = re.compile(rf"({_R})\s*days?")
_NAMED = re.compile(r"(hold|rest|tempo|effort|load)\s+(.*)", re.DOTALL)
_LOAD = re.compile(r"(start|step|cap)\s+([0-9]{1,3}(?:\.[0-9]{1,2})?)\s*(kg|lb)\s*")
EXAMPLE = "3 x 8-12 /side, hold 5 s, rest 60 s"


def parse_dose(text: str) -> DoseLine:
    """Read a dose. Raises `BadText` at the part that does not read."""
    found: dict[str, Any] = {}
    at = 0
    for raw in text.split(","):
        part = raw.strip()
        place = at + len(raw) - len(raw.lstrip())
        at += len(raw) + 1
        if not part:
            raise BadText(place, f"a dose is missing here, such as {EXAMPLE}")
        for name, value in _part(part, place).items():
            if name in found and name != "sides":
                raise BadText(place, f"{part[:30]!r} says a thing of this dose for the second time; keep one")
            found[name] = value
    if "percent" in found and len(found) > 1:
        raise BadText(0, "a percent of the standing dose stands alone, such as 60 %")
    amounts = [name for name in ("reps", "metres", "minutes", "rounds") if name in found]
    if len(amounts) > 1 or (amounts and amounts != ["reps"] and "hold_s" in found):
        raise BadText(0, "a set is counted in one thing: repetitions, seconds, metres, minutes or rounds")
    return DoseLine(**found)


def _part(part: str, at: int) -> dict[str, Any]:
    if match := _NAMED.fullmatch(part):
        return _PARTS[match[1]](match[2].strip(), at + match.start(2))
    if part.endswith("%"):
        return {"percent": parse_percent(part, 10, 100, "the share of the standing sets", at)}
    if match := _DAYS.fullmatch(part):
        return {"days": parse_span(match[1], *LIMITS["days"], "days a week", at)}
    if match := _SETS.fullmatch(part):
        return {"sets": parse_span(match[1], *LIMITS["sets"], "sets", at)}
    if a_date(part):
        raise BadText(at, turned(part))
    match = _MAIN.fullmatch(part)
    if match is None:
        raise BadText(at, _meant(part))
    return _main(part, match, at)


def _main(part: str, match: re.Match[str], at: int) -> dict[str, Any]:
    unit = match["unit"]
    if unit not in _UNITS or (not unit and not match["sets"]):
        raise BadText(at, _meant(part))
    name = _UNITS[unit]
    found: dict[str, Any] = {}
    if match["sets"]:
        found["sets"] = parse_span(match["sets"], *LIMITS["sets"], "sets", at + match.start("sets"))
    what = "seconds held" if name == "hold_s" else name
    found[name] = parse_span(match["count"], *LIMITS[name], what, at + match.start("count"))
    if match["side"]:
        found["sides"] = True
    return found


def _meant(part: str) -> str:
    first = part.split()[0].lower()
    if first.rstrip(":") in ("rpe", "borg", "intensity"):
        return "write the target effort as effort 4-6"
    close = get_close_matches(first, ("hold", "rest", "tempo", "effort", "load"), n=1)
    if close and close[0] != first:
        return f"{part[:30]!r} is not known in a dose; did you mean {close[0]!r}?"
    return f"{part[:30]!r} is no part of a dose; write it like {EXAMPLE}"


def _seconds(name: str, field: str) -> Callable[[str, int], dict[str, Any]]:
    def read(text: str, at: int) -> dict[str, Any]:
        match = re.fullmatch(rf"({_R})\s*s", text)
        if match is None:
            example = f"{name} 60-90 s" if name == "rest" else f"{name} 5 s"
            message = turned(text) if a_date(text) else f"{name} is given in seconds, such as {example}"
            raise BadText(at, message)
        return {field: parse_span(match[1], *LIMITS[field], f"seconds of {name}", at)}

    return read


def _tempo(text: str, at: int) -> dict[str, Any]:
    match = re.fullmatch(r"([0-9]{1,2})-([0-9]{1,2})-([0-9]{1,2})", text)
    if match is None or not 1 <= sum(int(each) for each in match.groups()) <= 60:
        message = turned(text) if a_date(text) else "the tempo is lower-pause-lift in seconds, such as 3-1-2"
        raise BadText(at, message)
    return {"tempo": (int(match[1]), int(match[2]), int(match[3]))}


def _effort(text: str, at: int) -> dict[str, Any]:
    return {"effort": parse_decimals(text, 0, 10, "effort", at)}


def _load(text: str, at: int) -> dict[str, Any]:
    load, units, place = Load(), set(), 0
    while place < len(text):
        match = _LOAD.match(text, place)
        if match is None:
            message = (
                "a load reads load start 0 kg step 2 kg cap 16 kg, each part with its unit, any part left out"
            )
            raise BadText(at + place, message)
        name, number = match[1], float(match[2])
        if getattr(load, name) is not None:
            raise BadText(at + place, f"the {name} of the load stands here twice; keep one")
        if number > MOST_LOAD or (name == "step" and number == 0):
            raise BadText(
                at + place, f"the {name} of a load is at most {figure(MOST_LOAD)}, and a step is over 0"
            )
        load = replace(load, **{name: number})
        units.add(match[3])
        place = match.end()
    if len(units) != 1:
        raise BadText(at, "one load has one unit: kg or lb")
    if load.start is not None and load.cap is not None and load.start > load.cap:
        raise BadText(at, "the start of the load is above its cap")
    return {"load": replace(load, unit=cast(Literal["kg", "lb"], units.pop()))}


_PARTS: dict[str, Callable[[str, int], dict[str, Any]]] = {
    "hold": _seconds("hold", "hold_s"), "rest": _seconds("rest", "rest_s"),
    "tempo": _tempo, "effort": _effort, "load": _load,
}  # fmt: skip


def write_dose(dose: DoseLine) -> str:
    """The line of a dose; reading it gives the equal noun. Empty for an empty dose."""
    if dose.percent is not None:
        return f"{dose.percent} %"
    name = next((each for each in ("reps", "metres", "minutes", "rounds") if getattr(dose, each)), "")
    alone = not name and dose.hold_s is not None and (dose.sets is not None or dose.sides)
    name = "hold_s" if alone else name
    parts = []
    if name:
        unit = "" if name == "reps" and dose.sets else _AMOUNTS[name]
        sets = f"{write_span(dose.sets)} x " if dose.sets else ""
        parts.append(f"{sets}{write_span(getattr(dose, name))}{unit}{' /side' if dose.sides else ''}")
    elif dose.sets:
        parts.append(f"{write_span(dose.sets)} sets")
    if dose.hold_s and not alone:
        parts.append(f"hold {write_span(dose.hold_s)} s")
    if dose.rest_s:
        parts.append(f"rest {write_span(dose.rest_s)} s")
    if dose.tempo:
        parts.append(f"tempo {'-'.join(str(each) for each in dose.tempo)}")
    if dose.effort:
        parts.append(f"effort {write_decimals(dose.effort)}")
    if dose.load:
        parts.append(_write_load(dose.load))
    if dose.days:
        parts.append(f"{write_span(dose.days)} {'day' if dose.days == (1, 1) else 'days'}")
    return ", ".join(parts)


def _write_load(load: Load) -> str:
    given = [(each, getattr(load, each)) for each in ("start", "step", "cap")]
    return "load " + " ".join(f"{name} {figure(n)} {load.unit}" for name, n in given if n is not None)
