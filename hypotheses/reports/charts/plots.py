"""Every chart of a debate by its name, as a file of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from hypotheses.debate import Debate
from hypotheses.doubted import doubted
from hypotheses.estimates import GapEstimate, estimate
from hypotheses.problems import Malformed
from hypotheses.reports.charts.distribution_chart import distribution_chart
from hypotheses.reports.charts.gap_chart import gap_chart
from hypotheses.reports.charts.matrix_chart import matrix_chart
from hypotheses.reports.charts.ranking_chart import ranking_chart
from hypotheses.reports.charts.svg import standalone
from hypotheses.reports.charts.timeline_chart import timeline_chart
from hypotheses.steps import steps


def headline_first(debate: Debate) -> list[GapEstimate]:
    """Return the gaps that are known, the puzzle first."""
    gaps, headline = estimate(debate).gaps, debate.headline
    return sorted(gaps.values(), key=lambda gap: headline is None or gap.gap.symbol != headline.symbol)


def _distribution(debate: Debate) -> str:
    gaps = headline_first(debate)
    if not gaps:
        raise Malformed("found no gap that is known; expected one to draw the distribution of")
    return distribution_chart(gaps[0])


PLOTS: Final[Mapping[str, Callable[[Debate], str]]] = {
    "ranking": lambda debate: standalone(ranking_chart(debate, doubted(debate))),
    "gaps": lambda debate: standalone(gap_chart(headline_first(debate))),
    "distribution": lambda debate: standalone(_distribution(debate)),
    "timeline": lambda debate: standalone(timeline_chart(debate, steps(debate))),
    "matrix": lambda debate: standalone(matrix_chart(debate)),
}
"""Name of a chart -> how it is drawn of a debate. Of the distribution: of the puzzle; Malformed if there is no gap."""
