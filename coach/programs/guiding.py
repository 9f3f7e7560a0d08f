"""What a therapist's file says of one reviewed week: holds, one reduction, easier days, and its cards.

Asked once a review, before the exercises are decided. It can only hold back and cut: nothing in here
makes a dose rise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from msgspec.structs import replace

from coach.model.condition import Expression, Measures
from coach.model.exercise import Number, Reason
from coach.model.log import History
from coach.model.noun import Noun
from coach.model.plan import Asked, Easing, Plan, Standing
from coach.model.planlines import Rule, Then
from coach.model.review import Evidence
from coach.programs.advising import Advice, Word
from coach.programs.library import Library
from coach.programs.orders import Orders
from coach.programs.planlang.evaluate import evaluate
from coach.programs.readings import Readings
from coach.programs.turning import Turn
from coach.programs.worded import note_of, plain_of, source_of, whose_of, worded

PREFIX = "plan:"
"""Before the id of a rule of the file, where it stands beside the rules of our own."""
WEEK = 7
KEEP = timedelta(days=56)
"""How long answers to the file's questions are kept: the longest window of a condition."""


class Guidance(Noun, frozen=True, kw_only=True):
    """What the file says about a whole review."""

    orders: Orders
    exercises: dict[str, Advice] = {}
    easings: tuple[Easing, ...] = ()
    notes: tuple[Reason, ...] = ()
    lessons: tuple[str, ...] = ()
    """Lessons to bring forward."""
    asked: tuple[Asked, ...] = ()
    """All answers that are kept."""

    def word(self, exercise: str, rule: str) -> Word | None:
        """The word behind the card of an exercise, where the file decided it."""
        if not rule.startswith("plan_"):
            return None
        advice = self.exercises.get(exercise)
        return (advice.word(rule) if advice is not None else None) or plain_of(rule, self.orders)

    def followed(self, after: Plan, turns: Iterable[Turn], number: int, starts: date) -> Plan:
        """The next version with what the file says beside the doses: easier days, cards, lessons, answers."""
        lasting = tuple(each for each in after.easings if each.until >= starts)
        fresh = tuple(made for each in self.easings for made in _once(each, turns))
        order = list(after.lessons)
        for lesson in reversed(self.lessons):
            if lesson in order[number:]:
                order.remove(lesson)
                order.insert(number - 1, lesson)
        return replace(
            after,
            easings=(*lasting, *fresh),
            notes=(*after.notes, *self.notes),
            lessons=tuple(order),
            asked=self.asked,
        )


def _once(easing: Easing, turns: Iterable[Turn]) -> Iterator[Easing]:
    """An easing beside the cuts of the same review: of several reasons to reduce the largest applies once."""
    if not easing.exercises:
        yield easing
        return
    plain = []
    for turn in turns:
        if turn.exercise.id not in easing.exercises:
            continue
        cut = turn.outcome.dose.size / turn.before.dose.size
        if turn.to is None and cut > 1 - 1e-9:
            plain.append(turn.exercise.id)
        elif turn.to is None and cut > easing.share:
            yield replace(easing, exercises=(turn.exercise.id,), share=round(easing.share / cut, 4))
    if plain:
        yield replace(easing, exercises=tuple(plain))


