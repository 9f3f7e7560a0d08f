"""`coach show`: figures, words, SVG, files that are being written, on a terminal and without one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pty_case import Terminal

from coach.draw.figures import figure_of


def test_it_shows_the_key_poses_with_words(run: Any) -> None:
    done = run("show", "hng_4")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Light Romanian deadlift (hng_4)\n")
    assert "1. Stand tall" in done.stdout
    assert "⣿" in done.stdout
    assert "Breath  Breathe in as you lower" in done.stdout


def test_plain_is_words_alone(run: Any) -> None:
    done = run("--plain", "show", "hng_4")
    assert done.returncode == 0
    assert done.stdout.isascii()
    assert [line.split(":")[0] for line in done.stdout.splitlines()[1:]] == [
        "Start", "Move", "End", "Breath", "Not", "Not"
    ]  # fmt: skip
    assert run("show", "hng_4", "--moving", "--plain").stdout == done.stdout


@pytest.mark.parametrize(
    ("glyphs", "letters"), [("ascii", set(" '.:,o<>v^")), ("block", set(" ▀▄█·o→↘↓↙←↖↑↗"))]
)
def test_other_characters(run: Any, glyphs: str, letters: set[str]) -> None:
    done = run("show", "sqt_5", "--characters", glyphs, "--size", "60x16")
    picture = done.stdout.splitlines()[3:17]
    assert set("".join(picture)) <= letters
    assert any("o" in line for line in picture)


def test_a_name_finds_it_and_a_wrong_one_says_what_was_meant(run: Any) -> None:
    assert run("show", "goblet", "squat").stdout.startswith("Goblet squat (sqt_6)")
    wrong = run("show", "hgn_4")
    assert wrong.returncode == 2
    assert "did you mean: hng_4" in wrong.stderr
    assert run("show").returncode == 2
    assert run("show", "mt_99").returncode == 2
    assert run("show", "hng_4", "--size", "9x9").returncode == 2
    assert run("show", "hng_4", "--characters", "crayon").returncode == 2


def test_errors_are_drawn_where_a_picture_says_it_better(run: Any) -> None:
    done = run("show", "hng_4", "--errors")
    assert done.stdout.count("Not like this:") == 2
    assert run("show", "hng_6", "--errors").stdout.count("Not like this:") == 1


def test_the_other_side_is_the_mirror(run: Any) -> None:
    plain = run("show", "hng_8", "--size", "60x20").stdout
    other = run("show", "hng_8", "--size", "60x20", "--mirror").stdout
    assert plain != other
    assert plain.splitlines()[-6:] == other.splitlines()[-6:]


def test_documents_and_svg(run: Any) -> None:
    document = json.loads(run("show", "hng_4", "--json").stdout)
    assert document["schema"] == "coach.show/1"
    assert [key["name"] for key in document["keys"]] == ["Stand tall", "Weight below the knees"]
    assert document["keys"][1]["into_s"] == 3  # the tempo of its dose, 3-1-2
    assert run("show", "hng_4", "--svg").stdout.startswith("<svg")
    assert "<animate" in run("show", "hng_4", "--svg", "--moving").stdout


def written(tmp_path: Path, joints: str = "hip = 60, knee = 20") -> Path:
    path = tmp_path / "own.toml"
    path.write_text(
        f"""[own_1]
anchors = ["feet"]
start = "Stand."
move = "Bend."
end = "Stand up."
breath = "Breathe."
errors = [{{ words = "One." }}, {{ words = "Two." }}]
[[own_1.keys]]
name = "Stand"
pose = "stand"
[[own_1.keys]]
name = "Bend"
joints = {{ lean = 40, {joints} }}
"""
    )
    return path


def test_a_file_being_written_is_checked(run: Any, tmp_path: Path) -> None:
    path = written(tmp_path)
    done = run("show", "--file", str(path))
    assert (done.returncode, done.stderr) == (0, "")
    assert "own_1" in done.stdout
    for joints, words in (
        ("knee = 200", "the knee is at 200 degrees"),
        ("kne = 20", "did you mean 'knee'?"),
        ("hip = 0, knee = 5", "would fall"),
        ("knee = ", "this is no TOML file"),
    ):
        wrong = run("show", "--file", str(written(tmp_path, joints)))
        assert wrong.returncode == 4, joints
        assert words in wrong.stderr
        assert "Traceback" not in wrong.stderr
    assert run("show", "--file", str(tmp_path / "none.toml")).returncode == 4
    assert "own_1" in run("library", "preview", str(written(tmp_path))).stdout
    assert run("library", "preview").returncode == 2
    assert run("show", "own_9", "--file", str(written(tmp_path))).returncode == 2
    (tmp_path / "own.toml").write_bytes(b"\xff\xfe")
    assert "not UTF-8" in run("show", "--file", str(path)).stderr
    (tmp_path / "own.toml").write_bytes(b"#" * (1 << 20))
    assert "larger than 512 kB" in run("show", "--file", str(path)).stderr


def test_it_moves_until_a_key_is_pressed(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path / "home", "show", "hng_4", "--moving")
    terminal.until("Light Romanian deadlift: Stand tall")
    terminal.until("Light Romanian deadlift: Weight below the knees")
    terminal.type("")
    assert terminal.ended() == 0
    assert terminal.text.rstrip().endswith("\x1b[?25h\x1b[?1049l")


def test_the_picture_follows_the_file_while_it_is_edited(tmp_path: Path) -> None:
    path = written(tmp_path)
    terminal = Terminal(tmp_path / "home", "show", "--file", str(path), "--moving")
    terminal.until("own_1: Stand")
    written(tmp_path, "hip = 60, knee = 200")
    terminal.until("knee is at 200")
    (tmp_path / "own.toml").write_text("")  # as an editor leaves it for a moment
    terminal.until("has no")
    written(tmp_path, "hip = 60, knee = 25")
    terminal.until("own_1: Bend")
    terminal.type("")
    assert terminal.ended() == 0


def test_every_exercise_that_has_a_figure_is_the_one_of_its_id(run: Any) -> None:
    found = figure_of("sqt_6")
    assert found is not None
    assert found.id == "sqt_6"
