"""Which questions are in force, given the answers: hidden answers must not count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from coach.model.assessment import Answers, Instrument, Item, Value
from coach.questionnaires.catalogue import AGAIN, items
from coach.questionnaires.conditions import Known


def settled(known: Mapping[str, Item], answers: Mapping[str, Value]) -> Answers:
    """The answers with every re-ask taken in: what was said to be clear replaces ``unsure``."""
    taken: Answers = {}
    for key, value in answers.items():
        item = known.get(key)
        if item is None and key.endswith(AGAIN) and key.removesuffix(AGAIN) in known:
            continue
        second = answers.get(key + AGAIN)
        clear = item is not None and item.re_ask and value == "unsure" and second is not None
        taken[key] = second if clear else value
    return taken


class InForce:
    """Decides, item by item and remembering, which questions the answers leave open or open up.

    A condition reads an answer only if that answer counts. A question may read itself: then an
    answer once given keeps it in force.
    """

    def __init__(self, known: Mapping[str, Item], answers: Mapping[str, Value]) -> None:
        self._items = known
        self._answers = settled(known, answers)
        self._decided: dict[str, bool] = {}

    def __contains__(self, item_id: str) -> bool:
        decided = self._decided.get(item_id)
        if decided is None:
            self._decided[item_id] = True  # what a question that reads itself finds
            decided = self._decided[item_id] = self._decide(item_id)
        return decided

    def _decide(self, item_id: str) -> bool:
        item = self._items.get(item_id)
        if item is None or not item.ask_if:
            return True
        seen = {key: self._answers.get(key) for key in reads(item) if self.counts(key)}
        return Known(seen).holds(item.ask_if)

    def counts(self, item_id: str) -> bool:
        """Whether an answer to this question would count.

        It does when the question is in force, and also when nobody was asked what would open it:
        a score that came in from a file is not lost because no question led to it.
        """
        if item_id in self:
            return True
        return all(self._answers.get(key) is None for key in reads(self._items[item_id]) - {item_id})

    def answers(self) -> Answers:
        """The settled answers that count; those of no known question stay."""
        return {key: value for key, value in self._answers.items() if self.counts(key)}


def reads(item: Item) -> set[str]:
    """The questions that the skip logic of this one reads."""
    return {key for each in item.ask_if for key in each}


def in_force(instruments: Iterable[Instrument], answers: Mapping[str, Value]) -> Answers:
    """The answers that count: re-asks taken in, answers of questions no longer open left out."""
    return InForce(items(instruments), answers).answers()
