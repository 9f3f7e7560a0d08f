"""``coach export packet`` and the question for the therapist, as a person meets them."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from packet_case import START, made

from coach.exchange import packet as files
from coach.exchange.packetpage import summary
from coach.model.packet import AnswerOf, DecisionOf, FlagOf, MeasureOf, WeekOf, WordsOf


def test_a_packet_and_its_page(assessed: Any, tmp_path: Path) -> None:
    assert assessed("log", "--question", "May I swim?").returncode == 0
    done = assessed("export", "packet", "-o", "visit.json")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    packet = files.read((tmp_path / "visit.json").read_bytes())
    assert packet.words[0].text == "May I swim?"
    page = (tmp_path / "visit.html").read_text()
    assert "May I swim?" in page
    assert "<script" not in page
    piped = assessed("export", "packet", "--no-notes", "--pseudonym", "room 4")
    read = files.read(piped.stdout.encode())
    assert (read.sender.label, read.words, read.sender.words) == ("room 4", (), "left_out")
    assert "dates are kept" in piped.stderr


def test_what_is_wrong_is_said(assessed: Any, run: Any) -> None:
    for words, code in (
        (("export", "packet", "-f", "csv"), 2),
        (("export", "packet", "--pseudonym", "x" * 41), 2),
        (("export", "packet", "--pseudonym", " "), 2),
        (("export", "packet", "--since", "2026-11-01"), 2),
        (("export", "packet", "--wide"), 2),
        (("export", "journal", "--no-notes"), 2),
        (("export", "--pseudonym", "x"), 2),
        (("log", "--question", " "), 2),
        (("export", "packet", "-o", "/nowhere/x.json"), 2),
    ):
        done = assessed(*words)
        assert (done.returncode, done.stdout) == (code, ""), words
        assert done.stderr.startswith("coach: ")
    assert run("export", "packet", home=Path("empty")).returncode == 3


def test_the_schema_takes_the_packet_and_not_another(assessed: Any) -> None:
    schema = Draft202012Validator(json.loads(assessed("export", "packet", "--describe").stdout))
    packet = json.loads(assessed("export", "packet").stdout)
    assert not list(schema.iter_errors(packet))
    assert list(schema.iter_errors({**packet, "number": -1}))


def test_a_question_alone_records_no_session(assessed: Any) -> None:
    shown = assessed("log", "--question", "Why?", "--json")
    assert json.loads(shown.stdout)["question"]["text"] == "Why?"
    assert len(assessed("export", "sessions").stdout.splitlines()) == 1
    assert "Why?" in assessed("export", "packet", "-f", "txt").stdout
    assert "question for the therapist" in assessed("undo").stdout
    assert "Why?" not in assessed("export", "packet", "-f", "txt").stdout


@pytest.mark.long
@pytest.mark.skipif(shutil.which("chromium") is None, reason="no browser to print with")
def test_the_fullest_page_prints_on_one_sheet(tmp_path: Path) -> None:
    long = "many words that go on and on " * 17
    packet = made(
        flags=tuple(FlagOf(id=f"f{n}", text=long, new=True) for n in range(30)),
        words=tuple(
            WordsOf(date=START, about=about, text=long, new=True)
            for about in ("question", "check-in")
            for _ in range(20)
        ),
        weeks=tuple(
            WeekOf(number=n, starts=START, kind="paused", planned=5, done=5, median=10.0, worst=10.0)
            for n in range(1, 30)
        ),
        answers=tuple(
            AnswerOf(date=START, id=f"a{n % 6}", text=long, value=7, better="high") for n in range(120)
        ),
        decisions=tuple(
            DecisionOf(date=START, week=12, exercise=f"x_{n}", name=long, rule="cap_hard_sets",
                       action="step_back", before="3 x 12 each side, hold 30 s", after="2 x 10, 12 kg")
            for n in range(40)
        ),
        measures=tuple(
            MeasureOf(id=f"m{n}", name=long, baseline=-12345.6, baseline_date=START, now=99999,
                      now_date=START, change=-99999, band=12.5, verdict="probable_improvement")
            for n in range(40)
        ),
    )  # fmt: skip
    page, printed = tmp_path / "page.html", tmp_path / "page.pdf"
    page.write_text(summary(packet, "html"))
    subprocess.run(
        ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
         f"--print-to-pdf={printed}", str(page)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    content = printed.read_bytes()
    assert content.count(b"/Type /Page\n") + content.count(b"/Type/Page\n") == 1
