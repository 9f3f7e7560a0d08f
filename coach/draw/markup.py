"""Markup of ours, every text escaped: pages, reports and pictures are written with `tag`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from coach.model.text import clean

_VOID = frozenset({"br", "col", "hr", "img", "meta"})
_NAME = re.compile(r"[a-z][a-zA-Z0-9-]*")


class Html(str):
    """Markup of ours, put into a page as it is."""

    __slots__ = ()


def text(value: object) -> Html:
    """A value as text: cleaned of control characters and escaped."""
    from html import escape  # 0.3 MiB of entities that a figure in the terminal has no use for

    return Html(escape(clean(str(value), 20_000)))


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
