"""Figures: every one is a body that could do it, and a wrong file is one clear sentence."""

from __future__ import annotations

from importlib.resources import files

import pytest

from coach.draw.figurefile import poses, read_figures
from coach.draw.figures import ladder_figures, motion_of
from coach.draw.placing import FigureError
from coach.draw.posecheck import check, problems

LADDERS = sorted(
    entry.name.removesuffix(".toml")
    for entry in files("coach.draw.figures").iterdir()
    if entry.name.endswith(".toml") and not entry.name.startswith("_")
)
GOOD = """
[hng_4]
anchors = ["feet"]
start = "Stand."
move = "Bend."
end = "Stand up."
breath = "Breathe."
errors = [{ words = "One." }, { words = "Two." }]
[[hng_4.props]]
kind = "chair"
x = -0.3
[[hng_4.keys]]
name = "Stand"
pose = "stand"
[[hng_4.keys]]
name = "Bend"
joints = { lean = 40, hip = 50, knee = 10 }
"""


@pytest.mark.parametrize("ladder", LADDERS)
def test_a_body_can_do_every_figure(ladder: str) -> None:
    for figure in ladder_figures(ladder).values():
        assert list(problems(motion_of(figure))) == []


def said(text: str) -> str:
    with pytest.raises(FigureError) as caught:
        check(motion_of(read_figures(text, "hng.toml")["hng_4"]))
    message = str(caught.value)
    assert "hng_4" in message
    assert "\n" not in message
    return message


def test_the_good_file_is_good() -> None:
    assert list(problems(motion_of(read_figures(GOOD, "x.toml")["hng_4"]))) == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('kind = "chair"', 'kind = "chiar"', "no prop is called 'chiar'; did you mean 'chair'?"),
        ("knee = 10", "kneee = 10", "no joint is called 'kneee'; did you mean 'knee'?"),
        ("knee = 10", "knee = 175", "the knee is at 175 degrees; a body can do 0 to 160"),
        ('pose = "stand"', "", "names no pose to start from"),
        ('pose = "stand"', 'pose = "stnad"', "did you mean 'stand'?"),
        ('["feet"]', '["foots"]', "no anchor is called 'foots'"),
        ('["feet"]', "[]", "no anchor"),
        ('["feet"]', '["feet:table"]', "not among the props"),
        ('["feet"]', '["feet", "seat:chair"]', "can only be the first anchor"),
        ("lean = 40", "lean = nan", "the lean is at nan degrees"),
        ("{ words = \"Two.\" }", "", "has 1 errors; two are wanted"),
        ("hip = 50, knee = 10", "hip = 0, knee = 10", "would fall"),
        ("x = -0.3", "x = 77", "further than 3 statures"),
        ('name = "Bend"', 'name = "Bend"\ninto = 1e9', "takes 1e+09 seconds"),
        ('name = "Bend"', 'name = "Bend"\ninto = "sideways"', "into"),
        ('name = "Bend"', 'name = "Bend"\nintro = 1', "no field is called 'intro'"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_one_sentence(old: str, new: str, words: str) -> None:
    assert old in GOOD
    assert words in said(GOOD.replace(old, new))


def test_a_file_with_a_million_key_poses_is_refused() -> None:
    keys = "keys = [" + "{}," * 20_000 + "]\n"
    assert "20000 key poses; a figure has at most 16" in said("[hng_4]\n" + keys)
    with pytest.raises(FigureError, match=r"hng.toml: .* characters"):
        read_figures("[hng_4]\nkeys = [" + "{}," * 10**6 + "]\n", "hng.toml")


def test_every_named_pose_has_known_joints() -> None:
    assert "stand" in poses()
