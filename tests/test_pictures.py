"""The pictures of the README exist, show their page, and ask nothing of any network."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
LINKED = sorted(set(re.findall(r"\]\((docs/pictures/[^)]*)\)", README)))
SHOWN = {
    "plan": "Only this week is fixed; the rest is a forecast.",
    "progress": "dots: each day; line: mean of seven days",
    "review": "The next is due on Tue 24 Nov.",
    "session": "Enter: this set is done.",
    "today": "Start the session, about",
}
"""Words of each page, in one stretch of one style."""


def test_the_readme_links_every_picture_and_shows_two() -> None:
    assert [Path(each).stem for each in LINKED] == sorted(SHOWN)
    assert sorted(path.name for path in (ROOT / "docs" / "pictures").iterdir()) == [
        Path(each).name for each in LINKED
    ]
    assert len(re.findall(r"!\[\w+\]\(docs/pictures/", README)) == 2


@pytest.mark.parametrize("linked", LINKED)
def test_a_picture_shows_its_page_and_names_no_address(linked: str) -> None:
    text = (ROOT / linked).read_text(encoding="utf-8")
    drawn = ElementTree.fromstring(text)
    words = "\n".join("".join(each.itertext()) for each in drawn.iter("{http://www.w3.org/2000/svg}text"))
    assert SHOWN[Path(linked).stem] in words.replace("\xa0", " ")
    assert re.findall(r"(?:https?:)?//[^\s\"')]+", text) == ["http://www.w3.org/2000/svg"]
    assert "@import" not in text
    assert not re.search(r"url\((?!#)", text)
    assert not any(0x2800 <= ord(letter) < 0x2900 for letter in text), "braille needs a font that has it"
