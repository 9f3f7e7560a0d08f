"""``coach progress`` with charts, in real processes: piped, plain, as JSON, and in a terminal."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pty_case import Terminal

from coach.draw.insight import names

TODAY = "2026-11-23"
Progress = Callable[..., Any]


@pytest.fixture(scope="module")
def home(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(demo_home, tmp_path_factory.mktemp("progress") / "demo"))


@pytest.fixture
def progress(run: Any, home: Path) -> Progress:
    return lambda *words, **env: run("progress", *words, home=home, today=TODAY, **env)


def braille(text: str) -> int:
    return sum(0x2800 < ord(letter) < 0x2900 for letter in text)


def test_a_pipe_gets_the_tables_and_charts_of_eighty_columns(progress: Progress) -> None:
    done = progress()
    assert done.returncode == 0, done.stderr
    table, _, page = done.stdout.partition("\nGoal: ")
    assert "week  from        pain" in table
    assert "Milestones:" in table
    assert braille(table) == 0
    assert braille(page) > 100
    drawn = [line for line in page.splitlines() if "|" in line[:8]]
    assert max(map(len, drawn)) <= 80
    assert page.index("Goal: ") < page.index("Pain, 0-10")


@pytest.mark.parametrize("name", names())
def test_each_chart_comes_with_its_sentence_and_its_table(progress: Progress, name: str) -> None:
    done = progress("--chart", name)
    assert done.returncode == 0, done.stderr
    parts = done.stdout.split("\n\n")
    assert len(parts) >= 3
    assert all(len(line) <= 80 for line in parts[0].splitlines())
    assert "." in done.stdout


def test_the_chart_of_pain_says_what_the_change_means(progress: Progress) -> None:
    text = progress("--chart", "pain").stdout
    assert "Pain: 3 this week, 5 at the start; clearly better." in text
    assert "normal variation" in text
    assert "Tue 17 Nov 2026     6     3     3     3" in text


def test_plain_has_sentences_and_no_picture(progress: Progress) -> None:
    for words in (("--plain",), ("--plain", "--chart", "sleep"), ("--plain", "--chart", "days")):
        done = progress(*words)
        assert done.returncode == 0, done.stderr
        lines = done.stdout.splitlines()
        assert braille(done.stdout) == 0
        assert all(line.endswith((".", ":")) for line in lines), lines
        assert not any("  " in line or "|" in line for line in lines)
        assert len(lines) == len(set(lines)) or "--chart" in words
    assert progress("--plain").stdout.startswith("Goal: ")


def test_json_has_the_series_and_keeps_its_old_fields(progress: Progress) -> None:
    found = json.loads(progress("--json").stdout)
    assert found["schema"] == "coach.progress/1"
    assert {"week", "weeks", "measures", "milestones", "sessions_done", "days_noted"} <= set(found)
    pain = next(each for each in found["insight"]["series"] if each["id"] == "pain")
    assert pain["points"][0] == {"date": "2026-09-29", "value": 5.0}
    assert (pain["baseline"], pain["band"]) == (5.0, 2.0)
    assert found["sentences"][0].startswith("Goal: ")
    one = json.loads(progress("--json", "--chart", "pain").stdout)
    assert one["sentences"][0].startswith("Pain: ")


def test_the_characters_follow_the_output_or_the_wish(progress: Progress) -> None:
    assert braille(progress("--chart", "stress").stdout) > 50
    for words, env in ((("--glyphs", "ascii"), {}), ((), {"PYTHONIOENCODING": "ascii"})):
        done = progress("--chart", "stress", *words, **env)
        assert done.returncode == 0, done.stderr
        assert done.stdout.isascii()
    assert "▄" in progress("--chart", "stress", "--glyphs", "block").stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--chart", "wellness"), "There is no chart “wellness”."),
        (("--glyphs", "emoji"), "“emoji” is no kind"),
    ],
)
def test_a_wrong_word_is_refused_with_the_right_ones(progress: Progress, words: Any, said: str) -> None:
    done = progress(*words)
    assert done.returncode == 2
    assert said in done.stderr
    assert "there is: " in done.stderr
    assert done.stdout == ""


def test_a_home_on_its_first_day_has_words_for_every_chart(assessed: Any) -> None:
    for name in ("", *names()):
        words = ("--chart", name) if name else ()
        done = assessed("progress", *words)
        assert done.returncode == 0, (name, done.stderr)
        assert done.stdout.strip()
    assert "Nothing has been noted yet." in assessed("progress", "--chart", "pain").stdout


def test_without_an_episode_it_says_what_to_do(run: Any) -> None:
    done = run("progress", "--chart", "pain")
    assert done.returncode == 3
    assert "coach assess" in done.stderr


@pytest.mark.parametrize("columns", [60, 120])
def test_a_terminal_gets_charts_of_its_width(home: Path, columns: int) -> None:
    terminal = Terminal(home, "progress", "--chart", "pain", today=TODAY, COLUMNS=str(columns))
    assert terminal.ended() == 0
    axis = next(
        line for line in terminal.text.splitlines() if line.lstrip().startswith("++") or "+-+-" in line
    )
    assert len(axis.rstrip()) == columns
