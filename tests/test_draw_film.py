"""Figures drawn: bodies keep their bones, frames stay on their canvas, mirrors are mirrors."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.draw.camera import Camera, hull
from coach.draw.canvas import Style
from coach.draw.figurefile import poses
from coach.draw.figurelines import Stage, extent
from coach.draw.figures import figure_of, ladder_figures, motion_of, moving_svg, strip_svg
from coach.draw.film import FRAMES, Film, spoken, still_lines
from coach.draw.instep import Steps
from coach.draw.kinematics import point_of
from coach.draw.limbs import measured
from coach.draw.motion import Motion
from coach.draw.placing import full
from coach.draw.skeleton import SIDES, body, posed
from coach.draw.space import size, sub
from coach.draw.view import shapes
from coach.model.figure import Figure
from coach.programs.library import load_library
from coach.questionnaires.protocols import load_protocols

BONES = (
    ("shoulder", "elbow", "upper_arm"), ("elbow", "wrist", "forearm"), ("wrist", "hand", "hand"),
    ("hip", "knee", "thigh"), ("knee", "ankle", "shank"),
)  # fmt: skip
TAGS = {"svg", "title", "g", "polygon", "polyline", "line", "circle", "text", "animate"}
STYLES: tuple[Style, ...] = ("braille", "block", "ascii")


@cache
def motions() -> dict[str, Motion]:
    """Every figure of the package."""
    ladders = sorted(
        entry.name.removesuffix(".toml")
        for entry in files("coach.draw.figures").iterdir()
        if entry.name.endswith(".toml") and not entry.name.startswith("_")
    )
    return {name: motion_of(each) for ladder in ladders for name, each in ladder_figures(ladder).items()}


def every() -> st.SearchStrategy[Motion]:
    return st.sampled_from(sorted(motions())).map(lambda name: motions()[name])


shares = st.floats(0, 1)


@settings(max_examples=150, deadline=None)
@given(every(), shares)
def test_bones_keep_their_length_and_anchors_their_place(motion: Motion, share: float) -> None:
    posture = motion.at(share * motion.length).posture
    for side in SIDES:
        for start, end, bone in BONES:
            long = size(sub(posture.points[f"{side}_{start}"], posture.points[f"{side}_{end}"]))
            assert long == pytest.approx(body().length[bone], abs=1e-6)
    moment = motion.at(share * motion.length)
    before, after = motion.keys[moment.key - 1], motion.keys[moment.key]
    for name, spot in after.spots.items():
        if not moment.moving or before.spots.get(name) == spot:
            assert size(sub(posture.points[point_of(name)], spot.place)) < 0.01, name


@settings(max_examples=60, deadline=None)
@given(every(), shares, st.tuples(st.integers(24, 90), st.integers(10, 30)), st.booleans())
def test_every_frame_is_on_its_canvas(
    motion: Motion, share: float, room: tuple[int, int], mirror: bool
) -> None:
    view = motion.figure.view
    stage = Stage(extent(motion, view, mirror=mirror), *room)
    posture = motion.at(share * motion.length).posture
    dots = [
        stage.dot(x + sign * r, y + sign * r)
        for each in shapes(motion.figure, posture, view, mirror=mirror)
        for x, y, r in each.circles
        for sign in (-1, 1)
    ]
    slack = 0.012 * stage.scale
    assert all(
        -slack <= x <= room[0] * 2 - 1 + slack and -slack <= y <= room[1] * 4 - 1 + slack for x, y in dots
    )


@settings(max_examples=25, deadline=None)
@given(every(), shares, st.sampled_from(STYLES))
def test_lines_fit_the_room(motion: Motion, share: float, style: Style) -> None:
    for columns, rows in ((24, 10), (60, 20)):
        lines = Film(motion, columns, rows, style=style).frame(share * motion.length)
        assert len(lines) == rows
        assert all(len(line) <= columns for line in lines)
        assert any(line.strip() for line in lines)
        if style == "ascii":
            assert all(line.isascii() for line in lines)


@settings(max_examples=60, deadline=None)
@given(every(), shares)
def test_mirrored_twice_is_the_same(motion: Motion, share: float) -> None:
    posture = motion.at(share * motion.length).posture
    plain = Camera(motion.figure.view)
    once = Camera(motion.figure.view, mirror=True)
    for point in posture.points.values():
        (x, y, near), (x1, y1, near1) = plain.flat(point), once.flat(point)
        assert (-x1, y1, near1) == (x, y, near)


@settings(max_examples=60, deadline=None)
@given(every(), shares)
def test_a_frame_is_near_the_one_before(motion: Motion, share: float) -> None:
    """No part jumps: in a sixtieth of a second nothing goes further than a fast hand does."""
    time = share * motion.length
    one, two = motion.at(time).posture, motion.at(time + 1 / 60).posture
    for name in one.points:
        assert size(sub(one.points[name], two.points[name])) < 0.06, name


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(sorted(poses())),
    st.floats(-30, 120), st.floats(0, 60), st.floats(5, 140), st.floats(-20, 110), st.floats(0, 50),
)  # fmt: skip
def test_angles_are_read_back_as_they_were_given(
    pose: str, hip: float, out: float, knee: float, shoulder: float, aside: float
) -> None:
    angles = full({**poses()[pose], "hip": hip, "hip_out": out, "knee": knee, "shoulder": shoulder,
                   "shoulder_out": aside})  # fmt: skip
    found = measured(posed(angles), angles)
    for joint in ("hip", "hip_out", "knee", "shoulder", "shoulder_out", "elbow"):
        for side in SIDES:
            assert found[f"{side}_{joint}"] == pytest.approx(angles[f"{side}_{joint}"], abs=0.01)


def test_no_two_movements_look_the_same_unless_they_say_so() -> None:
    def looks(motion: Motion) -> tuple[object, ...]:
        keys = (tuple(sorted((name, *(round(v, 2) for v in at)) for name, at in key.posture.points.items()))
                for key in motion.keys)  # fmt: skip
        return motion.figure.view, motion.figure.props, tuple(keys)

    found = {name: looks(motion) for name, motion in motions().items()}
    for one, two in combinations(sorted(found), 2):
        if found[one] == found[two]:
            said = {(one, motions()[one].figure.same_as), (two, motions()[two].figure.same_as)}
            assert said & {(one, two), (two, one)}, (one, two)


def test_start_and_end_differ_on_the_smallest_canvas() -> None:
    for name, motion in motions().items():
        film = Film(motion, 36, 14)
        keys = {"\n".join(film.key(number)) for number in range(len(motion.keys))}
        assert len(keys) > 1, name


def figure(name: str) -> Figure:
    found = figure_of(name)
    assert found is not None
    return found


def test_what_is_not_there_is_null() -> None:
    assert figure_of("xyz_1") is None
    assert figure_of("hng_99") is None
    assert figure_of("../hng_1") is None
    assert strip_svg("mt_99") is None


def tags(svg: str) -> Iterator[str]:
    for each in ET.fromstring(svg).iter():
        yield each.tag.rpartition("}")[2]


@pytest.mark.parametrize("name", ["hng_4", "sqt_3", "glu_2"])
def test_svg_stands_alone(name: str) -> None:
    still, moving = strip_svg(name), moving_svg(name)
    assert still is not None
    assert moving is not None
    for each in (still, moving):
        assert set(tags(each)) <= {
            "svg",
            "title",
            "g",
            "polygon",
            "polyline",
            "line",
            "circle",
            "text",
            "animate",
        }
        assert "href" not in each
        assert "url(" not in each
        assert " on" not in each.replace(" one", "").replace(" on ", "").replace(" on.", "")
    assert "animate" in set(tags(moving))
    assert "animate" not in set(tags(still))
    for each in ET.fromstring(moving).iter():
        if each.tag.endswith("animate"):
            values = each.attrib["values"].split(";")
            times = [float(part) for part in each.attrib["keyTimes"].split(";")]
            assert len(values) == len(times)
            assert (times[0], times[-1]) == (0, 1)
            assert times == sorted(times)
            assert len({value.count(",") for value in values}) == 1


def test_the_outline_of_circles_holds_them() -> None:
    corners = hull([(0, 0, 1), (3, 0, 1), (1, 2, 0.5)], 40)
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    assert (min(xs), max(xs)) == (pytest.approx(-1), pytest.approx(4))
    assert (min(ys), max(ys)) == (pytest.approx(-1), pytest.approx(2.5))


def test_a_hinge_is_in_step_with_its_count() -> None:
    motion = motion_of(figure("hng_4"))
    steps = Steps(motion)
    low = motion.keys[steps.turn].posture.points["head"][1]
    tall = motion.keys[0].posture.points["head"][1]

    def head(phase: str, word: str, piece: float, spent: float = 0.0) -> float:
        return motion.at(steps.at(phase, word, piece, spent)).posture.points["head"][1]

    assert head("work", "go", 0.001) == pytest.approx(tall, abs=1e-3)
    assert head("work", "pause", 0.5) == pytest.approx(low)
    assert head("work", "hold 3", 0.5) == pytest.approx(low)
    assert head("work", "hold", 0.0) == pytest.approx(low)
    assert low < head("work", "go", 0.6) < head("work", "go", 0.3) < tall
    assert low < head("work", "back", 0.3) < head("work", "back", 0.6) < tall
    assert head("rest", "rest", 0.0, 9.0) == pytest.approx(tall)
    assert head("setup", "get into place", 0.0, motion.starts[steps.turn] + 0.1) == pytest.approx(low)


@pytest.mark.parametrize("name", ["lat_4", "lat_5", "ant_6", "bal_1", "mob_3"])
def test_a_hold_shows_the_pose_that_is_held(name: str) -> None:
    steps = Steps(motion_of(figure(name)))
    moment = steps.motion.at(steps.at("work", "hold", 0.0, 4.0))
    assert steps.motion.keys[moment.key].stay_name == "hold"
    assert not moment.moving
    assert steps.motion.at(steps.at("rest", "rest", 0.0, 4.0)).key == steps.home != moment.key


@settings(max_examples=60, deadline=None)
@given(every(), shares)
def test_a_repetition_runs_once_through_the_movement(motion: Motion, share: float) -> None:
    steps = Steps(motion)
    times = [steps.second(word, piece) for word in ("go", "pause", "back") for piece in (0.0, share, 1.0)]
    assert None not in times
    assert times == sorted(times)  # type: ignore[type-var]
    assert times[-1] - times[0] <= motion.length + 1e-9  # type: ignore[operator]


def test_still_poses_stand_side_by_side_and_below_each_other() -> None:
    motion = motion_of(figure("sqt_1"))
    beside, below = still_lines(motion, 120, 20), still_lines(motion, 30, 12)
    assert "1. Sit near the front" in beside[0]
    assert "4. Reach back for the seat" in beside[0]
    assert sum(line.startswith(("1.", "2.", "3.", "4.")) for line in below) == 4


def test_the_words_say_how_it_starts_moves_and_ends() -> None:
    assert [name for name, _ in spoken(figure("hng_4"))] == ["Start", "Move", "End", "Breath", "Not", "Not"]


def test_every_exercise_has_its_figure_and_every_test_in_which_a_body_moves() -> None:
    exercises = load_library().exercises
    assert set(exercises) <= set(motions())
    tests = {each.id for each in load_protocols()}
    assert set(motions()) <= {*exercises, *tests}
    assert tests - set(motions()) == {"mt_22", "mt_23"}  # how long it goes well; the morning
    for name, motion in motions().items():
        assert motion.figure.same_as in {"", *motions()} - {name}


@pytest.mark.long
def test_every_frame_of_every_figure() -> None:
    """Bones, floor, canvas and small steps in each frame at 15 a second, at three sizes."""
    count = 0
    for name, motion in motions().items():
        view = motion.figure.view
        stages = [Stage(extent(motion, view), *room) for room in ((24, 10), (60, 20), (120, 40))]
        before = motion.at(0).posture
        for number in range(int(motion.length * FRAMES) + 1):
            posture = motion.at(number / FRAMES).posture
            for side in SIDES:
                for start, end, bone in BONES:
                    way = sub(posture.points[f"{side}_{start}"], posture.points[f"{side}_{end}"])
                    assert size(way) == pytest.approx(body().length[bone], abs=1e-6), (name, number)
            for point, here in posture.points.items():
                assert size(sub(here, before.points[point])) < 0.2, (name, number, point)
            circles = [circle for each in shapes(motion.figure, posture, view) for circle in each.circles]
            for stage in stages:
                slack = 0.012 * stage.scale
                for x, y, r in circles:
                    across, down = stage.dot(x, y)
                    reach = r * stage.scale - slack
                    assert reach <= across <= stage.columns * 2 - 1 - reach, (name, number)
                    assert reach <= down <= stage.rows * 4 - 1 - reach, (name, number)
            before = posture
            count += 1
    print(count, "frames")
