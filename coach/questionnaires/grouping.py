"""Several yes-or-no questions put as one: none of these, or the numbers of those that apply.

Only how the questions are put changes: each keeps its own answer, re-ask and reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec.structs import replace

from coach.model.assessment import Group, Instrument, Item, Value
from coach.questionnaires.catalogue import BadAnswer, items

FEWEST = 2
"""One sign alone is put as the question it is."""
NONE = ("0", "n", "no", "none")
_SIGN = re.compile(r"([0-9]{1,2})(\?)?")


def group_of(
    instruments: Iterable[Instrument], item: Item, waiting: Iterable[str], *, re_ask: bool = False
) -> Group | None:
    """The group that an item is put in, narrowed to the items that wait; null where it stands alone.

    ``waiting`` are the ids that are in force and not asked yet. A re-ask always stands alone.
    """
    if re_ask:
        return None
    left = set(waiting)
    for instrument in instruments:
        for group in instrument.groups:
            if item.id not in group.items:
                continue
            members = tuple(each for each in group.items if each in left)
            if len(members) < FEWEST:
                return None
            share = len(members) / len(group.items)
            return replace(group, items=members, seconds=round(group.seconds * share, 1))
    return None


def seconds(instruments: Iterable[Instrument], waiting: Iterable[Item]) -> float:
    """How long the waiting questions take when groups are put as one question."""
    catalogue = tuple(instruments)
    ids = [each.id for each in waiting]
    left = {each.id: each for each in waiting}
    total = 0.0
    for key in ids:
        item = left.pop(key, None)
        if item is None:
            continue
        group = group_of(catalogue, item, (key, *left))
        if group is None:
            total += item.seconds
            continue
        total += group.seconds
        for member in group.items:
            left.pop(member, None)
    return total


def pick(instruments: Iterable[Instrument], group: Group, typed: str) -> dict[str, Value]:
    """Read what was typed at a group: ``none``, or numbers, each with ``?`` where unsure.

    Every item of the group gets an answer, no where it was not named. Raises `BadAnswer`.
    """
    known = items(instruments)
    words = typed.lower().replace(",", " ").split()
    if not words:
        raise BadAnswer(group.id, "expected 0 for none, or the numbers of those that apply")
    if words[0] in NONE:
        if len(words) > 1:
            raise BadAnswer(group.id, "expected either 0 for none, or numbers, not both")
        return dict.fromkeys(group.items, "no")
    found: dict[str, Value] = dict.fromkeys(group.items, "no")
    for word in words:
        match = _SIGN.fullmatch(word)
        number = int(match[1]) if match else 0
        if match is None or not 1 <= number <= len(group.items):
            last = len(group.items)
            raise BadAnswer(
                group.id, f"expected 0 for none, or numbers from 1 to {last}, found “{word[:20]}”"
            )
        item = known[group.items[number - 1]]
        if match[2] and item.kind != "yes_no_unsure":
            raise BadAnswer(group.id, f"number {number} takes only yes or no: type {number}, or leave it out")
        found[item.id] = "unsure" if match[2] else "yes"
    return found
