"""Every action declared once: its name, what it does, where it lives and where it shows."""

from __future__ import annotations


class Action:
    """One thing a person can do.

    ``module`` is the one of ``coach.cli.commands`` that holds the function of the same name,
    ``short`` a documented short name, ``key`` the key in the terminal app, ``label`` what it is
    called there, ``shown`` whether the bottom line of every page has it. ``alone`` is what the line
    mode adds where the name is typed alone.
    """

    __slots__ = ("alone", "group", "help", "key", "label", "module", "name", "short", "shown")

    def __init__(
        self,
        name: str,
        text: str,
        group: str,
        module: str,
        short: str = "",
        key: str = "",
        *,
        label: str = "",
        shown: bool = False,
        alone: tuple[str, ...] = (),
    ) -> None:
        self.name = name
        self.help = text
        self.group = group
        self.module = module
        self.short = short
        self.key = key
        self.label = label or name.capitalize()
        self.shown = shown
        self.alone = alone


APP = "Terminal app"
GROUPS = ("Start", "Every day", "Every week", "Look", "Therapists", "Data")

ACTIONS = (
    Action("demo", "Look around in the home of a made-up person, eight weeks in.", "Start", "demo"),
    Action(
        "assess",
        "Answer the questions that decide where to start.",
        "Start",
        "assess",
        key="a",
        label="Questions",
    ),
    Action(
        "settings",
        "Set days, minutes, equipment, units, reminder, and how the app is.",
        "Start",
        "settings",
        key="comma",
    ),
    Action(
        "test",
        "Measure how you move: tests you can do alone at home.",
        "Start",
        "movement",
        label="Movement tests",
    ),
    Action(
        "today", "Say what is due today, with minutes and reasons.", "Every day", "today", key="t", shown=True
    ),
    Action(
        "checkin",
        "Note this morning's pain, sleep and stress.",
        "Every day",
        "checkin",
        "ci",
        "c",
        label="Check-in",
        shown=True,
    ),
    Action(
        "session",
        "Be led through today's session, set by set.",
        "Every day",
        "session",
        key="s",
        shown=True,
    ),
    Action(
        "log",
        "Record a session, or one exercise as it was really done.",
        "Every day",
        "log",
        key="l",
        alone=("--done", "all"),
    ),
    Action(
        "habit",
        "See the habits of this week, and note one as done.",
        "Every day",
        "habit",
        key="h",
        label="Habits",
        alone=("list",),
    ),
    Action("breathe", "Be led through slow breathing or muscle relaxation.", "Every day", "breathe"),
    Action(
        "flare",
        "Start or end a flare-up; today's plan changes at once.",
        "Every day",
        "flare",
        key="f",
        label="Flare-up",
    ),
    Action("pause", "Declare days that do not count: travel, illness, anything.", "Every day", "pause"),
    Action("skip", "Let a session go, with the reason.", "Every day", "skip", label="Skip a session"),
    Action(
        "review",
        "Decide the coming week, card by card, and say why.",
        "Every week",
        "review",
        key="r",
        shown=True,
    ),
    Action("swap", "Put another exercise in the place of one.", "Every week", "swap"),
    Action(
        "learn",
        "Read the lesson of the week, and answer its question.",
        "Every week",
        "learn",
        key="i",
        label="Lessons",
    ),
    Action(
        "plan",
        "Show the plan, its reasons and its versions.",
        "Look",
        "plan",
        key="p",
        shown=True,
        alone=("show",),
    ),
    Action(
        "library", "List the exercises, and show one in full.", "Look", "library", key="e", label="Exercises"
    ),
    Action("show", "Show how an exercise is done, as a figure or in words.", "Look", "show"),
    Action("progress", "Show trends, adherence and milestones.", "Look", "progress", key="g", shown=True),
    Action("report", "Write a page for you or your clinician, or a handout of the week.", "Look", "report"),
    Action("status", "Give one line for a prompt or status bar.", "Look", "status"),
    Action("remind", "Write a calendar, or timers that remind until it is done.", "Look", "remind"),
    Action("planfile", "Write, check and hand out plan files.", "Therapists", "planfile"),
    Action("export", "Write the data out as CSV, NDJSON, JSON or Markdown.", "Data", "export"),
    Action(
        "import", "Read back a full export, or bring in what a watch or phone measured.", "Data", "import_"
    ),
    Action("hooks", "Run your own programs after an entry, or stop that.", "Data", "hooks"),
    Action("undo", "Take back the last step, or the last few.", "Data", "undo", key="u"),
    Action("backup", "Write one file with everything in it.", "Data", "backup"),
    Action("restore", "Bring a backup back.", "Data", "restore"),
    Action("doctor", "Check the stored data, and mend what is damaged.", "Data", "doctor"),
    Action("wipe", "Delete everything of this home for good.", "Data", "wipe"),
)
"""In the order they are shown."""

KEYS = (
    Action("help", "All keys, and what can be done.", APP, "", key="question_mark", shown=True),
    Action("palette", "Find anything by its name.", APP, "", key="ctrl+p", label="Find"),
    Action("back", "Go back one page.", APP, "", key="escape"),
    Action("quit", "Leave; what was given is saved.", APP, "", key="q"),
)
"""What only the terminal app has."""


def find(name: str) -> Action | None:
    """The action of this name or short name, or null."""
    return next((action for action in ACTIONS if name in (action.name, action.short)), None)
