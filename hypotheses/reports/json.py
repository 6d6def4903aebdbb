"""What programs read: the ranking and the estimates as plain dictionaries with fixed names, and JSON text."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from hypotheses.debate import Debate
from hypotheses.doubted import doubted
from hypotheses.ranking import ranked, word
from hypotheses.tallies import tallied

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates, GapEstimate, Result

Shape = dict[str, Any]
"""A JSON object."""


def json_text(shape: object) -> str:
    """Write JSON in plain ASCII, two spaces deep, with a newline at the end."""
    return json.dumps(shape, ensure_ascii=True, indent=2, allow_nan=False) + "\n"


def ranking_shape(debate: Debate, only: str = "") -> Shape:
    """Return the ranking, of one hypothesis if it is named: the shape of `show --json`."""
    says, tallies = doubted(debate), tallied(debate)
    rows = []
    for rank, h in enumerate(ranked(debate), 1):
        supporting, opposing = tallies[h.slug]
        low, high = says.span(h.slug)
        rows.append(
            {
                "rank": rank,
                "slug": h.slug,
                "title": h.title,
                "status": h.status,
                "settled": h.settled or None,
                "plausibility": h.plausibility,
                "word": word(h.plausibility),
                "prior": h.prior,
                "prior_on": h.prior_on or None,
                "implied": says.rated.implied[h.slug],
                "implied_low": low,
                "implied_high": high,
                "first_under": list(says.first_under(h.slug)),
                "evidence_for": supporting,
                "evidence_against": opposing,
            }
        )
    chosen = [row for row in rows if only in ("", row["slug"])]
    return {"debate": debate.slug, "mode": debate.mode, "hypotheses": chosen}


class AskedFigures(NamedTuple):
    """What is asked for of every distribution, beside what is always likely."""

    percentiles: Sequence[float] = ()
    """Told as `p10`, `p2.5`…"""
    below: Sequence[float] = ()
    """The probability to be below each is told in `below`, by the number."""
    above: Sequence[float] = ()
    """The probability to be above each is told in `above`, by the number."""


NOTHING_MORE: Final = AskedFigures()


def estimates_shape(estimates: Estimates, asked: AskedFigures = NOTHING_MORE) -> Shape:
    """Return every gap that could be computed, and why the others could not: the shape of `estimate --json`."""
    gaps = [
        {**_gap_shape(estimate, asked), "fell_back": estimates.fallen_back(symbol)}
        for symbol, estimate in estimates.gaps.items()
    ]
    problems = {symbol: problem.unknown for symbol, problem in estimates.problems.items()}
    debate = estimates.evaluation.debate
    return {"debate": debate.slug, "convention": debate.convention, "gaps": gaps, "problems": problems}


def _gap_shape(estimate: GapEstimate, asked: AskedFigures) -> Shape:
    def plain(result: Result | None) -> Shape:
        return _figures(result, asked)

    def figures(result: Result | None) -> Shape:
        likely = None if result is None else estimate.chances(result)
        return {**plain(result), "chance": None if likely is None else likely._asdict()}

    gap = estimate.gap
    return {
        "symbol": gap.symbol,
        "label": gap.label,
        "unit": gap.unit,
        "headline": gap.headline,
        "closed": estimate.tolerance,
        "method": estimate.method,
        "now": figures(estimate.now),
        "under": {
            slug: {**figures(result), "explained": plain(estimate.explained.get(slug))}
            for slug, result in estimate.under.items()
        },
        "scenario": {
            "hypotheses": list(estimate.scenario),
            **figures(estimate.residual if estimate.scenario else estimate.now),
        },
        "weighed": figures(estimate.weighed),
        "smallest_sets": [list(members) for members in estimate.smallest_sets],
        "sensitivity": [
            {"quantity": s.quantity, "variance_share": _finite(s.variance_share), "break_even": _finite(s.break_even)}
            for s in estimate.sensitivity
        ],
        # The last: reading the figures above has found out which are not known.
        "unknown": {name: problem.unknown for name, problem in estimate.unknown.items()},
    }


def _figures(result: Result | None, asked: AskedFigures) -> Shape:
    """Return the figures of a distribution; all are null where there is none."""
    names = {f"p{percentile:g}": percentile for percentile in asked.percentiles if percentile not in (5, 95)}
    if result is None:
        more = [name for name, numbers in (("below", asked.below), ("above", asked.above)) if numbers]
        return dict.fromkeys(("median", "mean", "mean_error", "no_mean", "p5", "p95", "error", *names, *more))
    mean = result.mean
    return {
        "median": _finite(result.median),
        "mean": _finite(mean.value),
        "mean_error": _finite(mean.error),
        "no_mean": mean.reason or None,
        "p5": _finite(result.p5),
        "p95": _finite(result.p95),
        "error": None if result.errors is None else dict(zip(("p5", "median", "p95"), map(_finite, result.errors))),
        **dict(zip(names, map(_finite, result.percentiles(list(names.values()))))),
        **({"below": {f"{x:.12g}": _finite(result.below(x)) for x in asked.below}} if asked.below else {}),
        **({"above": {f"{x:.12g}": _finite(1 - result.cdf(x)) for x in asked.above}} if asked.above else {}),
    }


def _finite(number: float | None) -> float | None:
    return number if number is not None and math.isfinite(number) else None
