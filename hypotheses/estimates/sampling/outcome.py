"""A result that is known by its draws, and one of several results."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Final

import numpy as np

from hypotheses.estimates.distributions import LN10, power10
from hypotheses.estimates.forms import Form
from hypotheses.estimates.outcomes import Method, Outcome
from hypotheses.estimates.sampling.bells import Bells, bells_of
from hypotheses.estimates.sampling.normal import Array, normal_cdf
from hypotheses.estimates.sampling.plan import Plan, Sample
from hypotheses.estimates.sampling.points import FEW, POINTS, REPLICATES, SOME, Draws

STUDENT: Final = 3.4995
"""The 99.5th percentile of Student's t with 7 degrees of freedom: the factor of a 99% interval from 8 replicates."""
SHOWN: Final = (5.0, 50.0, 95.0)
FINE_ENOUGH: Final = (0.001, 0.004)
"""The error that needs no more draws: as a part of the range of the middle 90%, or in orders of magnitude."""


class SampledOutcome(Outcome):
    """An outcome known by a sum of normals, or ten to the power of it. It keeps no draws, but how to draw them."""

    method: Method = "sampled"

    def __init__(self, bells: Bells, power: bool, mean: float, by_replicate: Callable[[Array], Array]) -> None:
        self.bells = bells
        self.power = power
        self._mean = stable(mean)
        self.by_replicate = by_replicate
        """The probability below some values (of the sum) in each replicate."""
        self._figures: dict[float, float] = {}

    def percentile(self, p: float) -> float:
        """Return the value that it is below with a probability of `p` percent."""
        if p not in self._figures:
            asked = SHOWN if p in SHOWN else (p,)
            found = zip(asked, self.bells.quantiles([one / 100 for one in asked]))
            self._figures.update({one: self._shown(value) for one, value in found})
        return self._figures[p]

    def _shown(self, value: float) -> float:
        return stable(power10(value) if self.power else value)

    @np.errstate(all="ignore")
    def cdf(self, x: float) -> float:
        """Return the probability that it is at most `x`."""
        if self.power and x <= 0:
            return 0.0
        return float(self.bells.cdf(np.array([math.log10(x) if self.power else x]))[0])

    @property
    def mean(self) -> float:
        """The mean of the draws."""
        return self._mean

    @cached_property
    @np.errstate(all="ignore")
    def error(self) -> float | None:
        """The half width of a 99% interval, the widest of p5, median and p95.

        The replicates tell how far the probability below each may be off, and the distribution how far the value
        then is.
        """
        goals = np.array(SHOWN) / 100
        off = spread_of(self.by_replicate(np.array(self.bells.quantiles(goals.tolist()))))
        low, high = (self.bells.quantiles(np.clip(goals + side * off, 0.001, 0.999).tolist()) for side in (-1, 1))
        ends = ((self._shown(below), self._shown(above)) for below, above in zip(low, high))
        return stable(max(0.0 if below == above else (above - below) / 2 for below, above in ends))

    @np.errstate(all="ignore")
    def density(self, points: Sequence[float]) -> list[float]:
        """Estimate the density at each point, no finer than with a normal kernel of Silverman's width."""
        low, high = self.bells.quantiles((0.05, 0.95))
        if not 0 < high - low < math.inf:
            return [0.0] * len(points)
        finest = 0.9 * (high - low) / 3.29 * (REPLICATES * POINTS) ** -0.2
        bells = self.bells._replace(widths=np.maximum(self.bells.widths, finest))
        x = np.array(points)
        found = bells.density(np.log10(np.where(x > 0, x, np.nan))) / (x * LN10) if self.power else bells.density(x)
        return [float(value) for value in np.nan_to_num(found)]


def stable(value: float) -> float:
    """Round to ten significant digits: machines may differ in the last bits of a logarithm."""
    return float(f"{value:.10g}")


@np.errstate(all="ignore")
def sampled_outcome(form: Form, draws: Draws) -> SampledOutcome:
    """Return the outcome of any form by sampling: as often as is enough."""
    plan = Plan(form, draws)
    for points in (FEW, SOME, POINTS):
        found = plan.draw(points)
        if points == FEW and not plan.enough(found):
            continue
        bells = bells_of(found)
        if points != SOME or _settled(found, bells):
            break
    return SampledOutcome(bells, found.power, mean_of(found), lambda x: shares_below(*plan.draw(points)[:2], x))


def _settled(found: Sample, bells: Bells) -> bool:
    """Return whether more draws would not show."""
    low, middle, high = bells.quantiles([p / 100 for p in SHOWN])
    x = np.array((low, middle, high))
    off = spread_of(shares_below(found.values, found.width, x)) / bells.density(x)
    worst, spread = float(off.max()), high - low
    return worst <= FINE_ENOUGH[0] * spread or (worst <= FINE_ENOUGH[1] and spread >= 10 * FINE_ENOUGH[1])


def spread_of(shares: Array) -> Array:
    """Return half the width of a 99% interval around a mean of replicates."""
    return np.asarray(np.std(shares, axis=0, ddof=1)) * (STUDENT / math.sqrt(REPLICATES))


def mean_of(found: Sample) -> float:
    """Return the mean of all that can be computed with."""
    values = found.values[np.isfinite(found.values)]
    if found.power:
        # The mean of 10 ** (x + s z) over z is 10 ** (x + ln(10) s**2 / 2).
        values = np.exp((values + LN10 * found.width**2 / 2) * LN10)
        values = values[np.isfinite(values)]
    return float(values.mean()) if values.size else math.nan


@np.errstate(all="ignore")
def shares_below(values: Array, widths: Array | float, x: Array) -> Array:
    """Return the share of draws with normals around them that lies below each `x`, one row for each replicate."""
    steps = x[:, None] - values
    below = normal_cdf(steps / widths) if np.any(widths) else steps >= 0
    return np.asarray(below.reshape(x.size, REPLICATES, -1).mean(axis=2).T)
