"""``coach review``: the weekly decision, card by card."""

from typing import Annotated, Any

import typer

from coach.cli.face import Face
from coach.problems import BadFile, BadValue, NothingToDo


def review(
    context: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", "-n", help="Show it; change nothing.")] = False,
    answers: Annotated[
        str | None, typer.Option(help="The weekly safety answers: a file, or - for stdin.")
    ] = None,
    accept: Annotated[
        bool, typer.Option("--accept", help="Take every card as it is, without asking card by card.")
    ] = False,
    veto: Annotated[
        list[str] | None, typer.Option(help="Take back a rise or a swap of the last review.")
    ] = None,
    hold: Annotated[
        list[str] | None, typer.Option(help="Keep an exercise where it is at the next review.")
    ] = None,
    last: Annotated[bool, typer.Option("--last", help="Show the last review once more.")] = False,
) -> None:
    """Decide the coming week, and say why.

    Six safety questions come with it; without their answers nothing rises. On a terminal every card is
    asked about; with --accept or --answers, and in a script, all of them are taken as they are.
    """
    face: Face = context.obj
    coach = face.coach()
    if accept and (veto or hold):
        raise BadValue(
            "--accept takes every card, so it does not go with --veto or --hold.", "leave one of them out"
        )
    if last:
        _last(face, coach)
        return
    if hold:
        _hold(face, coach, tuple(hold))
        return
    if veto:
        done = coach.veto(tuple(veto))
    else:
        screen = _screen(face, coach, answers)
        if screen is not None and answers is None and not (accept or dry_run or face.json):
            _led(face, coach, screen)
            return
        done = coach.review(screen=screen, dry_run=dry_run)
        if screen is None:
            face.say(
                "The weekly safety questions were not answered, so nothing rises: coach review --answers FILE"
            )
    if face.json:
        from coach.cli.document import plain

        document = {"review": plain(done.review), "plan": plain(done.plan), "dry_run": done.dry_run}
        said = {"refused": list(done.refused), "held": list(done.held), "text": done.text}
        face.emit("review", document | said)
    else:
        from coach.draw.cards import review as lines

        for line in lines(done.review, done.plan, face.width):
            face.out(line)
        for each in done.refused:
            face.out(f"Kept: {each}")
        for each in done.held:
            face.out(f"{each} They are: coach assess --rescreen")
        if done.text:
            face.out("\n" + done.text)
        if not dry_run:
            face.confirm("Saved. (coach review --veto ID takes a rise back; coach undo takes all of it back)")
    if done.text:
        raise typer.Exit(6)


def _last(face: Face, coach: Any) -> None:
    """The cards of the review before, as they were written."""
    done = coach.reviews()
    if not done:
        raise NothingToDo("No week has been reviewed yet.", "coach today says when the first review is due")
    if face.json:
        from coach.cli.document import plain

        face.emit("review-last", {"review": plain(done[-1])})
        return
    from coach.draw.cards import review as lines

    for line in lines(done[-1], coach.plan(), face.width):
        face.out(line)
    face.say("To take a rise back: coach review --veto ID. To keep an exercise where it is: --hold ID.")


def _led(face: Face, coach: Any, screen: dict[str, Any]) -> None:
    """A choice for each card, and a yes at the end."""
    from coach.cli.reviewing import lead

    told = lead(face, coach, screen)
    for each in told or ():
        face.out(each)
    if told is not None:
        face.confirm("Saved. (coach undo takes it back)")


def _hold(face: Face, coach: Any, ids: tuple[str, ...]) -> None:
    held = coach.hold(ids)
    if face.json:
        from coach.cli.document import plain

        face.emit("review-hold", {"held": list(held.plan.origin.ids), "plan": plain(held.plan)})
        return
    face.confirm(f"{held.text} (coach undo takes it back)")


def _screen(face: Face, coach: Any, answers: str | None) -> dict[str, Any] | None:
    if answers is not None:
        from coach.cli.files import read
        from coach.questionnaires.answerfile import BadAnswerFile, read_answer_file

        try:
            found: dict[str, Any] = read_answer_file(read(answers, 256 * 1024))["answers"]
        except BadAnswerFile as bad:
            raise BadFile(f"The weekly answers cannot be used: {bad}", "coach help review") from None
        return found
    if not face.asks:
        return None
    coach.review(screen=None, dry_run=True)  # says at once when there is nothing to review
    from coach.cli.interview import weekly

    if face.plain:
        _full(face, coach)
    return weekly(face, coach)


def _full(face: Face, coach: Any) -> None:
    """The full safety questions first, where they are due and wanted, as in the app."""
    from coach.cases.turns import FULL
    from coach.cli.ask import choose

    full = next((each for each in coach.rescreens() if each.kind == "full"), None)
    wanted = choose(full.reason, FULL) if full is not None else "later"
    if not wanted:
        face.say("Left. Nothing was changed.")
        raise typer.Exit(0)
    if wanted == "now":
        from coach.cli.interview import run

        done = run(face, coach, "rescreen", resume=False, new=False)
        face.out(done.text)
        if done.plan is None:
            raise typer.Exit(6)
