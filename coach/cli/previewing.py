"""``coach planfile check|preview|diff``: a plan file before it is handed out."""

from typing import Annotated, Any

import typer

from coach.cli.face import Face
from coach.cli.signing import signature_of
from coach.problems import BadValue

FORMS = ("text", "md", "html")

File = Annotated[str, typer.Argument(metavar="FILE", help="A plan file, or - for standard input.")]


def check(context: typer.Context, file: File) -> None:
    """Say what is wrong in a plan file, run the tests inside it, and give advice.

    Exit 4 when something is wrong or a test fails; advice alone is exit 0.
    """
    from coach.cases import planfiles

    face: Face = context.obj
    data, name, signature = _read(file)
    found = planfiles.examine(data, name)
    if found.file is None:
        if not face.json:
            raise planfiles.bad(name, found)
        _emit(face, name, found.problems, None)
        raise typer.Exit(4)
    checked = face.coach().check_plan_file(data, name, signature=signature)
    if face.json:
        _emit(face, name, (), checked)
    else:
        from coach.draw.handed import checked as lines

        for line in lines(name, checked, face.width):
            face.out(line)
    if not checked.passed:
        raise typer.Exit(4)


def _emit(face: Face, name: str, problems: Any, checked: Any) -> None:
    from coach.cli.document import plain

    document: dict[str, Any] = {"file": name, "valid": checked is not None, "problems": plain(problems)}
    document["advice"] = plain(checked.advice) if checked is not None else []
    document["tests"] = plain(checked.tests) if checked is not None else []
    document["minutes"] = plain(checked.minutes) if checked is not None else []
    document["passed"] = checked is not None and checked.passed
    face.emit("planfile-check", document)


def preview(
    context: typer.Context,
    file: File,
    week: Annotated[int | None, typer.Option(min=1, help="One week only.")] = None,
    form: Annotated[str, typer.Option("--format", "-f", help="text, md or html.")] = "text",
    output: Annotated[
        str | None, typer.Option("--output", "-o", help="A file; stdout when left out.")
    ] = None,
) -> None:
    """Show the weeks of a plan file as the person will see them; html is to print.

    It is shown for the person of this home; where no plan runs, for a made-up one.
    """
    from coach.draw import previews

    face: Face = context.obj
    if form not in FORMS:
        raise BadValue(f"There is no format “{form}”.", f"there is: {', '.join(FORMS)}")
    data, name, signature = _read(file)
    found = face.coach().preview_plan_file(data, name, signature=signature)
    numbers = [each.number for each in found.weeks]
    if week is not None and week not in numbers:
        raise BadValue(f"Week {week} is not ahead in this plan.", f"from {numbers[0]} to {numbers[-1]}")
    if face.json:
        from coach.cli.document import plain

        weeks = tuple(each for each in found.weeks if week in (None, each.number))
        head = {"file": name, "made_up": found.made_up, "conflicts": list(found.conflicts)}
        face.emit("planfile-preview", {**head, "weeks": plain(weeks), "ceilings": found.ceilings})
        return
    from coach.cli.files import write

    blocks = previews.blocks(found, week)
    if form == "html":
        from coach.exchange.previewpage import preview_page

        made = preview_page(found.file.title, blocks, found.file.language)
    elif form == "md":
        made = previews.markdown(blocks)
    else:
        made = "\n".join(previews.text(blocks, face.width if output is None else None)) + "\n"
    write([made], output)
    if output is not None:
        face.confirm(f"Written: {output}")


def diff(
    context: typer.Context,
    before: Annotated[str, typer.Argument(metavar="FILE", help="A plan file.")],
    after: Annotated[
        str | None,
        typer.Argument(metavar="[FILE]", help="A newer one."),
    ] = None,
) -> None:
    """Say in clinical words what is different between two plan files.

    With one file it is compared with the plan file that runs in this home.
    """
    face: Face = context.obj
    first = _read(before)[:2]
    second = _read(after)[:2] if after is not None else None
    coach = face.coach()
    lines = coach.compare_plan_files(first if second else None, second or first)
    if face.json:
        face.emit("planfile-diff", {"changes": list(lines)})
        return
    for line in lines:
        face.out(line)


def _read(file: str) -> tuple[bytes, str, bytes | None]:
    """Bytes, name and signature of a plan file."""
    from coach.cases.planfiles import MOST_BYTES
    from coach.cli import files

    data = files.read(file, MOST_BYTES)
    return data, "standard input" if file == "-" else file, signature_of(file) if file != "-" else None
