"""The inbox: colours with their reasons, the newest of each person, and nothing trusted."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packet_case import asking, flagged, made, resealed

from coach.cases import inbox as cases
from coach.cases import packetfiles
from coach.draw import inbox as drawn
from coach.exchange import formats
from coach.exchange import packet as files
from coach.exchange.packetrules import load_packet_rules
from coach.model.condition import Measures
from coach.model.packet import AdherenceOf, DayOf, Packet, Sender
from coach.problems import BadFile, BadValue
from coach.programs.inboxmeasures import FLAGS, known, measures
from coach.programs.inboxrules import default_text, judge, read_rules

TODAY = date(2026, 11, 23)
RULES = read_rules(default_text(), "inbox.yaml")
DOCS = Path(__file__).resolve().parent.parent / "docs" / "inbox.md"


def of(name: str, **changes: Any) -> Packet:
    return made(sender=Sender(label=name, key=f"key-{name}"), **changes)


def put(folder: Path, name: str, *packets: Packet) -> None:
    text = "".join(files.write(each) for each in packets)
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())


def look(folder: Path, **options: Any) -> Any:
    return cases.inbox(str(folder), today=TODAY, **options)


def mornings(*rises: float) -> tuple[DayOf, ...]:
    return tuple(DayOf(date=TODAY - timedelta(days=at), pain=3.0, rise=rise) for at, rise in enumerate(rises))


@pytest.mark.parametrize(
    ("packet", "colour", "rule"),
    [
        (made(), "green", ""),
        (flagged("triage_t0"), "red", "emergency"),
        (flagged("triage_t1", "question"), "red", "clinician_first"),
        (flagged("pending"), "red", "sign_unanswered"),
        (flagged("leg"), "red", "leg_symptom"),
        (flagged("worse_function"), "red", "falling_function"),
        (flagged("flare_long"), "red", "long_flare"),
        (made(days=mornings(2, 2, 2)), "red", "three_mornings"),
        (made(days=mornings(2, 2, 1.5)), "green", ""),
        (made(days=mornings(0, 2, 2, 0, 0, 0, 0, 2)), "green", ""),
        (flagged("flare_active"), "amber", "flare"),
        (flagged("mood"), "amber", "mood"),
        (flagged("triage_t2"), "green", ""),
        (asking("May I?"), "amber", "question"),
        (made(adherence=AdherenceOf(frequency=0.49)), "amber", "little_done"),
        (made(adherence=AdherenceOf(frequency=0.5)), "green", ""),
        (flagged("paused", adherence=AdherenceOf(frequency=0.1)), "green", ""),
        (made(made=TODAY - timedelta(days=29)), "amber", "quiet"),
    ],
)
def test_the_colour_says_why(packet: Packet, colour: str, rule: str) -> None:
    found, why, _ = judge(packet, RULES, TODAY)
    assert (found, why[0].rule if why else "") == (colour, rule)
    assert all(each.text and each.numbers for each in why)


def test_the_numbers_are_those_of_the_packet() -> None:
    _, why, _ = judge(made(days=mornings(3, 2, 2, 0), adherence=AdherenceOf(frequency=0.25)), RULES, TODAY)
    assert [(each.rule, each.numbers) for each in why] == [
        ("three_mornings", ("morning_rise >= 2 in 7 days: 3",)),
        ("little_done", ("frequency 25",)),
    ]


def test_what_is_missing_makes_no_colour_and_is_named() -> None:
    colour, why, unknown = judge(made(days=(), adherence=AdherenceOf()), RULES, TODAY)
    assert (colour, why) == ("green", ())
    assert set(unknown) == {"high_pain", "three_mornings", "little_done"}


def test_shifted_dates_have_no_age() -> None:
    shifted = made(made=TODAY - timedelta(days=400), sender=Sender(label="x-1", key="k", dates="shifted"))
    colour, _, unknown = judge(shifted, RULES, TODAY)
    assert (colour, "quiet" in unknown) == ("green", True)


def test_worst_first_and_the_newest_of_each(tmp_path: Path) -> None:
    put(tmp_path, "a.json", flagged("mood", sender=Sender(label="A", key="ka")))
    put(tmp_path, "old/a.json", of("A", number=1, made=TODAY - timedelta(days=7)))
    put(tmp_path, "b.ndjson", of("B"), of("B"), flagged("leg", sender=Sender(label="C", key="kc")))
    put(tmp_path, "d.ndjson.gz", of("D"), of("D", number=2))
    put(tmp_path, "deep/er/e.json", of("E"))
    (tmp_path / "notes.txt").write_text("no packet")
    found = look(tmp_path)
    assert [(each.label, each.colour) for each in found.people] == [
        ("C", "red"), ("A", "amber"), ("A", "green"), ("B", "green"), ("D", "green"),
    ]  # fmt: skip
    assert (found.packets, found.older, found.same, found.broken) == (7, 1, 1, 0)
    assert next(each.number for each in found.people if each.label == "D") == 2
    assert "2 people have the label A" in found.notes[0]
    assert found.people[0].file == "b.ndjson, line 3"


@given(st.permutations(range(6)))
@settings(max_examples=30, deadline=None)
def test_the_order_of_the_files_is_nothing_to_it(order: list[int]) -> None:
    import tempfile

    every = [of("A", number=n, made=TODAY - timedelta(days=n % 3)) for n in (1, 2, 3)]
    every += [of("B"), flagged("leg", sender=Sender(label="C", key="kc")), every[0]]
    with tempfile.TemporaryDirectory() as name:
        put(Path(name), "all.ndjson", *(every[place] for place in order))
        found = look(Path(name))
    assert [(each.label, each.number) for each in found.people] == [("C", 1), ("A", 3), ("B", 1)]
    assert found.older + found.same == 3


BOMB = gzip.compress(b"0" * 3_000_000)
LINES = gzip.compress(b"{}\n" * 1_000_000)
HOSTILE = {
    "nan.json": (b'{"schema":"coach.packet/1","x":NaN}', "NaN"),
    "huge.json": (b'{"x":"' + b"a" * (files.MOST_BYTES + 5) + b'"}', "larger than 256 kB"),
    "deep.json": (b"[" * 100_000, "nested|values"),
    "twice.json": (b'{"a":1,"a":2}', "twice"),
    "bomb.ndjson.gz": (BOMB, "unpacks to more|larger than"),
    "lines.ndjson.gz": (LINES, "100 lines in a row"),
    "blank.ndjson.gz": (gzip.compress(b"\n" * 300_000), "more than 200,000 lines"),
    "spaces.ndjson.gz": (gzip.compress((b" " * 9999 + b"\n") * 400), "unpacks to more"),
    "half.ndjson.gz": (gzip.compress(files.write(made()).encode())[:-20], "gzip"),
    "no.ndjson.gz": (b"no gzip", "gzip"),
    "text.json": (b"<html>", "not JSON"),
    "empty.json": (b"", "not JSON"),
    "changed.json": (files.write(made()).replace("P-AAAAA", "P-AAAAB").encode(), "seal"),
}


def test_hostile_files_are_refused_by_name(tmp_path: Path) -> None:
    for name, (content, _) in HOSTILE.items():
        (tmp_path / name).write_bytes(content)
    put(tmp_path, "good.json", made())
    os.symlink("/etc/passwd", tmp_path / "link.json")
    os.mkfifo(tmp_path / "pipe.json")
    found = look(tmp_path)
    said: dict[str, str] = {}
    for each in found.examples:
        name = each.file.partition(", line")[0]
        said[name] = f"{said.get(name, '')} {each.problem}"
    assert set(said) == set(HOSTILE)
    for name, (_, text) in HOSTILE.items():
        assert any(part in said[name] for part in text.split("|")), (name, said[name])
    assert [each.label for each in found.people] == ["P-AAAAA-AAAAA"]
    assert found.broken == len(HOSTILE) + 100


FORMULA = '=HYPERLINK("http://x","y")'


def test_texts_of_packets_stay_texts(tmp_path: Path) -> None:
    document = json.loads(files.write(flagged("leg")))
    document["sender"] |= {"label": "\x1b[31m=1+1\u202e", "key": "\x1b]0;x\x07"}
    document["flags"][0]["text"] = f"[/red]<b>{FORMULA}\x1b[2J\n\nX"
    document["plan"]["template"] = FORMULA
    (tmp_path / "\x1b[31mx.json").write_bytes(resealed(document))
    found = look(tmp_path)
    shown = "\n".join(drawn.lines(found))
    assert not [c for c in shown if (ord(c) < 32 and c != "\n") or c in "\x7f\u202e"]
    table = "".join(formats.text(drawn.rows(found), drawn.COLUMNS, "inbox", "csv", spreadsheet=True))
    cells = next(csv.DictReader(io.StringIO(table.removeprefix("\ufeff"))))
    assert cells["plan"] == f"'{FORMULA}"
    assert cells["label"] == "[31m=1+1"
    (tmp_path / "\x1b]0;y\x07.json").write_text("{")
    both = look(tmp_path)
    assert [each.file for each in (*both.people, *both.examples)] == ["[31mx.json", "]0;y.json"]


def test_every_line_fits_eighty_columns(tmp_path: Path) -> None:
    long = "sehr lange Wörter " * 30
    put(tmp_path, f"{'n' * 200}.json", flagged("leg", "pending", "mood", "quiet", "question",
        sender=Sender(label="L" * 40, key="k")))  # fmt: skip
    (tmp_path / f"{'b' * 200}.json").write_text(long)
    lines = list(drawn.lines(look(tmp_path)))
    assert max(map(len, lines)) <= 80
    assert any(line.startswith("RED") for line in lines)


def test_since_last_marks_what_is_new(tmp_path: Path) -> None:
    put(tmp_path, "a.json", of("A"))
    assert not look(tmp_path, since_last=True).people[0].new
    put(tmp_path, "b.json", of("B"))
    found = look(tmp_path, since_last=True)
    assert {each.label: each.new for each in found.people} == {"A": False, "B": True}
    assert not any(each.new for each in look(tmp_path, since_last=True).people)


def test_a_folder_that_is_none_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadValue, match="no folder"):
        look(tmp_path / "none")
    (tmp_path / "file").write_text("x")
    with pytest.raises(BadValue, match="cannot be read"):
        look(tmp_path / "file")


def test_too_many_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packetfiles, "MOST_FILES", 3)
    for name in "abcd":
        put(tmp_path, f"{name}.json", of(name))
    with pytest.raises(BadFile, match="more than 3"):
        look(tmp_path)


OWN = """\
schema: 1
rules:
  - id: low
    colour: amber
    when: adherence < 90 and (pain_now > 2 or week >= 10)
    say: Look again.
