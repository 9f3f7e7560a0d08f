"""The packet on one page, to be read in a minute: Markdown, a page to print, or plain text."""

from __future__ import annotations

from coach.exchange.html import Html, join, page, table, tag
from coach.exchange.packetblocks import Block, about, blocks, title
from coach.model.packet import Packet
from coach.model.text import one_line

FORMS = ("md", "html", "txt")
_WIDTH = 78

_STYLE = """
body { font-size: .95rem; line-height: 1.35; } h1 { font-size: 1.35em; margin: 0 0 .2em; }
h2 { font-size: 1.08em; margin: .7em 0 .15em; } p, ul { margin: .15em 0; } p, li { max-width: none; }
ul { padding-left: 1.2em; } table { font-size: .95em; line-height: 1.2; margin: .1em 0; }
th, td { padding: .06em .5em .06em 0; } .soft { font-size: .9em; }
@media print { @page { size: A4; margin: 10mm; } body { font-size: 8pt; line-height: 1.2; } }
"""


def summary(packet: Packet, form: str) -> str:
    """The page in a form of `FORMS`. Raises `KeyError` for another."""
    writers = {"md": _markdown, "html": _html, "txt": _text}
    return writers[form](packet)


_FOOT = (
    "Made on the person's own machine. It says what was noted and decided, and is no diagnosis. "
    "The packet file beside it holds all of it."
)


def _html(packet: Packet) -> str:
    body: list[Html] = [tag("h1", title(packet)), tag("p", about(packet), class_="soft")]
    for block in blocks(packet):
        body.append(tag("h2", block.title))
        if block.rows:
            body.append(table(block.columns, block.rows))
        if block.points:
            body.append(tag("ul", *(tag("li", each) for each in block.lines)))
        else:
            body.append(join(tag("p", each, class_="soft") for each in block.lines))
    return page(title(packet), *body, tag("p", _FOOT, class_="soft"), style=_STYLE)


def _markdown(packet: Packet) -> str:
    parts = [f"# {_plain(title(packet))}", _plain(about(packet))]
    for block in blocks(packet):
        lines = [f"## {_plain(block.title)}", ""]
        if block.rows:
            lines.append(f"| {' | '.join(map(_cell, block.columns))} |")
            lines.append(f"|{'---|' * len(block.columns)}")
            lines += [f"| {' | '.join(map(_cell, row))} |" for row in block.rows]
            lines += [""] if block.lines else []
        lines += [f"{'- ' if block.points else ''}{_plain(each)}" for each in block.lines]
        parts.append("\n".join(lines))
    return "\n\n".join([*parts, _FOOT]) + "\n"


_MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>#|~"})


def _plain(words: str) -> str:
    """A text that Markdown shows as it is."""
    return one_line(words, 1000).translate(_MARKS)


def _cell(words: str) -> str:
    return _plain(words)


def _text(packet: Packet) -> str:
    from coach.draw.words import wrap

    lines = [title(packet), *wrap(about(packet), _WIDTH)]
    for block in blocks(packet):
        lines += ["", block.title.upper()]
        if block.rows:
            lines += _columns(block)
        for each in block.lines:
            told = wrap(one_line(each, 600), _WIDTH - 4)
            lines += [f"{'- ' if block.points and not at else '  '}{line}" for at, line in enumerate(told)]
    return "\n".join([*lines, "", *wrap(_FOOT, _WIDTH)]) + "\n"


def _columns(block: Block) -> list[str]:
    rows = (block.columns, *block.rows)
    widths = [max(len(row[place]) for row in rows) for place in range(len(block.columns))]
    found = [
        "  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows
    ]
    return [line.rstrip() for line in found]
