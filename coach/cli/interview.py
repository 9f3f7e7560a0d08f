"""The interview, one question a line: digits answer, ? explains, < goes back, q pauses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from coach.cases.clinicians import CHOICE, CLEARED
from coach.cli.answering import scale, spelled
from coach.cli.ask import Closed, ask, choose, sign, sure
from coach.cli.face import Face
from coach.problems import BadValue, NothingToDo

if TYPE_CHECKING:
    from coach.cases.interview import Interview
    from coach.cases.keeping import Assessed
    from coach.coach import Coach
    from coach.model.assessment import Group, Item


class Paused(Exception):
    """The person stopped for now; every answer is saved."""


HELP = (
    "Keys: ? why we ask · < back one question · - leave it out · c correct an answer · "
    "q pause, go on later with --resume"
)
SPOKEN = (
    "Type an answer and Enter. Instead of an answer you can type a word: help says why we ask, back goes one "
    "question back, skip leaves a question out, correct changes an answer, pause stops for now. "
    "Every answer is saved at once."
)
GO_ON = "Paused. Every answer is saved. Go on with: coach assess --resume"


def how(face: Face) -> str:
    """What can be typed besides an answer."""
    return SPOKEN if face.plain else HELP


def prompt(face: Face, *, needed: bool) -> str:
    """What stands where the answer is typed; line by line it says what else can be."""
    if not face.plain:
        return ">"
    return f"Answer (or help, back, {'' if needed else 'skip, '}pause):"


def run(
    face: Face, coach: Coach, occasion: str, *, resume: bool, new: bool, one_by_one: bool = False
) -> Assessed:
    """Lead through the questions and assess; an empty ``occasion`` leaves open which. Needs a terminal."""
    if not face.asks:
        raise BadValue(
            "There is no terminal to ask on.", "give the answers: coach assess --answers FILE (see --schema)"
        )
    held = coach.held_back() if face.plain and not occasion and not resume else None
    interview = _begin(face, coach, occasion, resume)
    if interview is None:
        done = cleared(face, coach, held) if held is not None else None
        if done is None:
            raise typer.Exit(0)
        return done
    interview.grouped = not one_by_one
    face.say(how(face))
    try:
        stop = _ask_all(face, interview)
    except (Paused, Closed):
        face.say(GO_ON)
        raise typer.Exit(0) from None
    except KeyboardInterrupt:
        face.say(f"\n{GO_ON}")
        raise typer.Exit(130) from None
    if stop is None:
        _show_chosen(face, interview)
    interview.hold()
    result = coach.assess(interview.answers, new=new, occasion=interview.occasion, source="interview")
    interview.finish()
    return result


def _begin(face: Face, coach: Coach, occasion: str, resume: bool) -> Interview | None:
    """The interview to go on with; null where a clinician's word is to be noted instead."""
    left = coach.interview(resume=True)
    if resume:
        if left is None:
            raise NothingToDo("No interview was left unfinished.", "begin one: coach assess")
        return left
    if (
        left is not None
        and left.order
        and sure(f"Go on with the interview you left ({len(left.order)} answered)?", usual=True)
    ):
        return left
    wanted = occasion or _which(face, coach)
    if wanted == CLEARED:
        return None
    begun = coach.interview(wanted)
    assert begun is not None, "a new interview always begins"
    return begun


def cleared(face: Face, coach: Coach, held: Assessed) -> Assessed | None:
    """Ask for a clinician's word that opens the plan; null where it was left."""
    from coach.cases import clinicians
    from coach.cli.correcting import value_of

    reason = choose(clinicians.TEXT, clinicians.reasons(held.triage))
    clinician = choose(clinicians.WHO, clinicians.CLINICIANS) if reason else ""
    who = next((value for _, _, value in clinicians.CLINICIANS if value == clinician), None)
    if who is None:
        face.say("Nothing was changed.")
        return None
    name, days = str(value_of(face, clinicians.NAME)), value_of(face, clinicians.DAYS)
    assert isinstance(days, int | float), "a needed number"
    return coach.clear(clinicians.word(coach.today_date, reason, who, name, days))


