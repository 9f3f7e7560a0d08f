"""A session line by line: announced, counted and asked, with nothing ever redrawn."""

from __future__ import annotations

import os
import select
import sys
import time
from typing import TYPE_CHECKING

from coach.cli.face import Face
from coach.cli.saying import Saying

if TYPE_CHECKING:
    from coach.cases.playing import Running
    from coach.cases.sessions import Logged
    from coach.coach import Coach
    from coach.programs.beats import Called

HELP = (
    "Keys, each with Enter: Enter alone goes on or ends the set · a number says how many were done · "
    "? how · < back · e easier · p too painful · s skip · r rate this set (in a rest) · w wait · "
    "a by itself or not · x end here · q pause, go on later with coach session"
)
LOOK_S = 0.1
RINGS = ("start", "half", "end", "side")


class Left(Exception):
    """The person stopped for now; every set is saved."""


class Lines:
    """Typed lines, with a wait that ends by itself."""

    def __init__(self) -> None:
        self._rest = b""

    def read(self, seconds: float | None) -> str | None:
        """The next line, or null when none came in time. Raises KeyboardInterrupt at the end of input."""
        while b"\n" not in self._rest:
            if not select.select([sys.stdin], [], [], seconds)[0]:
                return None
            data = os.read(sys.stdin.fileno(), 1024)
            if not data:
                raise KeyboardInterrupt
            self._rest += data
        line, _, self._rest = self._rest.partition(b"\n")
        return line.decode(errors="replace").strip()


def lead(face: Face, coach: Coach, *, short: bool, minimum: bool, auto: bool) -> None:
    """Lead through the session, and record it."""
    running = coach.session(short=short, minimum=minimum, auto=auto, at=time.monotonic())
    running.load()
    player = Player(face, running)
    try:
        player.run()
    except Left:
        face.say("Paused. Every set is saved. Go on with: coach session")
        return
    done = running.finish(time.monotonic())
    _tell(face, running, done)


class Player:
    """Reads lines, lets time pass, and says what is called out."""

    def __init__(self, face: Face, running: Running) -> None:
        self._face = face
        self._running = running
        self._lines = Lines()
        self._saying = Saying()
        self._shown: object = None
        """The exercise, or question, that was told last."""

    def run(self) -> None:
        """Until the session is over. Raises `Left`."""
        self._greet()
        while self._running.state.phase != "done":
            self._present()
            cues = self._running.cues()
            for said in self._saying.now(cues):
                self._face.say(said)
            line = self._lines.read(None if cues.paused or cues.left is None or cues.waits else LOOK_S)
            if line is None:
                self._call(self._running.do("tick", time.monotonic()))
            else:
                self._typed(line)

    def _greet(self) -> None:
        from coach.draw.words import session

        state, say = self._running.state, self._face.say
        name = session(state.session)
        for each in self._running.notices:
            say(each)
        if self._running.resumed:
            say(f"{name}: going on where you left it. Press Enter when you are ready.")
        else:
            minutes = max(1, round(sum(each.given.minutes for each in state.items)))
            say(f"{name}: {len(state.items)} exercises, about {minutes} min.")
        say(HELP)

    def _present(self) -> None:
        """Tell the exercise when it is a new one, and the question when it is a new one."""
        from coach.draw.sessions import instructions, question

        state, cues = self._running.state, self._running.cues()
        if cues.asked is not None:
            now: object = (len(state.past), cues.asked.id)
            lines = [question(cues.asked)]
            if cues.asked.id == "before" and self._running.suggested is not None:
                lines[0] += f" [{self._running.suggested:g}]"
        else:
            now = (state.place.item, state.done.level, state.done.share, state.done.support)
            if now == self._shown or state.phase == "done":
                return
            how = self._running.how()
            lines = [f"\nExercise {cues.item} of {cues.items}"]
            lines += instructions(state.doing, how, state.units, most_pain=cues.most_pain)
            if state.phase == "setup":
                lines.append("Enter when you are in place.")
        if now == self._shown:
            return
        self._shown = now
        for line in lines:
            self._face.say(line)

    def _typed(self, line: str) -> None:
        running, at = self._running, time.monotonic()
        state = running.state
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
        elif state.phase in ("before", "ask") and line not in commands:
            self._answer(line, at)
        elif line in commands:
            self._command(commands[line], at)
        elif not line:
            self._call(running.do("next", at))
        else:
            self._amount(line, at)

    def _command(self, command: str, at: float) -> None:
        before = self._running.state
        called = self._running.do(command, at)  # type: ignore[arg-type]
        after = self._running.state
        if after.told:
            self._face.say(after.told)
        elif after.past == before.past:
            self._face.say("  That is not possible here. ? says what is.")
        if command == "back" and after.phase not in ("before", "ask", "done"):
            self._face.say("One step back.")
        self._call(called)

    def _skip(self, at: float) -> None:
        if self._running.state.phase in ("before", "ask"):
            self._face.say("  - leaves this question out.")
            return
        self._running.do("pause", at)
        self._face.say("Why is it left out? A word is enough, Enter for none.")
        reason = self._lines.read(None) or ""
        self._call(self._running.do("skip", time.monotonic(), reason=_clean(reason)))

    def _answer(self, line: str, at: float) -> None:
        """A number, ``-`` for none; Enter takes what is offered."""
        asked, offered = self._running.cues().asked, self._running.suggested
        assert asked is not None, "only a question is answered"
        if self._running.state.paused:
            self._call(self._running.do("resume", at))
            return
        if line == "-":
            self._call(self._running.do("answer", at, value=None))
            return
        if not line and asked.id == "before" and offered is not None:
            line = f"{offered:g}"
        try:
            value = float(line.replace(",", "."))
            if asked.choices:
                value = asked.choices[int(value)][0] if value == int(value) >= 0 else -1
            called = self._running.do("answer", at, value=value)
            if self._running.state.told:
                self._face.say(self._running.state.told)
            self._call(called)
        except (ValueError, IndexError, OverflowError):
            most = len(asked.choices) - 1 if asked.choices else asked.most
            self._face.say(f"  Type a number from 0 to {most}, or - to leave it out.")

    def _amount(self, line: str, at: float) -> None:
        """How many were really done: of this set, or in a rest of the one before."""
        state = self._running.state
        try:
            amount = float(line.replace(",", "."))
        except ValueError:
            amount = 0
        if not 0 < amount <= 3600 or state.phase not in ("work", "rest", "ready"):
            self._face.say("  That is not known here. ? says what is.")
        elif state.phase == "work":
            self._call(self._running.do("next", at, amount=amount))
        else:
            self._running.do("amend", at, amount=amount)
            if len(self._running.state.past) != len(state.past):
                self._face.say(f"  The last set had {amount:g}.")

    def _how(self) -> None:
        from coach.draw.sessions import instructions

        state, most = self._running.state, self._running.cues().most_pain
        for line in instructions(state.doing, self._running.how(), state.units, most_pain=most):
            self._face.say(line)
        self._face.say(HELP)

    def _call(self, called: tuple[Called, ...]) -> None:
        placing = self._running.state.phase == "setup"  # said with the exercise
        for each in called:
            if placing and each.kind == "start":
                continue
            bell = "\a" if each.kind in RINGS and not self._face.quiet else ""
            if each.text:
                print(f"{bell}{each.text}", file=sys.stderr, flush=True)
            elif bell:
                print(bell, end="", file=sys.stderr, flush=True)


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
