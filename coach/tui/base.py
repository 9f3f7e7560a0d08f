"""What every page is made of."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import events
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen

from coach.problems import Problem
from coach.tui.keys import plainly
from coach.tui.opening import Opening, OpeningBox
from coach.tui.widgets.bars import Bottom, Top
from coach.tui.widgets.drawn import Drawn

if TYPE_CHECKING:
    from coach.cases.settings import Settings
    from coach.coach import Coach
    from coach.tui.app import CoachApp
    from coach.tui.widgets.figure import FigureView


class Asking:
    """The part of a page that asks `Coach`, writes through it, and hears what came of that."""

    @property
    def coach_app(self) -> CoachApp:
        """The app."""
        return cast("CoachApp", cast("Screen[Any]", self).app)

    @property
    def settings(self) -> Settings:
        """How the person wants the app: theme, motion, bell, hands-free."""
        return self.coach_app.settings

    def coach(self) -> Coach:
        """A fresh `Coach` for today."""
        return self.coach_app.coach()

    def save(self, what: str, do: Callable[[Coach], Any]) -> None:
        """Write in the thread that saves, in order; ``what`` names it in `saved` and in messages.

        A busy journal is tried again; what cannot be saved is offered for another try.
        """
        self.coach_app.save(cast("Screen[Any]", self), what, do)

    def request(self, what: str, do: Callable[[Coach], Any]) -> None:
        """The same where a refusal is part of it: it arrives in `refused`, an answer in `saved`."""
        self.coach_app.save(cast("Screen[Any]", self), what, do, asked=True)

    def saved(self, what: str, result: Any) -> None:
        """Something that this page saved is on the disk. The page is reloaded right after."""

    def refused(self, what: str, problem: Problem) -> None:
        """Something that was requested was not given."""
        self.coach_app.tell(said(problem), severe=True)

    def ending(self) -> None:
        """The app ends while this page is open: save what stands typed in it."""

    def draft(self) -> tuple[str, Any] | None:
        """What stands half typed or half chosen here, as plain values, and the key it is kept under.

        Asked once a second and when the page is left. A null value lets the draft go; null in its
        place says that there is nothing to keep now, and leaves what was kept.
        """
        return None

    def left_here(self, key: str) -> Any:
        """What was left half done under this key, to be put back; from outside, so of any shape. Or null."""
        return self.coach_app.draft_of(key)

    def let_go(self, key: str) -> None:
        """A draft was given, and is none any more."""
        self.coach_app.let_go(key)


class Page(Asking, Opening):
    """A page: a line on top, a body, and the keys at the bottom.

    A page gives its title in ``NAME``, its body in `body`, its keys as usual in ``BINDINGS``
    (those with ``show`` and a description stand in the bottom line, before those that work
    everywhere), and fills itself in `reload`. `reload` runs when the page first shows, when the
    journal changed (by a save of the app or by another process) and when the day changed; it
    asks ``self.coach()``. A `Problem` it raises takes the place of the body until the next reload.

    To write, call `save`; what came of it arrives in `saved`.
    """

    NAME: ClassVar[str] = ""
    ENTER: ClassVar[str] = ""
    """What Enter does on this page, for the bottom line."""
    DEFAULT_CSS = """
    Page { background: $background; color: $foreground; }
    Page #body { height: 1fr; padding: 0 1; }
    Page #problem { display: none; height: 1fr; padding: 1 2; }
    Page.-problem #problem { display: block; }
    Page.-problem #body { display: none; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.seen: Any = None
        """Token of the journal as this page shows it; null before it was filled."""
        self.about: Any = None
        """What a page below a main one is about: a week, an exercise, a lesson."""

    def compose(self) -> ComposeResult:
        """Top line, body, bottom line."""
        self.begin()
        yield Top(self.NAME)
        with Vertical(id="body"):
            yield from self.body()
        yield Bottom()

    def body(self) -> ComposeResult:
        """What stands between the two lines."""
        yield Drawn(id="lines")

    def reload(self) -> None:
        """Fill the page with what the journal holds now."""

    def enter_label(self) -> str:
        """What Enter does now."""
        return self.ENTER

    def heading(self) -> str:
        """What the top line says; ``NAME`` where a page does not know better."""
        return self.NAME

    # -- the machinery -------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Fill the page when it first shows."""
        self.renew()

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Come back to a page: it is filled again where the journal changed meanwhile."""
        for figure in self.query("FigureView"):
            cast("FigureView", figure).pause(False)
        if self.is_mounted and self.seen is not None and self.seen != self.coach_app.seen:
            self.renew()

    def on_screen_suspend(self) -> None:
        """Another page lies over this one: what moves stands, what was drawn is let go until the return."""
        for figure in self.query("FigureView"):
            cast("FigureView", figure).pause(True)
        for each in self.walk_children(with_self=True):
            each.refresh()
            drawn = getattr(each, "_render_cache", None)
            if drawn is not None:
                drawn.lines.clear()

    def renew(self) -> None:
        """Reload, and show the problem instead of the body where there is one."""
        if self._pruning or not self.is_attached:
            return  # left in the moment in which it was opened
        self.seen = self.coach_app.seen
        try:
            self.reload()
        except Problem as problem:
            self.put_off(problem)
        else:
            self.remove_class("-problem")
        self.query_one(Bottom).refresh()
        self.query_one(Top).show(self.heading(), self.coach_app.state)

    def put_off(self, problem: Problem) -> None:
        """Show a problem in place of the body."""
        self.add_class("-problem")
        if not self.query("#problem"):  # few pages ever need one
            self.mount(Drawn(id="problem"), before=self.query_one(Bottom))
        self.query_one("#problem", Drawn).show(told(problem))

    def action_back(self) -> None:
        """Leave the page."""
        self.coach_app.back()


class Box(Asking, OpeningBox):
    """A small page over another: no key of the app works in it but its own, and Escape leaves it.

    What stands in it is given in `inside`; `save` and `saved` are those of a page.
    """

    DEFAULT_CSS = """
    Box { align: center middle; background: $background 60%; }
    Box #box {
        width: 68; max-width: 96%; height: auto; max-height: 96%; padding: 0 2;
        background: $surface; border: round $primary; border-title-style: bold;
        scrollbar-size-vertical: 1;
    }
    Box.-narrow #box { padding: 0 1; }
    Box OptionList { background: $surface; } Box Bottom { padding: 0; background: $surface; }
    """
    BINDINGS: ClassVar[list[Any]] = [Binding("escape", "leave", "Back", priority=True)]

    def compose(self) -> ComposeResult:
        """A framed box."""
        self.begin()
        with VerticalScroll(id="box", can_focus=False):
            yield from self.inside()
            yield Bottom()

    def inside(self) -> ComposeResult:
        """What stands in the box."""
        yield from ()

    def titled(self, text: str) -> None:
        """Write on the frame."""
        self.query_one("#box").border_title = Content(text).markup

    def dismiss(self, result: Any = None) -> AwaitComplete:
        """Leave with a result; a second key in the same moment does not leave the page below too."""
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def action_leave(self) -> None:
        """Leave the box."""
        self.dismiss(None)

    def elsewhere(self) -> None:
        """Somebody else may have written: bring what is shown up to date, and leave alone what is begun."""

    def give_up(self, problem: Problem) -> None:
        """Say why there is nothing to do here, and leave."""
        self.coach_app.tell(said(problem), severe=True)
        self.dismiss(None)


def said(problem: Problem) -> str:
    """A problem as two sentences."""
    return f"{problem.message} {problem.hint[:1].upper()}{problem.hint[1:]}".strip()


def told(problem: Problem) -> Callable[[int], list[str]]:
    """A problem as lines: what happened, what it is about, what to do next."""
    from coach.draw.words import wrap

    def draw(width: int) -> list[str]:
        lines = wrap(plainly(problem.message), width)
        lines += [line for each in problem.details for line in wrap(f"- {each}", width)]
        return [*lines, "", *wrap(f"Next: {plainly(problem.hint)}", width)] if problem.hint else lines

    return draw
