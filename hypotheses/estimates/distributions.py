"""The shapes an uncertain number can have: each with its quantiles, its mean and where it can lie.

Every shape is a monotone function of a standard normal score, `quantile(Phi(z))`. That is what lets the
exact path add lognormals as normals and the sampled path correlate any two shapes by a Gaussian copula.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from statistics import NormalDist, fmean
from typing import Final

from hypotheses.estimates.beta import beta_cdf, beta_quantile

STANDARD: Final = NormalDist()
LN10: Final = math.log(10)
INTERVAL: Final = 0.9
"""The width of an interval unless another is named: from the 5th to the 95th percentile."""


@lru_cache(maxsize=64)
def half_width(interval: float) -> float:
    """Return how many standard deviations the middle `interval` of a normal reaches to either side."""
    return STANDARD.inv_cdf(0.5 + interval / 2)


class Distribution(ABC):
    """An uncertain number."""

    __slots__ = ()

    @abstractmethod
    def quantile(self, p: float) -> float:
        """Return the value that the number is below with probability `p`, 0 < p < 1."""

    @abstractmethod
    def cdf(self, x: float) -> float:
        """Return the probability that the number is at most `x`."""

    @property
    @abstractmethod
    def mean(self) -> float:
        """Its expectation."""

    @property
    @abstractmethod
    def support(self) -> tuple[float, float]:
        """The lowest and the highest value it can take or come near."""

    def score(self, z: float) -> float:
        """Return the value at the standard normal score `z`."""
        return self.quantile(STANDARD.cdf(z))

    def expect(self, function: Callable[[float], float]) -> float:
        """Return the mean of a function of the number, by quadrature over its score."""
        return math.fsum(weight * function(self.score(z)) for z, weight in _score_grid())

    @property
    def positive(self) -> bool:
        """Whether it is always above zero."""
        return self.support[0] > 0

    @property
    def normal(self) -> tuple[float, float] | None:
        """Mean and standard deviation if it is normal."""
        return None

    @property
    def log_normal(self) -> tuple[float, float] | None:
        """Mean and standard deviation of its log10 if that is normal."""
        return None


@dataclass(frozen=True, slots=True)
class Point(Distribution):
    """A number that is known."""

    value: float

    def quantile(self, p: float) -> float:
        """Return the value."""
        return self.value

    def cdf(self, x: float) -> float:
        """Return 0 below the value and 1 from it on."""
        return float(x >= self.value)

    @property
    def mean(self) -> float:
        """The value."""
        return self.value

    @property
    def support(self) -> tuple[float, float]:
        """The value, twice."""
        return self.value, self.value


@dataclass(frozen=True, slots=True)
class Normal(Distribution):
    """A normal whose middle `interval` reaches from `low` to `high`."""

    low: float
    high: float
    interval: float = INTERVAL

    @property
    def normal(self) -> tuple[float, float]:
        """Mean and standard deviation."""
        return (self.low + self.high) / 2, (self.high - self.low) / (2 * half_width(self.interval))

    def quantile(self, p: float) -> float:
        """Return mean + sd z(p)."""
        return self.score(STANDARD.inv_cdf(p))

    def score(self, z: float) -> float:
        """Return mean + sd z."""
        mean, deviation = self.normal
        return mean + deviation * z

    def cdf(self, x: float) -> float:
        """Return Phi((x - mean) / sd)."""
        mean, deviation = self.normal
        return STANDARD.cdf((x - mean) / deviation)

    @property
    def mean(self) -> float:
        """The middle of the interval."""
        return self.normal[0]

    @property
    def support(self) -> tuple[float, float]:
        """All numbers."""
        return -math.inf, math.inf


@dataclass(frozen=True, slots=True)
class Lognormal(Distribution):
    """A number whose log10 is normal; its middle `interval` reaches from `low` to `high`, both above zero."""

    low: float
    high: float
    interval: float = INTERVAL

    @property
    def log_normal(self) -> tuple[float, float]:
        """Mean and standard deviation of log10."""
        low, high = math.log10(self.low), math.log10(self.high)
        return (low + high) / 2, (high - low) / (2 * half_width(self.interval))

    def quantile(self, p: float) -> float:
        """Return 10 ** (mean + sd z(p))."""
        return self.score(STANDARD.inv_cdf(p))

    def score(self, z: float) -> float:
        """Return 10 ** (mean + sd z)."""
        mean, deviation = self.log_normal
        return power10(mean + deviation * z)

    def cdf(self, x: float) -> float:
        """Return Phi((log10 x - mean) / sd)."""
        mean, deviation = self.log_normal
        return STANDARD.cdf((math.log10(x) - mean) / deviation) if x > 0 else 0.0

    @property
    def mean(self) -> float:
        """exp(m + s²/2) with m and s those of the natural logarithm; infinite when it cannot be written."""
        mean, deviation = self.log_normal
        return power10(mean + LN10 * deviation**2 / 2)

    @property
    def support(self) -> tuple[float, float]:
        """Everything above zero."""
        return 0.0, math.inf

    @property
    def positive(self) -> bool:
        """Always."""
        return True


@dataclass(frozen=True, slots=True)
class TwoPiece(Distribution):
    """Two half (log)normals that meet in the median: the middle `interval` is `low` to `high`, the median `mid`."""

    low: float
    mid: float
    high: float
    interval: float = INTERVAL
    log: bool = True
    """Whether the halves are lognormal; then all three are above zero."""

    def quantile(self, p: float) -> float:
        """Return the value on the half that `p` falls in."""
        return self.score(STANDARD.inv_cdf(p))

    def score(self, z: float) -> float:
        """Return the value at a normal score: from the median towards the end on that side."""
        if z == 0:
            return self.mid
        end, share = (self.high if z > 0 else self.low), abs(z) / half_width(self.interval)
        if self.log:
            return self.mid * power10(share * math.log10(end / self.mid))
        return self.mid + share * (end - self.mid)

    def cdf(self, x: float) -> float:
        """Invert the score on the half where `x` lies."""
        if x == self.mid:
            return 0.5
        if self.log and x <= 0:
            return 0.0
        end, side = (self.high, 1) if x > self.mid else (self.low, -1)
        if end == self.mid:
            return 1.0 if side > 0 else 0.0
        steps = math.log(x / self.mid) / math.log(end / self.mid) if self.log else (x - self.mid) / (end - self.mid)
        return STANDARD.cdf(side * steps * half_width(self.interval))

    @property
    def deviations(self) -> tuple[float, float]:
        """The standard deviations below and above the median: of log10 if the halves are lognormal."""
        width = half_width(self.interval)
        if self.log:
            return math.log10(self.mid / self.low) / width, math.log10(self.high / self.mid) / width
        return (self.mid - self.low) / width, (self.high - self.mid) / width

    @property
    def mean(self) -> float:
        """The two half means: E[exp(sZ); Z > 0] = exp(s²/2) Phi(s), and E[Z; Z > 0] = 1 / sqrt(2 pi)."""
        below, above = self.deviations
        if not self.log:
            return self.mid + (above - below) / math.sqrt(2 * math.pi)
        low, high = below * LN10, above * LN10
        halves = power10(low * below / 2) * STANDARD.cdf(-low) + power10(high * above / 2) * STANDARD.cdf(high)
        return self.mid * halves

    @property
    def support(self) -> tuple[float, float]:
        """Everything above zero if the halves are lognormal, else all numbers."""
        return (0.0 if self.log else -math.inf), math.inf

    @property
    def positive(self) -> bool:
        """If the halves are lognormal."""
        return self.log


@dataclass(frozen=True, slots=True)
class Uniform(Distribution):
    """Every number from `low` to `high` alike, or every order of magnitude between them alike."""

    low: float
    high: float
    log: bool = False

    def quantile(self, p: float) -> float:
        """Return the value that far along the way."""
        if self.log:
            return self.low * math.exp(p * math.log(self.high / self.low))
        return self.low + p * (self.high - self.low)

    def cdf(self, x: float) -> float:
        """Return how far along the way `x` is."""
        if not self.low < x < self.high:
            return float(x >= self.high)
        if self.log:
            return math.log(x / self.low) / math.log(self.high / self.low)
        return (x - self.low) / (self.high - self.low)

    @property
    def mean(self) -> float:
        """The middle, or (b - a) / ln(b / a)."""
        if self.log:
            return (self.high - self.low) / math.log(self.high / self.low)
        return (self.low + self.high) / 2

    @property
    def support(self) -> tuple[float, float]:
        """The two ends."""
        return self.low, self.high

    @property
    def positive(self) -> bool:
        """If it starts at or above zero: the end itself has no probability."""
        return self.low >= 0


@dataclass(frozen=True, slots=True)
class Triangular(Distribution):
    """Density rising in a line from `low` to `mode` and falling to `high`."""

    low: float
    mode: float
    high: float

    def quantile(self, p: float) -> float:
        """Return the inverse of the two parabolas of the distribution function."""
        width = self.high - self.low
        if p * width < self.mode - self.low:
            return self.low + math.sqrt(p * width * (self.mode - self.low))
        return self.high - math.sqrt((1 - p) * width * (self.high - self.mode))

    def cdf(self, x: float) -> float:
        """Return the area of the triangle left of `x`."""
        if not self.low < x < self.high:
            return float(x >= self.high)
        width = self.high - self.low
        if x < self.mode:
            return (x - self.low) ** 2 / (width * (self.mode - self.low))
        return 1 - (self.high - x) ** 2 / (width * (self.high - self.mode)) if x > self.mode else self._below_mode

    @property
    def _below_mode(self) -> float:
        return (self.mode - self.low) / (self.high - self.low)

    @property
    def mean(self) -> float:
        """The mean of the three corners."""
        return (self.low + self.mode + self.high) / 3

    @property
    def support(self) -> tuple[float, float]:
        """The two ends."""
        return self.low, self.high

    @property
    def positive(self) -> bool:
        """If it starts at or above zero: the end itself has no probability."""
        return self.low >= 0


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

    @property
    def positive(self) -> bool:
        """Always: zero has no probability."""
        return True


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
        return Beta(1 + 4 * (self.mode - self.low) / width, 1 + 4 * (self.high - self.mode) / width)

    def quantile(self, p: float) -> float:
        """Return the stretched quantile of the beta."""
        return self.low + (self.high - self.low) * self.shape.quantile(p)

    def cdf(self, x: float) -> float:
        """Return the distribution function of the beta where `x` falls on it."""
        return self.shape.cdf((x - self.low) / (self.high - self.low))

    @property
    def mean(self) -> float:
        """(low + 4 mode + high) / 6."""
        return (self.low + 4 * self.mode + self.high) / 6

    @property
    def support(self) -> tuple[float, float]:
        """The two ends."""
        return self.low, self.high

    @property
    def positive(self) -> bool:
        """If it starts at or above zero: the end itself has no probability."""
        return self.low >= 0


@dataclass(frozen=True, slots=True)
class Mixture(Distribution):
    """One of several distributions, each with a weight above zero; only the proportions of the weights count."""

    weights: tuple[float, ...]
    parts: tuple[Distribution, ...]

    @property
    def shares(self) -> tuple[float, ...]:
        """The weights, scaled to sum to 1."""
        total = math.fsum(self.weights)
        return tuple(weight / total for weight in self.weights)

    def quantile(self, p: float) -> float:
        """Bisect the distribution function between the lowest and highest quantile of the parts."""
        ends = [part.quantile(p) for part in self.parts]
        return bisect_increasing(self.cdf, p, min(ends), max(ends))

    def cdf(self, x: float) -> float:
        """Return the weighted mean of the parts' distribution functions."""
        return math.fsum(share * part.cdf(x) for share, part in zip(self.shares, self.parts, strict=True))

    def expect(self, function: Callable[[float], float]) -> float:
        """Return the weighted mean of what the parts give."""
        parts = zip(self.shares, self.parts, strict=True)
        return math.fsum(share * part.expect(function) for share, part in parts)

    @property
    def mean(self) -> float:
        """The weighted mean of the parts' means."""
        return math.fsum(share * part.mean for share, part in zip(self.shares, self.parts, strict=True))

    @property
    def support(self) -> tuple[float, float]:
        """From the lowest end of the parts to the highest."""
        return min(part.support[0] for part in self.parts), max(part.support[1] for part in self.parts)

    @property
    def positive(self) -> bool:
        """If all its parts are."""
        return all(part.positive for part in self.parts)


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
        above = bisect_right(self.values, x)
        if above in (0, len(self.values)):
            return float(above > 0)
        low, high = self.values[above - 1 : above + 1]
        return (above - 0.5 + (x - low) / (high - low)) / len(self.values)

    @property
    def mean(self) -> float:
        """The mean of the draws."""
        return fmean(self.values)

    @property
    def support(self) -> tuple[float, float]:
        """The lowest and the highest draw."""
        return self.values[0], self.values[-1]


