"""``coach skip``: let a session go, with the reason."""

from typing import Annotated

import typer

from coach.cli.face import Face
from coach.problems import BadValue

REMEDIES = {
    "time": "the short version is ready: coach today shows it",
    "pain": "if it is more than usual: coach flare start",
    "forgot": "an if-then plan helps: after breakfast, before the shower",
    "bored": "another ladder can take its place at the review",
    "doubt": "coach plan why EXERCISE says why each one is there",
    "travel": "a pause stops the clock: coach pause --to +7d",
    "ill": "a pause stops the clock: coach pause --to +3d",
}


def skip(
    context: typer.Context,
    reason: Annotated[str | None, typer.Option(help=", ".join(REMEDIES) + ", or your own words.")] = None,
    session: Annotated[str | None, typer.Option(help="Which session; today's when left out.")] = None,
) -> None:
    """Let a session go. Not done is not failed."""
    face: Face = context.obj
    if reason is None and face.asks:
        from coach.cli.ask import ask

        reason = ask(f"Why? ({', '.join(REMEDIES)}, or your own words)")
    if not reason:
        raise BadValue("A skip needs its reason.", "for example: coach skip --reason time")
    made = face.coach().skip(reason, session)
    if face.json:
        from coach.cli.document import plain

        face.emit("skip", {"skip": plain(made)})
        return
    face.confirm(f"Session {made.session} is let go. Nothing piles up. (coach undo takes it back)")
    if reason in REMEDIES:
        face.confirm(f"Next time: {REMEDIES[reason]}.")
