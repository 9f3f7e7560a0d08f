"""``coach hooks``: the person's own programs."""

from typing import Annotated

import typer

from coach.cli.face import Face
from coach.problems import BadValue


def hooks(
    context: typer.Context,
    switch: Annotated[str | None, typer.Argument(metavar="[on|off]", help="Turn them on or off.")] = None,
) -> None:
    """Say which programs in the folder hooks/ of your home run after an entry, and which do not and why.

    They get JSON on standard input: docs/scripting.md shows it.
    """
    face: Face = context.obj
    coach = face.coach()
    if switch not in (None, "on", "off"):
        raise BadValue(f"“{switch}” is neither on nor off.", "coach hooks on")
    if switch is not None:
        coach.keep_settings(hooks=switch == "on")
    found = coach.hooks()
    if face.json:
        from coach.cli.document import plain

        face.emit("hooks", {"on": coach.settings().hooks, "hooks": plain(found)})
        return
    face.out(f"Hooks are {'on' if coach.settings().hooks else 'off'}.")
    for each in found:
        face.out(f"{each.event or '-':<12} {'runs' if each.runs else each.why}: {each.path}")
