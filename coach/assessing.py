"""The part of `Coach` for questions and tests: the interview, clearances, movement tests, forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coach.desk import Desk

if TYPE_CHECKING:
    from coach.cases.begun import Begun
    from coach.cases.changing import Changed
    from coach.cases.interview import Interview
    from coach.cases.keeping import Assessed
    from coach.cases.measuring import Battery, Tested
    from coach.cases.turns import Turn
    from coach.model.assessment import Answers, Clearance, Entered, Score
    from coach.model.testing import Due as TestDue
    from coach.model.testing import Trial
    from coach.questionnaires.course import Course
    from coach.questionnaires.fhir import Form, FormScore
    from coach.questionnaires.rescreening import Due


class Assessing:
    """What `Coach` asks and measures; not used by itself."""

    _desk: Desk

    def assess(
        self, answers: dict[str, Any], *, new: bool = False, occasion: str = "enrolment", source: str = "file"
    ) -> Assessed:
        """Check answers by item id, screen for danger, and write the profile and the plan.

        Raises `BadFile` with all problems when answers are missing or do not fit.
        """
        from coach.cases import answering, assess

        occasion, seeds = answering.occasion_of(self._desk, occasion)
        before = self.answers() if occasion != "enrolment" else {}
        checked = answering.check({**seeds, **answers}, occasion, before)
        return assess.assess(
            self._desk, checked, new=new, source=source, occasion=occasion, given=tuple(answers)
        )

    def clear(self, clearance: Clearance) -> Assessed:
        """Record a clinician's clearance and screen again."""
        from coach.cases import assess

        return assess.clear(self._desk, clearance)

    def held_back(self) -> Assessed | None:
        """What must be examined before there is a plan; null where nothing is, or where it is urgent."""
        from coach.cases import assess

        return assess.held_back(self._desk)

    def interview(self, occasion: str = "enrolment", *, resume: bool = False) -> Interview | None:
        """Begin the interview, or go on with the one that was left (null when there is none)."""
        from coach.cases import answering
        from coach.cases.interview import FILE, Interview

        if resume:
            return Interview.resume(self._desk)
        wanted = occasion
        occasion, seeds = answering.occasion_of(self._desk, occasion)
        before = self.answers() if occasion != "enrolment" else {}
        file = "" if wanted == "weekly" else FILE
        return Interview(self._desk, occasion=occasion, before=before, seeds=seeds, file=file)

    def begun(self) -> Begun:
        """What was begun and not ended: an interview, today's session."""
        from coach.cases import begun

        return begun.begun(self._desk)

    def start_over(self) -> None:
        """Throw the answers of a half-done interview away; those of an assessment stay."""
        from coach.cases import begun

        begun.start_over(self._desk)

    def change(self, answers: dict[str, Any]) -> Changed:
        """Correct answers on file, and say what follows from it."""
        from coach.cases import changing

        return changing.change(self._desk, answers)

    def weekly_questions(self) -> tuple[Interview, ...]:
        """The interviews that come with the review that is due."""
        from coach.cases import asking

        return asking.weekly(self._desk)

    def gathered(self, interviews: tuple[Interview, ...]) -> dict[str, Any]:
        """The answers of the weekly interviews, for `review`; nothing of them is left to resume."""
        from coach.cases import asking

        return asking.gathered(interviews)

    def prefer(self, **changes: Any) -> Assessed:
        """Change answers about days, minutes, equipment and the like; the plan follows at once."""
        from coach.cases import asking

        return asking.prefer(self._desk, changes)

    def battery(self) -> Battery:
        """The movement tests of this round: due, done, or left out and why."""
        from coach.cases import measuring

        return measuring.battery(self._desk)

    def test_due(self, test: str) -> TestDue:
        """One test that may be done now, and which parts of it. Raises `Withheld` or `BadValue`."""
        from coach.cases import measuring

        return measuring.ready(self._desk, measuring.protocol(test))

    def record_test(self, test: str, trials: tuple[Trial, ...], *, pain_before: int | None = None) -> Tested:
        """Keep the tries of a movement test, and look at the profile again."""
        from coach.cases import measuring

        return measuring.record_test(self._desk, measuring.protocol(test), trials, pain_before)

    def enter_official(self, form: str, numbers: dict[str, Any]) -> Score:
        """Score and keep an official form from the numbers on the person's own sheet."""
        from coach.cases import measuring

        return measuring.enter_official(self._desk, form, numbers)

    def enter_questionnaire(self, form: Form, answers: Answers) -> tuple[Entered, dict[str, FormScore]]:
        """Score and keep the answers to a FHIR Questionnaire."""
        from coach.cases import measuring

        return measuring.enter_questionnaire(self._desk, form, answers)

    def courses(self) -> tuple[Course, ...]:
        """Every measure and test: start, now, change, error band and verdict."""
        from coach.cases import measuring

        return measuring.courses(self._desk)

    def answers(self) -> Answers:
        """The newest answer to every item on file."""
        return self._desk.read().answers if self._desk.names() else {}

    def rescreens(self) -> tuple[Due, ...]:
        """Safety questions that are due again, and why."""
        from coach.cases import rescreen

        return rescreen.due_now(self._desk)

    def sittings(self) -> Turn:
        """Which of the questions may be answered now; with one choice there is nothing to ask."""
        from coach.cases import turns

        known = bool(self._desk.names())
        if not known or self.pending():
            wanted = "rescreen" if known else "enrolment"
            return turns.Turn(text="What now?", choices=(("1", "Answer the safety questions", wanted),))
        more = self.interview("more")
        return turns.sittings(left=more is not None and more.step().item is not None)

    def pending(self) -> tuple[str, ...]:
        """Questions that a warning sign opened and that are still to be answered."""
        from coach.cases import answering

        return answering.pending(self._desk)
