"""The section of a report on what would change the ranking."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from math import isfinite
from operator import itemgetter
from typing import Final

from hypotheses.belief import difference, evidence_for, implied
from hypotheses.changed import Version
from hypotheses.cruxes import Crux, cruxes
from hypotheses.debate import Evidence, Hypothesis
from hypotheses.margin import Margin, margin
from hypotheses.ranking import format_plausibility, word
from hypotheses.ratios import format_ratio, format_weight
from hypotheses.reports.report import Report, label
from hypotheses.reports.text import unended, words
from hypotheses.values import format_amount

MOST_WEIGHT: Final = 5
"""How many single findings are named as carrying the most weight."""
MOST_TRIED: Final = 50
"""So many findings, those with most weight, are left out on trial."""
MOST_CRUXES: Final = 3
"""How many changes are named that would flip the first two."""
APART: Final = 3.0
"""From this difference in decibans on (odds twice as high), stated and implied are said to part."""


def what_would_change(report: Report) -> Iterator[str]:
    """Yield the section on what would change the ranking: where it parts from the evidence, and what would turn it."""
    apart = _parting(report)
    most = [
        f"- {report.notes.cite(evidence)}: without it, the evidence would say {then} instead of {now} "
        f"for {words(h.title)}"
        for evidence, h, then, now in islice(heaviest(report), MOST_WEIGHT)
    ]
    smallest = list(_smallest(report))
    if not apart and not most and not smallest:
        return
    yield "## What would change this ranking"
    if apart:
        yield "Where the stated plausibility and what the evidence implies part, furthest first:"
        yield "\n".join(apart)
    if most:
        yield "The single findings that move an explanation most:"
        yield "\n".join(most)
    yield from smallest


def _parting(report: Report) -> list[str]:
    """Name the hypotheses whose stated and implied plausibilities differ most."""
    return [
        f"- {words(h.title)}: stated {format_plausibility(h.plausibility)} ({word(h.plausibility)}), the evidence says "
        f"{format_plausibility(report.implied[h.slug])} ({word(report.implied[h.slug])}), "
        + (
            f"{abs(apart):.0f} decibans {'more' if apart > 0 else 'less'}"
            if isfinite(apart)
            else "no evidence moves that"
        )
        for apart, h in partings(report)
    ]


def partings(report: Report) -> list[tuple[float, Hypothesis]]:
    """Return the hypotheses whose stated and implied plausibilities differ, the furthest first, with the decibans."""
    found = [(difference(report.implied[h.slug], h.plausibility), h) for h in report.ranked]
    return [pair for pair in sorted(found, key=lambda pair: -abs(pair[0])) if abs(pair[0]) >= APART]


def heaviest(report: Report) -> Iterator[tuple[Evidence, Hypothesis, str, str]]:
    """Yield the findings that move an explanation most, and what the evidence would say without each and says now."""
    pulls = [(pull, h) for h in report.ranked for pull in evidence_for(report.debate, h.slug) if pull.decibans]
    without: dict[str, Mapping[str, float]] = {}
    moved = []
    for pull, h in sorted(pulls, key=lambda pair: -round(abs(pair[0].decibans), 9))[:MOST_TRIED]:
        evidence = pull.evidence
        if evidence.key not in without:
            left = Version(report.debate.evidence, {evidence.key: replace(evidence, retracted=True)})
            without[evidence.key] = implied(replace(report.debate, evidence=left))
        then, now = without[evidence.key][h.slug], report.implied[h.slug]
        moved.append((-round(abs(difference(then, now)), 9), evidence, h, then, now))
    for _, evidence, h, then, now in sorted(moved, key=itemgetter(0)):
        if (shown := format_plausibility(then)) != format_plausibility(now):
            yield evidence, h, shown, format_plausibility(now)


def _smallest(report: Report) -> Iterator[str]:
    """Yield the smallest changes that would flip the two that the evidence puts first, and close the puzzle."""
    order, closing, apart = changes(report)
    if apart and order:
        first, second = _titles(report, apart)
        yield f"The smallest single changes that would put *{second}* before *{first}* by the evidence:"
        yield "\n".join(f"- {_crux(report, crux)}" for crux in order[:MOST_CRUXES])
    if closing and report.headline:
        yield f"And that would close *{label(report.headline.gap)}*:"
        yield "\n".join(f"- {_crux(report, crux)}" for crux in closing[:MOST_CRUXES])


def in_brief(report: Report) -> list[str]:
    """Return in a sentence each: the heaviest finding, the smallest change of the order, the smallest that closes."""
    lines = [
        f"Without {report.notes.cite(evidence)} the evidence would say {then} instead of {now} for {_in_text(h.title)}."
        for evidence, h, then, now in islice(heaviest(report), 1)
    ]
    order, closing, apart = changes(report)
    if apart and order:
        first, second = (_in_text(report.debate.hypotheses[slug].title) for slug in (apart.first, apart.second))
        level = f"By the evidence {first} and {second} stand level: anything would put one of them first."
        lines.append(f"{_if(report, order[0])}, the evidence would put {second} first." if apart.nats else level)
    if closing and report.headline:
        gap = report.headline.gap
        lines.append(f"{_if(report, closing[0])}, {_in_text(gap.label or gap.symbol)} would be closed.")
    return lines


def _in_text(name: str) -> str:
    return f"*{unended(words(name))}*"


def _if(report: Report, crux: Crux) -> str:
    """Write a change as the beginning of a sentence."""
    change = " instead of ".join(crux_figures(crux))
    match crux.kind:
        case "ratio":
            return (
                f"If I gave {_cited(report, crux)} a likelihood ratio of {change} for {_in_text(_title(report, crux))}"
            )
        case "prior":
            return f"If I had held {_in_text(_title(report, crux))} at {change} before any evidence"
        case "quantity":
            return f"If {_in_text(_label(report, crux))} were {change}"
        case _:
            return f"If the {crux.kind} of {_cited(report, crux)} were {change}"


def changes(report: Report) -> tuple[list[Crux], list[Crux], Margin | None]:
    """Return the changes that flip the order, those that close the puzzle, and the first two."""
    by_what: dict[str, list[Crux]] = {"order": [], "gap": []}
    for crux in cruxes(report.debate, report.estimates):
        by_what[crux.flips].append(crux)
    return by_what["order"], by_what["gap"], margin(report.debate)


def _titles(report: Report, apart: Margin) -> tuple[str, str]:
    first, second = (words(report.debate.hypotheses[slug].title) for slug in (apart.first, apart.second))
    return first, second


def _crux(report: Report, crux: Crux) -> str:
    """Write a change as a line of a list."""
    needed, now = crux_figures(crux)
    match crux.kind:
        case "ratio":
            return f"{_cited(report, crux)} for {words(_title(report, crux))}: `{needed}` instead of `{now}`"
        case "prior":
            return f"{words(_title(report, crux))} before any evidence: {needed} instead of {now}"
        case "quantity":
            return f"{words(_label(report, crux))}: {needed} instead of {now}"
        case _:
            return f"{crux.kind.capitalize()} of {_cited(report, crux)}: {needed} instead of {now}"


def crux_figures(crux: Crux) -> tuple[str, str]:
    """Write what a number would have to be, and what it is now."""
    match crux.kind:
        case "ratio":
            needed = f"{crux.needed:.3g}" if crux.needed >= 1 else f"1/{1 / crux.needed:.3g}"
            return needed, format_ratio(crux.now)
        case "prior":
            needed, now = format_plausibility(crux.needed), format_plausibility(crux.now)
            return (needed, now) if needed != now else (f"{crux.needed:.2%}", f"{crux.now:.2%}")
        case "quantity":
            return format_amount(crux.needed), format_amount(crux.now)
        case _:
            return f"{crux.needed:.2f}", format_weight(crux.now)


def _cited(report: Report, crux: Crux) -> str:
    return report.notes.cite(report.debate.evidence[crux.evidence])


def _title(report: Report, crux: Crux) -> str:
    return report.debate.hypotheses[crux.hypothesis].title


def _label(report: Report, crux: Crux) -> str:
    return report.debate.quantities[crux.quantity].label or crux.quantity
