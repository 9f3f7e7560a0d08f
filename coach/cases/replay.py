"""Replay: every version of the plan and every card made again, and compared byte for byte.

A plan is the fold, in order, of assessments, reviews and what the person changed. Each version says what
made it (`coach.model.plan.Origin`); the answers, clearances and logs are read as they were then.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from coach.cases.signs import first_yes, lifted_by
from coach.desk import Desk
from coach.model.assessment import Response, Triage
from coach.model.noun import Noun, from_json, to_doc, to_json
from coach.model.plan import Origin, Plan
from coach.model.review import Review
from coach.problems import NothingToDo
from coach.tables import Reading

if TYPE_CHECKING:
    from coach.programs.library import Library
    from coach.programs.phases import Template

Status = Literal["same", "differs", "given", "other"]


class Line(Noun, frozen=True, kw_only=True):
    """What came of one version: ``same``, ``differs``, ``given`` (it begins the file) or ``other``.

    ``other`` is a version made with another library or other rules than those at hand: it is not compared.
    """

    version: str
    made: date
    what: str
    status: Status
    field: str = ""
    """The first field that differs, such as ``review.decisions.3.rule``."""
    stored: str = ""
    rebuilt: str = ""


class Replayed(Noun, frozen=True, kw_only=True):
    """A whole episode made again."""

    lines: tuple[Line, ...]
    same: bool


class _Unknown(Exception):
    """What a version was made from is not on file."""


def replay(desk: Desk) -> Replayed:
    """Make every version of the running episode again. Raises `NothingToDo` while there is no plan."""
    reading = desk.read()
    stored = (*reading.all("plans", Plan), *reading.all("plan", Plan))
    if not stored:
        raise NothingToDo("There is no plan yet.", "begin with: coach assess")
    fold = _Fold(desk, reading, stored)
    lines = tuple(fold.step(each) for each in stored)
    return Replayed(lines=lines, same=all(each.status != "differs" for each in lines))


class _Fold:
    """The episode while it is being made again."""

    def __init__(self, desk: Desk, reading: Reading, stored: tuple[Plan, ...]) -> None:
        from coach.programs.library import load_library

        self.desk, self.reading = desk, reading
        self.whole: Library = load_library()
        self.courses: dict[str, tuple[Template, Library]] = {}
        self.shape, self.library = self._course(stored[0])
        self.before: Plan | None = None
        self.plans: dict[str, Plan] = {}
        self.reviews: dict[str, Review] = {}
        self.kept = {each.id: each for each in reading.all("reviews", Review)}
        self.touched = {each.origin.review: each.id for each in stored if each.origin and each.origin.review}
        """The last version that changed each review."""

    def step(self, stored: Plan) -> Line:
        """Make one version, and the review behind it, and compare."""
        origin = stored.origin
        what = origin.kind if origin else (stored.reason.rule if stored.reason else "")
        line = Line(version=stored.id, made=stored.made, what=what, status="same")
        try:
            found = self._compare(stored, origin)
        except _Unknown as missing:
            found = ("differs", "origin", str(missing), "")
        except Exception as error:  # what was tampered with can break anything; that is a finding, too
            found = ("differs", "origin", f"it cannot be made again ({type(error).__name__}: {error})", "")
        self.before = self.plans[stored.id] = stored
        status, field, was, now = found
        return msgspec.structs.replace(line, status=status, field=field, stored=was, rebuilt=now)

    def _compare(self, stored: Plan, origin: Origin | None) -> tuple[Status, str, str, str]:
        if origin is None:
            raise _Unknown("it does not say what made it")
        if origin.kind == "carried":
            return ("given", "", "", "")
        if stored.library != self.library.version or self._other_rules(stored):
            return ("other", "", "", "")
        made = msgspec.structs.replace(self._made(stored, origin), origin=origin)
        found = difference("plan", stored, made)
        review = self.reviews.get(origin.review)
        if found is None and review is not None and self.touched[origin.review] == stored.id:
            kept = self.kept[origin.review]
            found = difference("review", _unmarked(kept), _unmarked(review))
        return ("differs", *found) if found else ("same", "", "", "")

    def _other_rules(self, stored: Plan) -> bool:
        from coach.programs.rules import load_rules

        return bool(stored.rules) and stored.rules != load_rules().version

    def _course(self, stored: Plan) -> tuple[Template, Library]:
        """Shape and library of a version, each applied file read once."""
        from coach.cases.shapes import course_of

        if stored.file not in self.courses:
            self.courses[stored.file] = course_of(self.reading, stored, self.whole)
        return self.courses[stored.file]

    def _made(self, stored: Plan, origin: Origin) -> Plan:
        self.shape, self.library = self._course(stored)
        if origin.kind == "assessment":
            return self._assessed(stored, origin)
        if origin.kind == "file":
            return self._applied(stored, origin)
        if self.before is None:
            raise _Unknown("there is no version before it")
        if origin.kind == "review":
            return self._reviewed(stored, origin, self.before)
        if origin.kind == "veto":
            return self._vetoed(origin, self.before)
        if origin.kind in ("hold", "swap", "minimum"):
            return self._chosen(origin, self.before)
        raise _Unknown(f"nobody knows how “{origin.kind}” changes a plan")

    def _assessed(self, stored: Plan, origin: Origin) -> Plan:
        from coach.cases.assess import numbered
        from coach.programs.prescribe import prescribe
        from coach.programs.reassess import reassess
        from coach.questionnaires.preferences import preferences
        from coach.questionnaires.profile import profile as classify

        answers = self._response(origin.response).answers
        triage = self._triage(next(t for t in self._triages() if t.response == origin.response), origin.date)
        goes_on = stored.reason is not None and stored.reason.rule == "reassessment"
        week = self.before.week.number if self.before and goes_on else 1
        kept = next(t for t in self._triages() if t.response == origin.response)
        found = classify(answers, triage, today=origin.date, week=week)
        profile = msgspec.structs.replace(found, lifted=lifted_by(triage, kept.clearances))
        wishes = preferences(answers)
        if self.before is not None and goes_on:
            return reassess(self.before, profile, wishes, self.shape, self.library, today=origin.date)
        fresh = prescribe(profile, wishes, self.shape, self.library, start=origin.date)
        return numbered(fresh, self.before)

    def _reviewed(self, stored: Plan, origin: Origin, before: Plan) -> Plan:
        from coach.cases import responding
        from coach.cases.corrections import as_read
        from coach.programs.review import review

        kept = self.kept[origin.review]
        history = as_read(self.desk, self.reading, kept, stored.version)
        response = responding.check(self.reading, before, kept.response, history, kept.date)
        found = next((each for each in self._triages() if kept.triage and each.id == kept.triage), None)
        made, after = review(
            before,
            history,
            self.shape,
            self.library,
            today=kept.date,
            screen=kept.screen or None,
            held=kept.held,
            triage=self._triage(found, origin.date) if found else None,
            revision=kept.revision,
            notes=response.notes,
            asked=kept.asked,
        )
        self.reviews[origin.review] = msgspec.structs.replace(
            made, triage=kept.triage, response=kept.response
        )
        return after

    def _vetoed(self, origin: Origin, before: Plan) -> Plan:
        from coach.programs.review import veto

        last = self.reviews[origin.review]
        base = self.plans[last.plan_before]
        self.reviews[origin.review], after, _ = veto(last, base, before, origin.ids, self.shape, self.library)
        return after

    def _applied(self, stored: Plan, origin: Origin) -> Plan:
        """The plan of a file, merged into the one before or begun anew, as it was then."""
        from coach.cases.applying import judged, made_plan, own_swaps, taken_out

        kept = next(each for each in self._triages() if each.id == origin.ids[1])
        goes_on = stored.reason is not None and stored.reason.rule == "plan_file_merge"
        before = self.before if goes_on else None
        triage = msgspec.structs.replace(
            self._triage(kept, kept.made or origin.date), response=kept.response, clearances=kept.clearances
        )
        profile, wishes = judged(self.reading, triage, origin.date, before)
        return made_plan(
            self.shape,
            self.library,
            profile,
            wishes,
            before=before,
            last=self.before,
            today=origin.date,
            done=origin.done,
            swaps=own_swaps(self.plans.values()),
            gone=taken_out(self.plans.values()),
        )

    def _chosen(self, origin: Origin, before: Plan) -> Plan:
        from coach.programs import choosing

        ids, done = origin.ids, origin.done
        if origin.kind == "hold":
            return choosing.held(before, ids)
        if origin.kind == "minimum":
            return choosing.minimum(before, ids[0] == "on", self.shape, self.library, done=done)
        only = ids[2] if len(ids) > 2 else ""
        return choosing.swapped(before, ids[0], ids[1], self.shape, self.library, done=done, only=only)

    def _triages(self) -> tuple[Triage, ...]:
        return self.reading.all("triage", Triage)

    def _response(self, name: str) -> Response:
        return next(each for each in self.reading.all("responses", Response) if each.id == name)

    def _triage(self, kept: Triage, today: date) -> Triage:
        """Screen again, with the clearances as they were. Raises `_Unknown` where it differs."""
        from coach.questionnaires.safety import triage as screen

        every = self.reading.all("responses", Response)
        place = next(n for n, each in enumerate(every) if each.id == kept.response)
        answers = every[place].answers
        made = screen(
            answers,
            today=today,
            clearances=kept.clearances,
            first_yes=first_yes(every[:place], answers, today),
            occasion=kept.occasion,
            nonresponse=kept.nonresponse,  # type: ignore[arg-type]
        )
        whole = msgspec.structs.replace(
            made,
            id=kept.id,
            made=kept.made,
            response=kept.response,
            occasion=kept.occasion,
            clearances=kept.clearances,
            nonresponse=kept.nonresponse,
        )
        found = difference("triage", kept, whole)
        if found:
            raise _Unknown(f"the safety screen reads otherwise at {found[0]}: {found[1]} -> {found[2]}")
        return made


def _unmarked(review: Review) -> Review:
    """A review without the marks that later corrections put on its cards."""
    decisions, habits = (
        tuple(msgspec.structs.replace(each, corrected=False) for each in cards)
        for cards in (review.decisions, review.habits)
    )
    return msgspec.structs.replace(review, decisions=decisions, habits=habits)


def difference(name: str, stored: Noun, made: Noun) -> tuple[str, str, str] | None:
    """The first field in which two nouns differ, with both values; null where every byte is the same."""
    made = from_json(to_json(made), type(made))  # as the file gives it back: 100 is 100.0 there
    if to_json(stored) == to_json(made):
        return None
    return _first(name, to_doc(stored), to_doc(made)) or (name, "", "")


def _first(path: str, was: Any, now: Any) -> tuple[str, str, str] | None:
    if isinstance(was, dict) and isinstance(now, dict):
        pairs = [(f"{path}.{key}", was.get(key), now.get(key)) for key in {**was, **now}]
    elif isinstance(was, list | tuple) and isinstance(now, list | tuple) and len(was) == len(now):
        pairs = [(f"{path}.{n}", a, b) for n, (a, b) in enumerate(zip(was, now, strict=True))]
    else:
        same = was == now and type(was) is type(now)
        return None if same else (path, _short(was), _short(now))
    return next((found for each in pairs if (found := _first(*each))), None)


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
