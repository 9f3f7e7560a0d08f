"""``coach plan show|why|history|diff|minimum|replay``: the plan, its reasons and its versions."""

from typing import Annotated

import typer

from coach.cli.face import Face
from coach.cli.parse import group
from coach.problems import BadValue, Withheld

app = group("show")


@app.command("show")
def show(
    context: typer.Context,
    week: Annotated[int | None, typer.Option(min=1, help="One week only.")] = None,
) -> None:
    """Show the twelve weeks, and the one that binds in full."""
    from coach.draw import plans

    face: Face = context.obj
    coach = face.coach()
    plan, weeks = coach.weeks()
    chosen = next((each for each in weeks if each.number == week), None)
    if week is not None and chosen is None:
        raise BadValue(f"There is no week {week} in this plan.", f"from 1 to {weeks[-1].number}")
    if face.json:
        from coach.cli.document import plain

        document = {
            "plan": plan.id,
            "start": plain(plan.start),
            "weeks": plain((chosen,) if chosen else weeks),
        }
        face.emit("plan-show", document)
    else:
        lines = plans.one_week(chosen, plan.preferences.units, face.width) if chosen else None
        for line in lines or plans.overview(plan, weeks, face.width):
            face.out(line)
    if coach.status_facts().get("stopped"):
        raise Withheld.closed()


@app.command("why")
def why(
    context: typer.Context,
    exercise: Annotated[str, typer.Argument(help="An exercise such as hng_2, or a ladder such as hng.")],
    sources: Annotated[
        bool, typer.Option("--sources", help="Say of every number where it is written down.")
    ] = False,
) -> None:
    """Say why an exercise is there, why at this dose, and what changed it so far."""
    from coach.draw import cards, words

    face: Face = context.obj
    plan, found, decided = face.coach().why(exercise)
    if face.json:
        from coach.cli.document import plain

        history = [{"week": review.week, **plain(each)} for review, each in decided]
        face.emit(
            "plan-why", {"exercise": found.exercise, "prescription": plain(found), "decisions": history}
        )
        return
    units = plan.preferences.units
    face.out(f"{found.name} ({found.exercise}): {words.dose(found.dose, units)}, {words.effort(found.dose)}")
    for line in cards.reason(found.reason, face.width, sources=sources):
        face.out(line)
    if found.note:
        face.out(found.note)
    if decided:
        face.out("\nWhat the reviews did:")
        for review, each in decided:
            face.out(f"week {review.week}, {words.day(review.date)}")
            for line in cards.card(each, units, face.width, sources=sources):
                face.out(f"  {line}")
    else:
        face.out("\nNo review has looked at it yet: it is at its first dose.")


@app.command("history")
def history(context: typer.Context) -> None:
    """List every version of the plan, and why each was made."""
    from coach.draw import words

    face: Face = context.obj
    versions = face.coach().plan_versions()
    if face.json:
        from coach.cli.document import plain

        rows = [
            {"id": each.id, "made": plain(each.made), "week": each.week.number, "reason": plain(each.reason)}
            for each in versions
        ]
        face.emit("plan-history", {"versions": rows})
        return
    for each in versions:
        text = each.reason.text if each.reason else "written from the assessment"
        made = each.origin.date if each.origin else each.made
        face.out(f"{each.id:<5}{words.day(made, year=True)}  week {each.week.number:<3} {text}")


@app.command("diff")
def diff(
    context: typer.Context,
    before: Annotated[str, typer.Argument(help="A version such as v1.")],
    after: Annotated[str | None, typer.Argument(help="Another; the current one when left out.")] = None,
) -> None:
    """Say in plain words what is different between two versions."""
    from coach.draw import changes

    face: Face = context.obj
    coach = face.coach()
    old = coach.plan_version(before)
    new = coach.plan_version(after) if after else coach.plan()
    lines = changes.diff(old, new)
    if face.json:
        face.emit(
            "plan-diff", {"before": old.id, "after": new.id, "changes": [line.strip() for line in lines[1:]]}
        )
        return
    for line in lines:
        face.out(line)


@app.command("minimum")
def minimum(
    context: typer.Context,
    state: Annotated[str, typer.Argument(metavar="on|off", help="on or off.")],
) -> None:
    """Turn the small plan on or off: two times fifteen minutes a week, and walking."""
    face: Face = context.obj
    if state not in ("on", "off"):
        raise BadValue(f"“{state}” is neither on nor off.", "coach plan minimum on")
    chosen = face.coach().minimum(state == "on")
    if face.json:
        from coach.cli.document import plain

        face.emit("plan-minimum", {"minimum": chosen.plan.minimum, "plan": plain(chosen.plan)})
        return
    face.confirm(f"{chosen.text} (coach undo takes it back)")


@app.command("replay")
def replay(context: typer.Context) -> None:
    """Make every version and every card again from answers and logs, and compare byte for byte."""
    from coach.draw import words

    face: Face = context.obj
    done = face.coach().replay()
    if face.json:
        from coach.cli.document import plain

        face.emit("plan-replay", {"same": done.same, "versions": plain(done.lines)})
    else:
        for each in done.lines:
            said = STATES[each.status]
            if each.status == "differs":
                told = f"stored {each.stored or '-'}, made again {each.rebuilt or '-'}"
                said = f"{said} at {each.field}: {told}"
            face.out(f"{each.version:<5}{words.day(each.made, year=True)}  {each.what:<12} {said}")
    if not done.same:
        raise typer.Exit(1)


STATES = {
    "same": "the same",
    "differs": "differs",
    "given": "carried over from the episode before",
    "other": "made with another library or other rules; not compared",
}
