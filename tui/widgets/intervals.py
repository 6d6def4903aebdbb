"""A chart of intervals: one row a distribution, all on one axis."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from hypotheses.debate import OOM, Debate, Gap
from hypotheses.ranking import ranked
from hypotheses.reports.result_text import method
from tui.number_text import LONG, Spread, amount
from tui.terminal.clean import content
from tui.terminal.painting import entitle, put

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates, GapEstimate


_FURTHEST = 1e300
"""An axis ends here at the latest, so that its range can be computed with."""


@dataclass(frozen=True, slots=True)
class IntervalRow:
    """One named distribution."""

    name: str
    spread: Spread
    strong: bool = False


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

    def cell(self, figure: float) -> int:
        """Return the cell of a figure, kept inside the axis."""
        if not self.low <= figure <= self.high:
            return self.width - 1 if figure > self.high else 0
        return round((figure - self.low) / (self.high - self.low) * (self.width - 1))

    def ticks(self) -> list[float]:
        """Return about one round figure for every eight cells."""
        rough = (self.high - self.low) / max(1, self.width // 8)
        size = 10.0 ** math.floor(math.log10(rough))
        step = next(size * factor for factor in (1, 2, 5, 10) if size * factor >= rough)
        first = math.ceil(self.low / step)
        return [index * step for index in range(first, math.floor(self.high / step) + 1)]

    def draw(self, gap: Gap) -> Content:
        """Write the ticks' figures under their cells, and the unit."""
        line = [" "] * self.width
        for tick in self.ticks():
            digits = 0 if float(tick).is_integer() else 1
            plain = gap.unit == OOM and abs(tick) < LONG
            text = f"{tick:.{digits}f}".replace("-", "−") if plain else amount(gap, tick)
            start = max(0, min(self.width - len(text), self.cell(tick) - len(text) // 2))
            if len(text) <= self.width and all(char == " " for char in line[max(0, start - 1) : start + len(text) + 1]):
                line[start : start + len(text)] = text
        return Content.assemble(("".join(line), "dim"), " ", content(gap.unit))


def track(axis: Axis, spread: Spread, style: str) -> Content:
    """Draw p5 to p95 as a line with a dot at the median; the zero of the axis shows through."""
    cells = [" "] * axis.width
    if axis.low <= 0 <= axis.high:
        cells[axis.cell(0)] = "┊"
    left, right = axis.cell(spread.p5), axis.cell(spread.p95)
    if right > left:
        cells[left : right + 1] = ["├", *("─" * (right - left - 1)), "┤"]
    cells[axis.cell(spread.median)] = "●"
    return Content.styled("".join(cells), style)


def gap_rows(debate: Debate, estimate: GapEstimate) -> list[IntervalRow]:
    """List a gap now, under each explanation alone, and all weighed."""
    rows = [IntervalRow("now", estimate.now, strong=True)]
    rows += [IntervalRow(h.title, estimate.under[h.slug]) for h in ranked(debate) if h.slug in estimate.under]
    if estimate.weighed is not None:
        rows.append(IntervalRow("all weighed", estimate.weighed, strong=True))
    return rows


def chart(gap: Gap, rows: Sequence[IntervalRow], width: int) -> Content:
    """Draw the rows over one axis, `width` cells wide in all."""
    names = min(max(content(row.name).cell_length for row in rows), max(10, width * 2 // 5))
    room = max(12, width - names - 9)
    axis = Axis.over([0.0, *(end for row in rows for end in (row.spread.p5, row.spread.p95))], room)
    lines = [
        Content.assemble(
            content(row.name).truncate(names, ellipsis=True, pad=True),
            " ",
            track(axis, row.spread, "bold $text-accent" if row.strong else "$primary"),
            (f" {amount(gap, row.spread.median):>6}", "bold"),
        )
        for row in rows
    ]
    return Content("\n").join([*lines, Content.assemble(" " * (names + 1), axis.draw(gap))])


class PuzzleChart(Static):
    """The headline gap now, under each explanation, and all weighed."""

    DEFAULT_CSS = "PuzzleChart { height: auto; padding: 0 1; text-wrap: nowrap; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._shown: tuple[Debate, Estimates] | None = None

    def show(self, debate: Debate, estimates: Estimates | None) -> None:
        """Show the puzzle of this debate."""
        self._shown = (debate, estimates) if estimates else None
        headline = debate.headline
        entitle(self, content(f"What each would leave: {headline.label or headline.symbol}" if headline else ""))
        self.on_resize()

    def on_resize(self) -> None:
        """Draw for the width there is."""
        if self._shown is None:
            return
        debate, estimates = self._shown
        headline = debate.headline
        estimate = estimates.gaps.get(headline.symbol) if headline else None
        if headline is None or estimate is None:
            wrong = estimates.problems.get(headline.symbol) if headline else None
            put(self, Content.styled(content(wrong.unknown if wrong else "There is no gap.").plain, "$text-error"))
            return
        put(self, chart(headline, gap_rows(debate, estimate), max(30, self.content_region.width)))
        entitle(self, subtitle=Content(f"{method(estimate)} · 5% ├──●──┤ 95%"))
