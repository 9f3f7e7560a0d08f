"""Weight on two scales (MT-15): six tries, the scales change places after three, each one checked.

Left and right are feet, not scales. A difference is signed: plus is heavier on the left.
"""

from __future__ import annotations

from collections.abc import Sequence

from coach.model.noun import Noun
from coach.questionnaires.scoring import tidy


class Weighing(Noun, frozen=True, kw_only=True):
    """Kilograms under each foot in one try."""

    left: float
    right: float
    swapped: bool = False
    """The scales had changed places."""


class Symmetry(Noun, frozen=True, kw_only=True):
    """What the tries of one condition say."""

    mean: float | None
    """Mean of the signed differences, percent; null until all tries are good."""
    same: int | None
    """Tries with the heavier side on the side of the mean."""
    side: str = ""
    """``left``, ``right``, or empty when the mean is 0 or not known."""
    redo: tuple[int, ...] = ()
    """Places, from 1, of tries to do again: the weights do not add up to the body weight."""
    missing: int = 0
    """Tries still to be done."""
    unswapped: bool = False
    """The scales have not changed places half way."""
    weight_checked: bool = True
    """The sums were compared with a body weight."""


def percent(weighing: Weighing) -> float:
    """Signed difference 100 x (left - right) / (left + right); 0 where nothing was weighed."""
    total = weighing.left + weighing.right
    return tidy(100 * (weighing.left - weighing.right) / total) if total else 0.0


def fits(weighing: Weighing, body_weight: float, tolerance: float) -> bool:
    """Whether both scales together come within ``tolerance`` percent of the body weight."""
    off = abs(weighing.left + weighing.right - body_weight)
    return tidy(off) <= tidy(body_weight * tolerance / 100)


def symmetry(
    tries: Sequence[Weighing],
    body_weight: float | None,
    *,
    count: int,
    half: int,
    tolerance: float,
) -> Symmetry:
    """Mean and same-side count of the first ``count`` tries that fit the body weight.

    A try whose sum is off is named in ``redo`` and left out; a good one done again takes its
    place. Half the tries have to be done with the scales swapped. Without a body weight nothing
    can be checked, and the result says so.
    """
    redo = tuple(
        place
        for place, each in enumerate(tries, 1)
        if each.left + each.right <= 0 or (body_weight is not None and not fits(each, body_weight, tolerance))
    )
    good = [each for place, each in enumerate(tries, 1) if place not in redo]
    chosen = [each for each in good if not each.swapped][:half]
    chosen += [each for each in good if each.swapped][: count - half]
    checked = body_weight is not None
    if len(chosen) < count:
        unswapped = len(good) >= count
        return Symmetry(
            mean=None, same=None, redo=redo, missing=count - len(chosen), unswapped=unswapped,
            weight_checked=checked,
        )  # fmt: skip
    signed = [percent(each) for each in chosen]
    mean = tidy(sum(signed) / count)
    lefts, rights = sum(each > 0 for each in signed), sum(each < 0 for each in signed)
    same = lefts if mean > 0 else rights if mean < 0 else max(lefts, rights)
    side = "left" if mean > 0 else "right" if mean < 0 else ""
    return Symmetry(mean=mean, same=same, side=side, redo=redo, weight_checked=checked)
