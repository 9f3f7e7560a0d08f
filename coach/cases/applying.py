"""Applying a therapist's plan file: safety first, then the plan, then what of the running one it keeps."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec

from coach.cases import signing
from coach.cases.clearing import response_of, screened
from coach.cases.keeping import done_sessions, next_id, put_plan, put_triage
from coach.cases.shapes import TABLE
from coach.desk import Desk
from coach.model.applied import AppliedFile, Seal
from coach.model.assessment import Clearance, Profile, Triage
from coach.model.noun import Noun
from coach.model.plan import Origin, Plan, Preferences
from coach.problems import BadValue
from coach.tables import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from coach.model.planfile import PlanFile
    from coach.programs.library import Library
    from coach.programs.phases import Template


class Applied(Noun, frozen=True, kw_only=True):
    """What applying a file did, or would do."""

    file: AppliedFile
    plan: Plan
    before: Plan | None = None
    """The plan that ran; null where this is the first one."""
    conflicts: tuple[str, ...] = ()
    """What the file could not do as written, in words."""
    unlocked: tuple[str, ...] = ()
    """Warning signs that the therapist cleared."""
    dry_run: bool = False
    saved: bool = False
    """Whether anything was written."""

    @property
    def changed(self) -> bool:
        """Whether the file changes anything: one that is the plan already does not."""
        return self.before is None or self.before.id != self.plan.id


def apply(
    desk: Desk,
    file: PlanFile,
    kept: AppliedFile,
    *,
    data: bytes = b"",
    signature: bytes | None = None,
    cleared_by: str = "",
    cleared_on: date | None = None,
    dry_run: bool = False,
) -> Applied:
    """Make the plan of a file the person's own, as one step that can be undone.

    ``data`` are the bytes that a ``signature`` is over; one that is broken, or of another key than the clinic
    had before, is refused. The safety screen of the answers on file goes first: an emergency is never
    overridden, and a warning sign only by the therapist's name and date. Raises `Withheld` where it closes
    the plan, `NothingToDo` before the first assessment, `BadValue` where nothing of the file is left.
    """
    sealed = _sealed(desk, file, data, signature)
    kept = msgspec.structs.replace(
        kept, seal=_SEALS[sealed.state], signer=sealed.clinic if sealed.key else "", key=sealed.fingerprint
    )
    reading = desk.read()
    clearances, triage, fresh = screened(desk, reading, file, kept, cleared_by, cleared_on)
    before = _running(desk, reading)
    last = reading.plan if reading.docs("plan") else None
    kept = _named(desk, reading, kept)
    same = last is not None and last.file and _same(reading, last, kept)
    if same and not clearances and last is not None and before is not None:
        return Applied(file=kept, plan=last, before=before, dry_run=dry_run)
    done = done_sessions(reading, before) if before else ()
    made = _made(desk, reading, kept, triage, before, last, done)
    origin = Origin(
        kind="file",
        date=desk.today,
        response=triage.response,
        ids=(kept.id, triage.id),
        done=done,
    )
    plan = msgspec.structs.replace(made, origin=origin)
    from coach.programs.merging import CONFLICT

    result = Applied(
        file=kept,
        plan=plan,
        before=before,
        conflicts=tuple(each.text for each in plan.notes if each.rule in (CONFLICT, "start_barred")),
        unlocked=tuple(each.id for each in clearances),
        dry_run=dry_run,
        saved=not dry_run,
    )
    if not dry_run:
        signing.remember(desk, sealed, desk.today)
        _keep(desk, reading, result, triage if fresh else None, clearances)
    return result


def _sealed(desk: Desk, file: PlanFile, data: bytes, signature: bytes | None) -> signing.SignatureChecked:
    """Who signed the file. Raises `Withheld` for a broken signature or a key that has changed."""
    return signing.check(desk, data, signature, file)


_SEALS: dict[str, Seal] = {"unsigned": "unsigned", "new": "signed", "known": "trusted"}


def _running(desk: Desk, reading: Reading) -> Plan | None:
    from coach.cases.assess import old_plan

    return old_plan(desk, reading)


def _named(desk: Desk, reading: Reading, kept: AppliedFile) -> AppliedFile:
    return msgspec.structs.replace(kept, id=next_id(reading, TABLE, "f"), date=desk.today, at=desk.at)


def _same(reading: Reading, last: Plan, kept: AppliedFile) -> bool:
    """Whether the running plan is that of the very same file, as well signed."""
    old = reading.one(TABLE, last.file, AppliedFile)
    if old is None or old.digest != kept.digest:
        return False
    return (old.seal == "unsigned") == (kept.seal == "unsigned") and old.signer == kept.signer


def _made(
    desk: Desk,
    reading: Reading,
    kept: AppliedFile,
    triage: Triage,
    before: Plan | None,
    last: Plan | None,
    done: tuple[str, ...],
) -> Plan:
    from coach.programs.library import load_library
    from coach.programs.prescribe import NothingToPrescribe
    from coach.programs.steering import shaped, tailored

    library = load_library()
    shape = shaped(kept, library)
    profile, wishes = judged(reading, triage, desk.today, before)
    plans = (*reading.all("plans", Plan), *reading.all("plan", Plan))
    try:
        return made_plan(
            shape,
            tailored(library, shape.orders),
            profile,
            wishes,
            before=before,
            last=last,
            today=desk.today,
            done=done,
            swaps=own_swaps(plans),
            gone=taken_out(plans),
        )
    except NothingToPrescribe as nothing:
        raise BadValue(
            f"Nothing of “{kept.title}” is left for you: {nothing}", "tell your therapist what is said here"
        ) from None


def judged(reading: Reading, triage: Triage, today: date, before: Plan | None) -> tuple[Profile, Preferences]:
    """Profile and wishes of a screen's answers, as an assessment on this day would read them."""
    from coach.cases.signs import lifted_by
    from coach.questionnaires.preferences import preferences
    from coach.questionnaires.profile import profile as classify

    response = response_of(reading, triage.response)
    answers = response.answers if response is not None else reading.answers
    found = classify(answers, triage, today=today, week=before.week.number if before else 1)
    lifts = lifted_by(triage, triage.clearances)
    return msgspec.structs.replace(found, lifted=lifts), preferences(answers)


