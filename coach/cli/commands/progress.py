"""``coach progress``: trends, adherence and milestones."""

import typer

from coach.cli.face import Face


def progress(context: typer.Context) -> None:
    """Show the weeks beside each other, what changed since the start, and milestones."""
    from coach.draw import tables

    face: Face = context.obj
    found = face.coach().progress()
    if face.json:
        from coach.cli.document import plain

        face.emit("progress", plain(found))
        return
    for line in tables.plain(found) if face.plain else tables.progress(found, face.width):
        face.out(line)
