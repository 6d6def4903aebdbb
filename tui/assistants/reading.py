"""What an assistant reads of a debate, as plain shapes. It all follows from the value; nothing here can change it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from hypotheses.belief import Pull, evidence_for
from hypotheses.debate import Debate, Evidence, Hypothesis, Quantity
from hypotheses.estimates import Estimates, GapEstimate, Result, estimate
from hypotheses.finder import LONGEST, Findable, Finder, findables
from hypotheses.problems import found
from hypotheses.ratios import format_ratio
from hypotheses.reading import HasReadings
from hypotheses.reports.json import Shape, ranking_shape
from hypotheses.reports.links import evidence_link, safe_url
from hypotheses.whatif import values_of
from tui.assistants.bounding import HEAD, ITEMS, fitted, paged

FINDABLE = ("explanation", "evidence", "quantity", "gap", "convention", "cluster")
"""What can be searched for: what a tool can show. Ideas are their senders' and the owner's."""
MOST_FOUND = 200
"""Matches that can be paged through; of the others only the number is told."""


def read_debate(debate: Debate, asked: Mapping[str, Any]) -> Shape:
    """Return the question, the gap that is the puzzle, and the explanations as they are ranked."""
    headline = debate.headline
    estimates = estimate(debate, only=(headline.symbol,) if headline else ())
    puzzle = estimates.gaps.get(headline.symbol) if headline else None
    page = paged(
        ranking_shape(debate)["hypotheses"],
        lambda row: {**_ranked(row, debate.hypotheses[row["slug"]]), "left": _left(puzzle, row["slug"])},
        asked["offset"],
    )
    head = {
        "debate": debate.slug,
        "title": debate.title,
        "question": debate.question,
        "can_several_be_true": debate.mode == "independent",
        "convention": debate.convention,
        "conventions": list(debate.conventions),
        "puzzle": _puzzle(estimates, headline.symbol) if headline else None,
        "evidence_items": len(debate.evidence),
        "quantities": len(debate.quantities),
        "gaps": [{"symbol": gap.symbol, "label": gap.label, "unit": gap.unit} for gap in debate.gaps.values()],
    }
    return {**fitted(head, HEAD), "explanations": page.items, "next_offset": page.next_offset}


def read_explanation(debate: Debate, asked: Mapping[str, Any]) -> Shape:
    """Return one explanation: its statement, its effects, and the evidence for and against it, strongest first."""
    h = found("explanation", asked["explanation"], debate.hypotheses)
    (row,) = ranking_shape(debate, h.slug)["hypotheses"]
    headline = debate.headline
    puzzle = estimate(debate, only=(headline.symbol,)).gaps.get(headline.symbol) if headline else None
    page = paged(evidence_for(debate, h.slug), _pull, asked["offset"])
    head = {
        "debate": debate.slug,
        **_ranked(row, h),
        "prior": h.prior,
        "prior_held_on": h.prior_on,
        "statement": h.statement,
        "source": h.source,
        "effects": [{"quantity": symbol, "becomes": formula} for symbol, formula in h.effects.items()],
        "assumptions": [{"name": name, **_read(one, debate.convention)} for name, one in h.assumes.items()],
        "left": _left(puzzle, h.slug),
    }
    return {**fitted(head, HEAD), "evidence": page.items, "next_offset": page.next_offset}


def list_evidence(debate: Debate, asked: Mapping[str, Any]) -> Shape:
    """Return evidence in full: all of it, what bears on one explanation, or what is named."""
    slug = found("explanation", asked["explanation"], debate.hypotheses).slug if asked["explanation"] else ""
    keys = asked["keys"] or debate.evidence
    chosen = [found("evidence", key, debate.evidence) for key in keys]
    page = paged([item for item in chosen if not slug or slug in item.assessments], _evidence, asked["offset"])
    return {"debate": debate.slug, "evidence": page.items, "next_offset": page.next_offset}


def list_quantities(debate: Debate, asked: Mapping[str, Any]) -> Shape:
    """Return the numbers behind the gaps: all of them, or those that are named."""
    symbols = asked["symbols"] or debate.quantities
    chosen = [found("quantity", symbol, debate.quantities) for symbol in symbols]
    told = chosen[asked["offset"] : asked["offset"] + ITEMS]
    results = dict(values_of(debate, [quantity.symbol for quantity in told]))

    def shape(quantity: Quantity) -> Shape:
        return {**_quantity(quantity, debate.convention), "comes_to": figures(results.get(quantity.symbol))}

    page = paged(chosen, shape, asked["offset"])
    return {
        "debate": debate.slug,
        "convention": debate.convention,
        "quantities": page.items,
        "next_offset": page.next_offset,
    }


def search(debate: Debate, asked: Mapping[str, Any]) -> Shape:
    """Return what has all the words, the best first."""
    kinds = asked["kinds"] or FINDABLE
    finder = Finder([_with_its_text(debate, one) for one in findables(debate) if one.kind in kinds])
    matches = finder.find(asked["words"], MOST_FOUND)
    page = paged(matches.items, _match, asked["offset"])
    return {
        "debate": debate.slug,
        "found": page.items,
        "in_all": len(matches.items) + matches.more,
        "next_offset": page.next_offset,
    }


def _with_its_text(debate: Debate, item: Findable) -> Findable:
    """Return what can be found also by what an explanation states, or what evidence found."""
    match item.kind:
        case "explanation":
            text = debate.hypotheses[item.name].statement
        case "evidence":
            text = debate.evidence[item.name].finding
        case _:
            return item
    return replace(item, also=f"{item.also} {text[:LONGEST]}")


def figures(result: Result | None) -> Shape | None:
    """Return the figures of a distribution, to four digits; None where there is none."""
    if result is None:
        return None
    return {"median": rounded(result.median), "p5": rounded(result.p5), "p95": rounded(result.p95)}


def likely(gap: GapEstimate, result: Result | None) -> Shape | None:
    """Return how likely a gap is overshot, closed and open; None where it has no such thing."""
    chances = None if result is None else gap.chances(result)
    return None if chances is None else {name: rounded(chance) for name, chance in chances._asdict().items()}


def rounded(number: float) -> float | None:
    """Return a number to four digits; None for one that is not finite."""
    return float(f"{number:.4g}") if abs(number) < float("inf") else None


def _puzzle(estimates: Estimates, symbol: str) -> Shape:
    if symbol not in estimates.gaps:
        return {"symbol": symbol, "not_known": estimates.problems[symbol].unknown}
    gap = estimates.gaps[symbol]
    return {
        "symbol": symbol,
        "label": gap.gap.label,
        "unit": gap.gap.unit,
        "method": gap.method,
        "closed_within": gap.tolerance,
        "now": figures(gap.now),
        "weighed": figures(gap.weighed),
        "chance": likely(gap, gap.weighed),
    }


def _left(puzzle: GapEstimate | None, slug: str) -> Shape | None:
    """Return what an explanation leaves of the puzzle."""
    return None if puzzle is None else figures(puzzle.under.get(slug))


def _ranked(row: Shape, h: Hypothesis) -> Shape:
    shares = ("plausibility", "implied", "implied_low", "implied_high")
    return {
        "rank": row["rank"],
        "slug": h.slug,
        "title": h.title,
        "status": h.status,
        "turned_out": h.settled,
        **{name: rounded(row[name]) for name in shares},
        "nobody_has_set_it": h.placeholder,
        "evidence_for": row["evidence_for"],
        "evidence_against": row["evidence_against"],
    }


def _pull(pull: Pull) -> Shape:
    item, cell = pull.evidence, pull.assessment
    return {
        "key": item.key,
        "title": item.title,
        "date": item.date,
        "ratio": format_ratio(cell.ratio),
        "decibans": rounded(pull.decibans),
        "why": cell.why,
        "finding": item.finding,
        "source": item.source,
        "link": evidence_link(item),
        "retracted": item.retracted,
    }


def _evidence(item: Evidence) -> Shape:
    return {
        "key": item.key,
        "title": item.title,
        "authors": list(item.authors),
        "date": item.date,
        "source": item.source,
        "link": evidence_link(item),
        "finding": item.finding,
        "credibility": item.credibility,
        "relevance": item.relevance,
        "cluster": item.cluster,
        "retracted": item.retracted,
        "ratings": [
            {"explanation": slug, "ratio": format_ratio(cell.ratio), "why": cell.why}
            for slug, cell in item.assessments.items()
        ],
    }


def _quantity(quantity: Quantity, convention: str) -> Shape:
    about = {"symbol": quantity.symbol, "label": quantity.label, "unit": quantity.unit}
    return {**about, "formula": quantity.formula, **_read(quantity, convention)}


def _read(value: HasReadings, convention: str) -> Shape:
    """Return every reading of a value, and the name of the one that counts."""
    readings: Sequence[Shape] = [
        {"name": name, "value": one.value, "source": one.source, "link": safe_url(one.url)}
        for name, one in value.readings.items()
    ]
    return {"counts": value.reading_name(convention), "readings": readings}


def _match(item: Findable) -> Shape:
    return {"kind": item.kind, "name": item.name, "title": item.title}
