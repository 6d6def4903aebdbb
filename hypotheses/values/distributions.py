"""What an uncertain number is, and the shapes made of normals; `shapes` has the others.

Every shape is a monotone function of a standard normal score, `quantile(Phi(z))`. That is what lets the
exact path add lognormals as normals and the sampled path correlate any two shapes by a Gaussian copula.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from hypotheses.arithmetic import LN10, STANDARD, log_ratio, normal_cdf, power10, probability, times_power10
from hypotheses.values.quadrature import INNER, QuadratureNode, score_grid

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
        return self.quantile(probability(z))

    def below(self, x: float) -> float:
        """Return the probability that the number is less than `x`: without what lies right there."""
        return self.cdf(x)

    def possible(self, x: float) -> bool:
        """Return whether the number can be `x`."""
        low, high = self.support
        return low <= x <= high and (x != 0 or not self.positive)

    def nodes(self) -> Iterator[QuadratureNode]:
        """Yield values whose weighted sum is a mean over the number: a quadrature over its score."""
        for z, weight in score_grid():
            yield QuadratureNode(self.score(z), weight, abs(z) > INNER)

    @property
    def positive(self) -> bool:
        """Whether it is always above zero; the lowest end of a density has no probability itself."""
        return self.support[0] >= 0

    @property
    def rarest(self) -> float:
        """The probability of the least likely of its parts; 1 if it has none."""
        return 1.0

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

    def below(self, x: float) -> float:
        """Return 0 up to the value and 1 beyond it."""
        return float(x > self.value)

    def nodes(self) -> Iterator[QuadratureNode]:
        """Yield the value."""
        yield QuadratureNode(self.value, 1.0, outer=False)

    @property
    def mean(self) -> float:
        """The value."""
        return self.value

    @property
    def support(self) -> tuple[float, float]:
        """The value, twice."""
        return self.value, self.value

    @property
    def positive(self) -> bool:
        """Whether the value is above zero."""
        return self.value > 0


@dataclass(frozen=True, slots=True)
class Normal(Distribution):
    """A normal whose middle `interval` reaches from `low` to `high`."""

    low: float
    high: float
    interval: float = INTERVAL

    @property
    def normal(self) -> tuple[float, float]:
        """Mean and standard deviation."""
        return self.low / 2 + self.high / 2, (self.high - self.low) / (2 * half_width(self.interval))

    def quantile(self, p: float) -> float:
        """Return mean + sd z(p)."""
        return self.score(STANDARD.inv_cdf(p))

    def score(self, z: float) -> float:
        """Return mean + sd z."""
        mean, deviation = self.normal
        return mean + deviation * z

    def cdf(self, x: float) -> float:
        """Return Phi((x - mean) / sd)."""
        return normal_cdf(x, *self.normal)

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
        return normal_cdf(math.log10(x), *self.log_normal) if x > 0 else 0.0

    @property
    def mean(self) -> float:
        """exp(m + s²/2) with m and s those of the natural logarithm; infinite when it cannot be written."""
        mean, deviation = self.log_normal
        return power10(mean + LN10 * deviation * deviation / 2)

    @property
    def support(self) -> tuple[float, float]:
        """Everything above zero."""
        return 0.0, math.inf


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
            return times_power10(self.mid, share * log_ratio(end, self.mid) / LN10)
        return self.mid + share * (end - self.mid)

    def cdf(self, x: float) -> float:
        """Invert the score on the half where `x` lies."""
        if x == self.mid:
            return 1.0 if self.high == self.mid else 0.5
        if self.log and x <= 0:
            return 0.0
        end, side = (self.high, 1) if x > self.mid else (self.low, -1)
        if end == self.mid:
            return 1.0 if side > 0 else 0.0
        steps = log_ratio(x, self.mid) / log_ratio(end, self.mid) if self.log else (x - self.mid) / (end - self.mid)
        return STANDARD.cdf(side * steps * half_width(self.interval))

    def below(self, x: float) -> float:
        """Return the probability below `x`; a half that has no width lies at the median."""
        if x == self.mid:
            return 0.0 if self.low == self.mid else 0.5
        return self.cdf(x)

    @property
    def deviations(self) -> tuple[float, float]:
        """The standard deviations below and above the median: of log10 if the halves are lognormal."""
        width = half_width(self.interval)
        if self.log:
            return log_ratio(self.mid, self.low) / LN10 / width, log_ratio(self.high, self.mid) / LN10 / width
        return (self.mid - self.low) / width, (self.high - self.mid) / width

    @property
    def mean(self) -> float:
        """The two half means: E[exp(sZ); Z > 0] = exp(s²/2) Phi(s), and E[Z; Z > 0] = 1 / sqrt(2 pi)."""
        below, above = self.deviations
        if not self.log:
            return self.mid + (above - below) / math.sqrt(2 * math.pi)
        low, high = below * LN10, above * LN10
        return self.mid * _half_mean(low) + times_power10(self.mid * STANDARD.cdf(high), high * above / 2)

    @property
    def support(self) -> tuple[float, float]:
        """Everything above zero if the halves are lognormal, else all numbers."""
        return (0.0 if self.log else -math.inf), math.inf


def _half_mean(s: float) -> float:
    """Return exp(s²/2) Phi(-s), from where its factors are out of hand by its asymptotic series (DLMF 7.12.1)."""
    if s < _FAR:
        return math.exp(s * s / 2) * math.erfc(s / math.sqrt(2)) / 2
    inverse = 1 / (s * s)
    return (1 - inverse * (1 - 3 * inverse * (1 - 5 * inverse * (1 - 7 * inverse)))) / (s * math.sqrt(2 * math.pi))


_FAR: Final = 30.0
