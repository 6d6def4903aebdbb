"""The headline gap on one line, always in sight: what is left of it, how likely it is closed, and by whose readings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from textual import events
from textual.content import Content
from textual.widgets import Static

from hypotheses.debate import OOM, Debate, Gap
from hypotheses.reports.result_text import chance
from tui.number_text import amount, span, times, with_unit
from tui.terminal.clean import content
from tui.terminal.painting import put
from tui.widgets.hint import hint

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates, GapEstimate
    from tui.host import Host

MOST_OF_LABEL: Final = 24
"""Cells that the name of the headline takes at most."""


class GapStrip(Static):
    """The headline, other gaps where there is room, and the convention, which a click opens the choice of."""

    DEFAULT_CSS = "GapStrip { height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }"
    app: Host

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._shown: tuple[Debate, Estimates | None] | None = None
        self._convention = 0
        """Cells that the convention takes at the right end."""

    def show(self, debate: Debate, estimates: Estimates | None) -> None:
        """Show the gaps of this debate."""
        self.display = bool(debate.gaps or debate.convention)
        before, self._shown = self._shown, (debate, estimates)
        if before is None or _told(*before) != _told(debate, estimates):
            self.on_resize()

    def on_resize(self) -> None:
        """Write as much as fits."""
        if self._shown is None:
            return
        debate, estimates = self._shown
        width = self.content_region.width or 80
        right = convention_text(debate, width)
        self._convention = right.cell_length
        line = fitting_line(debate, estimates, width - right.cell_length - 2 if right.cell_length else width)
        gap = width - line.cell_length - right.cell_length
        put(self, Content.assemble(line, " " * max(0, gap), right if gap >= 0 else ""))

    async def on_click(self, event: events.Click) -> None:
        """Open the choice of convention, or the Numbers."""
        offset = event.get_content_offset(self)
        if offset is None or self._shown is None:
            return
        on_convention = offset.x >= self.content_region.width - self._convention
        await self.run_action("app.act('convention')" if on_convention else "app.show('numbers')")


def _told(debate: Debate, estimates: Estimates | None) -> object:
    # The numbers of a gap that no edit has touched are the same object.
    return debate.convention, debate.gaps, estimates and estimates.gaps


def convention_text(debate: Debate, width: int) -> Content:
    """Name the convention; nothing where there is none to choose."""
    if not debate.convention:
        return Content("")
    name = content(debate.convention, "$you").truncate(max(4, width // 4), ellipsis=True)
    return Content.assemble(("convention ", "$label") if width >= 100 else "", name, (" ▾", "$label"))


def fitting_line(debate: Debate, estimates: Estimates | None, width: int) -> Content:
    """Write the headline on one line of at most `width` cells: in full with the others, else ever more tersely."""
    headline = debate.headline
    if headline is None:
        return hint("no gap yet: press `{show_numbers}`, then `{add}` in the gaps")
    if estimates is None:
        return Content.styled("…", "$label")
    estimate = estimates.gaps.get(headline.symbol)
    if estimate is None:
        told = Content.styled(" cannot be computed: see the Gap tab", "$contra")
        return Content.assemble(headline_name(headline).stylize("bold $contra"), told)
    written = list(_ever_shorter(estimate))
    others = [
        Content.assemble((f"{short_name(symbol)} ", "$label"), amount(gap, other.now.median))
        for symbol, gap in debate.gaps.items()
        if gap.unit == OOM and gap is not headline and (other := estimates.gaps.get(symbol))
    ]
    with_others = Content.assemble(written[0], "      ", Content("  ").join(others)) if others else written[0]
    return next((line for line in [with_others, *written] if line.cell_length <= width), written[-1])


def _ever_shorter(estimate: GapEstimate) -> Iterator[Content]:
    """Write the headline, what is left of it with all weighed, and how likely it is closed; ever shorter."""
    gap, left = estimate.gap, estimate.weighed
    name = Content.assemble(headline_name(gap).stylize("bold"), " ")
    whole = content(with_unit(gap, estimate.now.median), "bold $you")
    ratio = times(gap, estimate.now.median)
    stands = Content.assemble(name, whole, (f" {ratio}" if ratio else "", "$label"))
    if left is None:
        yield stands
        yield Content.assemble(name, whole)
        return
    wide = span(gap, left)
    median = (amount(gap, left.median), "bold")
    weighed = Content.assemble(("weighed ", "$label"), median, (f" {wide}".rstrip(), "$label"))
    close = Content.assemble(("weighed ", "$label"), median, (f" {wide.replace(' … ', '…')}".rstrip(), "$label"))
    likely = estimate.chances(left)
    if likely is None:
        yield Content("   ").join([stands, weighed])
        yield Content("  ").join([Content.assemble(name, whole), close])
        yield Content.assemble(name, whole)
        return
    closed: Sequence[tuple[str, str]] = [(" closed ", "$label"), (chance(likely.closed), "bold")]
    chances = Content.assemble(
        ("chance overshot ", "$label"),
        f"{chance(likely.overshot)} ",
        Content.assemble(*closed, " ").stylize_before("on $closed"),
        (" open ", "$label"),
        chance(likely.open),
    )
    short = Content.assemble(("closed ", "$label"), closed[1])
    yield Content("   ").join([stands, weighed, chances])
    yield Content("  ").join([Content.assemble(name, whole), close, chances])
    yield Content("  ").join([Content.assemble(name, whole), close, short])
    yield Content("  ").join([Content.assemble(name, whole), Content.assemble(("weighed ", "$label"), median), short])
    yield Content("  ").join([Content.assemble(name, whole), short])
    yield Content.assemble(name, whole)


def headline_name(gap: Gap) -> Content:
    """Return what the headline is called, shortly: what stands before a colon, without the rest."""
    return content((gap.label or gap.symbol).partition(":")[0]).truncate(MOST_OF_LABEL, ellipsis=True)


def short_name(symbol: str) -> str:
    """Shorten `vision_gap` to `vision`."""
    return symbol.removesuffix("_gap").replace("_", " ")
