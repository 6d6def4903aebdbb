"""Every family of formulas against plain draws: what is shown lies within the error that is shown with it."""

from __future__ import annotations

import pytest

from benchmarks.estimates.plain_draws import FAMILIES, held
from tests.exploring import so_many

DRAWS = 500_000


@pytest.mark.property
@pytest.mark.parametrize("family", FAMILIES)
def test_at_most_five_of_a_hundred_figures_lie_outside_of_their_error(family: str) -> None:
    figures = [
        (f"seed {seed}, {name}", off)
        for seed in range(so_many(8))
        for name, row in held(family, seed, DRAWS).items()
        for off in row
    ]
    assert len(figures) > 50
    assert sum(off.outside for _, off in figures) <= 0.05 * len(figures), [one for one in figures if one[1].outside]
