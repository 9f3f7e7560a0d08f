"""Asking the safety questions again: what is due, and what an answer settles (``clinical.md`` 1.5).

On the daily path: the rules and words are read only when something is due.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import msgspec

from coach.desk import Desk
from coach.model.log import SCREEN_ITEMS, SESSION_KINDS, STOPPED, Episode
from coach.programs import alarms
from coach.tables import Tables, Writing

if TYPE_CHECKING:
    from coach.cases.keeping import Assessed
    from coach.model.assessment import Answers
    from coach.model.log import History
    from coach.model.plan import Plan
    from coach.questionnaires.rescreening import Due, Value

EVENTS = ("night_pain", "pregnancy", "surgery", "cancer", "steroids")
"""What a person can report besides the six signs of the week; each asks for the full questions."""
LEG = "ms_leg_new"
BY_PAIN = ("pain_high", "pain_rise")
SIGNS = (LEG, "ms_different")
"""Signs of the six that are events of their own; reporting one opens its questions at once."""
WAITING = ("paused", "before_start", "stopped")
"""Days on which nothing is asked for."""


def note_alarms(desk: Desk, writing: Writing, reported: tuple[str, ...] = ()) -> tuple[str, ...]:
    """After an entry: keep in the episode what the mornings ask for, and what was reported; the new ones."""
    if writing.name != desk.names()[-1]:
        return ()
    found = next((doc for doc in writing.docs("meta") if doc.get("id") == "episode"), None)
    if found is None:
        return ()
    screened = found.get("screened")
    pains = _pains(desk, writing, found)
    raised = alarms.by_pain(pains, desk.today, date.fromisoformat(screened) if screened else None)
    before = tuple(found.get("rescreen") or ())
    kept = tuple(each for each in before if each not in BY_PAIN)
    after = tuple(dict.fromkeys((*kept, *(each for each in reported if each in EVENTS), *raised)))
    if after != before:
        writing.put("meta", msgspec.structs.replace(writing.episode, rescreen=after))
    return tuple(each for each in after if each not in before)


def notices(ids: tuple[str, ...], today: date) -> tuple[str, ...]:
    """What to say at once about what an entry raised."""
    if not ids:
        return ()
    from coach.questionnaires.rescreening import Facts, due

    dues = due(Facts(alarms=ids), today)
    return tuple(f"{each.reason} {hint((each,))}" for each in dues)


def hint(dues: tuple[Due, ...]) -> str:
    """What to do about things that are due."""
    if all(each.kind == "repeat_function" for each in dues):
        return "They are part of: coach assess --again"
    kinds = {each.kind for each in dues}
    how = "the safety questions" if "full" in kinds else "six safety questions"
    before = "Before any session is shown, please" if any(each.first for each in dues) else "Please"
    return f"{before} answer {how}: coach assess --rescreen"


def _pains(desk: Desk, tables: Tables, episode: dict[str, Any]) -> dict[date, float]:
    since = (desk.today - timedelta(days=alarms.READ_DAYS)).isoformat()
    docs = tables.docs("checkins")
    names = desk.names()
    if episode.get("kind") == "maintenance" and len(names) > 1:
        docs = [*desk.read(names[-2]).docs("checkins"), *docs]
    recent = (doc for doc in docs if doc["date"] >= since and doc["pain"] is not None)
    return {date.fromisoformat(doc["date"]): doc["pain"] for doc in recent}


def raised(
    tables: Tables, episode: Episode, plan: Plan, history: History, today: date, flare_day: int | None
) -> tuple[str, ...]:
    """Ids of all that is due by the log and the calendar, in no order; cheap."""
    done = [each.date for each in history.sessions if each.kind in SESSION_KINDS and each.date <= today]
    last = max([*done, plan.start, date.fromisoformat(tables.name[:10])])
    review_due = today >= plan.week.starts + timedelta(days=7)
    found = [*episode.rescreen, *(each for each in episode.asked if each in SIGNS)]
    gap = alarms.by_gap(last, today, episode.screened, episode.screened_full)
    found += [gap] if gap else []
    if flare_day is not None:
        flare = alarms.by_flare(flare_day, today, episode.screened)
        found += [flare] if flare else []
    if alarms.by_calendar(plan.week.number, review_due=review_due, screened_week=episode.screened_week):
        found.append("calendar")
    if episode.function_due is not None and episode.function_due <= today:
        found.append("function_again")
    return tuple(dict.fromkeys(found))


def named(ids: tuple[str, ...], plan: Plan, episode: Episode, today: date) -> tuple[Due, ...]:
    """What these ids mean, in words, and in which order they come."""
    from coach.questionnaires.rescreening import Facts, due

    week = 0
    if "calendar" in ids:
        review_due = today >= plan.week.starts + timedelta(days=7)
        week = alarms.by_calendar(
            plan.week.number, review_due=review_due, screened_week=episode.screened_week
        )
    return due(Facts(alarms=ids, calendar_week=week), today)


def due_now(desk: Desk) -> tuple[Due, ...]:
    """Everything that is to be answered today; empty without a plan."""
    from coach.facts import flare_of

    if not desk.names():
        return ()
    reading = desk.read()
    episode = reading.episode
    if not reading.docs("plan"):
        return ()
    flare = flare_of(reading, desk.today)
    day = flare.day if flare and flare.active else None
    ids = raised(reading, episode, reading.plan, desk.history(reading), desk.today, day)
    return named(ids, reading.plan, episode, desk.today)


def answered(episode: Episode, today: date, *, full: bool, week: int) -> Episode:
    """The episode after the safety questions were answered: the full ones, or the six.

    ``week`` is the one of the plan that is on then, 0 without a plan.
    """
    from coach.questionnaires.rescreening import load_rescreen

    if full:
        return msgspec.structs.replace(
            episode, rescreen=(), screened=today, screened_full=today, screened_week=week
        )
    mini = {each.id for each in load_rescreen().asks if each.kind == "mini"}
    left = tuple(each for each in episode.rescreen if each not in mini)
    return msgspec.structs.replace(episode, rescreen=left, screened=today)


def is_full(answers: Answers, occasion: str) -> bool:
    """Whether answers of this occasion went through the whole bank."""
    return occasion != "weekly" or answers.get("ms_different") in ("yes", "unsure")


def with_function(tables: Tables, episode: Episode) -> Episode:
    """The episode with what the readings of everyday activities ask for, read off all that is on file."""
    from coach.questionnaires.rescreening import function_state

    state = function_state(_readings(tables), episode.screened_full)
    kept = tuple(each for each in episode.rescreen if each != "function")
    again = state[1] if state and state[0] == "function_again" else None
    found = ("function",) if state and state[0] == "function" else ()
    return msgspec.structs.replace(episode, rescreen=(*kept, *found), function_due=again)


def _readings(tables: Tables) -> tuple[Value, ...]:
    """The dated readings of function; answers that were only carried over are none."""
    from coach.model.assessment import Entered, Response
    from coach.questionnaires.catalogue import load_instruments
    from coach.questionnaires.rescreening import Value
    from coach.questionnaires.scoring import number, score

    eac = next(each for each in load_instruments() if each.id == "eac10")
    ids = tuple(item.id for item in eac.items)
    found: list[Value] = []
    before: Answers = {}
    for each in tables.all("responses", Response):
        if not each.full:
            continue
        for measure, items in (("eac10", ids), ("rmdq", ("rmdq",))):
            new = any(item in each.given or each.answers.get(item) != before.get(item) for item in items)
            answers = each.answers
            value = score(eac, answers).value if measure == "eac10" else number(answers.get("rmdq"))
            if new and value is not None:
                found.append(Value(measure=measure, date=each.date, value=value))
        before = each.answers
    for entered in tables.all("measures", Entered):
        value = entered.scores[0].value if entered.scores else None
        if entered.instrument == "rmdq" and value is not None:
            found.append(Value(measure="rmdq", date=entered.date, value=value))
    return tuple(found)


def nothing_new(desk: Desk, answers: Answers, source: str) -> Assessed:
    """Keep six answers that opened nothing: the plan goes on as it was."""
    from coach.cases.keeping import Assessed, next_id, told
    from coach.model.assessment import Response

    reading = desk.read()
    triage, episode = reading.triage, reading.episode
    assert triage is not None, "an episode begins with a screen"
    with desk.write("safety questions", reading.name) as writing:
        response = Response(
            id=next_id(writing, "responses", "a"),
            date=desk.today,
            answers={key: value for key, value in answers.items() if key.startswith("ms_")},
            source="weekly",
            full=False,
            at=desk.at,
        )
        writing.put("responses", response)
        writing.put("meta", answered(writing.episode, desk.today, full=False, week=episode.week))
    stopped = episode.level in STOPPED
    return Assessed(
        triage=triage,
        profile=None if stopped else reading.profile,
        plan=None if stopped or not reading.docs("plan") else reading.plan,
        text=told(triage, None) if stopped else "Nothing new: the plan goes on. See it with: coach today",
        saved=True,
    )


def occasion_of(desk: Desk) -> tuple[str, Answers]:
    """What a re-screen asks now, and the answers that are known with it.

    The whole bank where that is due or nothing is; else the six questions, and those they open.
    """
    from coach.questionnaires.rescreening import kind_of

    if not desk.names():
        return "rescreen", {}
    episode = desk.read().episode
    dues = due_now(desk)
    kind = kind_of(each for each in dues if each.id not in SIGNS)
    seeds: Answers = {"history_change": "yes"} if any(each.changed for each in dues) else {}
    if kind == "full":
        return "rescreen", seeds
    if episode.pending:
        return "weekly", {item: "yes" if item in episode.asked else "no" for item in SCREEN_ITEMS}
    return ("weekly", {}) if kind == "mini" else ("rescreen", {})
