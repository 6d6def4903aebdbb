"""One gap drawn: its distribution now and under the ticked explanations, on one axis."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from hypotheses.debate import Gap
from tui.number_text import BLOCKS
from tui.widgets.track import Axis

if TYPE_CHECKING:
    from hypotheses.estimates import Result

LINES = 6
TAIL = 0.5
"""Percent of a distribution beyond each end of the axis."""


def axis_for(results: Sequence[Result], width: int) -> Axis:
    """Return an axis with room for these results and for zero."""
    ends = [result.percentile(end) for result in results for end in (TAIL, 100 - TAIL)]
    return Axis.over([0.0, *ends], width, 0.04)


def plot(gap: Gap, now: Result, then: Result | None, width: int) -> Content:
    """Draw the gap now in outline (or as ▽ if it is one number) and, filled, under a scenario."""
    shown = [now] if then is None else [now, then]
    axis = axis_for(shown, max(20, width - 6))
    marks = [" "] * axis.width
    marks[axis.cell(now.median)] = "▽"
    lines: list[Content] = [Content.styled("".join(marks) + " now", "bold $you")]
    levels_now = _levels(axis, now)
    levels_then = _levels(axis, then) if then is not None else [0] * axis.width
    lines += [_row(row, levels_now, levels_then) for row in reversed(range(LINES))]
    if then is not None:
        marks = [" "] * axis.width
        marks[axis.cell(then.median)] = "△"
        lines.append(Content.styled("".join(marks) + " if true", "bold $primary"))
    return Content("\n").join([*lines, axis.draw(gap)])


def _levels(axis: Axis, result: Result) -> list[int]:
    """Return the height of the density in eighths of a line for each cell."""
    step = (axis.high - axis.low) / (axis.width - 1)
    heights = result.density([axis.low + cell * step for cell in range(axis.width)])
    top = max(heights, default=0.0)
    if top <= 0:
        # One known number: a single full column.
        return [LINES * 8 if cell == axis.cell(result.median) else 0 for cell in range(axis.width)]
    return [round(height / top * LINES * 8) for height in heights]


def _row(row: int, levels_now: Sequence[int], levels_then: Sequence[int]) -> Content:
    """Draw one line: the scenario filled, the gap as it is now as dots where the scenario does not cover it."""
    parts: list[tuple[str, str]] = []
    for now, then in zip(levels_now, levels_then, strict=True):
        filled, outline = (max(0, min(8, level - 8 * row)) for level in (then, now))
        if filled:
            parts.append((BLOCKS[filled], "$primary"))
        elif outline:
            parts.append(("░" if outline == 8 else BLOCKS[outline], "$you"))
        else:
            parts.append((" ", ""))
    return Content.assemble(*parts)
