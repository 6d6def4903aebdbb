"""What a change of the numbers would make of the gaps, in words on one line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from hypotheses.debate import Debate, Gap
from hypotheses.estimates import Result
from hypotheses.reports.result_text import chance
from tui.number_text import with_unit
from tui.terminal.clean import content
from tui.widgets.gap_strip import headline_name
from tui.widgets.value_text import median_and_range

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates

NOT_KNOWN = "not known"


class GapMove(NamedTuple):
    """A gap that would be another one."""

    gap: Gap
    before: str
    """Empty of a new one."""
    after: str

    @property
    def written(self) -> Content:
        """Write `Vision 2.05 → 2.50 OOM`."""
        stands = f"{self.before} → {self.after}" if self.before else self.after
        return Content.assemble(headline_name(self.gap), " ", content(stands, "bold $you"))


def figures(estimates: Estimates) -> dict[str, str]:
    """Write what each gap is."""
    known = {symbol: with_unit(each.gap, each.now.median) for symbol, each in estimates.gaps.items()}
    return known | dict.fromkeys(estimates.problems, NOT_KNOWN)


def chance_closed(estimates: Estimates) -> str:
    """Write how likely the headline gap is closed, all explanations weighed; nothing if that is not known."""
    headline = next((each for each in estimates.gaps.values() if each.gap.headline), None)
    likely = headline.chances(headline.weighed) if headline is not None and headline.weighed is not None else None
    return chance(likely.closed) if likely is not None else ""


def closing(before: str, after: str) -> Content | None:
    """Write `closed 12% → 15%`; None if that stays."""
    if before == after:
        return None
    figures = f"{before or NOT_KNOWN} → {after or NOT_KNOWN}"
    return Content.assemble(("closed ", "$label"), (figures, "bold $you"))


def gap_moves(before: Mapping[str, str], debate: Debate, after: Mapping[str, str]) -> list[GapMove]:
    """Return the gaps that would be others, the headline first.

    Args:
        before: What each gap is.
        debate: With the change in it.
        after: What each gap would be.
    """
    moved = [
        GapMove(gap, before.get(symbol, ""), after[symbol])
        for symbol, gap in debate.gaps.items()
        if symbol in after and after[symbol] != before.get(symbol, "")
    ]
    return sorted(moved, key=lambda move: not move.gap.headline)


def lines(
    moved: Sequence[GapMove], comes_to: Content | None = None, closes: Content | None = None
) -> Iterator[Content]:
    """Write on one line what something comes to, which gaps move and how the headline closes, ever more tersely."""
    first, last = [] if comes_to is None else [comes_to], [] if closes is None else [closes]
    if not moved:
        yield Content("   ").join([*first, Content.styled("no gap moves", "$label"), *last])
        yield from first
        return
    for count in range(len(moved), 0, -1):
        left = len(moved) - count
        more = [Content.styled(f"{left} more {'moves' if left == 1 else 'move'}", "$label")] if left else []
        yield Content("   ").join([*first, *(move.written for move in moved[:count]), *last, *more])
    if last:
        yield Content("   ").join([*first, moved[0].written, *more])


def value_text(result: Result, unit: str = "") -> Content:
    """Write what a formula comes to: `= 280B 180B … 850B neuron`."""
    middle, spread = median_and_range(result.p5, result.median, result.p95, result.errors)
    told = f" {' '.join(filter(None, (spread, unit)))}".rstrip()
    return Content.assemble(("= ", "$label"), (middle, "bold"), content(told, "$label"))
