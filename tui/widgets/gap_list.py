"""The gaps, and the explanations that can be ticked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from hypotheses.debate import Gap, Hypothesis
from tui.numbers import amount, interval
from tui.plain import content
from tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates, Outcome


class GapList(LineList[Gap]):
    """Each gap now, and under the ticked explanations."""

    estimates: Estimates | None = None

    def key_of(self, row: Gap) -> object:
        """A row is its symbol."""
        return row.symbol

    def draw(self, row: Gap, width: int) -> list[Content]:
        """Draw a gap on one line."""
        name = content(row.label or row.symbol, "bold" if row.headline else "")
        known = self.estimates.gaps.get(row.symbol) if self.estimates else None
        if known is None:
            wrong = self.estimates.problems.get(row.symbol) if self.estimates else None
            return [Content.assemble(name, "  ", content(wrong.text if wrong else "…", "$text-error"))]
        now = f"{amount(row, known.now.median)} {interval(row, known.now)}".rstrip()
        told = Content.assemble((now, "bold"))
        if known.residual is not None and not same(known.residual, known.now):
            told = Content.assemble(told, " → ", (amount(row, known.residual.median), "bold $text-accent"))
            told = Content.assemble(told, f" {interval(row, known.residual)}".rstrip())
        told = Content.assemble(told, (f" {row.unit}", "dim"))
        room = max(10, width - told.cell_length - 1)
        return [Content.assemble(name.truncate(room, ellipsis=True, pad=True), " ", told)]


def same(one: Outcome, other: Outcome) -> bool:
    """Say whether two outcomes are shown alike."""
    return (one.p5, one.median, one.p95) == (other.p5, other.median, other.p95)


class TickList(LineList[Hypothesis]):
    """The explanations, each with a box."""

    ticked: frozenset[str] = frozenset()

    def key_of(self, row: Hypothesis) -> object:
        """A row is its hypothesis."""
        return row.slug

    def draw(self, row: Hypothesis, width: int) -> list[Content]:
        """Draw an explanation on one line."""
        box = ("☑ ", "bold $text-accent") if row.slug in self.ticked else ("☐ ", "dim")
        cannot = " (no effect stated)" if not row.effects else f" ({row.status})" if row.status != "open" else ""
        return [Content.assemble(box, content(row.title), (cannot, "dim"))]
