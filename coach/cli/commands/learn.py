"""``coach learn``: the lesson of the week, and all others."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from coach.cli.face import Face
from coach.problems import BadValue

if TYPE_CHECKING:
    from coach.coach import Coach


def learn(
    context: typer.Context,
    lesson: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[LESSON]",
            help="Its number or id, or words of its title; this week's when left out, with the list.",
        ),
    ] = None,
    done: Annotated[bool, typer.Option("--done", help="Keep that it was read, without asking.")] = False,
) -> None:
    """Read the lesson of the week; one question at its end checks it.

    On a terminal the question is asked, and that the lesson was read is kept.
    """
    face: Face = context.obj
    coach = face.coach()
    wanted = " ".join(lesson or ())
    try:
        shown = coach.lesson(wanted)
    except BadValue:
        found = coach.lessons(tuple(wanted.lower().split()))
        if not found:
            raise
        if len(found) > 1:
            _several(face, found)
            return
        shown = coach.lesson(found[0].id)
    if done:
        coach.lesson_read(shown.row.id)
        shown = coach.lesson(shown.row.id)
    rows = coach.lessons() if not wanted else ()
    if face.json:
        from coach.cli.document import plain

        face.emit("learn", {"lessons": plain(rows), "lesson": plain(shown)})
        return
    _print(face, rows, shown)
    if done:
        face.confirm(f"Kept: {shown.row.title} was read. (coach undo takes it back)")
    elif face.asks:
        _ask(face, coach, shown)
    else:
        face.out(f"\n{shown.question}\n{shown.answer}")


def _several(face: Face, found: Any) -> None:
    if face.json:
        from coach.cli.document import plain

        face.emit("learn", {"lessons": plain(found), "lesson": None})
        return
    from coach.draw.habits import lessons

    for line in lessons(found):
        face.out(line)
    face.say("One of them: coach learn ID")


def _print(face: Face, rows: Any, shown: Any) -> None:
    from coach.draw import habits

    for line in habits.lessons(rows):
        face.out(line)
    if rows:
        face.out()
    for line in habits.lesson(shown, face.width):
        face.out(line)


def _ask(face: Face, coach: "Coach", shown: Any) -> None:
    """Ask the one question, show what is meant, and let the person say whether it was that."""
    from coach.cli.ask import ask, sure

    said = ask(f"\n{shown.question}\nYour answer (Enter shows what is meant):")
    face.out(shown.answer)
    understood = sure("Is that what you had in mind?") if said else None
    coach.lesson_read(shown.row.id, understood)
    face.confirm("Kept as read. (coach undo takes it back)")
