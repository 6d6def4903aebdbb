"""The headline gaps on one line, always in sight."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from hypotheses.debate import OOM, Debate
from hypotheses.reports.result_text import chance, in_words
from tui.number_text import amount, interval, with_unit
from tui.terminal.clean import clean_text, content
from tui.terminal.painting import put

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates, GapEstimate


class GapStrip(Static):
    """Every OOM gap, then the puzzle: what all weighed leave of it, and how likely it is closed. Terse where narrow."""

    DEFAULT_CSS = "GapStrip { height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._shown: tuple[Debate, Estimates | None] | None = None

    def show(self, debate: Debate, estimates: Estimates | None) -> None:
        """Show the gaps of this debate."""
        before, self._shown = self._shown, (debate, estimates)
        if before is None or _gaps(*before) != _gaps(debate, estimates):
            self.on_resize()

    def on_resize(self) -> None:
        """Write as much as fits."""
        if self._shown is not None:
            put(self, fitting_line(*self._shown, self.content_region.width or 80))


def _gaps(debate: Debate, estimates: Estimates | None) -> object:
    # The numbers of a gap that no edit has touched are the same object.
    return debate.gaps, estimates and estimates.gaps


def fitting_line(debate: Debate, estimates: Estimates | None, width: int) -> Content:
    """Write the gaps on one line of at most `width` cells: in full, else tersely, else without the last of them."""
    headline = debate.headline
    if headline is None:
        return Content.styled("no gaps: this debate has no quantities yet", "dim")
    if estimates is None:
        return Content.styled("…", "dim")
    others = [
        Content.assemble(content(short_name(symbol)), " ", (amount(gap, estimate.now.median), "bold"))
        for symbol, gap in debate.gaps.items()
        if gap.unit == OOM and gap is not headline and (estimate := estimates.gaps.get(symbol))
    ]
    puzzle = estimates.gaps.get(headline.symbol)
    if puzzle is None:
        return Content.styled("the puzzle cannot be computed: see the Gap tab", "$text-error")
    *roomy, terse, tersest = _puzzle(puzzle)
    lines = [_line(others, "  ", words) for words in roomy]
    lines += [_line(others[:count], " ", terse) for count in range(len(others), -1, -1)]
    return next((line for line in [*lines, tersest] if line.cell_length <= width), tersest)


def _line(others: Sequence[Content], space: str, puzzle: Content) -> Content:
    parts = [*others, Content.styled("·", "dim")] if others else []
    return Content(space).join([*parts, puzzle])


def _puzzle(estimate: GapEstimate) -> list[Content]:
    """Write the puzzle, what is left of it with all explanations weighed and how likely it is closed; ever shorter."""
    gap, left = estimate.gap, estimate.weighed
    whole = (clean_text(with_unit(gap, estimate.now.median)), "bold $text-accent")
    short = (amount(gap, estimate.now.median), "bold $text-accent")
    if left is None:
        return [Content.assemble("the puzzle ", whole)] * 2 + [Content.assemble("puzzle ", short)]
    median, span = amount(gap, left.median), interval(gap, left)
    close = span.replace(" … ", "…")
    likely = estimate.chances(left)
    if likely is None:
        return [
            Content.assemble("the puzzle ", whole, f", all weighed {median} {span}".rstrip()),
            Content.assemble("puzzle ", short, f", weighed {median} {close}".rstrip()),
            Content.assemble("puzzle ", short, f", weighed {median}"),
        ]
    return [
        Content.assemble("the puzzle ", whole, f", all weighed {median} {span}".rstrip(), f": {in_words(likely)}"),
        Content.assemble("the puzzle ", whole, f", all weighed {median}: {in_words(likely)}"),
        Content.assemble("puzzle ", short, f", weighed {median}: {in_words(likely).replace(',', '')}"),
        Content.assemble("puzzle ", short, f", weighed {median}: closed {chance(likely.closed)}"),
    ]


def short_name(symbol: str) -> str:
    """Shorten `vision_gap` to `vision`."""
    return symbol.removesuffix("_gap").replace("_", " ")
