"""``coach remind``: reminders as text; nothing is installed."""

import os
import sys
from typing import Annotated

import typer

from coach.cli.face import Face
from coach.problems import BadValue

KINDS = ("ics", "cron", "systemd")


def remind(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="ics|cron|systemd", help="A calendar, or timers.")],
    output: Annotated[
        str | None, typer.Option("--output", "-o", help="A file; for systemd also a folder.")
    ] = None,
    at: Annotated[
        str | None,
        typer.Option(
            metavar="HH:MM",
            help="When; else the setting (a calendar rings then), else the time of sessions.",
        ),
    ] = None,
    every: Annotated[
        int, typer.Option(metavar="MINUTES", help="Timers: ask again so often while something is due.")
    ] = 60,
    until: Annotated[
        str, typer.Option(metavar="HH:MM", help="Timers: no reminder after this time.")
    ] = "20:00",
    detail: Annotated[
        bool, typer.Option("--detail", help="Calendar: name the exercises. Shared calendars show them.")
    ] = False,
) -> None:
    """Write a calendar of the sessions, or timers that remind until the day's entries are in."""
    from coach.cli.files import write

    face: Face = context.obj
    if kind not in KINDS:
        raise BadValue(f"There is no reminder “{kind}”.", f"there is: {', '.join(KINDS)}")
    if face.json:
        raise BadValue("A reminder is a file for another program, not JSON.", "leave --json out")
    if kind == "ics":
        from coach.exchange.ics import calendar

        write(calendar(face.coach().calendar(detail=detail, at=at), "coach"), output)
    elif detail:
        raise BadValue("--detail is for the calendar.", "coach remind ics --detail")
    else:
        _timers(face, kind, output, at, every, until)
    if output not in (None, "-"):
        face.confirm(f"Written: {output}. Nothing was installed.")


def _timers(face: Face, kind: str, output: str | None, at: str | None, every: int, until: str) -> None:
    from coach.cli.files import write
    from coach.exchange import timers

    coach = face.coach()
    command = (*_program(), "--home", coach.home)
    try:
        when = timers.times(coach.remind_at(at), coach.remind_at(until), every)
        if kind == "cron":
            write((timers.cron(command, when),), output)
        elif output is not None and os.path.isdir(output):
            write((timers.service(command),), os.path.join(output, timers.SERVICE))
            write((timers.timer(when),), os.path.join(output, timers.TIMER))
        else:
            write((timers.systemd(command, when),), output)
    except timers.BadTimer as bad:
        raise BadValue(f"No reminder can be written: {bad}.", "coach remind --help") from None


def _program() -> tuple[str, ...]:
    """How another program calls this one, without anything of this shell."""
    import shutil

    found = shutil.which("coach")
    return (os.path.abspath(found),) if found else (sys.executable, "-m", "coach")
