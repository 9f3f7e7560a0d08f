"""HTML pages that stand alone: no script, no outside reference, every text escaped.

The pages of reports, handouts and plan previews are built with `tag` and `page`; a plain string
among the children is text and is escaped, an `Html` is markup of ours.
"""

from __future__ import annotations

from collections.abc import Iterable

from coach.draw.markup import Html, join, tag, text

__all__ = ["POLICY", "Html", "join", "page", "table", "tag", "text"]

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
"""Content policy of a page: nothing but its own style and its own pictures."""

_STYLE = """
:root { color-scheme: light; --ink: #1a1a1a; --soft: #595959; --line: #b8b8b8; --fill: #f1f1f1; }
* { box-sizing: border-box; }
body { font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: #fff; margin: 0 auto;
  max-width: 52rem; padding: 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.25; } h2 { font-size: 1.25rem; margin-top: 2rem; }
h3 { font-size: 1.05rem; }
p, li { max-width: 42rem; }
.soft { color: var(--soft); font-size: .9rem; }
.note { border-left: .3rem solid var(--ink); background: var(--fill); padding: .5rem .8rem; margin: 1rem 0; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; margin: .6rem 0; font-size: .92rem; }
caption { text-align: left; font-weight: 600; padding: .2rem 0; }
th, td { border-bottom: 1px solid var(--line); padding: .25rem .7rem .25rem 0; text-align: left;
  vertical-align: top; overflow-wrap: break-word; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; }
figure { margin: 1rem 0; } figcaption { color: var(--soft); font-size: .9rem; }
svg { max-width: 100%; height: auto; display: block; }
@media print { @page { margin: 16mm; } body { max-width: none; padding: 0; font-size: 10.5pt; }
  h2, h3 { break-after: avoid; } figure, tr, .card { break-inside: avoid; } a { color: inherit; } }
"""


def table(
    columns: Iterable[str],
    rows: Iterable[Iterable[object]],
    *,
    caption: str = "",
    numbers: Iterable[int] = (),
) -> Html:
    """A table with a head; ``numbers`` names the columns (from 0) whose cells stand to the right."""
    right = frozenset(numbers)

    def cell(name: str, place: int, value: object, **more: object) -> Html:
        return tag(name, "" if value is None else value, class_="n" if place in right else None, **more)

    head = tag("tr", *(cell("th", place, each, scope="col") for place, each in enumerate(columns)))
    body = (tag("tr", *(cell("td", place, each) for place, each in enumerate(row))) for row in rows)
    title = tag("caption", caption) if caption else None
    return tag("div", tag("table", title, tag("thead", head), tag("tbody", *body)), class_="scroll")


def page(title: str, *body: object, style: str = "", language: str = "en") -> str:
    """A whole document that stands alone. ``style`` is added to the style that all pages share."""
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=POLICY),
        tag("meta", name_="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name_="referrer", content="no-referrer"),
        tag("title", title),
        tag("style", Html(_STYLE + style)),
    )
    document = tag("html", head, tag("body", tag("main", *body)), lang=language)
    return f"<!doctype html>\n{document}\n"
