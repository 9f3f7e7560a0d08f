"""Movement tests line by line: the list, the protocol, the stopwatch, the result."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from coach.cli.ask import ask, sign
from coach.cli.face import Face
from coach.problems import BadValue

if TYPE_CHECKING:
    from coach.cases.measuring import Battery, Tested
    from coach.model.testing import Due, Protocol, Trial
    from coach.questionnaires.trying import Prompt, Tries


def listing(face: Face, battery: Battery) -> None:
    """Print what is due, what is done, and what is left out and why."""
    from coach.cli.document import plain

    if face.json:
        face.emit("test", plain(battery))
        return
    face.out(f"Tests of this round, since {battery.since}. One at a time: coach test mt_25")
    for note in battery.notes:
        face.out(f"  {note}")
    for each in battery.tests:
        minutes = f"{each.minutes:.0f} min" if each.status == "due" else each.status
        face.out(f"  {each.test}  {each.title:<34} {minutes:>8}{f'  {each.reason}' if each.reason else ''}")
    for sitting in battery.sittings:
        face.out(f"Day {sitting.day}, about {sitting.minutes:.0f} min: {', '.join(sitting.tests)}")


def explain(face: Face, test: Protocol, due: Due | None = None) -> None:
    """Print a protocol: set-up, steps, when to stop, what is written down, what is done in another way."""
    from coach.cli.document import plain
    from coach.draw.words import wrap
    from coach.questionnaires.protocols import stops

    if face.json:
        face.emit("test-show", plain(test))
        return
    lines = [f"{test.title} ({test.id})", test.purpose, "", f"Set-up: {test.set_up}"]
    lines += [f"For you: {each}" for each in (due.notes if due else ())]
    lines += [f"{number}. {step.text}" for number, step in enumerate(test.steps, start=1)]
    lines += [f"Stop: {each}" for each in stops(test)]
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
    from coach.questionnaires.trying import STOPS

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


class Left(Exception):
    """The person left the test; nothing of it is kept."""


def lead(face: Face, test: Protocol, due: Due, pain_before: int | None) -> Tries:
    """Lead through a test on the terminal: explain, practise, time, ask, until nothing is left to try."""
    from coach.questionnaires.trying import tries

    explain(face, test, due)
    face.say("\nType stop at any question to leave this test; then nothing of it is kept.")
    script = tries(test, due.parts, pain_before)
    label, answer = "", None
    while True:
        try:
            prompt = script.send(answer)
        except StopIteration as end:
            found: Tries = end.value
            return found
        if prompt.label != label:
            label = prompt.label
            face.say(f"\n{label[:1].upper()}{label[1:]}")
        answer = _answer(face, prompt)


def _answer(face: Face, prompt: Prompt) -> Any:
    """Put one prompt; what does not fit is asked again: nothing typed may cost the test."""
    if prompt.kind == "wait":
        rest = f" About {prompt.seconds:.0f} s." if prompt.seconds else ""
        if sign(ask(f"{prompt.text}{rest} Enter goes on.")) == "q":
            raise Left
        return None
    return _clock(face, prompt) if prompt.kind == "time" else _ask(face, prompt)


def _clock(face: Face, prompt: Prompt) -> Any:
    """Run the clock with Enter, to its limit at most; a time may be typed instead."""
    from coach.cli.typed import Lines
    from coach.questionnaires.timing import Stopwatch

    instead = f" (or type the {prompt.unit})" if prompt.item else ""
    typed = sign(ask(f"{prompt.text} Enter starts the clock{instead}."))
    if typed == "q":
        raise Left
    if typed and prompt.item:
        value = _ask(face, prompt, typed)
        return None if value is None else prompt.in_seconds(value)
    watch = Stopwatch(cap=prompt.seconds).start(time.monotonic())
    face.say("  running ... Enter stops it")
    Lines().read(prompt.seconds)
    now = time.monotonic()
    seconds = round(watch.stop(now).elapsed(now), 1)
    face.say(f"  {seconds:g} s" + ("\a" if watch.capped(now) and _rings(face) else ""))
    return seconds


def _rings(face: Face) -> bool:
    return not face.quiet and face.coach().settings().bell


def _ask(face: Face, prompt: Prompt, typed: str = "") -> Any:
    """Ask a question until its answer fits; an empty line is the usual answer, or none."""
    from coach.cli.answering import below, spelled
    from coach.questionnaires.catalogue import BadAnswer, parse_typed

    item = prompt.item
    if item is None:
        return None
    if item.choices and not typed:
        face.say("\n".join((item.text, *(f"  {line}" for line in below(item)))))
    words = f"Type{_scale(prompt)}:" if item.choices else f"{item.text}{_scale(prompt)}"
    while True:
        text = sign(typed or ask(words)) or prompt.usual
        typed = ""
        if text == "q":
            raise Left
        if text == "-" and not item.required:
            return None
        try:
            return parse_typed(item, spelled(item, text))
        except BadAnswer as bad:
            face.say(f"  {bad.message[:1].upper()}{bad.message[1:]}. Once more, please.")


def _scale(prompt: Prompt) -> str:
    """What may be typed, in brackets."""
    item = prompt.item
    if item is None:
        return ""
    words = {"yes_no": "yes or no", "scale": f"{item.minimum or 0:g} to {item.maximum or 10:g}"}
    known = {each.value: each.text for each in item.choices}
    if known:
        usual = f" (Enter: {known.get(prompt.usual, prompt.usual)})" if prompt.usual else ""
        return f" 1 to {len(known)}{usual}"
    span = words.get(item.kind) or item.unit
    usual = f"; Enter for {prompt.usual}" if prompt.usual else ""
    return f" ({span}{usual})" if span else ""


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
    from coach.questionnaires.answered import told

    face.out("Written down:")
    for note in (*told(measured.answers), *measured.notes):
        face.out(note)
    if assessed.plan is None:
        face.out(assessed.text)
    elif assessed.profile is not None:
        face.say(
            "Your starting profile was looked at again: coach plan history shows whether the plan changed."
        )
