"""A post to publish untouched: the question, the numbers, each explanation as prose, the call for ideas."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from hypotheses.debate import OOM, Gap, Quantity
from hypotheses.estimates import Chances, GapEstimate
from hypotheses.reports.closing import attribution, readers_ideas
from hypotheses.reports.conventions import gaps_now, under_conventions
from hypotheses.reports.figures import COUNTED, interval, times, tolerance, with_unit
from hypotheses.reports.post_explanations import post_explanations
from hypotheses.reports.report import Report, label, owners, why_not
from hypotheses.reports.result_text import chance
from hypotheses.reports.text import paragraphs, words
from hypotheses.reports.what_would_change import in_brief
from hypotheses.reports.wrong_claims import claims_told

MOST_FIGURES: Final = 16
"""So many figures of the puzzle are told with their sources."""
_SHAPE: Final = re.compile(r"^(?!between )[a-z]+ (?=[\d.-])")
"""The name of a distribution before its range: a term of art, which a report has."""


def post(report: Report) -> Iterator[str]:
    """Yield the paragraphs of a post."""
    yield owners(report, report.debate.question)
    yield from _numbers(report)
    yield from post_explanations(report)
    figures = [*(list(under_conventions(report)) or gaps_now(report)), *claims_told(report)]
    if "OOM" in "".join(figures) and (report.headline is None or report.headline.gap.unit != OOM):
        yield "An OOM is an order of magnitude, a factor of ten."
    yield from figures
    changes = in_brief(report)
    if changes:
        yield "What would change my mind:"
        yield "\n".join(f"- {change}" for change in changes)
    yield from readers_ideas(report.debate)
    if report.style.cites == "footnotes":  # the notes may name what only this explains
        yield paragraphs(report.debate.note)
    yield attribution(report)


def _numbers(report: Report) -> Iterator[str]:
    """Yield one paragraph: the puzzle, what figures it is made of, what is left of it."""
    gap, estimate = report.debate.headline, report.headline
    if gap is None:
        return
    if estimate is None:
        yield f"**{label(gap)}**: {words(report.estimates.problems[gap.symbol].unknown)}."
        return
    spread = interval(gap, estimate.now)
    within = f" (90% interval {words(spread)})" if spread else ""
    stands = f"**{label(gap)}** stands at {_size(gap, estimate.now.median)}{within}."
    yield f"{stands}{_figures(report, estimate)}{_left(report)}"


def _size(gap: Gap, number: float) -> str:
    """Write `2.05 orders of magnitude (OOM), a factor of 112`, or the figure with its unit."""
    shown, ratio = words(with_unit(gap, number)), times(gap, number)
    if gap.unit != OOM:
        return shown
    factor = f", a factor of {ratio.removesuffix('×')}" if ratio else ""
    return f"{shown.removesuffix(OOM)}orders of magnitude (OOM){factor}"


def _figures(report: Report, estimate: GapEstimate) -> str:
    """Name the figures that the puzzle is made of, each with its source."""
    needed = report.estimates.evaluation.inputs_of(estimate.gap.symbol, 0)
    told = [_figure(report, report.debate.quantities[name]) for name in needed[:MOST_FIGURES]]
    told += [f"and {len(needed) - MOST_FIGURES} more"] * (len(needed) > MOST_FIGURES)
    convention = report.debate.convention
    by = f", by the convention *{words(convention)}*" if convention else ""
    return f" The figures in it{by}: {'; '.join(told)}." if told else ""


def _figure(report: Report, quantity: Quantity) -> str:
    convention = report.debate.convention
    reading = quantity.readings[quantity.reading_name(convention)]
    unit = "" if COUNTED.fullmatch(quantity.unit) else f" {words(_per(quantity.unit))}"
    figure = report.notes.figure(f"{words(_SHAPE.sub('', reading.value))}{unit}".rstrip(), reading)
    instead = quantity.falls_back_on(convention)
    other = f" (by *{words(instead)}*)" if instead else ""
    return f"{words(quantity.label or quantity.symbol)}, {figure}{other}"


def _per(unit: str) -> str:
    """Write a rate as it is said: `per yr` for `1/yr`."""
    return f"per {unit.removeprefix('1/')}" if unit.startswith("1/") else unit


def _left(report: Report) -> str:
    """Say what is left with every explanation weighed."""
    estimate = report.headline
    if estimate is None or not report.debate.hypotheses:
        return ""
    gap, weighed = estimate.gap, estimate.weighed
    if weighed is None:
        why = why_not(estimate, "weighed")
        return f" What is left with each explanation weighed by its plausibility is {why}." if why else ""
    likely, spread = estimate.chances(weighed), interval(gap, weighed)
    left = f" Weighing each explanation by its plausibility leaves {words(with_unit(gap, weighed.median))}"
    left += f" (90% interval {words(spread)})" if spread else ""
    return f"{left}: {_chances(gap, likely)}." if likely else f"{left}."


def _chances(gap: Gap, likely: Chances) -> str:
    """Say how likely it is that a gap is closed, and what else is possible."""
    others = {"it stays open": likely.open, "too much is explained": likely.overshot}
    told = [f"a {chance(likely.closed)} chance that the gap is closed ({words(tolerance(gap))})"]
    told += [f"{chance(part)} that {what}" for what, part in others.items() if part]
    *most, last = told
    return f"{', '.join(most)} and {last}" if most else last
