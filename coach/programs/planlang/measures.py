"""The measures that a condition may name: unit, range, how a week of readings becomes one number."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Literal

from coach.model.condition import Fold
from coach.model.noun import Noun
from coach.model.planlines import Ask

Better = Literal["low", "high", "neither"]


class Measure(Noun, frozen=True, kw_only=True):
    """One named measure."""

    name: str
    unit: str
    """Unit that may stand after its numbers; empty for none."""
    low: float
    high: float
    fold: Fold
    """What its name alone means, over ``days``."""
    better: Better
    """Which way is better for the person; a rise may only ask for better, a cut only for worse."""
    days: int = 7
    zero: bool = False
    """No reading means none happened, and counts as 0 instead of as missing."""


def _measure(name: str, unit: str, low: float, high: float, fold: Fold, better: Better) -> Measure:
    return Measure(name=name, unit=unit, low=low, high=high, fold=fold, better=better)


MEASURES = (
    _measure("pain", "", 0, 10, "mean", "low"),
    _measure("worst_pain", "", 0, 10, "max", "low"),
    _measure("morning_after", "", -10, 10, "max", "low"),
    _measure("rpe", "", 0, 10, "mean", "low"),
    _measure("form", "", 0, 2, "max", "low"),
    _measure("done", "%", 0, 100, "mean", "high"),
    Measure(name="sessions", unit="", low=0, high=21, fold="sum", better="high", zero=True),
    _measure("sleep_hours", "h", 0, 24, "mean", "high"),
    _measure("sleep_quality", "", 0, 10, "mean", "high"),
    _measure("stress", "", 0, 10, "mean", "low"),
    Measure(name="flares", unit="", low=0, high=28, fold="sum", better="low", days=28, zero=True),
    _measure("gap", "", 0, 365, "max", "low"),
    _measure("week", "", 1, 104, "latest", "neither"),
)
"""In the order of the reference (docs/planfile.md); ``week`` is that of `Measures.week`."""


def named(name: str, asks: Sequence[Ask | Measure] = ()) -> Measure | None:
    """A measure by its name; ``ask.ID`` is a question of the file. Null when there is none.

    Where ``asks`` holds measures, these are all there are: the inbox asks packets, not a journal.
    """
    if asks and isinstance(asks[0], Measure):
        return next((each for each in asks if isinstance(each, Measure) and each.name == name), None)
    if name.startswith("ask."):
        for ask in asks:
            if isinstance(ask, Ask) and ask.id == name[4:]:
                low, high = ask.scale
                return _measure(name, "", low, high, "latest", ask.better)
        return None
    return next((each for each in MEASURES if each.name == name), None)


def guess(name: str, asks: Sequence[Ask | Measure] = ()) -> str:
    """A sentence that says which measure may have been meant, or which there are."""
    own = [each.name for each in asks if isinstance(each, Measure)]
    names = own or [
        *(each.name for each in MEASURES),
        *(f"ask.{each.id}" for each in asks if isinstance(each, Ask)),
    ]
    close = get_close_matches(name.lower().replace("-", "_"), names, n=1)
    return f"did you mean {close[0]!r}?" if close else f"known are {', '.join(names)}"
