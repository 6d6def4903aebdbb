"""Every family of formulas against plain draws: what is shown lies within the error that is shown with it."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pytest

from hypotheses.estimates import Result, estimate
from tests.exploring import so_many
from tests.hypotheses.estimates.plain_draws import FAMILIES, Array, plainly, random_model

DRAWS = 500_000
SURE = 3.0
"""So many standard errors the truth may be off itself, as it is drawn too."""


@pytest.mark.property
@pytest.mark.parametrize("family", FAMILIES)
def test_at_most_five_of_a_hundred_figures_lie_outside_of_their_error(family: str) -> None:
    outside: list[str] = []
    figures = 0
    for seed in range(so_many(8)):
        model = random_model(family, seed)
        gap, plain = estimate(model.debate).gaps["g"], plainly(model, DRAWS)
        pairs = {
            "now": (gap.now, plain.now),
            "under": (gap.under["h"], plain.under),
            "explained": (gap.explained["h"], plain.explained),
            "weighed": (gap.weighed, plain.weighed),
        }
        for name, (result, draws) in pairs.items():
            if result is None or not np.isfinite(draws).all():
                continue  # plain draws know no truth beyond floats
            for figure, off in _off(result, draws):
                figures += 1
                outside += [f"{model.gap.formula} (seed {seed}): {figure} {name} is {off}"] if off else []
    assert figures
    assert len(outside) <= 0.05 * figures, outside


def _off(result: Result, draws: Array) -> Iterator[tuple[str, str]]:
    """Yield each figure, and how far it is off if that is more than its error and the truth's."""
    ordered = np.sort(draws)
    error = result.error or 0.0
    for p in (5, 50, 95):
        share, found = p / 100, result.percentile(p)
        reach = SURE * math.sqrt(draws.size * share * (1 - share))
        low, high = (float(ordered[int(draws.size * share + side * reach)]) for side in (-1, 1))
        slack = error + 1e-9 * max(abs(low), abs(high))
        yield f"p{p}", "" if low - slack <= found <= high + slack else f"{found}, not {low} to {high} (± {error})"
    mean = result.mean
    if not mean.reason:
        right, unsure = float(draws.mean()), SURE * float(draws.std()) / math.sqrt(draws.size)
        slack = (mean.error or 0.0) + unsure + 1e-9 * abs(right)
        yield "mean", "" if abs(mean.value - right) <= slack else f"{mean}, not {right} ± {unsure}"
