"""The report: everything in a debate, with its sources."""

from __future__ import annotations

from collections.abc import Iterator

from hypotheses.debate import Gap
from hypotheses.reports.closing import attribution, readers_ideas
from hypotheses.reports.conventions import convention_told, under_conventions
from hypotheses.reports.figure_sources import figure_sources
from hypotheses.reports.figures import interval, times, tolerance, with_unit
from hypotheses.reports.report import Report, label, median_with_interval, owners, why_not
from hypotheses.reports.report_explanations import explanations
from hypotheses.reports.result_text import chance, in_words
from hypotheses.reports.tables import table
from hypotheses.reports.text import paragraphs, words
from hypotheses.reports.what_would_change import what_would_change
from hypotheses.reports.wrong_claims import claims_told


def full_report(report: Report) -> Iterator[str]:
    """Yield the parts of a report: question, numbers, explanations with their evidence, what is open, sources."""
    yield owners(report, report.debate.question)
    yield from _numbers(report)
    yield from explanations(report)
    yield from _unexplained(report)
    yield from what_would_change(report)
    yield from figure_sources(report)
    yield from _note(report)
    yield "## Readers' ideas"
    yield from readers_ideas(report.debate)
    yield "---"
    if report.debate.evidence:
        yield (
            "Evidence that is not independent counts less: findings in one cluster are taken to be correlated by "
            f"{report.debate.correlation:g}. Words of likelihood follow ICD 203."
        )
    yield attribution(report)


def _numbers(report: Report) -> Iterator[str]:
    if not report.debate.gaps:
        return
    yield "## Where the numbers stand"
    rows = [_gap_row(report, gap) for gap in report.in_order]
    yield table(
        report.style.read_as,
        ["Gap", "Now", "90% interval", "Left, all weighed", "Overshot", "Closed", "Open"],
        rows,
        "lrrrrrr",
    )
    weighed = "explanation" if report.debate.mode == "exclusive" else "combination of the explanations"
    follows = convention_told(report)
    yield (
        f"{follows}Figures are medians; an OOM is an order of magnitude, the base-10 logarithm of a ratio. "
        f"What is left, all weighed, weighs every {weighed} below by how plausible it is; the last three columns say "
        "how likely it is then overshot, closed or open: closed within 0.3 OOM of none, unless the gap says otherwise."
    )
    yield from under_conventions(report)
    yield from claims_told(report)


def _gap_row(report: Report, gap: Gap) -> list[str]:
    shown = f"**{label(gap)}**" if gap == report.debate.headline else label(gap)
    estimate = report.gaps.get(gap.symbol)
    if estimate is None:
        return [shown, words(report.estimates.problems[gap.symbol].unknown), "", "", "", "", ""]
    ratio = times(gap, estimate.now.median)
    now = words(with_unit(gap, estimate.now.median)) + (f" ({ratio})" if ratio else "")
    if estimate.weighed:
        left, likely = median_with_interval(gap, estimate.weighed, unit=False), estimate.chances(estimate.weighed)
    else:
        left, likely = why_not(estimate, "weighed"), None
    return [shown, now, interval(gap, estimate.now) or "–", left, *(map(chance, likely) if likely else ("", "", ""))]


def _unexplained(report: Report) -> Iterator[str]:
    estimate = report.headline
    if estimate is None:
        return
    gap = estimate.gap
    yield "## What is left unexplained"
    stands = f"{label(gap)}, now: {median_with_interval(gap, estimate.now)}."
    if estimate.weighed:
        left, likely = median_with_interval(gap, estimate.weighed), estimate.chances(estimate.weighed)
        stands += f" Left with every explanation weighed by its plausibility: **{left}**"
        stands += f", {in_words(likely)}." if likely else "."
    elif "weighed" in estimate.unknown:
        stands += f" What is left with all weighed is {why_not(estimate, 'weighed')}."
    yield stands
    if estimate.tolerance is None:
        return
    if not estimate.smallest_sets:
        why = why_not(estimate, "smallest_sets")
        yield f"What closes it is {why}." if why else "No combination of these explanations closes it."
    if not any(estimate.smallest_sets):
        return
    titles = {h.slug: words(h.title) for h in report.debate.hypotheses.values()}
    sets = ["- " + " **and** ".join(titles[slug] for slug in members) for members in estimate.smallest_sets]
    yield f"The smallest combinations that would close it (a median {tolerance(gap)}):"
    yield "\n".join(sets)


def _note(report: Report) -> Iterator[str]:
    if report.debate.note.strip():
        yield "## About this debate"
        yield paragraphs(report.debate.note)
