"""``coach import``: a full export, back in."""

from typing import Annotated

import typer

from coach.cli.face import Face


def import_(
    context: typer.Context,
    file: Annotated[str, typer.Argument(help="A file of coach export all, or - for standard input.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", "-n", help="Say what would come in; change nothing.")
    ] = False,
) -> None:
    """Read back a full export. Running it twice adds nothing."""
    from coach.cli.files import read

    face: Face = context.obj
    done = face.coach().import_(read(file), dry_run=dry_run)
    if face.json:
        from coach.cli.document import plain

        face.emit("import", plain(done))
        return
    verb = "would add" if dry_run else "added"
    face.out(f"{done.episodes} episodes read: {verb} {done.new} entries, {done.same} were here already.")
