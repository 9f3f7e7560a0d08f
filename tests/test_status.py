"""The status line in the formats of prompts and bars: the quick answer and the whole one are the same."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach import status
from coach.draw import words
from coach.status import BARS, FIELDS, TEXTS, UnknownField, fields, fill, shown

TODAY = "2026-11-23"
FACTS: dict[str, Any] = {
    "stopped": False, "pain": [["2026-11-21", 4], ["2026-11-23", 3.5]], "flare": None, "start": "2026-09-29",
    "week": 8, "weeks": 12, "planned": 3, "done": 2, "review_due": "2026-11-24",
}  # fmt: skip
STATES: dict[str, dict[str, Any]] = {
    "ok": FACTS,
    "review": {**FACTS, "review_due": "2026-11-23"},
    "flare": {**FACTS, "flare": {"day": 1, "trigger": "pain"}},
    "paused": {**FACTS, "paused_from": "2026-11-20", "paused_until": "2026-11-25"},
    "stopped": {**FACTS, "stopped": True},
    "none": {},
    "later": {**FACTS, "start": "2026-12-01"},
}
SAID = {
    ("ok", "prompt"): "w8/12 p3.5",
    ("ok", "tmux"): "w8/12 p3.5 2 of 3 sessions",
    ("ok", "polybar"): "week 8/12, day 56 · pain 3.5 · 2 of 3 sessions",
    ("flare", "prompt"): "w8/12 p3.5 flare",
    ("stopped", "prompt"): "w8/12 p3.5 stopped",
    ("none", "prompt"): "-",
    ("later", "prompt"): "p3.5",
}


@pytest.mark.parametrize(("state", "form"), SAID)
def test_formats_for_people(state: str, form: str) -> None:
    assert shown(form, STATES[state], TODAY) == SAID[state, form]


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-11-23", "pain 4"),
        ("2026-11-22", "pain 4 yesterday"),
        ("2026-11-20", "pain 4 on Fri 20 Nov"),
        ("2026-11-17", "pain 4 on Tue 17 Nov"),
    ],
)
def test_days_are_said_as_people_say_them(day: str, said: str) -> None:
    assert fields({**FACTS, "pain": [[day, 4]]}, TODAY)["pain"] == said
    assert fields(STATES["paused"], TODAY)["state"] == "paused until Wed 25 Nov"
    assert fields(STATES["later"], TODAY)["day"] == "starts Tue 1 Dec"


def test_a_day_is_said_as_everywhere_else() -> None:
    for ago in range(0, 380, 3):
        day = date(2026, 12, 31) - timedelta(days=ago)
        assert status._said(day.isoformat()) == words.day(day)


@pytest.mark.parametrize("state", STATES)
def test_bars_get_one_json_object(state: str) -> None:
    kind = {"later": "ok"}.get(state, state)
    found = json.loads(shown("waybar", STATES[state], TODAY))
    assert set(found) == {"text", "tooltip", "class", "percentage"}
    assert found["class"] == kind
    assert found["percentage"] == (0 if state == "none" else 67)
    assert found["tooltip"] == status.line(STATES[state], TODAY)
    assert set(json.loads(shown("i3", STATES[state], TODAY))) == {"full_text", "short_text"}


@pytest.mark.parametrize("state", STATES)
def test_every_field_is_listed_and_every_listed_one_is_there(state: str) -> None:
    assert set(fields(STATES[state], TODAY)) == set(FIELDS)
    assert all(isinstance(each, str) for each in fields(STATES[state], TODAY).values())
    for form in (*TEXTS.values(), *("{%s}" % each for bar in BARS.values() for each in bar.values())):  # noqa: UP031
        shown(form, FACTS, TODAY)


def test_what_a_bar_would_obey_it_does_not_get() -> None:
    facts = {**FACTS, "week": "8#(id)", "paused_from": TODAY, "paused_until": "2026-11-25<b>&%{F#f00}"}
    assert shown("tmux", facts, TODAY).startswith("w8##(id)/12")
    assert "&lt;b&gt;&amp;" in json.loads(shown("waybar", facts, TODAY))["tooltip"]
    assert "%%{F" in shown("polybar", facts, TODAY)


known = fields(FACTS, TODAY)


def doubled(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


@settings(deadline=None)
@given(st.lists(st.one_of(st.sampled_from(sorted(FIELDS)), st.text().map(lambda each: (each,)))))
def test_a_template_is_its_text_with_the_fields_in_place(pieces: list[Any]) -> None:
    form = "".join(f"{{{each}}}" if isinstance(each, str) else doubled(each[0]) for each in pieces)
    assert fill(form, known) == "".join(known[each] if isinstance(each, str) else each[0] for each in pieces)


@settings(deadline=None)
@given(st.text(alphabet="{}ab[0].!:_"))
def test_any_template_gives_text_or_names_what_is_unknown(form: str) -> None:
    try:
        found = fill(form, {"a": "1", "b": "2"})
    except UnknownField:
        return
    assert len(found) <= len(form)


@pytest.mark.parametrize(
    ("form", "near"),
    [
        ("{pian}", "pain"),
        ("tmx", "tmux"),
        ("{pain.__class__}", ""),
        ("{pain!r}", ""),
        ("{0}", ""),
        ("}", ""),
        ("", ""),
    ],
)
def test_an_unknown_name_is_said_with_what_was_meant(run: Any, assessed: Any, form: str, near: str) -> None:
    done = run("status", "--format", form)
    assert (done.returncode, done.stdout) == (2, "")
    assert near in done.stderr
    assert "there is:" in done.stderr


def test_the_quick_answer_is_the_whole_one_and_loads_no_parser(assessed: Any, tmp_path: Path) -> None:
    assessed("checkin", "4")
    for form in (*TEXTS, *BARS, "{pain} {{{day}}}", "{nothing}"):
        quick = assessed("status", "--format", form)
        whole = assessed("status", "--format", form, COACH_NO_FASTPATH="1")
        assert (quick.returncode, quick.stdout, quick.stderr) == (
            whole.returncode,
            whole.stdout,
            whole.stderr,
        )
    code = (
        "import sys; sys.argv = ['coach', 'status', '--format', 'waybar']\nfrom coach._boot import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print([each for each in ('typer', 'msgspec') if each in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", code], capture_output=True, text=True, check=True,
        env={"COACH_HOME": str(tmp_path / "home"), "COACH_TODAY": TODAY,
             "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_list_of_fields(assessed: Any) -> None:
    lines = assessed("status", "--fields").stdout.splitlines()
    assert [line.split("}")[0][1:] for line in lines] == list(FIELDS)
    assert json.loads(assessed("status", "--fields", "--json").stdout)["fields"] == FIELDS
