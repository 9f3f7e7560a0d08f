"""Consistency: the published formula, its examples, and what never lowers it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from math import prod
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from program_weeks import RULES, START
from test_programs_content import BANNED

from coach.model.exercise import Dose, Reason
from coach.model.log import CheckIn, ExerciseLog, History, Pause, SessionLog, SetLog, Skip
from coach.model.plan import Prescription, Session, Week
from coach.programs import rhythm
from coach.programs.barriers import barrier_of, load_barriers
from coach.programs.consistency import Consistency, consistency, units

DAYS = (0, 2, 4)
LADDERS = ("hng", "glu")


def given_exercise(ladder: str) -> Prescription:
    return Prescription(
        exercise=f"{ladder}_1", name=ladder, ladder=ladder, rung=1, component="c3", slot=3,
        dose=Dose(sets=2, reps=8), minutes=3, reason=Reason(rule="test", text=""),
    )  # fmt: skip


def week(number: int, sessions: int = 3) -> Week:
    starts = START + timedelta(days=7 * (number - 1))
    planned = tuple(
        Session(
            id=f"w{number:02d}_s{place + 1}", week=number, number=place + 1,
            date=starts + timedelta(days=DAYS[place]), minutes=20,
            prescriptions=tuple(given_exercise(each) for each in LADDERS),
        )
        for place in range(sessions)
    )  # fmt: skip
    return Week(number=number, starts=starts, phase="p1", phase_name="", sessions=planned)


def log(
    number: int, place: int, *, sets: int = 2, kind: Any = "full", form: Any = 0, **more: Any
) -> SessionLog:
    day = START + timedelta(days=7 * (number - 1) + DAYS[place - 1])
    done = tuple(
        ExerciseLog(
            exercise=f"{each}_1", planned_sets=2 if kind == "full" else 1, sets=(SetLog(reps=8),) * sets,
            sets_full=sets, form=form,
        )
        for each in LADDERS
    )  # fmt: skip
    name = f"w{number:02d}_s{place}"
    values = {"id": f"{day}/{name}", "session": name, "date": day, "kind": kind, "exercises": done, **more}
    return SessionLog(**values)


def skip(number: int, place: int) -> Skip:
    day = START + timedelta(days=7 * (number - 1) + DAYS[place - 1])
    name = f"w{number:02d}_s{place}"
    return Skip(id=f"{day}/{name}", session=name, date=day, reason="time")


def kept(*, weeks: int = 1, today: int | None = None, **history: Any) -> Consistency:
    lived = [week(number) for number in range(1, weeks + 1)]
    day = START + timedelta(days=7 * weeks if today is None else today)
    return consistency(lived, History(**history), day, RULES)


def pause(first: int, last: int) -> Pause:
    return Pause(id="b1", start=START + timedelta(days=first), end=START + timedelta(days=last))


WHOLE = (log(1, 1), log(1, 2), log(1, 3))
HALF = tuple(log(1, place, sets=1, kind="short") for place in (1, 2, 3))
EXAMPLES = {
    "all three, whole, good form": ({"sessions": WHOLE}, 1),
    "two of three": ({"sessions": WHOLE[:2]}, 2 / 3),
    "two, and one let go with a reason": ({"sessions": WHOLE[:2], "skips": (skip(1, 3),)}, 1),
    "two, and one in a short version": ({"sessions": (*WHOLE[:2], HALF[2])}, 1),
    "two short ones with half of the sets, one missed": ({"sessions": HALF[:2]}, 1 / 3),
    "three short ones, each with half of the sets": ({"sessions": HALF}, 1 / 2),
    "none, all three in a pause": ({"pauses": (pause(0, 6),)}, None),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_of_the_page(name: str) -> None:
    history, score = EXAMPLES[name]
    assert kept(**history).score == (None if score is None else pytest.approx(score))


def test_the_page_has_these_examples_and_no_others() -> None:
    page = (Path(__file__).parent.parent / "docs/consistency.md").read_text(encoding="utf-8")
    shown = dict(re.findall(r"^\| (.+?) \| (\d+ %|not counted)", page, re.MULTILINE))
    said = {n: "not counted" if s is None else f"{int(100 * s + 0.5)} %" for n, (_, s) in EXAMPLES.items()}
    assert shown == said


def test_two_of_three_is_two_thirds_over_four_weeks_too() -> None:
    logs = tuple(log(number, place) for number in range(1, 5) for place in (1, 2))
    found = kept(weeks=4, sessions=logs)
    assert (found.score, found.planned, found.done) == (pytest.approx(2 / 3), 12, 8)
    assert "67 %" in found.text


def test_only_four_weeks_count() -> None:
    logs = tuple(log(number, place) for number in (5, 6, 7, 8) for place in (1, 2, 3))
    assert kept(weeks=8, sessions=logs).score == pytest.approx(1)


def test_the_three_factors_multiply_to_the_score() -> None:
    strict = replace(RULES, values={**RULES.values, "con_skips": 0})
    logs = (log(1, 1, form=1), log(1, 2, sets=1, kind="short", form=2))
    found = consistency([week(1)], History(sessions=logs), START + timedelta(days=7), strict)
    assert found.score == pytest.approx(prod((found.frequency or 0, found.dose or 0, found.quality or 0)))
    assert (found.frequency, found.dose) == (pytest.approx(2 / 3), pytest.approx(3 / 4))
    assert found.quality == pytest.approx((0.9 + 0.5 * 0.75) / 1.5)


def test_a_lower_dose_of_the_day_is_all_of_it_when_done() -> None:
    """The same two sets fewer are a whole session where the plan asked for no more, and half where not."""
    easy = log(1, 1, sets=1)
    asked = tuple(replace(each, planned_sets=1) for each in easy.exercises)
    lowered = replace(easy, exercises=asked, overlay="easy")
    full = kept(sessions=(lowered, log(1, 2))).score
    half = kept(sessions=(easy, log(1, 2))).score
    assert full == pytest.approx(2 / 3)
    assert half is not None
    assert full is not None
    assert half < full


def test_the_flare_kit_counts_as_the_session() -> None:
    kit = SessionLog(
        id="k", session="w01_s3", date=START + timedelta(days=4), overlay="flare_kit",
        exercises=(ExerciseLog(exercise="bre_1"),),
    )  # fmt: skip
    assert kept(sessions=(*WHOLE[:2], kit)).score == pytest.approx(1)


def test_one_skip_a_week_is_within_the_budget_and_two_are_not() -> None:
    assert kept(sessions=WHOLE[:1], skips=(skip(1, 2), skip(1, 3))).score == pytest.approx(1 / 2)


def test_a_session_without_a_reason_given_is_not_excused() -> None:
    silent = Skip(id="s", session="w01_s3", date=START, reason="")
    assert kept(sessions=WHOLE[:2], skips=(silent,)).score == pytest.approx(2 / 3)


def test_weeks_that_nobody_reviewed_still_asked_for_their_sessions() -> None:
    assert kept(today=15, sessions=WHOLE).score == pytest.approx(3 / 6)


def test_a_session_done_later_in_its_week_counts() -> None:
    late = replace(WHOLE[0], date=START + timedelta(days=6))
    assert kept(sessions=(late,)).score == pytest.approx(1 / 3)


# ---- what never lowers it -------------------------------------------------------------------------

PLACES = [(number, place) for number in (1, 2, 3) for place in (1, 2, 3)]
entries = st.fixed_dictionaries(
    {
        "sessions": st.lists(
            st.tuples(
                st.sampled_from(PLACES), st.integers(0, 2), st.sampled_from(("full", "short")),
                st.sampled_from((None, 0, 1, 2)),
            ),
            unique_by=lambda each: each[0],
        ),
        "skips": st.lists(st.sampled_from(PLACES), unique=True, max_size=4),
        "pauses": st.lists(st.tuples(st.integers(0, 20), st.integers(0, 8)), max_size=2),
    }
)  # fmt: skip


def lived(values: dict[str, Any]) -> dict[str, Any]:
    return {
        "sessions": tuple(log(*at, sets=n, kind=kind, form=form) for at, n, kind, form in values["sessions"]),
        "skips": tuple(skip(*at) for at in values["skips"]),
        "pauses": tuple(pause(first, first + days) for first, days in values["pauses"]),
    }


def score(history: dict[str, Any], today: int) -> float | None:
    return kept(weeks=3, today=today, **history).score


@given(entries, st.integers(0, 27))
@settings(max_examples=150, deadline=None)
def test_it_lies_between_0_and_1_and_its_factors_multiply(values: dict[str, Any], today: int) -> None:
    found = kept(weeks=3, today=today, **lived(values))
    if found.score is None:
        assert found.planned == 0
        return
    assert 0 <= found.score <= 1
    if found.done:
        assert found.frequency is not None
        assert found.dose is not None
        assert found.quality is not None
        assert found.score == pytest.approx(found.frequency * found.dose * found.quality)


@given(entries, st.sampled_from(PLACES), st.integers(1, 2), st.integers(0, 27))
@settings(max_examples=250, deadline=None)
def test_doing_more_never_lowers_it(
    values: dict[str, Any], at: tuple[int, int], sets: int, today: int
) -> None:
    before = lived(values)
    already = {each.session for each in before["sessions"]}
    extra = log(*at, sets=sets, kind="short" if sets == 1 else "full")
    if extra.session in already or (extra.date - START).days > today:
        return
    old, new = score(before, today), score({**before, "sessions": (*before["sessions"], extra)}, today)
    assert new is not None
    assert old is None or new >= old - 1e-9


@given(entries, st.integers(0, 20), st.integers(0, 20), st.integers(0, 27))
@settings(max_examples=250, deadline=None)
def test_a_pause_never_lowers_it(values: dict[str, Any], first: int, days: int, today: int) -> None:
    before = lived(values)
    old = score(before, today)
    new = score({**before, "pauses": (*before["pauses"], pause(first, first + days))}, today)
    assert new is None or old is None or new >= old - 1e-9
    if new is None and old is not None:
        assert kept(weeks=3, today=today, **before).done == 0, "only what had nothing done goes uncounted"


@given(entries, st.randoms(use_true_random=False), st.integers(0, 27))
@settings(max_examples=100, deadline=None)
def test_the_order_of_entries_is_nothing_to_it(values: dict[str, Any], random: Any, today: int) -> None:
    history = lived(values)
    mixed = {name: tuple(random.sample(found, len(found))) for name, found in history.items()}
    day = START + timedelta(days=today)
    weeks = [week(number) for number in (1, 2, 3)]
    random.shuffle(weeks)
    one = consistency([week(number) for number in (1, 2, 3)], History(**history), day, RULES)
    assert consistency(weeks, History(**mixed), day, RULES) == one


# ---- this week ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "done", "expected"),
    [
        (0, 0, (2, 1, 5, True)),
        (4, 1, (2, 1, 2, True)),
        (4, 2, (2, 1, 3, True)),
        (6, 0, (2, 0, 0, False)),
        (6, 3, (2, 0, 1, True)),
    ],
)
def test_what_can_still_be_missed(today: int, done: int, expected: tuple[Any, ...]) -> None:
    found = kept(today=today, sessions=WHOLE[:done]).this_week
    assert found is not None
    assert (found.needed, found.can_miss, found.free_days, found.on_track) == expected


def test_paused_days_are_neither_asked_nor_free() -> None:
    found = kept(today=0, pauses=(pause(1, 3),)).this_week
    assert found is not None
    assert (found.planned, found.needed, found.free_days) == (2, 2, 2)


def test_texts_never_blame_and_never_speak_of_health_as_gained() -> None:
    for today in range(7):
        for done in range(4):
            found = kept(today=today, sessions=WHOLE[:done])
            assert found.this_week is not None
            for text in (found.text, found.this_week.text):
                assert not BANNED.search(text)
                assert not re.search(r"fail|should have|streak|lazy|only \d", text, re.IGNORECASE)


# ---- what there is to say -------------------------------------------------------------------------


def day(number: int) -> date:
    return START + timedelta(days=number)


def session_on(number: int, kind: Any = "full") -> SessionLog:
    return SessionLog(id=f"{number}", session="x", date=day(number), kind=kind)


def test_coming_back_is_praised_from_seven_days_and_for_a_week() -> None:
    def said(*days: int, today: int) -> str:
        history = History(sessions=tuple(session_on(each) for each in days))
        return rhythm.coming_back(history, day(today), RULES)

    assert "after 7 days" in said(0, 7, today=7)
    assert "after 7 days" in said(0, 7, 9, today=13)
    assert said(0, 7, 9, today=14) == ""
    assert said(0, 6, today=6) == ""
    assert said(5, today=5) == ""


def test_two_missed_in_a_row_are_answered_with_less() -> None:
    def warned(today: int, **history: Any) -> Any:
        found = History(**history)
        seen = units([week(1)], found, day(today), RULES)
        return rhythm.drop_out(seen, found, day(today), RULES)

    assert warned(2) is None
    assert warned(3).rule == "drop_out"
    assert "short version" in warned(3).text
    assert warned(3, skips=(skip(1, 2),)) is None, "one let go with a reason is no miss"
    assert warned(5, sessions=(log(1, 3),)) is None, "the last one was done"
    assert warned(3, pauses=(pause(0, 6),)) is None


def test_fading_check_ins_are_answered_with_less() -> None:
    def warned(*days: int, today: int = 13) -> Any:
        found = History(checkins=tuple(CheckIn(date=day(each), pain=3) for each in days))
        return rhythm.drop_out((), found, day(today), RULES)

    assert warned(0, 1, 2, 3).rule == "drop_out"
    assert warned(0, 1, 2, 3, 8).rule == "drop_out"
    assert warned(0, 1, 2, 3, 8, 9) is None
    assert warned(0, 1, 2) is None, "who never noted much has not stopped"


def test_if_then_uses_the_persons_own_moment() -> None:
    text = rhythm.if_then("after the first coffee.", 20)
    assert text.startswith("If-then plan: after the first coffee, I begin my session of 20 minutes.")
    assert rhythm.if_then("  ", 20) == ""


def test_every_barrier_changes_something_and_is_found_by_its_words() -> None:
    for each in load_barriers():
        assert barrier_of(each.id) == each
        assert each.changes
        assert each.command.startswith("coach ")
        assert not BANNED.search(f"{each.remedy} {' '.join(each.words)}")
    found = barrier_of("No time, too busy")
    assert found is not None
    assert found.id == "time"
    assert barrier_of("my cat had kittens") is None
    assert barrier_of("painting") is None, "a word within a word is no hit"
