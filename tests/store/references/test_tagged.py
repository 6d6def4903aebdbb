"""RIS, and the export of EndNote."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import BadFile
from store.lookup.source import Source
from tests.store.references.reading import contents, notes, references, refused

RIS = """TY  - JOUR
AU  - Marlow, Ines
AU  - Ter Horst, Dirk
TI  - Tide curves
  and their tables
T2  - Journal of Tides
PY  - 2016/03/04/
DO  - 10.5555/ris
UR  - https://example.org/tides
AB  - Words.
ID  - marlow2016
ER  -

TY  - BOOK
A1  - Lee, Bo; Song, Yang
T1  - A book
PB  - Imaginary Press
Y1  - 1999//
ER  - \
"""


def test_ris() -> None:
    tides, book = references(RIS, "refs.ris")
    assert (tides.key, tides.line, book.line) == ("marlow2016", 1, 14)
    assert tides.source == Source(
        "Tide curves and their tables",
        ("Ines Marlow", "Dirk Ter Horst"),
        "2016-03-04",
        "Journal of Tides",
        doi="10.5555/ris",
        url="https://example.org/tides",
    )
    assert book.source == Source("A book", ("Bo Lee", "Yang Song"), "1999", "Imaginary Press")
    assert contents(RIS, "refs.ris").unused == {"AB": 1}


ENDNOTE = """
%0 Journal Article
%A Ines Marlow
%A Ter Horst, Dirk
%T Tide curves
%J Journal of Tides
%D 2016
%R 10.5555/enw
%U https://example.org/tides

%0 Book
%E Bo Lee
%T A book
%I Imaginary Press
%D 1999
"""


def test_endnote() -> None:
    tides, book = references(ENDNOTE, "refs.enw")
    assert tides.source == Source(
        "Tide curves",
        ("Ines Marlow", "Dirk Ter Horst"),
        "2016",
        "Journal of Tides",
        doi="10.5555/enw",
        url="https://example.org/tides",
    )
    assert book.source == Source("A book", ("Bo Lee",), "1999", "Imaginary Press")


def test_a_record_that_is_not_closed_or_has_no_title_costs_no_other() -> None:
    text = "Provider: x\n\nTY  - JOUR\nTI  - One\nTY  - JOUR\nAU  - A\nER  -\nTY  - JOUR\nTI  - Two\nER  -\n"
    assert [reference.source.title for reference in references(text, "refs.ris")] == ["One", "Two"]
    assert notes(text, "refs.ris") == [
        "1: found 'Provider: x' before a record; left out",
        "3: the record is not closed by ER",
        "5: an entry: it has no title; left out",
    ]
    assert refused("TY  - JOUR\nER  -\n", "refs.ris") == ["refs.ris:1: an entry: it has no title; left out"]


@given(
    st.lists(st.sampled_from(["TY  - JOUR", "TI  - T", "ER  - ", "AU  - A, B", "", "more", "PY  - 2001"]), max_size=20)
)
def test_each_record_is_a_reference_or_told(lines: list[str]) -> None:
    text = "\n".join(["TY  - JOUR", "TI  - First", "ER  - ", *lines])
    try:
        read = contents(text, "refs.ris")
    except BadFile as bad:
        raise AssertionError("the first is good") from bad
    told = [note for note in read.notes if "no title" in note.text]
    records = lines.count("TY  - JOUR") + 1
    assert len(read.value.references) + len(told) >= records


@pytest.mark.parametrize("name", ["refs.ris", "refs.enw"])
@given(text=st.text("TYER -%0A\n", max_size=100))
def test_any_text_is_read_or_refused(name: str, text: str) -> None:
    with contextlib.suppress(BadFile, AssertionError):
        contents(text, name)
