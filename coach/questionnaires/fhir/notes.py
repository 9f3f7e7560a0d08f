"""What a reader has to say about a form, one sentence for each matter."""

from __future__ import annotations

from coach.model.text import one_line

_SHOWN = 4


class Notes:
    """Collects remarks while a form is read; the same matter is said once, with the items named."""

    def __init__(self) -> None:
        self._found: dict[str, list[str]] = {}

    def say(self, sentence: str, name: str = "") -> None:
        """Note a matter; ``{}`` in the sentence stands for the names."""
        self._found.setdefault(sentence, []).append(one_line(name, 40))

    def sentences(self) -> tuple[str, ...]:
        """All remarks, in the order in which they first came up."""
        return tuple(
            sentence.replace("{}", _named(list(dict.fromkeys(names))))
            for sentence, names in self._found.items()
        )


def _named(names: list[str]) -> str:
    shown = ", ".join(f"“{name}”" for name in names[:_SHOWN])
    more = len(names) - _SHOWN
    return f"{shown} and {more} more" if more > 0 else shown
