"""``coach flare start|end``: today's plan changes at once."""

from typing import Annotated

import typer

from coach.cli.face import Face
from coach.cli.parse import group

app = group()


@app.command("start")
def start(
    context: typer.Context,
    note: Annotated[str, typer.Option(help="What may have set it off.")] = "",
) -> None:
    """Declare a flare-up: usual pain, more intense."""
    face: Face = context.obj
    coach = face.coach()
    flare = coach.declare_flare(note)
    _tell(face, "flare", f"Flare-up since {flare.start}. It is common, and it does not mean damage.", flare)


@app.command("end")
def end(context: typer.Context) -> None:
    """Say that the flare-up is over; the plan comes back in steps."""
    face: Face = context.obj
    flare = face.coach().end_flare()
    _tell(face, "flare", f"The flare-up of {flare.start} is over. The plan comes back in steps.", flare)


def _tell(face: Face, name: str, text: str, noun: object) -> None:
    from coach.cli.document import plain

    if face.json:
        face.emit(name, {name: plain(noun)})
        return
    face.confirm(f"{text} (coach undo takes it back)")
    from coach.cli.commands.today import show

    show(face, face.coach())
