"""PlanDefinition: the shape of the programme and its exercises, without the person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from coach.exchange.fhir.codes import BASE
from coach.exchange.fhir.course import dose_line
from coach.exchange.fhir.parts import Resource, filled, line, name, narrative, said
from coach.exchange.fhir.record import Episode, Phase, Shape
from coach.model.plan import Plan, Standing

_TYPE = "http://terminology.hl7.org/CodeSystem/plan-definition-type"


def plan_definition(episode: Episode) -> Iterator[Resource]:
    """The shape that the plan of an episode follows, each phase with its weeks and the exercises in it."""
    plan, shape = episode.plan, episode.shape
    if plan is None or shape is None:
        return
    key = name("p", episode.name, shape.id)
    yield {
        "resourceType": "PlanDefinition",
        "id": key,
        "text": narrative(line(shape.title), tuple(_phase_line(each) for each in shape.phases)),
        **filled(
            url=f"{BASE}/PlanDefinition/{key}",
            version=str(plan.version),
            name=_computable(shape.id),
            title=line(shape.title),
            type_={"coding": [{"system": _TYPE, "code": "clinical-protocol"}], "text": "Exercise programme"},
            status="active",
            subjectCodeableConcept={"text": "A person with low back pain"},
            date=plan.made.isoformat(),
            author=[{"name": line(shape.author)}] if shape.author else None,
            description=said(f"{shape.weeks} weeks; the doses are those of week {plan.week.number}."),
            action=[_phase(each, plan, shape) for each in shape.phases],
        ),
    }


def _computable(text: str) -> str:
    """A name that a machine can use: letters, digits and ``_``, a capital first."""
    found = "".join(each if each.isascii() and each.isalnum() else "_" for each in text).strip("_")
    return f"Coach_{found or 'plan'}"[:200]


def _phase_line(phase: Phase) -> str:
    return f"Weeks {phase.first} to {phase.last}: {phase.name}. {phase.aim}".strip()


def _phase(phase: Phase, plan: Plan, shape: Shape) -> dict[str, Any]:
    now = phase.first <= plan.week.number <= phase.last
    return filled(
        prefix=f"{phase.first}-{phase.last}",
        title=line(phase.name),
        description=said(phase.aim, 400) if phase.aim else None,
        timingTiming={
            "repeat": {
                "boundsDuration": {
                    "value": phase.last - phase.first + 1, "unit": "weeks",
                    "system": "http://unitsofmeasure.org", "code": "wk",
                },
                "frequency": max(1, plan.sessions_per_week), "period": 1, "periodUnit": "wk",
            }
        },
        action=[_exercise(each, plan) for each in plan.standing if not each.deferred] if now else None,
    )  # fmt: skip


def _exercise(standing: Standing, plan: Plan) -> dict[str, Any]:
    given = standing.prescription
    return filled(
        title=line(given.name),
        description=said(dose_line(given, plan.preferences.units)),
        textEquivalent=said(given.reason.text, 1000) if given.reason.text else None,
        code=[{"text": line(standing.exercise)}],
    )
