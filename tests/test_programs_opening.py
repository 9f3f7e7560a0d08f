"""Ladders that the first weeks bar come in by a review, within the caps (``clinical.md`` 5.1, 5.3, 6.2)."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace
from program_invariants import check
from program_weeks import START, Life, library, plan, template
from programs_case import person

from coach.model.log import Flare
from coach.programs.prescribe import prescribe


def life(**fields: Any) -> Life:
    """Somebody who starts at the lowest step, and whose arching is left out in weeks 1 to 4."""
    profile = person(primary="load", tier="e1", tags=("ext",), walk_minutes=20, pain=4, **fields)
    return Life(prescribe(profile, plan().preferences, template(), library(), start=START))


def shown(made: Life) -> set[str]:
    return {each.ladder for session in made.plan.week.sessions for each in session.prescriptions}


def waiting(made: Life) -> list[str]:
    return [each.exercise for each in made.plan.standing if each.deferred]


def until_week(made: Life, number: int) -> None:
    while made.plan.week.number < number:
        made.week()
        before = made.plan
        check(before, made.review(), made.plan)


def test_a_barred_ladder_waits_and_says_why() -> None:
    made = life()
    assert waiting(made) == ["ext_1"]
    assert "ext" not in shown(made)
    standing = next(each for each in made.plan.standing if each.deferred)
    assert standing.prescription.reason.rule == "deferred"
    assert "week 5" in standing.prescription.reason.text


def test_it_begins_with_the_review_before_week_five_and_not_earlier() -> None:
    made = life()
    until_week(made, 4)
    assert waiting(made) == ["ext_1"]
    assert not any(each.action == "start" for review in made.reviews for each in review.decisions)
    before = made.plan
    made.week()
    done = made.review()
    check(before, done, made.plan)
    card = next(each for each in done.decisions if each.action == "start")
    assert (card.exercise, card.rule, card.before) == ("ext_1", "opened", None)
    assert card.text.startswith(card.name)
    assert waiting(made) == []
    assert "ext" in shown(made)
    new = made.standing("ext_1")
    assert (new.since_week, new.started, new.levels) == (5, False, ())
    made.week()
    assert "ext_1" in [each.exercise for each in made.review().evidence]


@pytest.mark.parametrize("why", ["screen", "flare", "sleep", "tag"])
def test_a_week_that_raises_nothing_lets_nothing_in(why: str) -> None:
    made = life()
    until_week(made, 4)
    if why == "flare":
        made.flares = [Flare(id="f1", start=made.day)]
    if why == "tag":
        made.plan = replace(made.plan, tags=("ext", "preg"))
    made.week(morning={"sleep_hours": 4} if why == "sleep" else None)
    done = made.review(screen=None) if why == "screen" else made.review()
    assert not [each for each in done.decisions if each.action == "start"]
    assert waiting(made)


def test_new_steps_of_a_week_are_shared_with_it() -> None:
    """With as many advances as the week may have, it waits."""
    from coach.programs import opening
    from coach.programs.turning import Turn

    made = life()
    until_week(made, 4)
    made.week()
    before = made.plan
    seen: list[int] = []

    def counted(plan_: Any, after: Any, turns: Any, place: Any, *rest: Any) -> Any:
        ups = [each for each in turns if each.before.ladder != "aer"][:3]
        full = [replace(each, outcome=replace(each.outcome, action="advance")) for each in ups]
        assert all(isinstance(each, Turn) for each in full)
        for some in (full, full[:2]):
            _, cards = opening.opened(plan_, after, some, place, *rest)
            seen.append(len(cards))
        return opening.opened(plan_, after, turns, place, *rest)

    import coach.programs.review as module

    original = module.opened
    module.opened = counted  # type: ignore[assignment]
    try:
        made.review()
    finally:
        module.opened = original
    assert before.week.number == 4
    assert seen == [0, 1]


def test_nobody_waits_without_a_reason() -> None:
    assert not [each for each in plan().standing if each.deferred]
