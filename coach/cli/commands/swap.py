"""``coach swap``: another exercise in the place of one, by the person's own choice."""

from typing import Annotated

import typer

from coach.cli.face import Face


def swap(
    context: typer.Context,
    exercise: Annotated[str, typer.Argument(help="An exercise of the plan, such as glu_2.")],
    to: Annotated[str | None, typer.Option(help="What to do instead; left out, it lists them.")] = None,
    for_today: Annotated[bool, typer.Option("--for-today", help="Only in the session of today.")] = False,
) -> None:
    """Swap an exercise for another one of its place.

    It begins at its start dose and keeps its place. Nothing that a caution, the equipment or a gate
    bars is offered.
    """
    face: Face = context.obj
    chosen = face.coach().swap(exercise, to, for_today=for_today)
    if face.json:
        from coach.cli.document import plain

        document = {"exercise": chosen.exercise, "saved": chosen.saved, "text": chosen.text}
        rows = [{"id": each.id, "name": each.name, "dose": plain(each.dose)} for each in chosen.choices]
        face.emit("swap", document | {"choices": rows, "plan": plain(chosen.plan) if chosen.saved else None})
        return
    if chosen.saved:
        face.confirm(f"{chosen.text} (coach undo takes it back)")
        return
    from coach.draw import words

    face.out(chosen.text)
    for each in chosen.choices:
        face.out(f"  {each.id:<7}{each.name:<36} {words.dose(each.dose, chosen.plan.preferences.units)}")
    first = chosen.choices[0].id
    today = " --for-today" if for_today else ""
    face.out(f"Take one with: coach swap {chosen.exercise} --to {first}{today}")
