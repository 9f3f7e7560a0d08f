"""``coach export``: the data, out."""

from typing import Annotated

import typer

from coach.cli.face import Face


def export(
    context: typer.Context,
    what: Annotated[str, typer.Argument(help="journal, sessions, sets, decisions, plan or all.")] = "journal",
    form: Annotated[str | None, typer.Option("--format", "-f", help="csv, ndjson, json or md.")] = None,
    output: Annotated[
        str | None, typer.Option("--output", "-o", help="A file; stdout when left out.")
    ] = None,
    since: Annotated[str | None, typer.Option(help="First date.")] = None,
    until: Annotated[str | None, typer.Option(help="Last date.")] = None,
) -> None:
    """Write the data out. The full export, all as json, can be imported again."""
    from coach.cli.dates import read
    from coach.cli.files import write

    face: Face = context.obj
    coach = face.coach()
    chosen = form or ("json" if face.json or what == "all" else "csv")
    chunks = coach.export(
        what,
        chosen,
        since=read(since, coach.today_date) if since else None,
        until=read(until, coach.today_date, future=True) if until else None,
    )
    write(chunks, output)
    if output not in (None, "-"):
        face.confirm(f"Written: {output}")
