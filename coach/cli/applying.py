"""``coach planfile apply``: make a therapist's plan file the person's own plan."""

from typing import Annotated, Any

import typer

from coach.cli.face import Face
from coach.cli.signing import signature_of
from coach.problems import BadValue


def apply(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="A plan file, or - for standard input.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", "-n", help="Show it; change nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do it without asking.")] = False,
    clear_by: Annotated[
        str | None, typer.Option(help="The therapist who examined you and cleared the warning signs.")
    ] = None,
    clear_date: Annotated[str | None, typer.Option(help="The date of that examination.")] = None,
) -> None:
    """Make a plan file your plan, after the safety questions, and say first what changes.

    What you did, the levels you reached and the exercises you swapped are kept.
    """
    from coach.cli import files

    face: Face = context.obj
    from coach.cases.planfiles import MOST_BYTES

    data = files.read(file, MOST_BYTES)
    name = "standard input" if file == "-" else file
    signature = signature_of(file) if file != "-" else None
    options: dict[str, Any] = {"cleared_by": (clear_by or "").strip(), "signature": signature}
    if clear_date is not None:
        from coach.cli.dates import read

        options["cleared_on"] = read(clear_date, face.coach().today_date)
    coach = face.coach()
    shown = coach.apply_plan_file(data, name, dry_run=True, **options)
    ask = not (dry_run or yes) and shown.changed
    if ask and (face.json or not face.asks):
        raise BadValue(
            "A plan file changes your plan, so it is not applied unasked.", "add --yes, or --dry-run to look"
        )
    if not face.json:
        for line in _lines(shown, face):
            face.out(line)
    if shown.changed and not dry_run:
        if ask and not _sure():
            face.say("Nothing was changed.")
            return
        shown = coach.apply_plan_file(data, name, **options)
        face.confirm("Your plan is changed. (coach undo takes it back)")
    if face.json:
        from coach.cli.document import plain

        document = {
            "file": {**plain(shown.file), "text": None},
            "plan": plain(shown.plan),
            "conflicts": list(shown.conflicts),
            "unlocked": list(shown.unlocked),
            "changed": shown.changed,
            "dry_run": dry_run,
        }
        face.emit("planfile-apply", document)


def _sure() -> bool:
    from coach.cli.ask import sure

    return sure("Make this your plan?")


def _lines(shown: Any, face: Face) -> list[str]:
    from coach.draw.handed import applied

    return applied(shown.file, shown.before, shown.plan, shown.conflicts, shown.unlocked, face.width)
