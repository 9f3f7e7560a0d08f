"""Dates and times as exports write them: a local time, and the UTC offset where there is one.

A moment is a pair: seconds since 1970 of the instant, and the offset in minutes. Where a format gives
local times only, the offset is null and the seconds are those of the local clock.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

Moment = tuple[int, int | None]
EPOCH = date(1970, 1, 1).toordinal()
DAY_S = 86_400


def iso(text: str) -> Moment:
    """An ISO date and time, with or without an offset. Raises `ValueError`."""
    try:
        found = datetime.fromisoformat(text.strip().replace("Z", "+00:00"))
    except ValueError:
        raise ValueError(f"“{text[:40]}” is no time") from None
    return moment(found)


def moment(found: datetime) -> Moment:
    """A datetime as a moment; fractions of a second are dropped. Raises `ValueError` before 1970."""
    offset = found.utcoffset()
    if offset is None:
        seconds = int(found.replace(tzinfo=UTC).timestamp())
        minutes = None
    else:
        seconds, minutes = int(found.timestamp()), round(offset.total_seconds() / 60)
    if seconds < 0:
        raise ValueError("before 1970")
    return seconds, minutes


def local_day(when: Moment) -> date:
    """The local date of a moment."""
    return date.fromordinal(EPOCH + local_seconds(when) // DAY_S)


def local_seconds(when: Moment) -> int:
    """Seconds of the local clock since 1970."""
    return when[0] + 60 * (when[1] or 0)


def text(when: Moment) -> str:
    """A moment as ISO text, with its offset where that is known."""
    seconds = local_seconds(when)
    local = datetime(1970, 1, 1) + timedelta(seconds=seconds)  # noqa: DTZ001
    return local.isoformat() + offset_text(when[1])


def offset_text(minutes: int | None) -> str:
    """An offset as ISO writes it: ``+01:00``; empty where it is not known."""
    if minutes is None:
        return ""
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def read(written: str) -> Moment:
    """The moment of a text that `text` wrote."""
    return iso(written)


_STYLES = (
    "%Y-%m-%d %I:%M%p",
    "%Y-%m-%d %I:%M:%S %p",
    "%Y-%m-%d %I:%M %p",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d %H:%M:%S",
)


def lenient(written: str) -> Moment:
    """A date that begins with the year, in one of the styles of exports. Raises `ValueError`.

    Styles that begin with day or month are never guessed: a mapping file says which it is.
    """
    plain = " ".join(written.replace("\u202f", " ").replace("\xa0", " ").split()).upper().replace("T", " ", 1)
    for style in _STYLES:
        try:
            return moment(datetime.strptime(plain, style))  # noqa: DTZ007
        except ValueError:
            continue
    return iso(written)
