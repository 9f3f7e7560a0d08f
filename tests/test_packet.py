"""The packet: what is in it, what is not, and that a damaged or hostile one is refused by name."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packet_case import SECRET_WORDS, START, live, made, resealed

from coach.exchange import packet as files
from coach.exchange.packetpage import FORMS, summary
from coach.model.noun import to_doc
from coach.model.packet import AnswerOf, DecisionOf, FlagOf, MeasureOf, WeekOf, WordsOf

DOCS = Path(__file__).resolve().parent.parent / "docs" / "packet.md"


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory, answers: dict[str, Any]) -> Any:
    return live(tmp_path_factory.mktemp("lived"), answers, 40, 3)


def test_what_was_written_is_read_back_equal(lived: Any) -> None:
    packet = lived.packet()
    text = files.write(packet)
    assert files.read(text.encode()) == packet
    assert text.count("\n") == 1
    assert len(text) < 40_000


def test_another_layout_of_the_same_values_is_the_same_packet() -> None:
    packet = made()
    document = json.loads(files.write(packet))
    assert files.read(json.dumps(document, indent=2).encode()) == packet
    turned = dict(reversed(document.items()))
    assert files.read(b"\xef\xbb\xbf" + json.dumps(turned, ensure_ascii=True).encode()) == packet


def test_a_field_of_a_newer_version_is_sealed_and_left_out() -> None:
    document = json.loads(files.write(made())) | {"weather": {"wind": 3}}
    assert files.read(resealed(document)).plan == made().plan
    with pytest.raises(files.BadPacket, match="seal"):
        files.read(json.dumps(document).encode())


def test_numbers_of_the_life_stand_in_it(lived: Any) -> None:
    packet = lived.packet()
    kept = packet.adherence
    assert kept.score == pytest.approx(kept.frequency * kept.dose * kept.quality, abs=2e-3)
    told = {each.date: each.pain for each in lived.history().checkins if each.pain is not None}
    assert {each.date: each.pain for each in packet.days if each.pain is not None} == {
        day: pain for day, pain in told.items() if day > packet.made - timedelta(days=28)
    }
    reviews = lived.reviews()
    assert {each.date for each in packet.decisions} <= {each.date for each in reviews}
    assert {each.rule for each in packet.decisions} <= {
        each.rule for review in reviews for each in (*review.decisions, *review.habits)
    }
    assert [each.text for each in packet.words if each.about == "question"]
    assert any(each.id == "question" for each in packet.flags)


@pytest.mark.parametrize("seed", [1, 2, *(pytest.param(n, marks=pytest.mark.long) for n in range(3, 40))])
def test_without_notes_no_own_word_is_in_it(
    tmp_path: Path, answers: dict[str, Any], seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("USER", "LOGNAME", "HOME", "USERNAME"):
        monkeypatch.setenv(name, "Karlamuster")
    coach = live(tmp_path / "Karlamuster", answers, 30, seed)
    assert SECRET_WORDS in files.write(coach.packet())
    for label in (None, "patient-17", "auto"):
        packet = coach.packet(words=False, pseudonym=label)
        every = files.write(packet) + "".join(summary(packet, form) for form in FORMS)
        assert SECRET_WORDS not in every
        assert str(tmp_path) not in every
    assert "Karlamuster" not in files.write(coach.packet())


def test_the_code_stays_and_auto_cannot_be_joined_to_it(lived: Any) -> None:
    first, again = lived.packet(), lived.packet()
    assert first.sender == again.sender
    assert re.fullmatch(r"p-[0-9a-f]{8}", first.sender.label)
    hidden, named = lived.packet(pseudonym="auto"), lived.packet(pseudonym="Room 4")
    assert (named.sender.label, named.sender.key) == ("Room 4", first.sender.key)
    assert hidden.sender.label != first.sender.label
    assert hidden.sender.key != first.sender.key
    assert (first.sender.dates, named.sender.dates, hidden.sender.dates) == ("kept", "kept", "shifted")


def test_shifted_dates_all_move_by_the_same_whole_weeks(lived: Any) -> None:
    plain, moved = lived.packet(words=False), lived.packet(words=False, pseudonym="auto")
    step = plain.made - moved.made
    assert step.days > 0
    assert step.days % 7 == 0
    assert [each.date + step for each in moved.days] == [each.date for each in plain.days]
    assert moved.plan.start + step == plain.plan.start
    shown = files.write(moved) + summary(moved, "txt")
    days = {START + timedelta(days=number) for number in range(41)}
    assert not [day for day in days if day.isoformat() in shown]


def test_new_is_counted_from_the_day_of_the_last_packet(tmp_path: Path, answers: dict[str, Any]) -> None:
    coach = live(tmp_path, answers, 15, 5)
    coach.packet_given(coach.packet())
    later = type(coach).open(tmp_path, today=coach.today_date + timedelta(days=1))
    later.ask_therapist("What now?")
    packet = later.packet()
    assert (packet.number, packet.since) == (2, coach.today_date)
    assert [each.text for each in packet.words if each.new] == ["What now?"]
    assert coach.packet().since is None
    assert not any(each.new for each in coach.packet().words)
    assert later.steps()[0].label == "question for the therapist"


@pytest.mark.parametrize("form", FORMS)
def test_nothing_in_a_packet_becomes_markup(form: str) -> None:
    words = (WordsOf(date=date(2026, 11, 1), about="question", text="<b>x</b> [a](http://b) *c* | d"),)
    shown = summary(made(words=words), form)
    assert "<b>" not in shown if form == "html" else "**" not in shown
    assert "[a](http" not in shown or form != "md"
    if form == "txt":
        assert max(map(len, shown.splitlines())) <= 80


def test_answers_to_the_questions_of_a_plan_file_stand_in_a_row() -> None:
    answers = tuple(
        AnswerOf(
            date=START + timedelta(days=7 * n), id="sure", text="How sure are you?", value=v, better="high"
        )
        for n, v in enumerate((8, 7, 4))
    )
    assert "How sure are you? 8, 7, 4 (0-10, high is good)." in summary(made(answers=answers), "txt")


def test_the_widest_packet_stays_within_eighty_columns() -> None:
    long = "Wörter " * 70
    packet = made(
        weeks=tuple(
            WeekOf(number=n, starts=START, kind="paused", planned=5, done=5, median=10.0, worst=9.5)
            for n in range(1, 40)
        ),
        flags=tuple(FlagOf(id=f"f{n}", text=long[:500]) for n in range(30)),
        words=tuple(WordsOf(date=START, about="question", text=long[:500]) for _ in range(30)),
        decisions=tuple(
            DecisionOf(date=START, week=1, exercise=f"x_{n}", name=long[:300], rule="r15", action="step_back",
                       before="3 x 12 each side, hold 30 s, 100 kg", after="2 x 10 each way, 12 kg")
            for n in range(40)
        ),
        measures=tuple(
            MeasureOf(id=f"m{n}", name=long[:300], baseline=-12345.6, baseline_date=START, now=99999,
                      now_date=START, change=-99999, band=12.5, verdict="probable_improvement")
            for n in range(40)
        ),
    )  # fmt: skip
    shown = summary(packet, "txt")
    assert max(map(len, shown.splitlines())) <= 80
    assert len(shown.splitlines()) <= 90


BAD = {
    "nothing": (b"", "not JSON"),
    "binary": (b"\xff\xfe\x00", "UTF-8"),
    "no object": (b"[1]", "object"),
    "another schema": (b'{"schema":"coach.answers/1"}', "no packet"),
    "a newer one": (b'{"schema":"coach.packet/2"}', "newer"),
    "too large": (b" " * (files.MOST_BYTES + 1), "larger"),
    "deep": (b'{"schema":' + b"[" * 5000 + b"]" * 5000 + b"}", "nested"),
    "deep in arrays": (b'{"schema":"coach.packet/1","x":' + b"[" * 12 + b"]" * 12 + b"}", "nested|seal"),
    "many values": (b"[" + b"1," * 30_000 + b"1]", "values"),
    "a key twice": (b'{"schema":"coach.packet/1","schema":"coach.packet/1"}', "twice"),
    "NaN": (b'{"schema":"coach.packet/1","x":NaN}', "NaN"),
    "infinity": (b'{"schema":"coach.packet/1","x":1e999}', "1e999"),
    "a long number": (b'{"x":' + b"9" * 5000 + b"}", "too long"),
    "not closed": (b'{"schema":"coach.packet/1"', "not JSON"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_packet_is_refused_by_name(name: str) -> None:
    content, said = BAD[name]
    with pytest.raises(files.BadPacket, match=said):
        files.read(content)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("sender", "label"), ""),
        (("adherence", "score"), 1.5),
        (("response", "now"), 11),
        (("plan", "week"), -1),
        (("made",), "2026-02-30"),
        (("days",), [{"date": "2026-01-01"}] * 91),
        (("number",), 2.5),
    ],
)
def test_a_value_that_does_not_fit_is_refused(path: tuple[str, ...], value: object) -> None:
    document = json.loads(files.write(made()))
    inner = document
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    with pytest.raises(files.BadPacket, match="does not fit"):
        files.read(resealed(document))


def test_a_changed_value_breaks_the_seal() -> None:
    text = files.write(made()).replace('"done":10', '"done":12')
    with pytest.raises(files.BadPacket, match="seal"):
        files.read(text.encode())


def test_escape_sequences_and_directions_are_gone() -> None:
    document = json.loads(files.write(made()))
    document["sender"]["label"] = "A\x1b]0;pwned\x07\u202eB"
    assert files.read(resealed(document)).sender.label == "A]0;pwnedB"


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 6000), st.integers(1, 200))
def test_whatever_is_damaged_is_refused_and_nothing_else_happens(junk: bytes, at: int, length: int) -> None:
    good = files.write(made()).encode()
    bad = good[:at] + junk + good[at + length :]
    said = ""
    try:
        assert files.read(bad) == made()
    except files.BadPacket as refused:
        said = str(refused)
    assert "\n" not in said


def test_every_field_is_described() -> None:
    text = DOCS.read_text(encoding="utf-8")
    schema = files.schema()
    names = {name for each in schema["$defs"].values() for name in each.get("properties", {})}
    assert {
        name
        for name in names
        if f"`{name}`" not in text and f".{name}`" not in text and f"`{name}[]`" not in text
    } == set()


def test_every_flag_has_a_text_and_is_described(lived: Any) -> None:
    from coach.exchange.packetrules import load_packet_rules

    rules, text = load_packet_rules(), DOCS.read_text(encoding="utf-8")
    assert {name for name in rules.flags if f"`{name}`" not in text} == set()
    assert all(limit.unit and limit.source for limit in rules.limits.values())


def test_the_seal_is_the_same_whoever_counts_it() -> None:
    packet = made()
    assert files.sealed(packet) == packet
    assert to_doc(msgspec.structs.replace(packet, seal=""))["seal"] == ""


@pytest.mark.long
def test_after_week_twelve_it_still_knows_the_start(tmp_path: Path, answers: dict[str, Any]) -> None:
    from test_life import live as months

    packet = months(tmp_path, answers, 7 * 15 + 1).packet()
    assert packet.plan is not None
    assert packet.plan.kind == "maintenance"
    assert (packet.response.baseline, packet.response.now) == (5, 3)
    assert {"eac10", "psfs", "mt_07"} <= {each.id for each in packet.measures}
