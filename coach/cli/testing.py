"""Movement tests line by line: the list, the protocol, the stopwatch, the result."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any

from coach.cli.ask import ask, ask_number
from coach.cli.face import Face
from coach.problems import BadValue

if TYPE_CHECKING:
    from coach.cases.measuring import Battery, Tested
    from coach.model.testing import Measurement, Protocol, Trial
    from coach.questionnaires.guide import Try

SIDES = {"l": "left", "r": "right"}
STOPS = ("done", "cap", "form", "pain", "leg", "weak", "unwell", "own", "cannot")


def listing(face: Face, battery: Battery) -> None:
    """Print what is due, what is done, and what is left out and why."""
    from coach.cli.document import plain

    if face.json:
        face.emit("test", plain(battery))
        return
    face.out(f"Tests of this round, since {battery.since}. One at a time: coach test mt_25")
    for each in battery.tests:
        minutes = f"{each.minutes:.0f} min" if each.status == "due" else each.status
        face.out(f"  {each.test}  {each.title:<34} {minutes:>8}{f'  {each.reason}' if each.reason else ''}")
    for sitting in battery.sittings:
        face.out(f"Day {sitting.day}, about {sitting.minutes:.0f} min: {', '.join(sitting.tests)}")


def explain(face: Face, test: Protocol) -> None:
    """Print a protocol: set-up, steps, when to stop, what is written down."""
    from coach.cli.document import plain
    from coach.draw.words import wrap

    if face.json:
        face.emit("test-show", plain(test))
        return
    lines = [f"{test.title} ({test.id})", test.purpose, "", f"Set-up: {test.set_up}"]
    lines += [f"{number}. {step.text}" for number, step in enumerate(test.steps, start=1)]
    lines += [f"Stop: {each}" for each in test.stop]
    lines += [test.trials_text] if test.trials_text else []
    lines += [f"Written down: {each.text}" for each in test.measures]
    lines += [f"Limit: {each}" for each in test.thresholds]
    for line in lines:
        for part in wrap(line, face.width):
            face.out(part)


def typed(
    test: Protocol, values: list[str], left: str | None, right: str | None, pain: int | None, stopped: str
) -> tuple[Trial, ...]:
    """Tries from the options of the command line. Raises `BadValue`."""
    from coach.model.testing import Trial

    if stopped not in STOPS:
        raise BadValue(f"--stopped takes one of {', '.join(STOPS)}, not “{stopped}”.")
    shared: dict[str, float | str] = {}
    for each in values:
        key, mark, text = each.partition("=")
        if not mark or key not in {measure.id for measure in test.measures}:
            ids = ", ".join(measure.id for measure in test.measures)
            raise BadValue(
                f"“{each}” is not what this test writes down.", f"write NAME=VALUE with NAME of: {ids}"
            )
        shared[key] = _read(text)
    common: dict[str, Any] = {"pain": pain, "stopped": stopped}
    sides = [(side, text) for side, text in (("l", left), ("r", right)) if text is not None]
    if not sides:
        return (Trial(values=shared, **common),)
    main = next(measure.id for measure in test.measures if not measure.once)
    return tuple(
        Trial(values={**shared, main: _read(text)}, side=side, **common)  # type: ignore[arg-type]
        for side, text in sides
    )


def _read(text: str) -> float | str:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return text


def lead(
    face: Face, test: Protocol, pain_before: int | None, parts: tuple[str, ...] | None = None
) -> tuple[tuple[Trial, ...], int | None]:
    """Lead through a test on the terminal: explain, practise, time, ask, until nothing is left to try."""
    from coach.questionnaires.guide import next_try

    explain(face, test)
    if pain_before is None:
        found = ask_number("\nPain now, before the test, 0 to 10", 0, 10)
        pain_before = None if found is None else int(found)
    tries: list[Trial] = []
    while (coming := next_try(test, tries, parts)) is not None:
        tries.append(_try(face, test, coming))
    return tuple(tries), pain_before


def _try(face: Face, test: Protocol, coming: Try) -> Trial:
    from coach.model.testing import Trial

    if coming.rest_s:
        face.say(f"\nRest about {coming.rest_s:.0f} s.")
    names = dict(zip(test.parts, test.part_names, strict=False))
    words = [names.get(coming.part, coming.part), SIDES.get(coming.side, "")]
    words.append("to practise" if coming.practice else f"try {coming.number} of {coming.of}")
    if coming.swapped:
        words.append("with the scales changed over")
    face.say("\n" + ", ".join(word for word in words if word).capitalize())
    values: dict[str, float | str] = {}
    for measure in coming.measures:
        value = _value(face, test, measure)
        if value is not None:
            values[measure.id] = value
    if coming.practice:
        ask("Press Enter when you have tried it.")
        return Trial(side=coming.side, part=coming.part, practice=True, values=values)  # type: ignore[arg-type]
    pain = ask_number("Most pain during it, 0 to 10", 0, 10)
    stopped = ask(f"Why did it end? ({', '.join(STOPS)}; Enter for done)") or "done"
    return Trial(
        values=values,
        side=coming.side,  # type: ignore[arg-type]
        part=coming.part,
        pain=None if pain is None else int(pain),
        stopped=stopped if stopped in STOPS else "done",  # type: ignore[arg-type]
        swapped=coming.swapped,
    )


def _value(face: Face, test: Protocol, measure: Measurement) -> float | str | None:
    """What one try gave, asked again while it is off the scale: nothing typed may cost the test."""
    while True:
        found = _timed(face, test) if measure.timed else None
        value = found if found is not None else _ask(measure)
        if value is None or _fits(measure, value):
            return value
        low, high = measure.minimum, measure.maximum
        span = f" from {low:g} to {high:g} {measure.unit}" if low is not None and high is not None else ""
        face.say(f"  That does not fit{span}. Once more, please.")


def _fits(measure: Measurement, value: float | str) -> bool:
    if measure.kind in ("yes_no", "pass_fail"):
        return value in (("yes", "no") if measure.kind == "yes_no" else ("pass", "fail"))
    if measure.choices:
        return str(value) in measure.choices
    if isinstance(value, str):
        return False
    low = float("-inf") if measure.minimum is None else measure.minimum
    high = float("inf") if measure.maximum is None else measure.maximum
    return low <= value <= high


def _timed(face: Face, test: Protocol) -> float | None:
    """Time a try with Enter; typing a number instead takes that number."""
    from coach.questionnaires.timing import Stopwatch

    if test.timer not in ("stopwatch", "countdown"):
        return None
    typed = ask("Enter starts the clock (or type the seconds):")
    if typed:
        value = _read(typed)
        return value if isinstance(value, float) else None
    watch = Stopwatch(cap=test.cap.strict if test.cap else None).start(time.monotonic())
    print("  running ... Enter stops it", file=sys.stderr, flush=True)
    sys.stdin.readline()
    seconds = round(watch.stop(time.monotonic()).elapsed(time.monotonic()), 1)
    face.say(f"  {seconds:g} s")
    return seconds


def _ask(measure: Measurement) -> float | str | None:
    scale = ""
    if measure.kind in ("yes_no", "pass_fail"):
        scale = " (yes/no)" if measure.kind == "yes_no" else " (pass/fail)"
    elif measure.choices:
        scale = f" ({', '.join(measure.choices)})"
    elif measure.unit:
        scale = f" ({measure.unit})"
    typed = ask(f"{measure.text}{scale}")
    if not typed:
        return None
    short = {"y": "yes", "n": "no", "p": "pass", "f": "fail"}
    return short.get(typed.lower(), _read(typed)) if measure.kind in ("yes_no", "pass_fail") else _read(typed)


def tell(face: Face, done: Tested) -> None:
    """Print what a test gave, and what it changed."""
    from coach.cli.document import plain

    measured, assessed = done.measured, done.assessed
    if face.json:
        plan = assessed.plan.id if assessed.plan else None
        face.emit(
            "test-result", {"measured": plain(measured), "triage": plain(assessed.triage), "plan": plan}
        )
        return
    shown = ", ".join(f"{item} {value}" for item, value in measured.answers.items())
    face.out(f"Written down: {shown}")
    for note in measured.notes:
        face.out(note)
    if assessed.plan is None:
        face.out(assessed.text)
    elif assessed.profile is not None:
        face.say(
            "Your starting profile was looked at again: coach plan history shows whether the plan changed."
        )
