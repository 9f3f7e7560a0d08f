"""``coach library``: the exercises, listed, filtered and shown, and the check of their data files."""

from typing import Annotated, Any

import typer

from coach.cli.face import Face
from coach.problems import BadValue


def library(
    context: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILTER...] | check [DIR] | preview FILE",
            help="An exercise (hng_4), or words that narrow the list: a ladder (hng), component (c3), "
            "equipment (band, none), avoid tag (tag:preg), without:band, or any text.",
        ),
    ] = None,
) -> None:
    """List the exercises, show one in full, or check data files for whoever edits them.

    `coach library preview FILE` shows a figure file as it is edited, like `coach show --file FILE --moving`.
    Several words must all fit. `coach library check DIR` names every fault with file and line, and
    ends with exit 4 when there is one.
    """
    from coach.draw import exercises

    face: Face = context.obj
    given = list(words or ())
    if given[:1] == ["check"]:
        _check(face, given[1:])
        return
    if given[:1] == ["preview"]:
        _preview(face, given[1:])
        return
    found = face.coach().library(tuple(given))
    if face.json:
        from coach.cli.document import plain

        rows = [exercises_row(each) for each in found.exercises]
        document = {"total": found.total, "exercises": rows, "exercise": plain(found.one)}
        face.emit("library", document)
        return
    if found.one is not None:
        lines = exercises.whole(found.one, face.width)
    elif face.plain and not given:
        lines = exercises.ladders_plain(found.exercises, found.ladders)
    elif face.plain:
        lines = exercises.plain(found.exercises, found.ladders, found.total)
    else:
        lines = exercises.listing(found.exercises, found.ladders, found.total, face.width)
    for line in lines:
        face.out(line)


def exercises_row(exercise: Any) -> dict[str, Any]:
    """One exercise of the list in JSON: what is needed to choose it; the rest comes with its id."""
    from coach.cli.document import plain
    from coach.draw.exercises import dose_range

    return {
        "id": exercise.id,
        "name": exercise.name,
        "ladder": exercise.ladder,
        "rung": exercise.rung,
        "component": exercise.component,
        "equipment": list(exercise.equipment),
        "avoid": plain(exercise.avoid),
        "dose": dose_range(exercise),
    }


def _preview(face: Face, places: list[str]) -> None:
    from coach.cli import showing

    if not 1 <= len(places) <= 2:
        raise BadValue("preview takes a figure file, and perhaps one exercise in it.", "docs/figures.md")
    look = showing.Look(room=showing.room(None, moving=True), moving=True)
    showing.of_file(face, places[0], "".join(places[1:]), look, svg=False)


def _check(face: Face, places: list[str]) -> None:
    if len(places) > 1:
        raise BadValue("check takes one folder or file.", "coach library check DIR")
    done = face.coach().check_library(places[0] if places else None)
    if face.json:
        from coach.cli.document import plain

        face.emit("library-check", plain(done))
    else:
        for each in done.faults:
            line = f":{each.line}" if each.line is not None else ""
            name = f" {each.exercise}:" if each.exercise else ""
            face.out(f"{each.file}{line}:{name} {each.message}")
        count = f"{len(done.faults)} faults" if done.faults else "nothing wrong"
        face.say(f"{done.files} files, {done.exercises} exercises: {count}.")
    if done.faults:
        raise typer.Exit(4)
