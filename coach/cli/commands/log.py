"""``coach log``: a session, or one exercise as it was really done."""

from typing import Annotated, Any

import typer

from coach.cli.face import Face
from coach.problems import BadValue

FORMS = {"good": 0, "minor": 1, "poor": 2}
FELT = (
    ("rpe", "Effort, 0 rest to 10 the most you can"),
    ("before", "Pain before, 0 to 10"),
    ("pain", "Most pain during, 0 to 10"),
)


def log(
    context: typer.Context,
    exercise: Annotated[str | None, typer.Argument(help="An exercise such as hng_4, or walk.")] = None,
    done: Annotated[str | None, typer.Option(help="all: the whole session as prescribed.")] = None,
    short: Annotated[bool, typer.Option("--short", help="The short version: one set each.")] = False,
    session: Annotated[str | None, typer.Option(help="Another session of the week, such as w01_s2.")] = None,
    sets: Annotated[str | None, typer.Option(help="What was done: 3x8, 3x20s, 8,8,6, 12min.")] = None,
    load: Annotated[str | None, typer.Option(help="Load: 6kg or 13lb.")] = None,
    rpe: Annotated[str | None, typer.Option(help="Effort, 0 to 10.")] = None,
    before: Annotated[str | None, typer.Option(help="Pain before, 0 to 10.")] = None,
    pain: Annotated[str | None, typer.Option(help="Most pain during, 0 to 10.")] = None,
    form: Annotated[str | None, typer.Option(help="good, minor or poor.")] = None,
    reserve: Annotated[
        str | None, typer.Option(help="Repetitions still possible after the last set.")
    ] = None,
    clean: Annotated[
        str | None, typer.Option(help="Clean repetitions of ten, on video or in a mirror.")
    ] = None,
    leg: Annotated[str | None, typer.Option(help="Leg symptom: none, new, spreading or lingering.")] = None,
    reason: Annotated[str | None, typer.Option(help="Why it was stopped or left out.")] = None,
    status: Annotated[str | None, typer.Option(help="done, partial, swapped, skipped or stopped.")] = None,
    minutes: Annotated[str | None, typer.Option(help="Minutes the session took.")] = None,
    note: Annotated[str, typer.Option(help="Anything worth keeping.")] = "",
    date: Annotated[
        str | None, typer.Option("--date", "-d", help="Another day: yesterday, mon, -3d ...")
    ] = None,
    source: Annotated[
        str | None, typer.Option("--from", help="Sessions from a file, or - for stdin.")
    ] = None,
    question: Annotated[
        str | None, typer.Option(help="A question for your therapist; it goes out with the next packet.")
    ] = None,
) -> None:
    """Record a session without being led through it.

    Effort, pain and form may be given once for the whole session with --done all.
    """
    from coach.cli.dates import read

    face: Face = context.obj
    coach = face.coach()
    if question is not None:
        _asked(face, coach, question)
        if exercise is None and done is None and not short and source is None:
            return
    day = read(date, coach.today_date) if date else None
    if source is not None:
        _many(face, coach, source)
        return
    felt = _felt(rpe, before, pain, form, reserve, clean)
    felt |= {"leg": _word("--leg", leg, ("none", "new", "spreading", "lingering")), "reason": reason or ""}
    if exercise is None:
        if done not in (None, "all") or (done is None and not short):
            raise BadValue("Say what was done.", "coach log --done all, or coach log EXERCISE --sets 3x8")
        if face.asks and (session is not None or _due(coach, day)):  # else it says so at once
            _ask_missing(face, felt)
        result = coach.log_session(
            session, day=day, short=short, note=note, minutes=_number("--minutes", minutes, 0, 600), **felt
        )
    else:
        result = _single(coach, exercise, day, sets, load, status, note, felt)
    _tell(face, result)


def _asked(face: Face, coach: Any, text: str) -> None:
    note = coach.ask_therapist(text)
    if face.json:
        from coach.cli.document import plain

        face.emit("log-question", {"question": plain(note)})
        return
    face.confirm("Noted. It goes out with the next packet: coach export packet (coach undo takes it back)")


def _single(
    coach: Any,
    exercise: str,
    day: Any,
    sets: str | None,
    load: str | None,
    status: str | None,
    note: str,
    felt: Any,
) -> Any:
    from coach.cli import sets as spoken

    chosen = _word("--status", status, ("done", "partial", "swapped", "skipped", "stopped"))
    return coach.log_exercise(
        exercise,
        day=day,
        amounts=spoken.amounts(sets) if sets else None,
        load_kg=spoken.kilograms(load) if load else None,
        status=chosen,
        note=note,
        **felt,
    )


def _felt(
    rpe: str | None,
    before: str | None,
    pain: str | None,
    form: str | None,
    reserve: str | None,
    clean: str | None,
) -> dict[str, Any]:
    left = _number("--reserve", reserve, 0, 30)
    good = _number("--clean", clean, 0, 10)
    return {
        "rpe": _number("--rpe", rpe, 0, 10),
        "before": _number("--before", before, 0, 10),
        "pain": _number("--pain", pain, 0, 10),
        "form": FORMS[found] if (found := _word("--form", form, tuple(FORMS))) else None,
        "reserve": None if left is None else int(left),
        "clean_reps": None if good is None else int(good),
    }


def _number(name: str, value: str | None, low: float, high: float) -> float | None:
    from coach.cli.parse import number

    return None if value is None else number(value, name, low, high, "nothing was saved")


def _word(name: str, value: str | None, words: tuple[str, ...]) -> str | None:
    if value is None or value in words:
        return value
    raise BadValue(f"{name} takes one of {', '.join(words)}, not “{value}”.", "nothing was saved")


def _due(coach: Any, day: Any) -> bool:
    found = coach.today(day)
    return found.day is not None and found.day.session is not None


def _ask_missing(face: Face, felt: dict[str, Any]) -> None:
    """Ask once, for the whole session, what was not given."""
    from coach.cli.ask import HOW, Question, in_a_row, number

    asked = [Question(name, text, number(0, 10)) for name, text in FELT]
    asked.append(Question("form", "Form: good, minor faults or poor", _form))
    face.say(f"The whole session as it was prescribed. {HOW}")
    given: dict[str, Any] = {}
    if not in_a_row([each for each in asked if felt[each.name] is None], given):
        face.say("Nothing was recorded.")
        raise typer.Exit(0)
    felt |= given


def _form(typed: str) -> int:
    """How clean it was, by the word or how it begins."""
    found = [value for name, value in FORMS.items() if name.startswith(typed.lower())]
    if not found:
        raise BadValue("Type good, minor or poor, or Enter.")
    return found[0]


def _many(face: Face, coach: Any, source: str) -> None:
    from coach.cli.files import read
    from coach.cli.sets import session_logs

    _tell(face, coach.log_many(session_logs(read(source, 4 * 1024 * 1024))))


def _tell(face: Face, result: Any) -> None:
    if face.json:
        from coach.cli.document import plain

        face.emit("log", {"sessions": plain(result.sessions), "safety": {"notices": list(result.notices)}})
        return
    for notice in result.notices:
        face.out(notice)
    face.confirm(f"{result.text} (coach undo takes it back)")
