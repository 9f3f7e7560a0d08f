"""``coach checkin``: this morning's pain, sleep and stress."""

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any

import typer

from coach.cli.face import Face
from coach.problems import BadValue

if TYPE_CHECKING:
    from coach.cli.ask import Question
    from coach.daily import Daily


def checkin(
    context: typer.Context,
    value: Annotated[str | None, typer.Argument(metavar="[PAIN]", help="Pain now, 0 to 10.")] = None,
    pain: Annotated[str | None, typer.Option(help="Pain now, 0 to 10.")] = None,
    worst: Annotated[str | None, typer.Option(help="Worst pain of the day, 0 to 10.")] = None,
    sleep: Annotated[str | None, typer.Option(help="Hours slept.")] = None,
    sleep_quality: Annotated[str | None, typer.Option(help="0 badly to 10 very well.")] = None,
    stress: Annotated[str | None, typer.Option(help="0 none to 10 the most.")] = None,
    steps: Annotated[str | None, typer.Option(help="Steps of the day.")] = None,
    sitting: Annotated[str | None, typer.Option(help="Hours sat.")] = None,
    active: Annotated[str | None, typer.Option(help="Active minutes of the day.")] = None,
    habit: Annotated[list[str] | None, typer.Option(help="A habit that was done, such as breathing.")] = None,
    note: Annotated[str | None, typer.Option(help="Anything worth keeping.")] = None,
    date: Annotated[
        str | None, typer.Option("--date", "-d", help="Another day: yesterday, mon, -3d ...")
    ] = None,
    flag: Annotated[list[str] | None, typer.Option(help="A warning sign, such as ms_legs.")] = None,
    eased: Annotated[
        list[str] | None, typer.Option(help="What eased the pain that day, such as dir or neu.")
    ] = None,
) -> None:
    """Note this morning's pain, sleep and stress.

    A second check-in of a date adds to the first; what changes is shown. Without values it asks.
    """
    from coach.cli.parse import number

    face: Face = context.obj
    if value is not None and pain is not None and value != pain:
        raise BadValue(f"Pain is given twice, as {value} and as {pain}.", "give it once: coach checkin 4")
    given = {
        "pain": (value if value is not None else pain, 0, 10),
        "pain_worst": (worst, 0, 10),
        "sleep_hours": (sleep, 0, 24),
        "sleep_quality": (sleep_quality, 0, 10),
        "stress": (stress, 0, 10),
        "steps": (steps, 0, 200_000),
        "sitting_hours": (sitting, 0, 24),
        "active_minutes": (active, 0, 1440),
    }
    fields: dict[str, Any] = {
        name: number(
            text, name.replace("_", " "), low, high, f"a number from {low} to {high}; nothing was saved"
        )
        for name, (text, low, high) in given.items()
        if text is not None
    }
    fields |= {
        "note": note,
        "flags": tuple(flag) if flag else None,
        "relief": tuple(eased) if eased else None,
    }
    fields["habits"] = tuple(habit) if habit else None
    coach = face.daily()
    day = _day(date, coach.today_date)
    stopped = None
    if not any(each is not None for each in fields.values()):
        day, stopped = _ask(face, coach, day, fields)
        if not any(each is not None for each in fields.values()):
            face.say("Nothing was noted.")
            raise typer.Exit(130 if stopped else 0)
    done = coach.check_in(day, **fields)
    if stopped:
        face.say("")
    if face.json:
        from coach.cli.document import checkin as document

        face.emit("checkin", document(done))
        return
    for notice in done.notices:
        face.out(notice)
    if face.talks:
        for line in _changes(done):
            face.confirm(line)
    if stopped:
        raise typer.Exit(130)


def _day(given: str | None, today: Any) -> Any:
    if given is None:
        return today
    from coach.cli.dates import read

    return read(given, today)


def _ask(face: Face, coach: "Daily", day: Any, fields: dict[str, Any]) -> tuple[Any, BaseException | None]:
    """Ask into ``fields`` what may be noted; the day, which may become yesterday, and what ended it early."""
    if not face.asks:
        raise BadValue("There is nothing to note.", "give it: coach checkin 4 --sleep 7 --stress 3")
    from coach.cli.ask import HOW, Closed, in_a_row
    from coach.draw.words import day as named

    face.say(f"Check-in of {named(day)}. {HOW}")
    if day == coach.today_date:
        face.say("For yesterday type: yesterday")
    try:
        in_a_row(_questions(face, coach, day), fields)
    except _Yesterday:
        return _ask(face, coach, day - dt.timedelta(days=1), fields)
    except Closed:
        face.say("")
        return day, None
    except KeyboardInterrupt as stopped:
        return day, stopped  # nothing is said before it is saved: the terminal may be gone
    return day, None


class _Yesterday(Exception):
    """The person wants to fill in the day before."""


def _questions(face: Face, coach: "Daily", day: Any) -> "list[Question]":
    """The questions of the morning, with what is noted of the day already."""
    from coach.cli.ask import Question, number
    from coach.draw.morning import SCALES, TEXTS, scale
    from coach.draw.words import number as shown

    noted = next((each for each in face.coach().history().checkins if each.date == day), None)

    def first(typed: str) -> Any:
        if typed.lower() in ("yesterday", "y") and day == coach.today_date:
            coach.today(day - dt.timedelta(days=1))  # says at once where the plan begins later
            raise _Yesterday
        return number(0, 10)(typed)

    found = []
    for each in (*SCALES, *TEXTS):
        value = getattr(noted, each.name, None)
        now = "" if value in (None, "") else value if isinstance(value, str) else shown(value)
        read: Any = str if each.most is None else number(0, each.most)
        text = each.text if each.most is None else scale(each)
        found.append(Question(each.name, text, first if each.name == "pain" else read, now))
    worry = "Anything new and worrying, such as numbness or weakness? y or n"
    return [*found, Question("flags", worry, lambda typed: _sign(face, coach, typed))]


def _sign(face: Face, coach: "Daily", typed: str) -> tuple[str, ...] | None:
    """Which warning sign it is."""
    from coach.cli.ask import ask

    if typed.lower() in ("n", "no"):
        return None
    if typed.lower() not in ("y", "yes"):
        raise BadValue("Type y or n, or Enter.")
    signs = coach.signs()
    for number, (_, text) in enumerate(signs, 1):
        face.say(f"  {number} {text}")
    while True:
        typed = ask("Which of these is new? (Enter: none of them)")
        if not typed:
            return None
        if typed.isdecimal() and 0 < int(typed) <= len(signs):
            return (signs[int(typed) - 1][0],)
        face.say(f"  A number from 1 to {len(signs)}, please, or Enter for none of them.")


def _changes(done: Any) -> list[str]:
    from coach.draw.words import day

    when = day(done.checkin.date)
    if not done.changes:
        return [f"{when}: already noted; nothing changed."]
    shown = [
        f"{each.field.replace('_', ' ')} {_shown(each.before)} -> {_shown(each.after)}"
        if each.before not in (None, "", ())
        else f"{each.field.replace('_', ' ')} {_shown(each.after)}"
        for each in done.changes
    ]
    return [f"Saved for {when}: {', '.join(shown)}. (coach undo takes it back)"]


def _shown(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(value)
    return f"{value:g}" if isinstance(value, int | float) else f"“{value}”"
