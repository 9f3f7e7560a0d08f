"""A movement test as a row of prompts: read, practise, time, write down; the answers become tries.

No input or output: whoever shows the prompts sends the answers in.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, Literal

from coach.model.assessment import Choice, Item
from coach.model.noun import Noun
from coach.model.testing import Measurement, Protocol, Stop, Trial

SIDES = {"l": "left side", "r": "right side"}
STOPS: tuple[tuple[Stop, str], ...] = (
    ("done", "finished"),
    ("cap", "the time limit was reached"),
    ("form", "the form was lost"),
    ("pain", "pain"),
    ("leg", "something new in a leg"),
    ("weak", "weakness"),
    ("unwell", "dizzy or out of breath"),
    ("own", "I wanted to stop"),
    ("cannot", "not possible"),
)
"""Why a try ended, in words."""


class Prompt(Noun, frozen=True, kw_only=True):
    """One thing to show. ``wait`` is answered by null, ``time`` by seconds or null, ``ask`` by a value."""

    kind: Literal["wait", "time", "ask"]
    text: str
    label: str = ""
    """Side, part and number of the try."""
    item: Item | None = None
    """The question of an ``ask``."""
    seconds: float | None = None
    """Limit of the clock, or how long a rest is."""
    down: bool = False
    """The clock counts down."""


Tries = tuple[tuple[Trial, ...], int | None]
"""All tries, and the pain before them."""


def tries(test: Protocol, parts: tuple[str, ...] = ()) -> Generator[Prompt, Any, Tries]:
    """Lead through a test; ``parts`` are those to be done, all where it is empty."""
    before = yield Prompt(kind="ask", text="", item=_number("pain_before", "Pain now, before the test?", 10))
    found: list[Trial] = []
    once: dict[str, float | str] = {}
    names = dict(zip(test.parts, test.part_names or test.parts, strict=False))
    for part in parts or test.parts or ("",):
        for side in ("l", "r") if test.sides else ("",):
            where = ", ".join(word for word in (names.get(part, ""), SIDES.get(side, "")) if word)
            if test.practice and not found:
                yield Prompt(kind="wait", text="One try to practise; it does not count.", label=where)
            for number in range(1, test.trials + 1):
                count = f"try {number} of {test.trials}" if test.trials > 1 else ""
                label = ", ".join(word for word in (where, count) if word)
                found.append((yield from _one(test, side, part, label, once)))
                if number < test.trials and test.rest_s:
                    yield Prompt(
                        kind="wait", text="Rest before the next try.", label=label, seconds=test.rest_s
                    )
    return tuple(found), None if before is None else int(before)


def _one(
    test: Protocol, side: str, part: str, label: str, once: dict[str, float | str]
) -> Generator[Prompt, Any, Trial]:
    values: dict[str, float | str] = {}
    for measure in test.measures:
        if measure.once and measure.id in once:
            continue
        value = None
        if measure.timed and test.timer in ("stopwatch", "countdown"):
            cap = test.cap.strict if test.cap else None
            down = test.timer == "countdown"
            value = yield Prompt(kind="time", text=measure.text, label=label, seconds=cap, down=down)
        if value is None:
            value = yield Prompt(kind="ask", text="", label=label, item=item_of(measure))
        if value is not None:
            values[measure.id] = value
            if measure.once:
                once[measure.id] = value
    pain = yield Prompt(kind="ask", text="", label=label, item=_number("pain", "Most pain during it?", 10))
    stopped = yield Prompt(kind="ask", text="", label=label, item=_stops())
    return Trial(
        values=values,
        side=side,  # type: ignore[arg-type]
        part=part,
        pain=None if pain is None else int(pain),
        stopped=stopped or "done",
    )


def item_of(measure: Measurement) -> Item:
    """The question that asks for what is written down."""
    if measure.kind in ("yes_no", "pass_fail"):
        names = ("yes", "no") if measure.kind == "yes_no" else ("pass", "fail")
        choices = tuple(Choice(value=each, text=each) for each in names)
        return Item(id=measure.id, text=measure.text, kind="choice", choices=choices, required=False)
    if measure.choices:
        labels = measure.labels or measure.choices
        choices = tuple(Choice(value=a, text=b) for a, b in zip(measure.choices, labels, strict=False))
        return Item(id=measure.id, text=measure.text, kind="choice", choices=choices, required=False)
    return Item(
        id=measure.id,
        text=measure.text,
        kind="scale" if measure.kind == "scale" else "number",
        minimum=measure.minimum,
        maximum=measure.maximum,
        step=measure.step,
        unit=measure.unit,
        help=", ".join(measure.labels) or measure.unit,
        required=False,
    )


def _number(name: str, text: str, most: int) -> Item:
    low, high = "no pain", "the worst pain you can think of"
    return Item(id=name, text=text, kind="scale", minimum=0, maximum=most, low=low, high=high, required=False)


def _stops() -> Item:
    choices = tuple(Choice(value=value, text=text) for value, text in STOPS)
    return Item(id="stopped", text="Why did it end?", kind="choice", choices=choices)
