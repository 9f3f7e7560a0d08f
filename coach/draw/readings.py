"""What an import of devices brought, as lines of text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from coach.draw import words

TITLES = {
    "sleep_hours": "sleep",
    "in_bed_hours": "time in bed",
    "steps": "steps",
    "resting_heart": "resting heart rate",
}
"""Measures as they are called in sentences."""


SHOWN = {"sleep_hours": " h", "steps": "", "resting_heart": " a minute"}
"""What is shown beside a check-in, and its unit."""


def device(source: str) -> str:
    """A source as a person knows it: the name of the device, else of the app it came from."""
    kind, mark, name = source.partition(": ")
    return name if mark else kind.replace("_", " ").capitalize()


def measured(values: Mapping[str, tuple[float, str]]) -> str:
    """What devices measured of a day, and which."""
    said = []
    for name, unit in SHOWN.items():
        if name in values:
            value, source = values[name]
            amount = f"{value:,.0f}" if name == "steps" else words.number(value)
            said.append(f"{TITLES[name]} {amount}{unit} ({device(source)})")
    return f"Measured: {', '.join(said)}. What you give yourself goes first."


def came(found: Any, dry_run: bool, width: int | None = None) -> list[str]:
    """What came in: by source, then what was left out and why."""
    lines = words.wrap(_head(found, dry_run), width)
    for each in found.sources:
        lines += words.wrap(
            f"  {TITLES[each.measure]}, {device(each.source)}: {_days(each.days)} from {each.first} to "
            f"{each.last}, {_mean(each)} on average",
            width,
        )
    for measure, days in found.own.items():
        lines += words.wrap(
            f"On {_days(days)} you gave your own {TITLES[measure]}: yours counts, and both are kept.", width
        )
    for measure, days in found.twice.items():
        lines += words.wrap(
            f"On {_days(days)} more than one device measured {TITLES[measure]}: one of them counts, never "
            "the sum. Which you trust more: coach import --prefer NAME",
            width,
        )
    for text in found.changes:
        lines += words.wrap(f"  revised: {text}", width)
    return [*lines, *(line for text in left_out(found) for line in words.wrap(text, width))]


def _head(found: Any, dry_run: bool) -> str:
    verb = "would come in" if dry_run else "came in"
    parts = [f"{found.new} new {verb}"]
    parts += [f"{found.revised} revised"] if found.revised else []
    parts += [f"{found.same} were here already"] if found.same else []
    return f"{found.name}, {found.kind.replace('_', ' ')}, {found.records:,} records: {', '.join(parts)}."


def left_out(found: Any) -> list[str]:
    """What was not taken, in sentences."""
    lines = list(found.notes)
    if found.outside:
        days = f"from {found.first} to {found.last}"
        several = "records are" if found.outside > 1 else "record is"
        lines.append(f"{found.outside:,} {several} of days outside your plan ({days}), and left out.")
    if found.broken:
        more = found.broken - len(found.problems)
        lines.append(f"{found.broken:,} {'rows' if found.broken > 1 else 'row'} could not be read:")
        lines += [f"  {each}" for each in found.problems]
        lines += [f"  and {more:,} more"] if more > 0 else []
    if not found.sources and not found.outside:
        lines.append("No sleep, steps or resting heart rate was found in it.")
    return lines


def _mean(each: Any) -> str:
    if each.measure == "steps":
        return f"{each.mean:,.0f} steps"
    return f"{each.mean:.1f} {each.unit.replace('/min', 'beats a minute')}"


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def sources(found: Sequence[Any], order: Sequence[str] = ()) -> list[str]:
    """Every device that brought anything."""
    if not found:
        return ["No device has brought anything yet: coach import FILE"]
    lines = [
        f"{TITLES[each.measure]:<20}{device(each.source)}: {_days(each.days)}, {each.first} to {each.last}"
        for each in found
    ]
    if order:
        lines.append(f"Trusted first: {', '.join(order)}.")
    return lines


def proposal(columns: Sequence[str], rows: Sequence[Sequence[str]], mapping: Any, width: int) -> list[str]:
    """The first rows of a table under what its columns would be read as."""
    kinds = {mapping.day: "date", mapping.start: "asleep from", mapping.end: "woke"}
    kinds |= {each.column: f"{TITLES[each.measure]} ({each.unit})" for each in mapping.value}
    heads = [(name, kinds.get(name, "not read")) for name in columns]
    wide = max(8, min(22, width // max(1, len(columns)) - 2))
    lines = [
        "  ".join(f"{part[:wide]:<{wide}}" for part in line).rstrip() for line in zip(*heads, strict=True)
    ]
    lines += ["  ".join(f"{cell[:wide]:<{wide}}" for cell in row).rstrip() for row in rows]
    return lines
