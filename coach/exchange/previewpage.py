"""The preview of a plan file as a page that stands alone and prints well."""

from __future__ import annotations

from coach.draw.previews import COLUMNS, Block
from coach.exchange.html import Html, page, table, tag

_TAGS = {"title": "h1", "heading": "h2", "part": "h3"}


def preview_page(title: str, found: tuple[Block, ...], language: str = "en") -> str:
    """One document with every block, each text escaped."""
    return page(title, *(_block(each) for each in found), language=language)


def _block(block: Block) -> Html:
    if block.kind in _TAGS:
        return tag(_TAGS[block.kind], block.text)
    if block.kind == "rows":
        return table(COLUMNS, block.rows)
    if block.kind == "items":
        return tag("ul", *(tag("li", item) for item in block.items))
    if block.kind == "note":
        return tag("p", block.text, class_="soft")
    return tag("div", *(tag("p", part) for part in block.text.splitlines() if part.strip()))
