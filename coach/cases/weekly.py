"""The weekly review: read the week, decide, keep the cards, and make the next version of the plan."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Literal

import msgspec

from coach.cases import planasks, responding
from coach.cases.keeping import next_id, put_plan, put_triage, told
from coach.cases.maintenance import open_maintenance
from coach.cases.shapes import course_of
from coach.cases.signs import first_yes, past_answers
from coach.desk import Desk
from coach.model.assessment import Answers, Response, Triage
from coach.model.exercise import Reason
from coach.model.log import SCREEN_ITEMS, STOPPED, History
from coach.model.noun import Noun
from coach.model.plan import Origin, Plan
from coach.model.review import Review
from coach.problems import BadFile, NothingToDo, Withheld
from coach.tables import Reading, Writing

WEEK_DAYS = 7


class Reviewed(Noun, frozen=True, kw_only=True):
    """What a review did, or would do."""

    review: Review
    before: Plan
    plan: Plan
    dry_run: bool = False
    refused: tuple[str, ...] = ()
    """Vetoes that were not taken: cuts for safety stay."""
    text: str = ""
    """A safety notice, where the answers of the weekly questions gave one."""
    held: tuple[str, ...] = ()
    """Why nothing rose: full safety questions that are due and were not answered."""


def due_on(desk: Desk) -> date:
    """The first day on which the running week can be reviewed."""
    return desk.read().plan.week.starts + timedelta(days=WEEK_DAYS)


def review(desk: Desk, *, screen: dict[str, Any] | None, dry_run: bool) -> Reviewed:
    """Decide the coming week.

    ``screen`` holds the answers of the weekly safety questions and of the questions they open;
    without it nothing rises. Raises `NothingToDo` before the week is over, and `Withheld` when
    a warning sign still has open questions or its answers close the plan.
    """
    reading = desk.read()
    plan, episode = reading.plan, reading.episode
    if episode.level in STOPPED:
        raise Withheld("Your plan is closed until you have been seen.", "coach today says by whom")
    if desk.today < due_on(desk):
        raise NothingToDo(
            f"This week is not over: its review is due on {due_on(desk)}.",
            "coach today shows what is left of it, coach review --last the one before",
        )
    screen, own = planasks.taken(reading, plan, screen)
    answers = _with_signs(reading, _checked(screen))
    opened = _still_open(reading, answers)
    if opened:
        if not dry_run:
            _keep_pending(desk, opened, answers)
        raise Withheld(
            "A warning sign needs a few more answers before the next week is written.",
            "coach assess --rescreen, then coach review",
            details=opened,
        )
    history = desk.history(reading)
    asked = responding.asked(answers) if responding.due(plan) else {}
    response = responding.check(reading, plan, asked, history, desk.today)
    whole, triage = _screened(desk, reading, answers, response.nonresponse)
    held = _held(desk)
    done, after = _decide(
        reading, plan, {} if held else answers, triage, history, response.notes, desk.today, own, bool(held)
    )
    done = msgspec.structs.replace(done, response=asked)
    if triage is not None:
        done = msgspec.structs.replace(done, triage=next_id(reading, "triage", "t"))
    after = msgspec.structs.replace(
        after,
        origin=Origin(
            kind="review", date=desk.today, response=triage.response if triage else "", review=done.id
        ),
    )
    result = Reviewed(
        review=done,
        before=plan,
        plan=after,
        dry_run=dry_run,
        text=told(triage, None) if triage is not None and triage.level in STOPPED else "",
        held=held,
    )
    if not dry_run:
        _keep(desk, reading, result, whole, triage)
        open_maintenance(desk)
    return result


def _checked(screen: dict[str, Any] | None) -> Answers:
    from coach.questionnaires.catalogue import BadAnswers, load_instruments, parse_answers

    if not screen:
        return {}
    try:
        answers = parse_answers(load_instruments(), screen)
    except BadAnswers as bad:
        details = tuple(f"{each.item_id}: {each.message}" for each in bad.problems)
        raise BadFile("The weekly answers cannot be used; nothing was changed.", details=details) from None

    missing = [item for item in SCREEN_ITEMS if item not in answers]
    if missing:
        raise BadFile("The weekly answers are not complete; nothing was changed.", details=tuple(missing))
    return answers


def _with_signs(reading: Reading, answers: Answers) -> Answers:
    """The weekly answers with the signs that were reported before: a no does not take one back."""
    asked = reading.episode.asked if reading.episode.pending else ()
    return {**answers, **dict.fromkeys(asked, "yes")} if answers else answers


def _held(desk: Desk) -> tuple[str, ...]:
    """Reasons for the full safety questions; while one stands, nothing rises."""
    from coach.cases.rescreen import SIGNS, due_now

    return tuple(each.reason for each in due_now(desk) if each.kind == "full" and each.id not in SIGNS)


def _still_open(reading: Reading, answers: Answers) -> tuple[str, ...]:
    """Full questions behind the warning signs that have no answer yet."""
    from coach.questionnaires.catalogue import load_instruments
    from coach.questionnaires.interview import next_step

    pending = reading.episode.pending
    if not answers:
        return tuple(pending)
    step = next_step(load_instruments(), answers, occasion="weekly", before=reading.answers)
    return () if step.stop else tuple(step.missing)


def _screened(
    desk: Desk, reading: Reading, answers: Answers, nonresponse: Literal["", "none", "worse"]
) -> tuple[Answers, Triage | None]:
    """Screen again where the weekly answers opened anything, or week 6 shows no response."""
    from coach.questionnaires.catalogue import load_instruments
    from coach.questionnaires.interview import carried
    from coach.questionnaires.safety import mini_screen, triage

    if not mini_screen(answers) and not nonresponse:
        return answers, None
    whole = carried(load_instruments(), answers, "weekly", reading.answers)
    since = first_yes(past_answers(reading), whole, desk.today)
    known = reading.clearances
    found = triage(
        whole,
        today=desk.today,
        clearances=known,
        first_yes=since,
        occasion="weekly",
        nonresponse=nonresponse,
    )
    read = next_id(reading, "responses", "a")
    return whole, msgspec.structs.replace(
        found, response=read, occasion="weekly", clearances=known, nonresponse=nonresponse
    )


def _decide(
    reading: Reading,
    plan: Plan,
    answers: Answers,
    triage: Triage | None,
    history: History,
    notes: tuple[Reason, ...],
    today: date,
    asked: dict[str, float],
    held: bool,
) -> tuple[Review, Plan]:
    from coach.programs.review import review as decide

    screen = {item: str(value) for item, value in answers.items()} if answers else None
    return decide(
        plan,
        history,
        *course_of(reading, plan),
        today=today,
        screen=screen,
        triage=triage,
        revision=reading.revision,
        notes=notes,
        asked=asked,
        held=held,
    )


def _keep(desk: Desk, reading: Reading, result: Reviewed, answers: Answers, triage: Triage | None) -> None:
    with desk.write(
        f"review of week {result.review.week}", reading.name, expect_rev=reading.revision
    ) as writing:
        writing.put("reviews", result.review)
        if answers:
            _put_answers(writing, desk, answers, full=triage is not None)
        episode = msgspec.structs.replace(writing.episode, pending=(), asked=(), reviewed=desk.today)
        if triage is not None:
            put_triage(writing, desk, triage)
            episode = msgspec.structs.replace(
                episode, level=triage.level, urgency=triage.urgency or "", kit=triage.kit
            )
        if answers:
            from coach.cases.rescreen import answered, is_full

            week = result.before.week.number
            episode = answered(episode, desk.today, full=is_full(answers, "weekly"), week=week)
        put_plan(writing, episode, result.plan)


def _put_answers(writing: Writing, desk: Desk, answers: Answers, *, full: bool) -> None:
    response = Response(
        id=next_id(writing, "responses", "a"),
        date=desk.today,
        answers=answers,
        source="weekly",
        full=full,
        at=desk.at,
    )
    writing.put("responses", response)


def _keep_pending(desk: Desk, opened: tuple[str, ...], answers: Answers) -> None:
    with desk.write("weekly safety questions") as writing:
        if answers:
            _put_answers(writing, desk, answers, full=False)
        signs = tuple(item for item, value in answers.items() if item.startswith("ms_") and value != "no")
        writing.put("meta", msgspec.structs.replace(writing.episode, pending=opened, asked=signs))
