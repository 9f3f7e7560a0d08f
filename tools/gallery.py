"""Draw figures side by side, to look at: `python tools/gallery.py hng sqt_3 -o page.html --png sheet.png`."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from coach.draw.figures import file_of, ladder_figures, motion_of
from coach.draw.figuresvg import mistake_svg, strip
from coach.draw.markup import Html, tag
from coach.draw.motion import FigureError
from coach.draw.posecheck import problems
from coach.exchange.html import page
from coach.model.figure import Figure

STYLE = """body { max-width: none; } main { width: 1460px; }
.cards { display: flex; flex-wrap: wrap; gap: .6rem; } .row { display: flex; gap: .3rem; }
.card { border: 1px solid #ddd; padding: .4rem; } .card h3 { margin: 0; font-size: .9rem; }
.card p { margin: 0; font-size: .75rem; max-width: 34rem; } .card svg { height: 170px; width: auto; }"""


def card(figure: Figure) -> Html:
    """One figure: its key poses, its drawn errors, its words; or what is wrong with it."""
    try:
        motion = motion_of(figure)
        pictures = [strip(motion)]
        if figure.other_view:
            pictures.append(strip(motion, figure.other_view))
        wrong = [tag("p", tag("b", each)) for each in problems(motion)]
        drawn = [mistake_svg(figure, each) for each in figure.errors if each.key >= 0]
    except FigureError as error:
        return tag("div", tag("h3", figure.id), tag("p", tag("b", str(error))), class_="card")
    words = " ".join((figure.start, figure.move, figure.end, figure.breath))
    return tag(
        "div",
        tag("h3", figure.id),
        *wrong,
        tag("div", *pictures, *drawn, class_="row"),
        tag("p", words),
        class_="card",
    )


def figures(names: list[str]) -> list[Figure]:
    """The figures of ladders (``hng``) and single exercises (``hng_4``)."""
    found: list[Figure] = []
    for name in names:
        every = ladder_figures(file_of(name))
        found += [every[name]] if name in every else list(every.values())
    return found


def photograph(html: Path, png: Path, size: str) -> None:
    """Take a picture of the page with a browser."""
    with tempfile.TemporaryDirectory() as home:
        command = [
            "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            f"--user-data-dir={home}", f"--screenshot={png}", f"--window-size={size}", html.as_uri(),
        ]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=120)


def report(figure: Figure) -> None:
    """Say what is wrong with a figure."""
    try:
        for problem in problems(motion_of(figure)):
            print(problem)
    except FigureError as error:
        print(error)


def main() -> None:
    """Write the page, and its picture where one is wanted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="+")
    parser.add_argument("-o", "--output", type=Path, default=Path("gallery.html"))
    parser.add_argument("--png", type=Path)
    parser.add_argument("--size", default="1500,1600")
    wanted = parser.parse_args()
    cards = tag("div", *(card(each) for each in figures(wanted.names)), class_="cards")
    for each in figures(wanted.names):
        report(each)
    wanted.output.write_text(page("Figures", cards, style=STYLE), encoding="utf-8")
    if wanted.png:
        photograph(wanted.output.resolve(), wanted.png.resolve(), wanted.size)


if __name__ == "__main__":
    main()
