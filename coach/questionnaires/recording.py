"""From the tries of a movement test to the answers that the profile reads (3.1, 3.2).

A value that pain cut short is kept and marked ``mt_NN_pain_limited``: pain-limited is not weak.
Practice tries count for nothing. What a try did not give stays without an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date as Date  # noqa: N812 - `date` is a parameter here

import msgspec

from coach.model.assessment import Answers, Value
from coach.model.testing import Measured, Measurement, Output, Protocol, Trial
from coach.questionnaires import recordrules
from coach.questionnaires.recordrules import numbers
from coach.questionnaires.scoring import tidy

PAIN_LIMITED = "Pain ended the test, so its number says something about today's pain, not about strength."
CAPPED = "The time limit was reached; that is as good as the test can show."


class BadTrial(ValueError):
    """A try does not fit its test; the message says what was expected."""


def record(test: Protocol, trials: Sequence[Trial]) -> Answers:
    """The answers of a test, under the shared item ids; only what the tries tell.

    Raises `BadTrial` for a value, side or part that the test does not have.
    """
    for each in trials:
        _check(test, each)
    counted = [_capped(test, each) for each in _counted(test, trials)]
    if not counted or not gate_open(test, counted):
        return {}
    found: Answers = {}
    for output in test.outputs:
        for item, own in _spread(test, output, counted):
            value = _combined(test, output, own)
            if value is not None:
                found[item] = tidy(value) if isinstance(value, float) else value
    return {item: int(v) if isinstance(v, float) and v.is_integer() else v for item, v in found.items()}


def measured(
    test: Protocol, trials: Sequence[Trial], *, date: Date, pain_before: int | None = None
) -> Measured:
    """All that a test gave on a day: its answers, and pain, form, video and notes beside them."""
    answers = record(test, trials)
    counted = _counted(test, trials)
    pains = [each.pain for each in counted if each.pain is not None]
    known = [each.familiar for each in counted if each.familiar is not None]
    forms = [each.quality for each in counted if each.quality is not None]
    limited = bool(pain_limited(test, counted))
    return Measured(
        test=test.id,
        version=test.version,
        date=date,
        answers=answers,
        trials=tuple(trials),
        pain_before=pain_before,
        pain_during=max(pains, default=None),
        familiar=any(known) if known else None,
        pain_limited=limited,
        quality=max(forms, default=None),
        video=any(each.video for each in counted),
        notes=_remarks(test, counted, limited),
    )


def pain_limited(test: Protocol, trials: Sequence[Trial]) -> bool | None:
    """Whether pain stopped a counted try of a side that did not reach the time limit all the same.

    Null where nothing was tried.
    """
    counted = [each for each in trials if not each.practice]
    if not counted:
        return None
    for side in sorted({each.side for each in counted}):
        own = [each for each in counted if each.side == side]
        if any(each.stopped == "pain" for each in own) and not any(_full(test, each) for each in own):
            return True
    return False


def second_set(test: Protocol, first: Trial) -> str:
    """Why the second set of MT-19 is not done today, or empty when it may follow the first."""
    raised, below, settle = (test.limits[name].value for name in ("raised", "below_knee", "settle"))
    before, place = numbers(first, "pain_before"), numbers(first, "place_before")
    after = [value for name in ("pain_0", "pain_2") if (value := numbers(first, name)) is not None]
    places = [value for name in ("place_0", "place_2") if (value := numbers(first, name)) is not None]
    later = "The other direction can be tried on another day."
    if before is not None and after and max(after) - before >= raised:
        return f"The pain rose by {raised:g} or more. {later}"
    if places and max(places) >= below and (place is None or place < below):
        return f"The feeling moved below the knee. {later}"
    settled = numbers(first, "settled")
    if settled is not None and settled > settle:
        return f"It took longer than {settle:g} minutes to settle. {later}"
    return ""


def _full(test: Protocol, trial: Trial) -> bool:
    value = numbers(trial, "seconds")
    return test.cap is not None and value is not None and value >= test.cap.value


def _check(test: Protocol, trial: Trial) -> None:
    known = {each.id: each for each in test.measures}
    if trial.part and trial.part not in test.parts:
        raise BadTrial(f"{test.title}: there is no part “{trial.part}”")
    if trial.side and not test.sides:
        raise BadTrial(f"{test.title}: this test has no sides")
    for name, value in trial.values.items():
        measure = known.get(name)
        if measure is None:
            raise BadTrial(f"{test.title}: nothing called “{name}” is written down here")
        if measure.kind in ("number", "scale"):
            _check_number(test, measure, value)
            continue
        allowed = _WORDS.get(measure.kind, measure.choices)
        if value not in allowed:
            raise BadTrial(f"{test.title}: {name} is one of {', '.join(allowed)}")


_WORDS = {"yes_no": ("yes", "no"), "pass_fail": ("pass", "fail")}


def _check_number(test: Protocol, measure: Measurement, value: float | str) -> None:
    low, high = measure.minimum or 0.0, measure.maximum
    runs_on = measure.timed and test.cap is not None  # such a clock is cut at the limit
    figure = isinstance(value, (int, float)) and not isinstance(value, bool)
    if figure and low <= float(value) and (runs_on or high is None or float(value) <= high):
        return
    span = f"{low:g} to {high:g}" if high is not None else f"{low:g} or more"
    raise BadTrial(f"{test.title}: {measure.id} is a number from {span} {measure.unit}".rstrip())


def _capped(test: Protocol, trial: Trial) -> Trial:
    """The try with its clock cut at the time limit."""
    timed = {each.id for each in test.measures if each.timed}
    if test.cap is None or not timed & set(trial.values):
        return trial
    cut = {
        name: min(value, test.cap.value) if name in timed and isinstance(value, (int, float)) else value
        for name, value in trial.values.items()
    }
    return msgspec.structs.replace(trial, values=cut)


def _counted(test: Protocol, trials: Sequence[Trial]) -> list[Trial]:
    """The tries that count, each with what was asked once for all of them."""
    once = {each.id for each in test.measures if each.once}
    shared = {name: value for each in trials for name, value in each.values.items() if name in once}
    return [
        msgspec.structs.replace(each, values={**shared, **each.values}) if shared else each
        for each in trials
        if not each.practice
    ]


def gate_open(test: Protocol, trials: Sequence[Trial]) -> bool:
    """Whether the step before the test was managed, or there is none."""
    if test.gate is None:
        return True
    held = [value for each in trials if (value := numbers(each, test.gate.reads)) is not None]
    return bool(held) and max(held) >= test.gate.at_least.value


def _spread(test: Protocol, output: Output, trials: list[Trial]) -> list[tuple[str, list[Trial]]]:
    """The items of an output, each with the tries it is made from."""
    parts = test.parts if "{part}" in output.item else ("",)
    sides = ("l", "r") if "{side}" in output.item else ("",)
    return [
        (
            output.item.format(part=part, side=side),
            [e for e in trials if (not part or e.part == part) and (not side or e.side == side)],
        )
        for part in parts
        for side in sides
    ]


Rule = Callable[[Protocol, Output, list[Trial]], Value]
_RULES: dict[str, Rule] = {
    "lowest": recordrules.lowest,
    "highest": recordrules.highest,
    "mean": recordrules.mean,
    "last": recordrules.last,
    "any_yes": recordrules.any_yes,
    "all_pass": recordrules.all_pass,
    "most_pass": recordrules.most_pass,
    "from_count": recordrules.from_count,
    "cannot": recordrules.cannot,
    "shift": recordrules.shift,
    "symmetry_mean": recordrules.symmetry_mean,
    "symmetry_same": recordrules.symmetry_same,
    "baseline": recordrules.baseline,
    "change_pain": recordrules.change_pain,
    "change_place": recordrules.change_place,
    "slump": recordrules.slump,
    "leg_raise": recordrules.leg_raise,
    "neuro": recordrules.neuro,
}


def _combined(test: Protocol, output: Output, trials: list[Trial]) -> Value:
    if output.how == "pain_stop":
        return {True: "yes", False: "no", None: None}[pain_limited(test, trials)]
    return _RULES[output.how](test, output, trials)


def _remarks(test: Protocol, trials: Sequence[Trial], limited: bool) -> tuple[str, ...]:
    """What a person should know about this result."""
    found = [PAIN_LIMITED] if limited else []
    if any(_full(test, each) for each in trials):
        found.append(CAPPED)
    if test.gate and not gate_open(test, trials):
        found.append(test.gate.text)
    if "symmetry_mean" in {each.how for each in test.outputs}:
        found += recordrules.symmetry_remarks(test, trials)
    signs = {each.stopped for each in trials}
    if "weak" in signs:
        found.append("A leg felt weak: please answer the safety question on heels and toes again.")
    if "leg" in signs:
        found.append(
            "A new feeling came below the knee: note whether it goes, and tell it at the next check."
        )
    return tuple(found)
