"""HTML pages that stand alone: no script, no outside reference, every text escaped.

The pages of reports, handouts and plan previews are built with `tag` and `page`; a plain string
among the children is text and is escaped, an `Html` is markup of ours.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from coach.model.text import clean

__all__ = ["POLICY", "Html", "join", "page", "table", "tag", "text"]

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
"""Content policy of a page: nothing but its own style and its own pictures."""

_VOID = frozenset({"br", "col", "hr", "img", "meta"})
_NAME = re.compile(r"[a-z][a-zA-Z0-9-]*")

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
  vertical-align: top; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; }
figure { margin: 1rem 0; } figcaption { color: var(--soft); font-size: .9rem; }
svg { max-width: 100%; height: auto; display: block; }
@media print { @page { margin: 16mm; } body { max-width: none; padding: 0; font-size: 10.5pt; }
  h2, h3 { break-after: avoid; } figure, tr, .card { break-inside: avoid; } a { color: inherit; } }
"""


class Html(str):
    """Markup of ours, put into a page as it is."""

    __slots__ = ()


def text(value: object) -> Html:
    """A value as text: cleaned of control characters and escaped."""
    return Html(html.escape(clean(str(value), 20_000)))


def tag(name: str, *children: object, **attributes: object) -> Html:
    """An element. Children that are not `Html` are escaped, those that are null are left out.

    ``class_`` gives ``class``; any other ``_`` in an attribute's name becomes ``-``. An attribute
    that is null or false is left out. Raises `ValueError` for a name that is no plain word.
    """
    if not _NAME.fullmatch(name):
        raise ValueError(f"no element is called {name[:40]!r}")
    parts = [name]
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        plain = key.rstrip("_").replace("_", "-")
        if not _NAME.fullmatch(plain) or plain.lower().startswith("on"):
            raise ValueError(f"no attribute is called {key[:40]!r}")
        parts.append(plain if value is True else f'{plain}="{text(value)}"')
    opening = f"<{' '.join(parts)}>"
    return Html(opening if name in _VOID else f"{opening}{join(children)}</{name}>")


def join(children: Iterable[object], between: str = "") -> Html:
    """Children one after another; what is not `Html` is escaped, what is null is left out."""
    found = (each if isinstance(each, Html) else text(each) for each in children if each is not None)
    return Html(between.join(found))


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
