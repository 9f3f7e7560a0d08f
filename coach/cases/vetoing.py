"""Taking back what the last review raised or swapped, until its week is over."""

from __future__ import annotations

import msgspec

from coach.cases.keeping import put_plan
from coach.cases.shapes import course_of
from coach.cases.weekly import Reviewed
from coach.desk import Desk
from coach.model.plan import Origin, Plan
from coach.model.review import Review
from coach.problems import BadValue, NothingToDo
from coach.tables import Reading


def veto(desk: Desk, ids: tuple[str, ...]) -> Reviewed:
    """Take back rises and swaps of the last review, until its week is over."""
    from coach.programs.review import veto as take_back

    reading = desk.read()
    last = reading.last("reviews", Review)
    plan = reading.plan
    if last is None or not _open_to_veto(reading, last, plan):
        raise NothingToDo(
            "There is no review that can still be vetoed.", "after a review: coach review --veto ID"
        )
    cards = (*last.decisions, *last.habits)
    known = {name for each in cards for name in (each.id, each.exercise, each.id.removeprefix("habit:"))}
    unknown = [each for each in ids if each not in known]
    if unknown:
        raise BadValue(
            f"“{unknown[0]}” is not a card of the last review.",
            f"there is: {', '.join(each.id for each in cards)}",
        )
    before = next(each for each in reading.all("plans", Plan) if each.id == last.plan_before)
    changed, after, refused = take_back(last, before, plan, ids, *course_of(reading, plan))
    if after.id != plan.id:
        origin = Origin(kind="veto", date=desk.today, review=last.id, ids=tuple(ids))
        after = msgspec.structs.replace(after, origin=origin)
    with desk.write("veto", reading.name, expect_rev=reading.revision) as writing:
        writing.put("reviews", changed)
        put_plan(writing, writing.episode, after)
    return Reviewed(review=changed, before=before, plan=after, refused=refused)


def _open_to_veto(reading: Reading, last: Review, plan: Plan) -> bool:
    """Whether nothing but a wish to hold has changed the plan since its review."""
    since = [*reading.all("plans", Plan), plan]
    names = [each.id for each in since]
    if last.plan_after not in names:
        return False
    later = since[names.index(last.plan_after) + 1 :]
    return all(each.origin is not None and each.origin.kind == "hold" for each in later)
