"""A therapist's file in a running plan: what was done and reached stays, and the file has it from here.

Pure. What it could not do as written stands in its notes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from msgspec.structs import replace

from coach.model.assessment import Profile
from coach.model.exercise import Dose, Number, Reason
from coach.model.plan import Plan, Preferences, Standing, Week
from coach.programs import caps
from coach.programs.allowed import Context, anything, why_not
from coach.programs.gates import from_tests
from coach.programs.habits_review import kept_habits
from coach.programs.library import Library
from coach.programs.lifestyle import everyday
from coach.programs.orders import level_of_week
from coach.programs.phases import Template
from coach.programs.prescribe import prescribe
from coach.programs.prescription import prescription, standing, start_dose
from coach.programs.reassess import renewed
from coach.programs.rules import load_rules
from coach.programs.rungs import lower_rungs
from coach.programs.week import build_week

CONFLICT = "plan_conflict"
"""Rule of the notes that say what a file could not do as written."""


def merged(
    plan: Plan,
    profile: Profile,
    preferences: Preferences,
    template: Template,
    library: Library,
    *,
    done: Collection[str] = (),
    swaps: Mapping[str, str] | None = None,
    gone: Mapping[str, str] | None = None,
) -> Plan:
    """The next version of a plan under a file, its levels, history and the person's own swaps kept.

    ``done`` are the sessions of the week that were done, ``swaps`` what the person chose by what stood
    there, ``gone`` the names of what reviews took out, by ladder. Raises as `prescribe`.
    """
    fresh = prescribe(profile, preferences, template, library, start=plan.start)
    work = _Merge(plan, fresh, profile, template, library, swaps or {})
    levels, walk = work.levels(), work.walk()
    work.returned([*levels, *((walk,) if walk else ())], gone or {})
    made = replace(
        renewed(plan, fresh),
        template=fresh.template,
        standing=levels,
        walk=walk,
        gates=work.gates,
        left_out=work.left_out,
        file=fresh.file,
        author=fresh.author,
        notes=(*fresh.notes, *work.conflicts),
        easings=(),
        weeks=max(fresh.weeks, plan.week.number) if plan.weeks <= 12 else plan.weeks,
        week=replace(
            plan.week,
            habits=everyday(
                kept_habits(plan, fresh), levels, library, habit_plan=not fresh.sessions_per_week
            ),
        ),
        reason=_reason(plan, template),
    )
    return replace(made, week=_week(plan, made, template, library, done))


def _reason(plan: Plan, template: Template) -> Reason:
    assert template.orders is not None, "only a file is merged"
    file = template.orders.file
    by = f" by {template.author}" if template.author else ""
    return Reason(
        rule="plan_file_merge",
        text=f"The plan “{file.title}”{by} was applied. What you did, your levels and your swaps are kept.",
        numbers=(
            Number(name="plan file", value=file.id),
            Number(name="week it begins in", value=plan.week.number),
        ),
        otherwise="Without it the plan before would have gone on.",
    )


def _week(plan: Plan, made: Plan, template: Template, library: Library, done: Collection[str]) -> Week:
    """The binding week under the file: what was done stays, the rest is new, with no more than the caps."""
    week = plan.week
    count = len(week.sessions)
    limited = replace(made, sessions_per_week=min(made.sessions_per_week, count)) if count else made
    built = build_week(limited, week.number, week.starts, template, library, deload=week.deload)
    kept = {each.id: each for each in week.sessions if each.id in done}
    new = [each for each in built.sessions if each.id not in kept]
    sessions = sorted((*kept.values(), *new), key=lambda each: each.number)
    rules = load_rules()
    capped = caps.within(replace(built, sessions=tuple(new)), caps.caps(plan, "paused", rules), rules)
    fresh = {each.id: each for each in capped.sessions}
    return replace(built, sessions=tuple(fresh.get(each.id, each) for each in sessions))


class _Merge:
    """One merge while it is made: which level each ladder keeps, and what did not fit."""

    def __init__(
        self,
        plan: Plan,
        fresh: Plan,
        profile: Profile,
        template: Template,
        library: Library,
        swaps: Mapping[str, str],
    ) -> None:
        self.plan, self.fresh, self.library = plan, fresh, library
        self.orders = template.orders
        self.number = plan.week.number
        self.phase = template.phase(self.number)
        self.gates = from_tests(profile, library, plan.gates)
        self.conflicts: list[Reason] = []
        self.left_out = fresh.left_out
        self.old = {each.ladder: each for each in plan.standing}
        self.chosen = frozenset(swaps.values())
        self.swaps = self._own(swaps)
        self.context = Context.of(replace(fresh, gates=self.gates, left_out=self.left_out), self.number)
        if self.number > 1 and self.orders is not None and any(e.by_week for e in self.orders.file.exercises):
            self._said(
                f"The plan goes on in week {self.number}: what the file has for earlier weeks is past."
            )

    def _said(self, text: str) -> None:
        self.conflicts.append(Reason(rule=CONFLICT, text=text))

    def _own(self, swaps: Mapping[str, str]) -> dict[str, Standing]:
        """Swaps of the person that stay, by the ladder they took the place of."""
        found: dict[str, Standing] = {}
        may = "swap" in self.fresh.bounds.patient_may
        allowed = anything(Context.of(replace(self.fresh, gates=self.gates), self.number))
        for stood, chosen in swaps.items():
            exercise, before = self.library.exercises[chosen], self.library.exercises[stood]
            level = self.old.get(exercise.ladder)
            if level is None or level.exercise != chosen or exercise.ladder == before.ladder:
                continue
            name = level.prescription.name
            why = why_not(exercise, allowed)
            if why is not None or not may:
                reason = f"now {why}" if why else "the file leaves swaps to your therapist"
                self._said(f"Your swap to {name} is not kept: {reason}.")
                continue
            found[before.ladder] = level
            self.left_out = tuple(e for e in self.left_out if e not in (exercise.ladder, chosen))
            if all(each.exercise != chosen for each in self.fresh.standing):
                self._said(
                    f"You swapped {before.name} for {name}: that is kept, though the file does not have it."
                )
        return found

    def levels(self) -> tuple[Standing, ...]:
        """The standing levels, in the order of the file's plan."""
        made: dict[str, Standing] = {}
        for each in self.fresh.standing:
            own = self.swaps.get(each.ladder)
            if own is not None:
                made.setdefault(own.ladder, self._again(own))
            elif each.ladder not in made:
                made[each.ladder] = self._kept(self.old.get(each.ladder), each)
        for ladder, own in self.swaps.items():
            made.pop(ladder, None)
            made.setdefault(own.ladder, self._again(own))
        return tuple(made.values())

    def walk(self) -> Standing | None:
        """The level of walking."""
        if self.plan.walk is None or self.fresh.walk is None:
            return self.fresh.walk
        return self._kept(self.plan.walk, self.fresh.walk)

    def returned(self, levels: Sequence[Standing], gone: Mapping[str, str]) -> None:
        """Say what a review took out of the plan and the file brings in again."""
        for each in levels:
            if each.ladder in gone:
                self._said(
                    f"{gone[each.ladder]} left your plan at a weekly review, and the file has it again as "
                    f"{each.prescription.name}; coach plan why {each.exercise} says why it left."
                )

    def _kept(self, old: Standing | None, new: Standing) -> Standing:
        """The level that was reached, where the file has it; else the nearest step below it that it has."""
        own = old is not None and old.exercise in self.chosen
        if old is None or not old.rung or not (old.started or old.levels or own):
            return self._first(new)
        exercise = self.library.exercises[old.exercise]
        why = why_not(exercise, self.context)
        if why is None:
            return self._again(old)
        lower = next(iter(lower_rungs(old.exercise, self.library, self.context)), None)
        if lower is None or lower.rung < new.rung:
            self._said(
                f"{old.prescription.name} is not in it ({why}); {new.prescription.name} begins instead."
            )
            return self._first(new)
        self._said(
            f"You are at {old.prescription.name}, which is not in it ({why}): {lower.name} is next to it."
        )
        dose = start_dose(lower, "e1", self.context, self.phase)
        dose = self._under(replace(dose, sets=min(dose.sets, old.dose.sets)), lower.id)
        reason = Reason(
            rule="plan_file",
            text="Your therapist's plan has this step.",
            otherwise="Without it your level stays.",
        )
        return standing(
            lower, dose, old.slot, reason, self.library, self.context, self.number, phase=self.phase
        )

    def _again(self, old: Standing) -> Standing:
        """A level under the file's ceilings of this week, its name and its easier steps made anew."""
        exercise = self.library.exercises[old.exercise]
        dose = self._under(old.dose, old.exercise)
        if dose != old.dose:
            self._said(
                f"{exercise.name}: your level is above what the file has for this week, so it comes down."
            )
        made = standing(
            exercise,
            dose,
            old.slot,
            old.prescription.reason,
            self.library,
            self.context,
            self.number,
            phase=self.phase,
        )
        given = prescription(exercise, dose, old.slot, old.prescription.reason, self.context)
        return replace(old, dose=dose, prescription=given, easier=made.easier, deferred=False)

    def _first(self, new: Standing) -> Standing:
        return replace(new, since_week=self.number) if new.since_week != self.number else new

    def _under(self, dose: Dose, exercise: str) -> Dose:
        return dose if self.orders is None else level_of_week(dose, self.orders, exercise, self.number)
