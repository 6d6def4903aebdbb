"""A track: one line along an axis, with marks that may share a cell, spans between ends, leaders and a band."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final

from textual.content import Content

from hypotheses.debate import OOM, Gap
from tui.number_text import LONG, amount
from tui.terminal.clean import content

_FURTHEST: Final = 1e300
"""An axis ends here at the latest, so that its range can be computed with."""
YOU_MARK, BEFORE_MARK, SAYS_MARK, BOTH_MARK = "●", "○", "◆", "◈"
"""What you say, what you said before this edit, what the evidence says, and both in one cell."""
LEFT_MARK, TODAY_MARK, ZERO_MARK, TICK_MARK = "■", "│", "┊", "·"
"""The median of what would be left, the gap today, zero, a tick of the axis."""
QUARTERS: Final = (0.0, 0.25, 0.5, 0.75, 1.0)
"""Where a track of belief has its ticks."""
LEADER: Final = "╌"
"""A distance: from what you say to the span, from what is left to the gap today."""


class Axis:
    """Maps figures to cells, with round ticks."""

    def __init__(self, low: float, high: float, width: int) -> None:
        if high - low < 1e-9 * max(1.0, abs(low), abs(high)):
            room = max(1.0, 1e-6 * abs(low))
            low, high = low - room, high + room
        self.low, self.high, self.width = low, high, max(2, width)

    @classmethod
    def over(cls, figures: Iterable[float], width: int, margin: float = 0.0) -> Axis:
        """Return the axis of some figures, with a part of its range around them; those without end are beyond it."""
        ends = [max(-_FURTHEST, min(_FURTHEST, figure)) for figure in figures if math.isfinite(figure)] or [0.0]
        room = margin * (max(ends) - min(ends))
        return cls(min(ends) - room, max(ends) + room, width)

    @classmethod
    def rounded(cls, figures: Iterable[float], width: int) -> Axis:
        """Return the axis of some figures, its ends rounded out to halves of the size of its range."""
        plain = cls.over(figures, width)
        step = 10.0 ** math.floor(math.log10(plain.high - plain.low)) / 2
        return cls(math.floor(plain.low / step) * step, math.ceil(plain.high / step) * step, width)

    def cell(self, figure: float) -> int:
        """Return the cell of a figure, kept inside the axis."""
        if not self.low <= figure <= self.high:
            return self.width - 1 if figure > self.high else 0
        return round((figure - self.low) / (self.high - self.low) * (self.width - 1))

    def ticks(self, apart: int = 8) -> list[float]:
        """Return about one round figure for so many cells each."""
        rough = (self.high - self.low) / max(1, self.width // apart)
        size = 10.0 ** math.floor(math.log10(rough))
        step = next(size * factor for factor in (1, 2, 5, 10) if size * factor >= rough)
        first = math.ceil(self.low / step)
        return [index * step for index in range(first, math.floor(self.high / step) + 1)]

    def draw(self, gap: Gap) -> Content:
        """Write the ticks' figures under their cells, and the unit."""
        return Content.assemble((self.figures(gap), "$hint"), " ", content(gap.unit))

    def figures(self, gap: Gap, apart: int = 8) -> str:
        """Write the ticks' figures over or under their cells."""
        labels = []
        for tick in self.ticks(apart):
            digits = 0 if float(tick).is_integer() else 1
            plain = gap.unit == OOM and abs(tick) < LONG
            labels.append((tick, f"{tick:.{digits}f}".replace("-", "−") if plain else amount(gap, tick)))
        return self.labelled(labels)

    def labelled(self, labels: Iterable[tuple[float, str]]) -> str:
        """Write some words over or under the cells of their figures, as many as there is room for."""
        line = [" "] * self.width
        for figure, text in labels:
            start = max(0, min(self.width - len(text), self.cell(figure) - len(text) // 2))
            if len(text) <= self.width and all(char == " " for char in line[max(0, start - 1) : start + len(text) + 1]):
                line[start : start + len(text)] = text
        return "".join(line)


class TrackLine:
    """One line of a track. What is put later lies over what was put before."""

    def __init__(self, axis: Axis) -> None:
        self.axis = axis
        self._glyphs = [" "] * axis.width
        self._styles = [""] * axis.width
        self._grounds = [""] * axis.width

    def mark(self, figure: float, glyph: str, style: str) -> None:
        """Put a mark where a figure stands."""
        self._put(self.axis.cell(figure), glyph, style)

    def span(self, low: float, high: float, style: str) -> None:
        """Put a span between two ends; nothing where both stand in one cell."""
        first, last = self.axis.cell(low), self.axis.cell(high)
        if first == last:
            return
        for cell in range(first, last + 1):
            self._put(cell, "├" if cell == first else "┤" if cell == last else "─", style)

    def leader(self, start: float, end: float, style: str) -> None:
        """Put a leader between two figures, without the cells where they stand."""
        first, last = sorted((self.axis.cell(start), self.axis.cell(end)))
        for cell in range(first + 1, last):
            self._put(cell, LEADER, style)

    def band(self, low: float, high: float, ground: str) -> None:
        """Shade the cells between two figures, as far as the axis goes."""
        if high < self.axis.low or low > self.axis.high:
            return
        for cell in range(self.axis.cell(low), self.axis.cell(high) + 1):
            self._grounds[cell] = ground

    def holds(self, figure: float, glyph: str) -> bool:
        """Say whether this mark stands in the cell of a figure."""
        return self._glyphs[self.axis.cell(figure)] == glyph

    def _put(self, cell: int, glyph: str, style: str) -> None:
        self._glyphs[cell], self._styles[cell] = glyph, style

    def draw(self) -> Content:
        """Draw the line, each run of one style at once."""
        parts: list[tuple[str, str]] = []
        for glyph, style, ground in zip(self._glyphs, self._styles, self._grounds, strict=True):
            whole = f"{style} on {ground}".strip() if ground else style
            if parts and parts[-1][1] == whole:
                parts[-1] = (parts[-1][0] + glyph, whole)
            else:
                parts.append((glyph, whole))
        return Content.assemble(*parts)