def power10(exponent: float) -> float:
    """Return 10 ** exponent, infinite where a float cannot hold it."""
    try:
        return math.pow(10.0, exponent)
    except OverflowError:
        return math.inf


def bisect_increasing(function: Callable[[float], float], target: float, low: float, high: float) -> float:
    """Return where an increasing function reaches `target` between `low` and `high`, to the last digits.

    Every other step is a secant, which is fast where the function is smooth; halving keeps it safe where it jumps.
    """
    below, above = function(low) - target, function(high) - target
    if below >= 0:
        return low
    for step in range(400):
        share = below / (below - above) if step % 2 and above > 0 else 0.5
        middle = low + (high - low) * min(max(share, 1e-3), 1 - 1e-3)
        if not low < middle < high or high - low <= 1e-15 * max(abs(low), abs(high)):
            break
        excess = function(middle) - target
        if excess < 0:
            low, below = middle, excess
        else:
            high, above = middle, excess
    return high


_NODES: Final = (-math.sqrt(3 / 5), 0.0, math.sqrt(3 / 5))
_WEIGHTS: Final = (5 / 9, 8 / 9, 5 / 9)


@lru_cache(maxsize=1)
def _score_grid() -> tuple[tuple[float, float], ...]:
    """Return normal scores and weights: three-point Gauss-Legendre on 512 panels of -8..8, times the density."""
    step = 16 / 512
    middles = accumulate([step] * 511, initial=-8 + step / 2)
    grid = [(middle + node * step / 2, weight) for middle in middles for node, weight in zip(_NODES, _WEIGHTS)]
    density = STANDARD.pdf
    return tuple((z, weight * step / 2 * density(z)) for z, weight in grid)
