"""``coach habit list|done``: small daily things, noted with one word."""

from typing import Annotated

import typer

from coach.cli.face import Face
from coach.cli.parse import group

app = group("list")


@app.command("list")
def listed(context: typer.Context) -> None:
    """Show the habits of this week and what was done of each."""
    face: Face = context.obj
    found = face.coach().habits()
    if face.json:
        from coach.cli.document import plain

        face.emit("habit-list", plain(found))
        return
    from coach.draw.habits import habits

    for line in habits(found, face.width):
        face.out(line)


@app.command("done")
def done(
    context: typer.Context,
    habit: Annotated[str, typer.Argument(help="Its id, the beginning of it, or its number in the list.")],
    date: Annotated[
        str | None, typer.Option("--date", "-d", help="Another day: yesterday, mon, -3d ...")
    ] = None,
    at: Annotated[str | None, typer.Option("--at", help="Time of getting up, 06:50.")] = None,
    rating: Annotated[
        str | None, typer.Option(help="How well your own activity goes: 0 cannot, 10 as before.")
    ] = None,
) -> None:
    """Note that a habit was done today, or on another day."""
    from coach.cli.dates import read
    from coach.cli.parse import number

    face: Face = context.obj
    coach = face.coach()
    day = read(date, coach.today_date) if date else None
    mark = None if rating is None else number(rating, "--rating", 0, 10, "nothing was saved")
    result = coach.habit_done(habit, day, at=at, rating=mark)
    if face.json:
        from coach.cli.document import plain

        face.emit("habit-done", plain(result))
        return
    from coach.draw.habits import noted

    face.confirm(noted(result))