def guidance(
    plan: Plan,
    history: History,
    evidence: Iterable[Evidence],
    orders: Orders,
    library: Library,
    *,
    today: date,
    week: int,
    starts: date,
    asked: dict[str, float] | None = None,
) -> Guidance:
    """Ask every condition of the file; ``week`` and ``starts`` are the coming week."""
    given = tuple(
        Asked(id=name, date=today, value=float(value)) for name, value in sorted((asked or {}).items())
    )
    kept = tuple(each for each in (*plan.asked, *given) if today - each.date <= KEEP)
    readings = Readings(plan, history, today, kept)
    file = orders.file
    every = (*plan.standing, *((plan.walk,) if plan.walk else ()))
    known = {each.exercise: each for each in evidence}
    measures = {each.exercise: readings.exercise(each.exercise) for each in every}
    advice = {
        each.exercise: _own(orders, each, measures[each.exercise], known.get(each.exercise)) for each in every
    }
    notes, easings, lessons = [], [], []
    for whole in _whole(orders, readings.plan, week):
        notes.append(note_of(whole.rule, whole))
        advice = {name: _held(each, whole) for name, each in advice.items()}
    for rule in file.rules:
        fired = _asked_rule(rule, every, measures, readings.plan, library, orders)
        if not fired:
            continue
        for name, word in fired.items():
            if name in advice:
                advice[name] = _ruled(advice[name], rule, word)
        sure = {name: word for name, word in fired.items() if word.rule == "plan_rule"}
        if sure:
            notes.append(note_of(f"{PREFIX}{rule.id}", next(iter(sure.values()))))
            easings += _easings(rule, tuple(name for name in sure if name), starts)
            lessons += [each.lesson for each in rule.then if each.effect == "lesson" and each.lesson]
    return Guidance(
        orders=orders,
        exercises=advice,
        easings=tuple(easings),
        notes=tuple(notes),
        lessons=tuple(dict.fromkeys(lessons)),
        asked=kept,
    )


def _own(orders: Orders, standing: Standing, measures: Measures, evidence: Evidence | None) -> Advice:
    """What the lines of one exercise and of its ladder say."""
    line, ladder = orders.line(standing.exercise), orders.ladder(standing.ladder)
    name = standing.prescription.name
    hold, climb, cut, back = None, None, None, None

    def met(when: Expression) -> bool:
        return evaluate(when, measures, orders.file.asks) is True

    if line is not None and line.rise is not None and not met(line.rise):
        hold = worded("plan_rise", line.rise, measures, orders, f"{name} waits for what the plan asks for.")
    if line is not None and line.ease is not None:
        hold, cut = _asked_cut("plan_ease", line.ease, measures, orders, name, hold)
    if line is not None and line.pain is not None and evidence is not None:
        cut = cut or _over(line.pain, evidence, orders, name)
    if ladder is not None and ladder.up is not None and not met(ladder.up):
        climb = worded("plan_rise", ladder.up, measures, orders, f"The step after {name} waits.")
    if ladder is not None and ladder.hold is not None:
        answer = evaluate(ladder.hold, measures, orders.file.asks)
        if answer is not False:
            hold = hold or worded(
                "plan_hold", ladder.hold, measures, orders, f"{name} is held.", unknown=answer is None
            )
    if ladder is not None and ladder.down is not None:
        hold, back = _asked_cut("plan_down", ladder.down, measures, orders, name, hold)
    return Advice(hold=hold, climb=climb, cut=cut, back=back)


def _asked_cut(
    rule: str, when: Expression, measures: Measures, orders: Orders, name: str, hold: Word | None
) -> tuple[Word | None, Word | None]:
    """A reduction where its condition is true; a hold where that is not known."""
    answer = evaluate(when, measures, orders.file.asks)
    if answer:
        return hold, worded(rule, when, measures, orders, f"{name} is made easier.")
    if answer is None:
        hold = hold or worded("plan_hold", when, measures, orders, f"{name} is held.", unknown=True)
    return hold, None


def _over(most: int, evidence: Evidence, orders: Orders, name: str) -> Word | None:
    """The pain ceiling of the file, where a session went over it."""
    worst = max((each.most for each in evidence.sessions if each.most is not None), default=None)
    if worst is None or worst <= most:
        return None
    number = Number(name="most pain during", value=worst, threshold=f"<= {most}", source=source_of(orders))
    return Word(
        rule="plan_pain",
        text=f"{whose_of(orders)} sets a pain ceiling of {most} for {name}.",
        otherwise=f"Pain of {most} or less in every session would have kept the level.",
        numbers=(number,),
    )


