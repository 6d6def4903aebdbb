"""The gaps, and the explanations that can be ticked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual.content import Content
from textual.widget import Widget

from hypotheses.debate import Debate, Gap, Hypothesis
from hypotheses.estimates.model import TAKING_PART
from hypotheses.ranking import format_plausibility
from hypotheses.reports.result_text import chance
from tui.number_text import amount, span
from tui.terminal.clean import clean_text, content
from tui.widgets.gap_strip import headline_name
from tui.widgets.head import Head
from tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates, GapEstimate, Result


END: Final = 2
"""Cells right of the last figure: the head of a panel ends as far from its edge."""
TAKES_AWAY, YOU = 11, 7
"""Cells of what an explanation takes away of the headline gap, and of its plausibility."""
NOW, UNIT, THEN, WEIGHED, CLOSED = 8, 5, 8, 8, 7
"""Cells of each column, with the one before it."""
RANGE: Final = 16
"""Cells of the range of what is left with all weighed."""
NAME, SOME_NAME, LEAST_NAME = 24, 16, 10
"""Cells of a name before there is room for a range, for the unit, and for what is left with all weighed."""
TITLE: Final = 20
"""Cells of an explanation's title before there is room for figures."""


class GapList(LineList[Gap]):
    """Each gap in columns: now, under the ticked explanations, with all weighed, and how likely it is closed then."""

    estimates: Estimates | None = None
    combined = False
    """Whether explanations are ticked."""
    by_row: ClassVar = True
    bar: ClassVar = True

    def hangs_on(self, row: Gap) -> object:
        """The numbers of a gap that no edit has touched are the same object."""
        estimates = self.estimates
        return row, self.combined, estimates and (estimates.gaps.get(row.symbol), estimates.problems.get(row.symbol))

    def key_of(self, row: Gap) -> object:
        """A row is its symbol."""
        return row.symbol

    def show(self, rows: Sequence[Gap]) -> None:
        """Show these gaps under the heads of their columns."""
        super().show(rows)
        self._name_columns()

    def on_resize(self) -> None:
        """Name the columns that there is room for."""
        self._name_columns()

    def _name_columns(self) -> None:
        width = self.scrollable_content_region.width
        weighed, spread = self._room(width)
        heads = f"{'now':>{NOW}}" + (f"{' if true':<{THEN}}" if self.combined else " " * self._unit(width))
        if weighed:
            heads += f"{'weighed':>{WEIGHED}}{'':<{spread}}{'closed':>{CLOSED}}"
        name_columns(self, heads)

    def _room(self, width: int) -> tuple[bool, int]:
        """Say whether there is room for what is left with all weighed, and return the cells of its range."""
        first = NOW + (THEN if self.combined else self._unit(width)) + END
        name = width - first - WEIGHED - CLOSED
        return name >= LEAST_NAME, RANGE if name >= NAME + RANGE else 0

    def _unit(self, width: int) -> int:
        """Return the cells of a unit: none where a name needs them more than that."""
        return UNIT if width - NOW - UNIT - WEIGHED - CLOSED - END >= SOME_NAME or width < NAME + NOW + UNIT else 0

    def draw(self, row: Gap, width: int) -> list[Content]:
        """Draw a gap on one line; without room the name is cut, not a figure."""
        name = headline_name(row).stylize("bold") if row.headline else content(row.label or row.symbol)
        name = Content.assemble(" ", name)
        estimate = self.estimates.gaps.get(row.symbol) if self.estimates else None
        if estimate is None:
            wrong = self.estimates.problems.get(row.symbol) if self.estimates else None
            return [Content.assemble(name, "  ", content(wrong.unknown if wrong else "…", "$contra"))]
        figures = Content.assemble(
            (f"{amount(row, estimate.now.median):>{NOW}}", "bold"),
            _then(estimate) if self.combined else (f" {clean_text(row.unit):<{UNIT}}"[: self._unit(width)], "$label"),
            self._weighed(estimate, width),
            " " * END,
        )
        room = max(4, width - figures.cell_length)
        return [Content.assemble(name.truncate(room, ellipsis=True, pad=True), figures)]

    def _weighed(self, estimate: GapEstimate, width: int) -> Content:
        """Write what is left with all weighed, its range and how likely it is closed, as far as there is room."""
        there_is_room, spread = self._room(width)
        if not there_is_room:
            return Content("")
        gap, weighed = estimate.gap, estimate.weighed
        likely = estimate.chances(weighed) if weighed else None
        wide = span(gap, weighed) if weighed and spread else ""
        return Content.assemble(
            f"{amount(gap, weighed.median) if weighed else '–':>{WEIGHED}}",
            (f" {wide:<{spread - 1}}" if spread else "", "$label"),
            f"{chance(likely.closed) if likely else '–':>{CLOSED}}",
        )


