"""``coach import``: a full export back in, or what a watch, phone or app measured."""

from typing import Annotated

import typer

from coach.cli.face import Face
from coach.problems import BadValue


def import_(
    context: typer.Context,
    file: Annotated[
        str, typer.Argument(help="A full export, or a file of a watch, phone or app; - for standard input.")
    ] = "",
    kind: Annotated[
        str,
        typer.Option(
            "--as",
            metavar="KIND",
            help="apple_health, fitbit, oura, gadgetbridge, sleep_as_android or csv; else told by content.",
        ),
    ] = "",
    mapping: Annotated[
        str, typer.Option("--map", metavar="FILE", help="How to read the columns of a CSV.")
    ] = "",
    make_map: Annotated[bool, typer.Option("--make-map", help="Propose such a file for a CSV.")] = False,
    zone: Annotated[
        str, typer.Option(metavar="NAME", help="Time zone of a file that has none, such as Europe/Rome.")
    ] = "",
    prefer: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Which device to trust first; may be repeated.")
    ] = None,
    sources: Annotated[
        bool, typer.Option("--sources", help="List the devices that brought anything.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", "-n", help="Say what would come in; change nothing.")
    ] = False,
) -> None:
    """Read back a full export, or bring in sleep, steps and resting heart rate.

    Running it twice adds nothing; coach undo takes an import back whole.
    """
    face: Face = context.obj
    coach = face.coach()
    if sources or prefer:
        _sources(face, coach, tuple(prefer or ()))
        return
    if not file:
        raise BadValue("There is no file to import.", "coach import FILE, or - for standard input")
    from coach.cli import importing
    from coach.cli.files import read

    content = read(file) if file == "-" else None
    if make_map:
        importing.make_map(face, coach, file, content)
        return
    text = importing.mapping_text(mapping) if mapping else ""
    found = kind or ("csv" if text else coach.import_kind(file, content))
    if found == "csv" and not text:
        raise importing.unknown(file)
    if found and found != "full":
        importing.devices(face, coach, file, content, kind=found, mapping=text, zone=zone, dry_run=dry_run)
        return
    content = read(file) if content is None else content
    if not found and content.lstrip()[:1] not in (b"{", b"["):
        raise importing.nothing(file, content)
    _full(face, coach, content, dry_run)


def _full(face: Face, coach, content: bytes, dry_run: bool) -> None:  # type: ignore[no-untyped-def]
    done = coach.import_(content, dry_run=dry_run)
    if face.json:
        from coach.cli.document import plain

        face.emit("import", plain(done))
        return
    verb = "would add" if dry_run else "added"
    face.out(f"{done.episodes} episodes read: {verb} {done.new} entries, {done.same} were here already.")


def _sources(face: Face, coach, prefer: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    order, changed = coach.prefer_sources(prefer) if prefer else (coach.settings().sources, 0)
    found = coach.sources()
    if face.json:
        from coach.cli.document import plain

        face.emit("import-sources", {"sources": plain(found), "order": list(order), "changed": changed})
        return
    from coach.draw.readings import sources

    for line in sources(found, order):
        face.out(line)
    if prefer:
        face.confirm(f"{changed} days have another value now. (coach undo takes that back)")
