"""``coach export``: the data, out."""

from typing import Annotated

import typer

from coach.cli.face import Face
from coach.problems import BadValue


def export(
    context: typer.Context,
    what: Annotated[
        str | None,
        typer.Argument(
            help="journal, sessions, sets, measures, plan, decisions, episodes, all, packet or fhir."
        ),
    ] = None,
    form: Annotated[
        str | None, typer.Option("--format", "-f", help="csv, ndjson, json or md; fhir: bundle or ndjson.")
    ] = None,
    output: Annotated[
        str | None, typer.Option("--output", "-o", help="A file; stdout when left out.")
    ] = None,
    since: Annotated[str | None, typer.Option(help="First date.")] = None,
    until: Annotated[str | None, typer.Option(help="Last date.")] = None,
    wide: Annotated[bool, typer.Option("--wide", help="The journal as one row a day.")] = False,
    hide: Annotated[
        bool, typer.Option("--deidentify", help="Move dates, leave out own words, and say what was taken.")
    ] = False,
    for_: Annotated[
        str | None, typer.Option("--for", metavar="spreadsheet", help="CSV that a spreadsheet opens safely.")
    ] = None,
    describe: Annotated[
        bool, typer.Option("--describe", help="Print the data dictionary: every column, unit and measure.")
    ] = False,
    notes: Annotated[
        bool, typer.Option("--notes/--no-notes", help="packet: with or without your own words.")
    ] = True,
    pseudonym: Annotated[
        str | None, typer.Option(help="packet: a label, or auto for a code with the dates moved.")
    ] = None,
) -> None:
    """Write the data out. The full export, all as json, can be imported again.

    packet is one small file for your therapist, with a page to read beside it; fhir is the course of care
    for other health software.
    """
    from coach.cli.dates import read
    from coach.cli.files import write

    face: Face = context.obj
    narrow = {"since": since, "until": until, "wide": wide, "for": for_}
    if what == "packet":
        from coach.cli import packets

        _whole("packet: it is what the therapist needs", "coach export packet -o visit.json", **narrow)
        if describe:
            packets.describe(output)
            return
        label = pseudonym or ("auto" if hide else None)
        packets.export(face, form, output, words=notes and not hide, pseudonym=label)
        return
    packets_only = {"pseudonym": pseudonym, "no-notes": not notes}
    _whole("this export", "it is for: coach export packet", **packets_only)
    if what == "fhir":
        from coach.cli import fhirfiles

        whole = "fhir: it is the whole course of care"
        _whole(whole, "coach export fhir -o me.json", **narrow, deidentify=hide, describe=describe)
        fhirfiles.export(face, form, output)
        return
    coach = face.coach()
    _check(form, output, for_)
    if describe:
        chunks = coach.describe_export(what, form or ("json" if face.json else "md"))
    else:
        table = what or "journal"
        first = read(since, coach.today_date, future=table == "plan") if since else None
        last = read(until, coach.today_date, future=True) if until else None
        if first and last and first > last:
            raise BadValue(f"--since {first} comes after --until {last}.", "turn the two dates round")
        chunks = coach.export(
            table,
            form or ("json" if face.json or table == "all" else "csv"),
            since=first,
            until=last,
            wide=wide,
            spreadsheet=for_ is not None,
            hide=hide,
            report=face.say,
        )
    write(chunks, output)
    if output not in (None, "-"):
        face.confirm(f"Written: {output}")


def _whole(what: str, hint: str, **options: object) -> None:
    """Refuse an option that does not go with an export. Raises `BadValue`."""
    given = [name for name, value in options.items() if value]
    if given:
        raise BadValue(f"--{given[0]} does not go with {what}.", hint)


def _check(form: str | None, output: str | None, for_: str | None) -> None:
    if for_ not in (None, "spreadsheet"):
        raise BadValue(f"--for knows no “{for_}”.", "there is: spreadsheet")
    if form is None and output in ("csv", "ndjson", "json", "md"):
        raise BadValue(
            f"-o is a file, and “{output}” is a format.", f"for example: -f {output} -o me.{output}"
        )
