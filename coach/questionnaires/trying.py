"""A movement test as a row of prompts: read, practise, time, write down; the answers become tries.

No input or output: whoever shows the prompts sends the answers in.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from typing import Any, Literal

from msgspec.structs import replace

from coach.model.assessment import Choice, Item
from coach.model.noun import Noun
from coach.model.testing import Measurement, Protocol, Stop, Trial
from coach.questionnaires.guide import Try, next_try
from coach.questionnaires.stopping import ending, pain_stop

SIDES = {"l": "left side", "r": "right side"}
STOPS: dict[Stop, str] = {
    "done": "finished",
    "cap": "the time limit was reached",
    "form": "the form was lost",
    "pain": "pain",
    "leg": "something new in a leg",
    "weak": "weakness",
    "unwell": "dizzy or out of breath",
    "own": "I wanted to stop",
    "cannot": "not possible",
}
"""Why a try ended, in words."""
QUALITY = ("good", "small faults", "poor")
"""Own rating of the form, by its number."""


class Prompt(Noun, frozen=True, kw_only=True):
    """One thing to show. ``wait`` is answered by null, ``time`` by seconds or null, ``ask`` by a value."""

    kind: Literal["wait", "time", "ask"]
    text: str
    label: str = ""
    """Side, part and number of the try."""
    item: Item | None = None
    """The question of an ``ask``; what seconds a ``time`` may give, should they be typed."""
    seconds: float | None = None
    """Limit of the clock, or how long a rest is."""
    down: bool = False
    """The clock counts down."""
    unit: Literal["seconds", "minutes"] = "seconds"
    """What the item counts a time in; the clock itself always counts seconds."""
    usual: str = ""
    """What an empty answer stands for, where there is such a thing."""

    def in_seconds(self, value: float) -> float:
        """A time typed in the unit of the item, as seconds."""
        return value * 60 if self.unit == "minutes" else value


Tries = tuple[tuple[Trial, ...], int | None]
"""All tries, and the pain before them."""


def tries(
    test: Protocol, parts: Iterable[str] | None = None, pain_before: int | None = None
) -> Generator[Prompt, Any, Tries]:
    """Lead through a test, try by try as `next_try` gives them, until it is over.

    ``parts`` are those to be done, all by default. ``pain_before`` (0-10) is asked where it is not
    given. A try that meets a criterion of ``clinical.md`` 3.1 for stopping ends the test.
    """
    if pain_before is None:
        given = yield Prompt(kind="ask", text="", item=_pain("pain_before", "Pain now, before the test?"))
        pain_before = None if given is None else int(given)
    found: list[Trial] = []
    while (coming := next_try(test, found, parts)) is not None:
        label = _label(test, coming)
        if coming.rest_s:
            yield Prompt(kind="wait", text="Rest before the next try.", label=label, seconds=coming.rest_s)
        found.append((yield from _try(test, coming, label, pain_before, found)))
        said = ending(test, found, pain_before)
        if said:
            yield Prompt(kind="wait", text=said, label=label)
    return tuple(found), pain_before


def _label(test: Protocol, coming: Try) -> str:
    names = dict(zip(test.parts, test.part_names or test.parts, strict=False))
    count = f"try {coming.number} of {coming.of}" if coming.of > 1 and not coming.practice else ""
    words = (
        names.get(coming.part, ""),
        SIDES.get(coming.side, ""),
        "to practise" if coming.practice else count,
        "with the scales changed over" if coming.swapped else "",
    )
    return ", ".join(word for word in words if word)


def _try(
    test: Protocol, coming: Try, label: str, before: int | None, found: Sequence[Trial]
) -> Generator[Prompt, Any, Trial]:
    values: dict[str, float | str] = {}
    for measure in coming.measures:
        wait = measure.after.get(coming.part)
        if wait is not None:
            yield Prompt(
                kind="time", text=f"Let the clock run: {wait:g} s.", label=label, seconds=wait, down=True
            )
        value = yield from _value(test, measure, label)
        if value is not None:
            values[measure.id] = value
    done = Trial(part=coming.part, side=coming.side, values=values, swapped=coming.swapped)  # type: ignore[arg-type]
    if coming.practice:
        yield Prompt(kind="wait", text="One try to practise; it does not count.", label=label)
        return replace(done, practice=True)
    pain = yield Prompt(kind="ask", text="", label=label, item=_pain("pain", "Most pain during it?"))
    done = replace(done, pain=None if pain is None else int(pain))
    own = [each for each in found if (each.part, each.side) == (coming.part, coming.side)]
    if pain and all(each.familiar is None for each in own):
        known = yield Prompt(kind="ask", text="", label=label, item=_FAMILIAR)
        done = replace(done, familiar=None if known is None else known == "yes")
    if pain_stop(before, done.pain):
        return replace(done, stopped="pain")
    stopped = yield Prompt(kind="ask", text="", label=label, item=_STOPPED, usual="done")
    done = replace(done, stopped=stopped or "done")
    if done.stopped != "cannot" and all(each.quality is None for each in own):
        quality = yield Prompt(kind="ask", text="", label=label, item=_QUALITY)
        done = replace(done, quality=None if quality is None else QUALITY.index(quality))
    return done


def _value(test: Protocol, measure: Measurement, label: str) -> Generator[Prompt, Any, Any]:
    """What one try gave; a time that does not fit, and no time, is asked for in words."""
    item = item_of(measure)
    if measure.timed and test.timer == "stopwatch":
        unit: Literal["seconds", "minutes"] = "minutes" if measure.unit == "minutes" else "seconds"
        length = 60 if unit == "minutes" else 1
        cap = test.cap.strict * length if test.cap else None
        value = yield Prompt(kind="time", text=measure.text, label=label, item=item, seconds=cap, unit=unit)
        if value is not None and (measure.minimum or 0) <= value / length <= (measure.maximum or value):
            return round(value / length, 1)
    return (yield Prompt(kind="ask", text="", label=label, item=item))


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


def _pain(name: str, text: str) -> Item:
    low, high = "no pain", "the worst pain you can think of"
    return Item(id=name, text=text, kind="scale", minimum=0, maximum=10, low=low, high=high, required=False)


_FAMILIAR = Item(id="familiar", text="Is it the pain you know?", kind="yes_no", required=False)
_STOPPED = Item(
    id="stopped",
    text="Why did it end?",
    kind="choice",
    choices=tuple(Choice(value=value, text=text) for value, text in STOPS.items()),
)
_QUALITY = Item(
    id="quality",
    text="How was the form?",
    kind="choice",
    choices=tuple(Choice(value=each, text=each) for each in QUALITY),
    required=False,
)
