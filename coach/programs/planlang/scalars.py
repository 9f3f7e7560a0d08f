"""Texts as YAML scalars that read back as the very same text."""

from __future__ import annotations

import json
import re

_PLAIN = re.compile(r"[A-Za-z0-9][\w .;()<=/+?!'>%&-]*")
_BLOCK = re.compile(r"[A-Za-z0-9][\w .;()<=/+?!'>%,&-]*")
"""Signs that mean nothing inside a plain scalar: anywhere, and alone after its key."""
_TYPED = re.compile(r"(?i:true|false|null|yes|no|on|off|y|n)|[0-9][0-9.eE+_:xo-]*")
"""What other readers of YAML take for something else than text."""
_ODD = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


def scalar(text: str, *, block: bool = True) -> str:
    """A text as a scalar; ``block`` says that it stands alone after its key, where commas are harmless."""
    plain = (_BLOCK if block else _PLAIN).fullmatch(text)
    if plain and text == text.strip() and not _TYPED.fullmatch(text):
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _ODD.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)


def listed(values: tuple[str, ...]) -> str:
    """Texts as a list on one line."""
    return f"[{', '.join(scalar(each, block=False) for each in values)}]"
