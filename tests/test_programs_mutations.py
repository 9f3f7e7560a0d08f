"""Small wrong edits to the weekly adjustment, each of which must turn some quick test red.

``pytest -m long tests/test_programs_mutations.py -s`` prints which test caught which.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent
QUICK = ("limits", "decide", "dose", "evidence", "review", "review_plan", "plan_level", "choosing", "opening",
         "shares", "gates", "additions", "session", "week")  # fmt: skip


class Edit(NamedTuple):
    """One planted fault: where, what stands there, what it becomes, and the tests that look there first."""

    file: str
    old: str
    new: str
    first: str = "decide"


EDITS = (
    # the table R00-R17
    Edit("decide.py", 'match("r00", "stop_all")', 'match("r00", "hold")'),
    Edit("decide.py", "if evidence.leg:", "if False:"),
    Edit("decide.py", '"flare" if overall.flare_new else "hold"', '"flare"'),
    Edit("decide.py", "evidence.missed >= rules", "evidence.missed > rules", "review"),
    Edit("decide.py", 'found.append(("r05", "reduce40"))', 'found.append(("r05", "reduce"))'),
    Edit("decide.py", "if reds >= many or (reds and", "if reds > many or (reds and"),
    Edit("decide.py", '"step_back" if evidence.prev == "reduce" else "reduce"', '"reduce"'),
    Edit("decide.py", "evidence.form == 2:", "evidence.form == 1:"),
    Edit("decide.py", 'rpe >= high + rules["rpe_over"]', 'rpe > high + rules["rpe_over"]'),
    Edit("decide.py", 'evidence.completion < rules["completion_least"]', "False"),
    Edit("decide.py", "if missing or not _may_rise", "if not _may_rise"),
    Edit("decide.py", 'and overall.kind != "deload"', "", "review_plan"),
    Edit("decide.py", "and evidence.advance_met and not", "and not"),
    Edit("decide.py", "return (3, match.dose.size, match.rule)", "return (3, -match.dose.size, match.rule)"),
    Edit("decide.py", "shown = deload(dose", "dose = shown = deload(dose"),
    Edit("pain.py", 'session.morning >= rules["morning_red"]', 'session.morning > rules["morning_red"]'),
    Edit("pain.py", 'return before + rules["progress_rise"]', 'return before + 2 * rules["progress_rise"]'),
    # the limits that come last
    Edit("limits.py", '("screen", not overall.screened),', "", "review"),
    Edit("limits.py", '("inv_12", case.exercise.direction in overall.provoked),', "", "review"),
    Edit("limits.py", '("inv_9", not evidence.best),', "", "review"),
    Edit("limits.py", '("inv_13", overall.readiness_red),', "", "limits"),
    Edit("limits.py", '("inv_18", evidence.first_session_red or standing.rescaled),', "", "review"),
    Edit("limits.py", 'found.append(("inv_5", size * rules["flare"]))', "pass"),
    Edit("limits.py", 'evidence.missed > rules["missed_swap"]', "False"),
    Edit("limits.py", 'found.append(("inv_9", most))', "pass"),
    Edit("limits.py", 'found.append(("inv_14", bounds.caps[standing.exercise]))', "pass", "review"),
    # steps, cuts, caps
    Edit("steps.py", "if grown:\n        return grown", "if False:\n        return grown", "dose"),
    Edit("steps.py", "if room.grow_sets and dose.sets < room.sets and", "if room.grow_sets and", "dose"),
    Edit("steps.py", '1 - rules["reduce"])', '1 + rules["reduce"])', "dose"),
    Edit("caps.py", "if limit is None:", "if True:", "limits"),
    Edit("caps.py", "hard_sets=min(most,", "hard_sets=max(most,", "review"),
    Edit("granting.py", "extra = rising[most:]", "extra = rising[9 * most:]", "limits"),
    Edit("coming.py", "before + 1) if before", "before + 2) if before", "choosing"),
    # the evidence
    Edit("evidence.py", "if not counted and not quiet else 0", "if not counted else 0", "evidence"),
    Edit("evidence.py", 'each.log.status != "skipped"]', "True]", "limits"),
    Edit("logbook.py", "first <= morning.date <= last", "morning.date <= last", "choosing"),
    Edit("weekly.py", "all(screen[item] == \"no\"", "any(screen[item] == \"no\"", "review"),
    Edit("weekly.py", ">= rules[\"deload_completion\"]", "< rules[\"deload_completion\"]", "review_plan"),
    # reasons and the whole plan
    Edit("turning.py", '_UNSEEN = ("r00", "r02", "r03", "r11", "a4", "plan_dose")', "_UNSEEN = ()", "review"),
    Edit("turning.py", "before.green_holds + 1 if green else 0", "before.green_holds + 1", "choosing"),
    Edit("adherence.py", 'weeks >= rules["adherence_pause_weeks"]', "False", "plan_level"),
    Edit("adherence.py", 'overall.pain <= entry * rules["drop_share"]', "False", "plan_level"),
    Edit("adherence.py", "if not ((low or halved) and fell):", "if not (low or halved):", "plan_level"),
    Edit("cards.py", 'return words.waits["missing"]', 'return words.waits["easy_week"]', "review"),
    # shares, gates, flares, additions
    Edit("balance.py", "or _rarer(week, grown, 1, _RESTS)", "", "shares"),
    Edit("balance.py", "lowered = caps.one_less(week, _own)", "lowered = None", "shares"),
    Edit("week.py", "if deload:\n            sessions", "if False:\n            sessions", "week"),
    Edit("gates.py", "overall.pain < library", "overall.pain <= library", "gates"),
    Edit("gates.py", "and each.met is not None", "", "gates"),
    Edit("gates.py", "elif holds is False and", "elif False and", "gates"),
    Edit("flares.py", "flare.end <= plan.week.starts", "False", "session"),
    Edit("weekly.py", "overlapping(known, plan.week.starts,", "overlapping(known, first,", "session"),
    Edit("additions.py", "if not _fits(session, limit, ladders) or", "if", "additions"),
    Edit("additions.py", "or _own(made) > most * _minutes(made) + 1e-9", "", "additions"),
    Edit("additions.py", "if first and plan.weaker", "if plan.weaker", "additions"),
    Edit("additions.py", ">= building.number(\"warm_up_weeks\")", ">= 9", "additions"),
    Edit("caps.py", "if not each.warm_up", "", "additions"),
    Edit("caps.py", "each.dose.all_sets\n", "each.dose.sets\n", "additions"),
    Edit("evidence.py", "low.exercise == standing.came_from and", "False and", "additions"),
    Edit("session.py", "if found else session", "if False else session", "additions"),
    # what the person chooses
    Edit("judging.py", "if standing.hold and (", "if False and (", "choosing"),
    Edit("judging.py", "may_be_kept(outcome)):", "True):", "choosing"),
    Edit("choosing.py", "and why_not(each, free) is None and fits(each, phase)", "and True", "choosing"),
    Edit("choosing.py", "min(dose.sets, old.dose.sets)", "dose.sets + 1", "choosing"),
    Edit("choosing.py", "session.id not in done and only", "only", "choosing"),
    Edit("choosing.py", "return caps.within(week, caps.caps(plan, ", "return week or ((plan, ", "choosing"),
    Edit("relief.py", "if standing.relief:", "if True:", "choosing"),
    Edit("relief.py", "if standing.hold or outcome", "if outcome", "choosing"),
    Edit("relief.py", '("hold", "add")', '("add",)', "choosing"),
    Edit("opening.py", "if room <= 0 or not", "if not", "opening"),
    Edit("opening.py", "not overall.screened or", "", "opening"),
)  # fmt: skip


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package and its tests, to be broken."""
    there = tmp_path_factory.mktemp("mutant")
    for name in ("coach", "tests"):
        shutil.copytree(ROOT / name, there / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", there)
    return there


def caught_by(copy: Path, first: str) -> str:
    """The test that turned red, or an empty string."""
    names = (first, *(each for each in QUICK if each != first))
    for some in (names[:1], names[1:]):
        files = [f"tests/test_programs_{each}.py" for each in some]
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "pytest",
                *files,
                "-x",
                "-q",
                "-p",
                "no:cacheprovider",
                "--hypothesis-seed=1",
            ],
            cwd=copy,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
            env={**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"},
        )
        if done.returncode:
            found = re.search(r"^(?:FAILED|ERROR) tests/test_programs_(\S+)", done.stdout, re.MULTILINE)
            return found[1] if found else f"did not start: {done.stdout[-300:]}"
    return ""


