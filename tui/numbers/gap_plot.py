"""One gap drawn: its distributions one above the other, on one axis, with the gap today and where it is closed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from textual.content import Content

from hypotheses.reports.figures import tolerance
from tui.number_text import BLOCKS
from tui.terminal.clean import content
from tui.widgets.track import TODAY_MARK, Axis

if TYPE_CHECKING:
    from hypotheses.estimates import GapEstimate, Result

LINES: Final = 4
"""Lines of a distribution."""
TAIL: Final = 0.5
"""Percent of a distribution beyond each end of the axis."""


def axis_for(results: Sequence[Result], width: int) -> Axis:
    """Return an axis with room for these results and for zero."""
    ends = [result.percentile(end) for result in results for end in (TAIL, 100 - TAIL)]
    return Axis.over([0.0, *ends], width, 0.04)


def plot(estimate: GapEstimate, width: int) -> Content:
    """Draw the gap now, under the ticked explanations and with all weighed, as far as these are known."""
    named = [("now", estimate.now), ("if ticked", estimate.residual), ("all weighed", estimate.weighed)]
    shown = [(name, result) for name, result in named if result is not None]
    axis = axis_for([result for _, result in shown], max(20, width - 6))
    lines = []
    for name, result in shown:
        if result.p5 == result.p95:
            lines.append(Content.assemble((name, "bold"), ("  a point, no spread", "$label")))
            continue
        lines.append(Content.styled(name, "bold"))
        lines += [_row(row, _levels(axis, result), axis, estimate) for row in reversed(range(LINES))]
    closed = f"   closed: {tolerance(estimate.gap)}" if estimate.tolerance is not None else ""
    legend = Content.assemble((TODAY_MARK, "$today"), (" today", "$label"), content(closed, "$label"))
    return Content("\n").join([*lines, axis.draw(estimate.gap), legend])


def _levels(axis: Axis, result: Result) -> list[int]:
    """Return the height of the density in eighths of a line for each cell."""
    step = (axis.high - axis.low) / (axis.width - 1)
    heights = result.density([axis.low + cell * step for cell in range(axis.width)])
    top = max(heights, default=0.0)
    return [round(height / top * LINES * 8) if top > 0 else 0 for height in heights]


def _row(row: int, levels: Sequence[int], axis: Axis, estimate: GapEstimate) -> Content:
    """Draw one line of a distribution, on the shade of what is closed, with the gap today beside or behind it."""
    today = axis.cell(estimate.now.median)
    band: range = range(0)
    if estimate.tolerance is not None and axis.low <= estimate.tolerance and -estimate.tolerance <= axis.high:
        band = range(axis.cell(-estimate.tolerance), axis.cell(estimate.tolerance) + 1)
    parts: list[tuple[str, str]] = []
    for cell, level in enumerate(levels):
        filled = max(0, min(8, level - 8 * row))
        glyph, style = (BLOCKS[filled], "$label") if filled else (TODAY_MARK, "$today") if cell == today else (" ", "")
        parts.append((glyph, f"{style} on $closed".strip() if cell in band else style))
    return Content.assemble(*parts)
