"""``coach pause``: days that do not count."""

from typing import Annotated

import typer

from coach.cli.face import Face
from coach.problems import BadValue


def pause(
    context: typer.Context,
    start: Annotated[str, typer.Option("--from", help="First day; today when left out.")] = "today",
    end: Annotated[str | None, typer.Option("--to", help="Last day: 2026-12-05, fri, +7d.")] = None,
    reason: Annotated[str, typer.Option(help="Travel, illness, anything.")] = "",
    over: Annotated[bool, typer.Option("--end", help="End the pause that runs: you are back.")] = False,
) -> None:
    """Declare days that do not count: travel, illness, anything."""
    from coach.cli.commands.flare import _tell
    from coach.cli.dates import read

    face: Face = context.obj
    coach = face.coach()
    if over:
        ended = coach.end_pause()
        _tell(face, "pause", f"Welcome back. The pause that began on {ended.start} is over.", ended)
        return
    if end is None:
        raise BadValue("A pause needs its last day.", "for example: coach pause --from today --to +7d")
    made = coach.pause(
        read(start, coach.today_date, future=True), read(end, coach.today_date, future=True), reason
    )
    _tell(
        face, "pause", f"Paused from {made.start} to {made.end}. These days do not count against you.", made
    )
