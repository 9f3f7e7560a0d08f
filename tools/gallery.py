"""Draw the gallery of figures in ``docs/gallery``, and figures side by side to look at.

``python tools/gallery.py`` writes the gallery anew. ``python tools/gallery.py hng sqt_3 -o page.html
--png sheet.png`` draws ladders and single exercises on one page, with their errors and with what is
wrong in them, for whoever writes figures (docs/figures.md).
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from coach.draw.figures import file_of, ladder_figures, motion_of
from coach.draw.figuresvg import mistake_svg, strip
from coach.draw.film import spoken
from coach.draw.markup import Html, tag
from coach.draw.placing import FigureError
from coach.draw.posecheck import problems
from coach.exchange.html import page
from coach.model.figure import Figure
from coach.programs.library import load_library
from coach.questionnaires.protocols import load_protocols

GALLERY = Path(__file__).resolve().parent.parent / "docs" / "gallery"
HEAD = """# Gallery of figures

How each exercise and movement test is drawn: its key poses side by side, and its words. In the terminal
the same figures move: `coach show hng_4 --moving`. This page is written by `tools/gallery.py` from the
data in `coach/draw/figures/`; how to write figures: [figures.md](../figures.md).

"""
STYLE = """body { max-width: none; } main { width: 1460px; }
.cards { display: flex; flex-wrap: wrap; gap: .6rem; } .row { display: flex; gap: .3rem; }
.card { border: 1px solid #ddd; padding: .4rem; } .card h3 { margin: 0; font-size: .9rem; }
.card p { margin: 0; font-size: .75rem; max-width: 34rem; } .card svg { height: 170px; width: auto; }"""


def gallery() -> dict[str, str]:
    """Every file of the gallery by its name: a picture a figure, and the page that shows them."""
    library = load_library()
    found: dict[str, str] = {}
    parts = [HEAD]
    sections = [(ladder.name, name, {each.id: each.name for each in ladder.exercises})
                for name, ladder in library.ladders.items()]  # fmt: skip
    sections.append(("Movement tests", "tests", {each.id: each.title for each in load_protocols()}))
    for title, ladder, names in sections:
        parts.append(f"## {title}\n\n")
        drawn = ladder_figures(ladder)
        for name, called in names.items():
            if name in drawn:
                found[f"{name}.svg"] = strip(motion_of(drawn[name])) + "\n"
                parts.append(_entry(drawn[name], called))
    found["README.md"] = "".join(parts)
    return found


def _entry(figure: Figure, called: str) -> str:
    lines = "\n".join(f"- {name}: {text}" for name, text in spoken(figure))
    return f"### {called} ({figure.id})\n\n![{called}: {figure.start}]({figure.id}.svg)\n\n{lines}\n\n"


def write() -> None:
    """Write the gallery; pictures of figures that are no more are taken away."""
    GALLERY.mkdir(parents=True, exist_ok=True)
    found = gallery()
    for old in GALLERY.iterdir():
        if old.name not in found:
            old.unlink()
    for name, text in found.items():
        (GALLERY / name).write_text(text, encoding="utf-8")


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
    row = tag("div", *pictures, *drawn, class_="row")
    return tag("div", tag("h3", figure.id), *wrong, row, tag("p", words), class_="card")


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
    """Write the gallery, or a page of some figures and its picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument("-o", "--output", type=Path, default=Path("gallery.html"))
    parser.add_argument("--png", type=Path)
    parser.add_argument("--size", default="1500,1600")
    wanted = parser.parse_args()
    if not wanted.names:
        write()
        return
    for each in figures(wanted.names):
        report(each)
    cards = tag("div", *(card(each) for each in figures(wanted.names)), class_="cards")
    wanted.output.write_text(page("Figures", cards, style=STYLE), encoding="utf-8")
    if wanted.png:
        photograph(wanted.output.resolve(), wanted.png.resolve(), wanted.size)


if __name__ == "__main__":
    main()
