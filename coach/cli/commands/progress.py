"""``coach progress``: trends, adherence and milestones."""

from typing import Annotated

import typer

from coach.cli.face import Face


def progress(
    context: typer.Context,
    measures: Annotated[
        bool, typer.Option("--measures", help="Every measure and test, with its error band.")
    ] = False,
) -> None:
    """Show the weeks beside each other, what changed since the start, and milestones."""
    from coach.draw import tables

    face: Face = context.obj
    if measures:
        _measures(face)
        return
    found = face.coach().progress()
    if face.json:
        from coach.cli.document import plain

        face.emit("progress", plain(found))
        return
    for line in tables.plain(found) if face.plain else tables.progress(found, face.width):
        face.out(line)


def _measures(face: Face) -> None:
    from coach.draw.measures import courses

    found = face.coach().courses()
    if face.json:
        from coach.cli.document import plain

        face.emit("progress-measures", {"measures": plain(found)})
        return
    for line in courses(found, face.width, plain=face.plain):
        face.out(line)
