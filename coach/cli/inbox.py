"""``coach planfile inbox``: packets of many people, worst first."""

import sys
from collections.abc import Callable, Iterable
from typing import Annotated

import typer

from coach.cli.face import Face
from coach.problems import BadValue

FORMS = ("table", "csv", "json")
_BAR = 30


def inbox(
    context: typer.Context,
    folder: Annotated[str | None, typer.Argument(metavar="DIR", help="A folder of packets.")] = None,
    rules: Annotated[str | None, typer.Option(help="A rules file of your own.")] = None,
    form: Annotated[str | None, typer.Option("--format", "-f", help="table, csv or json.")] = None,
    output: Annotated[
        str | None, typer.Option("--output", "-o", help="A file; stdout when left out.")
    ] = None,
    since_last: Annotated[
        bool, typer.Option("--since-last", help="Mark what is new since the last look.")
    ] = False,
    write_rules: Annotated[
        str | None, typer.Option(metavar="FILE", help="Write the rules that come with coach, to edit.")
    ] = None,
) -> None:
    """Sort the packets of many people red, amber and green, and say why.

    Of each person the newest packet counts. Packets are never trusted: broken ones are named.
    """
    from coach.cli.files import write

    face: Face = context.obj
    if write_rules is not None:
        _write_rules(face, write_rules)
        if folder is None:
            return
    if folder is None:
        raise BadValue("Say which folder.", "coach planfile inbox DIR")
    chosen = form or ("json" if face.json else "table")
    if chosen not in FORMS:
        raise BadValue(f"There is no format “{chosen}”.", f"there is: {', '.join(FORMS)}")
    from coach.cases import inbox as cases

    text, name = _rules(rules)
    found = cases.inbox(
        folder,
        today=face.coach().today_date,
        rules=text,
        rules_name=name,
        since_last=since_last,
        progress=_progress(face),
    )
    write(_chunks(found, chosen), output)
    if output not in (None, "-"):
        face.confirm(f"Written: {output}")


def _chunks(found: object, form: str) -> Iterable[str]:
    from coach.cases.inbox import document
    from coach.draw import inbox as drawn
    from coach.exchange import formats
    from coach.model.inbox import Inbox

    assert isinstance(found, Inbox)
    if form == "json":
        return (formats.dumps({"schema": "coach.planfile-inbox/1", **document(found)}) + "\n",)
    if form == "csv":
        return formats.text(drawn.rows(found), drawn.COLUMNS, "inbox", "csv", spreadsheet=True)
    return (f"{line}\n" for line in drawn.lines(found))


def _rules(path: str | None) -> tuple[str | None, str]:
    if path is None:
        return None, "the rules that come with coach"
    from coach.cli.files import read
    from coach.model.text import one_line
    from coach.problems import BadFile

    try:
        return read(path, 256 * 1024).decode("utf-8-sig"), one_line(path)
    except UnicodeDecodeError:
        raise BadFile(f"{path} is not text in UTF-8.", "save it as plain text (UTF-8)") from None


def _write_rules(face: Face, path: str) -> None:
    import os

    from coach.cases.inbox import default_rules
    from coach.cli.files import write

    if path != "-" and os.path.exists(path):
        raise BadValue(f"{path} is there already, and was left as it is.", "give another name")
    write((default_rules(),), path)
    if path != "-":
        face.confirm(f"Written: {path}. Use it with: coach planfile inbox DIR --rules {path}")


def _progress(face: Face) -> Callable[[int, int], None] | None:
    """A bar on stderr, where a person sees it; line by line a count now and then."""
    if not face.talks:
        return None

    def tell(done: int, total: int) -> None:
        if done % 500 == 0 and done != total:
            face.say(f"{done} of {total} files")

    if face.plain:
        return tell

    def show(done: int, total: int) -> None:
        if not total or (done % 50 and done != total):
            return
        filled = _BAR * done // total
        end = "\r\x1b[K" if done == total else ""
        bar = f"\r[{'#' * filled}{'.' * (_BAR - filled)}] {done} of {total} files"
        sys.stderr.write(f"{bar}{end}")
        sys.stderr.flush()

    return show
