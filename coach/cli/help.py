"""The help page, made from the declared actions."""

from __future__ import annotations

from coach.actions import ACTIONS, GROUPS
from coach.problems import BadValue

EXIT_CODES = (
    (0, "done"),
    (1, "a bug"),
    (2, "the command line: words, values, dates"),
    (3, "nothing to do: no episode yet"),
    (4, "a file or standard input that cannot be used; nothing was changed"),
    (5, "busy; nothing was changed"),
    (6, "something was withheld for safety"),
    (7, "the storage needs coach doctor"),
    (130, "interrupted"),
    (141, "the reader went away"),
)

OPTIONS = """\
Options, before or after the command:
  --home DIR          folder of this person (COACH_HOME)
  --today YYYY-MM-DD  the date to use (COACH_TODAY)
  --json              print one JSON document
  --plain             line by line, for screen readers and dumb terminals
  -q, --quiet         no talk on stderr
  -h, --help          this page; coach COMMAND --help for one command
  --version           the version"""


PLAIN = """\
coach --plain does everything line by line, for screen readers, braille displays and slow links.
COACH_PLAIN=1 has it always so. coach --plain alone says today, then takes one command after the other.
At every question a word or its sign can be typed instead of an answer:
help, why or ?: why it is asked, and what can be typed
back or <: the question before
skip or -: leave it out, where that is possible
pause, stop, quit or q: leave; it is said what is kept
correct or c: change an earlier answer of the interview
Ctrl-D leaves, too. Ctrl-C ends a command with exit 130; what was answered is kept."""


def overview() -> str:
    """The page that ``coach --help`` prints."""
    lines = [
        "Usage: coach [OPTIONS] [COMMAND]",
        "",
        "A recovery coach for low back pain. Alone, it shows today.",
        "",
    ]
    for group in GROUPS:
        lines.append(f"{group}:")
        lines += [
            f"  {action.name:<10} {action.help}{f' Short: {action.short}.' if action.short else ''}"
            for action in ACTIONS
            if action.group == group
        ]
        lines.append("")
    return "\n".join([*lines, OPTIONS, "", "coach help exit-codes · coach help dates · coach help plain"])


def topic(name: str) -> str:
    """A help topic. Raises `BadValue` for one that is not there."""
    pages = {
        "exit-codes": "\n".join(f"{code:>4}  {meaning}" for code, meaning in EXIT_CODES),
        "dates": "\n".join(
            (
                "today, yesterday, tomorrow",
                "mon .. sun      the latest one that has passed, or today",
                "-3d, -2w        so many days or weeks back",
                "MM-DD           the latest one that has passed",
                "YYYY-MM-DD      that date",
                "A day begins at four in the morning.",
            )
        ),
        "plain": PLAIN,
    }
    if name not in pages:
        raise BadValue(f"There is no help on “{name}”.", f"there is: {', '.join(pages)}")
    return pages[name]


def unknown(name: str) -> BadValue:
    """The sentence for a word that is no command."""
    import difflib

    words = [word for action in ACTIONS for word in (action.name, action.short) if word]
    close = difflib.get_close_matches(name, words, n=1)
    hint = f"did you mean: coach {close[0]}" if close else "coach --help lists the commands"
    what = "option" if name.startswith("-") else "command"
    return BadValue(f"There is no {what} “{name}”.", hint, code="usage")
