"""What Today says in each of its states, and what Enter does there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from coach.draw import readings, words
from coach.draw.days import WELCOME, asked, back, clock, coming, short
from coach.tui.keys import page_of, plainly
from coach.tui.lines import beside, faint, faint_para, head, para, pressed, strong
from coach.tui.widgets.drawn import Line

RHYTHM = {"open": "can still be done", "gone": "let go", "off": "a pause", "-": "left out"}
"""What became of a session, in the words of the rhythm."""
INDENT = "      "
"""Before the why of an exercise."""
ASIDE = (
    "With a screen reader, leave with q and run: coach --plain",
    "Only looking around? Leave with q and run: coach demo",
)


def welcome(width: int, begun: Any = None) -> list[Line]:
    """The state before there is anything, or with the questions left half-way."""
    if begun is not None and begun.answered:
        return _back(begun, width)
    lines: list[Line] = [strong("Welcome."), ""]
    for text in WELCOME:
        lines += [*para(text, width), ""]
    for text in ASIDE:
        lines += faint_para(text, width)
    return lines


def _back(begun: Any, width: int) -> list[Line]:
    texts = (
        back(begun),
        "Enter goes on with the next question. There you can go back one by one, too.",
        "To start over, press n: your answers so far are then thrown away.",
        WELCOME[-1],
    )
    return [strong("Welcome back."), *(line for text in texts for line in ("", *para(text, width)))]


def withheld(found: Any, width: int) -> list[Line]:
    """Something is withheld for safety: who to see comes first, and nothing beside it."""
    emergency = found.level == "T0_EMERGENCY"
    title = "PLEASE GET HELP NOW" if emergency else "First things first"
    lines: list[Line] = [strong(title), "", *para(plainly(found.text), width)]
    if found.level in ("T0_EMERGENCY", "T1_CLINICIAN"):
        lines += ["", *faint_para(plainly("After you have been seen: coach assess"), width)]
    return lines


def main(found: Any, width: int, *, roomy: bool = False) -> list[Line]:
    """What is due, with minutes and one line of why each."""
    day = found.day
    over = day.week > found.weeks
    where = f"{found.weeks} weeks done" if over else f"{found.phase}, week {day.week} of {found.weeks}"
    lines: list[Line] = [
        *(strong(line) for line in beside(words.day(day.date, year=True), where, width)),
        *(faint_para(f"The plan of {found.author}.", width) if found.author else ()),
        "",
    ]
    if found.text:
        lines += [*para(plainly(found.text), width), ""]
    if found.ahead:
        lines += [*para(clock(found), width), ""]
    for text in asked(found.asks):
        lines += [strong(line) for line in words.wrap(plainly(text), width)]
    lines += [""] if found.asks else []
    if not (day.session and day.state == "session"):  # the heading of a plain session says it all
        lines += [*para(plainly(said(day)), width)]
    for reason in day.reasons:
        if reason.text != day.text:
            lines += para(f"Changed today: {plainly(reason.text)}", width)
    if day.session:
        lines += ["", *session(day.session, found.units, width, kit=day.state == "flare", roomy=roomy)]
        lines += _shorter(day, width)
    elif day.kit:
        lines += ["", head("The flare kit, as often as it does good")]
        lines += [line for each in day.kit for line in row(each, found.units, width)]
    after = coming(day, found.review_on)
    lines += ["", *after] if after else []
    return _without_double_blanks(lines)


def _without_double_blanks(lines: list[Line]) -> list[Line]:
    return [line for place, line in enumerate(lines) if line != "" or (place and lines[place - 1] != "")]


def said(day: Any) -> str:
    """Why the day is as it is, with dates as people say them."""
    if day.state == "before_start":
        when = f"on {words.day(day.next.date)}" if day.next else "soon"
        return f"Your first session is {when}. Until then: move as you like."
    if day.state == "rest" and day.next:
        return "A day without a session. Rest is part of the plan: what you did takes effect now."
    if day.state == "done":
        return "Today's session is done. That was today's part."
    return str(day.text)


def session(each: Any, units: str, width: int, *, kit: bool = False, roomy: bool = False) -> list[Line]:
    """The exercises of a session with a line of why each; one line for all where they have the same.

    On a ``roomy`` page a why may be longer than a line.
    """
    what = "The flare kit" if kit else "Due today: a session of"
    count = f"{len(each.prescriptions)} exercise{'s' if len(each.prescriptions) > 1 else ''}"
    lines: list[Line] = [head(f"{what}{',' if kit else ''} {count}, about {round(each.minutes)} min")]
    reasons = {short(plainly(one.reason.text)) for one in each.prescriptions}
    if len(reasons) == 1 and len(each.prescriptions) > 1:
        lines += faint_para(reasons.pop(), width)
    for one in each.prescriptions:
        lines += row(one, units, width)
        if reasons:
            why = short(plainly(one.reason.text))
            said = faint_para(why, width, INDENT) if roomy else [faint(_cut(f"{INDENT}{why}", width))]
            lines += [pressed(line, _exercise(one.exercise)) for line in said]
    return lines


def _cut(text: str, width: int) -> str:
    """A text on one line: cut between two words where it is too long."""
    if len(text) <= width:
        return text
    return f"{text[: width - 3].rpartition(' ')[0].rstrip(',;:')} ..."


def row(one: Any, units: str, width: int) -> list[Line]:
    """One exercise and its dose; a click opens it."""
    lines = beside(f"  {one.name}", words.dose(one.dose, units), width)
    return [pressed(line, _exercise(one.exercise)) for line in lines]


def _exercise(name: str) -> str:
    return f"app.show('exercise', '{name}')"


def side(found: Any, rhythm: list[str], width: int, new: Sequence[str] = ()) -> list[Line]:
    """Check-in, the week's rhythm, walking, habits, and what is new; ``new`` comes before the notices."""
    day = found.day
    lines: list[Line] = [pressed(line, "app.go('checkin')") for line in _noted(found.checked_in, width)]
    if found.measured:
        lines += faint_para(readings.measured(found.measured), width)
    lines.append("")
    if rhythm:
        week: list[Line] = [head(f"This week: {day.done_count} of {day.planned_count} sessions"), *rhythm]
        lines += [pressed(line, f"app.show('week', {day.week})") for line in week]
        meant = _legend(rhythm)
        lines += [*(faint_para(meant, width) if meant else ()), ""]
    if day.walk:
        times = f"{day.walks_done} of {day.walk.times} this week"
        walk = beside(f"Walk {words.number(day.walk.minutes)} min", times, width)
        lines += [pressed(line, _exercise(day.walk.prescription.exercise)) for line in walk]
    for habit in day.habits:
        lines += [pressed(line, "app.go('habit')") for line in _bullet(habit.text, width)]
    told = [*new, *(each.text for each in day.notices), *found.offers]
    if told:
        lines += ["", head("New")]
        for each in told:
            action = page_of(each)
            shown = _bullet(plainly(each), width)
            lines += [pressed(line, f"app.go('{action}')") for line in shown] if action else shown
    return lines


