"""Pages that stand alone: nothing from outside becomes markup."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.exchange.html import Html, join, page, table, tag


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []
        self.attributes: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes += [name for name, _ in attrs]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def read(document: str) -> Reader:
    reader = Reader()
    reader.feed(document)
    reader.close()
    return reader


@given(st.text())
def test_any_text_stays_text(words: str) -> None:
    plain = read(tag("p", "x", title="x"))
    reader = read(tag("p", words, title=words))
    assert (reader.names, reader.attributes) == (plain.names, plain.attributes)


def test_what_was_written_is_what_is_read() -> None:
    hostile = "<script>alert('1 & 2')</script> \"quoted\""
    reader = read(page(hostile, tag("p", hostile), table(["a"], [[hostile]], caption=hostile)))
    assert "script" not in reader.names
    assert reader.words.count(hostile) == 4


def test_control_and_direction_characters_are_gone() -> None:
    assert tag("p", "a\x1b]0;x\x07\u202eb") == "<p>a]0;xb</p>"


def test_null_is_left_out_and_markup_stays() -> None:
    assert tag("p", None, "a", Html("<br>"), 3, hidden=True, id_=None) == "<p hidden>a<br>3</p>"
    assert join(["a<", Html("<b>")], ", ") == "a&lt;, <b>"


@pytest.mark.parametrize("name", ["a b", "", "p onclick=x", "<p"])
def test_a_name_that_is_no_word_is_refused(name: str) -> None:
    with pytest.raises(ValueError):
        tag(name)


def test_a_handler_is_refused() -> None:
    with pytest.raises(ValueError, match="onclick"):
        tag("p", onclick="x")


def test_a_page_forbids_everything_from_outside() -> None:
    document = page("Title", "text")
    assert document.startswith("<!doctype html>\n<html")
    assert "default-src &#x27;none&#x27;" in document
    assert "http://" not in document
    assert "https://" not in document


def test_numbers_stand_to_the_right() -> None:
    found = table(["day", "pain"], [["Mon", 3]], numbers=[1])
    assert '<td class="n">3</td>' in found
    assert "<td>Mon</td>" in found
