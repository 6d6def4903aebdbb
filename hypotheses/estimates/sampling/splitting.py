"""How a form is drawn: in as few dimensions as it needs, turned the way it runs, and no more often than is enough."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import partial
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from hypotheses.estimates.arithmetic import LARGEST
from hypotheses.estimates.sampling.drawing import Axis, Drawing, log10
from hypotheses.estimates.sampling.normal import Array
from hypotheses.estimates.sampling.sobol_points import FEW, POINTS, REPLICATES, Draws
from hypotheses.estimates.sobol_sequence import DIMENSIONS

SMOOTH: Final = 8
"""Few draws are enough where the width around them is at least the range of their middle 90% divided by this,"""
PLAIN: Final = 3
"""in up to this many dimensions."""
TURNED: Final = 512
"""In more dimensions than this the way of the draws is lost in their noise."""
ENOUGH: Final = 0.005
"""The error in orders of magnitude that needs no more draws;"""
NARROW: Final = 0.05
"""or as a part of the range of the middle 90%, if that is less;"""
PLENTY: Final = 0.005
"""of a result that is not in orders of magnitude."""
STUDENT: Final = 3.4995
"""The 99.5th percentile of Student's t with 7 degrees of freedom: the factor of a 99% interval from 8 replicates."""
FINE: Final = 512
COARSE: Final = 256
"""Into how many runs draws are put together; the second if there are few."""
OVERLAP: Final = 0.45
"""A normal in place of a run is at least as wide as this part of the way to the next one."""
_SQUARED: Final = 1e-140
"""Of what is less than this, or more than its inverse, squares soon are nothing, or endless."""
_STEPS: Final = 8
"""Into how many steps the way of the draws is rounded: so coarse that the last bits of a machine cannot change it."""


class Outline(NamedTuple):
    """Draws in a few figures: runs of neighbours, each with its mean, deviation and weight, in ascending order."""

    centers: Array
    widths: Array
    weights: Array
    below: float
    """The weight of what lies below every number. What is missing from a whole of 1 lies above every number."""


Redraw = Callable[[], Array]


class Core:
    """What of a form has to be drawn. Forms that differ only in what is added to it have it in common."""

    def __init__(self, drawing: Drawing, size: int, logarithm: bool, orders: bool, draws: Draws) -> None:
        self._drawing = drawing
        self._size = size
        self._logarithm = logarithm
        self._orders = orders
        """Whether it is measured in orders of magnitude."""
        self._draws = draws
        self._spread: float | None = None
        self._few: Outline | None = None
        self._fine: tuple[Outline, Array | None, int] | None = None
        """Also the mirror that turned the axes, and how many points it took."""

    def outline(self, width: float) -> tuple[Outline, Redraw]:
        """Draw as often as is enough for a normal of this width around it; also return how to draw the same again."""
        if self._spread is None or (self._few if self._smooth(width) else self._fine) is None:
            self._work_out(width)
        if self._few is not None and self._smooth(width):
            return self._few, partial(self._plainly, FEW)
        if self._fine is None:
            raise TypeError("nothing was drawn")
        # Not kept as it is: a core that knew how to draw itself would be a circle.
        outline, mirror, points = self._fine
        return outline, partial(self._draw, mirror, points)

    def _work_out(self, width: float) -> None:
        values = self._plainly(FEW)
        ranked = _ranked(values)
        low, _, high = _looked_at(ranked).mean(axis=0).tolist()
        self._spread = high - low if low < high else 0.0
        if self._smooth(width):
            self._few = outline_of(ranked)
        else:
            self._fine = self._finely(values, ranked, low, high)

    def _smooth(self, width: float) -> bool:
        return self._size <= PLAIN and width * SMOOTH >= (self._spread or 0.0)

    def _finely(self, values: Array, ranked: Array, low: float, high: float) -> tuple[Outline, Array | None, int]:
        """Turn the axes the way the draws run, and draw more until it is enough."""
        mirror, points = None, FEW
        if 1 < self._size <= TURNED and -math.inf < low < high < math.inf:
            mirror, points = _direction(np.clip(values, low, high), self._axes(FEW)), 2 * FEW
            ranked = _ranked(self._draw(mirror, points))
        while points < POINTS and (short := _missing(ranked, self._orders)) > 1:
            # The error falls with about the 3/4th power of the number of points.
            points = min(POINTS, points << max(1, math.ceil(math.log2(min(short, POINTS)) * 4 / 3)))
            ranked = _ranked(self._draw(mirror, points))
        return outline_of(ranked), mirror, points

    def _draw(self, mirror: Array | None, points: int) -> Array:
        return self._plainly(points) if mirror is None else self._turned(mirror, points)

    def _plainly(self, points: int) -> Array:
        return self._drawn(lambda place: self._draws.scores(place, points), REPLICATES * points)

    def _turned(self, mirror: Array, points: int) -> Array:
        """Draw along axes of which the first, the most even dimension, runs along a direction.

        Turning is a reflection that swaps the first axis with that direction (Householder 1958).
        """
        parts = mirror.tolist()
        along = np.zeros(REPLICATES * points)
        for part, scores in zip(parts, self._axes(points), strict=True):
            along += part * scores
        if self._size <= DIMENSIONS:
            axes = [scores - part * along for part, scores in zip(parts, self._axes(points), strict=True)]
            return self._drawn(axes.__getitem__, along.size)
        return self._drawn(lambda place: self._draws.scores(place, points) - parts[place] * along, along.size)

    def rows(self, rows: npt.NDArray[np.int64]) -> Array:
        """Draw some of the points."""
        return self._drawn(lambda place: self._draws.scores(place)[rows], rows.size)

    def _axes(self, points: int) -> Iterator[Array]:
        return (self._draws.scores(place, points) for place in range(self._size))

    def _drawn(self, axis: Axis, size: int) -> Array:
        values = self._drawing.draw(axis, size)
        return log10(values) if self._logarithm else values


