"""A body seen from behind, to point at where it hurts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

ROWS = (
    r"          .---.          ",
    r"          (   )          ",
    r"     .-----' '-----.     ",
    r"    /               \    ",
    r"   /  .    ddd    .  \   ",
    r"  /  /|           |\  \  ",
    r" (  ( |           | )  ) ",
    r"  \  \|bbb aaa ccc|/  /  ",
    r"   \_ |           | _/   ",
    r"      |fff eee    |      ",
    r"      |     |     |      ",
    r"      | ggg | ggg |      ",
    r"       \   / \   /       ",
    r"       |hhh| |hhh|       ",
    r"       |   | |   |       ",
    r"      (iii_) (iii_)      ",
)
"""The figure; three equal letters are the place of a site."""
SITES = {
    "a": "back_middle",
    "b": "back_left",
    "c": "back_right",
    "d": "upper_back",
    "e": "buttock",
    "f": "groin_hip",
    "g": "thigh",
    "h": "lower_leg",
    "i": "foot",
}
"""Values of the pain sites by their letter in the figure."""
WIDTH = len(ROWS[0])


def known(values: Sequence[str]) -> bool:
    """Whether all these answers have a place on the chart."""
    return bool(values) and set(values) <= set(SITES.values())


def body(values: Sequence[str], chosen: Mapping[str, bool] | frozenset[str]) -> list[str]:
    """The figure with the number of each site at its place; chosen ones stand in brackets."""
    return ["".join(text for text, _ in row) for row in pieces(values, chosen)]


def pieces(values: Sequence[str], chosen: Mapping[str, bool] | frozenset[str]) -> list[list[tuple[str, str]]]:
    """The same as pieces of each line, each with the site it belongs to, or empty."""
    numbers = {value: number for number, value in enumerate(values, start=1)}
    lines = []
    for row in ROWS:
        line: list[tuple[str, str]] = []
        place = 0
        while place < len(row):
            site = SITES.get(row[place]) if row[place : place + 3] == row[place] * 3 else None
            if site is None:
                line.append((row[place], ""))
                place += 1
                continue
            number = numbers.get(site)
            on = chosen.get(site, False) if isinstance(chosen, Mapping) else site in chosen
            mark = "   " if number is None else f"[{number}]" if on else f" {number} "
            line.append((mark, site))
            place += 3
        lines.append(line)
    return lines
