"""The packet for the therapist: gathered from the running episode, labelled, cleared of words on request."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import msgspec

from coach.cases import packetdays, packetmeasures, sender
from coach.cases.packetflags import flags
from coach.desk import Desk
from coach.model.log import History, Note
from coach.model.packet import DecisionOf, FileOf, Packet, PlanOf, WordsOf
from coach.problems import BadValue
from coach.tables import Reading

if TYPE_CHECKING:
    from coach.model.charts import Insight
    from coach.model.plan import Plan
    from coach.model.review import Decision, Review

QUESTION = "question:"
"""Ids of the notes that hold questions for the therapist: this, the day and a number."""
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_SAID = re.compile(
    r"\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d{1,2} "
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?: \d{4})?\b"
)


def packet(desk: Desk, *, words: bool = True, pseudonym: str | None = None) -> Packet:
    """Gather the packet, sealed. Raises `NothingToDo` without an episode.

    ``words`` false leaves out everything that the person wrote. ``pseudonym`` is a label, or ``auto`` for a
    code that cannot be joined to the usual one, with all dates moved by the same number of weeks.
    """
    from coach.cases.insight import insight
    from coach.exchange.packet import sealed
    from coach.exchange.packetrules import load_packet_rules
    from coach.version import VERSION

    limits = load_packet_rules()
    reading = desk.read()
    earlier = sender.before(desk)
    secret = sender.secret_of(desk, earlier)
    label, shift = sender.sender(desk, secret, pseudonym, words=words)
    history = desk.history(reading)
    first = desk.today - timedelta(days=limits["days"] - 1)
    first = min(first, earlier.since or first)
    found: dict[str, Any] = {}
    seen: Insight | None = None
    if reading.docs("plan"):
        seen = insight(desk)
        found = _lived(desk, reading, history, seen, first, words=words)
    told = _words(reading, history, first, limits["words"], since=earlier.since)
    made = Packet(
        made=desk.today,
        number=earlier.number,
        since=earlier.since,
        coach=VERSION,
        sender=label,
        days=packetdays.days(history, desk.today, limits["days"]),
        flares=packetdays.flares(history, desk.today, earlier.since),
        flags=flags(desk, reading, history, seen, told, earlier),
        words=told if words else (),
        **found,
    )
    if earlier.since:
        made = _marked(made, earlier.since)
    return sealed(_shifted(made, shift) if shift else made)


def ask(desk: Desk, text: str) -> Note:
    """Note a question for the therapist; it goes out with the next packet. Raises `BadValue` for none."""
    from coach.model.text import one_line

    said = one_line(text, 500)
    if not said:
        raise BadValue("The question is empty.", 'for example: coach log --question "May I swim?"')
    with desk.write("question for the therapist") as writing:
        head = f"{QUESTION}{desk.today}-"
        taken = [each.id for each in writing.all("notes", Note) if each.id.startswith(head)]
        number = 1 + max((int(each.removeprefix(head)) for each in taken), default=0)
        note = Note(id=f"{head}{number}", date=desk.today, text=said, at=desk.at)
        writing.put("notes", note)
    return note


def _lived(
    desk: Desk, reading: Reading, history: History, seen: Insight, first: date, *, words: bool
) -> dict[str, Any]:
    from coach.model.review import Review

    plan = reading.plan
    reviews = [each for each in reading.all("reviews", Review) if each.date >= first]
    return {
        "plan": _plan(reading, plan),
        "adherence": packetdays.adherence(desk, reading, history),
        "response": packetmeasures.response(seen, plan),
        "weeks": packetdays.weeks(desk, history),
        "measures": packetmeasures.measures(desk, seen, words=words),
        "answers": packetdays.answers(reading),
        "decisions": tuple(
            _decision(review, each, plan, words=words)
            for review in reviews
            for each in (*review.decisions, *review.habits)
        )[-400:],
    }


def _plan(reading: Reading, plan: Plan) -> PlanOf:
    return PlanOf(
        id=plan.id,
        kind=reading.episode.kind,
        start=plan.start,
        week=plan.week.number,
        weeks=plan.weeks,
        phase=plan.week.phase_name,
        template=plan.template,
        file=_file(reading, plan),
        primary=plan.primary,
        secondary=plan.secondary,
        tier=plan.tier,
        sessions_per_week=plan.sessions_per_week,
        minimum=plan.minimum,
    )


def _file(reading: Reading, plan: Plan) -> FileOf | None:
    """The therapist's file that is in force, and who signed it."""
    from coach.cases.shapes import applied

    if not plan.file:
        return None
    found = applied(reading, plan.file)
    return FileOf(
        title=found.title[:500],
        author=(found.author or plan.author)[:500],
        digest=found.digest,
        signer=found.signer[:500],
        fingerprint=found.key[:80],
    )