class Split(NamedTuple):
    """How a form is put together again: what has to be drawn, a number, and a normal around zero beside it."""

    core: Core
    offset: float
    width: float
    """The standard deviation of the normal."""
    power: bool
    """Whether the value is ten to the power of the sum."""


def _ranked(values: Array) -> Array:
    """Return the draws of each replicate in ascending order, one row for each."""
    return np.sort(values.reshape(REPLICATES, -1), axis=1)


@np.errstate(all="ignore")
def outline_of(ranked: Array) -> Outline:
    """Return ranked draws in a few figures. What is alone reaches out to its neighbours: they add up evenly."""
    if not np.isfinite(ranked[:, -1] - ranked[:, 0]).all():
        return _outline_of_some(np.sort(ranked, axis=None))
    count = COARSE if ranked.shape[1] <= FEW else FINE
    middle = float(ranked[0, ranked.shape[1] // 2])
    ranked = ranked - middle
    unit = unit_of(ranked[:, (0, -1)])
    if unit != 1:
        ranked /= unit
    size = ranked.size // count
    centers = ranked.sum(axis=0).reshape(count, -1).sum(axis=1) / size
    variances = np.einsum("ij,ij->j", ranked, ranked).reshape(count, -1).sum(axis=1) / size - centers * centers
    widths = np.maximum(np.sqrt(np.maximum(variances, 0.0)), OVERLAP * apart(centers))
    return Outline(centers * unit + middle, widths * unit, np.full(count, 1 / count), 0.0)


def unit_of(values: Array) -> float:
    """Return what to measure values in, so that their squares are neither too large nor too small for a float."""
    largest = float(np.abs(values).max(initial=0.0))
    return largest if 0 < largest < _SQUARED or 1 / _SQUARED < largest < math.inf else 1.0


def _outline_of_some(ordered: Array) -> Outline:
    """Return the outline of draws so far apart that their sum or range is no number, or some of them are none.

    Those lie below all others, or above.
    """
    size = ordered.size
    below = int(np.searchsorted(ordered, -np.inf, side="right"))
    ordered = ordered[below : int(np.searchsorted(ordered, np.inf))]
    if not ordered.size:
        return Outline(np.zeros(1), np.zeros(1), np.zeros(1), below / size)
    starts = np.arange(0, ordered.size, REPLICATES)
    sizes = np.diff(starts, append=ordered.size)
    centers = np.add.reduceat(ordered / REPLICATES, starts) * (REPLICATES / sizes)
    return Outline(centers, np.minimum(OVERLAP * apart(centers), LARGEST), sizes / size, below / size)


def apart(centers: Array) -> Array:
    """Return how far the nearer neighbour of each is."""
    if centers.size < 2:
        return np.zeros(centers.size)
    steps = centers[1:] - centers[:-1]
    distances = np.empty(centers.size)
    distances[0], distances[-1] = steps[0], steps[-1]
    np.minimum(steps[1:], steps[:-1], out=distances[1:-1])
    return distances


def _looked_at(ranked: Array) -> Array:
    """Return p5, median and p95 in each replicate."""
    size = ranked.shape[1]
    return ranked[:, (size // 20, size // 2, size - 1 - size // 20)]


def _missing(ranked: Array, orders: bool) -> float:
    """Return how many times too large the error is, going by how far the replicates lie apart."""
    looked_at = _looked_at(ranked)
    low, _, high = looked_at.mean(axis=0).tolist()
    error = float(spread_of(looked_at).max())
    if error == 0:
        return 0.0
    allowed = min(ENOUGH, NARROW * (high - low)) if orders else PLENTY * (high - low)
    return error / allowed if error < math.inf and 0 < allowed < math.inf else math.inf


def spread_of(shares: Array) -> Array:
    """Return half the width of a 99% interval around the mean of replicates."""
    return np.asarray(np.std(shares, axis=0, ddof=1)) * (STUDENT / math.sqrt(REPLICATES))


def _direction(values: Array, axes: Iterator[Array]) -> Array:
    """Return the mirror that swaps the first axis with the line through some draws: roughly is enough."""
    values = values - values.mean()
    # Not `@`: its threads cost more than they save here, and sum in another order on every machine.
    way = np.array([float(np.einsum("i,i->", values, scores)) for scores in axes])
    largest = float(np.abs(way).max())
    if not 0 < largest < math.inf:
        return np.zeros(way.size)
    way = np.rint(way / largest * max(_STEPS, math.sqrt(way.size) * 2))
    mirror = way / math.sqrt(float(np.einsum("i,i->", way, way)))
    mirror[0] -= 1.0
    size = math.sqrt(float(np.einsum("i,i->", mirror, mirror)))
    return mirror * (math.sqrt(2) / size) if size else mirror
