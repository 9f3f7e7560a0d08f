"""What a packet raises as a flag: each from a course that has it, and none from a quiet one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from packet_case import CALM, START

from coach import Coach
from coach.cases.packet import _decision
from coach.model.packet import Packet
from coach.model.review import Decision

Day = Callable[[Coach, int], None]


def course(home: Path, answers: dict[str, Any], days: int, each: Day, *, reviews: bool = True) -> Packet:
    """A course of so many days, and the packet of the last."""
    for offset in range(days):
        day = START + timedelta(days=offset)
        coach = Coach.open(home, today=day, at=f"{day}T07:00:00+00:00")
        if not offset:
            coach.assess(answers)
        each(coach, offset)
        if reviews and offset and offset % 7 == 0:
            coach.review(screen=dict(CALM))
    return coach.packet()


def raised(packet: Packet) -> dict[str, float | None]:
    return {each.id: each.value for each in packet.flags}


def calm(coach: Coach, _: int) -> None:
    coach.check_in(pain=4, sleep_hours=7, stress=3)
    found = coach.today().day
    if found is not None and found.session:
        coach.log_session(rpe=3, before=3, pain=3, form=0)


def test_a_quiet_course_raises_nothing(tmp_path: Path, answers: dict[str, Any]) -> None:
    assert raised(course(tmp_path, answers, 16, calm)) == {}


def test_a_warning_sign_waits_for_its_answers(tmp_path: Path, answers: dict[str, Any]) -> None:
    def day(coach: Coach, offset: int) -> None:
        coach.check_in(pain=4, flags=("ms_legs",) if offset == 3 else None)

    found = raised(course(tmp_path, answers, 4, day))
    assert found["pending"] > 0
    assert "rescreen" not in found


def test_worse_mornings_and_the_pain_of_the_week(tmp_path: Path, answers: dict[str, Any]) -> None:
    def day(coach: Coach, offset: int) -> None:
        coach.check_in(pain=8 if offset >= 9 else 4)

    packet = course(tmp_path, answers, 13, day, reviews=False)
    found = raised(packet)
    assert found["mornings_over"] == 4
    assert {"pain_high", "flare_active"} <= set(found)
    assert [each.rise for each in packet.days[-4:]] == [4.0, 4.0, 4.0, 4.0]
    assert "worse_pain" not in found, "5 to 6.3 lies within the error of measuring"
    later = course(tmp_path / "more", answers, 16, day, reviews=False)
    assert raised(later)["worse_pain"] == 8


def test_a_flag_is_new_until_a_packet_had_it(tmp_path: Path, answers: dict[str, Any]) -> None:
    def day(coach: Coach, offset: int) -> None:
        coach.check_in(pain=8 if offset >= 9 else 4)
        if offset in (10, 14):
            coach.packet_given(coach.packet())

    packet = course(tmp_path, answers, 16, day, reviews=False)
    fresh = {each.id: each.new for each in packet.flags}
    assert fresh["flare_active"] is False, "it was in the packet of day 14"
    assert packet.number == 3
    before = Coach.open(tmp_path, today=START + timedelta(days=14)).packet()
    assert {each.id: each.new for each in before.flags}["flare_active"] is False
    assert {each.id: each.new for each in before.flags}["worse_pain"] is True


def test_sessions_over_the_ceiling_are_counted_and_marked(tmp_path: Path, answers: dict[str, Any]) -> None:
    def day(coach: Coach, offset: int) -> None:
        coach.check_in(pain=3)
        found = coach.today().day
        if found is not None and found.session:
            coach.log_session(rpe=4, before=2, pain=7 if offset < 5 else 3, form=0)

    packet = course(tmp_path, answers, 6, day)
    over = [each.date for each in packet.days if each.over]
    assert raised(packet)["sessions_over"] == len(over) >= 2
    assert all(each.session for each in packet.days if each.over)
    assert not packet.days[-1].over


def test_silence_is_told_and_a_pause_is_not_silence(tmp_path: Path, answers: dict[str, Any]) -> None:
    def day(coach: Coach, offset: int) -> None:
        if offset < 3:
            coach.check_in(pain=4)

    silent = course(tmp_path / "a", answers, 14, day, reviews=False)
    assert raised(silent)["quiet"] == 11
    assert raised(course(tmp_path / "b", answers, 12, day, reviews=False)).get("quiet") is None

    def paused(coach: Coach, offset: int) -> None:
        day(coach, offset)
        if offset == 3:
            coach.pause(coach.today_date, coach.today_date + timedelta(days=20), "travel")

    found = raised(course(tmp_path / "c", answers, 14, paused, reviews=False))
    assert "paused" in found
    assert "quiet" not in found


def test_one_session_of_three_is_too_few(tmp_path: Path, answers: dict[str, Any]) -> None:
    def day(coach: Coach, offset: int) -> None:
        coach.check_in(pain=4)
        found = coach.today().day
        if found is not None and found.session and not found.done_count:
            coach.log_session(rpe=3, before=3, pain=3, form=0)

    packet = course(tmp_path, answers, 15, day)
    assert raised(packet)["low_adherence"] == 2
    assert packet.adherence.frequency is not None
    assert packet.adherence.frequency < 0.5


def test_a_clinician_first_is_a_packet_without_a_plan(tmp_path: Path, answers: dict[str, Any]) -> None:
    from coach.problems import BadFile

    coach = Coach.open(tmp_path, today=START, at=f"{START}T07:00:00+00:00")
    given = {**answers, "rf12": "yes"}
    try:
        coach.assess(given)
    except BadFile as missing:
        coach.assess({**given, **dict.fromkeys((each.split(":")[0] for each in missing.details), "no")})
    packet = coach.packet()
    assert packet.plan is None
    assert {"triage_t1", "rf12"} <= set(raised(packet))
    assert packet.weeks == packet.measures == ()


@pytest.mark.parametrize(("words", "why"), [(True, "Feed the zebrafinch once."), (False, "")])
def test_a_goal_in_own_words_goes_with_the_words(
    tmp_path: Path, answers: dict[str, Any], words: bool, why: str
) -> None:
    coach = Coach.open(tmp_path, today=START, at=f"{START}T07:00:00+00:00")
    coach.assess(answers)
    decision = Decision(
        id="x", exercise="habit:valued_activity", name="Zebrafinch", rule="hab_up", action="advance",
        text="Feed the zebrafinch once.",
    )  # fmt: skip

    class Made:
        date, week = date(2026, 10, 5), 1

    found = _decision(Made, decision, coach.plan(), words=words)  # type: ignore[arg-type]
    assert (found.why, found.rule) == (why, "hab_up")
    assert bool(found.name) == words