"""


def test_own_rules_decide(tmp_path: Path) -> None:
    put(tmp_path, "a.json", flagged("leg"))
    person = look(tmp_path, rules=OWN, rules_name="own.yaml").people[0]
    assert (person.colour, [each.rule for each in person.why]) == ("amber", ["low"])
    assert person.why[0].numbers == ("adherence 80", "pain_now 3")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("colour: amber", "colour: blue"), "line 4, column 13.*'blue'"),
        (("colour: amber", "color: amber"), "line 4.*did you mean 'colour'"),
        (("adherence <", "adherance <"), "line 5.*did you mean 'adherence'"),
        (("adherence <", "flag.legs >="), "did you mean 'flag.leg'"),
        (("< 90", "< 900"), "0 to 100"),
        (("90 and", "90 nad"), "line 5"),
        (("say: Look again.", "say: x [bold]x"), "markup"),
        (("schema: 1", "schema: 2"), "schema"),
        (("rules:", "rulez:"), "did you mean 'rules'"),
        (("say: Look again.", f"say: x\n{OWN.partition('rules:')[2].strip(chr(10))}"), "two rules"),
    ],
)
def test_a_rules_file_says_what_is_wrong_and_where(change: tuple[str, str], said: str) -> None:
    with pytest.raises(BadFile) as wrong:
        cases.read_rules(OWN.replace(*change), "own.yaml")
    import re

    assert re.search(said, "\n".join(wrong.value.details)), wrong.value.details


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=OWN + "&*!{}[]'\"%", max_size=80), st.integers(0, 200), st.integers(0, 60))
def test_any_rules_file_reads_or_is_refused_with_a_place(junk: str, at: int, length: int) -> None:
    text = OWN[:at] + junk + OWN[at + length :]
    details: tuple[str, ...] = ("line",)
    try:
        cases.read_rules(text, "own.yaml")
    except BadFile as wrong:
        details = wrong.details
    assert "line" in details[0]


def test_the_rules_read_and_describe_what_is_there() -> None:
    assert {each.colour for each in RULES} == {"red", "amber"}
    assert set(FLAGS) == set(load_packet_rules().flags)
    text = DOCS.read_text(encoding="utf-8")
    names = {each.name for each in known() if "." not in each.name}
    assert {name for name in names if f"`{name}`" not in text} == set()
    asked = measures(made(), TODAY)
    assert isinstance(asked, Measures)
    assert set(asked.readings) <= {each.name for each in known()}


def test_the_command(run: Any, tmp_path: Path) -> None:
    put(tmp_path / "box", "a.json", flagged("leg"))
    shown = run("planfile", "inbox", "box")
    assert shown.returncode == 0
    assert "leg_symptom" in shown.stdout
    assert shown.stderr == ""
    assert json.loads(run("planfile", "inbox", "box", "--json").stdout)["counts"]["red"] == 1
    assert run("planfile", "inbox", "box", "-f", "csv", "-o", "x.csv").returncode == 0
    assert (tmp_path / "x.csv").read_bytes().startswith(b"\xef\xbb\xbfcolour,")
    assert run("planfile", "inbox", "--write-rules", "my.yaml").returncode == 0
    assert run("planfile", "inbox", "--write-rules", "my.yaml").returncode == 2
    assert run("planfile", "inbox", "box", "--rules", "my.yaml").stdout == shown.stdout
    (tmp_path / "my.yaml").write_text("rules: 3")
    wrong = run("planfile", "inbox", "box", "--rules", "my.yaml")
    assert (wrong.returncode, wrong.stdout) == (4, "")
    assert "line 1" in wrong.stderr
    for words in (("none",), (), ("box", "-f", "xlsx")):
        assert run("planfile", "inbox", *words).returncode == 2


@pytest.mark.long
def test_ten_thousand_packets_in_bounded_memory(tmp_path: Path) -> None:
    import subprocess
    import sys

    bench = Path(__file__).resolve().parent.parent / "benchmarks" / "inbox.py"
    done = subprocess.run(
        [sys.executable, str(bench), "10000", str(tmp_path)], capture_output=True, text=True, check=True
    )
    figures = json.loads(done.stdout.splitlines()[-1])
    assert figures["people"] == 10_000
    assert figures["peak_mb"] < 100
