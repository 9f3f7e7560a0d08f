"""Does one thing go along with the pain of the next morning? Often: no pattern.

Three guards stand before the word pattern: enough pairs of days; what the days around and the
same days of other weeks share is taken off, so that two things which both improve, or both follow
the working week, do not count; and the agreement must beat the same diary shifted against itself
by every number of days, which needs no random numbers.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from math import sqrt

from coach.model.charts import Pairing
from coach.model.noun import Noun, from_doc
from coach.packaged import packaged
from coach.questionnaires.measures import Limit

Known = Sequence[float | None]
_WEEK = 7


class InsightRules(Noun, frozen=True, kw_only=True):
    """The file ``rules/insight.toml``."""

    version: int
    limits: dict[str, Limit]

    def __getitem__(self, name: str) -> float:
        return self.limits[name].value


@cache
def load_insight() -> InsightRules:
    """Read ``rules/insight.toml``."""
    path = packaged("questionnaires", "rules", "insight.toml")
    return from_doc(tomllib.loads(path.read_text(encoding="utf-8")), InsightRules)


def pairing(field: str, name: str, before: Mapping[date, float], pain: Mapping[date, float]) -> Pairing:
    """Pair the values of one day with the pain noted the day after."""
    rules = load_insight()
    needed = int(rules["pairs_least"])
    first = min((*before, *pain), default=None)
    if first is None:
        return Pairing(id=field, name=name, pairs=0, needed=needed)
    last = max((*before, *pain))
    first = max(first, last - timedelta(days=int(rules["pairs_most"]) - 1))
    count = (last - first).days + 1
    days = [first + timedelta(days=number) for number in range(count)]
    left = around(without_rhythm([before.get(day) for day in days]), rules)
    right = around(without_rhythm([pain.get(day) for day in days]), rules)
    right = [*right[1:], None]
    pairs = sum(a is not None and b is not None for a, b in zip(left, right, strict=True))
    r = agreement(left, right) if pairs >= needed else None
    if r is None:
        return Pairing(id=field, name=name, pairs=pairs, needed=needed)
    chance = by_chance(left, right, r, needed) if abs(r) >= rules["pairs_r"] else None
    found = chance is not None and chance <= rules["pairs_chance"]
    return Pairing(
        id=field,
        name=name,
        pairs=pairs,
        needed=needed,
        pattern=("more" if r > 0 else "less") if found else "",
        r=round(r, 3),
        chance=None if chance is None else round(chance, 3),
    )


def around(values: Known, rules: InsightRules) -> list[float | None]:
    """Each value less the mean of the other days around it; null where too few of them are known."""
    reach, usual = int(rules["pairs_around"]), int(rules["pairs_usual"])
    found: list[float | None] = []
    for place, value in enumerate(values):
        near = [*values[max(0, place - reach) : place], *values[place + 1 : place + 1 + reach]]
        known = [each for each in near if each is not None]
        enough = value is not None and len(known) >= usual
        found.append(value - sum(known) / len(known) if enough and value is not None else None)
    return found


def without_rhythm(values: Known) -> list[float | None]:
    """Each value less the mean of its day of the week: a working week that both share is no pattern."""
    usual: list[float] = []
    for weekday in range(_WEEK):
        known = [each for each in values[weekday::_WEEK] if each is not None]
        usual.append(sum(known) / len(known) if known else 0.0)
    return [None if each is None else each - usual[place % _WEEK] for place, each in enumerate(values)]


def agreement(left: Known, right: Known) -> float | None:
    """The correlation of the pairs that are known; null where one of them never changes."""
    pairs = [(a, b) for a, b in zip(left, right, strict=True) if a is not None and b is not None]
    if len(pairs) < 3:
        return None
    mean_a, mean_b = (sum(each) / len(pairs) for each in zip(*pairs, strict=True))
    aa = sum((a - mean_a) ** 2 for a, _ in pairs)
    bb = sum((b - mean_b) ** 2 for _, b in pairs)
    if aa < 1e-9 or bb < 1e-9:
        return None
    shared: float = sum((a - mean_a) * (b - mean_b) for a, b in pairs)
    return shared / sqrt(aa * bb)


def by_chance(left: Known, right: Known, r: float, needed: int) -> float | None:
    """Share of all shifts of the diary that agree at least as well, the true one counted among them."""
    total, as_well = 1, 1
    for shift in range(1, len(left)):
        moved = [*right[shift:], *right[:shift]]
        pairs = sum(a is not None and b is not None for a, b in zip(left, moved, strict=True))
        if pairs < needed // 2:
            continue
        other = agreement(left, moved)
        if other is not None:
            total += 1
            as_well += abs(other) >= abs(r) - 1e-12
    return as_well / total if total >= needed else None
