"""``coach skip``: let a session go, with the reason."""

from typing import Annotated, Any

import typer

from coach.cli.face import Face
from coach.problems import BadValue


def skip(
    context: typer.Context,
    reason: Annotated[
        str | None,
        typer.Option(help="time, pain, forgot, tired, bored, fear, travel, ill ..., or your own words."),
    ] = None,
    session: Annotated[str | None, typer.Option(help="Which session; today's when left out.")] = None,
    cue: Annotated[
        str | None, typer.Option(help="A new moment for sessions: “after the first coffee”.")
    ] = None,
) -> None:
    """Let a session go. Not done is not failed.

    The reason brings a remedy that changes something. One session a week let go with a reason does not
    count against your consistency.
    """
    from coach.programs.barriers import barrier_of, load_barriers

    face: Face = context.obj
    if reason is None and face.asks:
        from coach.cli.ask import ask

        ids = ", ".join(each.id for each in load_barriers())
        reason = ask(f"What was in the way? ({ids}, or your own words; Enter: not now)")
        if not reason:
            face.say("Nothing was changed.")
            raise typer.Exit(0)
    if not reason:
        raise BadValue("A skip needs its reason.", "for example: coach skip --reason time")
    barrier = barrier_of(reason)
    if cue is None and barrier is not None and barrier.changes == "cue" and face.asks:
        from coach.cli.ask import ask

        cue = ask("After what would it fit? (Enter leaves it as it is)")
    made = face.coach().skip(reason, session, cue=cue or "")
    _tell(face, made, barrier, cue or "")


def _tell(face: Face, made: Any, barrier: Any, cue: str) -> None:
    if face.json:
        from coach.cli.document import plain

        face.emit("skip", {"skip": plain(made), "remedy": plain(barrier), "cue": cue})
        return
    from coach.draw.words import session

    face.confirm(f"{session(made.session)} is let go. Nothing piles up. (coach undo takes it back)")
    if cue:
        face.confirm(f"From now on: {cue}, I begin my session.")
    elif barrier is not None:
        face.confirm(f"Next time, change the {barrier.changes}: {barrier.remedy} ({barrier.command}).")
