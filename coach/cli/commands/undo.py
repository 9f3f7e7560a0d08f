"""``coach undo``: the last step, taken back."""

from typing import Annotated

import typer

from coach.cli.face import Face


def undo(
    context: typer.Context,
    count: Annotated[int, typer.Argument(min=1, help="How many steps.")] = 1,
    redo: Annotated[bool, typer.Option("--redo", help="Bring back what was undone last.")] = False,
    listing: Annotated[bool, typer.Option("--list", help="List the steps that can be undone.")] = False,
) -> None:
    """Take back the last step, or the last few. The last 50 are kept."""
    face: Face = context.obj
    coach = face.coach()
    if listing:
        steps = coach.steps()
        if face.json:
            from coach.cli.document import plain

            face.emit("undo", {"steps": plain(steps)})
        else:
            for step in steps:
                face.out(f"{step.at[:16]}  {step.label}{'  (undone)' if step.undone else ''}")
        return
    done = coach.undo(count, redo=redo)
    if face.json:
        face.emit("undo", {"undone": list(done), "redo": redo})
        return
    for each in done:
        face.out(f"{'Brought back' if redo else 'Undone'}: {each}")
