"""``coach show``: how an exercise is done, as a figure or in words."""

from typing import Annotated

import typer

from coach.cli.face import Face
from coach.problems import BadValue


def show(
    context: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="EXERCISE", help="An exercise or movement test: hng_4, mt_08, or a name."),
    ] = None,
    moving: Annotated[bool, typer.Option("--moving", help="Let it move until a key is pressed.")] = False,
    errors: Annotated[bool, typer.Option("--errors", help="Draw the common errors too.")] = False,
    mirror: Annotated[bool, typer.Option("--mirror", help="The other side.")] = False,
    size: Annotated[
        str | None, typer.Option("--size", metavar="WxH", help="Columns and rows of the picture: 60x20.")
    ] = None,
    glyphs: Annotated[
        str | None,
        typer.Option("--characters", help="braille, block or ascii; else the finest there is."),
    ] = None,
    svg: Annotated[bool, typer.Option("--svg", help="Print it as SVG; with --moving it moves.")] = False,
    file: Annotated[
        str | None,
        typer.Option("--file", metavar="FILE", help="A figure file that you are writing; it is checked too."),
    ] = None,
) -> None:
    """Show the key poses of an exercise side by side, with words; --plain gives the words alone.

    With --file and --moving the picture follows the file while you edit it.
    """
    from coach.cli import showing

    face: Face = context.obj
    room = showing.room(size, moving=moving)
    if not words and file is None:
        raise BadValue("Which exercise?", "for example: coach show hng_4")
    look = showing.Look(room=room, mirror=mirror, errors=errors, moving=moving, glyphs=glyphs)
    if file is not None:
        showing.of_file(face, file, " ".join(words or ()), look, svg=svg)
        return
    found = face.coach().figure(*(words or ()))
    if face.json:
        showing.as_json(face, found)
    elif svg:
        face.data(showing.as_svg(found, look))
    elif moving and not face.plain:
        showing.move(face, lambda: found, look)
    else:
        showing.still(face, found, look)
