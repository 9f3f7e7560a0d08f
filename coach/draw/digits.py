"""Figures large enough to be read from the floor, as lines of text."""

from __future__ import annotations

FONT = {
    "0": "111 101 101 101 111",
    "1": "010 110 010 010 111",
    "2": "111 001 111 100 111",
    "3": "111 001 111 001 111",
    "4": "101 101 111 001 001",
    "5": "111 100 111 001 111",
    "6": "111 100 111 101 111",
    "7": "111 001 001 010 010",
    "8": "111 101 111 101 111",
    "9": "111 101 111 001 111",
    ":": "0 1 0 1 0",
    "-": "000 000 111 000 000",
    " ": "0 0 0 0 0",
}
"""Each figure five rows high."""
ROWS = 5
FULL = "⣿"
"""A whole braille cell: one column wide in every terminal, which the block element is not."""


def digits(text: str, across: int = 2, down: int = 1, *, fill: str = FULL) -> list[str]:
    """Big figures, ``5 * down`` lines of text; each dot is ``across`` columns wide.

    Figures, colon, minus and blank are drawn, anything else is left out. Lines are equally long.
    """
    shapes = [FONT[each].split() for each in text if each in FONT]
    lines: list[str] = []
    for row in range(ROWS):
        blocks = ("".join(fill * across if dot == "1" else " " * across for dot in shape[row])
                  for shape in shapes)  # fmt: skip
        lines += [(" " * across).join(blocks)] * down
    return lines


def columns(text: str, across: int) -> int:
    """How wide the figures get."""
    shapes = [len(FONT[each].split()[0]) for each in text if each in FONT]
    return across * (sum(shapes) + max(0, len(shapes) - 1))


def fitted(text: str, width: int, height: int, *, fill: str = FULL) -> list[str]:
    """The largest figures that fit; where none do, the text on one line."""
    for down in range(max(1, height // ROWS), 0, -1):
        for across in (2 * down, 2 * down - 1):
            if height >= ROWS * down and columns(text, across) <= width:
                return digits(text, across, down, fill=fill)
    return [text]