def _whole(orders: Orders, measures: Measures, week: int) -> Iterator[Word]:
    """Why the whole plan waits for the therapist."""
    bounds = orders.file.bounds
    if bounds.until_week is not None and week > bounds.until_week:
        yield Word(
            rule="plan_ask",
            text=f"{whose_of(orders)} is written up to week {bounds.until_week}. Nothing grows until you "
            "have asked your therapist how to go on.",
            otherwise="A newer plan file goes on from here: coach planfile apply FILE",
            numbers=(
                Number(
                    name="week", value=week, threshold=f"<= {bounds.until_week}", source=source_of(orders)
                ),
            ),
        )
    flare = orders.file.flare
    if flare is not None and flare.when is not None:
        answer = evaluate(flare.when, measures, orders.file.asks)
        if answer is not False:
            word = worded("plan_flare", flare.when, measures, orders, "", unknown=answer is None)
            text = (
                f"{whose_of(orders)} takes this for a flare-up, so nothing grows. For the easier days: "
                "coach flare start"
                if answer
                else f"{whose_of(orders)} looks at numbers that were not given, so nothing grows this week."
            )
            yield replace(word, text=text)
    if bounds.ask_therapist is not None:
        answer = evaluate(bounds.ask_therapist, measures, orders.file.asks)
        if answer is not False:
            word = worded("plan_ask", bounds.ask_therapist, measures, orders, "", unknown=answer is None)
            text = (
                f"{whose_of(orders)} asks you to call your therapist now. Until then nothing grows."
                if answer
                else f"{whose_of(orders)} looks at numbers that were not given, so nothing grows this week."
            )
            yield replace(word, text=text)


def _asked_rule(
    rule: Rule,
    every: Iterable[Standing],
    measures: dict[str, Measures],
    whole: Measures,
    library: Library,
    orders: Orders,
) -> dict[str, Word]:
    """For each exercise that a rule is true of, or not known of, its word."""
    found: dict[str, Word] = {}
    only_words = all(each.effect in ("lesson", "swap") for each in rule.then)
    for standing in every:
        if not _in_scope(rule.scope, standing, library):
            continue
        read = whole if rule.scope == "plan" else measures[standing.exercise]
        answer = evaluate(rule.when, read, orders.file.asks)
        if answer is False or (answer is None and only_words):
            continue
        word = worded("plan_rule", rule.when, read, orders, rule.say, unknown=answer is None)
        found[standing.exercise] = word if answer else replace(word, rule="plan_hold")
    return found


def _in_scope(scope: str, standing: Standing, library: Library) -> bool:
    component = library.exercises[standing.exercise].component
    return scope in ("plan", component, standing.ladder, standing.exercise)


def _ruled(advice: Advice, rule: Rule, word: Word) -> Advice:
    """The advice with the effects of a rule; one that is not known holds."""
    effects = {each.effect for each in rule.then}
    if word.rule == "plan_hold":
        return _held(advice, word)
    if effects & {"hold", "reduce", "step_back", "ask"}:
        advice = _held(advice, word)
    if "step_back" in effects:
        advice = replace(advice, back=advice.back or word)
    if "no_load_step" in effects:
        advice = replace(advice, no_load=advice.no_load or word)
    return advice


def _held(advice: Advice, word: Word) -> Advice:
    return advice if advice.hold is not None else replace(advice, hold=word)


def _easings(rule: Rule, names: tuple[str, ...], starts: date) -> list[Easing]:
    """What a rule takes off the coming days."""
    made = []
    for each in rule.then:
        if each.effect in ("reduce", "shorten") and each.percent:
            until = starts + timedelta(days=_days(each) - 1)
            ids = names if each.effect == "reduce" else ()
            share = 1 - each.percent / 100
            if ids or each.effect == "shorten":
                made.append(Easing(rule=f"{PREFIX}{rule.id}", until=until, share=share, exercises=ids))
    return made


def _days(then: Then) -> int:
    return then.days if then.days is not None else WEEK
