"""A session line by line: announced, counted and asked, with nothing ever redrawn."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from coach.cli.ask import Closed, choose
from coach.cli.face import Face
from coach.cli.player_keys import HELP, SPOKEN, WORDS
from coach.cli.saying import Saying
from coach.cli.typed import Lines
from coach.programs.playing import REASONS, RINGS, SHORTER

if TYPE_CHECKING:
    from coach.cases.playing import Running
    from coach.cases.sessions import Logged
    from coach.coach import Coach
    from coach.programs.beats import Called

LOOK_S = 0.1
GO_ON = "Paused. Every set is saved. Go on with: coach session"


class Left(Exception):
    """The person stopped for now; every set is saved."""


def lead(face: Face, coach: Coach, *, short: bool, minimum: bool, auto: bool | None) -> int:
    """Lead through the session, and record it; the exit code. ``auto`` is as it is set where it is null."""
    settings = coach.settings()

    def begin(kind: str) -> Running:
        return coach.session(
            short=kind == "short",
            minimum=kind == "minimum",
            auto=settings.hands_free if auto is None else auto,
            at=time.monotonic(),
            ready_s=float(settings.countdown),
        )

    player = Player(face, begin, "short" if short else "minimum" if minimum else "full", bell=settings.bell)
    try:
        player.run()
    except (Left, Closed):
        face.say(GO_ON)
        return 0
    except KeyboardInterrupt:
        face.say(f"\n{GO_ON}")
        return 130
    _tell(face, player.running, player.running.finish(time.monotonic()))
    return 0


class Player:
    """Reads lines, lets time pass, and says what is called out."""

    def __init__(self, face: Face, begin: Callable[[str], Running], kind: str, *, bell: bool = True) -> None:
        self._face = face
        self._begin = begin
        self._bell = bell and not face.quiet
        self.running = begin(kind)
        self.running.load()
        self._lines = Lines()
        self._saying = Saying()
        self._shown: object = None
        """The exercise that was told last: it is not told again after a question about it."""
        self._asked: object = None
        """The question that was asked last."""

    def run(self) -> None:
        """Until the session is over. Raises `Left`."""
        self._greet()
        while self.running.state.phase != "done":
            self._present()
            cues = self.running.cues()
            for said in self._saying.now(cues):
                self._face.say(said)
            line = self._lines.read(None if cues.paused or cues.left is None or cues.waits else LOOK_S)
            if line is None:
                self._call(self.running.do("tick", time.monotonic()))
            else:
                self._typed(line)

    def _greet(self) -> None:
        from coach.draw.sessions import chosen
        from coach.draw.words import session

        state, say = self.running.state, self._face.say
        name = session(state.session)
        for each in self.running.notices:
            say(each)
        if self.running.resumed:
            say(f"{name}: going on where you left it. Press Enter when you are ready.")
        else:
            say(f"{name}. {chosen(state)}.")
        say(SPOKEN if self._face.plain else HELP)

    def _present(self) -> None:
        """Tell the exercise when it is a new one, and the question when it is a new one."""
        state, cues = self.running.state, self.running.cues()
        if cues.asked is not None:
            self._ask((len(state.past), cues.asked.id))
            return
        was_asked, self._asked = self._asked is not None, None
        now = (state.place.item, state.done.level, state.done.share, state.done.support)
        if state.phase == "done" or (now == self._shown and not was_asked):
            return
        if now != self._shown:
            self._shown = now
            self._face.say(f"\nExercise {cues.item} of {cues.items}")
            self._steps()
        if state.phase == "setup":
            self._face.say("Enter when you are in place.")

    def _ask(self, place: object) -> None:
        """Put the question that is open, once."""
        from coach.draw.sessions import question

        asked = self.running.cues().asked
        if asked is None or place == self._asked:
            return
        self._asked = place
        offered = self.running.suggested if asked.id == "before" else None
        takes = "" if offered is None else f"Enter: {offered:g}; "
        leaves = "skip leaves it out" if self._face.plain else "- leaves it out"
        self._face.say(f"{question(asked)} ({takes}{leaves})")

    def _steps(self) -> None:
        """How the exercise that is on is done."""
        from coach.draw.sessions import instructions

        state, most = self.running.state, self.running.cues().most_pain
        for line in instructions(state.doing, self.running.how(), state.units, most_pain=most):
            self._face.say(line)

    def _typed(self, line: str) -> None:
        running, at = self.running, time.monotonic()
        state = running.state
        asked = state.phase in ("before", "ask")
        line = "-" if asked and line.lower() == "skip" else WORDS.get(line.lower(), line)
        commands = {"<": "back", "e": "easier", "p": "hurts", "r": "rate", "x": "finish"}
        if line == "?":
            self._how()
        elif line == "q":
            running.do("pause", at)
            raise Left
        elif line == "w":
            running.do("pause", at)
            self._face.say("Waiting. Enter goes on.")
        elif line == "a":
            self._call(running.do("auto", at, on=not state.auto))
            self._face.say("It goes on by itself." if running.state.auto else "It waits for Enter.")
        elif line == "s":
            self._skip(at)
        elif line == "v":
            self._shorter()
        elif asked and line not in commands:
            self._answer(line, at)
        elif line in commands:
            self._command(commands[line], at)
        elif not line:
            self._call(running.do("next", at))
        else:
            self._amount(line, at)

    def _command(self, command: str, at: float) -> None:
        before = self.running.state
        called = self.running.do(command, at)  # type: ignore[arg-type]
        after = self.running.state
        if after.told:
            self._face.say(after.told)
        elif after.past == before.past:
            self._face.say("  That is not possible here. ? says what is.")
        if command == "back" and after.phase not in ("before", "ask", "done"):
            self._face.say("One step back.")
        self._call(called)

    def _skip(self, at: float) -> None:
        if self.running.state.phase in ("before", "ask"):
            self._face.say("  - leaves this question out.")
            return
        self.running.do("pause", at)
        reason = choose("Why is this exercise left out?", REASONS, own=True, read=self._read)
        if reason:
            self._call(self.running.do("skip", time.monotonic(), reason=_clean(reason)))
        else:
            self._call(self.running.do("resume", time.monotonic()))
            self._face.say("It stays.")

    def _read(self) -> str:
        return self._lines.read(None) or ""

    def _shorter(self) -> None:
        """Before it begins: the whole session, the short one, two minutes, and around again."""
        if self.running.state.past:
            self._face.say("  It has begun: end records what was done so far.")
            return
        kind = SHORTER[self.running.state.kind]
        self.running.drop()
        self.running = self._begin(kind)
        self.running.load()
        self._shown = self._asked = None
        from coach.draw.sessions import chosen

        self._face.say(f"{chosen(self.running.state)}.")

    def _answer(self, line: str, at: float) -> None:
        """A number, ``-`` for none; Enter takes what is offered."""
        asked, offered = self.running.cues().asked, self.running.suggested
        assert asked is not None, "only a question is answered"
        if self.running.state.paused:
            self._call(self.running.do("resume", at))
            return
        if line == "-":
            self._call(self.running.do("answer", at, value=None))
            return
        if not line and asked.id == "before" and offered is not None:
            line = f"{offered:g}"
        try:
            value = float(line.replace(",", "."))
            if asked.choices:
                value = asked.choices[int(value)][0] if value == int(value) >= 0 else -1
            called = self.running.do("answer", at, value=value)
            if self.running.state.told:
                self._face.say(self.running.state.told)
            self._call(called)
        except (ValueError, IndexError, OverflowError):
            most = len(asked.choices) - 1 if asked.choices else asked.most
            leave = "skip" if self._face.plain else "-"
            self._face.say(f"  Type a number from 0 to {most}, or {leave} to leave it out.")

    def _amount(self, line: str, at: float) -> None:
        """How many were really done: of this set, or in a rest of the one before."""
        state = self.running.state
        try:
            amount = float(line.replace(",", "."))
        except ValueError:
            amount = 0
        if not 0 < amount <= 3600 or state.phase not in ("work", "rest", "ready"):
            self._face.say("  That is not known here. ? says what is.")
        elif state.phase == "work":
            self._call(self.running.do("next", at, amount=amount))
        else:
            self.running.do("amend", at, amount=amount)
            if len(self.running.state.past) != len(state.past):
                self._face.say(f"  The last set had {amount:g}.")

    def _how(self) -> None:
        self._steps()
        self._face.say(SPOKEN if self._face.plain else HELP)

    def _call(self, called: tuple[Called, ...]) -> None:
        placing = self.running.state.phase == "setup"  # said with the exercise
        for each in called:
            if placing and each.kind == "start":
                continue
            if self._bell and each.kind in RINGS:
                print("\a", end="", file=sys.stderr, flush=True)
            if each.text:
                self._face.say(each.text)


def _clean(text: str) -> str:
    from coach.model.text import one_line

    return one_line(text)


def _tell(face: Face, running: Running, done: Logged) -> None:
    from coach.draw.sessions import summary

    state = running.state
    names = {each.exercise: each.name for item in state.items for each in (item.given, *item.easier)}
    if face.json:
        from coach.cli.document import plain

        face.emit("session", plain(done))
    elif done.sessions:
        for line in summary(done.sessions[0], names, state.units):
            face.out(line)
    face.say(done.text)
    for notice in done.notices:
        face.say(notice)
