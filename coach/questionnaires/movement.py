"""What the movement tests say: facts for the profile, and findings for the ladders (3.2, 5.5).

A fact is named ``test.part``, is 0, 0.5 or 1 unless its name says otherwise, and null where
the answers do not tell. A value that pain cut short is never read as weakness, except for the
``load`` part of MT-07, 08, 10, 11 and 12, which is then 1.
"""

from __future__ import annotations

from collections.abc import Iterable

from coach.model.assessment import Answers
from coach.questionnaires.rulebook import Rulebook
from coach.questionnaires.scoring import number, tidy

Facts = dict[str, float | None]
CONTROL = ("mt_01", "mt_02", "mt_03", "mt_04", "mt_05_back", "mt_05_forward", "mt_06")
FORM = ("mt_05_back", "mt_05_forward")


def flag(answers: Answers, item: str) -> float | None:
    """Yes is 1, no is 0, and unsure is not known."""
    return {"yes": 1.0, "no": 0.0}.get(str(answers.get(item)))


def most(values: Iterable[float | None]) -> float | None:
    """The largest of those known; null when none is."""
    known = [value for value in values if value is not None]
    return max(known, default=None)


def least(values: Iterable[float | None]) -> float | None:
    """All of them: 0 as soon as one is 0, null while one is not known."""
    listed = list(values)
    known = [value for value in listed if value is not None]
    if len(known) < len(listed) and 0.0 not in known:
        return None
    return min(known, default=None)


def any_of(values: Iterable[float | None]) -> float | None:
    """Some of them: 1 as soon as one is more than 0, null while one is not known."""
    listed = list(values)
    top = most(listed)
    return None if not top and None in listed else top


def truth(test: bool | None) -> float | None:
    """True is 1, False is 0."""
    return None if test is None else float(test)


class Person:
    """The answers of one person, and the limits of the tests as they hold for them."""

    def __init__(self, answers: Answers, rules: Rulebook) -> None:
        self.answers = answers
        self.rules = rules
        self.age = number(answers.get("age"))
        self.sex = str(answers.get("sex"))
        self.tests = {test.id: test for test in rules.tests}

    def num(self, item: str) -> float | None:
        """An answer as a number."""
        return number(self.answers.get(item))

    def yes(self, item: str) -> bool:
        """Whether an answer is yes."""
        return self.answers.get(item) == "yes"

    def limited(self, test: str) -> bool:
        """Whether pain stopped a test."""
        return self.yes(f"{test}_pain_limited")

    def limit(self, test: str, name: str) -> float | None:
        """A limit of a test as it holds for this person, with the age factor where it has one."""
        limit = self.tests[test].limits[name]
        value = limit.at(self.age, self.sex)
        factor = self.rules.age_factor.at(self.age) if limit.aged else 1.0
        return None if value is None or factor is None else tidy(value * factor)

    def below(self, value: float | None, test: str, name: str) -> float | None:
        """Whether a value is under a limit of a test."""
        limit = self.limit(test, name)
        return None if value is None or limit is None else float(tidy(value) < limit)

    def sides(self, item: str) -> tuple[float | None, float | None]:
        """Left and right of a test."""
        return self.num(f"{item}_l"), self.num(f"{item}_r")

    def either_below(self, test: str, name: str) -> float | None:
        """Whether either side is under a limit: known when one is, or when both are not."""
        return any_of(self.below(side, test, name) for side in self.sides(test))

    def apart(self, item: str, test: str) -> float | None:
        """Whether the sides differ by the limit or more."""
        left, right = self.sides(item)
        limit = self.limit(test, "apart")
        if left is None or right is None or limit is None:
            return None
        return float(tidy(abs(left - right)) >= limit)

    def ratio(self, test: str) -> float | None:
        """Whether weak / strong is under its limit and the sides are far enough apart."""
        left, right = self.sides(test)
        if left is None or right is None:
            return None
        strong = max(left, right)
        share = min(left, right) / strong if strong else 1.0
        return least((self.apart(test, test), self.below(share, test, "ratio")))


def test_facts(answers: Answers, rules: Rulebook) -> Facts:
    """All facts of the movement tests."""
    person = Person(answers, rules)
    facts: Facts = {f"{item}.fail": _fail(answers, item) for item in CONTROL}
    facts["mt_05.fail"] = most(facts[f"{item}.fail"] for item in FORM)
    facts["mc_count"] = _mc_count(facts, rules)
    for read in (_stand, _balance, _endurance, _bridge, _scales, _others):
        facts |= read(person)
    facts |= _directions(person, "a") | _directions(person, "b")
    return facts


def _fail(answers: Answers, item: str) -> float | None:
    return {"fail": 1.0, "pass": 0.0}.get(str(answers.get(item)))


def _mc_count(facts: Facts, rules: Rulebook) -> float | None:
    """Failed tests of MT-01 to MT-06; null with few done, unless those already count."""
    done = [value for k in range(1, 7) if (value := facts[f"mt_0{k}.fail"]) is not None]
    fails = sum(done)
    enough = len(done) >= (rules.mc_count["done"].value or 0)
    return fails if enough or fails >= (rules.mc_count["fails"].value or 0) else None


