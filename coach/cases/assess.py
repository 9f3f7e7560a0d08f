"""Assessing: from answers to triage, profile and the first plan, or to whom to see."""

from __future__ import annotations

from datetime import date

import msgspec

from coach.cases.keeping import NOTHING_KEPT, Assessed, keep, next_id, summary, told
from coach.cases.signs import first_yes, lifted_by, past_answers
from coach.desk import Desk
from coach.model.assessment import Answers, Clearance, Profile, Response, Triage
from coach.model.log import STOPPED
from coach.model.noun import Noun
from coach.model.plan import Origin, Plan
from coach.problems import BadValue
from coach.tables import Reading, Writing

GAP_DAYS = 28
"""After a longer gap the standing levels do not carry over (``clinical.md`` 6.5)."""


def assess(
    desk: Desk,
    answers: Answers,
    *,
    clearances: tuple[Clearance, ...] = (),
    source: str = "file",
    occasion: str = "enrolment",
    new: bool = False,
    also: tuple[tuple[str, Noun], ...] = (),
    given: tuple[str, ...] = (),
) -> Assessed:
    """Turn complete answers into a triage, a profile and a plan, and keep them.

    ``also`` are nouns by table that are kept in the same step, such as the test behind an answer.
    ``given`` names the items that were answered now; where it is empty, no safety question was.

    At T0, and for people under 18, nothing is kept unless an episode is running; its plan is
    then closed. At T1 the answers are kept and no plan is made.
    """
    from coach.questionnaires.safety import triage as screen

    running = None if new or not desk.names() else desk.read()
    if occasion == "weekly" and running is not None and given and not _opened(answers):
        from coach.cases import rescreen

        return rescreen.nothing_new(desk, answers, source)
    known = (*(running.clearances if running else ()), *clearances)
    yes = first_yes(past_answers(running), answers, desk.today)
    result = screen(answers, today=desk.today, clearances=known, first_yes=yes, occasion=occasion)
    if result.level in NOTHING_KEPT and running is None:
        return Assessed(triage=result, text=told(result, None), summary=summary(result, answers))
    profile, plan = None, None
    if result.level not in STOPPED and result.complete:
        if occasion in ("rescreen", "weekly") and running is not None and _as_before(desk, running, result):
            profile, plan = running.profile, running.plan
        else:
            profile, plan = _plan(desk, answers, result, running, lifted_by(result, known))
    read = next_id(running, "responses", "a") if running else "a001"
    result = msgspec.structs.replace(result, response=read, occasion=occasion, clearances=known)
    if plan is not None and not (running and running.docs("plan") and plan == running.plan):
        origin = Origin(kind="assessment", date=desk.today, response=read)
        plan = msgspec.structs.replace(plan, origin=origin)
    name = running.name if running else desk.store.new_name(desk.today)
    with desk.write("assess", name, create=running is None) as writing:
        keep(writing, desk, answers, result, profile, plan, source)
        if given:
            _answered(writing, desk, answers, occasion, given)
        for clearance in clearances:
            writing.put("clearances", clearance)
        for table, noun in also:
            writing.put(table, noun)
    return Assessed(
        triage=result,
        profile=profile,
        plan=plan,
        text=told(result, profile),
        summary=summary(result, answers) if result.level in STOPPED else "",
        saved=True,
    )


def clear(desk: Desk, clearance: Clearance) -> Assessed:
    """Record what a clinician cleared, and screen again with the answers on file."""
    reading = desk.read()
    triage = reading.triage
    fired = {each.id for each in triage.fired} if triage else set()
    if clearance.id not in fired:
        raise BadValue(
            f"“{clearance.id}” is not a reason that holds your plan back.",
            f"there is: {', '.join(sorted(fired)) or 'none'}",
        )
    answers = reading.answers
    first = first_yes(past_answers(reading), answers, desk.today).get(clearance.id, clearance.first_yes)
    return assess(
        desk, answers, clearances=(msgspec.structs.replace(clearance, first_yes=first),), source="interview"
    )


