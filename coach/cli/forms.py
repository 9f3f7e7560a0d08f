"""Forms from elsewhere on the command line: official ones by their numbers, and FHIR files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from coach.cli.face import Face
from coach.problems import BadFile, BadValue

if TYPE_CHECKING:
    from coach.model.assessment import Score

ANSWERS_LIMIT = 256 * 1024
FORM_LIMIT = 4 * 1024 * 1024


def official(face: Face, name: str, answers: str | None, total: str | None, *, schema: bool) -> None:
    """Enter an official form: from a file, its total alone, or number by number on a terminal."""
    from coach.cases.measuring import official_form
    from coach.questionnaires.official import as_instrument

    form = official_form(name)
    if schema:
        _schema(face, as_instrument(form))
        return
    if total is not None:
        raw: dict[str, Any] = {"total": total if not _is_number(total) else float(total)}
    elif answers is not None:
        raw = _answers(answers)
    else:
        raw = _ask_official(face, form)
    _tell_score(face, form.title, face.coach().enter_official(form.id, raw))


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _answers(path: str) -> dict[str, Any]:
    from coach.cli.files import read
    from coach.questionnaires.answerfile import BadAnswerFile, read_answer_file

    try:
        found: dict[str, Any] = read_answer_file(read(path, ANSWERS_LIMIT))["answers"]
    except BadAnswerFile as bad:
        raise BadFile(f"The answers cannot be used: {bad}", "add --schema to see the form") from None
    return found


def _schema(face: Face, instrument: Any) -> None:
    from coach.exchange.formats import dumps
    from coach.questionnaires.catalogue import answer_schema

    face.data(dumps(answer_schema((instrument,))))


def _ask_official(face: Face, form: Any) -> dict[str, Any]:
    if not face.asks:
        raise BadValue(
            f"{form.title} needs its numbers.",
            f"coach assess --instrument {form.id} --total N, or --answers FILE",
        )
    from coach.cli.ask import ask
    from coach.questionnaires.catalogue import BadAnswers
    from coach.questionnaires.official import checked

    face.say(
        f"{form.title}: type the numbers from your own sheet. Enter leaves one out.\nScale: {form.response}"
    )
    raw: dict[str, Any] = {}
    for entry in form.items:
        while True:
            typed = ask(f"{entry.id.removeprefix('item_')}. {entry.label}:")
            if not typed:
                break
            try:
                raw |= checked(form, {entry.id: float(typed) if _is_number(typed) else typed})
                break
            except BadAnswers as bad:
                face.say(f"  {bad.problems[0].message}")
    return raw


def _tell_score(face: Face, title: str, score: Score) -> None:
    from coach.cli.document import plain
    from coach.draw.words import number

    if face.json:
        face.emit("assess-instrument", {"title": title, "score": plain(score)})
        return
    if score.value is None:
        face.out(f"{title}: no score. {score.missing}")
    else:
        band = f", {score.band}" if score.band else ""
        face.out(f"{title}: {number(score.value)}{band}")
    for name, value in score.parts.items():
        if value is not None:
            face.out(f"  {name}: {value if isinstance(value, str) else number(value)}")


def questionnaire(face: Face, path: str, answers: str | None, output: str | None, *, schema: bool) -> None:
    """Run a FHIR Questionnaire file: from answers, or question by question on a terminal."""
    from coach.cases.measuring import answer_questionnaire, read_questionnaire
    from coach.cli.files import read
    from coach.questionnaires.fhir import as_instrument

    form, warnings = read_questionnaire(read(path, FORM_LIMIT))
    for warning in warnings:
        face.say(f"Note: {warning}")
    if schema:
        _schema(face, as_instrument(form))
        return
    coach = face.coach()
    today = coach.today_date
    given = answer_questionnaire(form, _answers(answers), today) if answers else _ask_form(face, form, today)
    entered, scores = coach.enter_questionnaire(form, given)
    if output is not None:
        from coach.cli.files import write
        from coach.exchange.formats import dumps

        write((dumps(entered.document) + "\n",), output)
    if face.json:
        from coach.cli.document import plain

        document = {
            "title": form.title,
            "scores": plain(tuple(scores.values())),
            "response": entered.document,
        }
        face.emit(
            "assess-questionnaire", {**document, "warnings": list(warnings), "saved": coach.has_episode()}
        )
        return
    face.out(f"{form.title}: answered.")
    for each in scores.values():
        _tell_form_score(face, each)
    if not coach.has_episode():
        face.say("There is no episode yet, so nothing was kept; -o FILE writes the response.")


def _tell_form_score(face: Face, score: Any) -> None:
    from coach.draw.words import number

    if score.value is None and not score.text:
        face.out(f"  {score.title}: no score. {score.missing}")
        return
    value = number(score.value) if score.value is not None else score.text
    unit = f" {score.unit}" if score.unit else ""
    note = f" ({score.note})" if score.note else ""
    face.out(f"  {score.title}: {value}{unit}{note}")


def _ask_form(face: Face, form: Any, today: Any) -> dict[str, Any]:
    if not face.asks:
        raise BadValue(
            f"“{form.title}” needs its answers.", "add --answers FILE, or --schema to see the form"
        )
    from coach.cli.answering import below
    from coach.cli.ask import ask, sign
    from coach.cli.interview import prompt
    from coach.questionnaires.fhir import BadAnswer, next_item, parse_answer

    answers: dict[str, Any] = {}
    skipped: set[str] = set()
    order: list[str] = []
    keys = "back, skip or pause" if face.plain else "< back · - leave out · q"
    face.say(f"{form.title}\nInstead of an answer: {keys} (stops without saving)")
    while (step := next_item(form, answers, today, skipped=frozenset(skipped))).item is not None:
        item = step.item
        for text in (*step.heading, *step.before):
            face.say(text)
        face.say(f"\n[{step.asked + 1} of about {step.total}]\n{item.text}")
        for line in below(item):
            face.say(f"  {line}")
        typed = sign(ask(prompt(face, needed=item.required)))
        if typed == "q":
            face.say("Stopped; nothing of this form was kept.")
            raise typer.Exit(0)
        if typed == "?":
            face.say(f"  Instead of an answer: {keys}")
            continue
        if typed == "<":
            if order:
                last = order.pop()
                answers.pop(last, None)
                skipped.discard(last)
            continue
        if typed in ("", "-"):
            if item.required:
                face.say("  This one is needed.")
                continue
            skipped.add(item.id)
        else:
            try:
                answers[item.id] = parse_answer(form, item.id, _choice(item, typed))
            except BadAnswer as bad:
                face.say(f"  {bad.message}")
                continue
        order.append(item.id)
    return answers


def _choice(item: Any, typed: str) -> str:
    """A digit stands for the option of that place; several are parted by blanks."""
    if item.kind == "yes_no":
        return {"1": "yes", "2": "no"}.get(typed, typed)
    if item.choices and all(word.isdigit() and 1 <= int(word) <= len(item.choices) for word in typed.split()):
        return ";".join(item.choices[int(word) - 1].value for word in typed.split())
    return typed
