"""A result that is known by its draws, and one of several results."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np

from hypotheses.arithmetic import FAULTS, LN10, power10
from hypotheses.estimates.expectation import NO_NUMBER, RARE, Mean
from hypotheses.estimates.results import Method, Result, or_none_such
from hypotheses.estimates.sampling.normal import Array, normal_cdf
from hypotheses.estimates.sampling.pieces import HAIR, LEAST_SIZE, Layer, Normals, Pieces, pieces_of
from hypotheses.estimates.sampling.runs import ENDLESS, SHOWN
from hypotheses.estimates.sampling.sobol_points import POINTS, REPLICATES
from hypotheses.estimates.sampling.splitting import replicate_error

CONVERGED: Final = 0.05
"""The error of a mean that is shown, as a part of the mean size of what it is of."""


class Drawn(NamedTuple):
    """What is known of a result, or of its logarithm, by its draws."""

    layers: tuple[Layer, ...]
    normals: tuple[Normals, ...]
    by_replicate: Callable[[Array], Array]
    """The probability below some values in each replicate, one row for each."""
    grain: Callable[[Array], Array | float]
    """By how much the probability below some values is uncertain besides: there are only so many draws, or steps."""


class SampledResult(Result):
    """A result known by pieces, or ten to the power of it. It keeps no draws, but how to draw them."""

    method: Method = "sampled"

    def __init__(self, drawn: Drawn, power: bool, mean: Callable[[], Mean]) -> None:
        self.drawn = drawn
        self.power = power
        self._work_out_mean = mean

    @cached_property
    def _pieces(self) -> Pieces:
        return pieces_of(self.drawn.layers, self.drawn.normals)

    @cached_property
    def shown(self) -> list[float]:
        """The sums at p5, median and p95."""
        return self._pieces.quantiles(SHOWN)

    def _percentile(self, p: float) -> float:
        """Return the value that it is below with a probability of `p` percent."""
        share = p / 100
        sum_at = self.shown[SHOWN.index(share)] if share in SHOWN else self._pieces.quantiles([share])[0]
        return self._value(sum_at)

    def percentiles(self, percents: Sequence[float]) -> list[float]:
        """Return several percentiles; of many, a search for each alone takes some twenty times as long."""
        try:
            sums = self._pieces.quantiles([p / 100 for p in percents])
        except FAULTS:
            return [math.nan] * len(percents)
        return [or_none_such(self._value, sum_at) for sum_at in sums]

    def _value(self, sum_at: float) -> float:
        return stable(power10(sum_at) if self.power else sum_at)

    @np.errstate(all="ignore")
    def cdf(self, x: float) -> float:
        """Return the probability that it is at most `x`."""
        if self.power and x <= 0:
            return 0.0
        return float(self._pieces.cdf(np.array([math.log10(x) if self.power else x]))[0])

    @np.errstate(all="ignore")
    def below(self, x: float) -> float:
        """Return the probability that it is less than `x`, without a mass right there, which lies a hair below it."""
        if self.power and x <= 0:
            return 0.0
        at = math.log10(x) if self.power else x
        return float(self._pieces.cdf(np.array([at - HAIR * max(abs(at), LEAST_SIZE)]))[0])

    def _mean(self) -> Mean:
        """Return the mean, as far as it is known."""
        value, error, reason = self._work_out_mean()
        return Mean(stable(value), None if error is None else stable(error), reason)

    @cached_property
    def errors(self) -> tuple[float, float, float]:
        """The half widths of 99% intervals around p5, median and p95; no numbers where they have no result."""
        try:
            return self._errors()
        except FAULTS:
            return math.nan, math.nan, math.nan

    @cached_property
    def error(self) -> float:
        """The widest of the errors."""
        return max(self.errors)

    @np.errstate(all="ignore")
    def _errors(self) -> tuple[float, float, float]:
        """Return the half widths of 99% intervals, the longer side where they are lopsided.

        The replicates tell how far the probability below each may be off, and the distribution how far the value
        then is.
        """
        goals = np.array(SHOWN)
        x = np.array(self.shown)
        off = replicate_error(self.drawn.by_replicate(x)) + self.drawn.grain(x)
        around = np.clip(np.concatenate((goals - off, goals + off)), 0.001, 0.999)
        ends = [self._value(sum_at) for sum_at in self._pieces.quantiles(around.tolist())]
        shown = [self._value(sum_at) for sum_at in self.shown]
        first, second, third = (
            stable(max(here - low, high - here, 0.0)) if low != high else 0.0
            for low, here, high in zip(ends[:3], shown, ends[3:], strict=True)
        )
        return first, second, third

    @np.errstate(all="ignore")
    def _density(self, points: Sequence[float]) -> list[float]:
        """Estimate the density at each point, no finer than with a normal kernel of Silverman's width."""
        low, _, high = self.shown
        if not 0 < high - low < math.inf:
            return [0.0] * len(points)
        pieces = self._pieces.widened(0.9 * (high - low) / 3.29 * (REPLICATES * POINTS) ** -0.2)
        x = np.array(points)
        heights = pieces.density(np.log10(np.where(x > 0, x, np.nan))) / (x * LN10) if self.power else pieces.density(x)
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


def drawn_mean(values: Array) -> Mean:
    """Return the mean of draws, by replicate; it is not known where a few of them make too much of it."""
    if not np.abs(values).max(initial=0.0) < ENDLESS:
        return Mean.unknown(RARE if np.isposinf(values.max()) else NO_NUMBER)
    rows = values.reshape(REPLICATES, -1)
    size = float(np.abs(values).mean())
    # What one draw of each replicate adds, if it is the largest, is what another 8 replicates could miss or find.
    rim = float(np.abs(rows).max(axis=1).sum()) / values.size
    error = float(replicate_error(rows.mean(axis=1))) + rim
    if error > CONVERGED * size:
        return Mean.unknown(RARE)
    return Mean(float(rows.mean(axis=1).mean()), error)
