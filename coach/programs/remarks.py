"""What is worth knowing about a plan as a whole, and what to loosen where none can be made."""

from __future__ import annotations

from coach.model.assessment import Profile
from coach.model.exercise import Number, Reason
from coach.model.plan import Plan
from coach.programs.library import Library


def remarks(plan: Plan, profile: Profile, library: Library) -> tuple[Reason, ...]:
    """Return what is worth knowing about the plan as a whole."""
    found = []
    if not plan.sessions_per_week:
        found.append(
            Reason(
                rule="habit_plan",
                text="With this little time the plan is made of short daily habits and walks, not sessions.",
                otherwise="Two days a week with 10 minutes each would give sessions.",
                numbers=(
                    Number(
                        name="days a week",
                        value=plan.preferences.days_per_week,
                        threshold=f">= {library.building.number('habit_plan_sessions'):g}",
                        evidence="D",
                        source="clinical.md 5.4",
                    ),
                    Number(
                        name="session minutes",
                        value=plan.preferences.session_minutes,
                        unit="min",
                        threshold=f">= {library.building.number('habit_plan_minutes'):g}",
                        evidence="D",
                        source="clinical.md 5.4",
                    ),
                ),
            )
        )
    if plan.level == "T2_CAUTION":
        said = [library.building.tags[tag] for tag in plan.tags if tag in library.building.tags]
        found.append(
            Reason(
                rule="caution",
                text=f"Your answers ask for some care, so some exercises are left out ({'; '.join(said)})."
                if said
                else "Your answers ask for some care, so this plan starts low.",
                otherwise="With nothing to watch for, harder exercises could stand here.",
            )
        )
    if profile.confidence == "low" or plan.primary in ("unclear", "insufficient_data"):
        found.append(
            Reason(
                rule="confidence_low",
                text="Your answers do not point clearly to one starting place, so this is the balanced plan.",
                otherwise="It is looked at again in weeks 4 and 8.",
            )
        )
    if "direction_mixed" in plan.qualifiers:
        found.append(
            Reason(
                rule="direction_mixed",
                text="Bending and arching both bother you: neither is repeated for relief, and the ends of "
                "both wait until week 3.",
                otherwise="With one clear direction the plan would use it.",
            )
        )
    return tuple(found)


def nothing_left(plan: Plan, library: Library, barred: tuple[Reason, ...] = ()) -> str:
    """Say which constraint to loosen."""
    building = library.building
    if plan.sessions_per_week and barred:
        return (
            "There is no strength exercise left to prescribe: equipment, floor and cautions together rule "
            f"all of them out. {barred[0].text} Add equipment or floor access, or ask a clinician about "
            "the cautions."
        )
    return (
        f"There is too little time for a plan: sessions need {building.number('habit_plan_minutes'):g} "
        f"minutes on {building.number('habit_plan_sessions'):g} days a week, walking at least "
        f"{building.number('walk_shortest'):g} minutes a week. Give more time for one of them."
    )
