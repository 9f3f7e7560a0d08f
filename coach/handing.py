"""The part of `Coach` for plan files: checking, previewing, comparing and applying them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.desk import Desk

if TYPE_CHECKING:
    from datetime import date

    from coach.cases.applying import Applied


class Handing:
    """What `Coach` does with the plan files that a therapist hands out; not used by itself."""

    _desk: Desk

    def apply_plan_file(
        self,
        data: bytes,
        name: str,
        *,
        cleared_by: str = "",
        cleared_on: date | None = None,
        dry_run: bool = False,
    ) -> Applied:
        """Make the plan of a file the person's own; into a running plan it is merged.

        ``name`` is how messages call the file. A warning sign is cleared only by the therapist's name and
        the date of the examination. Raises `BadFile` with everything that is wrong in it, and `Withheld`
        where the safety answers close the plan.
        """
        from coach.cases import applying, planfiles

        file, kept = planfiles.taken(data, name)
        return applying.apply(
            self._desk, file, kept, cleared_by=cleared_by, cleared_on=cleared_on, dry_run=dry_run
        )
