"""What programs read: the ranking and the estimates as plain dictionaries with fixed names, and JSON text."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from hypotheses.belief import implied, tally
from hypotheses.debate import Debate
from hypotheses.ranking import ranked, word

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates, GapEstimate, Result

Shape = dict[str, Any]
"""A JSON object."""


def json_text(shape: object) -> str:
    """Write JSON in plain ASCII, two spaces deep, with a newline at the end."""
    return json.dumps(shape, ensure_ascii=True, indent=2, allow_nan=False) + "\n"


def ranking_shape(debate: Debate, only: str = "") -> Shape:
    """Return the ranking, of one hypothesis if it is named: the shape of `show --json`."""
    evidence_says = implied(debate)
    rows = []
    for rank, h in enumerate(ranked(debate), 1):
        supporting, opposing = tally(debate, h.slug)
        rows.append(
            {
                "rank": rank,
                "slug": h.slug,
                "title": h.title,
                "status": h.status,
                "plausibility": h.plausibility,
                "word": word(h.plausibility),
                "prior": h.prior,
                "implied": evidence_says[h.slug],
                "evidence_for": supporting,
                "evidence_against": opposing,
            }
        )
    chosen = [row for row in rows if only in ("", row["slug"])]
    return {"debate": debate.slug, "mode": debate.mode, "hypotheses": chosen}


def estimates_shape(estimates: Estimates, percentiles: Sequence[float] = ()) -> Shape:
    """Return every gap that could be computed, and why the others could not: the shape of `estimate --json`.

    Asked-for percentiles stand beside the four fixed figures as `p10`, `p2.5`…
    """
    gaps = [_gap_shape(estimate, percentiles) for estimate in estimates.gaps.values()]
    problems = {symbol: problem.unknown for symbol, problem in estimates.problems.items()}
    return {"debate": estimates.debate, "convention": estimates.convention, "gaps": gaps, "problems": problems}


def _gap_shape(estimate: GapEstimate, percentiles: Sequence[float]) -> Shape:
    def figures(result: Result | None) -> Shape:
        return _figures(result, percentiles)

    gap = estimate.gap
    return {
        "symbol": gap.symbol,
        "label": gap.label,
        "unit": gap.unit,
        "headline": gap.headline,
        "method": estimate.method,
        "now": figures(estimate.now),
        "under": {
            slug: {**figures(result), "explained": figures(estimate.explained.get(slug))}
            for slug, result in estimate.under.items()
        },
        "scenario": {
            "hypotheses": list(estimate.scenario),
            **figures(estimate.residual if estimate.scenario else estimate.now),
        },
        "expected": figures(estimate.expected),
        "smallest_sets": [list(members) for members in estimate.smallest_sets],
        "sensitivity": [
            {"quantity": s.quantity, "variance_share": _finite(s.variance_share), "break_even": _finite(s.break_even)}
            for s in estimate.sensitivity
        ],
        # The last: reading the figures above has found out which are not known.
        "unknown": {name: problem.unknown for name, problem in estimate.unknown.items()},
    }


def _figures(result: Result | None, percentiles: Sequence[float]) -> Shape:
    """Return the figures of a distribution; all are null where there is none."""
    asked = tuple(f"p{percentile:g}" for percentile in percentiles)
    if result is None:
        return dict.fromkeys(("median", "mean", "p5", "p95", *asked))
    fixed: dict[str, float] = {"median": result.median, "mean": result.mean.value, "p5": result.p5, "p95": result.p95}
    more = {name: result.percentile(percentile) for name, percentile in zip(asked, percentiles, strict=True)}
    return {name: _finite(figure) for name, figure in {**fixed, **more}.items()}


def _finite(number: float | None) -> float | None:
    return number if number is not None and math.isfinite(number) else None
