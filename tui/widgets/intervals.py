"""A chart of intervals: one row a distribution, all on one axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content

from hypotheses.debate import Gap
from tui.number_text import Spread, amount
from tui.terminal.clean import content
from tui.widgets.track import LEFT_MARK, ZERO_MARK, Axis, TrackLine


@dataclass(frozen=True, slots=True)
class IntervalRow:
    """One named distribution."""

    name: str
    spread: Spread
    strong: bool = False


def chart(gap: Gap, rows: Sequence[IntervalRow], width: int) -> Content:
    """Draw the rows over one axis, `width` cells wide in all."""
    names = min(max(content(row.name).cell_length for row in rows), max(10, width * 2 // 5))
    room = max(12, width - names - 9)
    axis = Axis.over([0.0, *(end for row in rows for end in (row.spread.p5, row.spread.p95))], room)
    lines = [
        Content.assemble(
            content(row.name).truncate(names, ellipsis=True, pad=True),
            " ",
            _track(axis, row),
            (f" {amount(gap, row.spread.median):>6}", "bold"),
        )
        for row in rows
    ]
    return Content("\n").join([*lines, Content.assemble(" " * (names + 1), axis.draw(gap))])


def _track(axis: Axis, row: IntervalRow) -> Content:
    """Draw the middle 90% with its median; the zero of the axis shows through."""
    line, style = TrackLine(axis), "bold $foreground" if row.strong else "$label"
    line.mark(0.0, ZERO_MARK, "$hint")
    line.span(row.spread.p5, row.spread.p95, style)
    line.mark(row.spread.median, LEFT_MARK, style)
    return line.draw()
