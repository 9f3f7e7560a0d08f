"""What ``--plain`` writes: words for signs, no columns, no line wider than the terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Run
from pty_case import Terminal

SHOWN = (
    ("today",),
    ("plan", "show"),
    ("plan", "history"),
    ("plan", "diff", "v1", "v3"),
    ("plan", "why", "hng"),
    ("progress",),
    ("progress", "--measures"),
    ("library",),
    ("library", "hng_2"),
    ("show", "glu_2"),
    ("learn", "3", "--done"),
    ("habit",),
    ("settings",),
    ("test",),
    ("test", "mt_07", "--show"),
    ("status",),
    ("help",),
)


@pytest.mark.parametrize("columns", [40, 80])
def test_nothing_but_lines_that_fit(demo_home: Path, tmp_path: Path, columns: int) -> None:
    """Every page by one prompt, on a terminal of that width."""
    import shutil

    home = Path(shutil.copytree(demo_home, tmp_path / "home"))
    lines = Terminal(home, "--plain", COLUMNS=str(columns))
    for words in (*SHOWN, ("quit",)):
        lines.until("the plan): ")
        lines.type(" ".join(words))
    assert lines.ended() == 0
    assert not set(lines.text) & set("\x1b\r\t\x07·→●▲▼│─█⣿≥≤")
    assert [line for line in lines.text.splitlines() if len(line) > columns] == []


@pytest.mark.parametrize(
    "locale", [{"LC_ALL": "C"}, {"LANG": "C", "LC_ALL": ""}, {"PYTHONIOENCODING": "ascii"}]
)
def test_a_terminal_of_ascii_gets_ascii(demo_home: Path, locale: dict[str, str]) -> None:
    for words in (("progress",), ("status",), ("learn", "nonsense")):
        lines = Terminal(demo_home, *words, **locale)
        lines.ended()
        assert lines.text.isascii()
        assert "?" not in lines.text
        assert "went wrong" not in lines.text


def test_a_pipe_keeps_every_character_under_any_locale(run: Run, demo_home: Path) -> None:
    done = run("progress", "--json", home=demo_home, LC_ALL="C")
    assert "→" in done.stdout
    narrow = run("progress", "--json", home=demo_home, PYTHONIOENCODING="ascii")
    assert narrow.stdout.isascii()
    assert json.loads(narrow.stdout) == json.loads(done.stdout)


def test_who_is_dumb_and_who_is_not(run: Run, demo_home: Path) -> None:
    table = run("progress", home=demo_home).stdout
    assert run("progress", home=demo_home, TERM="dumb").stdout == table, "a pipe has no terminal"
    assert run("progress", home=demo_home, COACH_PLAIN="0").stdout == table
    spoken = run("progress", home=demo_home, COACH_PLAIN="1").stdout
    assert spoken == run("--plain", "progress", home=demo_home).stdout != table
    assert "Stress: 7 to " in spoken
    lines = Terminal(demo_home, "progress", TERM="dumb")
    lines.ended()
    assert "Week 1: mean pain 5 of 10." in lines.text


def test_plain_leaves_data_alone(run: Run, demo_home: Path) -> None:
    for words in (
        ("assess", "--schema"),
        ("show", "glu_2", "--svg"),
        ("export", "journal"),
        ("today", "--json"),
    ):
        assert run("--plain", *words, home=demo_home).stdout == run(*words, home=demo_home).stdout


def test_the_fast_way_of_status_is_spoken_too(run: Run, demo_home: Path) -> None:
    assert "·" in run("status", home=demo_home).stdout
    assert (
        run("status", home=demo_home, COACH_PLAIN="1").stdout
        == "week 8/12, day 56, pain 3, 3 of 3 sessions\n"
    )


def test_progress_is_counted_and_never_drawn_over(run: Run, demo_home: Path, tmp_path: Path) -> None:
    packets = tmp_path / "packets"
    packets.mkdir()
    assert run("export", "packet", "-o", str(packets / "a.json"), home=demo_home).returncode == 0
    for flags in (("--plain",), ()):
        lines = Terminal(tmp_path / "home", *flags, "planfile", "inbox", str(packets))
        lines.ended()
        assert ("\x1b" in lines.text) is not bool(flags), "the bar is there without it"
        assert "packets" in lines.text or "1 " in lines.text


def test_a_word_that_is_missing_is_named(run: Run, demo_home: Path) -> None:
    done = run("flare", home=demo_home)
    assert done.returncode == 2
    assert done.stderr.startswith("coach: coach flare needs one of: start, end.")
