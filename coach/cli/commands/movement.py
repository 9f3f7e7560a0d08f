"""``coach test``: the movement tests, listed, led through or recorded."""

from typing import Annotated, Any

import typer

from coach.cli.face import Face
from coach.problems import BadFile, BadValue


def movement(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="[TEST]", help="A test such as mt_07, or 7.")] = None,
    value: Annotated[
        list[str] | None,
        typer.Option(help="What one try gave: seconds=11.2, again for what else is written down."),
    ] = None,
    left: Annotated[str | None, typer.Option(help="What the left side gave.")] = None,
    right: Annotated[str | None, typer.Option(help="What the right side gave.")] = None,
    pain_before: Annotated[int | None, typer.Option(min=0, max=10, help="Pain before the test.")] = None,
    pain: Annotated[int | None, typer.Option(min=0, max=10, help="Most pain during the test.")] = None,
    stopped: Annotated[
        str, typer.Option(help="Why it ended: done, cap, form, pain, leg, weak, own ...")
    ] = "done",
    trials: Annotated[str | None, typer.Option(help="All tries as JSON: a file, or - for stdin.")] = None,
    show: Annotated[bool, typer.Option("--show", help="Only show how it is done.")] = False,
) -> None:
    """Measure how you move, alone at home; without a test, list what is due.

    On a terminal it leads through the test with a stopwatch; results can be typed instead.
    """
    from coach.cli import testing

    face: Face = context.obj
    coach = face.coach()
    if name is None:
        testing.listing(face, coach.battery())
        return
    from coach.cases.measuring import protocol

    found = protocol(name)
    if show:
        testing.explain(face, found)
        return
    if trials is not None:
        tries = _from_file(trials)
    elif value or left is not None or right is not None:
        tries = testing.typed(found, value or [], left, right, pain, stopped)
    elif face.asks:
        try:
            tries, pain_before = testing.lead(face, found, coach.test_due(found.id), pain_before)
        except testing.Left:
            face.say("This test was left; nothing of it was kept.")
            return
    else:
        raise BadValue(
            f"{found.title} needs a result.", f"coach test {found.id} --value {found.measures[0].id}=..."
        )
    testing.tell(face, coach.record_test(found.id, tries, pain_before=pain_before))


def _from_file(path: str) -> tuple[Any, ...]:
    import json

    from coach.cli.files import read
    from coach.model.noun import NotANoun, from_doc
    from coach.model.testing import Trial

    try:
        return from_doc(json.loads(read(path, 256 * 1024)), tuple[Trial, ...])
    except (ValueError, RecursionError, NotANoun) as error:
        raise BadFile(f"The tries cannot be used: {error}; nothing was changed.") from None