def made_plan(
    shape: Template,
    library: Library,
    profile: Profile,
    wishes: Preferences,
    *,
    before: Plan | None,
    last: Plan | None,
    today: date,
    done: tuple[str, ...],
    swaps: Mapping[str, str],
    gone: Mapping[str, str],
) -> Plan:
    """The plan of a file: merged into the one that runs, else begun today; `replay` calls it, too."""
    from coach.cases.assess import numbered
    from coach.programs.merging import merged
    from coach.programs.prescribe import prescribe

    if before is not None:
        return merged(before, profile, wishes, shape, library, done=done, swaps=swaps, gone=gone)
    return numbered(prescribe(profile, wishes, shape, library, start=today), last)


def own_swaps(plans: Iterable[Plan]) -> dict[str, str]:
    """What the person chose for good, by what stood there before, in the order it was chosen."""
    found: dict[str, str] = {}
    for each in plans:
        if each.origin is not None and each.origin.kind == "swap" and len(each.origin.ids) == 2:
            stood, chosen = each.origin.ids
            first = next((old for old, new in found.items() if new == stood), stood)
            found[first] = chosen
    return found


def taken_out(plans: Iterable[Plan]) -> dict[str, str]:
    """Names of the exercises that reviews took out for good, by ladder, in the order of the versions."""
    found: dict[str, str] = {}
    last: dict[str, str] = {}
    for each in plans:
        levels = (*each.standing, *((each.walk,) if each.walk is not None else ()))
        now = {level.ladder: level.prescription.name for level in levels}
        if each.origin is not None and each.origin.kind == "review":
            found |= {ladder: name for ladder, name in last.items() if ladder not in now}
        found = {ladder: name for ladder, name in found.items() if ladder not in now}
        last = now
    return found


def _keep(
    desk: Desk,
    reading: Reading,
    result: Applied,
    triage: Triage | None,
    clearances: tuple[Clearance, ...],
) -> None:
    with desk.write("plan file", reading.name, expect_rev=reading.revision) as writing:
        writing.put(TABLE, result.file)
        episode = writing.episode
        for each in clearances:
            writing.put("clearances", each)
        if triage is not None:
            put_triage(writing, desk, triage)
            episode = msgspec.structs.replace(
                episode, level=triage.level, urgency=triage.urgency or "", kit=triage.kit
            )
        put_plan(writing, episode, result.plan)


__all__ = ["Applied", "apply", "judged", "made_plan", "own_swaps", "taken_out"]
