"""Weeks made up for tests: a plan from the real library, and what a person logs in it."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Any

from msgspec.structs import replace

from coach.model.assessment import Profile
from coach.model.exercise import Dose, Exercise, Reason
from coach.model.log import SCREEN_ITEMS, CheckIn, ExerciseLog, Flare, History, Pause, SessionLog, Skip
from coach.model.plan import Bounds, Plan, Preferences, Prescription, Standing
from coach.model.review import Evidence, Provocation, Review, WeekEvidence
from coach.programs.decide import Case, Outcome, Situation, decide
from coach.programs.evidence import gather
from coach.programs.library import Library, load_library
from coach.programs.phases import Template
from coach.programs.planfile import load_template
from coach.programs.prescribe import prescribe
from coach.programs.review import review
from coach.programs.rules import load_rules
from coach.programs.session import exercise_log
from coach.programs.session import today as day_of
from coach.programs.steps import Room

START = date(2026, 11, 23)
SCREEN = dict.fromkeys(SCREEN_ITEMS, "no")
RULES = load_rules()


@cache
def library() -> Library:
    return load_library()


@cache
def template() -> Template:
    return load_template("balanced")


def plan(
    primary: str = "load",
    tier: str = "e2",
    *,
    shape: Template | None = None,
    books: Library | None = None,
    **preferences: Any,
) -> Plan:
    wishes: dict[str, Any] = {
        "days_per_week": 3,
        "session_minutes": 30,
        "walk_minutes": 120,
        "equipment": ("weight", "band", "mat", "step", "stick", "sofa"),
        "body_weight_kg": 75,
    }
    profile = Profile(id="p1", date=START, primary=primary, tier=tier, pain=4, walk_minutes=20)  # type: ignore[arg-type]
    wanted = Preferences(**{**wishes, **preferences})
    return prescribe(profile, wanted, shape or template(), books or library(), start=START)


# ---- one exercise ---------------------------------------------------------------------------------


def standing(exercise: str = "hng_2", *, dose: Dose | None = None, **fields: Any) -> Standing:
    found = library().exercises[exercise]
    dose = dose or replace(found.dose, rpe=(4, 6))
    given = Prescription(
        exercise=found.id,
        name=found.name,
        ladder=found.ladder,
        rung=found.rung,
        component=found.component,
        slot=3,
        dose=dose,
        minutes=round(dose.time_min, 2),
        reason=Reason(rule="test", text=""),
        direction=found.direction,
    )
    values = {"started": True, "levels": (dose.size,) * 4, "slot": 3, **fields}
    return Standing(
        exercise=found.id, ladder=found.ladder, rung=found.rung, dose=dose, prescription=given, **values
    )


def exercise(name: str = "hng_2") -> Exercise:
    return library().exercises[name]


def sessions(
    b: float | None = 2,
    P: float | None = 2,
    D: tuple[float | None, ...] = (0, 0, 0),
    w: float | None = None,
    directions: tuple[str, ...] = (),
) -> tuple[Provocation, ...]:
    return tuple(
        Provocation(
            date=START + timedelta(days=2 * n), before=b, most=P, usual=b if w is None else w, morning=each,
            directions=directions,
        )
        for n, each in enumerate(D)
    )  # fmt: skip


def evidence(
    given: Standing | None = None, *, b: Any = 2, P: Any = 2, D: Any = (0, 0, 0), w: Any = None, **fields: Any
) -> Evidence:
    """The week of the worked cases: all is well unless said otherwise."""
    given = given or standing()
    values: dict[str, Any] = {
        "exercise": given.exercise,
        "week": 3,
        "planned": 3,
        "done": len(D),
        "completion": 100.0,
        "rpe": 5.0,
        "target": (4, 6),
        "sessions": sessions(b, P, tuple(D), w),
        "form": 0,
        "readiness": 70.0,
        "rung": given.rung,
        "best": given.dose.size,
        "level": given.dose.size,
        "easy_sessions": True,
        **fields,
    }
    values.setdefault("advance_met", values.get("top", False))
    return Evidence(**values)


def overall(**fields: Any) -> WeekEvidence:
    values: dict[str, Any] = {
        "week": 3,
        "starts": START,
        "ends": START + timedelta(days=6),
        "planned": 3,
        "done": 3,
        "adherence": 100.0,
        "readiness": 70.0,
        "sleep_hours": 7.5,
        "stress": 3.0,
        "pain": 3.0,
        "pain_four_weeks": 3.0,
        "screened": True,
        **fields,
    }
    return WeekEvidence(**values)


def situation(**fields: Any) -> Situation:
    room = Room(
        sets=fields.pop("sets", 3), kg_step=fields.pop("kg_step", 1.0), kg_most=fields.pop("kg_most", None)
    )
    return Situation(room=room, **fields)


def run(
    ev: Evidence,
    given: Standing | None = None,
    week: WeekEvidence | None = None,
    sit: Situation | None = None,
) -> Outcome:
    return decide(case_of(ev, week, given, sit))


def case_of(
    ev: Evidence,
    week: WeekEvidence | None = None,
    given: Standing | None = None,
    sit: Situation | None = None,
    bounds: Bounds | None = None,
) -> Case:
    given = given or standing()
    return Case(
        evidence=ev,
        overall=week or overall(),
        standing=given,
        exercise=exercise(given.exercise),
        situation=sit or situation(),
        rules=RULES,
        bounds=bounds or Bounds(),
    )


# ---- a person's weeks -----------------------------------------------------------------------------


class Life:
    """A plan lived day by day: what was asked, done and reviewed. Only tests change things in place."""

    def __init__(
        self, made: Plan | None = None, shape: Template | None = None, books: Library | None = None
    ) -> None:
        self.plan = made or plan()
        self.shape = shape or template()
        self.books = books or library()
        self.day = self.plan.start
        self.checkins: list[CheckIn] = [
            self._morning(self.day - timedelta(days=n), {}) for n in range(8, 0, -1)
        ]
        self.logs: list[SessionLog] = []
        self.flares: list[Flare] = []
        self.pauses: list[Pause] = []
        self.skips: list[Skip] = []
        self.reviews: list[Review] = []

    @staticmethod
    def _morning(day: date, values: dict[str, Any]) -> CheckIn:
        return CheckIn(date=day, **{"pain": 3, "sleep_hours": 7.5, "sleep_quality": 7, "stress": 3, **values})

    @property
    def history(self) -> History:
        return History(
            checkins=tuple(self.checkins),
            sessions=tuple(self.logs),
            flares=tuple(self.flares),
            pauses=tuple(self.pauses),
            skips=tuple(self.skips),
        )

    def today(self, day: date | None = None) -> Any:
        return day_of(self.plan, self.history, day or self.day)

    def morning(self, **values: Any) -> None:
        self.checkins = [each for each in self.checkins if each.date != self.day]
        self.checkins.append(self._morning(self.day, values))

    def log(self, shown: Any = None, *, only: tuple[str, ...] | None = None, **felt: Any) -> SessionLog:
        """Log today's session as prescribed; the effort is the middle of each target by itself."""
        shown = shown or self.today().session
        logs = tuple(
            one(each, **felt) for each in shown.prescriptions if only is None or each.exercise in only
        )
        made = SessionLog(
            id=f"{self.day}/{shown.id}", session=shown.id, date=self.day, week=shown.week, exercises=logs
        )
        self.logs.append(made)
        return made

    def walk(self, **felt: Any) -> None:
        walk = self.today().walk
        if walk is not None:
            log = SessionLog(
                id=f"{self.day}/walk", session="walk", date=self.day, kind="walk",
                exercises=(one(walk.prescription, **felt),),
            )  # fmt: skip
            self.logs.append(log)

    def week(
        self, *, skip: int = 0, walk: bool = True, morning: dict[str, Any] | None = None, **felt: Any
    ) -> None:
        """Seven days: a check-in each morning, sessions when due (the first ``skip`` left out), walks."""
        left = skip
        for _ in range(7):
            self.morning(**(morning or {}))
            found = self.today()
            if found.session is not None:
                if left:
                    left -= 1
                    self._let_go(found.session.id)
                else:
                    self.log(found.session, **felt)
            if walk and found.walk is not None and found.walks_done < found.walk.times:
                self.walk(**felt)
            self.day += timedelta(days=1)
        self.morning(**(morning or {}))

    def _let_go(self, session: str) -> None:
        """Leave a session out: it goes unlogged, and later days are offered the next one."""
        self.skips.append(Skip(id=f"{self.day}/{session}", session=session, date=self.day, reason="time"))

    def review(self, **kwargs: Any) -> Any:
        values = {"today": self.day, "screen": SCREEN, **kwargs}
        made, self.plan = review(self.plan, self.history, self.shape, self.books, **values)
        self.reviews.append(made)
        return made

    def standing(self, name: str) -> Standing:
        return next(each for each in self.plan.standing if each.exercise == name)


def one(given: Prescription, **felt: Any) -> ExerciseLog:
    values: dict[str, Any] = {
        "rpe": given.dose.mid_rpe, "before": 3, "pain": 3, "form": 0, "reserve": 2, "clean_reps": 9, **felt,
    }  # fmt: skip
    return exercise_log(given, **values)


def look(life: Life, **kwargs: Any) -> Any:
    """The evidence of today, by exercise, and of the week."""
    found, week = gather(
        life.plan, life.history, template(), library(), RULES, today=life.day, **{"screen": SCREEN, **kwargs}
    )
    return {each.exercise: each for each in found}, week


def weeks(number: int, **felt: Any) -> Life:
    life = Life()
    for _ in range(number):
        life.week(**felt)
        life.review()
    return life


def decisions(made: Any) -> dict[str, Any]:
    return {each.exercise: each for each in made.decisions}


def review_of(week: WeekEvidence) -> Review:
    """The review of a week that decided nothing."""
    return Review(
        id="w", week=3, date=week.ends, plan_before="", plan_after="", evidence=(), overall=week, decisions=()
    )
