"""Hooks run after the entry is safe, never in its way, and never a file that others can write to."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from coach.cases.hooks import EVENTS, wait
from coach.coach import Coach

ROOT = Path(__file__).resolve().parent.parent
KEEP = '#!/bin/sh\ncat > "$COACH_HOME/got-$COACH_HOOK.json"\n'


@pytest.fixture(scope="module")
def ready(answers: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that was assessed, with hooks on."""
    home = tmp_path_factory.mktemp("hooks") / "home"
    coach = Coach.open(home, today="2026-11-23")
    coach.assess(answers)
    coach.keep_settings(hooks=True)
    return home


@pytest.fixture
def home(ready: Path, tmp_path: Path) -> Path:
    """A copy of it, where `run` looks, with an empty folder for hooks."""
    shutil.copytree(ready, tmp_path / "home")
    (tmp_path / "home" / "hooks").mkdir(mode=0o700)
    return tmp_path / "home"


def hook(home: Path, event: str, text: str, mode: int = 0o700) -> Path:
    file = home / "hooks" / event
    file.write_text(text)
    file.chmod(mode)
    return file


def test_each_event_runs_its_own_with_what_was_saved(run: Any, home: Path) -> None:
    for event in EVENTS:
        hook(home, event, KEEP)
    felt = ("--rpe", "4", "--before", "3", "--pain", "3", "--form", "good")
    commands = {
        "checkin": ("checkin", "4", "--note", 'a\n"b" $(id) `id`'),
        "session-end": ("log", "--done", "all", *felt),
        "flare": ("flare", "start"),
    }
    for event, words in commands.items():
        plain = run(*words, "--json")
        assert (plain.returncode, plain.stderr) == (0, "")
        json.loads(plain.stdout)
        told = json.loads((home / f"got-{event}.json").read_text())
        assert (told["schema"], told["event"], told["date"]) == (f"coach.hook-{event}/1", event, "2026-11-23")
    assert json.loads((home / "got-checkin.json").read_text())["checkin"]["note"] == 'a\n"b" $(id) `id`'
    assert json.loads((home / "got-session-end.json").read_text())["sessions"][0]["exercises"]
    assert not (home / "got-review.json").exists()
    assert run("review", "--dry-run", today="2026-11-30").returncode == 0
    assert not (home / "got-review.json").exists()
    assert run("review", today="2026-11-30").returncode == 0
    assert json.loads((home / "got-review.json").read_text())["review"]["decisions"]


def test_a_led_session_runs_its_hook_too(home: Path) -> None:
    hook(home, "session-end", KEEP)
    coach = Coach.open(home, today="2026-11-23")
    coach.session().finish(1.0)
    wait()
    assert not (home / "got-session-end.json").exists()  # nothing was done, so nothing was recorded
    running = coach.session()
    for at in range(10, 100, 10):
        running.do("next", float(at))
    running.finish(100.0)
    wait()
    assert json.loads((home / "got-session-end.json").read_text())["sessions"]


def test_off_is_off(run: Any, home: Path) -> None:
    hook(home, "checkin", KEEP)
    assert run("hooks", "off").returncode == 0
    run("checkin", "4")
    assert not (home / "got-checkin.json").exists()
    found = json.loads(run("hooks", "--json").stdout)
    assert found["on"] is False
    assert not any(each["runs"] for each in found["hooks"])


