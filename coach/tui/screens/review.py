"""Review: the cards of the week, one decision each; what comes next is seen before it is accepted."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.widgets import OptionList

from coach.draw import cards, words
from coach.problems import Busy, NothingToDo, Problem
from coach.tui.screens import review_lines as lines
from coach.tui.screens.beginning import Beginning
from coach.tui.told import card as told_card
from coach.tui.widgets.drawn import Drawn
from coach.tui.widgets.rows import Rows

PREVIEW = "the preview"


class ReviewPage(Beginning):
    """Before its day: the last review, whose rises can still be taken back. On its day: questions,
    then a preview with a choice for each card, then Enter twice makes it so."""

    NAME: ClassVar[str] = "Review"
    DEFAULT_CSS = """
    ReviewPage #head { margin-top: 1; }
    ReviewPage #cards { margin-top: 1; height: auto; max-height: 40%; }
    ReviewPage #card { margin-top: 1; height: 1fr; scrollbar-size-vertical: 1; }
    ReviewPage.-wide #both { layout: horizontal; }
    ReviewPage.-wide #cards { width: 1fr; height: 1fr; max-height: 100%; }
    ReviewPage.-wide #card { width: 1fr; margin: 1 0 0 3; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        Binding("enter", "go_on", "Go on", show=False, priority=True),
        Binding("y", "choose('')", "Accept"),
        Binding("v", "choose('veto')", "Veto"),
        Binding("h", "choose('hold')", "Hold"),
        Binding("n", "week", "Next week"),
        Binding("pagedown", "scroll(1)", show=False),
        Binding("pageup", "scroll(-1)", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.state = "none"
        """``none``, ``due``, ``preview`` or ``last``."""
        self.found: Any = None
        """The last review, or the preview of the next."""
        self._held: tuple[str, ...] = ()
        self._plan: Any = None
        self._previewed: Any = None
        self._preview_of: Any = None
        """The preview whole, for the week that the choices make."""

    def enter_label(self) -> str:
        """By where the review stands."""
        return {"due": "Begin", "preview": "Done"}.get(self.state, "")

    def body(self) -> ComposeResult:
        """What the week was, the cards, and the card under the cursor."""
        yield Drawn(id="head")
        with Vertical(id="both"):
            yield Rows(id="cards")
            with VerticalScroll(id="card", can_focus=False):
                yield Drawn(id="lines")

    def reload(self) -> None:
        """See whether a review is due; a preview that rests on an older journal is made anew."""
        coach = self.coach()
        if self.state == "preview":
            if self._previewed != coach.token():
                self._preview(self._screen)
            return
        self._plan = coach.plan()
        day = coach.today().day
        done = coach.reviews()
        self.state = "due" if day is not None and day.review_due else "last" if done else "none"
        self.found = done[-1] if done else None
        if self.state == "none":
            starts = words.day(lines.due_on(self._plan))
            raise NothingToDo(f"No week has been reviewed yet. The first review is due on {starts}.")
        self._show()

    # -- showing -------------------------------------------------------------------------------

    def _show(self) -> None:
        head, rows = self.query_one("#head", Drawn), self.query_one("#cards", OptionList)
        state, found, plan = self.state, self.found, self._plan
        held = self._held if state == "preview" else ()
        rows.display = state != "due"
        head.show(lambda width: lines.head_of(state, found, plan, width, held))
        if state == "due":
            self.query_one("#lines", Drawn).show(lambda _: [])
        else:
            self._fill()
        self.refresh_bindings()

    def _fill(self) -> None:
        rows = self.query_one("#cards", Rows)
        at = rows.highlighted
        units = self._plan.preferences.units
        texts = [lines.row(each, self.choices.get(each.id, ""), units) for each in self._cards()]
        rows.hang(texts, None, lead=lines.LEAD)
        rows.highlighted = at if at is not None and at < rows.option_count else 0
        rows.focus()

    def _cards(self) -> tuple[Any, ...]:
        return cards.ordered((*self.found.decisions, *self.found.habits)) if self.found is not None else ()

    @on(OptionList.OptionHighlighted)
    def _look(self, event: OptionList.OptionHighlighted) -> None:
        card = self._cards()[event.option_index]
        units = self._plan.preferences.units
        self.query_one("#lines", Drawn).show(lambda _: told_card(card, units))
        self.query_one("#card").scroll_home(animate=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Choices only where there are cards to choose on."""
        if action == "choose":
            return self.state == "preview" or (self.state == "last" and parameters[0] != "")
        return action != "week" or self.state == "preview"

    # -- doing ---------------------------------------------------------------------------------

    def action_go_on(self) -> None:
        """The questions, or the end of the preview; nothing on a past review."""
        if self.state == "due":
            if not self._go_on():
                self._begin()
        elif self.state == "preview":
            self._confirm()
        elif self.state == "none":
            self.renew()

    def _preview(self, answers: dict[str, Any] | None) -> None:
        if answers is not None:
            self._screen = answers
            self.coach_app.keep_drafts()
            self.request(PREVIEW, lambda coach: coach.review(screen=answers, dry_run=True))

    def _confirm(self) -> None:
        from coach.tui.screens.ask import Ask

        against = sum(bool(each) for each in self.choices.values())
        text = f"Make this the plan of the coming week? You changed {against} of {len(self._cards())} cards."

        def decided(answer: str | None) -> None:
            if answer:
                screen, choices = self._screen, dict(self.choices)
                self.request("the review", lambda coach: coach.decide(screen, choices))

        self.app.push_screen(
            Ask(text, (("y", "Yes, from today on", "yes"), ("n", "Look again", ""))), decided
        )

    def saved(self, what: str, result: Any) -> None:
        """A preview to look through, or a review that was made."""
        if what == PREVIEW:
            self._previewed = self.coach().token()
            if result.text:  # an answer closes the plan: that does not wait for anybody's choice
                screen = self._screen
                self.request("the review", lambda coach: coach.decide(screen, {}))
                return
            self.state, self.found, self._plan = "preview", result.review, result.plan
            self._preview_of = result
            self._held = result.held
            known = {each.id for each in self._cards()}
            self.choices = {name: choice for name, choice in self.choices.items() if name in known}
            self._show()
            return
        self.state, self.choices, self._screen = "none", {}, {}
        for text in result:
            self.coach_app.tell(text, severe=True)
        if what == "the review":
            self.let_go("review/*")
            if not result:
                self.coach_app.tell("The next week is written. u takes it back.")
            self.coach_app.action_go("today")

    def refused(self, what: str, problem: Problem) -> None:
        """What stands in the way of the review."""
        self.state, self.seen = "none", ()  # seen anew when one comes back, or with Enter
        if not isinstance(problem, Busy):
            self._screen = {}
            self.let_go(self._draft_key)
        self.put_off(problem)

    def action_choose(self, choice: str) -> None:
        """Accept, veto or hold the card under the cursor."""
        at = self.query_one("#cards", OptionList).highlighted
        if at is None or self.found is None:
            return
        name, why_not = self._cards()[at].id, cards.no_veto(self._cards()[at])
        if choice == "veto" and why_not:
            self.coach_app.tell(why_not)
        elif self.state == "preview":
            self.choices[name] = choice
            if not choice:
                del self.choices[name]
            self._fill()
        elif choice == "veto":
            self.request("the veto", lambda coach: coach.veto((name,)).refused)
        else:
            self.request("the hold", lambda coach: (coach.hold((self._exercise(at),)).text,))

    def _exercise(self, at: int) -> str:
        card = self._cards()[at]
        return str(card.to or card.exercise)

    def action_week(self) -> None:
        """The coming week as this review would write it, with what was chosen so far."""
        week, units = self.coach().foresee(self._preview_of, self.choices).week, self._plan.preferences.units
        self.query_one("#lines", Drawn).show(lambda width: lines.coming(week, units, width))
        self.query_one("#card").scroll_home(animate=False)

    def action_scroll(self, pages: int) -> None:
        """Scroll the card, while the list keeps the cursor."""
        card = self.query_one("#card", VerticalScroll)
        card.scroll_relative(y=pages * max(1, card.size.height - 1), animate=False)
