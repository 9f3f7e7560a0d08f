"""The guide for therapists, typed word for word in an empty folder: every box runs and says what it says."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from test_programs_content import BANNED, GRADE_WHOLE, grade

from coach.programs.planlang.builtin import example_text, examples

ROOT = Path(__file__).resolve().parent.parent
GUIDE = (ROOT / "docs" / "therapists.md").read_text(encoding="utf-8")


def blocks(text: str) -> Iterator[tuple[str, str]]:
    """Kind and content of every fenced box, in order."""
    for match in re.finditer(r"^```(\w+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        yield match[1], match[2]


class Terminal:
    """A window to type in: a folder, and the environment of one person."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder = folder
        self.home = home

    def type(self, line: str) -> subprocess.CompletedProcess[str]:
        words = shlex.split(line)
        if words[0] == "cd":
            self.folder /= words[1]
            return subprocess.CompletedProcess(words, 0 if self.folder.is_dir() else 1, "", "")
        if words[:3] == ["coach", "planfile", "key"]:
            words.append("--no-passphrase")  # nobody sits here to type one
        if words[0] == "coach":
            words = [sys.executable, "-m", "coach._boot", *words[1:]]
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "COACH_HOME": str(self.home),
            "COACH_TODAY": "2026-11-23",
        }
        return subprocess.run(
            words,
            cwd=self.folder,
            env=environment,
            input="",
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )


def edit(file: Path, change: str) -> None:
    """Put the lines with a plus in the place of the lines with a minus."""
    text = file.read_text(encoding="utf-8")
    lines = change.splitlines()
    for old, new in zip(lines[::2], lines[1::2], strict=True):
        assert (old[0], new[0]) == ("-", "+")
        assert text.splitlines().count(old[1:]) == 1, old
        text = text.replace(f"{old[1:]}\n", f"{new[1:]}\n")
    file.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def typed(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The guide from the first box to the last; what each line gave."""
    base = tmp_path_factory.mktemp("guide")
    terminal = Terminal(base, base / "home")
    given = {}
    for kind, content in blocks(GUIDE):
        if kind == "diff":
            edit(terminal.folder / "desk.yaml", content)
        for line in content.splitlines() if kind == "sh" else ():
            done = given[line] = terminal.type(line)
            assert done.returncode == 0, f"{line}: {done.stderr}"
    return terminal, given


def test_every_box_runs_in_an_empty_folder(typed: Any) -> None:
    terminal, given = typed
    made = {each.name for each in terminal.folder.iterdir()}
    assert {"desk.yaml", "desk.yaml.sig", "desk.html", "coach-plan.schema.json", "clinic-key"} <= made
    assert "without an error" in given["coach planfile check desk.yaml"].stdout
    assert "Your Clinic" in given["coach planfile verify desk.yaml"].stdout
    assert "Week 12" in given["coach planfile preview desk.yaml"].stdout


def test_what_it_shows_of_the_file_stands_in_the_file() -> None:
    shown = [content for kind, content in blocks(GUIDE) if kind == "yaml"]
    text = example_text("desk_worker")
    assert len(shown) == 2
    for each in shown:
        assert each.removeprefix("tests:\n") in text


def test_it_names_every_example_and_every_door() -> None:
    for name in examples():
        assert f"| `{name}` |" in GUIDE
    for link in re.findall(r"\]\(([^)#]+)", GUIDE):
        assert (ROOT / "docs" / link).exists(), link


def test_it_is_plain_and_promises_nothing() -> None:
    prose = re.sub(r"^```.*?^```$", "", GUIDE, flags=re.MULTILINE | re.DOTALL)
    prose = re.sub(r"^(\||#|    ).*$|\]\([^)]*\)|[`\[*]", "", prose, flags=re.MULTILINE)
    assert not BANNED.search(prose.replace("fix", ""))
    assert grade([prose]) <= GRADE_WHOLE + 2


def test_the_patient_gets_the_plan_and_brings_a_packet_back(
    typed: Any, answer_file: Path, tmp_path: Path
) -> None:
    therapist, _ = typed
    patient = Terminal(tmp_path, tmp_path / "home")
    for name in ("desk.yaml", "desk.yaml.sig"):
        shutil.copy(therapist.folder / name, tmp_path)
    assert patient.type(f"coach assess --answers {answer_file}").returncode == 0
    done = patient.type("coach planfile apply desk.yaml --yes")
    assert done.returncode == 0, done.stderr
    assert "Your Name, physiotherapist" in done.stdout
    assert patient.type("coach export packet -o visit.json").returncode == 0
    assert "Strong enough for a desk day" in (tmp_path / "visit.html").read_text()
    assert "signed by" in (tmp_path / "visit.html").read_text()
    box = therapist.folder / "box"
    box.mkdir()
    shutil.copy(tmp_path / "visit.json", box)
    assert "1 person" in therapist.type("coach planfile inbox box").stdout
