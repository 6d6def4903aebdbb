"""The views of one gap, by tab."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from textual.content import Content

from hypotheses.debate import Debate, Gap
from hypotheses.problems import Problem
from hypotheses.reports.result_text import chance, fell_back
from hypotheses.whatif import UnderConventions, gap_by_reading
from tui.command_keys import with_keys
from tui.number_text import amount, span, with_unit
from tui.numbers import sensitivity_text
from tui.numbers.gap_plot import plot
from tui.terminal.clean import content

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates, GapEstimate

MOST_OF_NAME: Final = 24
"""Cells of a convention's name at most."""
UNDER_PLOT: Final = 5
"""Lines that conventions take under a plot, beside one for each."""
TABS = {
    "plot": "Plot",
    "matters": "What matters",
    "formula": "Formula",
    "sets": "Sets",
    "sources": "Sources",
    "conventions": "Conventions",
}


@dataclass(frozen=True, slots=True)
class ViewRequest:
    """What is to be worked out."""

    debate: Debate
    gap: Gap
    ticked: frozenset[str]
    tab: str
    quantity: str
    """Symbol of the quantity under the cursor, or empty."""
    width: int
    """Cells there are for the view."""
    height: int = 0
    """Lines there are for it: where there are more than the plot takes, the conventions stand under it."""


def view_text(request: ViewRequest, estimates: Estimates, conventions: UnderConventions) -> Content:
    """Write one view of a gap, or why it is not known."""
    debate, gap = request.debate, request.gap
    estimate = estimates.gaps.get(gap.symbol)
    if estimate is None:
        wrong = estimates.problems.get(gap.symbol)
        return unknown(wrong) if wrong else Content("")
    if request.tab == "plot":
        instead = fell_back(debate.convention, estimates.fallen_back(gap.symbol))
        lines = [
            *sensitivity_text.figures(estimate),
            *([content(instead, "$label")] if instead else []),
            Content(""),
            plot(estimate, request.width),
        ]
    elif request.tab == "matters":
        rows, wrong = estimate.sensitivity, estimate.unknown.get("sensitivity")
        lines = [unknown(wrong)] if wrong else sensitivity_text.tornado(gap, rows, request.width)
    elif request.tab == "formula":
        lines = sensitivity_text.formula_tree(debate, gap.symbol, debate.convention)
    elif request.tab == "sets":
        lines = sensitivity_text.smallest_sets(debate, estimate)
    elif request.tab == "conventions":
        lines = conventions_text(debate, gap, conventions.of(debate, gap.symbol), request.width)
    else:
        lines = sources_text(request, estimate)
    return Content("\n").join(lines)


def every_view(request: ViewRequest, estimates: Estimates, conventions: UnderConventions) -> Content:
    """Write every view of a gap, one under the other, each under its name; why it is not known, if it is not."""
    if request.gap.symbol not in estimates.gaps:
        return view_text(request, estimates, conventions)
    lines: list[Content] = []
    for tab, name in TABS.items():
        lines += [content(name, "bold $you"), view_text(replace(request, tab=tab), estimates, conventions), Content("")]
    return Content("\n").join(lines)


def under_plot(request: ViewRequest, view: Content, conventions: UnderConventions) -> Content:
    """Write what stands under a plot where there is room: the gap under each convention."""
    debate, gap = request.debate, request.gap
    taken = 1 + view.plain.count("\n")
    if request.tab != "plot" or not debate.conventions:
        return Content("")
    if taken + UNDER_PLOT + len(debate.conventions) > request.height:
        return Content("")
    lines = conventions_text(debate, gap, conventions.of(debate, gap.symbol), request.width)
    return Content("\n").join([Content("\n"), Content.styled("Under each convention", "bold"), *lines])


def unknown(problem: Problem) -> Content:
    """Write why something is not known."""
    return content(problem.unknown, "$contra")


def conventions_text(
    debate: Debate, gap: Gap, by_convention: Mapping[str, GapEstimate | None], width: int
) -> list[Content]:
    """Write what a gap is under each convention, now and with all weighed; the one that counts is in brackets."""
    if not by_convention:
        return [Content.styled("This debate has no conventions: every quantity has one reading.", "$label")]
    names = min(MOST_OF_NAME, max(cell_len(name) for name in by_convention)) + 2
    lines = [Content.styled(f"{gap.unit[: names - 1]:<{names}}{'now':>8}{'weighed':>9}{'closed':>8}", "$label")]
    for name, estimate in by_convention.items():
        counts = name == debate.convention
        shown = content(f"[{name}]" if counts else f" {name}", "bold $you" if counts else "")
        shown = shown.truncate(names, ellipsis=True, pad=True)
        lines.append(Content.assemble(shown, _under_convention(gap, estimate, width - names)))
    return [*lines, Content(""), Content.styled(with_keys("{convention} chooses which readings count"), "$label")]


def _under_convention(gap: Gap, estimate: GapEstimate | None, width: int) -> Content:
    if estimate is None:
        return Content.styled("  not known", "$contra")
    weighed = estimate.weighed
    likely = estimate.chances(weighed) if weighed else None
    figures = Content.assemble(
        (f"{amount(gap, estimate.now.median):>8}", "bold"),
        f"{amount(gap, weighed.median) if weighed else '–':>9}",
        f"{chance(likely.closed) if likely else '–':>8}",
    )
    wide = f"  {span(gap, weighed)}" if weighed else ""
    return Content.assemble(figures, (wide if figures.cell_length + len(wide) <= width else "", "$label"))


def sources_text(request: ViewRequest, estimate: GapEstimate) -> list[Content]:
    """Write the readings of the quantity under the cursor side by side, each with the gap it gives."""
    quantity = request.debate.quantities.get(request.quantity)
    if quantity is None or not quantity.readings:
        return [Content.styled("The quantity under the cursor has no readings.", "$label")]
    about = f"{quantity.label or quantity.symbol}; the gap is {with_unit(request.gap, estimate.now.median)} now"
    by_reading = gap_by_reading(request.debate, quantity.symbol, request.gap.symbol)
    return [
        content(about, "bold"),
        *sensitivity_text.readings(request.debate, quantity.symbol, by_reading, request.gap),
    ]
