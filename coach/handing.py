"""The part of `Coach` for plan files: checking, previewing, comparing and applying them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.desk import Desk

if TYPE_CHECKING:
    from datetime import date

    from coach.cases.applying import Applied
    from coach.cases.handed import Checked, Previewed


class Handing:
    """What `Coach` does with the plan files that a therapist hands out; not used by itself."""

    _desk: Desk

    def apply_plan_file(
        self,
        data: bytes,
        name: str,
        *,
        signature: bytes | None = None,
        cleared_by: str = "",
        cleared_on: date | None = None,
        dry_run: bool = False,
    ) -> Applied:
        """Make the plan of a file the person's own; into a running plan it is merged.

        ``name`` is how messages call the file, ``signature`` what stands in ``FILE.sig``. A warning sign is
        cleared only by the therapist's name and the date of the examination. Raises `BadFile` with
        everything that is wrong in it, and `Withheld` for a signature that does not fit, and where the
        safety answers close the plan.
        """
        from coach.cases import applying, planfiles, signing

        if signature is not None:
            signing.intact(data, signature)  # before the first byte of the file is made sense of
        file, kept = planfiles.taken(data, name)
        return applying.apply(
            self._desk,
            file,
            kept,
            data=data,
            signature=signature,
            cleared_by=cleared_by,
            cleared_on=cleared_on,
            dry_run=dry_run,
        )

    def check_plan_file(self, data: bytes, name: str, *, signature: bytes | None = None) -> Checked:
        """Read a plan file, run the tests inside it, and give advice on it.

        Raises `BadFile` with everything that is wrong in it.
        """
        from coach.cases import handed

        return handed.check(self._desk, data, name, signature=signature)

    def preview_plan_file(self, data: bytes, name: str, *, signature: bytes | None = None) -> Previewed:
        """The weeks of a plan file, for the person of this home or else for a made-up one."""
        from coach.cases import handed

        return handed.preview(self._desk, data, name, signature=signature)

    def compare_plan_files(
        self, before: tuple[bytes, str] | None, after: tuple[bytes, str]
    ) -> tuple[str, ...]:
        """What is different between two plan files, each given by its bytes and its name, in clinical words.

        Without the first it is compared with the file that runs here.
        """
        from coach.cases import handed

        return handed.differences(self._desk, before, after)