def _decision(review: Review, each: Decision, plan: Plan, *, words: bool) -> DecisionOf:
    """One decision; the text of a habit may hold the person's own activity, and goes with the words."""
    from coach.draw.words import dose

    units = plan.preferences.units
    own = each.exercise.startswith("habit:") and not words
    return DecisionOf(
        date=review.date,
        week=review.week,
        exercise=each.exercise,
        name="" if own else each.name[:500],
        rule=each.rule,
        action=each.action,
        before=dose(each.before, units) if each.before else "",
        after=dose(each.after, units) if each.after else "",
        to=each.to,
        why="" if own else each.text[:500],
        safety=each.safety,
        vetoed=each.vetoed,
    )


def _words(
    reading: Reading, history: History, first: date, most: int, *, since: date | None
) -> tuple[WordsOf, ...]:
    """What the person wrote: open questions of the whole episode, and the notes of the last weeks."""
    asked = [
        WordsOf(date=each.date, about="question", text=each.text)
        for each in reading.all("notes", Note)
        if each.id.startswith(QUESTION) and (each.date >= first or since is None)
    ]
    found = [
        *((each.date, "check-in", each.note) for each in history.checkins),
        *((each.date, "session", each.note) for each in history.sessions),
        *(
            (log.date, "exercise", f"{each.exercise}: {text}")
            for log in history.sessions
            for each in log.exercises
            for text in (each.note, each.reason)
            if text
        ),
        *((each.start, "flare", each.note) for each in history.flares),
        *((each.start, "pause", each.reason) for each in history.pauses),
        *((each.date, "skip", each.reason) for each in history.skips),
    ]
    told = [
        WordsOf(date=day, about=about, text=" ".join(text.split())[:500])
        for day, about, text in found
        if text.strip() and day >= first
    ]
    newest = sorted(told, key=lambda each: each.date)[-max(0, most - len(asked)) :]
    return tuple(sorted((*asked[-most:], *newest), key=lambda each: (each.about != "question", each.date)))


def _marked(made: Packet, since: date) -> Packet:
    """What came after the last packet is new."""
    return msgspec.structs.replace(
        made,
        decisions=tuple(msgspec.structs.replace(e, new=e.date > since) for e in made.decisions),
        words=tuple(msgspec.structs.replace(e, new=e.date > since) for e in made.words),
    )


def _shifted(made: Packet, shift: timedelta) -> Packet:
    """Every date moved, in the fields and in the texts; a date in words is left out."""
    from coach.model.noun import from_doc, to_doc

    def moved(match: re.Match[str]) -> str:
        try:
            return (date.fromisoformat(match[0]) + shift).isoformat()
        except (ValueError, OverflowError):
            return match[0]

    def walk(value: Any) -> Any:
        if isinstance(value, str):
            return _SAID.sub("that day", _ISO.sub(moved, value))
        if isinstance(value, dict):
            return {key: walk(each) for key, each in value.items()}
        return [walk(each) for each in value] if isinstance(value, list | tuple) else value

    return from_doc(walk(to_doc(made)), Packet)
