"""What is stated beside what the evidence implies, the largest difference first; and that under each doubt."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content

from hypotheses.debate import Debate
from hypotheses.differing import Difference, differences
from hypotheses.doubts import Doubt, doubted
from hypotheses.ranking import format_plausibility, format_span
from tui.debate.doubts_text import doubt_lines
from tui.dialogs.board import Board, BoardLine, BoardLines
from tui.number_text import decibans, factor, odds
from tui.terminal.clean import content
from tui.widgets.line_list import LineList

LOUDEST = 3000
"""Decibans beyond which nothing is written out."""
ODDS_FROM = 91
"""Cells from which on there is room for the odds; the factor between them is always there."""


class Differences(Board):
    """A line per explanation; nothing changes unless it is adopted."""

    DEFAULT_CSS = "Differences #told { height: 3; color: $label; }"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("A", "app.act('adopt')", "Adopt", show=False)]
    keys = "↑ ↓ move · enter opens · A adopts what the evidence says · w comment · esc back"

    def __init__(self, title: str, debate: Debate) -> None:
        super().__init__(title, debate)
        self._unfolded: frozenset[str] = frozenset()
        """Names of the doubts whose cases are shown one by one."""
        self._doubts: dict[str, Doubt] = {}

    def about(self, debate: Debate) -> Content:
        """Say what the lines are."""
        return Content("What you say and what the evidence says, the largest difference first.")

    def lines(self, debate: Debate) -> Sequence[BoardLine]:
        """Heads, and a line per explanation."""
        says = doubted(debate)
        self._doubts = {under.doubt.name: under.doubt for under in says.under}
        lines = [BoardLine(partial(_draw, one), one.hypothesis.slug) for one in differences(debate, says)]
        return [BoardLine(_heads), *lines, *doubt_lines(debate, says, self._unfolded)] if lines else []

    def open_line(self, line: BoardLine) -> None:
        """Go to the explanation; fold or unfold the cases of a doubt."""
        if not line.doubt:
            super().open_line(line)
            return
        self._unfolded ^= {line.doubt}
        self.query_one(BoardLines).show(self.lines(self.debate))
        self.fit()

    @on(LineList.Highlighted)
    def tell_doubt(self) -> None:
        """Say what the doubt under the cursor is."""
        doubt = self._doubts.get(self.current.doubt) if self.current else None
        self.tell(f"{doubt.label}: {doubt.formula}. {doubt.reason}" if doubt else "", wrong=False)


def _heads(width: int) -> Content:
    heads = f"{'you say':>8}{'evidence, span':>17}{'decibans':>11}{'odds':>8}"
    heads += f"{'said':>10}{'implied':>10}" if width >= ODDS_FROM else ""
    return Content.styled(" " * max(0, width - len(heads)) + heads, "$label")


def _draw(one: Difference, width: int) -> Content:
    stated = one.hypothesis.plausibility
    glyph, shade = (" ", "$label") if round(one.decibans, 1) == 0 else ("▼", "$today")
    if one.decibans > 0 and glyph != " ":
        glyph, shade = "▲", "$pro"
    parts: list[tuple[str, str] | str] = [
        f"{format_plausibility(stated):>7}" + ("?" if one.hypothesis.placeholder else " "),
        f"{format_plausibility(one.implied):>9}",
        (f" {format_span(one.span):<7}", "$label"),
        (f"{decibans(one.decibans):>9} {glyph}", shade),
        f"{factor(10 ** (max(-LOUDEST, min(LOUDEST, one.decibans)) / 10)):>8}",
    ]
    if width >= ODDS_FROM:
        parts.append((f"{odds(stated):>10}{odds(one.implied):>10}", "$label"))
    figures = Content.assemble(*parts)
    title = content(one.hypothesis.title).truncate(max(4, width - figures.cell_length - 3), ellipsis=True, pad=True)
    return Content.assemble((f"{one.rank:>2} ", "$label"), title, figures)
