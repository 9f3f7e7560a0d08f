"""``coach status``: one line for a prompt or status bar."""

from typing import Annotated

import typer

from coach.cli.face import Face
from coach.problems import BadValue


def status(
    context: typer.Context,
    form: Annotated[
        str | None,
        typer.Option(
            "--format", help="prompt, tmux, polybar, waybar, i3, or a text such as '{pain} {sessions}'."
        ),
    ] = None,
    fields: Annotated[bool, typer.Option("--fields", help="List what may stand in braces.")] = False,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Exit 3 when nothing is due today.")] = False,
) -> None:
    """Give one line for a prompt or status bar.

    --fields lists what may stand in braces.
    """
    from coach import status as kept

    face: Face = context.obj
    if fields:
        _fields(face)
        return
    coach = face.coach()
    facts, today = coach.status_facts(), coach.today_date.isoformat()
    if face.json:
        face.emit("status", {"line": kept.line(facts, today), **kept.parts(facts, today), "facts": facts})
    elif form is None:
        face.out(kept.line(facts, today))
    else:
        try:
            face.out(kept.shown(form, facts, today))
        except kept.UnknownField as unknown:
            raise _unknown(str(unknown), template="{" in form or "}" in form) from None
    if exit_code and not coach.is_due():
        raise typer.Exit(3)


def _fields(face: Face) -> None:
    from coach.status import FIELDS

    if face.json:
        face.emit("status-fields", {"fields": FIELDS})
        return
    for name, text in FIELDS.items():
        face.out(f"{{{name}}}".ljust(12) + text)


def _unknown(name: str, *, template: bool) -> BadValue:
    """What is meant instead: a field in a template, else a format by name."""
    from difflib import get_close_matches

    from coach.status import BARS, FIELDS, TEXTS

    if template and name in FIELDS:
        return BadValue(f"A brace is left open: “{{{name}”.", f"write it as {{{name}}}")
    known = tuple(FIELDS) if template else (*TEXTS, *BARS)
    near = get_close_matches(name, known, 1)
    hint = f"did you mean {near[0]}? " if near else ""
    what = "field" if template else "format"
    return BadValue(f"There is no {what} “{name}”.", f"{hint}there is: {', '.join(known)}")
