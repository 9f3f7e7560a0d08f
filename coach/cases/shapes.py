"""The programme behind a plan: a built-in shape, or the therapist's file that was applied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.model.plan import Plan
from coach.problems import NeedsDoctor
from coach.tables import Tables

if TYPE_CHECKING:
    from coach.model.applied import AppliedFile
    from coach.programs.library import Library
    from coach.programs.phases import Template

TABLE = "files"
"""Where the applied files are kept."""


def course_of(tables: Tables, plan: Plan, library: Library | None = None) -> tuple[Template, Library]:
    """Shape and library that a version of the plan was made with.

    ``library`` is the whole one, where it is at hand. Raises `NeedsDoctor` where the file behind the plan is
    not in the journal or cannot be read any more.
    """
    from coach.programs.library import load_library
    from coach.programs.planlang.builtin import load_template

    library = library or load_library()
    if not plan.file:
        return load_template(plan.template), library
    found = applied(tables, plan.file)
    from coach.programs.planlang.problem import PlanFileError
    from coach.programs.steering import shaped, tailored

    try:
        shape = shaped(found, library)
    except PlanFileError as error:
        raise NeedsDoctor(
            f"The plan file “{found.title or found.name}” cannot be read by this version of coach.",
            "apply a newer one: coach planfile apply FILE",
            details=tuple(f"line {each.line}: {each.message}" for each in error.problems[:5]),
        ) from None
    return shape, tailored(library, shape.orders)


def applied(tables: Tables, name: str) -> AppliedFile:
    """The applied file of this id. Raises `NeedsDoctor` where it is gone."""
    from coach.model.applied import AppliedFile

    found = tables.one(TABLE, name, AppliedFile)
    if found is None:
        raise NeedsDoctor(f"The plan file {name} behind your plan is not in the journal.", "coach doctor")
    return found
