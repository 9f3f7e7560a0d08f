"""``coach settings``: what can be set, and setting it."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from coach.cli.face import Face
from coach.problems import BadValue

if TYPE_CHECKING:
    from coach.cases.options import Option

TITLES = {"app": "The app", "plan": "Your plan"}


def settings(
    context: typer.Context,
    key: Annotated[str | None, typer.Argument(help="Which one; all are listed when left out.")] = None,
    value: Annotated[
        list[str] | None, typer.Argument(help="Its new value; of several choices as many as apply.")
    ] = None,
) -> None:
    """List what can be set, or set one thing.

    A change of days, minutes, equipment and the like makes the plan anew at once: the same doses on
    your new days. Example: coach settings days mon wed fri
    """
    from coach.cases.options import find

    face: Face = context.obj
    coach = face.coach()
    found = coach.options()
    if key is None:
        _list(face, found)
        return
    option = find(found, key)
    typed = " ".join(value or ())
    if not typed and not face.asks:
        if not face.json:
            raise BadValue(
                f"{key} needs its new value.", f"for example: coach settings {key} {_like(option)}"
            )
        face.emit("settings", {"settings": [_row(option)]})
        return
    done = coach.set_option(option.item.id, _read(face, option, typed))
    if face.json:
        face.emit("settings", {"settings": [_row(done.option)], "text": done.text})
    else:
        face.out(f"{done.option.label}: {done.option.shown}")
        (face.out if done.withheld else face.confirm)(done.text)
    if done.withheld:
        raise typer.Exit(6)


def _list(face: Face, found: "tuple[Option, ...]") -> None:
    if face.json:
        face.emit("settings", {"settings": [_row(each) for each in found]})
        return
    group = ""
    for each in found:
        if each.group != group:
            face.out(("\n" if group else "") + TITLES[each.group])
            group = each.group
        if face.plain:
            face.out(f"{each.item.id}: {each.label}: {each.shown}.")
        else:
            face.out(f"  {each.item.id:<16} {each.label:<34} {each.shown}")
    face.say("\nTo change one: coach settings KEY VALUE, such as coach settings session_minutes 20")


def _row(option: "Option") -> dict[str, Any]:
    from coach.cli.document import plain

    choices = [each.value for each in option.item.choices]
    return {
        "key": option.item.id,
        "group": option.group,
        "label": option.label,
        "value": plain(option.value),
        "shown": option.shown,
        "choices": choices,
    }


def _like(option: "Option") -> str:
    """A value that would do."""
    item = option.item
    if item.choices:
        return item.choices[0].value
    if item.kind == "yes_no":
        return "yes"
    return "20" if item.kind == "number" else "07:30" if "HH:MM" in item.unit + item.text else "..."


def _read(face: Face, option: "Option", typed: str) -> Any:
    """The value that was typed, or is asked for now until it fits."""
    from coach.cli.answering import below, spelled
    from coach.cli.ask import ask, sign
    from coach.questionnaires.catalogue import BadAnswer, parse_typed

    item = option.item
    asked = not typed
    if asked:
        face.say(f"{item.text} Now: {option.shown}.")
        for line in below(item):
            face.say(f"  {line}")
    while True:
        if asked:
            typed = sign(ask("New value (Enter leaves it as it is):"))
            if typed in ("", "q", "<", "-"):
                raise typer.Exit(0)
        try:
            return parse_typed(item, spelled(item, typed))
        except BadAnswer as bad:
            said = f"{bad.message[:1].upper()}{bad.message[1:]}."
            if not asked:
                raise BadValue(f"{option.label}: {said}", "nothing was changed") from None
            face.say(f"  {said}")
