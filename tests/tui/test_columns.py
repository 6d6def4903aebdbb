"""How a row of the ranking is laid out: the grid at three widths, and what holds at every width."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.debate.columns import YOU, Columns, Longest, arrange

LONGEST = 39
"""Cells of "Diffusion steps stand in for parameters"."""


def laid_out(width: int) -> Columns:
    return arrange(width, 5, Longest(LONGEST, left=5), can_close=True)


def test_at_80_there_are_titles_and_both_figures_and_what_is_left() -> None:
    columns = laid_out(80)
    assert (columns.title_at, columns.title, columns.belief_at, columns.belief) == (3, 39, 48, 15)
    assert (columns.found, columns.track, columns.words, columns.closed) == (0, 0, 0, 0)


def test_at_120_there_is_also_what_was_found_and_the_track_of_what_is_left() -> None:
    columns = laid_out(120)
    # Five points a cell, and a fifth of an order of magnitude a cell over four of them.
    assert (columns.title, columns.belief, columns.found, columns.track) == (39, 21, 8, 21)
    assert (columns.words, columns.closed) == (0, 0)


def test_at_200_there_are_words_and_chances_too() -> None:
    columns = laid_out(200)
    assert (columns.belief, columns.track) == (51, 41)
    assert columns.words
    assert columns.closed


def test_a_debate_without_gaps_has_no_track_of_what_is_left() -> None:
    columns = arrange(200, 5, Longest(LONGEST), can_close=False)
    assert (columns.track, columns.left, columns.closed) == (0, 0, 0)


LONGEST_PARTS = st.builds(Longest, st.integers(0, 320), st.integers(8, 11), st.integers(2, 6), st.integers(0, 9))
"""Titles, `73  52–84` to `>99 94–100`, `+1` to `+10000`, `−0.53`."""


@given(st.integers(40, 300), st.integers(0, 120), LONGEST_PARTS, st.booleans())
def test_a_row_fits_and_no_figure_is_cut(width: int, ranks: int, longest: Longest, can_close: bool) -> None:
    columns = arrange(width, ranks, longest, can_close=can_close)
    optional = [columns.words, columns.found, columns.closed]
    drawn = columns.title_at + columns.title + YOU + 1 + columns.belief + 1 + columns.says + columns.left
    drawn += sum(cells + 1 for cells in optional if cells) + (columns.track + 3 if columns.track else 0)
    assert drawn <= width
    # A blank stays between one figure and the next.
    assert columns.says > longest.says
    assert not columns.found or columns.found // 2 > longest.found
    assert columns.title >= 4
    assert columns.belief % 2 == 1
    assert columns.track % 2 == (1 if columns.track else 0)


@given(st.integers(60, 299))
def test_what_is_there_at_one_width_is_there_at_the_next(width: int) -> None:
    one, next_one = laid_out(width), laid_out(width + 1)
    for part in ("found", "track", "words"):
        assert bool(getattr(one, part)) <= bool(getattr(next_one, part)), part


@pytest.mark.parametrize("longest", [10, 39, 60, 300])
def test_a_title_takes_what_the_longest_needs_up_to_sixty_cells(longest: int) -> None:
    assert arrange(260, 5, Longest(longest, left=5), can_close=True).title == max(12, min(longest, 60))
