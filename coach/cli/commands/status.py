"""``coach status``: one line for a prompt or status bar."""

from typing import Annotated

import typer

from coach.cli.face import Face
from coach.problems import BadValue


def status(
    context: typer.Context,
    form: Annotated[
        str | None,
        typer.Option("--format", help="Pieces in braces: {day} {state} {pain} {sessions} {review}."),
    ] = None,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Exit 3 when nothing is due today.")] = False,
) -> None:
    """Give one line for a prompt or status bar."""
    from coach import status as kept

    face: Face = context.obj
    coach = face.coach()
    facts, today = coach.status_facts(), coach.today_date.isoformat()
    parts = kept.parts(facts, today)
    if face.json:
        face.emit("status", {"line": kept.line(facts, today), **parts, "facts": facts})
    elif form is None:
        face.out(kept.line(facts, today))
    else:
        try:
            face.out(form.format_map(parts))
        except (KeyError, ValueError, IndexError, AttributeError) as error:
            raise BadValue(f"The format cannot be used: {error}.", f"there is: {', '.join(parts)}") from None
    if exit_code and not coach.is_due():
        raise typer.Exit(3)
