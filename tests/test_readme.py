"""What the README says is what runs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from coach import Coach
from coach.actions import ACTIONS
from coach.cli.help import EXIT_CODES, overview

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def block(name: str) -> str:
    found = re.search(rf"<!-- {name} -->\n(.*?)<!-- /{name} -->", README, re.DOTALL)
    assert found, name
    return found[1]


def test_the_command_table_is_the_declared_actions() -> None:
    rows = re.findall(r"\| `coach (\S+)` \| (.+?) \|", block("commands"))
    assert rows == [(action.name, action.help) for action in ACTIONS]


def test_the_help_page_names_every_action() -> None:
    page = overview()
    for action in ACTIONS:
        assert f"  {action.name:<10} {action.help}" in page


def test_the_exit_codes_are_those_of_the_help_page() -> None:
    rows = [(int(code), text) for code, text in re.findall(r"\| (\d+) \| (.+?) \|", block("exit codes"))]
    assert rows == list(EXIT_CODES)


def test_the_python_example_runs(
    tmp_path: Path, answers: dict[str, Any], monkeypatch: Any, capsys: Any
) -> None:
    code = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert code
    monkeypatch.chdir(tmp_path)
    exec(compile(code[1], "README.md", "exec"), {"answers": answers})
    said = capsys.readouterr().out
    assert said.startswith("T3_CLEAR flex\n")
    assert said.endswith("4.0\n")
    assert Coach.open(tmp_path / "somebody", today="2026-11-23").history().checkins == ()
