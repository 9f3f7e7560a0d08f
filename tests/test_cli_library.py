"""``coach library``: lists, filters, one in full; and the check of data files, fault by fault."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
import termios
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from coach.draw import exercises as drawn
from coach.programs import browsing
from coach.programs.library import load_library
from coach.programs.librarycheck import BANNED, QUALIFIERS, check

LIBRARY = load_library()
HINGE = (files("coach.programs") / "exercises" / "hng.toml").read_text(encoding="utf-8")
ROOT = Path(__file__).resolve().parent.parent


def ids(*words: str) -> list[str]:
    return [each.id for each in browsing.find(LIBRARY, words)]


def everything(name: str) -> list[str]:
    return drawn.whole(browsing.shown(LIBRARY, LIBRARY.exercises[name]), 72)


# -- looking up ---------------------------------------------------------------------------------


def test_the_list_is_all_of_it_and_needs_no_episode(run: Any, tmp_path: Path) -> None:
    done = run("library", "--json")
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert document["schema"] == "coach.library/1"
    assert [each["id"] for each in document["exercises"]] == list(LIBRARY.exercises)
    assert (document["total"], document["exercise"]) == (119, None)
    assert not (tmp_path / "home" / "journal").exists()
    text = run("library").stdout
    assert all(f"  {name:<7}" in text for name in LIBRARY.exercises)


@pytest.mark.parametrize(
    ("words", "test"),
    [
        (("hng",), lambda each: each.ladder == "hng"),
        (("c2",), lambda each: each.component == "c2"),
        (("band",), lambda each: "band" in each.equipment),
        (("none",), lambda each: not each.equipment),
        (("preg",), lambda each: any(avoid.tag == "preg" for avoid in each.avoid)),
        (("tag:ext",), lambda each: any(avoid.tag == "ext" for avoid in each.avoid)),
        (("ext",), lambda each: each.ladder == "ext"),
        (("without:preg",), lambda each: all(avoid.tag != "preg" for avoid in each.avoid)),
        (("without:weight", "c3"), lambda each: "weight" not in each.equipment and each.component == "c3"),
        (("ladder:bal",), lambda each: each.ladder == "bal"),
        (("Hinge",), lambda each: each.ladder == "hng"),
    ],
)
def test_a_word_narrows_the_list(words: tuple[str, ...], test: Any) -> None:
    expected = [key for key, each in LIBRARY.exercises.items() if test(each)]
    assert 0 < len(expected) < 119
    assert ids(*words) == expected


def test_any_text_is_looked_for_in_all_that_is_read() -> None:
    found = ids("thighs")
    assert found
    assert all("thighs" in " ".join(everything(name)).lower() for name in found)


@pytest.mark.parametrize("name", ["hng_4", "HNG-4", "light romanian deadlift"])
def test_one_exercise_by_id_or_name(run: Any, name: str) -> None:
    document = json.loads(run("library", name, "--json").stdout)
    assert document["exercise"]["exercise"]["id"] == "hng_4"
    assert document["exercise"]["easier"]["id"] == "hng_3"
    assert document["exercise"]["harder"]["id"] == "hng_5"
    assert document["exercise"]["minutes_per_set"] == 0.8  # 8 x (2 + 1 + 3) s, or as the tempo has it
    assert "weight" in document["exercise"]["instead"]


def drawn_unwrapped(name: str) -> str:
    """The text with the words that a line break has parted at their hyphen."""
    return " ".join(everything(name)).replace("-             ", "-")


@pytest.mark.parametrize("name", LIBRARY.exercises)
def test_in_full_leaves_nothing_out(name: str) -> None:
    each = LIBRARY.exercises[name]
    text = " ".join(drawn_unwrapped(name).split())
    parts = [each.name, each.setup, *each.steps, each.breath, each.feel, each.not_feel, each.stop]
    parts += [
        *each.cues,
        *each.errors,
        each.space,
        *each.instead.values(),
        *(f"({a.tag})" for a in each.avoid),
    ]
    assert [part for part in parts if " ".join(part.split()) not in text] == []
    assert f"effort {each.dose.rpe[0]:g}" in text
    assert ("Easier this is" in text) == (browsing.shown(LIBRARY, each).easier is None)


@pytest.mark.parametrize("name", LIBRARY.exercises)
def test_it_is_wrapped(name: str) -> None:
    assert max(len(line) for line in everything(name)) <= 72


def test_neighbours_follow_the_ladder_and_not_the_number() -> None:
    shown = {
        name: browsing.shown(LIBRARY, LIBRARY.exercises[name])
        for name in ("neu_2", "neu_3", "bre_1", "hng_9")
    }
    assert shown["neu_2"].harder is LIBRARY.exercises["neu_4"]  # neu_3 is chosen, not climbed
    assert shown["neu_3"].easier is LIBRARY.exercises["neu_2"]
    assert shown["bre_1"].easier is None
    assert shown["hng_9"].harder is None


def test_a_set_counts_both_sides_and_no_rest() -> None:
    dose = LIBRARY.exercises["hng_4"].dose
    both = type(dose)(sets=3, reps=10, tempo=(2, 1, 2), sides=2, rest_s=60)
    assert browsing.minutes_per_set(both) == round(2 * 10 * 5 / 60, 2)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("hgn_4",), "did you mean: hng_4"),
        (("tag:prg",), "did you mean tag:preg?"),
        (("without:bnd",), "did you mean without:band?"),
        (("band", "preg", "aer"), "fewer words give more"),
        (("\x1b[2Jzzz",), "No exercise fits “[2Jzzz”"),
    ],
)
def test_words_that_fit_nothing(run: Any, words: tuple[str, ...], says: str) -> None:
    done = run("library", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert "\x1b" not in done.stderr


def test_plain_says_the_ladders_and_not_a_hundred_lines(run: Any) -> None:
    whole = json.loads(run("library", "--json").stdout)
    lines = run("library", "--plain").stdout.splitlines()
    assert lines[0].startswith(f"{whole['total']} exercises in {len(lines) - 1} ladders.")
    assert {line.partition(":")[0] for line in lines[1:]} == {each["ladder"] for each in whole["exercises"]}
    assert "hng: Hinge. 9 exercises, from Wall-tap hinge to Heavy deadlift." in lines


def test_plain_is_one_sentence_line_an_exercise(run: Any) -> None:
    lines = run("library", "hng", "--plain").stdout.splitlines()
    assert lines[0] == "9 of 119 exercises."
    assert all(re.match(r"hng_\d: .+\. Hinge\. .+\. Needs .+\.$", line) for line in lines[1:])


def test_the_terminal_width_is_kept(tmp_path: Path) -> None:
    master, slave = pty.openpty()
    termios.tcsetwinsize(slave, (24, 50))
    with subprocess.Popen(
        [sys.executable, "-m", "coach._boot", "library", "hng_4"],
        stdout=slave,
        stdin=slave,
        stderr=slave,
        env={**os.environ, "COACH_HOME": str(tmp_path), "PYTHONPATH": str(ROOT), "COLUMNS": ""},
    ) as process:
        os.close(slave)
        data = b""
        try:
            while chunk := os.read(master, 4096):
                data += chunk
        except OSError:
            pass
        assert process.wait(30) == 0
    os.close(master)
    lines = data.decode().splitlines()
    assert len(lines) > 25
    assert max(map(len, lines)) <= 50


# -- the check ----------------------------------------------------------------------------------


def faults(text: str, name: str = "hng.toml") -> list[tuple[int | None, str, str]]:
    return [(each.line, each.exercise, each.message) for each in check([(name, text)])]


def changed(old: str, new: str, count: int = 1) -> str:
    assert old in HINGE, old
    return HINGE.replace(old, new, count)


def test_the_package_is_clean(run: Any) -> None:
    done = run("library", "check")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "17 files, 119 exercises: nothing wrong.\n"


@pytest.mark.parametrize(
    ("old", "new", "exercise", "says"),
    [
        ('position = "standing, heels', 'positon = "standing, heels', "hng_1", "did you mean “position”?"),
        ('equipment = ["band"]', 'equipment = ["bnad"]', "hng_3", "did you mean “band”?"),
        ('advance = "a6"', 'advance = "a9"', "hng_1", "advance “a9” is not known"),
        ('regress = "b1"', 'regress = "x"', "hng_1", "regress “x” is not known"),
        ('{ tag = "acute" }', '{ tag = "acut" }', "hng_1", "did you mean “acute”?"),
        ('{ tag = "acute" }', '{ tag = "acute", qualifier = "lat" }', "hng_1", "did you mean “late”?"),
        ('{ tag = "acute" }', '{ tga = "acute" }', "hng_1", "did you mean “tag”?"),
        ("top = 12", "top = 8", "hng_1", "top 8 is not above the start of 8"),
        ("top = 12\n", "", "hng_1", "vary and top belong together"),
        ('vary = "reps"', 'vary = "metres"', "hng_1", "vary is metres, but the dose has no metres"),
        ("rpe = [2, 3]", "rpe = [3, 2]", "hng_1", "rpe is two numbers from 0 to 10"),
        ("rpe = [2, 3]", 'rpe = "hard"', "hng_1", "dose.rpe: Expected `array`, got `str`"),
        ("reps = 8, rest_s", "rest_s", "hng_1", "dose needs one of reps"),
        ("reps = 8, rest_s", "reps = 8, metres = 3, rest_s", "hng_1", "dose needs one of reps"),
        ("reps = 8, rest_s", "reps = 0, rest_s", "hng_1", "not above 0"),
        ("reps = 8, rest_s", "reps = 8, rest = 3, rest_s", "hng_1", "dose has no field “rest”"),
        ("frequency = [4, 4]", "frequency = [4, 8]", "hng_1", "frequency is two whole numbers"),
        ('breath = "Breathe in as you', 'breath = "" # "', "hng_1", "breath is empty"),
        ("Soften your knees.", "Fix your knees.", "hng_1", "“Fix” must not be said"),
        ("Soften your knees.", "Soften your knees. " * 12, "hng_1", "characters long, at most 200"),
        ("Soften your knees.", "Soften\\nyour \\u001b[2J knees.", "hng_1", "a line break or a character"),
        ('id = "hng_2"', 'id = "hng_1"', "hng_1", "the id stands twice"),
        ('id = "hng_2"', 'id = "hng_22"', "hng_22", "the id is expected to be hng_2"),
        ('id = "hng_2"', "", "", "missing required field `id`"),
        ("cues = [", 'cues = ["one", ', "hng_1", "there are 4 cues"),
        ("instead = { band", "instead = { wall", "hng_3", "instead names wall"),
        ("instead = { band", "instead = { bnd", "hng_3", "instead “bnd” is not known; did you mean “band”?"),
        ('ladder = "hng"', 'ladder = "sqt"', "hng_1", "ladder is “sqt”, but the file is of “hng”"),
        ("load_kg = [", "load_kg = [99, ", "", "load_kg"),
    ],
)  # fmt: skip
def test_each_fault_is_named_with_its_place(old: str, new: str, exercise: str, says: str) -> None:
    if old == "load_kg = [" and old not in HINGE:
        pytest.skip("no load in this ladder")
    text = changed(old, new)
    found = faults(text)
    hits = [(line, name) for line, name, message in found if says in message]
    assert hits, found
    line, name = hits[0]
    assert name == exercise or not exercise
    header = text.splitlines()[(line or 0) - 1]
    assert header == "[[exercises]]"
    if exercise and old not in ('id = "hng_2"',):
        assert text.splitlines()[line or 0] == f'id = "{exercise}"'


def test_faults_of_the_whole_file() -> None:
    broken = changed("top = 12", "top = = 12")
    line = broken.splitlines().index("top = = 12") + 1
    assert faults(broken) == [(line, "", "this is no valid TOML: Invalid value")]
    assert "called hng.toml" in faults(HINGE, "hinge.toml")[0][2]
    assert "did you mean “hng”?" in faults(changed('id = "hng"', 'id = "hgn"'))[0][2]
    assert faults("x = 1") == [
        (None, "", "there is no exercise in it; an exercise begins with [[exercises]]")
    ]
    assert "the rungs are 1, 3" in str(faults(changed("rung = 2", "rung = 3")))
    assert "did you mean “purpose”?" in str(faults(changed("purpose =", "prupose =")))
    deep = "a = " + "[" * 3000 + "]" * 3000
    assert "nested too deeply" in faults(deep)[0][2] or "valid TOML" in faults(deep)[0][2]


def test_several_faults_come_at_once() -> None:
    text = changed("top = 12", "top = 8").replace('equipment = ["band"]', 'equipment = ["bnad"]')
    assert len(faults(text)) >= 2


def test_check_of_a_folder_prints_places_and_ends_with_4(run: Any, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "hng.toml").write_text(changed("top = 12", "top = 8"))
    (folder / "sqt.toml").write_bytes(b"# \xff\n")
    done = run("library", "check", str(folder))
    assert done.returncode == 4
    assert re.search(r"^hng\.toml:\d+: hng_1: top 8 is not above", done.stdout, re.MULTILINE)
    assert "sqt.toml: it is not UTF-8 text, from line 1 on" in done.stdout
    document = json.loads(run("library", "check", str(folder), "--json").stdout)
    assert document["schema"] == "coach.library-check/1"
    assert {each["file"] for each in document["faults"]} == {"hng.toml", "sqt.toml"}
    (folder / "sqt.toml").unlink()
    (folder / "hng.toml").write_text(HINGE)
    assert run("library", "check", str(folder)).returncode == 0
    assert run("library", "check", str(folder / "hng.toml")).returncode == 0


@pytest.mark.parametrize("name", ["nowhere", "nowhere/a.toml", "empty"])
def test_check_of_nothing(run: Any, tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    done = run("library", "check", str(tmp_path / name))
    assert done.returncode == 4
    assert done.stderr.startswith("coach: ")
    assert "Traceback" not in done.stderr


def test_check_of_a_huge_file(run: Any, tmp_path: Path) -> None:
    (tmp_path / "hng.toml").write_text("# " + "x" * 600_000)
    done = run("library", "check", str(tmp_path / "hng.toml"))
    assert done.returncode == 4
    assert "larger than 512 kB" in done.stdout


def test_the_words_of_the_check_cover_what_the_data_uses() -> None:
    used = {avoid.qualifier for each in LIBRARY.exercises.values() for avoid in each.avoid}
    assert used <= set(QUALIFIERS)
    tags = {avoid.tag for each in LIBRARY.exercises.values() for avoid in each.avoid}
    assert tags <= set(drawn.TAGS) == set(LIBRARY.building.tags)
    assert BANNED.search("This will cure you")
    assert {each.advance for each in LIBRARY.exercises.values()} <= set(drawn.ADVANCE)
