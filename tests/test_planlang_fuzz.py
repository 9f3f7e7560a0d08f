"""Whatever is in a plan file: a plan, or errors with their places; never a traceback, never much memory."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from pathlib import Path

import pytest
from planfile_cases import LIBRARY
from planfile_fuzz import bytes_wrong, tree_wrong

from coach.cases.planfiles import examine
from coach.model.planfile import PlanFile
from coach.programs.planfile import PlanFileError, Problem, template_of
from coach.programs.planlang.reading import read_nodes
from coach.programs.planlang.writing import write_plan_file
from coach.programs.planyaml import MAX_BYTES, Node, read_tree

DOCS = Path(__file__).resolve().parent.parent / "docs" / "planfile.md"
found = re.search(r"```yaml\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
assert found is not None
WHOLE = found[1]
HEAD = "schema: 1\nid: mine\ntitle: Mine\nextends: balanced\n"
PARTS = tuple(
    HEAD + "\n".join(WHOLE.splitlines()[first:last]) + "\n"
    for first, last in ((14, 33), (34, 48), (49, 65), (65, 80))
)  # fmt: skip


def held(file: PlanFile | None, problems: int) -> None:
    """A plan that can be written again and has a shape, or at least one problem."""
    assert (file is None) == (problems > 0)
    if file is not None:
        assert read_nodes(read_tree(write_plan_file(file), "w"), "w", LIBRARY) == file
        assert template_of(file).phases


def bytes_round(count: int, seed: int) -> int:
    dice = random.Random(seed)
    valid = 0
    for _ in range(count):
        data = bytes_wrong(dice.choice(PARTS).encode(), dice)
        read = examine(data, "mine.yaml", LIBRARY)
        held(read.file, len(read.problems))
        assert all(each.line >= 1 and each.column >= 1 and each.message for each in read.problems)
        valid += read.file is not None
    return valid


def _read(tree: Node) -> tuple[PlanFile | None, tuple[Problem, ...]]:
    try:
        return read_nodes(tree, "mine.yaml", LIBRARY), ()
    except PlanFileError as error:
        return None, error.problems


def trees_round(count: int, seed: int) -> int:
    dice = random.Random(seed)
    trees = [read_tree(part, "mine.yaml") for part in (*PARTS, WHOLE)]
    valid = 0
    for _ in range(count):
        tree = tree_wrong(dice.choice(trees), dice)
        file, problems = _read(tree)
        assert (file is None) == bool(problems)
        assert all(each.line >= 1 and each.column >= 1 and each.message for each in problems)
        valid += file is not None
        if file is not None and dice.random() < 0.1:
            held(file, 0)
    return valid


def test_the_parts_are_plans() -> None:
    for part in PARTS:
        assert examine(part.encode(), "mine.yaml", LIBRARY).lines == ()


def test_wrong_bytes_are_errors_with_a_place_or_a_plan() -> None:
    assert 20 < bytes_round(1_000, 1) < 900


def test_wrong_structure_and_values_are_errors_with_a_place_or_a_plan() -> None:
    assert 300 < trees_round(9_000, 2) < 8_000


@pytest.mark.long
def test_many_more_of_both() -> None:
    assert bytes_round(20_000, 3)
    assert trees_round(80_000, 4)


def _bomb() -> str:
    return "a: &a [x, x]\n" + "".join(
        f"{new}: &{new} [*{old}, *{old}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )


HOSTILE = {
    "alias bomb": (_bomb(), "anchors (&name) are not allowed"),
    "alias": ("schema: 1\nid: *x\n", "aliases (*name) are not allowed"),
    "tag": ("schema: 1\nid: !!python/object/apply:os.system [id]\n", "tags (!name) are not allowed"),
    "duplicate key": ("schema: 1\nschema: 1\n", "stands here twice"),
    "brackets": ("[" * 10_000, "nested deeper than"),
    "braces": ("x: " + "{a: " * 10_000, "nested deeper than"),
    "round brackets": (HEAD + f'bounds: {{ask_therapist: "{"(" * 400}"}}\n', "nested deeper than"),
    "long condition": (HEAD + f'bounds: {{ask_therapist: "{"pain > 3 or " * 90}"}}\n', "longer than 500"),
    "many comparisons": (HEAD + f"bounds:\n  ask_therapist: {'rpe > 3 or ' * 40}rpe > 3\n", "more than 30"),
    "NaN": (HEAD + "bounds: {ask_therapist: pain >= NaN}\n", "not 'NaN'"),
    "1e999": (HEAD + "bounds: {ask_therapist: pain >= 1e999}\n", "not '1e999'"),
    "huge number": (HEAD + f"bounds: {{sessions: {'9' * 3000}}}\n", "whole number from 1 to 7"),
    "infinite load": (HEAD + "exercises: [{id: hng_4, dose: 3 x 8}]\nminutes: .inf\n", "within 5-120"),
    "escape in quotes": (HEAD + 'patient: "\\e]0;x\\a"\n', "control characters (escape sequences"),
    "escape": (HEAD + "patient: \x1b[31m\n", "control character, such as an escape sequence"),
    "turned writing": (HEAD + "patient: a\u202eb\n", "control characters"),
    "html": (HEAD + "patient: <script>alert(1)</script>\n", "markup (<script>)"),
    "console markup": (HEAD + 'patient: "[@click=app.quit]x"\n', "markup ([@click=app.quit])"),
    "closing markup": (HEAD + 'goals: ["a [/red] b"]\n', "markup ([/red])"),
    "path": ("schema: 1\nid: mine\ntitle: x\nextends: ../balanced\n", "names of files and paths"),
    "path as id": (HEAD.replace("mine", "../mine"), "names of files and paths"),
    "path as exercise": (HEAD + "exercises: [{id: ../../etc/passwd}]\n", "names of files and paths"),
    "too large": ("# " + "x" * MAX_BYTES, "larger than 64 kB"),
    "too many": ("[" + "a," * 30_000 + "]", "more than 6000 values"),
    "two documents": (HEAD + "---\n" + HEAD, "second document"),
    "a date": (HEAD + "exercises: [{id: hng_4, dose: 2026-08-10}]\n", "turned 8-10 into a date (10 Aug)"),
    "arabic digits": (HEAD + "exercises: [{id: hng_4, dose: ٣ x ٨}]\n", "is no part of a dose"),
    "unknown schema": ("schema: 2\nfuture: 1\n", "a newer file needs a newer coach"),
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_files_are_refused_by_name(name: str) -> None:
    text, words = HOSTILE[name]
    read = examine(text.encode(), "mine.yaml", LIBRARY)
    assert read.file is None
    assert any(words in each.message for each in read.problems), read.lines
    shown = "\n".join(read.lines)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", shown)
    assert all(len(line) < 600 for line in read.lines)


@pytest.mark.parametrize("data", [b"\xff\xfea\x00", b"schema: 1\nid: \xe9\n", b"\xef\xbb\xbf", b"\x00" * 100])
def test_bytes_that_are_no_text_are_errors_too(data: bytes) -> None:
    read = examine(data, "mine.yaml", LIBRARY)
    assert read.file is None
    assert read.problems[0].line >= 1


SLOW_TO_READ = {
    "list": "- a\n" * 16_000,
    "flow": "[" + "a," * 32_000 + "]",
    "maps": "".join(f"k{n}: v\n" for n in range(7_000)),
    "brackets": "[" * 65_000,
    "dashes": "- " * 32_000,
    "quotes": 'a: "' + "\\n" * 32_000,
    "flat": "a" * 65_000,
    "keys": "{" + "a: b, " * 10_000,
    "question": "? " * 32_000,
    "blank": "\n" * 65_000,
    "colons": "a:" * 32_000,
    "conditions": HEAD
    + "rules:\n"
    + "".join(
        f"  - {{id: r{n}, say: x, then: [hold], when: '{'pain > 3 or ' * 29}pain > 3'}}\n" for n in range(40)
    ),
    "doses": HEAD + "exercises:\n" + "  - {id: hng_4, dose: '" + "3 x 8, " * 500 + "'}\n" * 10,
    "typos": HEAD + "".join(f"keey{n}: x\n" for n in range(2_900)),
}

LIMITED = """
import resource, sys, time
resource.setrlimit(resource.RLIMIT_AS, (200 * 2**20, 200 * 2**20))
from coach.cases.planfiles import examine
from coach.programs.library import load_library
library = load_library()
for path in sys.argv[1:]:
    data = open(path, "rb").read()
    begun = time.process_time()
    read = examine(data, "mine.yaml", library)
    print(f"{time.process_time() - begun:.3f} {len(read.problems)} {path}")
"""


def test_the_slowest_files_stay_within_two_hundred_megabytes(tmp_path: Path) -> None:
    """Memory is a hard limit of the process; times are in benchmarks/planfiles.py."""
    paths = []
    for name, text in {**SLOW_TO_READ, **{key: text for key, (text, _) in HOSTILE.items()}}.items():
        path = tmp_path / f"{name.replace(' ', '_')}.yaml"
        path.write_text(text, encoding="utf-8", errors="surrogatepass")
        paths.append(str(path))
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, *paths], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr[-2000:]
    rows = [line.split() for line in done.stdout.splitlines()]
    assert len(rows) == len(paths)
    assert all(int(row[1]) > 0 for row in rows if "conditions" not in row[2])
