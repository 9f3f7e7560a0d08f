"""Which ladder stands in which slot of which session of a week (``clinical.md`` 5.4).

The base is the same for everyone: ladders take turns in their slots. The time share of the
phase decides which optional slots are filled, and the profile's ladders then take over places
of the base up to their share. Nothing here is random; ties break by the order of slots and
sessions.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from coach.model.exercise import Dose, Exercise
from coach.model.noun import Noun
from coach.programs.building import Building
from coach.programs.phases import Phase, Template

LEGS = ("hng", "sqt")
HIP = ("glu", "lun")
TRUNK = ("ant", "lat", "ext")
OPTIONAL = (6, 7, 8)
_BESIDE = 10
"""Places of a session beyond its slots begin here."""
_C2_SLOT = {"neu": 2, "dir": 1}


class Pick(NamedTuple):
    """A ladder in a slot, and what put it there: ``slot``, ``share`` or ``profile_flex``."""

    slot: int
    ladder: str
    why: str = "slot"
    instead: str = ""
    """Ladder of the base that the profile's ladder stands in for."""

    @property
    def by_profile(self) -> bool:
        """Whether it is the profile's choice and not the base."""
        return self.why.startswith("profile")


Picks = dict[int, Pick]
"""The picks of one session by slot."""


class Option(Noun, frozen=True, kw_only=True):
    """A ladder as it can be used this week: its exercise at this week's dose."""

    exercise: Exercise
    dose: Dose
    note: str = ""
    """Why it is not the standing exercise itself."""

    @property
    def c2(self) -> bool:
        """Whether it is control work in the time share."""
        return self.exercise.component == "c2"


