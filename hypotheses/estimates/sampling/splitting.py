"""How a form is drawn: in as few dimensions as it needs, turned the way it runs, and no more often than is enough."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import partial
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from hypotheses.estimates.sampling.drawing import Axis, Drawing, log10
from hypotheses.estimates.sampling.normal import Array
from hypotheses.estimates.sampling.runs import Runs, runs_of
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
_STEPS: Final = 8
"""Into how many steps the way of the draws is rounded: so coarse that the last bits of a machine cannot change it."""


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
        self._few: Runs | None = None
        self._fine: tuple[Runs, Array | None, int] | None = None
        """Also the mirror that turned the axes, and how many points it took."""

    def runs(self, width: float) -> tuple[Runs, Redraw]:
        """Draw as often as is enough for a normal of this width around it; also return how to draw the same again."""
        if self._spread is None or (self._few if self._smooth(width) else self._fine) is None:
            self._work_out(width)
        if self._few is not None and self._smooth(width):
            return self._few, partial(self._plainly, FEW)
        if self._fine is None:
            raise TypeError("nothing was drawn")
        # Not kept as it is: a core that knew how to draw itself would be a circle.
        runs, mirror, points = self._fine
        return runs, partial(self._draw, mirror, points)

    def _work_out(self, width: float) -> None:
        values = self._plainly(FEW)
        ranked = _ranked(values)
        low, _, high = _looked_at(ranked).mean(axis=0).tolist()
        self._spread = high - low if low < high else 0.0
        if self._smooth(width):
            self._few = runs_of(ranked)
        else:
            self._fine = self._finely(values, ranked, low, high)

    def _smooth(self, width: float) -> bool:
        return self._size <= PLAIN and width * SMOOTH >= (self._spread or 0.0)

    def _finely(self, values: Array, ranked: Array, low: float, high: float) -> tuple[Runs, Array | None, int]:
        """Turn the axes the way the draws run, and draw more until it is enough."""
        mirror, points = None, FEW
        if 1 < self._size <= TURNED and -math.inf < low < high < math.inf:
            mirror, points = _direction(np.clip(values, low, high), self._axes(FEW)), 2 * FEW
            ranked = _ranked(self._draw(mirror, points))
        while points < POINTS and (short := _missing(ranked, self._orders)) > 1:
            # The error falls with about the 3/4th power of the number of points.
            points = min(POINTS, points << max(1, math.ceil(math.log2(min(short, POINTS)) * 4 / 3)))
            ranked = _ranked(self._draw(mirror, points))
        return runs_of(ranked), mirror, points

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

    def values(self, points: int = POINTS) -> Array:
        """Draw so many points of each replicate, by default all."""
        return self._plainly(points)

    def rows(self, rows: npt.NDArray[np.int64]) -> Array:
        """Draw some of the points."""
        return self._drawn(lambda place: self._draws.scores(place)[rows], rows.size)

    def _axes(self, points: int) -> Iterator[Array]:
        return (self._draws.scores(place, points) for place in range(self._size))

    def _drawn(self, axis: Axis, size: int) -> Array:
        values = self._drawing.draw(axis, size)
        return log10(values) if self._logarithm else np.nan_to_num(values, nan=-np.inf, posinf=np.inf, neginf=-np.inf)


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


def _looked_at(ranked: Array) -> Array:
    """Return p5, median and p95 in each replicate."""
    size = ranked.shape[1]
    return ranked[:, (size // 20, size // 2, size - 1 - size // 20)]


def _missing(ranked: Array, orders: bool) -> float:
    """Return how many times too large the error is, going by how far the replicates lie apart."""
    looked_at = _looked_at(ranked)
    low, _, high = looked_at.mean(axis=0).tolist()
    error = float(replicate_error(looked_at).max())
    if error == 0:
        return 0.0
    allowed = min(ENOUGH, NARROW * (high - low)) if orders else PLENTY * (high - low)
    return error / allowed if error < math.inf and 0 < allowed < math.inf else math.inf


def replicate_error(shares: Array) -> Array:
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