def _stand(person: Person) -> Facts:
    """MT-07 and MT-08: ``finding`` is null when pain stopped the test, ``load`` is then 1."""
    seven = _slow(person)
    eight = person.below(person.num("mt_08"), "mt_08", "below")
    found: Facts = {}
    for test, value in (("mt_07", seven), ("mt_08", eight)):
        limited = person.limited(test)
        found[f"{test}.finding"] = None if limited else value
        found[f"{test}.load"] = 1.0 if limited else value
    return found


def _slow(person: Person) -> float | None:
    """Five sit-to-stands: 1 clear, 0.5 mild, 0 normal."""
    if person.yes("mt_07_cannot"):
        return 1.0
    seconds = person.num("mt_07")
    clear, mild = person.limit("mt_07", "clear"), person.limit("mt_07", "mild")
    if seconds is None or clear is None or mild is None:
        return None
    if seconds > clear:
        return 1.0
    return person.limit("mt_07", "mild_value") if seconds > mild else 0.0


def _balance(person: Person) -> Facts:
    """MT-09: ``sides`` for ASYM, ``support`` for the tag BAL, ``drop`` from the video."""
    sides = person.sides("mt_09")
    weaker = min((side for side in sides if side is not None), default=None)
    short = person.below(weaker, "mt_09", "mean")
    support = any_of(person.below(side, "mt_09", "support") for side in sides)
    limited = person.limited("mt_09")
    return {
        "mt_09.sides": None if limited else least((person.apart("mt_09", "mt_09"), short)),
        "mt_09.support": support,
        "mt_09.drop": flag(person.answers, "mt_09_drop"),
    }


def _endurance(person: Person) -> Facts:
    """MT-10, MT-11 and MT-12: ``low`` is null and ``load`` is 1 when pain stopped the test."""
    full = person.answers.get("mt_10_variant") == "full"
    variant = str(person.answers.get("mt_11_variant"))
    hold = person.below(person.num("mt_11"), "mt_11", variant) if variant in ("floor", "sorensen") else None
    lows = {
        "mt_10": person.either_below("mt_10", "low") if full else None,
        "mt_11": hold,
        "mt_12": person.below(person.num("mt_12"), "mt_12", "low"),
    }
    found: Facts = {"mt_10.ratio": None if person.limited("mt_10") else person.ratio("mt_10")}
    for test, low in lows.items():
        limited = person.limited(test)
        found[f"{test}.low"] = None if limited else low
        found[f"{test}.load"] = 1.0 if limited else low
    return found


def _bridge(person: Person) -> Facts:
    limited = person.limited("mt_13")
    return {
        "mt_13.low": None if limited else person.either_below("mt_13", "low"),
        "mt_13.ratio": None if limited else person.ratio("mt_13"),
        "mt_13.cramp": flag(person.answers, "mt_13_cramp"),
    }


def _scales(person: Person) -> Facts:
    """MT-15: the same heavier side often enough, and far enough; ``.side`` is -1 or 1."""
    found: Facts = {}
    for part in ("stand", "squat"):
        mean, same = person.num(f"mt_15_{part}"), person.num(f"mt_15_{part}_same")
        needed, limit = person.limit("mt_15", "same"), person.limit("mt_15", part)
        often = truth(None if same is None or needed is None else same >= needed)
        far = truth(None if mean is None or limit is None else abs(mean) >= limit)
        found[f"mt_15.{part}"] = least((often, far))
        found[f"mt_15.{part}_side"] = None if not mean else (1.0 if mean > 0 else -1.0)
    return found


def _others(person: Person) -> Facts:
    lift = person.sides("mt_14")
    total = None if None in lift else sum(side for side in lift if side is not None)
    positive = person.limit("mt_14", "positive") or 0.0
    turns = (person.apart("mt_17_ir", "mt_17"), person.apart("mt_17_er", "mt_17"))
    return {
        "mt_14.sum": total,
        "mt_14.positive": truth(None if total is None else total >= positive),
        "mt_16.sides": person.apart("mt_16", "mt_16"),
        "mt_17.sides": most(turns),
        "mt_20.value": person.num("mt_20"),
        "mt_21.value": person.num("mt_21"),
        "mt_24.value": flag(person.answers, "mt_24_knee_in"),
    }


def _directions(person: Person, part: str) -> Facts:
    """MT-19, one direction: how much worse and how much better after two minutes."""
    worse, better = _response(person, person.num(f"mt_19{part}_dpain"), person.num(f"mt_19{part}_dloc"))
    baseline, floor = person.num("mt_19_pain"), person.limit("mt_19", "baseline") or 0.0
    if baseline is None or baseline <= floor:
        better = 0.0 if worse else None
    return {f"mt_19{part}.worse": worse, f"mt_19{part}.better": better}


def _response(person: Person, pain: float | None, place: float | None) -> tuple[float | None, float | None]:
    """Location decides first, pain where the location did not move."""
    move, inward = (person.limit("mt_19", name) or 0.0 for name in ("move", "inward_pain"))
    full, half, part = (person.limit("mt_19", name) or 0.0 for name in ("full", "half", "half_value"))
    if place is not None and place >= move:
        return 1.0, 0.0
    if pain is None or (place is None and pain < full):
        return None, None
    if place is not None and place <= -move and pain <= inward:
        return 0.0, 1.0
    size = 1.0 if abs(pain) >= full else part if abs(pain) >= half else 0.0
    return (size, 0.0) if pain > 0 else (0.0, size)
