"""The gaps, and the explanations that can be ticked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from hypotheses.debate import Debate, Gap, Hypothesis
from hypotheses.estimates.model import TAKING_PART
from tui.number_text import amount, interval
from tui.terminal.clean import content
from tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates, Result


class GapList(LineList[Gap]):
    """Each gap now, and under the ticked explanations."""

    estimates: Estimates | None = None
    combined = False
    """Whether explanations are ticked."""
    by_row = True

    def hangs_on(self, row: Gap) -> object:
        """The numbers of a gap that no edit has touched are the same object."""
        estimates = self.estimates
        return row, self.combined, estimates and (estimates.gaps.get(row.symbol), estimates.problems.get(row.symbol))

    def key_of(self, row: Gap) -> object:
        """A row is its symbol."""
        return row.symbol

    def draw(self, row: Gap, width: int) -> list[Content]:
        """Draw a gap on one line."""
        name = content(row.label or row.symbol, "bold" if row.headline else "")
        estimate = self.estimates.gaps.get(row.symbol) if self.estimates else None
        if estimate is None:
            wrong = self.estimates.problems.get(row.symbol) if self.estimates else None
            return [Content.assemble(name, "  ", content(wrong.unknown if wrong else "…", "$contra"))]
        now = f"{amount(row, estimate.now.median)} {interval(row, estimate.now)}".rstrip()
        figures = Content.assemble((now, "bold"))
        if self.combined and estimate.residual is not None and not same(estimate.residual, estimate.now):
            figures = Content.assemble(figures, " → ", (amount(row, estimate.residual.median), "bold $you"))
            figures = Content.assemble(figures, f" {interval(row, estimate.residual)}".rstrip())
        figures = Content.assemble(figures, (f" {row.unit}", "$label"))
        room = max(10, width - figures.cell_length - 1)
        return [Content.assemble(name.truncate(room, ellipsis=True, pad=True), " ", figures)]


def same(one: Result, other: Result) -> bool:
    """Say whether two outcomes are shown alike."""
    return (one.p5, one.median, one.p95) == (other.p5, other.median, other.p95)


class TickList(LineList[Hypothesis]):
    """The explanations, each with a box."""

    ticked: frozenset[str] = frozenset()
    by_row = True

    def hangs_on(self, row: Hypothesis) -> object:
        """The box is ticked or not."""
        return row, row.slug in self.ticked

    def key_of(self, row: Hypothesis) -> object:
        """A row is its hypothesis."""
        return row.slug

    def draw(self, row: Hypothesis, width: int) -> list[Content]:
        """Draw an explanation on one line."""
        box = ("☑ ", "bold $you") if row.slug in self.ticked else ("☐ ", "$label")
        cannot = " (no effect stated)" if not row.effects else f" ({row.status})" if row.status != "open" else ""
        return [Content.assemble(box, content(row.title), (cannot, "$label"))]


def why_not_combined(debate: Debate, ticked: frozenset[str]) -> str:
    """Say why explanations cannot be ticked together; empty if they can."""
    for slug in sorted(ticked):
        hypothesis = debate.hypotheses[slug]
        if hypothesis.status not in TAKING_PART:
            return f"{hypothesis.title!r} is {hypothesis.status}; it is not combined"
        for rival in hypothesis.rivals:
            if rival in ticked:
                return f"{hypothesis.title!r} and {debate.hypotheses[rival].title!r} are rivals; they are not combined"
    return ""


def still_combined(debate: Debate, ticked: frozenset[str]) -> frozenset[str]:
    """Return the ticked explanations that can be ticked in a debate that has changed; none if they are rivals now."""
    there = frozenset(
        slug for slug in ticked if slug in debate.hypotheses and not why_not_combined(debate, frozenset({slug}))
    )
    return frozenset() if why_not_combined(debate, there) else there
