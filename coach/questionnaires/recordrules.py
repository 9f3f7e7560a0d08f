"""How the tries of each kind of test become one value; every limit is the protocol's own."""

from __future__ import annotations

from collections.abc import Sequence

from coach.model.assessment import Value
from coach.model.testing import Output, Protocol, Trial
from coach.questionnaires.asymmetry import Symmetry, Weighing, symmetry
from coach.questionnaires.scoring import tidy

SIDES = ("l", "r")


def numbers(trial: Trial, name: str) -> float | None:
    """A number of a try, or null."""
    value = trial.values.get(name)
    return float(value) if isinstance(value, (int, float)) else None


def _all(output: Output, trials: Sequence[Trial]) -> list[float]:
    return [value for each in trials if (value := numbers(each, output.reads)) is not None]


def _words(name: str, trials: Sequence[Trial]) -> list[str]:
    return [str(each.values[name]) for each in trials if name in each.values]


def lowest(_: Protocol, output: Output, trials: list[Trial]) -> Value:
    """The smallest number; of a timed test only tries that were finished without the arms."""
    if output.reads == "seconds":
        trials = [e for e in trials if e.stopped in ("done", "cap") and e.values.get("arms") != "yes"]
    return min(_all(output, trials), default=None)


def highest(_: Protocol, output: Output, trials: list[Trial]) -> Value:
    """The largest number."""
    return max(_all(output, trials), default=None)


def mean(_: Protocol, output: Output, trials: list[Trial]) -> Value:
    """The mean of the numbers."""
    found = _all(output, trials)
    return tidy(sum(found) / len(found)) if found else None


def last(_: Protocol, output: Output, trials: list[Trial]) -> Value:
    """The last value given."""
    return next((each.values[output.reads] for each in reversed(trials) if output.reads in each.values), None)


def any_yes(_: Protocol, output: Output, trials: list[Trial]) -> Value:
    """Yes as soon as one try says yes."""
    found = _words(output.reads, trials)
    return ("yes" if "yes" in found else "no") if found else None


def cannot(_: Protocol, output: Output, trials: list[Trial]) -> Value:
    """Yes when no try was managed without the arms."""
    alone = [each.values.get(output.reads) == "no" and each.stopped != "cannot" for each in trials]
    said = [output.reads in each.values or each.stopped == "cannot" for each in trials]
    return ("no" if any(alone) else "yes") if any(said) else None


def all_pass(test: Protocol, output: Output, trials: list[Trial]) -> Value:
    """Fail as soon as one side fails; pass when every side passed."""
    if "fail" in _words(output.reads, trials):
        return "fail"
    passed = {each.side for each in trials if each.values.get(output.reads) == "pass"}
    return "pass" if passed >= (set(SIDES) if test.sides else {""}) else None


def most_pass(test: Protocol, output: Output, trials: list[Trial]) -> Value:
    """Fail from the limit of failed tries on; pass when it can no longer be reached."""
    found, limit = _words(output.reads, trials), test.limits["fails"].value
    if found.count("fail") >= limit:
        return "fail"
    return "pass" if test.trials - found.count("pass") < limit else None


def from_count(test: Protocol, output: Output, trials: list[Trial]) -> Value:
    """Yes from a counted number on."""
    found = _all(output, trials)
    return ("yes" if max(found) >= test.limits["count"].value else "no") if found else None


def _by_side(name: str, trials: Sequence[Trial]) -> dict[str, float]:
    """The last number of each side."""
    return {each.side: value for each in trials if (value := numbers(each, name)) is not None}


def shift(test: Protocol, output: Output, trials: list[Trial]) -> Value:
    """MT-04: too far on either side, or too uneven."""
    found = _by_side(output.reads, trials)
    if any(value > test.limits["shift"].value for value in found.values()):
        return "fail"
    if len(found) < len(SIDES):
        return None
    uneven = tidy(abs(found["l"] - found["r"])) >= test.limits["apart"].value
    return "fail" if uneven else "pass"


def _symmetry(test: Protocol, trials: Sequence[Trial]) -> Symmetry:
    weights = [value for each in trials if (value := numbers(each, "weight")) is not None]
    tries = [
        Weighing(left=left, right=right, swapped=each.swapped)
        for each in trials
        if (left := numbers(each, "left")) is not None and (right := numbers(each, "right")) is not None
    ]
    return symmetry(
        tries,
        weights[-1] if weights else None,
        count=test.trials,
        half=int(test.limits["half"].value),
        tolerance=test.limits["weight"].value,
    )


