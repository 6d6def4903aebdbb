"""What the keys that rate a cell come to: signs pressed once or twice, ratios typed bit by bit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hypotheses.belief import parse_ratio
from tui.rating_keys import LONGEST_RATIO, RATIO_CHARACTERS, PressedSign, TypedRatio


def typed(chars: str) -> TypedRatio:
    ratio = TypedRatio()
    for char in chars:
        ratio.type(char)
    return ratio


# Signs


def test_the_same_sign_again_is_the_double_one_and_then_none() -> None:
    sign = PressedSign()
    assert [sign.press("a cell", "+") for _ in range(4)] == ["+", "++", "", ""]


def test_another_sign_or_another_cell_begins_anew() -> None:
    sign = PressedSign()
    pressed = [sign.press(cell, key) for cell, key in ("a+", "a-", "a+", "b+", "b+", "b-")]
    assert pressed == ["+", "-", "+", "+", "++", "-"]


def test_a_forgotten_sign_is_not_doubled() -> None:
    sign = PressedSign()
    sign.press("a cell", "-")
    sign.forget()
    assert sign.press("a cell", "-") == "-"


# Ratios


def test_a_ratio_begins_with_a_digit_or_a_point_and_goes_on_with_all_of_its_characters() -> None:
    ratio = TypedRatio()
    assert [char for char in sorted(RATIO_CHARACTERS) if not ratio.accepts(char)] == ["/", "0", ":"]
    assert not ratio.accepts("")
    ratio.begin()
    assert all(ratio.accepts(char) for char in ("", *RATIO_CHARACTERS))
    ratio.drop()
    assert not ratio.accepts("0")


@pytest.mark.parametrize(("chars", "means"), [("3", 3.0), ("1/3", 1 / 3), ("1:4", 0.25), (".5", 0.5), ("2.5", 2.5)])
def test_a_ratio_that_can_be_read_is_taken_and_gone(chars: str, means: float) -> None:
    assert typed(chars).text == chars
    ratio = typed(chars)
    assert ratio.take() == means
    assert (ratio.text, ratio.wrong) == (None, "")


def test_one_that_cannot_be_read_stays_and_is_mended() -> None:
    ratio = typed("1/0")
    assert ratio.take() is None
    assert ratio.text == "1/0"
    assert ratio.wrong.startswith("'1/0' is not a positive likelihood ratio; expected ++")
    ratio.type("")
    assert (ratio.text, ratio.wrong) == ("1/", "")
    ratio.type("4")
    assert ratio.take() == 0.25


def test_the_last_character_that_is_taken_away_ends_it() -> None:
    ratio = typed("12")
    ratio.type("")
    assert ratio.text == "1"
    ratio.type("")
    assert ratio.text is None
    ratio.type("")
    assert ratio.text is None


def test_it_is_dropped_once() -> None:
    ratio = TypedRatio()
    ratio.begin()
    assert ratio.text == ""
    assert ratio.drop()
    assert not ratio.drop()


@pytest.mark.parametrize("text", ["", "  \n", "words", "1 3", "n/a", "½"])
def test_what_is_no_ratio_is_not_pasted(text: str) -> None:
    ratio = typed("7")
    assert not ratio.paste(text)
    assert ratio.text == "7"


def test_a_pasted_text_takes_the_place_of_what_was_typed() -> None:
    ratio = typed("7")
    assert ratio.paste(" 2.5\n")
    assert ratio.text == "2.5"
    assert ratio.paste("1" * 99)
    assert ratio.text == "1" * LONGEST_RATIO


@given(st.text(sorted(RATIO_CHARACTERS), max_size=30))
def test_no_text_of_these_characters_means_not_applicable(chars: str) -> None:
    ratio = typed(chars)
    assert ratio.text == (chars[:LONGEST_RATIO] or None)
    taken = ratio.take()
    assert (taken is None) == bool(ratio.wrong)
    if taken is not None:
        assert taken == parse_ratio(chars[:LONGEST_RATIO])
