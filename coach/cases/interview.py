"""The interview under way: every answer is on the disk before the next question is asked."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from coach.desk import Desk, problems
from coach.model.assessment import Answers
from coach.problems import NeedsDoctor

if TYPE_CHECKING:
    from coach.model.assessment import Instrument
    from coach.questionnaires.interview import Step

FILE = "assessment.json"
WEEKLY_FILE = "weekly.json"
"""The weekly questions have a file of their own, so that they never cost a half-done interview."""


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
        self._path = os.path.join(desk.home, file or (WEEKLY_FILE if occasion == "weekly" else FILE))
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

    @classmethod
    def resume(cls, desk: Desk) -> Interview | None:
        """The interview that was left, or null. A file that cannot be read is not touched."""
        from coach.journal.store import read_file

        with problems():
            data = read_file(os.path.join(desk.home, FILE))
        if data is None:
            return None
        try:
            kept = json.loads(data)
            found = cls(desk, occasion=kept["occasion"], before=_values(kept["before"]), file=FILE)
            answers = _values(kept["answers"])
            found.answers = {key: value for key, value in answers.items() if _item(key) in found.items}
            found.order = [key for key in kept["order"] if key in found.answers or key in kept["skipped"]]
            found.skipped = [key for key in kept["skipped"] if _item(key) in found.items]
            found.together = [[str(key) for key in batch] for batch in kept.get("together", [])]
        except (ValueError, KeyError, TypeError, AttributeError):
            raise NeedsDoctor(
                f"The interview that was left cannot be read: {FILE} is damaged.",
                "set that file aside and begin again: coach assess",
            ) from None
        return found

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
        if os.path.exists(self._path):
            os.unlink(self._path)

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
        with problems():
            write_file(self._path, json.dumps(kept, ensure_ascii=False).encode())


def _item(key: str) -> str:
    """The item of an answer, its own or to the second asking."""
    return key.removesuffix("_again")


def _values(answers: dict[str, Any]) -> Answers:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in answers.items()}
