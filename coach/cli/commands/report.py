"""``coach report``: the episode, or a week to do, as one page to print."""

from typing import Annotated

import typer

from coach.cli.face import Face
from coach.model.report import Audience
from coach.problems import BadValue


def report(
    context: typer.Context,
    for_: Annotated[
        str, typer.Option("--for", metavar="WHOM", help="patient, in plain words, or clinician, with rules.")
    ] = "patient",
    output: Annotated[
        str | None, typer.Option("--output", "-o", help="A file; stdout when left out.")
    ] = None,
    since: Annotated[str | None, typer.Option(help="First date that is shown.")] = None,
    handout: Annotated[
        bool, typer.Option("--handout", help="The sessions of a week with all it takes to do them.")
    ] = False,
    week: Annotated[int | None, typer.Option(help="Week of the handout; this week when left out.")] = None,
) -> None:
    """Write one page that stands alone, to read in a browser or to print."""
    from coach.cli.dates import read
    from coach.cli.files import write

    face: Face = context.obj
    coach = face.coach()
    audience: Audience = "clinician" if for_ == "clinician" else "patient"
    if for_ != audience:
        raise BadValue(f"There is no report for “{for_}”.", "there is: patient, clinician")
    if face.json:
        raise BadValue("A report is a page, not JSON.", "coach export all --json has the data")
    if week is not None and not handout:
        raise BadValue("--week goes with --handout.", "coach report --handout --week 3")
    if handout:
        from coach.exchange.handout import html as handout_page

        made = handout_page(coach.handout(week))
    else:
        from coach.exchange.report import html

        first = read(since, coach.today_date) if since else None
        made = html(coach.report(audience, first))
    write((made,), output)
    if output not in (None, "-"):
        face.confirm(f"Written: {output}. Open it in a browser; printing it is made for A4.")
