"""``coach doctor``: the stored data, looked at and mended."""

from typing import Annotated

import typer

from coach.cli.face import Face


def doctor(
    context: typer.Context,
    restore: Annotated[
        bool, typer.Option("--restore", help="Mend damaged files from the last good copy.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", "-n", help="Show what mending would do.")] = False,
) -> None:
    """Check the stored data. It changes nothing unless --restore is given."""
    face: Face = context.obj
    coach = face.coach()
    if restore or dry_run:
        mended = coach.mend(dry_run=dry_run)
        for each in mended:
            face.out(each.sentence)
        if not mended:
            face.out("Every file is good; nothing to mend.")
        if dry_run:
            return
    checks = coach.doctor()
    if face.json:
        from coach.cli.document import plain

        face.emit("doctor", {"ok": all(check.ok for check in checks), "checks": plain(checks)})
    else:
        for check in checks:
            face.out(f"{'ok  ' if check.ok else 'LOOK'}  {check.name}: {check.sentence}")
    if any(not check.ok and check.name.endswith(".json") for check in checks):
        raise typer.Exit(7)
