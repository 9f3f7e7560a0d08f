"""What is wrong in a plan file: each thing with its place, the line itself, and a caret under it."""

from __future__ import annotations

from coach.model.noun import Noun
from coach.model.text import clean

MOST = 50
_WIDE = 90


class Problem(Noun, frozen=True, kw_only=True):
    """One thing that is wrong in a file, and where; lines and columns count from 1."""

    line: int
    column: int
    message: str


class PlanFileError(ValueError):
    """A plan file cannot be used; ``problems`` says everything that is wrong, in order of place."""

    def __init__(
        self, name: str, problems: tuple[Problem, ...], source: str = "", *, table: bool = False
    ) -> None:
        self.name = name
        self.problems = problems
        self.source = source
        self.table = table
        """Lines are rows and columns those of a table, named as spreadsheets do: ``D5``."""
        super().__init__("\n".join(f"{name}: {self.place(p)}: {p.message}" for p in problems))

    def place(self, problem: Problem) -> str:
        """Where it is, in words."""
        if not self.table:
            return f"line {problem.line}, column {problem.column}"
        letters, column = "", problem.column
        while column > 0:
            column, rest = divmod(column - 1, 26)
            letters = chr(65 + rest) + letters
        return f"cell {letters}{problem.line}"

    def lines(self) -> tuple[str, ...]:
        """Each problem as one line, and under it the line of the file with a caret."""
        source = self.source.splitlines() if self.source else []
        found: list[str] = []
        for each in self.problems[:MOST]:
            found.append(f"{self.name}: {self.place(each)}: {each.message}")
            if 1 <= each.line <= len(source):
                found.extend(_shown(source[each.line - 1], each))
        more = len(self.problems) - MOST
        if more > 0:
            found.append(f"and {more} more like these; mend the first ones and check again")
        return tuple(found)


def _shown(line: str, problem: Problem) -> tuple[str, str]:
    """The line, cut round the place, and the caret under it."""
    place = min(problem.column - 1, len(line))
    first = max(0, place - _WIDE // 2) if len(line) > _WIDE else 0
    before = clean(line[first:place].replace("\t", " "))
    after = clean(line[place : first + _WIDE].replace("\t", " "))
    lead = "..." if first else ""
    number = f"{problem.line:>6} | "
    return f"{number}{lead}{before}{after}", f"{'|':>8} {' ' * len(lead + before)}^"
