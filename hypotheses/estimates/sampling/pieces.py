"""A distribution in pieces: runs of neighbouring draws, with a normal around each draw.

A run is even between its ends, however far these lie apart, but for its rounded edges: none reaches far into the next
one, so that the tails keep to their place. A run that is narrower than the normal around it is a normal itself.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from hypotheses.arithmetic import LARGEST
from hypotheses.estimates.quantile_search import ROUNDS, Search
from hypotheses.estimates.sampling.normal import Array, normal_cdf
from hypotheses.estimates.sampling.runs import FINE, SHOWN, Runs

_LEAST: Final = (32, 256)
"""The fewest that stand for a part of a mixture: if there were few before, and else."""
_SHARP: Final = 1e-13
"""The width of a single value, as a part of its size."""
_EDGE: Final = 1e-9
"""The least width by which an edge is rounded, as a part of the run's length."""
_TAIL: Final = 0.1
"""The probability at either end in which runs are not put together: there the density changes most."""
_ROUNDED: Final = 0.45
"""The width by which the edge of a run is rounded, as a part of the shortest run there."""
_ALL: Final = 9.0
"""So many widths from its centre a normal has ended."""
_NEAR: Final = 1e-3
"""The last step of a search, as a part of the range of the middle 90%."""
_NINETY: Final = 3.29
"""How many standard deviations the middle 90% of a normal are wide."""
_EVEN: Final = math.sqrt(12)
"""How many standard deviations what is even between two ends is wide."""
LEAST_SIZE: Final = 1e-280
"""The size of a single value that is nothing."""
HAIR: Final = 4e-12
"""Within such a part of its value a single value is drawn: twice the reach of its normal."""
_AFAR: Final = 1e100
"""From so many widths away a normal is not seen, and the square of the number is still one."""
_ROOT: Final = math.sqrt(2 * math.pi)


class Layer(NamedTuple):
    """Runs as a part of a distribution: moved by a number, and with a normal around every draw."""

    share: float
    runs: Runs
    offset: float = 0.0
    width: float = 0.0


class Normals(NamedTuple):
    """Normals of equal weights as a part of a distribution."""

    share: float
    centers: Array
    widths: Array


class Pieces(NamedTuple):
    """Normals, and runs that are even between their ends but for a normal around each draw."""

    centers: Array
    widths: Array
    weights: Array
    lows: Array
    highs: Array
    edges: Array
    """How far the edges of the runs are rounded: the widths of the normals around their draws."""
    parts: Array
    """The weights of the runs."""
    below: float
    """The weight of what lies below every number. What is missing from a whole of 1 lies above every number."""
    bounds: tuple[float, float] = (-math.inf, math.inf)
    """The lowest and the highest draw, if no normal lies around any: no figure lies beyond them."""

    def cdf(self, x: Array) -> Array:
        """Return the probability that it is at most `x`."""
        return self.below + self._at(x)[0]

    def density(self, x: Array) -> Array:
        """Return the density at `x`."""
        return self._at(x)[1]

    def _at(self, x: Array) -> tuple[Array, Array, Array]:
        """Return the probability of the pieces below `x`, the density there and its derivative."""
        x = x[:, None]
        steps = np.clip((x - self.centers) / self.widths, -_AFAR, _AFAR)
        heights = np.exp(-0.5 * steps * steps) * (self.weights / (self.widths * _ROOT))
        below = np.einsum("ij,j->i", normal_cdf(steps), self.weights)
        density, slope = heights.sum(axis=1), -np.einsum("ij,j->i", heights * steps, 1 / self.widths)
        if self.lows.size:
            lengths = self.highs - self.lows
            thickness = self.parts / lengths
            evenly = np.clip((x - self.lows) / lengths, 0.0, 1.0)
            passed, bent, blurred = _corner((x - self.lows) / self.edges)
            left, straight, blurred_too = _corner((x - self.highs) / self.edges)
            below += np.einsum("ij,j->i", evenly, self.parts)
            below += np.einsum("ij,j->i", blurred - blurred_too, thickness * self.edges)
            density += np.einsum("ij,j->i", passed - left, thickness)
            slope += np.einsum("ij,j->i", bent - straight, thickness / self.edges)
        return below, density, slope

    def widened(self, finest: float) -> Pieces:
        """Return the pieces with normals that are no narrower than `finest`."""
        return self._replace(widths=np.maximum(self.widths, finest), edges=np.maximum(self.edges, finest))

    @np.errstate(all="ignore")
    def quantiles(self, probabilities: Sequence[float]) -> list[float]:
        """Return where each probability is reached."""
        above = self.below + float(self.weights.sum()) + float(self.parts.sum())
        asked = [p for p in probabilities if self.below < p < above]
        solved = iter(self._solved(np.array(asked)) if asked else ())
        values = [-math.inf if p <= self.below else next(solved) if p < above else math.inf for p in probabilities]
        least, greatest = self.bounds
        values = [value if abs(value) > LEAST_SIZE else 0.0 for value in values]
        return [min(max(value, least), greatest) if math.isfinite(value) else value for value in values]

    def _solved(self, goals: Array) -> list[float]:
        """Search for all at once."""
        low, high = self._ends()
        spread, starts = self._start(goals)
        asked = [Search(float(goal) - self.below, low, high, at) for goal, at in zip(goals, starts)]
        for _ in range(ROUNDS):
            x = np.array([one.x for one in asked])
            below, density, slope = (column.tolist() for column in self._at(x))
            places = zip(asked, below, density, slope, strict=True)
            done = [one.step(share, height, rise, spread, _NEAR) for one, share, height, rise in places]
            if all(done):
                break
        return [one.x for one in asked]

    def _ends(self) -> tuple[float, float]:
        reach, edges = _ALL * self.widths, _ALL * self.edges
        low = min((self.centers - reach).min(initial=LARGEST), (self.lows - edges).min(initial=LARGEST))
        high = max((self.centers + reach).max(initial=-LARGEST), (self.highs + edges).max(initial=-LARGEST))
        return max(float(low), -LARGEST), min(float(high), LARGEST)

    def _start(self, goals: Array) -> tuple[float, list[float]]:
        """Return the range of the middle 90%, and where to begin: the pieces there, drawn apart by the widths."""
        centers = np.concatenate((self.centers, self.lows / 2 + self.highs / 2))
        widths = np.concatenate((self.widths, self.edges))
        order = np.argsort(centers, kind="stable")
        reached = np.cumsum(np.concatenate((self.weights, self.parts))[order]) + self.below
        places = order[np.minimum(np.searchsorted(reached, (*SHOWN, *goals)), order.size - 1)]
        low, middle, high, *others = centers[places].tolist()
        spread, width = high / _NINETY - low / _NINETY, float(widths[places[1]])
        apart = math.hypot(spread, width) / spread if spread > 0 else 1.0
        # In this order nothing is beyond a float that has not come out so.
        starts = [at * apart + middle * (1 - apart) for at in others]
        return min(high - low + width, LARGEST), [min(max(at, -LARGEST), LARGEST) for at in starts]


