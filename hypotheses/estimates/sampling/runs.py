"""Draws in a few figures: runs of neighbours, in ascending order. What is kept of a sample."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from hypotheses.estimates.sampling.normal import Array

SHOWN: Final = (0.05, 0.5, 0.95)
"""The probabilities of the figures that are shown, around which nothing may be lost."""
FINE: Final = 512
COARSE: Final = 256
"""Into how many runs draws are put together; the second if there are few."""
FEWEST: Final = 2_048
"""So many draws are few."""
ENDLESS: Final = 1e307
"""What is larger counts as endless: sums and differences of it are no numbers."""
_EVEN_ENOUGH: Final = 1.4
"""By this factor neighbouring runs may differ in length for a line to be right over them."""


class Runs(NamedTuple):
    """Draws in a few figures: runs of neighbours in ascending order."""

    lows: Array
    highs: Array
    means: Array
    weights: Array
    below: float
    """The weight of what lies below every number. What is missing from a whole of 1 lies above every number."""


def runs_of(draws: Array) -> Runs:
    """Put draws together, ordered from the lowest to the highest; equal ones are a run of their own.

    Where a run at a figure that is shown is much longer or shorter than the one beside it, so that a line over it would
    be off, it is taken apart into single draws.
    """
    ordered = np.sort(draws, axis=None)
    total = ordered.size
    below = int(np.searchsorted(ordered, -ENDLESS))
    finite = ordered[below : int(np.searchsorted(ordered, ENDLESS, side="right"))]
    if not finite.size:
        nothing = np.zeros(0)
        return Runs(nothing, nothing, nothing, nothing, below / total)
    starts = _starts(finite.size, below, total, apart=False)
    if _uneven(finite, starts, below, total):
        starts = _starts(finite.size, below, total, apart=True)
    ties = finite[starts[:-1]][finite[starts[:-1]] == finite[starts[:-1] + 1]]
    if ties.size:
        turns = [np.searchsorted(finite, ties, side) for side in ("left", "right")]
        starts = np.unique(np.concatenate((starts, *turns)))
        starts = starts[starts < finite.size]
    sizes = np.diff(starts, append=finite.size)
    edges = (finite[starts[1:] - 1] + finite[starts[1:]]) / 2
    firsts, lasts = finite[starts], finite[np.append(starts[1:], finite.size) - 1]
    alone = (firsts == lasts) & (sizes > 1)
    lows = np.where(alone, firsts, np.append(finite[:1], edges))
    highs = np.where(alone, lasts, np.append(edges, finite[-1:]))
    means = np.clip(np.add.reduceat(finite / sizes.max(), starts) * (sizes.max() / sizes), lows, highs)
    return Runs(lows, highs, means, sizes / total, below / total)


def _uneven(finite: Array, starts: npt.NDArray[np.int64], below: int, total: int) -> bool:
    """Return whether the runs around a figure that is shown differ much in length."""
    for p in SHOWN:
        place = int(np.searchsorted(starts, p * total - below))
        around = finite[np.minimum(starts[max(place - 2, 0) : place + 2], finite.size - 1)]
        lengths = np.diff(around)
        if lengths.size and lengths.max() > _EVEN_ENOUGH * lengths.min():
            return True
    return False


@lru_cache(maxsize=32)
def _starts(size: int, below: int, total: int, *, apart: bool) -> npt.NDArray[np.int64]:
    """Return where runs of ordered draws begin: evenly, but ever shorter towards the ends.

    `apart` has single draws around the figures that are shown.
    """
    runs = COARSE if total <= FEWEST else FINE
    starts = {size * place // runs for place in range(runs)}
    for p in SHOWN if apart else ():
        middle = math.floor(p * total) - below
        starts.update(range(middle - 1, middle + 3))
    step = size // runs
    while step > 1:
        step //= 2
        starts.update((step, size - step))
    return np.array(sorted(start for start in starts if 0 <= start < size))


def runs_through(values: Sequence[float]) -> Runs:
    """Return the runs between percentiles that are equally far apart, the first and the last one included."""
    points = np.array(values)
    weights = np.full(points.size - 1, 1 / (points.size - 1))
    inside = (np.abs(points[:-1]) < ENDLESS) & (np.abs(points[1:]) < ENDLESS)
    below = float(weights[~inside & (points[:-1] < 0)].sum())
    lows, highs = points[:-1][inside], points[1:][inside]
    return Runs(lows, highs, lows / 2 + highs / 2, weights[inside], below)
