"""Step lines in braille and their axes: what was at a date is drawn at its place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exploring import explored
from tui.timeline.chart import decibans
from tui.timeline.ticks import day, levels_for, places_by_step, places_by_time, step_ticks, time_ticks
from tui.widgets.raster import BLANK, Cell, plot, spread

levels = st.one_of(st.none(), st.floats(0, 1))


def rows(cells: Sequence[Sequence[Cell]]) -> list[str]:
    return ["".join(cell.char for cell in row) for row in cells]


def test_a_step_line_stays_where_it_was_until_the_next_date() -> None:
    # Three points over four cells, so eight dots: 0 until the middle, then 1; the last point holds 1 to the end.
    found = rows(plot([("1", [0.0, 1.0, 1.0])], [0.0, 0.5, 1.0], 4, 1))
    # Bottom dots up to the column of the second point, whose column goes all the way up, then top dots.
    assert found == ["⣀⣀⡏⠉"]


def test_a_line_that_begins_later_is_blank_before() -> None:
    found = rows(plot([("1", [None, 0.0, 0.0])], [0.0, 0.5, 1.0], 4, 1))
    assert found == ["  1⣀"]


def test_of_two_lines_in_a_cell_both_have_their_dots_and_the_first_its_colour() -> None:
    cells = plot([("1", [0.0, 0.0]), ("2", [1.0, 1.0])], [0.0, 1.0], 2, 1)
    assert [cell.char for cell in cells[0]] == ["⣉", "⣉"]
    assert [cell.line for cell in cells[0]] == [0, 0]


def test_every_line_carries_its_mark_where_there_is_room() -> None:
    lines = [(mark, [height / 10] * 5) for height, mark in enumerate("12345", 1)]
    text = "\n".join(rows(plot(lines, places_by_step(5), 60, 10)))
    assert all(text.count(mark) >= 2 for mark in "12345")


@explored(30)
@given(
    st.integers(0, 30).flatmap(
        lambda count: st.tuples(
            st.lists(st.lists(levels, min_size=count, max_size=count), max_size=6),
            st.lists(st.floats(0, 1), min_size=count, max_size=count).map(sorted),
        )
    ),
    st.integers(0, 40),
    st.integers(0, 12),
)
def test_a_plot_fills_its_size_and_nothing_else(
    drawn: tuple[list[list[float | None]], list[float]], width: int, height: int
) -> None:
    lines, places = drawn
    cells = plot([(str(n), each) for n, each in enumerate(lines)], places, width, height)
    assert [len(row) for row in cells] == [width] * height
    for cell in (cell for row in cells for cell in row):
        assert len(cell.char) == 1
        assert (cell.line == -1) == (cell.char == " ")
        assert cell.char in " 0123456789" or BLANK < ord(cell.char) < BLANK + 256


@explored(30)
@given(st.lists(st.integers(0, 19), max_size=20).map(sorted))
def test_labels_have_rows_of_their_own_in_order(wanted: list[int]) -> None:
    found = spread(wanted, 20)
    assert found == sorted(set(found))
    assert len(found) == len(wanted)
    assert all(0 <= row < 20 for row in found)
    if len(set(wanted)) == len(wanted):
        assert found == wanted


def test_a_date_stands_at_its_end() -> None:
    assert day("2023") == datetime(2023, 12, 31)  # noqa: DTZ001
    assert day("2024-03-24") == datetime(2024, 3, 24)  # noqa: DTZ001
    # No February has 31 days.
    assert day("2024-02") == datetime(2024, 2, 28)  # noqa: DTZ001


def test_true_time_and_equal_steps() -> None:
    times = [day(date) for date in ("2000-01-01", "2000-01-11", "2000-01-21", "2000-04-10")]
    assert places_by_step(4) == pytest.approx([0, 1 / 3, 2 / 3, 1])
    # 10, 20 and 100 days after the first.
    assert places_by_time(times) == pytest.approx([0, 0.1, 0.2, 1])
    assert places_by_time([times[0]] * 3) == [0, 0.5, 1]
    assert places_by_time([]) == []


def test_round_years_under_true_time_and_first_points_under_equal_steps() -> None:
    times = [day(date) for date in ("1991", "2010", "2019", "2020", "2020-06", "2025")]
    assert [label for _, label in time_ticks(times, 60)] == ["1995", "2000", "2005", "2010", "2015", "2020"]
    assert [label for _, label in step_ticks(times, 60)] == ["1991", "2010", "2019", "2020"]
    months = [day(date) for date in ("2024-01-10", "2024-03-01", "2024-08-01")]
    assert [label for _, label in time_ticks(months, 60)] == ["2024-03", "2024-05", "2024-07"]


@explored(30)
@given(
    st.lists(st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31)), max_size=20).map(sorted),  # noqa: DTZ001
    st.sampled_from([timedelta(0), timedelta(hours=1), timedelta(days=10)]),
    st.integers(1, 80),
)
def test_labels_never_touch_and_stay_inside(times: list[datetime], near: timedelta, width: int) -> None:
    if near and times:
        times = [times[0] + index * (near / 20) for index in range(len(times)) if times[0].year < 9999]
    for labels in (time_ticks(times, width), step_ticks(times, width)):
        end = -1
        for cell, label in labels:
            assert cell > end
            end = cell + len(label)
            assert end <= width


def test_the_upright_axis_has_round_figures() -> None:
    assert levels_for(0, 1, 10, (0.1, 0.25, 0.5)) == pytest.approx([0, 0.25, 0.5, 0.75, 1])
    assert levels_for(-15, 15, 10, (5, 10, 20)) == [-10, 0, 10]
    assert levels_for(-5, 15, 40, (5, 10, 20)) == [-5, 0, 5, 10, 15]


def test_certainty_is_drawn_at_the_edge() -> None:
    # Odds of 10 to one are 10 decibans; what is certain has no finite odds.
    assert decibans(10 / 11) == pytest.approx(10)
    assert (decibans(0), decibans(1)) == pytest.approx((-60, 60))
