"""Where the home is, and what day it is: the two things that come in from the environment."""

from __future__ import annotations

import os
import sys


def find_home(option: str | None = None) -> str:
    """The folder that holds everything of one person.

    ``--home`` wins over ``COACH_HOME``, and that over the platform's data directory.
    """
    chosen = option or os.environ.get("COACH_HOME")
    if chosen:
        return os.path.abspath(os.path.expanduser(chosen))
    if sys.platform.startswith("linux"):
        # platformdirs gives the same answer, and costs 17 ms on every command
        base = os.environ.get("XDG_DATA_HOME", "")
        if not os.path.isabs(base):
            base = os.path.expanduser("~/.local/share")
        return os.path.join(base, "coach")
    import platformdirs

    return str(platformdirs.user_data_dir("coach", appauthor=False))


DAY_STARTS_AT = 4
"""Hour at which a day begins: who checks in at one in the morning means the day before."""


def local_day(option: str | None = None) -> tuple[str, str]:
    """The person's date and the instant with its UTC offset, both in ISO form.

    ``--today`` wins over ``COACH_TODAY``, and that over the clock; ``COACH_NOW`` sets the
    instant. Raises ValueError for a date that is none.
    """
    import datetime as dt

    given = os.environ.get("COACH_NOW")
    day = option or os.environ.get("COACH_TODAY")
    if day:
        date = dt.date.fromisoformat(day)
        return date.isoformat(), given or f"{date.isoformat()}T12:00:00+00:00"
    now = dt.datetime.fromisoformat(given) if given else dt.datetime.now().astimezone()
    return (now - dt.timedelta(hours=DAY_STARTS_AT)).date().isoformat(), now.isoformat(timespec="seconds")
