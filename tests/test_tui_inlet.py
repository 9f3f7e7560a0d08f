"""What may be read of a paste: everything but what a terminal would take for a key."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from coach.tui.terminal import BEGIN, END, Inlet

TYPED = st.text(alphabet="aq\x1b[0A~", max_size=12).filter(lambda text: BEGIN not in text)
PASTED = st.text(alphabet="aq\x1b[201~\r", max_size=20).filter(lambda text: END not in text)


def pieces(text: str, cuts: list[int]) -> list[str]:
    edges = sorted({0, len(text), *(cut % (len(text) + 1) for cut in cuts)})
    return [text[start:end] for start, end in pairwise(edges)]


@given(TYPED, PASTED, TYPED, st.lists(st.integers(0, 99), max_size=8))
def test_only_pastes_lose_their_escapes(before: str, pasted: str, after: str, cuts: list[int]) -> None:
    if BEGIN in before + BEGIN[:-1] or (pasted + END).find(END) != len(pasted):
        return
    inlet = Inlet()
    got = "".join(inlet.let(each) for each in pieces(before + BEGIN + pasted + END + after, cuts))
    assert got == before + BEGIN + pasted.replace("\x1b", "") + END + after


@given(st.text(alphabet="c\x1b[200~1", max_size=40), st.lists(st.integers(0, 99), max_size=8))
def test_the_pieces_make_no_difference(text: str, cuts: list[int]) -> None:
    whole, cut = Inlet(), Inlet()
    assert whole.let(text) == "".join(cut.let(each) for each in pieces(text, cuts))
