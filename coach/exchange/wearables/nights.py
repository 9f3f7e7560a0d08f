"""Stretches of sleep become nights: overlaps counted once, short gaps joined, naps set apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from coach.exchange.wearables.limits import load_limits
from coach.exchange.wearables.stamps import DAY_S, local_day, local_seconds


class Span(NamedTuple):
    """One stretch: instants in seconds, the offset of its end in minutes, and seconds really asleep."""

    start: int
    end: int
    offset: int | None
    asleep: int
    id: str = ""
    nap: bool | None = None
    """What the source says; null where it says nothing."""


def joined(stretches: Iterable[tuple[int, int, int | None]]) -> list[Span]:
    """Bare stretches of sleep as periods: overlaps are counted once, gaps below an hour join.

    The time awake in such a gap is no sleep.
    """
    gap = int(load_limits()["join_gap"]) * 60
    found: list[Span] = []
    for start, end, offset in sorted(stretches):
        last = found[-1] if found else None
        if last is None or start - last.end >= gap:
            found.append(Span(start, end, offset, end - start))
            continue
        more = max(0, end - max(start, last.end))
        later = end > last.end
        found[-1] = last._replace(
            end=max(end, last.end), offset=offset if later else last.offset, asleep=last.asleep + more
        )
    return found


def apart(spans: Iterable[Span]) -> list[Span]:
    """Logs that overlap are one night told twice: the one with more sleep is kept, an id is known once."""
    named: dict[str, Span] = {}
    rest = []
    for span in spans:
        if span.id:
            named[span.id] = span
        else:
            rest.append(span)
    found: list[Span] = []
    for span in sorted((*named.values(), *rest), key=lambda each: (each.start, each.end, each.id)):
        last = found[-1] if found else None
        if last is not None and span.start < last.end:
            if span.asleep > last.asleep:
                found[-1] = span
            continue
        found.append(span)
    return found


def by_day(spans: Iterable[Span]) -> dict[date, list[Span]]:
    """The stretches by the local day on which they ended: the day of waking."""
    days: dict[date, list[Span]] = {}
    for span in spans:
        days.setdefault(local_day((span.end, span.offset)), []).append(span)
    return days


def naps(spans: Sequence[Span]) -> list[bool]:
    """Which stretches of one day are naps: what the source says, else the short ones of the daytime."""
    limits = load_limits()
    longest = max((each.asleep for each in spans), default=0)
    found = []
    for each in spans:
        if each.nap is not None:
            found.append(each.nap)
            continue
        hour = local_seconds((each.start, each.offset)) % DAY_S / 3600
        short = each.asleep <= limits["nap_most"] * 3600 and each.asleep < longest
        found.append(short and limits["nap_from"] <= hour < limits["nap_until"])
    return found


def without_bed(beds: Iterable[Span], asleep: Sequence[Span]) -> list[Span]:
    """Time in bed that no sleep was recorded for; where sleep is known, time in bed is dropped."""
    return [bed for bed in beds if not any(bed.start < each.end and each.start < bed.end for each in asleep)]