def _corner(steps: Array) -> tuple[Array, Array, Array]:
    """Return the normal probability and density so many widths away, and what a normal adds to a corner rounded by it.

    The last is the integral of the probability less the corner itself: density - size * probability beyond.
    """
    steps = np.clip(steps, -_ALL, _ALL, out=steps)
    passed = normal_cdf(steps)
    density = np.exp(-0.5 * steps * steps) / _ROOT
    return passed, density, density - np.abs(steps) * np.minimum(passed, 1 - passed)


def pieces_of(layers: Sequence[Layer], normals: Sequence[Normals] = ()) -> Pieces:
    """Put layers and normals together; what is a small part of the whole needs fewer pieces."""
    narrow, even = [], []
    below = 0.0
    for share, whole, offset, width in layers:
        runs = _thinned(whole, share)
        below += share * runs.below
        lows, highs, weights = runs.lows + offset, runs.highs + offset, share * runs.weights
        lengths = highs - lows
        short = lengths <= max(width, LEAST_SIZE)
        long = ~short
        narrow.append((runs.means[short] + offset, np.hypot(width, lengths[short] / _EVEN), weights[short]))
        even.append((lows[long], highs[long], np.hypot(width, _blur(lengths)[long]), weights[long]))
    narrow += [(one.centers, one.widths, np.full(one.centers.size, one.share / one.centers.size)) for one in normals]
    centers, widths, weights = (np.concatenate(column) for column in zip(*narrow, strict=True))
    # A single value is so narrow, and so little below itself, that all of it is at most there.
    sharp = _SHARP * np.maximum(np.abs(centers), LEAST_SIZE)
    single = widths < sharp
    centers = np.where(single, centers - _ALL * sharp, centers)
    widths = np.where(single, sharp, widths)
    lows, highs, edges, parts = (np.concatenate([np.zeros(0), *column]) for column in list(zip(*even)) or [()] * 4)
    return Pieces(centers, widths, weights, lows, highs, edges, parts, below, _bounds(layers, normals))


def _blur(lengths: Array) -> Array:
    """Return how far the edges of runs are rounded: less than half of the shortest of a run and those beside it.

    So the steps of a sample, which are its noise, are evened out, and none reaches far into a run that is shorter.
    """
    shortest = lengths.copy()
    np.minimum(shortest[1:], lengths[:-1], out=shortest[1:])
    np.minimum(shortest[:-1], lengths[1:], out=shortest[:-1])
    return np.maximum(_ROUNDED * shortest, _EDGE * lengths)


def _bounds(layers: Sequence[Layer], normals: Sequence[Normals]) -> tuple[float, float]:
    if any(layer.width for layer in layers) or any(one.widths.any() for one in normals):
        return -math.inf, math.inf
    ends = [(layer.runs.lows[0], layer.runs.highs[-1], layer.offset) for layer in layers if layer.runs.lows.size]
    singles = [center for one in normals for center in one.centers.tolist()]
    lows, highs = [low + offset for low, _, offset in ends], [high + offset for _, high, offset in ends]
    return float(min(lows + singles, default=-math.inf)), float(max(highs + singles, default=math.inf))


def _thinned(runs: Runs, share: float) -> Runs:
    """Have one run stand for several neighbours, the more of them the less they count; in the tails all stay."""
    size = runs.lows.size
    count = int(min(1 / share, size // _LEAST[size >= FINE])) if share else size
    if count < 2:
        return runs
    first, last = np.searchsorted(np.cumsum(runs.weights), (_TAIL, 1 - _TAIL))
    starts = np.concatenate((np.arange(first), np.arange(first, last, count), np.arange(last, size)))
    weights = np.add.reduceat(runs.weights, starts)
    highs = runs.highs[np.append(starts[1:] - 1, size - 1)]
    means = np.add.reduceat(runs.weights * runs.means, starts) / weights
    return Runs(runs.lows[starts], highs, means, weights, runs.below)
