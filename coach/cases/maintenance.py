"""After the last week: the episode of maintenance, with what of the one before it goes on."""

from __future__ import annotations

from datetime import timedelta

import msgspec

from coach.cases.keeping import put_plan
from coach.cases.shapes import TABLE, applied
from coach.desk import Desk
from coach.model.assessment import Response, Triage
from coach.model.plan import Origin


def open_maintenance(desk: Desk) -> str | None:
    """After week 12, open the maintenance episode; its file, or null when it is not time.

    A crash between the two files is made good by the next review, for what is asked is only
    whether the running plan has gone past its weeks.
    """
    reading = desk.read()
    plan, episode = reading.plan, reading.episode
    if plan.week.number <= plan.weeks:
        return None
    # today's entries are in the running file, so the next one covers the days from tomorrow
    name = desk.store.new_name(max(plan.week.starts, desk.today + timedelta(days=1)))
    carried = msgspec.structs.replace(
        plan, weeks=plan.weeks + 12, origin=Origin(kind="carried", date=desk.today)
    )
    with desk.write("maintenance", name, create=True) as writing:
        fresh = msgspec.structs.replace(episode, kind="maintenance", number=episode.number + 1, reviewed=None)
        for table, kind in (("responses", Response), ("triage", Triage)):
            last = reading.last(table, kind)
            if last is not None:
                writing.put(table, last)
        if reading.profile is not None:
            writing.put("profile", reading.profile)
        for clearance in reading.clearances:
            writing.put("clearances", clearance)
        if plan.file:
            writing.put(TABLE, applied(reading, plan.file))
        put_plan(writing, fresh, carried)
    return name
