"""``coach progress``: trends, adherence and milestones."""

from typing import Annotated

import typer

from coach.cli.face import Face


def progress(
    context: typer.Context,
    chart: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="One chart: goals, pain, function, sleep, stress, adherence, dose, days or checks.",
        ),
    ] = None,
    glyphs: Annotated[
        str | None, typer.Option(metavar="KIND", help="Draw with braille, block or ascii characters.")
    ] = None,
    measures: Annotated[
        bool, typer.Option("--measures", help="Every measure and test, with its error band.")
    ] = False,
) -> None:
    """Show the weeks beside each other, charts, what changed since the start, and milestones."""
    from coach.cli import charts
    from coach.draw import insight, tables

    face: Face = context.obj
    if measures:
        _measures(face)
        return
    name = charts.view(chart) if chart is not None else ""
    charts.style(glyphs)
    coach = face.coach()
    seen = coach.insight()
    if name and not face.json:
        charts.one(face, seen, name, glyphs)
        return
    found = coach.progress()
    if face.json:
        from coach.cli.document import plain

        sentences = insight.said(seen, name) if name else insight.everything(seen)
        face.emit("progress", {**plain(found), "insight": plain(seen), "sentences": sentences})
        return
    if face.plain:
        for line in dict.fromkeys(
            (*insight.said(seen, "goals"), *tables.plain(found), *insight.everything(seen))
        ):
            face.out(line)
        return
    for line in tables.progress(found, face.width):
        face.out(line)
    face.out()
    charts.overview(face, seen, glyphs)


def _measures(face: Face) -> None:
    from coach.draw.measures import courses

    found = face.coach().courses()
    if face.json:
        from coach.cli.document import plain

        face.emit("progress-measures", {"measures": plain(found)})
        return
    for line in courses(found, face.width, plain=face.plain):
        face.out(line)
