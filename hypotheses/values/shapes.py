"""The shapes that are not made of normals: between two ends, of counts, or given by samples."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import fmean
from typing import Final

from hypotheses.arithmetic import LN10, STANDARD, log_ratio, times_power10
from hypotheses.values.beta import beta_cdf, beta_quantile
from hypotheses.values.distributions import Distribution
from hypotheses.values.gamma import gamma_cdf, gamma_quantile
from hypotheses.values.quadrature import QuadratureNode

SURE_ENOUGH: Final = 1 - 1e-14
"""Beyond the counts of this probability there is nothing to be summed up."""
_SUMMABLE: Final = 1e300
"""The sum of numbers up to this fits a float."""


@dataclass(frozen=True, slots=True)
class Uniform(Distribution):
    """Every number from `low` to `high` alike, or every order of magnitude between them alike."""

    low: float
    high: float
    log: bool = False

    def quantile(self, p: float) -> float:
        """Return the value that far along the way."""
        if self.log:
            return min(times_power10(self.low, p * log_ratio(self.high, self.low) / LN10), self.high)
        return self.low + p * (self.high - self.low)

    def cdf(self, x: float) -> float:
        """Return how far along the way `x` is."""
        if not self.low < x < self.high:
            return float(x >= self.high)
        if self.log:
            return log_ratio(x, self.low) / log_ratio(self.high, self.low)
        return (x - self.low) / (self.high - self.low)

    @property
    def mean(self) -> float:
        """The middle, or (b - a) / ln(b / a)."""
        if self.log:
            return (self.high - self.low) / log_ratio(self.high, self.low)
        return self.low / 2 + self.high / 2

    @property
    def support(self) -> tuple[float, float]:
        """The two ends."""
        return self.low, self.high


@dataclass(frozen=True, slots=True)
class Triangular(Distribution):
    """Density rising in a line from `low` to `mode` and falling to `high`."""

    low: float
    mode: float
    high: float

    def quantile(self, p: float) -> float:
        """Return the inverse of the two parabolas of the distribution function."""
        width, below = self.high - self.low, self._below_mode
        if p < below:
            return self.low + width * math.sqrt(p * below)
        return self.high - width * math.sqrt((1 - p) * (1 - below))

    def cdf(self, x: float) -> float:
        """Return the area of the triangle left of `x`."""
        if not self.low < x < self.high:
            return float(x >= self.high)
        width, below = self.high - self.low, self._below_mode
        if x < self.mode:
            return below * ((x - self.low) / (self.mode - self.low)) ** 2
        return 1 - (self.high - x) / width * ((self.high - x) / (self.high - self.mode)) if x > self.mode else below

    @property
    def _below_mode(self) -> float:
        return (self.mode - self.low) / (self.high - self.low)

    @property
    def mean(self) -> float:
        """The mean of the three corners."""
        return self.low / 3 + self.mode / 3 + self.high / 3

    @property
    def support(self) -> tuple[float, float]:
        """The two ends."""
        return self.low, self.high


@dataclass(frozen=True, slots=True)
class Beta(Distribution):
    """A share between 0 and 1 with the two counts `alpha` and `beta`, both above zero."""

    alpha: float
    beta: float

    def quantile(self, p: float) -> float:
        """Return the inverse of the regularized incomplete beta function."""
        return beta_quantile(self.alpha, self.beta, p)

    def cdf(self, x: float) -> float:
        """Return the regularized incomplete beta function."""
        return beta_cdf(self.alpha, self.beta, x)

    @property
    def mean(self) -> float:
        """The share alpha / (alpha + beta)."""
        return self.alpha / (self.alpha + self.beta)

    @property
    def support(self) -> tuple[float, float]:
        """0 to 1."""
        return 0.0, 1.0


@dataclass(frozen=True, slots=True)
class Pert(Distribution):
    """The PERT distribution: a beta stretched over `low` to `high`, its mean (low + 4 mode + high) / 6."""

    low: float
    mode: float
    high: float

    @property
    def shape(self) -> Beta:
        """The beta before it is stretched."""
        width = self.high - self.low
        return Beta(1 + 4 * ((self.mode - self.low) / width), 1 + 4 * ((self.high - self.mode) / width))

    def quantile(self, p: float) -> float:
        """Return the stretched quantile of the beta."""
        return self.low + (self.high - self.low) * self.shape.quantile(p)

    def cdf(self, x: float) -> float:
        """Return the distribution function of the beta where `x` falls on it."""
        return self.shape.cdf((x - self.low) / (self.high - self.low))

    @property
    def mean(self) -> float:
        """(low + 4 mode + high) / 6."""
        return self.low / 6 + self.mode / 1.5 + self.high / 6

    @property
    def support(self) -> tuple[float, float]:
        """The two ends."""
        return self.low, self.high


@dataclass(frozen=True, slots=True)
class Gamma(Distribution):
    """A waiting time for `count` events that each take `scale` on average; both above zero, `count` any number."""

    count: float
    scale: float

    def quantile(self, p: float) -> float:
        """Return the inverse of the regularized incomplete gamma function, scaled."""
        return self.scale * gamma_quantile(self.count, p)

    def cdf(self, x: float) -> float:
        """Return the regularized incomplete gamma function."""
        return gamma_cdf(self.count, x / self.scale)

    @property
    def mean(self) -> float:
        """The count times the scale."""
        return self.count * self.scale

    @property
    def support(self) -> tuple[float, float]:
        """Everything above zero."""
        return 0.0, math.inf


@dataclass(frozen=True, slots=True)
class Poisson(Distribution):
    """How many events there are, if there are `rate` on average and none knows of another."""

    rate: float

    def quantile(self, p: float) -> float:
        """Return the lowest count that is reached with this probability, looked for from the normal's on."""
        count = max(0, round(self.rate + math.sqrt(self.rate) * STANDARD.inv_cdf(p)))
        while count > 0 and self.cdf(count - 1) >= p:
            count -= 1
        while self.cdf(count) < p and count < self.rate + 40 * math.sqrt(self.rate) + 60:
            count += 1
        return float(count)

    def cdf(self, x: float) -> float:
        """Return 1 - P(k + 1, rate), with k the whole number up to `x`."""
        if x < 0:
            return 0.0
        if x > self.rate + 60 * math.sqrt(self.rate) + 1_000:
            return 1.0
        return 1 - gamma_cdf(math.floor(x) + 1, self.rate)

    def below(self, x: float) -> float:
        """Return the probability of the counts below `x`."""
        return self.cdf(math.ceil(x) - 1) if math.isfinite(x) else self.cdf(x)

    def possible(self, x: float) -> bool:
        """Return whether `x` is a count."""
        return x >= 0 and float(x).is_integer()

    def nodes(self) -> Iterator[QuadratureNode]:
        """Yield each count that has a probability worth the name, with it."""
        highest = int(self.quantile(SURE_ENOUGH))
        for count in range(int(self.quantile(1 - SURE_ENOUGH)), highest + 1):
            yield QuadratureNode(float(count), self.cdf(count) - self.below(count), outer=False)

    @property
    def mean(self) -> float:
        """The rate."""
        return self.rate

    @property
    def support(self) -> tuple[float, float]:
        """From zero on."""
        return 0.0, math.inf

    @property
    def positive(self) -> bool:
        """Never: there can be none."""
        return False


