"""``coach restore``: a backup, back."""

from typing import Annotated

import typer

from coach.cli.face import Face


def restore(
    context: typer.Context,
    source: Annotated[str, typer.Argument(help="A file of coach backup.")],
) -> None:
    """Bring a backup back into a home that holds no journal yet."""
    face: Face = context.obj
    count = face.coach().restore(source)
    if face.json:
        face.emit("restore", {"files": count})
    else:
        face.out(f"{count} files are back.")
