"""What every test gets: no network, a fixed clock from outside, a home of its own."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent
DAY = "2026-11-23"

# how long an example takes to make or to run depends on what else the machine does
settings.register_profile("coach", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("coach")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell starts what it puts in the background deaf to Ctrl-C, and children would inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> NoReturn:
        raise AssertionError("coach opened a socket")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    for name in ("COACH_HOME", "COACH_TODAY", "COACH_NOW", "COACH_PLAIN"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def answers() -> dict[str, Any]:
    """The complete answers of the packaged synthetic person."""
    text = (ROOT / "coach" / "demo.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)["answers"]


def answer_text(answers: dict[str, Any]) -> str:
    """The text of an answer file."""
    return json.dumps({"schema": "coach.answers/1", "answers": answers})


@pytest.fixture
def answer_file(tmp_path: Path, answers: dict[str, Any]) -> Path:
    path = tmp_path / "me.json"
    path.write_text(answer_text(answers))
    return path


Run = Callable[..., "subprocess.CompletedProcess[str]"]


def _called(
    folder: Path, *arguments: str, stdin: str | None, today: str, home: Path, **env: str
) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "COACH_HOME": str(home),
        "COACH_TODAY": today,
        "PYTHONPATH": str(ROOT),
        **env,
    }
    return subprocess.run(
        [sys.executable, "-m", "coach._boot", *arguments],
        input=stdin if stdin is not None else "",
        capture_output=True,
        text=True,
        env=environment,
        cwd=folder,
        timeout=60,
        check=False,
    )


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run the real command in a process of its own, without a terminal."""

    def call(
        *arguments: str, stdin: str | None = None, today: str = DAY, home: Path | None = None, **env: str
    ) -> subprocess.CompletedProcess[str]:
        return _called(tmp_path, *arguments, stdin=stdin, today=today, home=home or tmp_path / "home", **env)

    return call


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of the synthetic person on `DAY`, eight weeks in; to be copied, not changed."""
    from datetime import date

    from coach.demo import live

    home = tmp_path_factory.mktemp("demo") / "home"
    live(str(home), date.fromisoformat(DAY))
    return home


@pytest.fixture(scope="session")
def first_home(tmp_path_factory: pytest.TempPathFactory, answers: dict[str, Any]) -> Path:
    """The home of the synthetic person who was assessed on `DAY` at nine; to be copied, not changed."""
    from coach import Coach

    home = tmp_path_factory.mktemp("first") / "home"
    Coach.open(home, today=DAY, at=f"{DAY}T09:00:00+00:00").assess(answers)
    return home


@pytest.fixture(scope="session")
def _assessed_home(tmp_path_factory: pytest.TempPathFactory, answers: dict[str, Any]) -> Path:
    """What the command leaves behind for the synthetic person on `DAY`; to be copied, not changed."""
    folder = tmp_path_factory.mktemp("assessed")
    done = _called(
        folder,
        "assess",
        "--answers",
        "-",
        stdin=answer_text(answers),
        today=DAY,
        home=folder / "home",
    )
    assert done.returncode == 0, done.stderr
    return folder / "home"


@pytest.fixture
def assessed(run: Run, answer_file: Path, _assessed_home: Path, tmp_path: Path) -> Run:
    """The same, in a home where the synthetic person has been assessed today."""
    shutil.copytree(_assessed_home, tmp_path / "home")
    return run
