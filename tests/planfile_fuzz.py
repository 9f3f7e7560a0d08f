"""Plan files made wrong on purpose: in their bytes, in their structure, in their values."""

from __future__ import annotations

import random
from collections.abc import Callable

from coach.programs.planyaml import Fields, Items, Node, Text

NASTY = (
    "",
    "no",
    "~",
    "null",
    "NaN",
    ".inf",
    "1e999",
    "-1",
    "0",
    "99999999999999999999",
    "1:30",
    "010",
    "8-10",
    "10 Aug",
    "2026-08-10",
    "../balanced",
    "/etc/passwd",
    "C:\\x",
    "[/red]",
    "<script>x</script>",
    "[@click=app.quit]x",
    "{{x}}",
    "%s%n",
    "=1+1",
    "'" * 9,
    "(" * 2000,
    "not " * 900,
    "pain < 3 and " * 90,
    "pain >= 3",
    "a" * 3999,
    "weeks 1-4",
    "weeks 99999",
    "3 x 8",
    "x" * 300,
    "\u0661 x 8",
    "٣",
    "é",
    "😀" * 30,
    "3 x 8" * 50,
    "hng_4",
    "plan",
    "true",
    "count(pain > 1, 7 days) > 1",
    "1" * 400,
    "0x1F",
    "1_000",
    "+5",
    "5 kg",
    "60 %",
    "a.b.c",
    "ask.x",
)
BYTES = (
    b"\x00",
    b"\x1b[31m",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\t",
    b"\r",
    b"\n",
    b"&a ",
    b"*a",
    b"!!python/name:os.system ",
    b": ",
    b"- ",
    b"? ",
    b"[",
    b"{",
    b"]",
    b"}",
    b"'",
    b'"',
    b"|\n",
    b">\n",
    b"---\n",
    b"...\n",
    b"#",
    b"%YAML 1.2\n",
    b"<<: ",
    b"\xe2\x80\xae",
    b"\xe2\x80\xa8",
    b"@",
    b"`",
    b"\xc2\x85",
    b",",
    b"\\x1b",
    b"[" * 50,
    b"x: " * 20,
)


def bytes_wrong(data: bytes, dice: random.Random) -> bytes:
    """Bytes put in, taken out, changed, moved; lines twice, lines gone."""
    for _ in range(dice.randint(1, 4)):
        place = dice.randrange(len(data) + 1)
        kind = dice.randrange(6)
        if kind == 0:
            data = data[:place] + dice.choice(BYTES) + data[place:]
        elif kind == 1:
            data = data[:place] + data[place + dice.randint(1, 30) :]
        elif kind == 2:
            data = data[:place] + bytes([dice.randrange(256)]) + data[place + 1 :]
        elif kind == 3:
            data = data[:place] + data[dice.randrange(len(data) + 1) :]
        else:
            lines = data.split(b"\n")
            line = dice.randrange(len(lines))
            lines.insert(dice.randrange(len(lines) + 1), lines[line])
            if kind == 5:
                lines.pop(line)
            data = b"\n".join(lines)
    return data


def tree_wrong(tree: Node, dice: random.Random) -> Node:
    """One to three nodes changed: values swapped for nasty ones, kinds changed, keys renamed or gone."""
    for _ in range(dice.randint(1, 3)):
        count = _count(tree)
        tree = _at(tree, dice.randrange(count), lambda node: _wrong(node, dice))[0]
    return tree


def _count(node: Node) -> int:
    if isinstance(node, Text):
        return 1
    inside = node.items if isinstance(node, Items) else node.fields.values()
    return 1 + sum(_count(each) for each in inside)


def _at(node: Node, place: int, change: Callable[[Node], Node]) -> tuple[Node, int]:
    """The tree with the node of a place changed; places count from the root."""
    if place == 0:
        return change(node), -1
    place -= 1
    if isinstance(node, Items):
        items = list(node.items)
        for number, each in enumerate(items):
            items[number], place = _at(each, place, change)
            if place < 0:
                break
        return Items(items=tuple(items), line=node.line, column=node.column), place
    if isinstance(node, Fields):
        fields = dict(node.fields)
        for key, each in fields.items():
            fields[key], place = _at(each, place, change)
            if place < 0:
                break
        return Fields(fields=fields, keys=node.keys, line=node.line, column=node.column), place
    return node, place


def _wrong(node: Node, dice: random.Random) -> Node:
    at = {"line": node.line, "column": node.column}
    kind = dice.randrange(8)
    text = Text(text=dice.choice(NASTY), start=node.column, **at)
    if kind == 0:
        return Items(items=(text, node), **at)
    if kind == 1:
        return Fields(fields={"id": node, text.text: text}, keys={"id": text, text.text: text}, **at)
    if kind == 2 and isinstance(node, Items):
        return Items(items=node.items * dice.randint(0, 3), **at)
    if isinstance(node, Fields) and node.fields and kind < 6:
        fields, keys = dict(node.fields), dict(node.keys)
        key = dice.choice(list(fields))
        value, where = fields.pop(key), keys.pop(key)
        if kind > 3:
            other = dice.choice([key + "s", key[1:], key.upper(), dice.choice(NASTY), "id", "x-" + key])
            fields[other], keys[other] = value, where
        return Fields(fields=fields, keys=keys, **at)
    if isinstance(node, Text) and kind < 6:
        place = dice.randrange(len(node.text) + 1)
        cut = node.text[:place] + dice.choice([*NASTY[:24], "0", "9", "-", ".", " ", "(", ")", ","])
        return Text(text=(cut + node.text[place + dice.randrange(2) :])[:4000], start=node.column, **at)
    return text