def _which(face: Face, coach: Coach) -> str:
    """Which questions, where none were named: line by line it is asked, as in the app."""
    sittings = coach.sittings() if face.plain else None
    if sittings is None:
        return "enrolment"
    word = (CHOICE,) if coach.held_back() is not None else ()
    if len(sittings.choices) == 1 and not word:
        return sittings.choices[0][2]
    wanted = choose(sittings.text, (*sittings.choices, *word))
    if not wanted:
        face.say("Nothing was changed.")
        raise typer.Exit(0)
    return wanted


def _ask_all(face: Face, interview: Interview) -> Any:
    """Ask until nothing is open; the triage that stopped, or null."""
    told = ""
    while True:
        step = interview.step()
        if step.stop is not None:
            return step.stop
        if step.item is None:
            return None
        head = f"{step.asked + 1} of about {step.total}, {max(1, round(step.minutes_left))} min left"
        if step.group is not None:
            _together(face, interview, step.group, head)
        else:
            hints = tuple(each for each in (step.about, step.item.help) if each and each != told)
            told = step.item.help
            _one(face, interview, step.item, head, again=step.re_ask, hints=hints)


def _together(face: Face, interview: Interview, group: Group, head: str) -> None:
    """Ask several signs as one question, and do what was typed instead of an answer."""
    from coach.cli import grouped

    typed = grouped.one(face, interview, group, head)
    if typed == "q":
        raise Paused
    if typed == "<":
        if interview.back() is None:
            face.say("  This is the first question.")
    elif typed:
        from coach.cli.correcting import during

        during(face, interview, typed)


def _one(
    face: Face, interview: Interview, item: Item, head: str, *, again: bool, hints: tuple[str, ...]
) -> None:
    """Ask one question until it is answered, left out or gone back from; ``hints`` stand below it."""
    key = f"{item.id}_again" if again else item.id
    face.say(f"\n[{head}]\n{item.re_ask if again and item.re_ask else item.text}")
    for line in hints:
        face.say(f"  {line}")
    for line in scale(item):
        face.say(f"  {line}")
    while True:
        typed = _typed(face, item)
        if typed == "?":
            face.say(f"  {item.why or 'It helps to choose where to start.'}\n  {how(face)}")
        elif typed == "<":
            if interview.back() is None:
                face.say("  This is the first question.")
                continue
            return
        elif typed == "q":
            raise Paused
        elif typed.split()[:1] == ["c"] and item.kind != "text":
            from coach.cli.correcting import during

            during(face, interview, typed)
            return
        elif typed in ("", "-"):
            if item.required:
                face.say("  This one is needed: it decides whether it is safe to start, or where.")
                continue
            interview.skip(key)
            return
        elif _take(face, interview, item, key, typed):
            return


def _take(face: Face, interview: Interview, item: Item, key: str, typed: str) -> bool:
    from coach.questionnaires.catalogue import BadAnswer, parse_typed

    try:
        interview.answer(key, parse_typed(item, spelled(item, typed)))
    except BadAnswer as bad:
        face.say(f"  {bad.message[:1].upper()}{bad.message[1:]}.")
        return False
    return True


def _typed(face: Face, item: Item) -> str:
    """What was typed; words that stand for a key are that key."""
    typed = ask(prompt(face, needed=item.required))
    word = typed.partition(" ")
    if word[0].lower() == "correct" and item.kind != "text":
        return f"c {word[2]}".strip()
    return typed if typed.lower() == "none" else sign(typed)


def _show_chosen(face: Face, interview: Interview) -> None:
    """After the last question: how many answers there are, and that each can still be changed."""
    face.say(f"\nThat is all: {len(interview.order)} answers. To correct one: coach assess --change ITEM")


def weekly(face: Face, coach: Coach) -> dict[str, Any]:
    """Ask the weekly safety questions, and those they open; in week 6 whether the plan helps.

    Questions of a therapist's plan file come last.
    """
    from coach.cases.planasks import OCCASION

    first, *more = interviews = coach.weekly_questions()
    first.grouped = True
    face.say("Before the next week is written, a few safety questions.\n" + how(face))
    try:
        stop = _ask_all(face, first)
        for each in more if stop is None else ():
            file = "Your therapist's plan asks each week"
            half = "Half of the way is done. These show whether the plan helps"
            face.say(f"\n{file if each.occasion == OCCASION else half}; - leaves one out.")
            _ask_all(face, each)
    except (Paused, Closed):
        coach.gathered(interviews)
        face.say("Left. Nothing was changed.")
        raise typer.Exit(0) from None
    return coach.gathered(interviews)
