"""``coach session``: be led through the session of today."""

from typing import Annotated

import typer

from coach.cli.face import Face
from coach.problems import BadValue


def session(
    context: typer.Context,
    short: Annotated[
        bool, typer.Option("--short", help="The short version: three exercises, one set.")
    ] = False,
    minimum: Annotated[bool, typer.Option("--minimum", help="Two minutes: one set of each kind.")] = False,
    auto: Annotated[
        bool | None,
        typer.Option(
            "--auto/--no-auto", help="Go on by itself when a set or a rest is over; as set when left out."
        ),
    ] = None,
) -> None:
    """Be led through today's session, set by set, with every timer called out.

    Every set is saved as it is done: after a crash or a closed lid the same command goes on there.
    """
    face: Face = context.obj
    if not face.asks:
        raise BadValue(
            "There is no terminal to lead on.", "record what you did instead: coach log --done all"
        )
    from coach.cli.playing import lead

    raise typer.Exit(lead(face, face.coach(), short=short, minimum=minimum, auto=auto))
