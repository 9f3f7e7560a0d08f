"""The programme shape behind a plan: a built-in one, or the therapist's file that was applied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.desk import Tables
from coach.model.plan import Plan
from coach.problems import NeedsDoctor

if TYPE_CHECKING:
    from coach.model.applied import AppliedFile
    from coach.programs.phases import Template

TABLE = "files"


def shape_of(tables: Tables, plan: Plan) -> Template:
    """The shape that a version of the plan was made with.

    Raises `NeedsDoctor` where the file behind it is not in the journal or cannot be read any more.
    """
    from coach.programs.planfile import load_template

    if not plan.file:
        return load_template(plan.template)
    return read_shape(applied(tables, plan.file))


def read_shape(applied: AppliedFile) -> Template:
    """The shape of an applied file."""
    from coach.programs.planfile import PlanFileError
    from coach.programs.steering import shaped

    try:
        return shaped(applied)
    except PlanFileError as error:
        raise NeedsDoctor(
            f"The plan file “{applied.title or applied.name}” cannot be read by this version of coach.",
            "apply a newer one: coach planfile apply FILE",
            details=tuple(str(each) for each in error.problems[:5]),
        ) from None


def applied(tables: Tables, name: str) -> AppliedFile:
    """The applied file of this id. Raises `NeedsDoctor` where it is gone."""
    from coach.model.applied import AppliedFile

    found = tables.one(TABLE, name, AppliedFile)
    if found is None:
        raise NeedsDoctor(f"The plan file {name} behind your plan is not in the journal.", "coach doctor")
    return found
