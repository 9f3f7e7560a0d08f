"""Whole plan files: round trips, and the schema beside the reader."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from jsonschema import Draft202012Validator
from planfile_cases import LIBRARY, plan_files, typed

from coach.model.planfile import PlanFile
from coach.programs.planfile import PlanFileError, read_plan_file
from coach.programs.planlang.builtin import built_in, built_in_text
from coach.programs.planlang.schema import plan_schema
from coach.programs.planlang.writing import write_plan_file
from coach.programs.planyaml import read_tree

DOCS = Path(__file__).resolve().parent.parent / "docs" / "planfile.md"
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def example() -> str:
    """The file that the language reference shows."""
    found = re.search(r"```yaml\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    return found[1]


# A failing file is small enough as it comes; to shrink one takes minutes.
FAST = (Phase.explicit, Phase.reuse, Phase.generate)


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW, phases=FAST)
@given(plan_files())
def test_a_written_plan_reads_back_as_itself_and_fits_the_schema(file: PlanFile) -> None:
    text = write_plan_file(file)
    assert read_plan_file(text, "mine.yaml", LIBRARY) == file
    assert write_plan_file(read_plan_file(text, "mine.yaml", LIBRARY)) == text
    assert fits(text) == []


@pytest.mark.parametrize("name", built_in())
def test_built_in_plans_are_written_in_the_language(name: str) -> None:
    file = read_plan_file(built_in_text(name), name, LIBRARY)
    assert read_plan_file(write_plan_file(file), name, LIBRARY) == file


def test_the_example_of_the_reference_reads() -> None:
    file = read_plan_file(example(), "example.yaml", LIBRARY)
    assert [each.exercise for each in file.exercises] == ["hng_2", "hng_4"]
    assert file.exercises[0].by_week[0].weeks == (1, 2, 3, 4)
    assert read_plan_file(write_plan_file(file), "example.yaml", LIBRARY) == file


SCHEMA = Draft202012Validator(plan_schema(LIBRARY))


def fits(text: str) -> list[str]:
    """What the schema holds against a file, as an editor would see it."""
    seen = typed(read_tree(text, "x"))
    return [f"{each.json_path}: {each.message[:200]}" for each in SCHEMA.iter_errors(seen)]


def test_the_schema_is_a_schema_and_takes_the_built_in_plans_and_the_example() -> None:
    Draft202012Validator.check_schema(plan_schema(LIBRARY))
    for text in (*(built_in_text(name) for name in built_in()), example()):
        assert fits(text) == []


BROKEN = (
    ("title: ", "titel: "),
    ("extends: balanced", "extends: balance"),
    ("choose: listed", "choose: some"),
    ("days: 2-3", "days: 9"),
    ("minutes: 15-25", "minutes: [15, 25]"),
    ("avoid: [ext]", "avoid: [exx]"),
    ("avoid: [ext]", "avoid: ext"),
    ("- id: hng_2", "- id: hng_99"),
    ("like: hng_4", "like: hng_44"),
    ("pain: 3", "pain: 11"),
    ("weeks 1-4: 2 x 6", "1-4: 2 x 6"),
    ("progression: linear", "progression: fast"),
    ("ladder: hng", "ladder: hgn"),
    ("    say: ", "    sya: "),
    ("better: high", "better: more"),
    ("    better: high\n", ""),
    ("sessions: 3", "sessions: 30"),
    ("engine_may: [dose, rung]", "engine_may: dose"),
    ("engine_may: [dose, rung]", "engine_may: [dose, rungs]"),
    ("rise: 10 %", "rise: 10"),
    ("tags: [flex]", "tags: [ost]"),
    ("on: 2026-11-20", "when: 2026-11-20"),
    ("    week: 4\n", ""),
    ("morning_after: [2, 2]", "mornings: [2, 2]"),
    ("resume: 80 %", "resume: much"),
    ("level: 1", "level: 0"),
    ("schema: 1", "schema: 2"),
    ("flare:\n", "flare: never\nx-f:\n"),
    ("kit: [dir_8, bre_1]", "kit: [dir_88]"),
    ("setting: home", "setting: gym"),
    ("id: desk_worker", "id: Desk Worker"),
    ("extends: balanced", "weeks: 3"),
    ("goals: [", "replace: {phases: [{id: load, rpe: 2-3, rep: 2}]}\ngoals: ["),
    ("goals: [", "remove: {phase: [load]}\ngoals: ["),
    ("goals: [", "phases: []\ngoals: ["),
)


@pytest.mark.parametrize(("old", "new"), BROKEN)
def test_what_the_schema_refuses_the_reader_refuses_and_the_other_way_round(old: str, new: str) -> None:
    text = example()
    assert text.count(old) >= 1
    broken = text.replace(old, new, 1)
    assert fits(broken)
    with pytest.raises(PlanFileError) as caught:
        read_plan_file(broken, "mine.yaml", LIBRARY)
    assert all(each.line > 1 for each in caught.value.problems)


def _keys(schema: Any, path: str = "") -> dict[str, set[str]]:
    """Every mapping of the schema and the keys it knows."""
    found: dict[str, set[str]] = {}
    if isinstance(schema, dict):
        if schema.get("additionalProperties") is False and "properties" in schema:
            found[path] = set(schema["properties"])
        for key, inner in (schema.get("properties") or {}).items():
            found |= _keys(inner, f"{path}.{key}")
        if "items" in schema:
            found |= _keys(schema["items"], f"{path}[]")
    return found


@pytest.mark.parametrize(("path", "keys"), sorted(_keys(plan_schema(LIBRARY)).items()))
def test_schema_and_reader_know_the_same_keys_everywhere(path: str, keys: set[str]) -> None:
    """The reader's own list of known keys stands in its message about an unknown one."""
    parts = [each for each in path.split(".") if each]
    own = parts[:1] and parts[0].rstrip("[]") in ("phases", "slots", "milestones")
    text = "schema: 1\n" + ("" if own else "extends: balanced\n")
    indent = ""
    for part in parts:
        text += f"{indent}{part.rstrip('[]')}:\n"
        indent += "  "
        if part.endswith("[]"):
            text += f"{indent}-\n"
            indent += "  "
    text += f"{indent}qqqqqqqq: 1\n"
    with pytest.raises(PlanFileError) as caught:
        read_plan_file(text.replace("-\n" + indent, "- "), "mine.yaml", LIBRARY)
    told = [each.message for each in caught.value.problems if "unknown key 'qqqqqqqq'" in each.message]
    assert len(told) == 1
    assert set(told[0].split("known are ")[1].split(", ")) == keys
