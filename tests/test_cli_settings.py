"""``coach settings``: what is listed, what is kept, what is refused."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from coach.cases.options import FACE, WISHES, find, options
from coach.cases.settings import Settings
from coach.coach import Coach
from coach.desk import Desk
from coach.problems import BadValue


def test_what_is_declared_is_kept() -> None:
    assert {each.id for each in FACE} <= set(Settings.__struct_fields__)


def test_what_is_set_is_listed_and_read_by_the_app(assessed, tmp_path: Path) -> None:
    for words in (("theme", "light"), ("bell", "off"), ("countdown", "10"), ("remind_at", "7:05")):
        assert assessed("settings", *words).returncode == 0
    kept = Coach.open(tmp_path / "home").settings()
    assert kept == Settings(theme="light", bell=False, countdown=10, remind_at="07:05")
    rows = {each["key"]: each for each in json.loads(assessed("settings", "--json").stdout)["settings"]}
    assert (rows["theme"]["shown"], rows["bell"]["value"], rows["remind_at"]["value"]) == (
        "light",
        "off",
        "07:05",
    )
    assert assessed("settings", "remind_at", "off").returncode == 0
    assert Coach.open(tmp_path / "home").settings().remind_at == ""


def test_a_wish_writes_the_plan_anew_and_says_where_it_came_from(assessed, tmp_path: Path) -> None:
    before = json.loads(assessed("plan", "show", "--json").stdout)
    assert assessed("settings", "days", "tue", "sat").returncode == 0
    assert assessed("settings", "days_per_week", "2").returncode == 0
    after = json.loads(assessed("plan", "show", "--json").stdout)
    assert (len(before["weeks"][0]["sessions"]), len(after["weeks"][0]["sessions"])) == (3, 2)
    from coach.model.assessment import Response

    desk = Desk(str(tmp_path / "home"), date(2026, 11, 24), "2026-11-24T09:00:00+00:00")
    assert desk.read().all("responses", Response)[-1].source == "settings"
    assert "Tuesday, Saturday" in assessed("settings").stdout
    assert assessed("undo", "2").returncode == 0
    assert "Monday" in assessed("settings").stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("theme", "pink"), "Expected one of dark, light, contrast, found “pink”"),
        (("remind_at", "25:00"), "“25:00” is no time of day."),
        (("remind_at", "7:5"), "is no time of day."),
        (("remind_at", "٧:٠٠"), "is no time of day."),
        (("days_per_week", "9"), "a number from 1 to 7"),
        (("equipment", "rocket"), "rocket"),
        (("thme", "dark"), "did you mean: theme"),
        (("\x1b[31mx", "dark"), "There is no setting"),
        (("theme",), "theme needs its new value."),
    ],
)
def test_what_does_not_fit_changes_nothing(assessed, words: tuple[str, ...], said: str) -> None:
    before = assessed("settings", "--json").stdout
    done = assessed("settings", *words)
    assert done.returncode == 2
    assert said in done.stderr
    assert "\x1b" not in done.stderr
    assert assessed("settings", "--json").stdout == before


def test_an_empty_home_has_the_settings_of_the_app_only(run, tmp_path: Path) -> None:
    done = run("settings", "--plain")
    assert done.returncode == 0
    assert "theme: Colours: dark." in done.stdout
    assert not any(f"{name}:" in done.stdout for name in WISHES)
    found = options(Desk(str(tmp_path / "none"), Coach.open(tmp_path / "none").today_date, ""))
    with pytest.raises(BadValue):
        find(found, "days")