def _plan(
    desk: Desk, answers: Answers, triage: Triage, running: Reading | None, lifted: tuple[str, ...]
) -> tuple[Profile, Plan]:
    from coach.cases.shapes import course_of
    from coach.programs.library import load_library
    from coach.programs.planlang.builtin import load_template
    from coach.programs.prescribe import NothingToPrescribe, prescribe
    from coach.questionnaires.preferences import preferences
    from coach.questionnaires.profile import profile as classify

    old = old_plan(desk, running)
    week = old.week.number if old else 1
    profile = msgspec.structs.replace(classify(answers, triage, today=desk.today, week=week), lifted=lifted)
    before = running.plan if running and running.docs("plan") else None
    library = load_library()
    template = load_template("balanced")
    if running is not None and before is not None:
        template, library = course_of(running, before, library)
    wishes = preferences(answers)
    try:
        if old is None:
            fresh = prescribe(profile, wishes, template, library, start=desk.today)
            return profile, numbered(fresh, before)
        from coach.programs.reassess import reassess

        made = reassess(old, profile, wishes, template, library, today=desk.today)
        return profile, old if same_plan(old, made) else made
    except NothingToPrescribe as nothing:
        raise BadValue(str(nothing), "change it in your answers and assess again") from None


def same_plan(old: Plan, made: Plan) -> bool:
    """Whether a new version would prescribe just what the old one does."""
    label = {"id": old.id, "version": old.version, "made": old.made, "reason": old.reason}
    return msgspec.structs.replace(made, **label, profile=old.profile) == old


def numbered(fresh: Plan, old: Plan | None) -> Plan:
    """A plan that begins anew, numbered after the one it follows."""
    version = old.version + 1 if old else 1
    return msgspec.structs.replace(fresh, id=f"v{version}", version=version)


def old_plan(desk: Desk, running: Reading | None) -> Plan | None:
    """The running plan, where its levels still carry over: not after a gap of more than four weeks."""
    if running is None or not running.docs("plan"):
        return None
    plan = running.plan
    dates = [doc["date"] for doc in running.docs("sessions")]
    last = max([date.fromisoformat(each) for each in dates], default=plan.made)
    return plan if (desk.today - last).days <= GAP_DAYS else None


def _as_before(desk: Desk, running: Reading, result: Triage) -> bool:
    """Whether a re-screen found what the last screen did, so that a running plan goes on untouched."""
    last = running.triage
    if last is None or old_plan(desk, running) is None:
        return False
    same = [
        (each.level, each.filters, each.qualifiers, [fired.id for fired in each.fired])
        for each in (last, result)
    ]
    return same[0] == same[1]


def _opened(answers: Answers) -> bool:
    """Whether the six questions of a week opened any other."""
    from coach.questionnaires.safety import mini_screen

    return bool(mini_screen(answers))


def _answered(writing: Writing, desk: Desk, answers: Answers, occasion: str, given: tuple[str, ...]) -> None:
    """Note in the episode what these answers settle of the questions that are asked again."""
    from coach.cases import rescreen

    last = writing.last("responses", Response)
    assert last is not None, "the answers were put before"
    writing.put("responses", msgspec.structs.replace(last, given=given))
    episode = writing.episode
    if episode.screened_week > episode.week:
        episode = msgspec.structs.replace(episode, screened_week=0)  # the plan has begun anew
    if occasion in ("enrolment", "rescreen", "weekly"):
        full = rescreen.is_full(answers, occasion)
        episode = rescreen.answered(episode, desk.today, full=full, week=episode.week)
    episode = msgspec.structs.replace(episode, more=_more(answers))
    writing.put("meta", rescreen.with_function(writing, episode))


def _more(answers: Answers) -> float:
    """Minutes of the questions left for later that have no answer yet."""
    from coach.questionnaires.catalogue import load_instruments
    from coach.questionnaires.interview import MORE, next_step

    return round(
        next_step(load_instruments(), {}, occasion=MORE, before=answers, grouped=True).minutes_left, 1
    )


def held_back(desk: Desk) -> Assessed | None:
    """The screen on file, where a clinician's word opens the plan; else null."""
    if not desk.names():
        return None
    reading = desk.read()
    triage = reading.triage
    if triage is None or triage.level != "T1_CLINICIAN":
        return None
    return Assessed(triage=triage, text=told(triage, None), summary=summary(triage, reading.answers))
