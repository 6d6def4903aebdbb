"""The values and weights by which a mean over an uncertain number is summed up."""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import accumulate
from typing import Final, NamedTuple

from hypotheses.arithmetic import STANDARD

INNER: Final = 6.5
"""Beyond this normal score a mean should have nothing left to gain."""
_REACH: Final = 8.0
_PANELS: Final = 512
_NODES: Final = (-math.sqrt(3 / 5), 0.0, math.sqrt(3 / 5))
_WEIGHTS: Final = (5 / 9, 8 / 9, 5 / 9)


class QuadratureNode(NamedTuple):
    """One value of a quadrature."""

    value: float
    weight: float
    outer: bool
    """Whether it lies so far out that what it adds should be next to nothing."""


@lru_cache(maxsize=1)
def score_grid() -> tuple[tuple[float, float], ...]:
    """Return normal scores and weights: three-point Gauss-Legendre on 512 panels of -8..8, times the density."""
    step = 2 * _REACH / _PANELS
    middles = accumulate([step] * (_PANELS - 1), initial=-_REACH + step / 2)
    grid = [(middle + node * step / 2, weight) for middle in middles for node, weight in zip(_NODES, _WEIGHTS)]
    density = STANDARD.pdf
    return tuple((z, weight * step / 2 * density(z)) for z, weight in grid)
