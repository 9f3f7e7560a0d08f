"""How the terminal app is reached, what it may import, and that nothing else pays for it."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest
from test_floors import broken, loaded
from tui_harness import DAY, ROOT, demo, lived  # noqa: F401 (fixtures)

from coach.actions import ACTIONS, KEYS
from coach.tui import pages
from coach.tui.keys import AFTER, bound, has_page, in_keys, name_of, plainly
from coach.tui.screens.help import rows
from coach.tui.widgets.drawn import fitted

BARRED = (
    "tinydb",
    "typer",
    "coach.journal",
    "coach.cli",
    "yaml",
    "tomllib",
    "cryptography",
    "coach.programs.library",
)


def test_without_a_terminal_it_prints_today(assessed) -> None:
    done = assessed()
    assert done.returncode == 0
    assert "A session is due today." in done.stdout
    assert "\x1b" not in done.stdout


@pytest.mark.parametrize("words", [(), ("today",), ("checkin", "4"), ("status",), ("log", "--done", "all")])
def test_commands_never_load_the_terminal_app(assessed, tmp_path: Path, words: tuple[str, ...]) -> None:
    code = (
        f"sys.argv = {['coach', *words]!r}\n"
        "from coach._boot import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code, end.code"
    )
    found = loaded(code, COACH_HOME=str(tmp_path / "home"), COACH_TODAY=DAY)
    assert broken(found, ("textual", "rich", "asyncio", "coach.tui")) == []


def test_the_first_frame_needs_only_today() -> None:
    found = loaded("import coach.tui.app, coach.tui.screens.today")
    assert broken(found, BARRED) == []
    screens = {name for name in found if name.startswith("coach.tui.screens.")}
    assert screens == {"coach.tui.screens.today", "coach.tui.screens.today_lines"}


def test_no_page_brings_the_journal_or_the_other_face() -> None:
    names = [
        path.stem for path in (ROOT / "coach" / "tui" / "screens").glob("*.py") if path.stem != "__init__"
    ]
    code = "\n".join(f"import coach.tui.screens.{name}" for name in names)
    assert broken(loaded(code), ("tinydb", "typer", "coach.journal", "coach.cli")) == []


def test_pages_stay_small() -> None:
    for path in (ROOT / "coach" / "tui").rglob("*.py"):
        limit = 150 if path.parent.name == "widgets" else 250
        assert len(path.read_text(encoding="utf-8").splitlines()) <= limit, path.name


def test_every_page_belongs_to_a_declared_action() -> None:
    declared = {each.name for each in (*ACTIONS, *KEYS)}
    assert {*pages.KEPT, *pages.FRESH} <= declared


def test_no_key_is_declared_twice() -> None:
    keys = [key for key, _, _, _ in bound()]
    assert len(keys) == len(set(keys))


def test_the_help_page_names_every_action_and_its_key() -> None:
    shown = "\n".join(str(line) for line in rows(200))
    for each in (*ACTIONS, *KEYS):
        assert each.help in shown, each.name
        if each.key and has_page(each.name):
            assert re.search(rf"^\S+ +{each.label} ", shown, re.MULTILINE), each.name


def test_commands_are_said_as_keys_and_dates_as_days() -> None:
    assert in_keys("begin with: coach checkin 4") == "begin with: Check-in (key c)"
    assert in_keys("coach doctor") == f"coach doctor {AFTER}"
    assert in_keys("record it: coach log EXERCISE") == f"record it: coach log EXERCISE {AFTER}"
    assert plainly("due on 2026-11-24") == "due on Tue 24 Nov"
    assert plainly("due on 2026-19-99") == "due on 2026-19-99"


def test_a_long_line_is_broken_under_its_indent() -> None:
    assert fitted("  - one two three four five", 18) == ["  - one two three", "    four five"]
    assert fitted("short", 18) == ["short"]


def run_in_terminal(home: Path, keys: bytes, **env: str) -> tuple[bytes, int]:
    """Run ``coach`` alone on a terminal of its own; all it wrote, and its exit code."""
    leader, follower = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COACH_HOME": str(home), "COACH_TODAY": DAY, **env}
    environment |= {"PYTHONPATH": str(ROOT), "COLUMNS": "80", "LINES": "24"}
    process = subprocess.Popen(
        [sys.executable, "-m", "coach._boot"],
        stdin=follower,
        stdout=follower,
        stderr=follower,
        env=environment,
    )
    os.close(follower)
    written, sent, until = b"", False, time.monotonic() + 30
    while time.monotonic() < until:
        if select.select([leader], [], [], 0.1)[0]:
            try:
                written += os.read(leader, 65536)
            except OSError:
                break
        if not sent and b"Check-in" in written:
            os.write(leader, keys)
            sent = True
        if process.poll() is not None and not select.select([leader], [], [], 0)[0]:
            break
    os.close(leader)
    return written, process.wait(10)


def test_on_a_terminal_it_opens_and_leaves_it_as_it_was(demo: Path) -> None:  # noqa: F811
    written, code = run_in_terminal(demo, b"q")
    assert code == 0
    assert b"\x1b[?1049h" in written
    assert b"\x1b[?1049l" in written
    assert written.rindex(b"\x1b[?1049l") > written.index(b"\x1b[?1049h")
    assert written.rindex(b"\x1b[?25h") > written.rindex(b"\x1b[?25l")


@pytest.mark.parametrize("env", [{"TERM": "dumb"}, {"COACH_PLAIN": "1"}])
def test_a_dumb_terminal_and_plain_mode_get_lines(demo: Path, env: dict[str, str]) -> None:  # noqa: F811
    written, code = run_in_terminal(demo, b"q\n", **env)
    assert code == 0
    assert b"\x1b" not in written
    assert b"week 8 of 12" in written
    assert b"Enter alone does the next thing" in written.replace(b"\r\n", b" ")


def test_the_readme_has_the_keys_that_there_are() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    block = readme.partition("<!-- keys -->")[2].partition("<!-- /keys -->")[0]
    rows = re.findall(r"^\| `(\S+)` \| (.+?) \| (.+?) \|$", block, re.MULTILINE)
    every = [each for each in (*ACTIONS, *KEYS) if each.key and (has_page(each.name) or each in KEYS)]
    assert rows == [(name_of(each.key), each.label, each.help) for each in every]