class Board:
    """The sessions of one week while they are being filled."""

    def __init__(
        self,
        options: dict[str, Option],
        template: Template,
        building: Building,
        phase: Phase,
        *,
        week: int,
        sessions: int,
        size: int,
        balance: bool = False,
    ) -> None:
        self.options = options
        self.template = template
        self.building = building
        self.phase = phase
        self.week = week
        self.size = size
        self.balance = balance
        self.sessions: list[Picks] = [{} for _ in range(sessions)]
        self.taken: list[tuple[int, int, Pick]] = []
        """Places that the profile took over, in order: session, slot and what stood there."""
        self.minutes = {name: option.dose.time_min for name, option in options.items()}
        self.control = {name for name, option in options.items() if option.c2}
        self.used = dict.fromkeys(options, 0)
        """Sessions of the week that have a ladder."""
        self.own = dict.fromkeys(options, 0)
        """The same, where the profile chose it."""

    def fill(self, profiles: tuple[str, ...]) -> None:
        """Fill all sessions: base, optional slots by time share, then the profile's ladders."""
        for number in range(len(self.sessions)):
            self._base(number)
        for number in range(len(self.sessions)):
            self._optional(number)
        for profile in profiles:
            self._prefer(profile)
        if self.template.orders is not None and self.template.orders.listed:
            for number in range(len(self.sessions)):
                self._listed(number)

    def _put(self, number: int, pick: Pick) -> None:
        self.sessions[number][pick.slot] = pick
        self.used[pick.ladder] += 1
        self.own[pick.ladder] += pick.by_profile

    def _lift(self, number: int, slot: int) -> Pick:
        pick = self.sessions[number].pop(slot)
        self.used[pick.ladder] -= 1
        self.own[pick.ladder] -= pick.by_profile
        return pick

    def _base(self, number: int) -> None:
        turn = (self.week - 1) * len(self.sessions) + number
        for slot in self.template.slots:
            if slot.slot in OPTIONAL or slot.at_least > self.size:
                continue
            ladders = self._turns(slot.slot)
            if slot.slot == 3 and self.size < 4:
                ladders = [*ladders, *self._turns(4)[:1]]
            by_turn = slot.slot in (3, 5)
            self._place(number, slot.slot, ladders, turn if by_turn else number)

    def _ladders(self, slot: int) -> tuple[str, ...]:
        """Ladders of a slot; a hip exercise may stand in slot 4 where the shape has no such slot."""
        return next((each.ladders for each in self.template.slots if each.slot == slot), ())

    def _turns(self, slot: int) -> list[str]:
        ladders = [name for name in self._ladders(slot) if name in self.options]
        if slot == 2:
            if self.balance and "bal" in ladders:
                ladders = ["bal", *(name for name in ladders if name != "bal")]
            return ladders[:2]
        return ladders

    def _place(self, number: int, slot: int, ladders: list[str], turn: int) -> None:
        """Put the ladder whose turn it is into a slot, or the next that may be there."""
        for step in range(len(ladders)):
            ladder = ladders[(turn + step) % len(ladders)]
            if self._may(number, ladder):
                self._put(number, Pick(4 if ladder in HIP else slot, ladder))
                return

    def _may(self, number: int, ladder: str, without: int | None = None) -> bool:
        """Whether a ladder may be added to a session, ``without`` being the slot it would take over."""
        option = self.options.get(ladder)
        if option is None or self.used[ladder] >= option.exercise.frequency[1]:
            return False
        others = [pick for slot, pick in self.sessions[number].items() if slot != without]
        if any(pick.ladder == ladder for pick in others):
            return False
        if self.week <= self.building.number("heavy_weeks") and self._heavy(ladder):
            return not any(self._heavy(pick.ladder) for pick in others)
        return True

    def _heavy(self, ladder: str) -> bool:
        least = self.building.heavy.get(ladder)
        return least is not None and self.options[ladder].exercise.rung >= least

    def share(self, extra: str = "") -> float:
        """Return the share of control work in percent of the week's session minutes."""
        total = self._sum(self.used) + (self.minutes[extra] if extra else 0.0)
        control = sum(self.used[name] * self.minutes[name] for name in self.options if name in self.control)
        control += self.minutes[extra] if extra in self.control else 0.0
        return 100 * control / total if total else 0.0

    def _sum(self, count: dict[str, int]) -> float:
        return sum(times * self.minutes[name] for name, times in count.items())

    def _optional(self, number: int) -> None:
        """Fill optional slots, each with what brings the time share nearest to the phase's."""
        target = self.phase.control
        width = self.building.number("share_tolerance")
        for _ in range(max(0, self.size - 5)):
            now = max(0.0, abs(self.share() - target) - width)
            best: tuple[float, int, str] | None = None
            for slot, ladder in self._candidates(number):
                off = abs(self.share(ladder) - target)
                if max(0.0, off - width) > now + 1e-9:
                    continue
                if best is None or off < best[0] - 1e-9:
                    best = off, slot, ladder
            if best is None:
                return
            self._put(number, Pick(best[1], best[2], "share"))

    def _candidates(self, number: int) -> Iterator[tuple[int, str]]:
        session = self.sessions[number]
        for slot in OPTIONAL:
            if slot in session or all(each.slot != slot for each in self.template.slots):
                continue
            ladders = [each for each in self.template.slot(slot).ladders if self._may(number, each)]
            if slot == 6 and len(ladders) > 1:
                ladders = [ladders[number % len(ladders)]]
            for control in (True, False):
                same = [each for each in ladders if (each in self.control) is control]
                if same:
                    yield slot, same[0]

    def _listed(self, number: int) -> None:
        """Add what a plan file lists and has no place yet, the rarest first, up to the size of a session."""
        session = self.sessions[number]
        slots = {name: each.slot for each in reversed(self.template.slots) for name in each.ladders}
        rare = sorted(self.options, key=lambda name: (self.used[name], list(self.options).index(name)))
        for ladder in rare:
            if len(session) >= self.size:
                return
            if ladder in slots and self._may(number, ladder):
                # beside the slot of its own, which another ladder has: after those with a number
                session[_BESIDE + len(session)] = Pick(slots[ladder], ladder)
                self.used[ladder] += 1

    def _prefer(self, profile: str) -> None:
        """Let a profile's ladders take over places of the base, within their share of minutes."""
        for ladder in self.building.priority.get(profile, ()):
            if ladder not in self.options:
                continue
            for number in range(len(self.sessions)):
                any(self._take_over(number, slot, ladder, profile) for slot in self._places(number, ladder))

    def _places(self, number: int, ladder: str) -> list[int]:
        """Return the slots of a session whose pick the ladder could take over."""
        session, control = self.sessions[number], ladder in self.control
        found = []
        for slot, pick in sorted(session.items()):
            own = _C2_SLOT.get(ladder) == slot or ladder in self._ladders(slot)
            if self.size < 4 and slot in (3, 4):
                own = ladder in (*LEGS, *HIP)
            if own and (pick.ladder in self.control) is control and not pick.by_profile:
                found.append(slot)
        return found

    def _take_over(self, number: int, slot: int, ladder: str, profile: str) -> bool:
        session = self.sessions[number]
        old = session[slot]
        if any(pick.ladder == ladder for pick in session.values()) or not self._may(number, ladder, slot):
            return False
        if self.used[old.ladder] == 1 and self.week % 2 == 0:
            return False  # every second week each exercise keeps its turn, or it would never grow
        place = slot
        if self.size < 4 and slot in (3, 4):
            place = 4 if ladder in HIP else 3
        before = self.covered()
        self._lift(number, slot)
        self._put(number, Pick(place, ladder, f"profile_{profile}", old.ladder))
        if before <= self.covered() and self.specific() <= self.building.number("profile_share"):
            self.taken.append((number, place, old))
            return True
        self._lift(number, place)
        self._put(number, old)
        return False

    def specific(self) -> float:
        """Return the share of the profile's own choices in percent of the week's session minutes."""
        total = self._sum(self.used)
        return 100 * self._sum(self.own) / total if total else 0.0

    def give_back(self) -> bool:
        """Return the last place that the profile took over to the base; false when there is none."""
        if not self.taken:
            return False
        number, place, old = self.taken.pop()
        self._lift(number, place)
        self._put(number, old)
        return True

    def covered(self) -> set[str]:
        """Return the guarantees that the week keeps so far."""
        return covered([[pick.ladder for pick in session.values()] for session in self.sessions], self)


def covered(sessions: list[list[str]], board: Board) -> set[str]:
    """Return the guarantees of ``clinical.md`` 5.4 that some sessions keep."""
    used = {ladder for session in sessions for ladder in session}
    loaded = sum(any(ladder not in board.control for ladder in session) for session in sessions)
    kept = {
        name
        for name, ladders in (("hinge", ("hng",)), ("squat", ("sqt",)), ("hip", HIP))
        if used & {*ladders}
    }
    if len(used & {*TRUNK}) >= board.building.number("trunk_ladders"):
        kept.add("trunk")
    if loaded >= board.building.number("c3_sessions"):
        kept.add("strength")
    return kept
