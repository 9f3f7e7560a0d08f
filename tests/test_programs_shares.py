"""A direction that provoked gets no larger share (``progression.md`` 12), and a stopped walk is no walk."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace
from program_invariants import check, level, week_share
from program_weeks import (
    RULES,
    Life,
    case_of,
    evidence,
    library,
    overall,
    plan,
    review_of,
    situation,
    standing,
    template,
)

from coach.model.exercise import Dose
from coach.model.plan import Action, Week
from coach.programs.allowed import Context
from coach.programs.balance import own_kept, share_kept, week_kept
from coach.programs.decide import Outcome, decide
from coach.programs.limits import limited
from coach.programs.turning import Place, Turn


def place(*provoked: str, **fields: Any) -> Place:
    return Place(
        library=library(),
        context=Context.of(plan(), 3),
        phase=template().phase(3),
        week=3,
        overall=overall(provoked=provoked, **fields),
        rules=RULES,
    )


def test_only_a_stop_leaves_one_set_of_one_where_it_is() -> None:
    """After strong pain such a level steps back (``clinical.md`` 6.7), unless everything stops anyway."""
    old = standing("hng_2", dose=Dose(sets=1, reps=1, rpe=(4, 6)))
    hurt, room = evidence(old, D=(4, 0, 0)), situation()
    for week, action in ((overall(), "step_back"), (overall(red_flag=True), "stop_all")):
        case = case_of(hurt, week, old, room)
        found = limited(decide(case), case)
        made = review_of(week)
        assert found.action == action
        assert found.dose.size == 1
        if action == "stop_all":
            level(hurt, old, found.dose, made, rose=False)
        else:
            with pytest.raises(AssertionError):
                level(hurt, old, found.dose, made, rose=False)


def turn(name: str, before: int, after: int, action: Action, **fields: Any) -> Turn:
    old = standing(name, dose=Dose(sets=before, reps=6, rpe=(4, 6)), **fields)
    dose = replace(old.dose, sets=after)
    outcome = Outcome(rule="r00" if action == "stop_all" else "r05", action=action, dose=dose, shown=dose)
    return Turn(before=old, exercise=library().exercises[name], evidence=evidence(old), outcome=outcome)


def sets(turns: list[Turn]) -> dict[str, int]:
    return {each.exercise.id: each.outcome.dose.sets for each in turns}


def test_a_cut_elsewhere_takes_a_set_of_what_provoked() -> None:
    turns = [turn("ext_1", 2, 2, "hold"), turn("sqt_1", 3, 1, "reduce40"), turn("hng_1", 3, 3, "hold")]
    assert sets(share_kept(turns, place("extension"))) == {"ext_1": 1, "sqt_1": 1, "hng_1": 3}
    assert share_kept(turns, place("flexion")) == turns


def test_a_plan_that_rests_keeps_the_share_of_its_levels() -> None:
    turns = [
        turn("ext_1", 2, 2, "stop_all"),
        turn("sqt_1", 3, 1, "stop_all"),
        turn("hng_1", 3, 3, "stop_all"),
    ]
    made = share_kept(turns, place("extension", red_flag=True))
    assert sets(made) == {"ext_1": 1, "sqt_1": 1, "hng_1": 3}
    assert {(each.outcome.action, each.outcome.rule) for each in made} == {("stop_all", "r00")}


def test_a_set_taken_from_one_direction_is_weighed_against_the_other() -> None:
    """Directions are looked at until none has grown, in whatever order they stand."""
    turns = [turn("ext_1", 10, 10, "hold"), turn("rot_3", 10, 10, "hold"), turn("sqt_1", 20, 17, "reduce40")]
    made = sets(share_kept(turns, place("extension", "side")))
    total = sum(made.values())
    assert made["ext_1"] / total <= 0.25
    assert made["rot_3"] / total <= 0.25
    assert min(made["ext_1"], made["rot_3"]) >= 7


def test_what_still_waits_has_no_share() -> None:
    turns = [
        turn("ext_1", 4, 3, "reduce40"),
        turn("sqt_1", 6, 3, "reduce40"),
        turn("rot_3", 10, 10, "hold", deferred=True),
    ]
    assert sets(share_kept(turns, place("extension")))["ext_1"] == 2


def with_sets(week: Week, name: str, number: int) -> Week:
    sessions = tuple(
        replace(
            session,
            prescriptions=tuple(
                replace(p, direction="side", dose=replace(p.dose, sets=number)) if p.exercise == name else p
                for p in session.prescriptions
            ),
        )
        for session in week.sessions
    )
    return replace(week, sessions=sessions)


def test_the_week_that_is_built_keeps_the_share_too() -> None:
    week = Life().plan.week
    name = next(p.exercise for p in week.sessions[0].prescriptions if p.slot == 3)
    last, coming = with_sets(week, name, 2), with_sets(week, name, 3)
    assert week_kept(coming, last, ()) == coming
    made = week_kept(coming, last, ("side",))
    assert week_share(made, "side") <= week_share(last, "side")
    assert "no larger share" in next(
        p.note for s in made.sessions for p in s.prescriptions if p.exercise == name and p.dose.sets == 2
    )
    assert week_kept(coming, replace(last, sessions=()), ("side",)) == coming


def test_at_one_set_each_it_comes_in_fewer_sessions_but_stays() -> None:
    last = Life().plan.week
    lighter = tuple(
        replace(s, prescriptions=tuple(replace(p, dose=replace(p.dose, sets=1)) for p in s.prescriptions))
        for s in last.sessions
    )
    coming = replace(last, sessions=lighter)
    assert [p.exercise for s in coming.sessions for p in s.prescriptions if p.direction == "side"] == [
        "mob_2",
        "mob_2",
    ]
    made = week_kept(coming, last, ("side",))
    assert week_share(made, "side") <= week_share(last, "side")
    first, _, third = made.sessions
    assert first == coming.sessions[0]
    assert "mob_2" not in {p.exercise for p in third.prescriptions}
    assert third.minutes == pytest.approx(sum(p.minutes for p in third.prescriptions), abs=0.06)
    assert [each.rule for each in made.notes][-1] == "inv_12"


def test_what_replaces_a_stopped_walk_is_no_walk() -> None:
    life = Life()
    life.week()
    before = life.plan
    walk = next(each for each in life.logs if each.kind == "walk")
    hurt = replace(walk, exercises=tuple(replace(each, leg="new") for each in walk.exercises))
    life.logs = [hurt if each is walk else each for each in life.logs]
    made = life.review()
    card = next(each for each in made.decisions if each.action == "stop")
    assert (card.exercise.split("_")[0], card.to) == ("aer", "neu_1")
    assert life.plan.walk is None
    assert life.plan.week.walk is None
    assert life.standing("neu_1").slot == 2
    check(before, made, life.plan)


def test_where_no_strength_work_is_left_control_rests_too() -> None:
    """A plan that came down to two control exercises: the one that provoked rests, and one stays."""
    last = Life().plan.week
    every = [p for s in last.sessions for p in s.prescriptions]
    hurts = next(p for p in every if p.direction == "side")
    other = next(p for p in every if p.component == "c2" and p.direction == "none")

    def of(sets: int) -> Week:
        both = (
            replace(hurts, dose=replace(hurts.dose, sets=1)),
            replace(other, dose=replace(other.dose, sets=sets)),
        )
        return replace(last, sessions=tuple(replace(s, prescriptions=both) for s in last.sessions))

    made = week_kept(of(1), of(2), ("side",))
    assert week_share(made, "side") <= week_share(of(2), "side")
    assert all(session.prescriptions for session in made.sessions)
    alone = replace(
        of(1), sessions=tuple(replace(s, prescriptions=s.prescriptions[:1]) for s in last.sessions)
    )
    assert all(session.prescriptions for session in week_kept(alone, of(2), ("side",)).sessions)


def test_what_comes_once_at_one_set_rests_for_the_week() -> None:
    last = Life().plan.week
    every = [p for s in last.sessions for p in s.prescriptions]
    hurts = next(p for p in every if p.direction == "side")
    strong = next(p for p in every if p.component == "c3" and p.direction == "none")

    def of(sets: int) -> Week:
        work = replace(strong, dose=replace(strong.dose, sets=sets))
        once = (replace(hurts, dose=replace(hurts.dose, sets=1)), work)
        sessions = tuple(
            replace(s, prescriptions=once if n == 0 else (work,)) for n, s in enumerate(last.sessions)
        )
        return replace(last, sessions=sessions)

    made = week_kept(of(1), of(2), ("side",))
    assert week_share(made, "side") == 0
    assert "rests this week" in made.notes[-1].text
    assert week_kept(of(2), of(2), ("side",)) == of(2)


def test_the_profiles_own_minutes_stay_within_their_share() -> None:
    week = Life().plan.week

    def owned(sets: int) -> Week:
        """Each session's first exercise is the profile's own, with so many sets; the others have one."""
        sessions = []
        for session in week.sessions:
            first, *rest = (replace(p, dose=replace(p.dose, sets=1)) for p in session.prescriptions)
            first = replace(first, reason=replace(first.reason, rule="profile_load"))
            first = replace(first, dose=replace(first.dose, sets=sets))
            sessions.append(replace(session, prescriptions=(first, *rest)))
        return replace(week, sessions=tuple(sessions))

    def share(made: Week) -> float:
        every = [p for s in made.sessions for p in s.prescriptions]
        own = sum(p.dose.time_min for p in every if p.reason.rule == "profile_load")
        return 100 * own / sum(p.dose.time_min for p in every)

    assert share(owned(6)) > 40
    made = own_kept(owned(6), library())
    assert share(made) <= 40
    assert all(p.dose.sets == 1 for s in made.sessions for p in s.prescriptions[1:])
    assert own_kept(owned(1), library()) == owned(1)
