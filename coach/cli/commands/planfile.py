"""``coach planfile check``: plan files that a therapist writes and hands out."""

from typing import Annotated

import typer

from coach.cli.applying import apply
from coach.cli.face import Face
from coach.cli.inbox import inbox
from coach.cli.parse import group
from coach.cli.previewing import check, diff, preview
from coach.cli.signing import key, sign, trust, verify

app = group()
app.command("check")(check)
app.command("preview")(preview)
app.command("diff")(diff)
app.command("apply")(apply)
app.command("inbox")(inbox)
for name, function in (("sign", sign), ("verify", verify), ("key", key), ("trust", trust)):
    app.command(name)(function)


@app.callback()
def planfile() -> None:
    """Write, check and hand out plan files (docs/planfile.md)."""


@app.command("new")
def new(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="The file to write, such as plan.yaml.")],
    source: Annotated[
        str,
        typer.Option(
            "--from", metavar="PLAN|current", help="balanced, an example, or the plan of this home."
        ),
    ] = "balanced",
    table: Annotated[
        bool, typer.Option("--table", help="Write a CSV table for simple plans instead.")
    ] = False,
) -> None:
    """Write a new plan file to edit, with its schema for editors beside it; nothing is overwritten."""
    import os

    from coach.cases import planfiles
    from coach.cli import files

    face: Face = context.obj
    files.free(file)
    made = planfiles.fresh(face.coach().plan() if source == "current" else source, file, table=table)
    written = [file]
    files.write_new(made.text, file)
    if made.schema:
        beside = os.path.join(os.path.dirname(file), planfiles.SCHEMA_NAME)
        if files.write_new(made.schema, beside, may_stand=True):
            written.append(beside)
    if face.json:
        face.emit("planfile-new", {"files": written})
        return
    for each in written:
        face.out(each)
    if source == "current" and face.coach().plan().file:
        face.say(
            "It has the exercises, doses and bounds of now. Conditions, rules, questions and texts of the "
            "therapist's file are not in it: take them over from there."
        )
    face.say(f"Edit it, then: coach planfile check {file}")
