"""The section of a report on what would change the ranking."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import isfinite
from typing import Final

from hypotheses.belief import difference, evidence_for, implied
from hypotheses.cruxes import Crux, cruxes, margin
from hypotheses.estimates import format_amount
from hypotheses.ranking import format_plausibility, word
from hypotheses.ratios import format_ratio, format_weight
from hypotheses.reports.report import Report, label
from hypotheses.reports.text import words

MOST_WEIGHT: Final = 5
"""How many single findings are named as carrying the most weight."""
MOST_CRUXES: Final = 3
"""How many changes are named that would flip the first two."""
APART: Final = 3.0
"""From this difference in decibans on (odds twice as high), stated and implied are said to part."""


def what_would_change(report: Report) -> Iterator[str]:
    """Yield the section on what would change the ranking: where it parts from the evidence, and what would turn it."""
    apart = _parting(report)
    heaviest = _heaviest(report)
    smallest = list(_smallest(report))
    if not apart and not heaviest and not smallest:
        return
    yield "## What would change this ranking"
    if apart:
        yield "Where the stated plausibility and what the evidence implies part, furthest first:"
        yield "\n".join(apart)
    if heaviest:
        yield "The single findings that move an explanation most:"
        yield "\n".join(heaviest)
    yield from smallest


def _parting(report: Report) -> list[str]:
    """Name the hypotheses whose stated and implied plausibilities differ most."""
    partings = [(difference(report.implied[h.slug], h.plausibility), h) for h in report.ranked]
    return [
        f"- {words(h.title)}: stated {format_plausibility(h.plausibility)} ({word(h.plausibility)}), the evidence says "
        f"{format_plausibility(report.implied[h.slug])} ({word(report.implied[h.slug])}), "
        + (
            f"{abs(apart):.0f} decibans {'more' if apart > 0 else 'less'}"
            if isfinite(apart)
            else "no evidence moves that"
        )
        for apart, h in sorted(partings, key=lambda pair: -abs(pair[0]))
        if abs(apart) >= APART
    ]


def _heaviest(report: Report) -> list[str]:
    """Name the findings that pull hardest, and what the evidence would say without each."""
    pulls = [(pull, h) for h in report.ranked for pull in evidence_for(report.debate, h.slug) if pull.decibans]
    lines = []
    for pull, h in sorted(pulls, key=lambda pair: -round(abs(pair[0].decibans), 9))[:MOST_WEIGHT]:
        key = pull.evidence.key
        without = {**report.debate.evidence, key: replace(pull.evidence, retracted=True)}
        then = implied(replace(report.debate, evidence=without))[h.slug]
        lines.append(
            f"- {report.notes.cite(pull.evidence)}: without it, the evidence would say "
            f"{format_plausibility(then)} instead of {format_plausibility(report.implied[h.slug])} for {words(h.title)}"
        )
    return lines


def _smallest(report: Report) -> Iterator[str]:
    """Yield the smallest changes that would flip the two that the evidence puts first, and close the puzzle."""
    changes = cruxes(report.debate, report.estimates)
    apart = margin(report.debate)
    order = [crux for crux in changes if crux.flips == "order"][:MOST_CRUXES]
    if apart and order:
        first, second = (words(report.debate.hypotheses[slug].title) for slug in apart[:2])
        yield f"The smallest single changes that would put *{second}* before *{first}* by the evidence:"
        yield "\n".join(f"- {_crux(report, crux)}" for crux in order)
    closing = [crux for crux in changes if crux.flips == "gap"][:MOST_CRUXES]
    if closing and report.headline:
        yield f"And that would close *{label(report.headline.gap)}*:"
        yield "\n".join(f"- {_crux(report, crux)}" for crux in closing)


def _crux(report: Report, crux: Crux) -> str:
    titles = {slug: words(h.title) for slug, h in report.debate.hypotheses.items()}
    match crux.kind:
        case "ratio":
            cited = report.notes.cite(report.debate.evidence[crux.evidence])
            needed = f"{crux.needed:.3g}" if crux.needed >= 1 else f"1/{1 / crux.needed:.3g}"
            return f"{cited} for {titles[crux.hypothesis]}: `{needed}` instead of `{format_ratio(crux.now)}`"
        case "prior":
            needed = format_plausibility(crux.needed)
            return f"{titles[crux.hypothesis]} before any evidence: {needed} instead of {format_plausibility(crux.now)}"
        case "quantity":
            label = words(report.debate.quantities[crux.quantity].label or crux.quantity)
            return f"{label}: {format_amount(crux.needed)} instead of {format_amount(crux.now)}"
        case _:
            cited = report.notes.cite(report.debate.evidence[crux.evidence])
            return f"{crux.kind.capitalize()} of {cited}: {crux.needed:.2f} instead of {format_weight(crux.now)}"
