"""A result that is known by its draws, and one of several results."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Final

import numpy as np

from hypotheses.estimates.arithmetic import LN10, power10
from hypotheses.estimates.results import Method, Result
from hypotheses.estimates.sampling.drawn_normals import DrawnNormals
from hypotheses.estimates.sampling.normal import Array, normal_cdf
from hypotheses.estimates.sampling.sobol_points import POINTS, REPLICATES
from hypotheses.estimates.sampling.splitting import spread_of

SHOWN: Final = (5.0, 50.0, 95.0)


class SampledResult(Result):
    """A result known by a sum of normals, or ten to the power of it. It keeps no draws, but how to draw them."""

    method: Method = "sampled"

    def __init__(self, normals: DrawnNormals, power: bool, by_replicate: Callable[[Array], Array]) -> None:
        self.normals = normals
        self.power = power
        self.by_replicate = by_replicate
        """The probability below some values (of the sum) in each replicate."""

    @cached_property
    def shown(self) -> list[float]:
        """The sums at p5, median and p95."""
        return self.normals.quantiles([p / 100 for p in SHOWN])

    def _percentile(self, p: float) -> float:
        """Return the value that it is below with a probability of `p` percent."""
        sum_at = self.shown[SHOWN.index(p)] if p in SHOWN else self.normals.quantiles([p / 100])[0]
        return self._value(sum_at)

    def _value(self, sum_at: float) -> float:
        return stable(power10(sum_at) if self.power else sum_at)

    @np.errstate(all="ignore")
    def cdf(self, x: float) -> float:
        """Return the probability that it is at most `x`."""
        if self.power and x <= 0:
            return 0.0
        return float(self.normals.cdf(np.array([math.log10(x) if self.power else x]))[0])

    @np.errstate(all="ignore")
    def _mean(self) -> float:
        """Return the mean of all that can be computed with."""
        return stable(self.normals.mean_power if self.power else self.normals.mean)

    @np.errstate(all="ignore")
    def _error(self) -> float:
        """Return the half width of a 99% interval, the widest of p5, median and p95.

        The replicates tell how far the probability below each may be off, and the distribution how far the value
        then is.
        """
        goals = np.array(SHOWN) / 100
        off = spread_of(self.by_replicate(np.array(self.shown)))
        low, high = (self.normals.quantiles(np.clip(goals + side * off, 0.001, 0.999).tolist()) for side in (-1, 1))
        ends = ((self._value(below), self._value(above)) for below, above in zip(low, high))
        return stable(max(0.0 if below == above else (above - below) / 2 for below, above in ends))

    @np.errstate(all="ignore")
    def _density(self, points: Sequence[float]) -> list[float]:
        """Estimate the density at each point, no finer than with a normal kernel of Silverman's width."""
        low, _, high = self.shown
        if not 0 < high - low < math.inf:
            return [0.0] * len(points)
        finest = 0.9 * (high - low) / 3.29 * (REPLICATES * POINTS) ** -0.2
        normals = self.normals._replace(widths=np.maximum(self.normals.widths, finest))
        x = np.array(points)
        heights = (
            normals.density(np.log10(np.where(x > 0, x, np.nan))) / (x * LN10) if self.power else normals.density(x)
        )
        return [float(value) for value in np.nan_to_num(heights)]


def stable(value: float) -> float:
    """Round to ten significant digits: machines may differ in the last bits of a logarithm."""
    return float(f"{value:.10g}")


@np.errstate(all="ignore")
def shares_below(values: Array, widths: Array | float, x: Array) -> Array:
    """Return the share of draws with normals around them that lies below each `x`, one row for each replicate."""
    steps = x[:, None] - values
    below = normal_cdf(steps / widths) if np.any(widths) else steps >= 0
    return np.asarray(below.reshape(x.size, REPLICATES, -1).mean(axis=2).T)
