"""What an assessment leaves behind: its answers, its result, the plan, and what the person is told."""

from __future__ import annotations

import msgspec

from coach.desk import Desk
from coach.model.assessment import Answers, Profile, Response, Triage
from coach.model.log import SESSION_KINDS, STOPPED, Episode, SessionLog
from coach.model.noun import Noun
from coach.model.plan import Plan
from coach.tables import Tables, Writing

NOTHING_KEPT = ("T0_EMERGENCY", "NOT_ELIGIBLE")


class Assessed(Noun, frozen=True, kw_only=True):
    """What an assessment led to."""

    triage: Triage
    profile: Profile | None = None
    plan: Plan | None = None
    text: str = ""
    """What the person is told: the instruction, whom to see, or where to start."""
    summary: str = ""
    """Printable answers for a clinician; only where one should be seen."""
    saved: bool = False


def keep(
    writing: Writing,
    desk: Desk,
    answers: Answers,
    triage: Triage,
    profile: Profile | None,
    plan: Plan | None,
    source: str,
) -> None:
    """Put an assessment and what it led to into an open transaction."""
    from coach.questionnaires.catalogue import load_instruments
    from coach.version import VERSION

    versions = {each.id: each.version for each in load_instruments()}
    writing.put(
        "responses",
        Response(
            id=next_id(writing, "responses", "a"),
            date=desk.today,
            answers=answers,
            versions=versions,
            source=source,  # type: ignore[arg-type]
            at=desk.at,
        ),
    )
    put_triage(writing, desk, triage)
    if profile is not None:
        writing.put("profile", _named(profile, next_id(writing, "profile", "p", digits=2)))
    found = writing.one("meta", "episode", Episode)
    episode = found or Episode(id="episode", start=desk.today, number=len(desk.names()) + 1)
    episode = msgspec.structs.replace(
        episode,
        made_with=VERSION,
        level=triage.level,
        urgency=triage.urgency or "",
        kit=triage.kit,
        pending=(),
        asked=(),
    )
    if plan is not None:
        put_plan(writing, episode, plan)
    else:
        writing.put("meta", episode)


def put_triage(writing: Writing, desk: Desk, triage: Triage) -> None:
    """Keep a result of the safety screen."""
    name = next_id(writing, "triage", "t")
    writing.put("triage", msgspec.structs.replace(triage, id=name, made=desk.today))


def next_id(tables: Tables, table: str, letter: str, *, digits: int = 3) -> str:
    """The id of the next noun of a table.

    One more than the highest on file: a maintenance episode begins with the last noun of the file
    before, under its old id, so that a count of the nouns would come round to that id and write over it.
    """
    ends = [str(doc.get("id", "")).removeprefix(letter) for doc in tables.docs(table)]
    newest = max((int(each) for each in ends if each.isdecimal()), default=0)
    return f"{letter}{newest + 1:0{digits}d}"


def put_plan(writing: Writing, episode: Episode, plan: Plan) -> None:
    """Make this the current plan; the one before goes to the versions."""
    for old in writing.all("plan", Plan):
        if old.id != plan.id:
            writing.put("plans", old)
            writing.drop("plan", old.id)
    writing.put("plan", plan)
    writing.put(
        "meta",
        msgspec.structs.replace(
            episode,
            start=plan.start,
            plan=plan.id,
            author=plan.author,
            week=plan.week.number,
            week_starts=plan.week.starts,
            weeks=plan.weeks,
            planned=len(plan.week.sessions),
        ),
    )


def done_sessions(tables: Tables, plan: Plan) -> tuple[str, ...]:
    """Sessions of the binding week that were done, in the order of the week."""
    done = {
        each.session
        for each in tables.all("sessions", SessionLog)
        if each.date >= plan.week.starts and each.kind in SESSION_KINDS
    }
    return tuple(each.id for each in plan.week.sessions if each.id in done)


def _named(profile: Profile, name: str) -> Profile:
    return msgspec.structs.replace(profile, id=name)


def told(triage: Triage, profile: Profile | None) -> str:
    """What the person is told about the screen and the profile."""
    from coach.questionnaires import safety

    if triage.level == "T0_EMERGENCY":
        return safety.emergency_text(triage)
    if triage.level in STOPPED:
        return safety.clinician_text(triage)
    parts = [safety.caution_banner(triage)] if triage.level == "T2_CAUTION" else []
    if profile is not None:
        from coach.questionnaires.profile import explain

        parts.append(explain(profile))
    return "\n\n".join(part for part in parts if part)


def at_once(triage: Triage) -> Assessed:
    """What must be told of a screen whose answers could not be kept."""
    return Assessed(triage=triage, text=told(triage, None))


def summary(triage: Triage, answers: Answers) -> str:
    """The printable answers for a clinician."""
    from coach.questionnaires.catalogue import load_instruments
    from coach.questionnaires.safety import summary

    return summary(triage, answers, load_instruments())
