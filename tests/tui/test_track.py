"""The tracks of the ranking: where each mark stands, and what lies over what."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from rich.cells import cell_len

from hypotheses.debate import Debate, Gap, Hypothesis
from tui.debate.columns import Longest, arrange
from tui.debate.ranked_row import RankedRow
from tui.debate.row_drawing import RowDrawing, belief_track, drawing, left_track, row_end, says_text
from tui.number_text import factor, percentage
from tui.widgets.track import Axis, TrackLine


def row(you: float, implied: float, span: tuple[float, float], found: tuple[int, int] = (1, 0)) -> RankedRow:
    return RankedRow(1, Hypothesis("a", "A", plausibility=you), implied, span, *found)


@pytest.mark.parametrize(
    ("you", "implied", "span", "drawn"),
    [
        # 21 cells, five points each: 60% stands in the 13th, 73% in the 16th, the span from 52% to 84%.
        (0.60, 0.73, (0.52, 0.84), "·    ·    ├─●──◆─┤  ·"),
        (0.73, 0.73, (0.52, 0.84), "·    ·    ├────◈─┤  ·"),
        (0.08, 0.93, (0.59, 0.98), "· ●╌╌╌╌╌╌╌╌╌├──────◆┤"),
        (0.95, 0.10, (0.05, 0.30), "·├◆───┤╌╌╌╌╌╌╌╌╌╌╌╌●·"),
        (0.50, 0.50, (0.50, 0.50), "·    ·    ◈    ·    ·"),
        (0.00, 1.00, (1.00, 1.00), "●╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌◆"),
    ],
)
def test_what_you_say_and_what_the_evidence_says_share_an_axis(
    you: float, implied: float, span: tuple[float, float], drawn: str
) -> None:
    assert belief_track(row(you, implied, span), 21).plain == drawn


@dataclass
class Spread:
    p5: float
    median: float
    p95: float


def test_what_would_be_left_is_drawn_with_the_band_that_closes_and_the_gap_today() -> None:
    # 21 cells from -2 to 2: a fifth of an order of magnitude each; zero stands in the 11th, 2 in the last.
    columns = arrange(120, 1, Longest(39, left=5), can_close=True)
    along = RowDrawing(columns, Gap("g", "a"), 2.0, 0.3, Axis(-2.0, 2.0, 21))
    drawn = left_track(RankedRow(1, Hypothesis("a", "A"), 0.5, (0.5, 0.5), 0, 0, Spread(0.0, 0.6, 1.2)), along)  # type: ignore[arg-type]  # only its figures are drawn
    assert drawn.plain == "          ├──■──┤╌╌╌│"
    shaded = [span for span in drawn.spans if "$closed" in str(span.style)]
    # From -0.3 to 0.3: the cells of -0.4 to 0.2, or those of half a cell around them.
    assert 3 <= sum(span.end - span.start for span in shaded) <= 5


def test_nothing_is_drawn_of_what_is_not_known_but_the_axis() -> None:
    along = RowDrawing(
        arrange(120, 1, Longest(39, left=5), can_close=True), Gap("g", "a"), 2.0, 0.3, Axis(-2.0, 2.0, 21)
    )
    unknown = RankedRow(1, Hypothesis("a", "A"), 0.5, (0.5, 0.5), 0, 0)
    assert left_track(unknown, along).plain == "          ┊         │"


def test_what_nothing_tests_is_said_to_be_untested() -> None:
    nothing = replace(row(0.2, 0.5, (0.5, 0.5), (0, 0)), tested=False)
    assert says_text(nothing).plain.strip() == "untested"
    assert belief_track(nothing, 21).plain == "·   ●·    ·    ·    ·"
    assert says_text(row(0.5, 0.996, (0.99, 0.999))).plain == ">99 99–100"


@pytest.mark.parametrize(
    ("plausibility", "text"), [(0.6, "60%"), (1.0, "100%"), (0.005, "0.5%"), (0.9996, ">99%"), (0.00001, "<1%")]
)
def test_a_figure_takes_four_cells_at_most(plausibility: float, text: str) -> None:
    assert percentage(plausibility) == text


@pytest.mark.parametrize(
    ("ratio", "text"),
    [
        (2, "×2"),
        (0.5, "÷2"),
        (0.67, "÷1.5"),
        (1.25, "×1.25"),
        (0.33, "÷3"),
        (10, "×10"),
        (1, "×1"),
        (1e9, "×1e9"),
        (1 / 1234567, "÷1.2e6"),
        (1e300, "×∞"),
    ],
)
def test_a_ratio_below_one_is_written_by_its_inverse(ratio: float, text: str) -> None:
    assert factor(ratio) == text


def test_marks_lie_over_spans_and_spans_over_ticks_and_beyond_the_axis_they_stand_at_its_ends() -> None:
    line = TrackLine(Axis(0.0, 10.0, 11))
    line.mark(5.0, "·", "")
    line.span(3.0, 7.0, "")
    line.mark(3.0, "■", "")
    line.mark(99.0, "│", "")
    line.band(20.0, 30.0, "$closed")
    assert line.draw().plain == "   ■───┤  │"


def test_an_axis_is_rounded_out_to_halves() -> None:
    axis = Axis.rounded([-1.1, 2.05, 0.0], 21)
    assert (axis.low, axis.high) == (-1.5, 2.5)
    # A hundred times as large, so fifties.
    assert (Axis.rounded([-110, 205], 21).low, Axis.rounded([-110, 205], 21).high) == (-150, 250)


def test_what_a_row_says_stands_in_columns_whatever_the_figures() -> None:
    # Figures of every length that there is: a certain one, one near it, thousands of findings for and against.
    rows = [
        row(0.5, 1.0, (0.94, 1.0), (1616, 16280)),
        row(0.99973, 0.9999, (0.94, 0.9999), (10, 7)),
        row(0.0002, 0.0001, (0.0, 0.004), (0, 0)),
    ]
    rows = [replace(each, left="−0.53") for each in rows]
    debate = Debate("d", "D", gaps={"g": Gap("g", "a", headline=True)})
    for width in (80, 120, 200):
        columns = drawing(debate, None, rows, width).columns
        drawn = [row_end(each, RowDrawing(columns)).plain for each in rows]
        assert {cell_len(line) for line in drawn} == {cell_len(drawn[0])}
        assert cell_len(drawn[0]) <= width
        # What is left is never cut, and never touches what stands before it.
        assert all(" −0.53" in line for line in drawn)