@pytest.mark.long
def test_without_a_fault_all_is_green(copy: Path) -> None:
    assert caught_by(copy, "decide") == ""


@pytest.mark.long
@pytest.mark.parametrize("edit", EDITS, ids=[f"{n:02d}-{each.file}" for n, each in enumerate(EDITS)])
def test_a_planted_fault_is_caught(edit: Edit, copy: Path) -> None:
    path = copy / "coach" / "programs" / edit.file
    whole = path.read_text(encoding="utf-8")
    assert edit.old in whole, "the fault has nothing to stand on any more: bring the list up to date"
    path.write_text(whole.replace(edit.old, edit.new, 1), encoding="utf-8")
    try:
        test = caught_by(copy, edit.first)
    finally:
        path.write_text(whole, encoding="utf-8")
    print(f"\n{edit.file}: {edit.old[:60]!r} -> {edit.new[:40]!r}: {test or 'NOBODY'}")
    assert test
    assert not test.startswith("did not start")


def test_every_fault_stands_on_the_code_of_today() -> None:
    """Quick, so that an edit of the rules brings the list along."""
    assert len(EDITS) >= 25
    for edit in EDITS:
        text = (ROOT / "coach" / "programs" / edit.file).read_text(encoding="utf-8")
        assert edit.old in text, (edit.file, edit.old)
        assert edit.old != edit.new
