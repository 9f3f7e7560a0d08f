"""Which page an action opens; its module is loaded when it is first shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module

from textual.screen import Screen

KEPT = {
    "today": "today:TodayPage",
    "plan": "plan:PlanPage",
    "review": "review:ReviewPage",
    "progress": "progress:ProgressPage",
    "library": "library:LibraryPage",
    "learn": "lessons:LessonsPage",
    "habit": "habits:HabitsPage",
    "settings": "settings:SettingsPage",
    "help": "help:HelpPage",
}
"""Main pages: made once and kept, for a page that is thrown away keeps its memory (textual #6665)."""

BELOW = {
    "week": "week:WeekPage",
    "exercise": "exercise:ExercisePage",
    "versions": "versions:VersionsPage",
    "lesson": "lesson:LessonPage",
}
"""Pages about one thing, opened from a main page; made once too, and filled with the thing."""

FRESH = {
    "checkin": "checkin:CheckInPage",
    "session": "session:SessionPage",
    "assess": "interview:InterviewPage",
    "test": "measuring:MeasurePage",
    "log": "log:LogPage",
    "flare": "life:FlarePage",
    "pause": "life:PausePage",
    "skip": "life:SkipPage",
    "undo": "life:UndoPage",
}
"""Pages that begin anew each time they are opened."""


def make(place: str) -> Screen[object]:
    """A page by its ``module:Class`` below ``coach.tui.screens``."""
    module, _, name = place.partition(":")
    page: Screen[object] = getattr(import_module(f"coach.tui.screens.{module}"), name)()
    return page


def kept() -> dict[str, Callable[[], Screen[object]]]:
    """The pages that are made once, for ``App.SCREENS``."""
    return {name: partial(make, place) for name, place in {**KEPT, **BELOW}.items()}
