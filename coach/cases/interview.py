"""The interview under way: every answer is on the disk before the next question is asked."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from coach.desk import Desk, problems
from coach.model.assessment import Answers
from coach.problems import ELSEWHERE, Busy, NeedsDoctor

if TYPE_CHECKING:
    from datetime import date

    from coach.model.assessment import Instrument
    from coach.questionnaires.interview import Step

FILE = "assessment.json"
REVIEW_FILES = {"weekly": "weekly.json", "week_6": "week_6.json"}
"""What is asked with a review has files of its own, so that it never costs a half-done interview."""


class Interview:
    """Answers so far, and the next question. Both faces and the answer files run on it."""

    def __init__(
        self,
        desk: Desk,
        *,
        occasion: str = "enrolment",
        before: Answers | None = None,
        seeds: Answers | None = None,
        file: str = "",
        instruments: tuple[Instrument, ...] | None = None,
    ) -> None:
        from coach.questionnaires.catalogue import items, load_instruments

        self._desk = desk
        self._path = os.path.join(desk.home, file or REVIEW_FILES.get(occasion, FILE))
        self._mark = mark_of(self._path)
        self.occasion = occasion
        self.instruments = instruments if instruments is not None else load_instruments()
        self.items = items(self.instruments)
        self.before = dict(before or {})
        """Answers of the last full screen, for a re-screen."""
        self.answers: Answers = dict(seeds or {})
        self.order: list[str] = []
        self.skipped: list[str] = []
        self.together: list[list[str]] = []
        """Items that were answered as one question, for the way back."""
        self.grouped = False
        """Whether questions are put together where that is possible."""
        self.unsaved = False
        """Whether the last change is in memory alone, for the disk did not take it."""

    @classmethod
    def resume(cls, desk: Desk) -> Interview | None:
        """The interview that was left, or null. A file that cannot be read is not touched."""
        if not os.path.exists(os.path.join(desk.home, FILE)):
            return None
        found = cls(desk, file=FILE)
        return found if found.take_up() else None

    def take_up(self, started: date | None = None) -> bool:
        """Go on with what was left in the file, where there is anything; ``started`` on this day alone."""
        from coach.journal.store import read_file

        with problems():
            data = read_file(self._path)
        if data is None:
            return False
        try:
            kept = json.loads(data)
            if started is not None and (kept["occasion"], kept["started"]) != (
                self.occasion,
                started.isoformat(),
            ):
                return False
            answers = _values(kept["answers"])
            before = _values(kept["before"])
            order = [key for key in kept["order"] if key in answers or key in kept["skipped"]]
            skipped = [key for key in kept["skipped"] if _item(key) in self.items]
            together = [[str(key) for key in batch] for batch in kept.get("together", [])]
            self.occasion = str(kept["occasion"])
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            if started is not None:
                return False
            raise NeedsDoctor(
                f"The interview that was left cannot be read: {FILE} is damaged.",
                "set that file aside and begin again: coach assess",
            ) from None
        self.answers = {key: value for key, value in answers.items() if _item(key) in self.items}
        self.before, self.order, self.skipped, self.together = before, order, skipped, together
        return True

    def step(self) -> Step:
        """The next question, how far it is, and whether the answers already stop."""
        from coach.questionnaires.interview import next_step

        return next_step(
            self.instruments,
            self.answers,
            occasion=self.occasion,
            skipped=frozenset(self.skipped),
            before=self.before,
            grouped=self.grouped,
        )

    def answer(self, item: str, raw: Any) -> None:
        """Take one answer and save it. Raises ``BadAnswer`` for one that does not fit."""
        from coach.questionnaires.catalogue import parse_value

        value = parse_value(self.items[_item(item)], raw)
        self.answers[item] = value
        self._moved_to(item)

    def answer_together(self, values: Answers) -> None:
        """Take the answers of several items that were put as one question, and save them as one."""
        from coach.questionnaires.catalogue import parse_value

        checked = {key: parse_value(self.items[key], value) for key, value in values.items()}
        self.answers.update(checked)
        self.order = [*(key for key in self.order if key not in checked), *checked]
        self.together.append(list(checked))
        self._save()

    def change(self, item: str, raw: Any) -> None:
        """Correct an answer that was given; what it opens or closes shows in the next step."""
        from coach.questionnaires.catalogue import parse_value

        self.answers[item] = parse_value(self.items[item], raw)
        for key in (item, f"{item}_again"):
            if key in self.skipped:
                self.skipped.remove(key)
        again = f"{item}_again"
        self.answers.pop(again, None)
        self.order = [key for key in self.order if key != again]
        if item not in self.order:
            self.order.append(item)
        self._save()

    def skip(self, item: str) -> None:
        """Leave a question that may be left."""
        self.answers.pop(item, None)
        if item not in self.skipped:
            self.skipped.append(item)
        self._moved_to(item)

    def back(self) -> str | None:
        """Take the last answer away, so that it is asked again; its item, or null at the start.

        What was answered as one question goes together.
        """
        if not self.order:
            return None
        item = self.order[-1]
        batch = next((each for each in self.together if item in each), [item])
        if batch in self.together:
            self.together.remove(batch)
        for key in batch:
            self.answers.pop(key, None)
        self.order = [key for key in self.order if key not in batch]
        self.skipped = [key for key in self.skipped if key not in batch]
        self._save()
        return item

    def finish(self) -> None:
        """The interview is over: nothing is left to resume."""
        with suppress(FileNotFoundError):
            os.unlink(self._path)
        self._mark = None

    def hold(self) -> None:
        """See that nobody else went on with it, and write what is in memory alone. Raises `Busy`."""
        if mark_of(self._path) != self._mark:
            raise Busy(
                "These questions went on elsewhere meanwhile.",
                "They are asked from where they stand there.",
                code=ELSEWHERE,
            )
        if self.unsaved:
            self._save()

    def _moved_to(self, item: str) -> None:
        if item in self.order:
            self.order.remove(item)
        self.together = [left for each in self.together if (left := [key for key in each if key != item])]
        self.order.append(item)
        self._save()

    def _save(self) -> None:
        from coach.journal.store import write_file

        kept = {
            "schema": "coach.interview/1",
            "started": self._desk.today.isoformat(),
            "occasion": self.occasion,
            "before": self.before,
            "answers": self.answers,
            "order": self.order,
            "skipped": self.skipped,
            "together": self.together,
        }
        self.unsaved = False
        self.hold()
        self.unsaved = True
        with problems():
            write_file(self._path, json.dumps(kept, ensure_ascii=False).encode())
        self.unsaved, self._mark = False, mark_of(self._path)


def mark_of(path: str) -> tuple[int, int, int] | None:
    """What is different after each writing of a file; null where there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def _item(key: str) -> str:
    """The item of an answer, its own or to the second asking."""
    return key.removesuffix("_again")


def _values(answers: dict[str, Any]) -> Answers:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in answers.items()}
