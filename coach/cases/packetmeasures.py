"""The measures of a packet: pain against the start, own activities, questionnaires and tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.cases.measuring import courses_of
from coach.desk import Desk
from coach.model.packet import MeasureOf, ResponseOf
from coach.tables import Reading

if TYPE_CHECKING:
    from coach.model.charts import Insight
    from coach.model.plan import Plan
    from coach.questionnaires.course import Course

_MOST = 120


def response(seen: Insight, plan: Plan) -> ResponseOf:
    """Mean pain of the last week against the week before the start, with the error of measuring."""
    from coach.questionnaires.scoring import change

    pain = seen.series[0]
    baseline = pain.baseline if pain.baseline is not None else plan.entry_pain
    judged = change("nprs", baseline, pain.now)
    return ResponseOf(
        baseline=baseline,
        now=pain.now,
        mornings=pain.now_days,
        change=judged.change,
        band=pain.band,
        inside=judged.inside_mdc,
        verdict=judged.verdict,
        text=judged.text,
    )


def measures(desk: Desk, seen: Insight, *, words: bool) -> tuple[MeasureOf, ...]:
    """The own activities first, then every measure and test; pain stands in the response."""
    found = []
    for number, each in enumerate(seen.goals, start=1):
        if each.points and each.baseline is not None:
            now = each.points[-1]
            again = len(each.points) > 1
            found.append(
                MeasureOf(
                    id=each.id,
                    name=each.name.removeprefix("Goal: ") if words else f"own activity {number}",
                    unit="0-10, 10 as before",
                    baseline=each.baseline,
                    baseline_date=each.points[0].date,
                    now=now.value,
                    now_date=now.date,
                    change=round(now.value - each.baseline, 4) if again else None,
                    band=each.band,
                    verdict=each.verdict if again else "once",
                )
            )
    found += [_row(row) for row in courses_of(_care(desk)) if row.measure != "nprs"]
    return tuple(found[:_MOST])


def _row(row: Course) -> MeasureOf:
    return MeasureOf(
        id=row.measure, name=row.name, unit=row.unit, baseline=row.baseline,
        baseline_date=row.baseline_date, now=row.now, now_date=row.now_date, change=row.change,
        band=row.mdc, verdict=row.verdict, text=row.text[:500],
    )  # fmt: skip


def _care(desk: Desk) -> tuple[Reading, ...]:
    """The running file, and those it goes on from, oldest first."""
    names = desk.names()
    place = names.index(desk.file_for(desk.today))
    found = [desk.read(names[place])]
    while place and found[0].episode.kind == "maintenance":
        place -= 1
        found.insert(0, desk.read(names[place]))
    return tuple(found)
