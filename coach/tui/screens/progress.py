"""Progress: own goals first, then each part as a chart, a table or sentences."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.style import Style

from coach.draw import insight
from coach.draw.measures import courses
from coach.tui.base import Page
from coach.tui.keys import in_keys
from coach.tui.lines import head, para, toned
from coach.tui.widgets.bars import Top
from coach.tui.widgets.drawn import Drawn, Line

if TYPE_CHECKING:
    from coach.draw.canvas import Style as Glyphs
    from coach.model.charts import Insight

OVERVIEW, MEASURES = "overview", "measures"
SHORT = {
    OVERVIEW: "All",
    "goals": "Goals",
    "pain": "Pain",
    "function": "Activities",
    "sleep": "Sleep",
    "stress": "Stress",
    "adherence": "Sessions",
    "dose": "Doses",
    "days": "Days",
    "checks": "Checks",
    MEASURES: "Measures",
}
"""The parts in the order of the menu: the digit 0 first, ``m`` last."""
PARTS = tuple(SHORT)
KEYS = dict(zip(PARTS, ("0", *map(str, range(1, 10)), "m"), strict=True))
NOTHING = "nothing has been noted yet"
EMPTY = "Nothing is noted yet. The check-in of a morning fills this page (key c)."
AS = ("chart", "table", "sentences")
"""The ways a part is shown, in the order in which one key goes through them."""
ROOM = 5
"""Lines around a chart: top, bottom, menu, and a blank."""
LEAST = 9


class ProgressPage(Page):
    """The page of charts; digits choose, one key turns the chart into its table and its sentences."""

    NAME: ClassVar[str] = "Progress"
    DEFAULT_CSS = """
    ProgressPage #menu { margin: 0 0 1 0; }
    ProgressPage #scroll { height: 1fr; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        Binding("v", "turn", "Chart, table, words"),
        Binding("n", "step(1)", "Next"),
        Binding("right", "step(1)", "Next", show=False),
        Binding("N,left", "step(-1)", "Before", show=False),
        *(Binding(key, f"pick('{part}')", SHORT[part], show=False) for part, key in KEYS.items()),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.part = OVERVIEW
        self.shown_as = AS[0]
        self._found: Insight | None = None
        self._courses: tuple[Any, ...] = ()

    def body(self) -> ComposeResult:
        """The menu, and one part that scrolls where it is longer than the page."""
        yield Drawn(id="menu")
        with VerticalScroll(id="scroll"):
            yield Drawn(id="lines")

    def reload(self) -> None:
        """Read the series."""
        self._found = self.coach_app.known("insight", lambda coach: coach.insight())
        self._fill()

    def resized(self) -> None:
        """A chart is as high as there is room."""
        if self._found is not None:
            self._fill()

    def heading(self) -> str:
        """The part, and how it is shown."""
        title = "Measures and tests" if self.part == MEASURES else dict(insight.VIEWS).get(self.part, "")
        return f"{self.NAME}: {title}" if title else self.NAME

    def _fill(self) -> None:
        if self.part == MEASURES:
            self._courses = self.coach_app.known("courses", lambda coach: coach.courses())
        self.query_one("#menu", Drawn).show(self._menu)
        self.query_one("#lines", Drawn).show(self._draw)

    def _menu(self, width: int) -> list[Line]:
        """The parts with their keys, as many to a line as fit; a click chooses one."""
        lines: list[list[Content]] = [[]]
        used = 0
        for part, key in KEYS.items():
            text = f"{key} {SHORT[part]}"
            chosen = part == self.part
            text = f"[{text}]" if chosen else text
            if used and used + len(text) + 2 > width:
                lines.append([])
                used = 0
            used += len(text) + 2
            press = Style.from_meta({"@click": f"screen.pick('{part}')"})
            lines[-1].append(Content.styled(text, "bold" if chosen else "").stylize(press))
        return [Content("  ").join(line) for line in lines]

    def _draw(self, width: int) -> list[Line]:
        if self._found is None:
            return []
        if self.part == MEASURES:
            found = courses(self._courses, width, plain=self.shown_as == "sentences")
            return [in_keys(line) for line in found]
        if self.part == OVERVIEW:
            return self._overview(self._found, width)
        said = [line for text in insight.said(self._found, self.part) for line in para(in_keys(text), width)]
        if said and all(NOTHING in str(line) for line in said):
            return [*para(EMPTY, width)]
        if self.shown_as == "sentences":
            spoken = insight.spoken(self._found, self.part)
            return [*said, "", *(line for text in spoken for line in para(text, width))]
        if self.shown_as == "table":
            return [*insight.table(self._found, self.part), "", *said]
        height = max(LEAST, self.size.height - ROOM - min(len(said), 4) - len(self._menu(width)))
        chart = insight.chart(self._found, self.part, width, height, style=self._glyphs())
        return [*toned(chart), "", *said]

    def _overview(self, found: Insight, width: int) -> list[Line]:
        if self.shown_as == "chart":
            return toned(insight.overview(found, width, style=self._glyphs()))
        if self.shown_as == "sentences":
            return [line for text in insight.everything(found) for line in para(in_keys(text), width)]
        lines: list[Line] = []
        for view in insight.VIEWS:
            lines += [*([""] if lines else []), head(view.title), *insight.table(found, view.id)]
        return lines

    def _glyphs(self) -> Glyphs:
        """Braille, but half blocks on the plain console, whose letters have no braille."""
        return "block" if os.environ.get("TERM") == "linux" else "braille"

    def _show(self) -> None:
        self._fill()
        self.query_one("#scroll", VerticalScroll).scroll_home(animate=False)
        self.query_one(Top).show(self.heading(), self.coach_app.state)

    def action_pick(self, part: str) -> None:
        """Show a part."""
        self.part = part
        self._show()

    def action_step(self, by: int) -> None:
        """Go on to the part beside this one."""
        self.part = PARTS[(PARTS.index(self.part) + by) % len(PARTS)]
        self._show()

    def action_turn(self) -> None:
        """From the chart to its table, to its sentences, and back."""
        self.shown_as = AS[(AS.index(self.shown_as) + 1) % len(AS)]
        self._show()
