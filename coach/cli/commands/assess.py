"""``coach assess``: the interview in the terminal, or the answers of a file."""

from typing import Annotated, Any

import typer

from coach.cli.face import Face
from coach.problems import BadFile, BadValue

ANSWERS_LIMIT = 256 * 1024


def assess(
    context: typer.Context,
    answers: Annotated[str | None, typer.Option(help="A file of answers, or - for standard input.")] = None,
    schema: Annotated[
        bool, typer.Option("--schema", help="Print the JSON Schema of the answer file.")
    ] = False,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the interview that was left.")] = False,
    new: Annotated[bool, typer.Option("--new", help="Start another episode of care.")] = False,
    rescreen: Annotated[bool, typer.Option("--rescreen", help="Only the safety questions, again.")] = False,
    again: Annotated[
        bool, typer.Option("--again", help="Measure again: pain, function, goals, sleep, stress.")
    ] = False,
    more: Annotated[
        bool, typer.Option("--more", help="The questions that the first sitting left for later.")
    ] = False,
    change: Annotated[
        list[str] | None, typer.Option(help="Correct an earlier answer: ITEM, or ITEM=ANSWER.")
    ] = None,
    one_by_one: Annotated[
        bool, typer.Option("--one-by-one", help="Ask every sign as a question of its own.")
    ] = False,
    clear: Annotated[
        str | None, typer.Option(help="A reason that a clinician has cleared, such as rf12.")
    ] = None,
    by: Annotated[str | None, typer.Option(help="doctor, physiotherapist or midwife.")] = None,
    name: Annotated[str | None, typer.Option(help="The clinician's name.")] = None,
    on: Annotated[str | None, typer.Option(help="Date of the examination.")] = None,
    lifts: Annotated[
        list[str] | None, typer.Option(help="An exercise that the clearance names, such as hng_9.")
    ] = None,
    instrument: Annotated[
        str | None, typer.Option(help="An official form by its numbers, such as odi.")
    ] = None,
    total: Annotated[str | None, typer.Option(help="Its total alone, from your own sheet.")] = None,
    questionnaire: Annotated[str | None, typer.Option(help="A FHIR Questionnaire file of a clinic.")] = None,
    output: Annotated[
        str | None, typer.Option("--output", "-o", help="Its QuestionnaireResponse, to a file.")
    ] = None,
    summary: Annotated[
        bool, typer.Option("--summary", help="Also print the answers for a clinician.")
    ] = False,
) -> None:
    """Answer the questions that decide where to start.

    The questions look for danger first. Every answer is saved as it is given.
    """
    face: Face = context.obj
    if instrument is not None or questionnaire is not None:
        from coach.cli import forms

        if instrument is not None:
            forms.official(face, instrument, answers, total, schema=schema)
        else:
            forms.questionnaire(face, str(questionnaire), answers, output, schema=schema)
        return
    if schema:
        from coach.cases.answering import schema as print_schema
        from coach.exchange.formats import dumps

        face.data(dumps(print_schema()))
        return
    coach = face.coach()
    if change:
        raise typer.Exit(_changed(face, coach, change))
    occasion = "rescreen" if rescreen else "again" if again else "more" if more else ""
    if clear is not None:
        result = coach.clear(_clearance(coach, clear, by, name, on, tuple(lifts or ())))
    elif answers is not None:
        result = coach.assess(_read(answers), new=new, occasion=occasion or "enrolment")
    else:
        from coach.cli.interview import run

        wanted = occasion or ("enrolment" if new else "")
        result = run(face, coach, wanted, resume=resume, new=new, one_by_one=one_by_one)
    raise typer.Exit(_tell(face, result, summary))


def _changed(face: Face, coach: Any, wanted: list[str]) -> int:
    """Correct answers, and give the exit code."""
    from coach.cli.correcting import on_file, tell

    done = on_file(face, coach, wanted)
    if not face.json:
        tell(face, done)
        if done.assessed.plan is None:
            face.out("\n" + done.assessed.text)
        return 6 if done.assessed.plan is None else 0
    from coach.cli.document import plain

    triage, profile, plan = done.assessed.triage, done.assessed.profile, done.assessed.plan
    document = {
        "corrections": plain(done.corrections),
        "dropped": list(done.dropped),
        "level": {"before": done.level_before, "after": triage.level},
        "headline": {
            "before": done.profile_before.headline if done.profile_before else None,
            "after": profile.headline if profile else None,
        },
        "plan": {
            "before": done.plan_before.id if done.plan_before else None,
            "after": plan.id if plan else None,
        },
        "text": done.assessed.text,
    }
    face.emit("assess-change", document)
    return 6 if plan is None else 0


def _read(path: str) -> dict[str, Any]:
    from coach.cli.files import read
    from coach.questionnaires.answerfile import BadAnswerFile, read_answer_file

    try:
        document = read_answer_file(read(path, ANSWERS_LIMIT))
    except BadAnswerFile as bad:
        raise BadFile(f"The answers cannot be used: {bad}", "coach assess --schema shows the form") from None
    found: dict[str, Any] = document["answers"]
    return found


def _clearance(
    coach: Any, rule: str, by: str | None, name: str | None, on: str | None, lifts: tuple[str, ...]
) -> Any:
    from coach.cli.dates import read
    from coach.model.assessment import Clearance

    if by not in ("doctor", "physiotherapist", "midwife") or not name or not on:
        raise BadValue(
            "A clearance needs who examined you, the name and the date.",
            f"coach assess --clear {rule} --by doctor --name NAME --on YYYY-MM-DD",
        )
    from coach.model.text import one_line

    day = read(on, coach.today_date)
    return Clearance(
        id=rule.lower(),
        clinician=by,  # type: ignore[arg-type]
        name=one_line(name),
        first_yes=day,
        date=day,
        examined=True,
        cleared=True,
        lifts=tuple(each.lower().replace("-", "_") for each in lifts),
    )


def _tell(face: Face, result: Any, summary: bool) -> int:
    """Say what the assessment led to, and give the exit code."""
    from coach.cli.document import plain
    from coach.draw.words import wrap

    withheld = result.plan is None
    if face.json:
        face.emit(
            "assess",
            {
                "triage": plain(result.triage),
                "profile": plain(result.profile),
                "plan": result.plan.id if result.plan else None,
                "text": result.text,
                "summary": result.summary or None,
                "saved": result.saved,
            },
        )
        return 6 if withheld else 0
    for line in wrap(result.text, face.width):
        face.out(line)
    if result.summary and (summary or _wanted(face)):
        face.out("\n" + result.summary)
    if withheld:
        return 6
    week = result.plan.week
    face.out(
        f"\nYour plan is written: {result.plan.weeks} weeks, {len(week.sessions)} sessions this week. "
        "Only the coming week is fixed; the rest is a forecast."
    )
    face.say("Next: coach today, coach plan show, or a short first session: coach session --short")
    return 0


def _wanted(face: Face) -> bool:
    """Whether the person at the keyboard wants the answers printed below the instruction."""
    if not face.asks:
        return False
    from coach.cli.ask import sure

    return sure("\nShow your answers, to print or to read out?")
