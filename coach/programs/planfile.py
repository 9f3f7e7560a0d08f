"""Plan files: from the text of a file to what it says, or to everything that is wrong with it.

The language is described in docs/planfile.md; its parts are in `coach.programs.planlang`.
"""

from __future__ import annotations

from coach.programs.phases import Template
from coach.programs.planlang.builtin import load_template
from coach.programs.planlang.problem import PlanFileError, Problem
from coach.programs.planlang.reading import read_plan_file, template_of

__all__ = ["PlanFileError", "Problem", "load_template", "read_plan_file", "read_template", "template_of"]


def read_template(text: str, name: str) -> Template:
    """Read a programme shape from the text of a plan file. Raises `PlanFileError`."""
    return template_of(read_plan_file(text, name))
