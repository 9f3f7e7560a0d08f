"""The floors hold: each module imported alone in a process, and the set of modules it brought."""

from __future__ import annotations

import os
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import coach

ROOT = Path(__file__).resolve().parent.parent
FACES = ("typer", "textual", "rich", "tinydb", "coach.cli", "coach.journal", "coach.coach", "coach.cases")
CORE = {
    "model": (
        *FACES,
        "coach.questionnaires",
        "coach.programs",
        "coach.exchange",
        "coach.draw",
        "tomllib",
        "yaml",
    ),
    "questionnaires": (*FACES, "coach.programs", "coach.exchange"),
    "programs": (*FACES, "coach.questionnaires", "coach.exchange"),
    "exchange": FACES,
    "draw": FACES,
    "journal": (
        "typer",
        "textual",
        "rich",
        "coach.cli",
        "coach.coach",
        "coach.programs",
        "coach.questionnaires",
    ),
    "cli": ("textual", "tinydb", "coach.journal", "platformdirs"),
}
MODULES = sorted(
    name for _, name, _ in pkgutil.walk_packages(coach.__path__, "coach.") if name.split(".")[1] in CORE
)


def loaded(code: str, **env: str) -> set[str]:
    """Names of all modules after running some code in a fresh process."""
    program = f"import sys\n{code}\nprint(' '.join(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), **env},
    )
    return set(done.stdout.splitlines()[-1].split())


def broken(modules: set[str], barred: tuple[str, ...]) -> list[str]:
    return sorted(
        name for name in modules if any(name == bar or name.startswith(f"{bar}.") for bar in barred)
    )


FORKING = """
import msgspec, os, sys
{warm}
for line in sys.stdin:
    there, here = os.pipe()
    if not os.fork():
        try:
            __import__(line.strip())
            said = " ".join(sorted(sys.modules))
        except BaseException as error:
            said = f"it cannot be imported: {{error!r}}"
        os.write(here, said.encode() + b"\\n")
        os._exit(0)
    os.close(here)
    with os.fdopen(there) as came:
        print(came.read(), end="", flush=True)
    os.wait()
"""
"""Imports each module it is told, in a copy of itself that knows none of ours."""


@pytest.fixture(scope="module")
def importers() -> Iterator[dict[bool, subprocess.Popen[str]]]:
    """A process to copy for the core, and one that knows Typer already for the command line."""
    code = {face: FORKING.format(warm="import typer" if face else "") for face in (False, True)}
    made = {
        face: subprocess.Popen(
            [sys.executable, "-c", text],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        for face, text in code.items()
    }
    yield made
    for each in made.values():
        each.communicate()


@pytest.mark.parametrize("name", MODULES)
def test_a_module_brings_nothing_of_a_floor_above(
    name: str, importers: dict[bool, subprocess.Popen[str]]
) -> None:
    floor = name.split(".")[1]
    process = importers[floor == "cli"]
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{name}\n")
    process.stdin.flush()
    found = set(process.stdout.readline().split())
    assert name in found, found
    assert broken(found, CORE[floor]) == []


def command(*arguments: str, home: Path, today: str = "2026-11-23") -> set[str]:
    code = (
        f"sys.argv = {['coach', *arguments]!r}\n"
        "from coach._boot import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code, end.code"
    )
    return loaded(code, COACH_HOME=str(home), COACH_TODAY=today)


HEAVY = (
    "rich",
    "textual",
    "platformdirs",
    "yaml",
    "cryptography",
    "tomllib",
    "asyncio",
    "importlib.metadata",
)
LIBRARY = (
    "coach.programs.library",
    "coach.programs.prescribe",
    "coach.programs.review",
    "coach.questionnaires",
)


@pytest.fixture
def home(assessed, tmp_path: Path) -> Path:
    assert assessed("checkin", "4").returncode == 0
    return tmp_path / "home"


def test_status_is_answered_before_any_parser(home: Path) -> None:
    assert broken(command("status", home=home), (*HEAVY, *LIBRARY, "typer", "msgspec", "tinydb")) == []


def test_version_loads_nothing(home: Path) -> None:
    assert broken(command("--version", home=home), (*HEAVY, "typer", "msgspec", "tinydb", "json")) == []


@pytest.mark.parametrize("words", [("checkin", "4", "--sleep", "7"), ("today",), ("log", "--done", "all")])
def test_daily_commands_never_parse_the_library(home: Path, words: tuple[str, ...]) -> None:
    assert broken(command(*words, home=home), (*HEAVY, *LIBRARY)) == []


def test_today_needs_no_tinydb(home: Path) -> None:
    assert broken(command("today", home=home), ("tinydb",)) == []


def test_the_app_reads_ahead_without_what_only_plan_files_and_pages_for_paper_need(home: Path) -> None:
    code = (
        "from coach.tui.ahead import Ahead\n"
        "from coach.cli.face import Face\n"
        "ahead = Ahead(Face().coach)\n"
        "ahead.post_message = lambda message: None\n"
        "ahead._read_all()\n"
        "assert 'coach.cases.insight' in sys.modules"
    )
    found = loaded(code, COACH_HOME=str(home), COACH_TODAY="2026-11-23")
    heavy = (
        "yaml",
        "html",
        "zipfile",
        "importlib.resources",
        "cryptography",
        "typer",
        "coach.programs.planlang.reading",
        "coach.draw.figurefile",
        "_hashlib",
    )
    assert broken(found, heavy) == []