def _legend(rhythm: list[str]) -> str:
    """What the less usual words of the week mean, where they stand in it."""
    found = rhythm[1].split()
    return "; ".join(f"{word}: {text}" for word, text in RHYTHM.items() if word in found)


def news(begun: Any, lesson: str) -> list[str]:
    """What waits besides: questions that were left, and the lesson of the week while it is unread."""
    found = []
    if begun.answered:
        several = "answers are" if begun.answered > 1 else "answer is"
        left = f"about {begun.minutes} min left"
        found.append(f"Questions were left half-way: {begun.answered} {several} kept, {left}. coach assess")
    if lesson:
        found.append(f"The lesson of this week: {lesson}. coach learn")
    return found


def _bullet(text: str, width: int) -> list[str]:
    first, *rest = words.wrap(text, width - 2)
    return [f"- {first}", *(f"  {line}" for line in rest)]


def _shorter(day: Any, width: int) -> list[Line]:
    if not day.short or len(day.short) >= len(day.session.prescriptions):
        return []
    minutes = round(sum(each.minutes for each in day.short))
    names = words.listed(tuple(each.name for each in day.short))
    return ["", *faint_para(f"Little time? {minutes} min do: {names}, one set each: s, then v.", width)]


def _noted(checkin: Any, width: int) -> list[Line]:
    if checkin is None:
        return [strong("Check-in: not yet"), faint("c: three numbers, twenty seconds")]
    parts = (
        ("pain", checkin.pain, ""),
        ("slept", checkin.sleep_hours, " h"),
        ("sleep", checkin.sleep_quality, ""),
        ("stress", checkin.stress, ""),
    )
    given = ", ".join(
        f"{name} {words.number(value)}{unit}" for name, value, unit in parts if value is not None
    )
    lines: list[Line] = [*para(f"Check-in: {given or 'noted'}", width)]
    if checkin.note:
        lines += faint_para(f"“{checkin.note}”", width)
    return lines
