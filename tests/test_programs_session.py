"""Today: overlays of flares, breaks, first sessions and readiness; rest days; what was done."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta

import pytest
from msgspec.structs import replace
from program_weeks import START, Life, one, plan

from coach.model.exercise import Dose, Reason
from coach.model.log import CheckIn, Flare, History, Pause, SessionLog, SetLog, Skip
from coach.model.plan import Plan
from coach.programs import flares
from coach.programs.overlays import overlays
from coach.programs.session import exercise_log, today


def days(number: int) -> timedelta:
    return timedelta(days=number)


def lived(made: Plan | None = None) -> Life:
    """A life with three weeks behind it, so that no rung is new."""
    life = Life(made)
    for _ in range(2):
        life.week()
        life.review()
    return life


def test_a_plain_day_is_the_plan() -> None:
    life = Life()
    life.morning()
    found = life.today()
    assert (found.state, found.overlay, found.reasons) == ("session", "", ())
    assert found.session == life.plan.week.sessions[0]
    assert [each.dose.sets for each in found.short] == [1] * len(found.short)
    assert 1 <= len(found.short) <= 3
    assert found.planned_count == 3


def test_before_the_start_paused_and_over() -> None:
    life = Life()
    assert today(life.plan, life.history, START - days(1)).state == "before_start"
    life.pauses = [Pause(id="b1", start=START, end=START + days(2))]
    assert life.today().state == "paused"
    assert life.today().session is None
    assert today(life.plan, life.history, START + days(3)).state == "session"
    over = today(life.plan, life.history, START + days(7))
    assert (over.state, over.review_due, over.session) == ("review_due", True, None)
    assert over.done_count == 0


def test_a_stopped_plan_shows_nothing() -> None:
    made = replace(plan(), reason=Reason(rule="r00", text=""))
    found = today(made, History(), START)
    assert found.state == "stopped"
    assert (found.session, found.walk, found.habits, found.kit) == (None, None, (), ())


def test_a_missed_session_is_offered_later_and_never_doubles() -> None:
    life = Life()
    second = life.plan.week.sessions[1].date
    found = today(life.plan, life.history, second)
    assert found.session is not None
    assert found.session.id == life.plan.week.sessions[0].id
    life.day = second
    life.log(found.session)
    assert today(life.plan, life.history, second).state == "done"
    later = today(life.plan, life.history, second + days(1))
    assert later.session is None or later.session.id == life.plan.week.sessions[1].id


def test_a_skipped_session_is_not_offered_again() -> None:
    life = Life()
    life.skips = [Skip(id="s", session=life.plan.week.sessions[0].id, date=START, reason="travel")]
    assert life.today().session is None
    assert life.today().next == life.plan.week.sessions[1]


# ---- missed sessions: every row of 6.5 ----------------------------------------------------------------


def gap(number: int, made: Plan | None = None) -> tuple[Life, object]:
    """A plan whose last session was so many days ago; the day is one with a session."""
    life = lived(made)
    life.logs = [each for each in life.logs if each.kind != "full"]
    life.day = life.plan.week.sessions[0].date
    life.morning()
    shown = life.plan.week.sessions[0]
    past = life.day - days(number)
    log = Life.log(life, replace(shown, id="w00_s1"))
    life.logs = [*life.logs[:-1], replace(log, date=past, id=f"{past}/w00_s1")]
    return life, life.today()


@pytest.mark.parametrize(
    ("number", "rule", "share"),
    [(1, "", 1.0), (3, "", 1.0), (4, "gap_short", 0.9), (7, "gap_short", 0.9), (8, "gap_week", 0.8),
     (14, "gap_week", 0.8), (15, "gap_long", 0.7), (28, "gap_long", 0.7), (29, "gap_long", 0.7)],
)  # fmt: skip
def test_a_break_costs_what_the_table_says(number: int, rule: str, share: float) -> None:
    life, found = gap(number)
    assert found.overlay == rule  # type: ignore[attr-defined]
    assert found.screen == {15: "mini", 28: "mini", 29: "full"}.get(number, "")  # type: ignore[attr-defined]
    planned = {each.slot: each for each in life.plan.week.sessions[0].prescriptions}
    for each in found.session.prescriptions:  # type: ignore[attr-defined]
        before = planned[each.slot]
        if rule == "gap_short" and before.frequency <= 2:
            assert each == before
        elif each.exercise == before.exercise:
            assert each.dose.size <= share * before.dose.size + 1e-6
            if share == 1:
                assert each == before
        else:
            assert rule == "gap_long"
            assert each.ladder == before.ladder
            assert each.rung < before.rung
            assert each.dose.sets <= before.dose.sets


def test_a_short_break_costs_one_session_and_a_week_off_a_week() -> None:
    for number, later in ((5, ""), (9, "gap_week")):
        life, found = gap(number)
        life.log(found.session)  # type: ignore[attr-defined]
        life.day = life.plan.week.sessions[1].date
        life.morning()
        again = life.today()
        assert again.session is not None
        assert again.overlay == later


def test_two_sessions_a_week_are_no_break() -> None:
    made = plan(days_per_week=2, days=("mon", "fri"))
    _, found = gap(4, made)
    assert found.overlay == ""  # type: ignore[attr-defined]


def test_a_heavy_rung_goes_down_after_eight_days() -> None:
    life = lived()
    session = next(s for s in life.plan.week.sessions if any(p.ladder == "hng" for p in s.prescriptions))
    place = next(i for i, each in enumerate(session.prescriptions) if each.ladder == "hng")
    old = session.prescriptions[place]
    heavy = replace(old, exercise="hng_6", rung=6, dose=Dose(sets=3, reps=8, load_kg=10, rpe=(5, 6)))
    easier = (replace(old, exercise="hng_5", rung=5), replace(old, exercise="hng_4", rung=4))
    levels = tuple(
        replace(each, exercise="hng_6", rung=6, dose=heavy.dose, prescription=heavy, easier=easier)
        if each.ladder == "hng"
        else each
        for each in life.plan.standing
    )
    given = (*session.prescriptions[:place], heavy, *session.prescriptions[place + 1 :])
    week = replace(life.plan.week, sessions=(replace(session, prescriptions=given),))
    life.plan = replace(life.plan, standing=levels, week=week)
    for number, rung in ((9, 5), (16, 4)):
        life.logs = []
        life.day = session.date
        log = life.log(replace(session, id="w00_s1"))
        life.logs = [replace(log, date=life.day - days(number))]
        life.morning()
        found = next(each for each in life.today().session.prescriptions if each.ladder == "hng")
        assert found.rung == rung


# ---- flares ---------------------------------------------------------------------------------------------


def flared(day: int, *, end: int | None = None, reviewed: bool = False) -> Life:
    """A life whose flare began so many days before its first session of the week."""
    life = lived()
    life.day = life.plan.week.sessions[0].date
    start = life.day - days(day)
    life.flares = [Flare(id="f1", start=start, end=None if end is None else start + days(end))]
    if reviewed:
        life.plan = replace(
            life.plan, kinds=(*life.plan.kinds[:-1], "flare"), flare_reviewed=life.day, made=life.day
        )
    for n in range(day + 1):
        life.checkins = [each for each in life.checkins if each.date != life.day - days(n)]
        life.checkins.append(CheckIn(date=life.day - days(n), pain=7 if end is None else 3))
    life.checkins.sort(key=lambda each: each.date)
    last = life.day - days(1)
    log = life.log(replace(life.plan.week.sessions[0], id="w00_s1"))
    life.logs = [each for each in life.logs[:-1] if each.date < start]
    life.logs.append(replace(log, date=min(last, start - days(1)), id="x"))
    return life


@pytest.mark.parametrize(
    ("day", "rule", "share"),
    [
        (3, "flare_low", 0.63),
        (5, "flare_low", 0.63),
        (6, "flare_mid", 0.765),
        (8, "flare_mid", 0.765),
        (9, "flare_full", 0.9),
    ],
)
def test_the_days_of_a_flare(day: int, rule: str, share: float) -> None:
    life = flared(day)
    x = life.logs.pop()
    life.logs += [replace(x, date=life.day - days(n), id=f"x{n}") for n in (14, 11, 8, 5, 2)]
    life.logs.sort(key=lambda each: each.date)
    found = life.today()
    assert (found.state, found.flare_day) == ("flare", day)
    assert rule in [each.rule for each in found.reasons]
    planned = {each.slot: each for each in life.plan.week.sessions[0].prescriptions}
    for each in found.session.prescriptions:
        if each.exercise == planned[each.slot].exercise:
            assert each.dose.size <= share * planned[each.slot].dose.size + 1e-6
        else:
            assert each.rung < planned[each.slot].rung


@pytest.mark.parametrize("day", [0, 1, 2])
def test_the_first_days_of_a_flare_are_the_kit(day: int) -> None:
    life = flared(day)
    found = life.today()
    assert (found.state, found.overlay) == ("flare", "flare_kit")
    assert found.session.prescriptions == life.plan.flare_kit
    assert found.walk is None
    assert {each.ladder for each in found.session.prescriptions} <= {"dir", "bre", "mob", "aer"}


def test_a_reviewed_flare_is_not_cut_twice() -> None:
    before = flared(7).today().session
    after = flared(7, reviewed=True).today().session
    assert sum(p.dose.size for p in after.prescriptions) > sum(p.dose.size for p in before.prescriptions)


def test_a_flare_that_a_review_cut_stays_cut_once_when_other_reviews_follow() -> None:
    cut = START + days(21)
    later = replace(plan(), kinds=("flare", "paused", "loaded"), flare_reviewed=cut, made=cut + days(14))
    assert flares.reviewed(Flare(id="f1", start=cut - days(4)), later)
    assert not flares.reviewed(Flare(id="f2", start=cut + days(4)), later)


def test_an_early_end_owes_both_steps_one_session_each() -> None:
    life = flared(3, end=2)
    rules_seen = []
    for each in life.plan.week.sessions:
        life.day = each.date
        life.morning()
        found = life.today()
        rules_seen.append(found.overlay)
        life.log(found.session)
    assert rules_seen == ["flare_low", "flare_mid", ""], "the week of the flare is over, and its review was"


@pytest.mark.parametrize(("start", "end", "shown"), [
    (0, 2, "flare_full"),  # inside the week that binds: its review is still to come
    (-5, -1, ""),  # a week that is over: told late, it changes no level any more
    (-5, 0, ""),
    (-5, 1, "flare_full"),
])  # fmt: skip
@pytest.mark.parametrize("cut", [False, True])
def test_the_cut_of_a_flare_ends_with_the_review_of_its_days(
    start: int, end: int, shown: str, cut: bool
) -> None:
    life = lived()
    week = life.plan.week.starts
    life.flares = [Flare(id="f1", start=week + days(start), end=week + days(end))]
    life.logs = [
        SessionLog(id=f"x{n}", session="w00_s1", date=week + days(n), kind="full") for n in range(end, 6)
    ]
    if cut:
        life.plan = replace(life.plan, flare_reviewed=week + days(6))
    life.day = week + days(6)
    life.morning()
    flare = flares.current(life.history, life.day)
    assert {each.rule for each in overlays(life.plan, life.history, life.day, flare, 80)} - {"gap_short"} == (
        {shown} - {""} if not cut else set()
    )


def test_a_late_review_cuts_for_a_flare_of_long_ago() -> None:
    """Evidence is read for fourteen days; the nine tenths of a flare-up come however late."""
    life = lived()
    before = {each.exercise: each.dose.size for each in life.plan.standing}
    week = life.plan.week.starts
    life.flares = [Flare(id="f1", start=week + days(1), end=week + days(4))]
    life.day = week + days(30)
    life.morning()
    made = life.review()
    assert (made.overall.kind, made.overall.flare_new) == ("flare", True)
    assert life.plan.flare_reviewed == life.day
    for each in life.plan.standing:
        if each.exercise in before:
            assert each.dose.size <= 0.9 * before[each.exercise] + 1e-9
    life.day += days(7)
    life.morning()
    assert life.review().overall.kind != "flare", "once a flare"


def pains(*values: float | None) -> History:
    return History(
        checkins=tuple(
            CheckIn(date=START + days(n), pain=each) for n, each in enumerate(values) if each is not None
        )
    )


def test_pain_defines_a_flare_by_two_mornings() -> None:
    calm = (3,) * 7
    assert flares.current(pains(*calm, 5), START + days(7)) is None
    found = flares.current(pains(*calm, 5, 5), START + days(8))
    assert found is not None
    assert (found.flare.start, found.day, found.active) == (START + days(8), 0, True)
    assert flares.current(pains(*calm, 5, 4.9), START + days(8)) is None
    assert flares.current(pains(*calm, 5, None, 5), START + days(9)) is None


def test_a_flare_ends_on_the_first_of_two_calm_days() -> None:
    history = pains(*(3,) * 7, 5, 6, 6, 4, 4)
    assert flares.current(history, START + days(10)).active  # type: ignore[union-attr]
    found = flares.current(history, START + days(11))
    assert found is not None
    assert not found.active
    assert found.flare.end == START + days(10)


def test_a_declared_flare_lasts_three_days_at_least() -> None:
    history = replace(pains(*(3,) * 14), flares=(Flare(id="f", start=START + days(8)),))
    assert flares.current(history, START + days(11)).active  # type: ignore[union-attr]
    assert flares.current(history, START + days(12)).flare.end == START + days(11)  # type: ignore[union-attr]


def test_a_flare_soon_after_another_continues_it() -> None:
    first = Flare(id="a", start=START, end=START + days(4))
    near = Flare(id="b", start=START + days(7), end=START + days(9))
    far = Flare(id="c", start=START + days(13), end=START + days(14))
    found = flares.flares(History(flares=(first, near, far)), START + days(20))
    assert [(each.id, each.end) for each in found] == [("a", START + days(9)), ("c", START + days(14))]


# ---- first session, readiness, rest ----------------------------------------------------------------------


def test_a_hard_first_session_scales_the_next_at_once() -> None:
    life = Life()
    first = life.plan.week.sessions[0].prescriptions
    life.morning()
    life.log(rpe=8)
    life.skips = [Skip(id="s", session=life.plan.week.sessions[1].id, date=START, reason="time")]
    life.day = life.plan.week.sessions[2].date
    life.logs[0] = replace(life.logs[0], date=life.day - days(3))
    life.morning()
    found = life.today()
    assert found.overlay == "first_session"
    planned = {each.exercise: each for each in life.plan.week.sessions[2].prescriptions}
    again = {each.exercise for each in first} & set(planned)
    assert again
    for each in found.session.prescriptions:
        if each.exercise in again:
            assert each.dose.size <= 0.8 * planned[each.exercise].dose.size
        else:
            assert each == planned[each.exercise]
    life.log(found.session)
    life.skips, life.day = [], life.day + days(1)
    life.morning()
    assert life.today().overlay == ""


def test_a_pain_rise_in_the_first_session_counts_too() -> None:
    for pain, rule in ((5.5, ""), (5.6, "first_session")):
        life = Life()
        life.morning()
        life.log(before=3, pain=pain)
        life.skips = [Skip(id="s", session=life.plan.week.sessions[1].id, date=START, reason="time")]
        life.day = life.plan.week.sessions[2].date
        life.logs[0] = replace(life.logs[0], date=life.day - days(3))
        life.morning()
        assert life.today().overlay == rule


def test_low_readiness_is_the_easy_version() -> None:
    life = Life()
    life.morning(sleep_hours=4, sleep_quality=2, stress=8)
    found = life.today()
    assert (found.state, found.overlay) == ("easy", "easy")
    for each, before in zip(
        found.session.prescriptions, life.plan.week.sessions[0].prescriptions, strict=True
    ):
        assert each.dose.sets == max(1, before.dose.sets - 1)
        assert each.dose.rpe[1] == before.dose.rpe[1] - 1


def test_only_the_largest_reason_applies() -> None:
    life, _ = gap(9)
    life.morning(sleep_hours=4, sleep_quality=1, stress=9)
    found = life.today()
    standing = {each.exercise: each for each in life.plan.week.sessions[0].prescriptions}
    both = [*found.reasons, *found.ignored]
    assert {each.rule for each in both} == {"gap_week", "easy"}
    for each in found.session.prescriptions:
        sets = standing[each.exercise].dose.sets
        alone = min(0.8, (sets - 1) / sets if sets > 1 else 1)
        assert each.dose.size >= alone * standing[each.exercise].dose.size * 0.7


def test_in_a_deload_week_the_smaller_dose_holds_not_both() -> None:
    life = lived()
    life.week()
    life.review()
    assert life.plan.week.deload
    life.day = life.plan.week.sessions[0].date
    life.morning(sleep_hours=4, sleep_quality=1, stress=9)
    standing = {each.exercise: each.dose for each in life.plan.standing}
    for each, before in zip(
        life.today().session.prescriptions, life.plan.week.sessions[0].prescriptions, strict=True
    ):
        easy = max(1, standing[each.exercise].sets - 1)
        assert each.dose.sets == min(before.dose.sets, easy)


def test_a_day_of_rest_lies_between_two_hard_sessions() -> None:
    life = lived()
    sessions = []
    for each in life.plan.week.sessions:
        given = tuple(
            replace(p, dose=replace(p.dose, rpe=(5, 6))) if p.component == "c3" else p
            for p in each.prescriptions
        )
        sessions.append(replace(each, prescriptions=given))
    life.plan = replace(life.plan, week=replace(life.plan.week, sessions=tuple(sessions)))
    life.day = sessions[1].date
    life.morning()
    life.log()
    tomorrow = today(life.plan, life.history, life.day + days(1))
    assert (tomorrow.state, tomorrow.session) == ("rest", None)
    assert today(life.plan, life.history, life.day + days(2)).session is not None


def test_week_two_guard() -> None:
    life = Life()
    life.week()
    life.review()
    found = [[each.rule for each in today(life.plan, life.history, START + days(n)).notices] for n in (9, 10)]
    assert found == [[], ["week_2"]]


# ---- logs -------------------------------------------------------------------------------------------------


def test_exercise_log_of_all_as_prescribed() -> None:
    given = plan().week.sessions[0].prescriptions[1]
    log = one(given)
    assert (log.status, log.planned_sets, log.sets_full) == ("done", given.dose.sets, given.dose.sets)
    assert log.planned_size == given.dose.size
    assert not log.at_top
    assert exercise_log(given, top=given.dose.reps).at_top


def test_exercise_log_counts_only_full_sets() -> None:
    given = replace(plan().week.sessions[0].prescriptions[1], dose=Dose(sets=3, reps=8, load_kg=4))
    sets = (SetLog(reps=8, load_kg=4), SetLog(reps=9), SetLog(reps=7), SetLog(reps=8, load_kg=3))
    log = exercise_log(given, sets=sets)
    assert (log.status, log.sets_full, log.load_kg) == ("partial", 2, 3)
    assert exercise_log(given, sets=()).status == "skipped"
    assert exercise_log(given, status="skipped").sets == ()


def test_the_daily_path_reads_no_file_and_no_library() -> None:
    code = (
        "import sys, coach.programs.session as s; "
        "bad = {'tomllib', 'yaml', 'asyncio', *('coach.programs.' + n for n in "
        "('library', 'review', 'rules', 'prescribe', 'planfile'))}; "
        "print(sorted(bad & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_a_flare_left_open_stays_over_however_long_ago_it_was() -> None:
    """Its end is read off the mornings round it, and not only off those of the last weeks."""
    start = date(2026, 1, 5)
    pains = {16: 7, 17: 7, 18: 6, 19: 5}
    mornings = tuple(
        CheckIn(date=start + timedelta(days=day), pain=float(pains.get(day, 4))) for day in range(120)
    )
    declared = Flare(id="f01", start=start + timedelta(days=16))
    history = History(checkins=mornings, flares=(declared,))
    for day in (30, 84, 100, 119):
        found = flares.current(history, start + timedelta(days=day))
        assert found is not None
        assert not found.active, day
        assert found.flare.end == start + timedelta(days=19)
