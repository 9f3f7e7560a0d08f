"""``coach planfile new`` and ``check`` as real processes."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from conftest import Run
from jsonschema import Draft202012Validator
from planfile_cases import LIBRARY, typed

from coach.programs.planfile import read_plan_file
from coach.programs.planyaml import read_tree


def test_a_new_file_reads_and_its_schema_stands_beside_it(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "My plan.yaml"
    made = run("planfile", "new", str(path))
    assert made.returncode == 0
    assert made.stdout.splitlines() == [str(path), str(tmp_path / "coach-plan.schema.json")]
    assert "$schema=./coach-plan.schema.json" in path.read_text().splitlines()[0]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    checked = run("planfile", "check", str(path))
    assert (checked.returncode, checked.stderr) == (0, "")
    schema = json.loads((tmp_path / "coach-plan.schema.json").read_text())
    assert not list(Draft202012Validator(schema).iter_errors(typed(read_tree(path.read_text(), "x"))))
    again = run("planfile", "new", str(path))
    assert (again.returncode, "not overwritten" in again.stderr) == (2, True)
    other = run("planfile", "new", str(tmp_path / "b.yaml"), "--json")
    assert json.loads(other.stdout)["files"] == [str(tmp_path / "b.yaml")]


def test_every_example_line_of_the_starter_reads_without_its_sign(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    run("planfile", "new", str(path))
    head, _, starter = path.read_text().partition("# author")
    lines = [line[2:] for line in f"# author{starter}".splitlines() if line.startswith("# ") and ":" in line]
    lines = [line for line in lines if not line.startswith("Without")]
    file = read_plan_file(head + "\n".join(lines), "plan.yaml", LIBRARY)
    assert (file.choose, len(file.exercises), len(file.rules), file.bounds.sessions) == ("listed", 1, 1, 3)


def test_the_plan_of_now_becomes_a_file_or_a_table(assessed: Run, tmp_path: Path) -> None:
    file, table = tmp_path / "now.yaml", tmp_path / "now.csv"
    assert assessed("planfile", "new", str(file), "--from", "current").returncode == 0
    assert assessed("planfile", "new", str(table), "--from", "current", "--table").returncode == 0
    plan = json.loads(assessed("plan", "show", "--json").stdout)
    done = {each["exercise"] for each in plan["weeks"][0]["sessions"][0]["prescriptions"] if each["slot"] > 1}
    read = read_plan_file(file.read_text(), "now.yaml", LIBRARY)
    assert done <= {each.exercise for each in read.exercises} | {"bre_1", "bre_2", "mob_1", "mob_2"}
    for path in (file, table):
        assert assessed("planfile", "check", str(path)).returncode == 0
    empty = assessed("planfile", "new", str(tmp_path / "x.yaml"), "--from", "current", home=tmp_path / "none")
    assert empty.returncode == 3
    unknown = assessed("planfile", "new", str(tmp_path / "x.yaml"), "--from", "../balanced")
    assert (unknown.returncode, list(tmp_path.glob("x.*"))) == (2, [])


@pytest.mark.parametrize("plain", [True, False])
def test_three_typos_are_said_at_once_with_their_lines(run: Run, tmp_path: Path, plain: bool) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(
        "schema: 1\nid: mine\ntitle: Mine\nextnds: balanced\nextends: balanced\n"
        "exercises:\n  - id: hng_44\n    dose: 3 y 8\n    rise: worst_pain >= 3\n"
    )
    found = run("planfile", "check", str(path), *([] if plain else ["--json"]))
    assert found.returncode == 4
    if not plain:
        document = json.loads(found.stdout)
        places = [(each["line"], each["column"]) for each in document["problems"]]
        assert (document["valid"], places) == (False, [(4, 1), (7, 9), (8, 11), (9, 11)])
        return
    assert "4 things are wrong" in found.stderr
    assert "did you mean 'extends'?" in found.stderr
    lines = found.stderr.splitlines()
    at = next(number for number, line in enumerate(lines) if "8 |     dose: 3 y 8" in line)
    assert lines[at + 1].index("^") == lines[at].index("3 y 8")
