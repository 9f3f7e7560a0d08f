"""Which try of a movement test comes next, given the tries so far; no input, output or clock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from coach.model.noun import Noun
from coach.model.testing import Measurement, Protocol, Trial
from coach.questionnaires.asymmetry import Weighing, fits
from coach.questionnaires.recording import gate_open, second_set
from coach.questionnaires.recordrules import numbers
from coach.questionnaires.stopping import over


class Try(Noun, frozen=True, kw_only=True):
    """The next try, and what to write down after it."""

    part: str = ""
    side: str = ""
    practice: bool = False
    swapped: bool = False
    number: int = 1
    """Which try of its side and part it is, from 1; practice has 0."""
    of: int = 1
    measures: tuple[Measurement, ...] = ()
    rest_s: float = 0
    """Rest before it."""


def next_try(test: Protocol, trials: Sequence[Trial], parts: Iterable[str] | None = None) -> Try | None:
    """The next try of a test, or null when it is over.

    ``parts`` are the parts to be done (`coach.model.testing.Due`), all by default. A stop sign, or
    a form lost twice, ends the test; a full time needs no further try of its side; a try on two
    scales that do not add up to the body weight is done again; the second set of MT-19 waits for
    another day where the first says so.
    """
    if over(trials) or _closed(test, trials):
        return None
    wanted = tuple(test.parts if parts is None else parts)
    left = [_key(each) for each in trials if _counts(test, each, trials)]
    for slot in _slots(test, wanted):
        key = (slot.part, slot.side, slot.practice, slot.swapped)
        if key in left:
            left.remove(key)
        elif not _needless(test, slot, trials):
            return _with_measures(test, slot, trials)
    return None


def _slots(test: Protocol, parts: tuple[str, ...]) -> list[Try]:
    """All tries in order: for each part and side practice first; scales change places half way."""
    found: list[Try] = []
    halves = (False, True) if test.id == SCALES else (False,)
    for swapped in halves:
        for part in parts or ("",):
            for side in ("l", "r") if test.sides else ("",):
                practice = 0 if swapped or test.id == SCALES else test.practice
                found += [Try(part=part, side=side, practice=True, number=0)] * practice
                half = test.trials // len(halves)
                first = half + 1 if swapped else 1
                found += [
                    Try(part=part, side=side, swapped=swapped, number=k, of=test.trials)
                    for k in range(first, first + half)
                ]
    return found


SCALES = "mt_15"
DIRECTIONS = "mt_19"


def _key(trial: Trial) -> tuple[str, str, bool, bool]:
    return trial.part, trial.side, trial.practice, trial.swapped


def _counts(test: Protocol, trial: Trial, trials: Sequence[Trial]) -> bool:
    """Whether a try is done with: one on scales that do not add up is not."""
    weights = [value for each in trials if (value := numbers(each, "weight")) is not None]
    left, right = numbers(trial, "left"), numbers(trial, "right")
    if test.id != SCALES or not weights or left is None or right is None:
        return True
    return fits(Weighing(left=left, right=right), weights[-1], test.limits["weight"].value)


def _closed(test: Protocol, trials: Sequence[Trial]) -> bool:
    """Whether the step before the test was tried and not managed."""
    tried = test.gate is not None and any(test.gate.reads in each.values for each in trials)
    return tried and not gate_open(test, trials)


def _needless(test: Protocol, slot: Try, trials: Sequence[Trial]) -> bool:
    own = [each for each in trials if (each.part, each.side) == (slot.part, slot.side) and not each.practice]
    if any(each.stopped == "cannot" for each in own):
        return True
    if test.cap and any((numbers(each, "seconds") or 0) >= test.cap.value for each in own):
        return True
    if test.id == DIRECTIONS and slot.part == test.parts[-1]:
        first = next((each for each in trials if each.part == test.parts[0]), None)
        return first is not None and bool(second_set(test, first))
    return False


def _with_measures(test: Protocol, slot: Try, trials: Sequence[Trial]) -> Try:
    """The try with what to ask: nothing after practice but what is asked once before all others."""
    asked = {name for each in trials for name in each.values}
    measures = tuple(
        each for each in test.measures if (each.id not in asked if each.once else not slot.practice)
    )
    rest = test.rest_s if any(not each.practice for each in trials) else 0
    return Try(
        part=slot.part,
        side=slot.side,
        practice=slot.practice,
        swapped=slot.swapped,
        number=slot.number,
        of=slot.of,
        measures=measures,
        rest_s=rest,
    )