def test_a_fresh_home_runs_nothing(assessed: Any, tmp_path: Path) -> None:
    (tmp_path / "home" / "hooks").mkdir(mode=0o700)
    hook(tmp_path / "home", "checkin", KEEP)
    assessed("checkin", "4")
    assert not (tmp_path / "home" / "got-checkin.json").exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("#!/bin/sh\necho fine; exit 0\n", ""),
        ("#!/bin/sh\necho one; printf '\\033[31mtwo\\033[0m' >&2; exit 3\n", "failed (3)"),
        ("#!/no/such/interpreter\n", "cannot be started"),
        ("#!/bin/sh\nkill -9 $$\n", "failed (-9)"),
        ("#!/bin/sh\nexec 0<&-; exit 0\n", ""),
        ("#!/bin/sh\nyes | head -c 3000000; exit 1\n", "failed (1)"),
    ],
)
def test_whatever_a_hook_does_the_entry_is_saved(run: Any, home: Path, text: str, said: str) -> None:
    hook(home, "checkin", text)
    done = run("checkin", "4", "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["checkin"]["pain"] == 4
    assert (said in done.stderr) if said else (done.stderr == "")
    assert "\x1b" not in done.stderr
    assert done.stderr.count("\n") < 30
    assert ",pain,4," in run("export", "journal").stdout


def test_one_that_hangs_is_ended_with_all_it_started(run: Any, home: Path) -> None:
    Coach.open(home, today="2026-11-23").keep_settings(hook_seconds=1)
    hook(home, "checkin", '#!/bin/sh\nsleep 600 &\necho $! > "$COACH_HOME/child"\nwait\n')
    done = run("checkin", "4")
    assert done.returncode == 0
    assert "ended after 1 s" in done.stderr
    child = int((home / "child").read_text())
    for _ in range(50):
        if not alive(child):
            break
        time.sleep(0.1)
    assert not alive(child)


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split(")")[1].split()[0] != "Z"
    except OSError:
        return False


def test_ctrl_c_ends_a_hook_and_keeps_the_entry(home: Path) -> None:
    hook(home, "checkin", '#!/bin/sh\ntouch "$COACH_HOME/begun"\nsleep 600\n')
    running = subprocess.Popen(
        [sys.executable, "-m", "coach._boot", "checkin", "4"],
        env={**os.environ, "COACH_HOME": str(home), "COACH_TODAY": "2026-11-23", "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    for _ in range(200):
        if (home / "begun").exists():
            break
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=20)
    assert running.returncode == 130
    assert "Traceback" not in said
    assert Coach.open(home, today="2026-11-23").history().checkins[-1].pain == 4


def test_a_hook_that_checks_in_starts_no_other(run: Any, home: Path) -> None:
    program = f"{sys.executable} -m coach._boot"
    hook(home, "checkin", f'#!/bin/sh\necho x >> "$COACH_HOME/count"\n{program} checkin --stress 3\n')
    assert run("checkin", "4").returncode == 0
    assert (home / "count").read_text() == "x\n"
    assert Coach.open(home, today="2026-11-23").history().checkins[-1].stress == 3


@pytest.mark.parametrize(
    ("mode", "folder", "why"),
    [(0o770, 0o700, "write"), (0o702, 0o700, "write"), (0o700, 0o770, "write"), (0o600, 0o700, "executable")],
)
def test_what_others_can_write_to_never_runs(run: Any, home: Path, mode: int, folder: int, why: str) -> None:
    hook(home, "checkin", KEEP, mode)
    (home / "hooks").chmod(folder)
    done = run("checkin", "4")
    assert done.returncode == 0
    assert why in done.stderr
    assert not (home / "got-checkin.json").exists()
    assert why in run("hooks").stdout


def test_a_misspelt_file_is_named(run: Any, home: Path) -> None:
    hook(home, "chekin", KEEP)
    assert "no event" in run("hooks").stdout
    assert run("hooks", "maybe").returncode == 2


def test_daily_commands_load_nothing_for_hooks_where_there_are_none(assessed: Any, tmp_path: Path) -> None:
    code = (
        "import sys; sys.argv = ['coach', 'checkin', '4']\nfrom coach._boot import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\nprint('coach.cases.hooks' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        env={
            **os.environ, "COACH_HOME": str(tmp_path / "home"), "COACH_TODAY": "2026-11-23",
            "PYTHONPATH": str(ROOT),
        },
    )  # fmt: skip
    assert done.stdout.split() == ["False"]