def _then(estimate: GapEstimate) -> Content:
    """Write what is left if the ticked explanations are true; nothing if that is what there is."""
    left = estimate.residual
    if left is None or same(left, estimate.now):
        return Content(" " * THEN)
    return Content.styled(f"→{amount(estimate.gap, left.median)}".ljust(THEN), "bold $you")


def same(one: Result, other: Result) -> bool:
    """Say whether two outcomes are shown alike."""
    return (one.p5, one.median, one.p95) == (other.p5, other.median, other.p95)


class TickList(LineList[Hypothesis]):
    """The explanations, each with a box, what it takes away of the headline gap and how plausible you say it is."""

    ticked: frozenset[str] = frozenset()
    headline: GapEstimate | None = None
    by_row: ClassVar = True
    bar: ClassVar = True

    def hangs_on(self, row: Hypothesis) -> object:
        """The box is ticked or not; the numbers of a gap that no edit has touched are the same object."""
        return row, row.slug in self.ticked, self.headline

    def show(self, rows: Sequence[Hypothesis]) -> None:
        """Show these explanations under the heads of their columns."""
        super().show(rows)
        self._name_columns()

    def on_resize(self) -> None:
        """Name the columns, where there is room for them."""
        self._name_columns()

    def _name_columns(self) -> None:
        heads = f"{'takes away':>{TAKES_AWAY}}{'you':>{YOU}}"
        name_columns(self, heads if _has_room(self.scrollable_content_region.width) else "")

    def key_of(self, row: Hypothesis) -> object:
        """A row is its hypothesis."""
        return row.slug

    def draw(self, row: Hypothesis, width: int) -> list[Content]:
        """Draw an explanation on one line: its box, what it takes away of the headline gap, and its plausibility."""
        ticked = row.slug in self.ticked
        box = ("[✓] ", "bold $you") if ticked else ("[ ] ", "$label")
        figures = Content("")
        if _has_room(width):
            you = f"{format_plausibility(row.plausibility):>{YOU}}{'?' if row.placeholder else ' ':<{END}}"
            figures = Content.assemble(self._takes_away(row), you)
        room = max(4, width - 1 - len(box[0]) - figures.cell_length)
        title = content(row.title, "bold" if ticked else "").truncate(room, ellipsis=True, pad=True)
        return [Content.assemble(" ", box, title, figures)]

    def _takes_away(self, row: Hypothesis) -> Content:
        if not row.effects or row.status not in TAKING_PART:
            return content(f"{row.status if row.effects else 'no effect':>{TAKES_AWAY}}"[-TAKES_AWAY:], "$label")
        estimate = self.headline
        explained = estimate.explained.get(row.slug) if estimate else None
        told = amount(estimate.gap, explained.median) if estimate and explained else "–" if estimate else "…"
        return content(f"{told:>{TAKES_AWAY}}", "bold" if explained else "$label")


def _has_room(width: int) -> bool:
    """Say whether there is room for figures beside an explanation's title."""
    return width >= len("[ ] ") + TITLE + TAKES_AWAY + YOU + END


def name_columns(listed: LineList[Any], heads: str) -> None:
    """Write the heads of columns over their figures, into the head above a list."""
    bar = listed.size.width - listed.scrollable_content_region.width
    heads = heads + " " * bar if listed.rows else ""
    if isinstance(listed.parent, Widget):
        listed.parent.query_one(Head).show(legend=Content.styled(heads.lstrip(), "$label"))


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
