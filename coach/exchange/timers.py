"""Lines for cron and units for systemd that remind until the day's entries are in.

They ask ``coach status --exit-code`` each time, and stay silent once nothing is due. The message names
no illness, for it is shown on a locked screen. Paths are quoted for the shell, for cron and for systemd.
"""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from datetime import time

TITLE, MESSAGE = "coach", "Something is due today."
NOTIFY = ("notify-send", TITLE, MESSAGE)
LEAST_EVERY, MOST_EVERY = 5, 720
SERVICE, TIMER = "coach-remind.service", "coach-remind.timer"


class BadTimer(ValueError):
    """Values that no timer can be made of; the message is one sentence."""


def times(start: time, until: time, every: int) -> tuple[time, ...]:
    """The times of a day at which is asked. Raises `BadTimer`."""
    if not LEAST_EVERY <= every <= MOST_EVERY:
        raise BadTimer(f"every {every} minutes is not between {LEAST_EVERY} and {MOST_EVERY}")
    first, last = start.hour * 60 + start.minute, until.hour * 60 + until.minute
    if last < first:
        raise BadTimer(f"{until:%H:%M} is before {start:%H:%M}")
    return tuple(time(minute // 60, minute % 60) for minute in range(first, last + 1, every))


def asked(coach: Sequence[str]) -> str:
    """The shell line: ask, and say something only while something is due."""
    command = shlex.join((*coach, "status", "--exit-code"))
    return f"if {command} >/dev/null 2>&1; then {shlex.join(NOTIFY)}; fi"


def cron(coach: Sequence[str], when: Sequence[time]) -> str:
    """Lines of a crontab, with what to do with them. Raises `BadTimer`."""
    line = _plain(asked(coach)).replace("%", "\\%")
    bus = 'export DBUS_SESSION_BUS_ADDRESS="unix:path=/run/user/$(id -u)/bus"; '
    minutes: dict[int, list[int]] = {}
    for each in when:
        minutes.setdefault(each.hour, []).append(each.minute)
    hours: dict[str, list[str]] = {}
    for hour, own in minutes.items():
        hours.setdefault(",".join(map(str, own)), []).append(str(hour))
    rows = [f"{own} {','.join(each)} * * * {bus}{line}" for own, each in hours.items()]
    head = (
        "# Reminders of coach: silent once nothing is due today. Nothing is installed yet.",
        "# To install: (crontab -l 2>/dev/null; coach remind cron) | crontab -",
        "# To take out: crontab -e, and delete these lines.",
    )
    return "\n".join((*head, *rows)) + "\n"


def service(coach: Sequence[str]) -> str:
    """The unit that asks once. Raises `BadTimer`."""
    line = _plain(asked(coach))
    for letter, other in (("\\", "\\\\"), ('"', '\\"'), ("%", "%%"), ("$", "$$")):
        line = line.replace(letter, other)
    unit = ("[Unit]", "Description=coach: a reminder while something is due", "", "[Service]", "Type=oneshot")
    return "\n".join((*unit, f'ExecStart=/bin/sh -c "{line}"', ""))


def timer(when: Sequence[time]) -> str:
    """The unit that says when to ask."""
    rows = (f"OnCalendar=*-*-* {each:%H:%M}:00" for each in when)
    unit = ("[Unit]", "Description=coach: when to remind", "", "[Timer]", *rows, "Persistent=true", "")
    return "\n".join((*unit, "[Install]", "WantedBy=timers.target", ""))


def systemd(coach: Sequence[str], when: Sequence[time]) -> str:
    """Both units in one text, each under the name of its file."""
    folder = "~/.config/systemd/user"
    head = (
        "# Two files; nothing is installed yet. coach remind systemd -o FOLDER writes them there. Then:\n"
        f"# systemctl --user daemon-reload && systemctl --user enable --now {TIMER}\n"
    )
    return f"{head}\n# {folder}/{SERVICE}\n{service(coach)}\n# {folder}/{TIMER}\n{timer(when)}"


def _plain(line: str) -> str:
    if any(ord(letter) < 32 or ord(letter) == 127 for letter in line):
        raise BadTimer("a path with a line end or a control character cannot be written in a line")
    return line
