"""When a movement test ends before its tries are done (``clinical.md`` 3.1)."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from coach.model.testing import Protocol, Stop, Trial
from coach.questionnaires.protocols import General, load_general

SIGNS: tuple[Stop, ...] = ("pain", "leg", "weak", "unwell", "own")
"""Ways a try can end that end the whole test at once; what is not possible ends its own side."""


def pain_stop(start: float | None, now: float | None) -> bool:
    """Whether pain 0-10 during a try ends the test, by the pain before it; not where one is missing."""
    if start is None or now is None:
        return False
    general = load_general()
    high = general.limit("pain_high")
    rise = general.limit("pain_rise_high" if start >= high else "pain_rise")
    return now >= start + rise or (start < high <= now)


def must_stop(
    start: float | None, now: float | None, *, signs: Collection[str] = (), form_losses: int = 0
) -> tuple[str, ...]:
    """The signs that end a test now, each as a sentence; empty when it may go on.

    ``start`` and ``now`` are pain 0-10; ``signs`` of `SIGNS`.
    """
    general = load_general()
    met = set(signs) | ({"pain"} if pain_stop(start, now) else set())
    if form_losses >= general.limit("form_losses"):
        met.add("form")
    return tuple(each.text for each in general.stop if each.sign in met)


def over(trials: Sequence[Trial]) -> bool:
    """Whether a sign to stop has come, or the form was lost as often as it may be."""
    return any(each.stopped in SIGNS for each in trials) or _lost(trials) >= _most(load_general())


def ending(test: Protocol, trials: Sequence[Trial], before: float | None) -> str:
    """What to tell when the last try ended the test early, with the criterion; else empty."""
    last = trials[-1]
    signs = {last.stopped} & set(SIGNS)
    found = must_stop(before, last.pain, signs=signs, form_losses=_lost(trials))
    if not found:
        return ""
    return f"{test.title} ends here, and that is fine. The rule: {' '.join(found)}"


def _lost(trials: Sequence[Trial]) -> int:
    return sum(each.stopped == "form" and not each.practice for each in trials)


def _most(general: General) -> float:
    return general.limit("form_losses")
