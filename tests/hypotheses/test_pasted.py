"""Text of several lines that is pasted into a field of one line."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hypotheses.pasted import authors, left_out, one_line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Distributed hierarchical processing\nin the primate cerebral cortex", "processing in the primate"),
        ("  Deep\r\n\r\n   learning  \r\n", "Deep learning"),
        ("one\rtwo", "one two"),
        ("\nDeep learning\n", "Deep learning"),
        ("Deep learning", "Deep learning"),
        ("a\tb", "a b"),
        ("890M\n", "890M"),
        ("1\u202f000\u00a0000", "1\u202f000\u00a0000"),
        ("", ""),
        ("\n", ""),
    ],
)
def test_lines_are_joined_by_blanks(text: str, line: str) -> None:
    assert line in one_line(text).text
    assert "\n" not in one_line(text).text
    assert one_line(text).told == ""


def test_a_hyphen_at_the_end_of_a_line_is_kept_and_told() -> None:
    taken = one_line("Why are they so parameter-\nefficient, and self-\nmade?")
    assert taken.text == "Why are they so parameter-efficient, and self-made?"
    assert taken.told == "A hyphen at the end of a line is kept: parameter-efficient, self-made."


@pytest.mark.parametrize("text", ["Part One -\ntwo", "2019-\n2020", "Neuro-\nScience"])
def test_a_dash_or_a_range_or_a_new_word_is_no_hyphen_of_a_word(text: str) -> None:
    assert one_line(text).text == " ".join(text.split())
    assert one_line(text).told == ""


@given(st.text())
def test_only_blanks_and_line_ends_are_lost(text: str) -> None:
    assert "".join(one_line(text).text.split()) == "".join(text.split())
    assert len(one_line(text).text.splitlines()) < 2


def test_what_is_left_out_is_shown_in_short() -> None:
    assert left_out("  , ") == ""
    assert left_out("Nature \n 521") == "Left out of what was pasted: Nature 521."
    assert len(left_out("x" * 500)) < 100


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_authors_stand_one_a_line_however_a_terminal_ends_it(end: str) -> None:
    assert authors(f"Yang Song{end}Prafulla Dhariwal").text == "Yang Song; Prafulla Dhariwal"


@pytest.mark.parametrize("text", ["a-\n" * 30_000, "ab\ncd-\n" * 20_000, "-\n" * 40_000, "a\n" * 40_000])
def test_very_many_lines_are_joined_in_little_time(text: str) -> None:
    began = process_time()
    one_line(text)
    assert process_time() - began < 2