@dataclass(frozen=True, slots=True)
class Samples(Distribution):
    """Equally likely draws, at least two, kept in ascending order.

    Between draws it is interpolated with the i-th of n draws at probability (i - 1/2) / n (Hazen 1914): the
    median is then the usual one and the mean exactly that of the draws.
    """

    values: tuple[float, ...]

    def quantile(self, p: float) -> float:
        """Interpolate between the two draws around `p`."""
        place = min(max(p * len(self.values) - 0.5, 0.0), len(self.values) - 1.0)
        below = min(int(place), len(self.values) - 2)
        low, high = self.values[below : below + 2]
        return low + (place - below) * (high - low)

    def cdf(self, x: float) -> float:
        """Invert the interpolation."""
        return self._up_to(x, bisect_right(self.values, x))

    def below(self, x: float) -> float:
        """Invert the interpolation; draws that are equal to `x` are not below it."""
        return self._up_to(x, bisect_left(self.values, x))

    def _up_to(self, x: float, above: int) -> float:
        if above in (0, len(self.values)):
            return float(above > 0)
        low, high = self.values[above - 1 : above + 1]
        return (above - 0.5 + (x - low) / (high - low)) / len(self.values)

    @property
    def mean(self) -> float:
        """The mean of the draws."""
        if self.values[0] > -_SUMMABLE and self.values[-1] < _SUMMABLE:
            return fmean(self.values)
        return math.fsum(value / len(self.values) for value in self.values)

    @property
    def support(self) -> tuple[float, float]:
        """The lowest and the highest draw."""
        return self.values[0], self.values[-1]

    @property
    def positive(self) -> bool:
        """Whether all draws are above zero."""
        return self.values[0] > 0
