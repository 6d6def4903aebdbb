"""Gaps as they would be: under explanations taken to be true together, or with quantities at other values.

Nothing is stored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from hypotheses.debate import Debate
from hypotheses.edits import value_set
from hypotheses.estimates import Estimates, GapEstimate, estimate
from hypotheses.problems import Malformed, NotFound, found
from hypotheses.reports.json import Shape
from tui.assistants.bounding import ANSWER, fitted
from tui.assistants.reading import figures, likely

LONGEST_VALUE: Final = 500
"""Characters of a value that is tried."""


def estimated(debate: Debate, asked: Mapping[str, Any]) -> Shape:
    """Return gaps as they are stored and as they would be; by default the one that is the puzzle."""
    tried = _tried(debate, asked)
    gaps = _gaps(debate, asked["gaps"])
    for slug in asked["with"]:
        found("explanation", slug, debate.hypotheses)
    stored = estimate(debate, only=gaps)
    estimates = estimate(tried, scenario=asked["with"], only=gaps)
    answer = {
        "debate": debate.slug,
        "convention": tried.convention,
        "with": list(asked["with"]),
        "set": [{"quantity": symbol, "value": value} for symbol, value in asked["set"].items()],
        "gaps": [_shape(symbol, estimates, stored) for symbol in gaps],
        "problems": sorted({str(problem) for problem in estimates.not_known()}),
    }
    return fitted(answer, ANSWER)


def _tried(debate: Debate, asked: Mapping[str, Any]) -> Debate:
    """Return the debate with other values, and under another convention."""
    if convention := asked["convention"]:
        if convention not in debate.conventions:
            raise NotFound("convention", convention, debate.conventions)
        debate = replace(debate, convention=convention)
    for symbol, value in asked["set"].items():
        found("quantity", symbol, debate.quantities)
        if len(value) > LONGEST_VALUE:
            raise Malformed(f"set: {symbol}: found {len(value):,} characters; expected at most {LONGEST_VALUE}")
        try:
            debate = value_set(debate, symbol, value)
        except Malformed as refused:
            raise Malformed(f"set: {symbol}: {refused}") from refused
    return debate


def _gaps(debate: Debate, named: tuple[str, ...]) -> tuple[str, ...]:
    """Return the gaps that are asked for."""
    if named:
        return tuple(found("gap", symbol, debate.gaps).symbol for symbol in named)
    return (debate.headline.symbol,) if debate.headline else ()


def _shape(symbol: str, estimates: Estimates, stored: Estimates) -> Shape:
    gap, before = estimates.gaps.get(symbol), stored.gaps.get(symbol)
    if gap is None:
        return {"symbol": symbol, "not_known": estimates.problems[symbol].unknown}
    return {**_tried_gap(gap), "as_stored": figures(before.now) if before else None}


def _tried_gap(gap: GapEstimate) -> Shape:
    left = gap.residual if gap.scenario else gap.now
    return {
        "symbol": gap.gap.symbol,
        "label": gap.gap.label,
        "unit": gap.gap.unit,
        "method": gap.method,
        "now": figures(gap.now),
        "left": figures(left),
        "explained": figures(gap.scenario_explained),
        "chance": likely(gap, left),
        "weighed": figures(gap.weighed),
    }
