"""Short phrases of the language: what a rule does, a swap, what a test expects."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import cast

from coach.model.planlines import Effect, Expect, Outcome, Swap, Then
from coach.programs.planlang.words import BadText, figure

ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
EFFECTS: dict[str, Effect] = {
    "hold": "hold", "no load step": "no_load_step", "reduce": "reduce", "step back": "step_back",
    "shorten": "shorten", "swap": "swap", "ask the therapist": "ask", "lesson": "lesson",
}  # fmt: skip
OUTCOMES: dict[str, Outcome] = {
    "does not rise": "does_not_rise", "does not fall": "does_not_fall",
    "rises": "rises", "holds": "holds", "falls": "falls",
}  # fmt: skip
_SWAP = re.compile(r"(\S+)(?:\s+reps\s*[x×]\s*([0-9]{1,2}(?:\.[0-9]{1,2})?))?(\s+no load)?")
_SCALED = ("reduce", "shorten")


def parse_then(text: str) -> Then:
    """Read ``reduce 30 % for 7 days`` and the like. Raises `BadText`."""
    rest = " ".join(text.split())
    days = None
    if match := re.fullmatch(r"(.*) for ([0-9]{1,3}) days?", rest):
        rest, days = match[1], int(match[2])
        if not 1 <= days <= 28:
            raise BadText(0, "a rule lasts 1 to 28 days, such as hold for 7 days")
    name, _, tail = rest.partition(" ")
    if name in _SCALED:
        amount = re.fullmatch(r"([0-9]{1,3}) ?%", tail)
        if amount is None or not 10 <= int(amount[1]) <= 90:
            raise BadText(len(name), f"{name} needs a percent from 10 to 90, such as {name} 30 %")
        return Then(effect=EFFECTS[name], percent=int(amount[1]), days=days)
    if name == "lesson":
        if not ID.fullmatch(tail):
            raise BadText(0, "lesson needs the id of a lesson, such as lesson sleep")
        return Then(effect="lesson", lesson=tail, days=days)
    if rest not in EFFECTS:
        close = get_close_matches(rest, [*EFFECTS, "reduce 30 %", "shorten 30 %"], n=1)
        known = ", ".join(EFFECTS)
        hint = f"did you mean {close[0]!r}?" if close else f"known are {known}"
        raise BadText(0, f"a rule cannot do {rest[:30]!r}; {hint}")
    return Then(effect=EFFECTS[rest], days=days)


def write_then(then: Then) -> str:
    """The phrase of what a rule does; reading it gives the equal noun."""
    name = next(text for text, effect in EFFECTS.items() if effect == then.effect)
    amount = f" {then.percent} %" if then.percent is not None else ""
    lesson = f" {then.lesson}" if then.lesson else ""
    days = f" for {then.days} {'day' if then.days == 1 else 'days'}" if then.days else ""
    return f"{name}{amount}{lesson}{days}"


def parse_swap(text: str) -> Swap:
    """Read ``sqt_2``, ``sqt_2 reps x 1.5`` or ``sqt_2 reps x 1.5 no load``. Raises `BadText`."""
    match = re.fullmatch(
        r"(\S+)(?:\s+reps\s*[x×]\s*([0-9]{1,2}(?:\.[0-9]{1,2})?))?(\s+no load)?", text.strip()
    )
    if match is None or not ID.fullmatch(match[1]):
        raise BadText(
            0, f"a swap reads sqt_2 reps x 1.5 no load, any part but the first left out, not {text[:40]!r}"
        )
    share = float(match[2]) if match[2] else 1.0
    if not 0.1 <= share <= 10:
        raise BadText(match.start(2), "the share of the reps that goes over is 0.1 to 10, such as x 1.5")
    return Swap(to=match[1], reps=share, load=not match[3])


def write_swap(swap: Swap) -> str:
    """The phrase of a swap; reading it gives the equal noun."""
    share = f" reps x {figure(swap.reps)}" if swap.reps != 1 else ""
    return f"{swap.to}{share}{'' if swap.load else ' no load'}"


def parse_expect(text: str) -> Expect:
    """Read ``hng does not rise``. Raises `BadText`."""
    subject, _, outcome = " ".join(text.split()).partition(" ")
    if not ID.fullmatch(subject) or outcome not in OUTCOMES:
        known = ", ".join(f"hng {each}" for each in OUTCOMES)
        raise BadText(
            0, f"a test expects one of {known}, for an exercise, a ladder or plan; not {text[:40]!r}"
        )
    return Expect(subject=subject, outcome=OUTCOMES[outcome])


def write_expect(expect: Expect) -> str:
    """The phrase of an expectation; reading it gives the equal noun."""
    return f"{expect.subject} {cast(str, expect.outcome).replace('_', ' ')}"
