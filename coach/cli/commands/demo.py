"""``coach demo``: a made-up person to look around with."""

import os
import shlex
from typing import Annotated

import typer

from coach.cli.face import Face


def demo(
    context: typer.Context,
    directory: Annotated[str | None, typer.Argument(metavar="[DIR]", help="Where to put that home.")] = None,
) -> None:
    """Live eight weeks of a made-up person, then show today, the last decisions and the way on.

    It has a home of its own; yours is not touched.
    """
    from coach.cli.commands.today import show
    from coach.demo import live
    from coach.home import find_home

    face: Face = context.obj
    home = os.path.abspath(directory) if directory else f"{find_home(face.home)}-demo"
    coach = live(home, face.coach().today_date)
    last = coach.reviews()[-1]
    if face.json:
        from coach.cli.document import plain

        face.emit("demo", {"home": home, "today": plain(coach.today()), "review": plain(last)})
        return
    face.out("A made-up person: answered, planned, lived for eight weeks, reviewed every week.\n")
    face.out("== Today ==")
    show(face, coach)
    face.out("\n== The last decisions ==")
    from coach.draw.cards import review as lines

    for line in lines(last, coach.plan(), face.width):
        face.out(line)
    where = shlex.quote(home)
    face.out("== Look around, and begin ==")
    for text in ("plan show", "plan why hng", "progress", "review --dry-run", "checkin 4 --sleep 7"):
        face.out(f"  coach --home {where} {text}")
    face.out("\nTo begin with your own: coach assess")
