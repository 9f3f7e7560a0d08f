"""``coach today``: what is due."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from coach.cli.face import Face

if TYPE_CHECKING:
    from coach.daily import Daily


def today(
    context: typer.Context,
    date: Annotated[str | None, typer.Option("--date", "-d", help="Another day.")] = None,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Exit 3 when nothing is due.")] = False,
) -> None:
    """Say what is due today, with minutes and reasons."""
    face: Face = context.obj
    coach = face.daily()
    found = show(face, coach, date)
    if found.withheld:
        raise typer.Exit(6)
    if exit_code and not coach.is_due():
        raise typer.Exit(3)


def show(face: Face, coach: "Daily", date: str | None = None) -> Any:
    """Print a day, and give it."""
    from coach.cli.dates import read
    from coach.draw.days import today as lines

    found = coach.today(read(date, coach.today_date, future=True) if date else None)
    if face.json:
        from coach.cli.document import plain

        face.emit("today", plain(found))
        return found
    for line in lines(found, face.width):
        face.out(line)
    return found