def symmetry_mean(test: Protocol, output: Output, trials: list[Trial]) -> Value:
    """MT-15: mean of the six signed differences."""
    return _symmetry(test, trials).mean


def symmetry_same(test: Protocol, output: Output, trials: list[Trial]) -> Value:
    """MT-15: tries with the same heavier side."""
    return _symmetry(test, trials).same


def symmetry_remarks(test: Protocol, trials: Sequence[Trial]) -> list[str]:
    """MT-15: what has to be done again, and what could not be checked."""
    found = []
    for part, name in zip(test.parts, test.part_names, strict=True):
        own = [each for each in trials if each.part == part]
        result = _symmetry(test, own)
        if own and result.redo:
            places = ", ".join(str(place) for place in result.redo)
            found.append(
                f"{name}: the two scales did not add up to your weight in try {places}; do it again."
            )
        elif own and result.unswapped:
            found.append(f"{name}: let the scales change places for half of the tries.")
        elif own and result.missing:
            found.append(f"{name}: {result.missing} more to do.")
        if own and not result.weight_checked:
            found.append(f"{name}: without your weight the scales could not be checked.")
    return found


def _first(name: str, trials: Sequence[Trial]) -> float | None:
    return next((value for each in trials if (value := numbers(each, name)) is not None), None)


def baseline(_: Protocol, output: Output, trials: list[Trial]) -> Value:
    """MT-19: pain before the first set."""
    return _first(output.reads, trials)


def change_pain(_: Protocol, output: Output, trials: list[Trial]) -> Value:
    """MT-19: pain after two minutes, less the pain before the set."""
    return _change("pain", trials)


def change_place(_: Protocol, output: Output, trials: list[Trial]) -> Value:
    """MT-19: how far the furthest place moved after two minutes."""
    return _change("place", trials)


def _change(name: str, trials: Sequence[Trial]) -> float | None:
    before, after = _first(f"{name}_before", trials), _first(f"{name}_2", trials)
    return None if before is None or after is None else tidy(after - before)


def slump(test: Protocol, _: Output, trials: list[Trial]) -> Value:
    """MT-20: the more marked leg counts."""
    found = [value for each in trials if (value := _slump(test, each)) is not None]
    return max(found, default=None)


def _slump(test: Protocol, trial: Trial) -> float | None:
    familiar = trial.values.get("familiar")
    if familiar != "yes":
        return 0.0 if familiar == "no" else None
    eased = _more(numbers(trial, "down"), numbers(trial, "up"), test.limits["ease"].value)
    gained = _more(numbers(trial, "angle_down"), numbers(trial, "angle_up"), test.limits["gain"].value)
    return 1.0 if eased or gained else test.limits["unchanged"].value


def _more(before: float | None, after: float | None, limit: float) -> bool:
    return before is not None and after is not None and tidy(before - after) >= limit


def leg_raise(test: Protocol, _: Output, trials: list[Trial]) -> Value:
    """MT-21: a known symptom early and stronger with the foot up, else the sides apart."""
    for each in trials:
        angle = numbers(each, "angle")
        early = angle is not None and angle < test.limits["angle"].value
        if early and each.values.get("familiar") == "yes" and each.values.get("ankle") == "yes":
            return 1.0
    found = _by_side("angle", trials)
    if len(found) < len(SIDES):
        return None
    uneven = tidy(abs(found["l"] - found["r"])) >= test.limits["apart"].value
    return test.limits["apart_value"].value if uneven else 0.0


def neuro(test: Protocol, _: Output, trials: list[Trial]) -> Value:
    """MT-25: yes when one side cannot what the other can; unsure when it rises far less often."""
    by_side = {each.side: each for each in trials if each.side}
    left, right = by_side.get("l"), by_side.get("r")
    if left is None or right is None:
        return None
    seen = False
    for name in ("heel", "toe"):
        pair = (left.values.get(name), right.values.get(name))
        if None not in pair:
            seen = True
            if pair[0] != pair[1]:
                return "yes"
    one, two = numbers(left, "raises"), numbers(right, "raises")
    if one is None or two is None:
        return "no" if seen else None
    if (one == 0) != (two == 0):
        return "yes"
    return "unsure" if abs(one - two) >= test.limits["raises"].value else "no"
