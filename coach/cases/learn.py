"""The lessons: one a week in the order of the plan, with what was read of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from coach.desk import Desk
from coach.model.log import Note
from coach.model.noun import Noun
from coach.problems import BadValue
from coach.tables import Reading

if TYPE_CHECKING:
    from coach.programs.library import Lesson

MARK = "lesson:"


class LessonRow(Noun, frozen=True, kw_only=True):
    """One lesson in the order of this plan."""

    week: int
    id: str
    title: str
    this_week: bool
    read: Note | None = None


class Shown(Noun, frozen=True, kw_only=True):
    """A lesson in full."""

    row: LessonRow
    text: str
    question: str
    answer: str
    sources: str


def lessons(desk: Desk, words: Sequence[str] = ()) -> tuple[LessonRow, ...]:
    """The lessons that have all of ``words`` in title or text, by week.

    Raises `NothingToDo` before anything was answered, and `Withheld` in an emergency.
    """
    rows, texts = _lessons(desk)
    wanted = [each.lower() for each in words]
    return tuple(row for row in rows if all(word in _letters(texts[row.id]) for word in wanted))


def _letters(lesson: Lesson) -> str:
    return f"{lesson.title} {lesson.text} {lesson.question} {lesson.answer}".lower()


def waiting(desk: Desk) -> str:
    """The title of the lesson of this week while it is unread, else nothing; its text is not loaded."""
    reading = desk.read()
    week = reading.plan.week
    return "" if not week.lesson or week.lesson in _read(reading) else week.lesson_title


def lesson(desk: Desk, wanted: str = "") -> Shown:
    """One lesson by its week or its id; without either, that of this week. Raises `BadValue`."""
    rows, texts = _lessons(desk)
    row = _named(wanted, rows)
    found = texts[row.id]
    return Shown(
        row=row, text=found.text, question=found.question, answer=found.answer, sources=found.sources
    )


def mark_read(desk: Desk, wanted: str = "", understood: bool | None = None) -> LessonRow:
    """Keep that a lesson was read today."""
    row = _named(wanted, lessons(desk))
    with desk.write(f"lesson {row.id}") as writing:
        read = Note(id=MARK + row.id, date=desk.today, understood=understood, at=desk.at)
        writing.put("notes", read)
    return next(each for each in lessons(desk) if each.id == row.id)


def _lessons(desk: Desk) -> tuple[tuple[LessonRow, ...], dict[str, Lesson]]:
    from coach.cases.looking import stop_if_withheld
    from coach.programs.library import load_library

    reading = desk.read()
    if reading.episode.level == "T0_EMERGENCY":
        stop_if_withheld(reading)  # who waits for a clinician is told to read them meanwhile
    plan = reading.plan if reading.docs("plan") else None
    texts = load_library().lessons
    read = _read(reading)
    order = [each for each in (plan.lessons if plan else ()) or tuple(texts) if each in texts]
    order += [each for each in texts if each not in order]
    return tuple(
        LessonRow(
            week=number,
            id=name,
            title=texts[name].title,
            this_week=plan is not None and name == plan.week.lesson,
            read=read.get(name),
        )
        for number, name in enumerate(order, start=1)
    ), texts


def _read(reading: Reading) -> dict[str, Note]:
    found = reading.all("notes", Note)
    return {each.id.removeprefix(MARK): each for each in found if each.id.startswith(MARK)}


def _named(wanted: str, rows: tuple[LessonRow, ...]) -> LessonRow:
    name = wanted.strip().lower().replace("-", "_")
    if not name:
        return next((each for each in rows if each.this_week), rows[-1])
    found = [each for each in rows if name in (each.id, str(each.week))]
    found = found or [each for each in rows if each.id.startswith(name)]
    if len(found) != 1:
        ids = ", ".join(f"{each.week} {each.id}" for each in rows)
        raise BadValue(f"“{wanted}” is not a lesson.", f"there is: {ids}")
    return found[0]
