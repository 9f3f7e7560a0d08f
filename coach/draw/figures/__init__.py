"""The figure of every exercise and movement test, from the data files beside this one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from coach.draw.figurefile import TESTS, poses, read_figures
from coach.draw.motion import TEMPO, Motion
from coach.model.exercise import Dose, Exercise
from coach.model.figure import Figure, Span
from coach.packaged import packaged

if TYPE_CHECKING:
    from coach.draw.markup import Html

__all__ = [
    "figure_of", "file_of", "ladder_figures", "motion_for", "motion_of", "moving_svg", "strip_svg", "times_of"
]  # fmt: skip

LONGEST_HOLD = 4.0
"""Seconds of a hold in a moving picture, at most."""


def file_of(name: str) -> str:
    """The file, without its ending, that holds an exercise or a movement test."""
    return TESTS if name.startswith("mt_") else name.partition("_")[0]


def ladder_figures(ladder: str) -> dict[str, Figure]:
    """The figures of one file. Raises `FigureError`; `FileNotFoundError` where there is none."""
    if not ladder.isalpha():
        raise FileNotFoundError(ladder)
    text = packaged("draw", "figures", f"{ladder}.toml").read_text("utf-8")
    return read_figures(text, f"{ladder}.toml")


def figure_of(name: str) -> Figure | None:
    """The figure of an exercise or movement test, or null where it has none."""
    try:
        return ladder_figures(file_of(name)).get(name)
    except FileNotFoundError:
        return None


def motion_of(figure: Figure, times: Mapping[Span, float] = TEMPO) -> Motion:
    """A figure ready to be drawn; ``times`` gives the seconds of each span of its tempo."""
    return Motion(figure, poses(), {**TEMPO, **times})


def times_of(dose: Dose) -> dict[Span, float]:
    """Seconds of each span as a dose has them; a drawn hold is short, whatever the real one is."""
    lower, pause, lift = (float(each) for each in dose.tempo)
    found: dict[Span, float] = {"lower": lower, "pause": pause, "lift": lift}
    if dose.hold_s:
        found["hold"] = min(float(dose.hold_s), LONGEST_HOLD)
    if dose.rep_s:
        found["in"], found["out"] = dose.rep_s * 0.4, dose.rep_s * 0.6
    return found


def motion_for(exercise: Exercise) -> Motion | None:
    """The figure of an exercise in its tempo, or null where it has none."""
    figure = figure_of(exercise.id)
    return motion_of(figure, times_of(exercise.dose)) if figure else None


def strip_svg(name: str, *, mirror: bool = False) -> Html | None:
    """The key poses of an exercise or test side by side as SVG for paper, or null where it has none."""
    from coach.draw.figuresvg import strip

    figure = figure_of(name)
    return strip(motion_of(figure), mirror=mirror) if figure else None


def moving_svg(name: str, *, mirror: bool = False) -> Html | None:
    """An exercise or test as one SVG that moves without a script, or null where it has none."""
    from coach.draw.movingsvg import moving

    figure = figure_of(name)
    return moving(motion_of(figure), mirror=mirror) if figure else None
