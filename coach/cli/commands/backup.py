"""``coach backup``: one file with everything in it."""

import os
from typing import Annotated

import typer

from coach.cli.face import Face


def backup(
    context: typer.Context,
    target: Annotated[str | None, typer.Argument(help="The file; coach-DATE.zip here when left out.")] = None,
) -> None:
    """Write one file with everything in it, and read it back to see that it is right."""
    face: Face = context.obj
    coach = face.coach()
    path = coach.backup(target or os.path.abspath(f"coach-{coach.today_date}.zip"))
    if face.json:
        face.emit("backup", {"path": path})
    else:
        face.out(path)
