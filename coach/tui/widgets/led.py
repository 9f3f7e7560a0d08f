"""The figure of a running session: in step with what is counted, mirrored for the other side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coach.model.exercise import Exercise
from coach.tui.widgets.figure import FigureView

if TYPE_CHECKING:
    from coach.draw.instep import Steps


class LedFigure(FigureView):
    """Follows one look after another at a session; it never knows the session itself."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (as all widgets have it)
        super().__init__(id=id)
        self._of = ""
        self._steps: Steps | None = None

    def lead(self, exercise: Exercise | None, cues: Any, *, still: bool) -> None:
        """Show this exercise at this moment; nothing where there is none, or a question is asked."""
        name = exercise.id if exercise is not None else ""
        if name != self._of:
            self._of = name
            self._steps = _steps(exercise) if exercise is not None else None
        if self._steps is None:
            self.show(None)
            return
        motion = self._steps.motion
        own = f"{motion.figure.side} side"
        self.show(motion, mirror="side" in cues.side and own not in cues.side, still=still)
        self.seek(self._steps.at(cues.phase, cues.word, cues.piece, cues.spent))


def _steps(exercise: Exercise) -> Steps | None:
    from coach.draw.figures import motion_for
    from coach.draw.instep import Steps

    motion = motion_for(exercise)
    return Steps(motion) if motion is not None else None
