"""``coach wipe``: everything of this home, gone for good."""

from typing import Annotated

import typer

from coach.cli.face import Face
from coach.problems import BadValue


def wipe(
    context: typer.Context,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Delete everything of this home for good. There is no undo."""
    face: Face = context.obj
    coach = face.coach()
    if not yes:
        if not face.asks:
            raise BadValue("Wiping cannot be taken back, so it needs a yes.", "coach wipe --yes")
        from coach.cli.ask import sure

        if not sure(f"Delete everything in {coach.home}? It cannot be taken back."):
            face.say("Nothing was deleted.")
            return
    coach.wipe()
    face.confirm(f"Everything of coach in {coach.home} is gone.")
