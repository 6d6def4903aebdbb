"""The quantities in columns, and a gap as distributions one above the other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hypotheses.debate import Quantity, Reading
from hypotheses.estimates import estimate
from store.bundled import bundled_debate
from tui.numbers.gap_plot import plot
from tui.numbers.quantities import QuantityList, in_columns, reading_marks

CONVENTIONS = ("post", "author", "literature")


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("890M", ("890M", "")),
        ("100B (50B to 500B)", ("100B", "50B … 500B")),
        # The median of a lognormal is the geometric mean of its ends: the root of 10 is 3.162.
        ("1B to 10B", ("3.162B", "1B … 10B")),
        ("normal -1 to 3", ("1", "−1 … 3")),
        ("much", ("", "much")),
    ],
)
def test_a_value_stands_in_columns(text: str, columns: tuple[str, str]) -> None:
    assert in_columns(text) == columns


def test_a_mark_for_each_convention_says_which_reading_is_in_use() -> None:
    quantity = Quantity("q", readings={"post": Reading("1"), "literature": Reading("2")})
    assert reading_marks(quantity, "post", CONVENTIONS).plain == "▮ ▯ "
    assert reading_marks(quantity, "literature", CONVENTIONS).plain == "▯ ▮ "
    # Of what the convention has no reading the first counts; a value of one's own stands last.
    assert reading_marks(quantity, "author", CONVENTIONS).plain == "▮ ▯ "
    own = replace(quantity, readings={**quantity.readings, "mine": Reading("3")}, chosen="mine")
    assert reading_marks(own, "post", CONVENTIONS).plain == "▯ ▯▮"


@pytest.mark.parametrize("width", [30, 44, 60, 80, 140])
def test_a_line_is_as_wide_as_there_is_room_and_keeps_its_value(width: int) -> None:
    drawn = QuantityList()
    drawn.convention, drawn.conventions = "post", CONVENTIONS
    readings = {"post": Reading("100B (50B to 500B)", source="s")}
    (line,) = drawn.draw(Quantity("q", "A quantity with a long name indeed", "parameter", readings), width)
    assert line.cell_length <= width
    assert "100B" in line.plain
    assert ("50B … 500B" in line.plain) == (width >= 60)
    assert ("parameter" in line.plain) == (width >= 80)
    (line,) = drawn.draw(Quantity("f", formula="a_long_name * another_long_name / a_third"), width)
    assert line.cell_length <= width
    assert "= a_lo" in line.plain


def test_what_has_no_spread_says_so_and_what_has_is_drawn_with_the_gap_today() -> None:
    puzzle = estimate(bundled_debate(), scenario=("unfair-comparison",)).gaps["puzzle"]
    lines = plot(puzzle, 60).plain.splitlines()
    assert lines[0] == "now  a point, no spread"
    assert lines[1] == "if ticked"
    assert lines[6] == "all weighed"
    # 2.05 - 1.5: the tallest column of the second stands left of the gap today.
    ticked = lines[2:6]
    assert ticked[0].index("█" if "█" in ticked[0] else ticked[0].strip()[0]) < ticked[0].index("│")
    assert lines[-1] == "│ today   closed: within 0.3 OOM of zero"
    band = [span for span in plot(puzzle, 60).spans if "on $closed" in str(span.style)]
    assert band
