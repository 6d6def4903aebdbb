"""What a gap comes out as: a distribution in the unit it is shown in, exact or sampled."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from functools import cached_property
from math import erfc, exp
from typing import Final, Literal

from hypotheses.arithmetic import BEYOND, FAULTS, LN10, STANDARD, bisect_increasing, normal_cdf, power10
from hypotheses.estimates.expectation import Mean, mixed_mean
from hypotheses.estimates.quantile_search import ROUNDS, Search

Method = Literal["exact", "sampled"]

_NEAR: Final = 1e-4
_ORDINARY: Final = 1e100
_Z95: Final = STANDARD.inv_cdf(0.95)
_ROOT2: Final = math.sqrt(2)
_ROOT_TAU: Final = math.sqrt(2 * math.pi)


class Result(ABC):
    """An uncertain result. Its figures are worked out when asked for; not a number is one that has no result."""

    method: Method = "exact"
    _density_known: tuple[tuple[float, ...], list[float]] | None = None
    """The points whose density was asked for last, and that: a plot that is drawn again asks the same."""

    @property
    def errors(self) -> tuple[float, float, float] | None:
        """The half widths of 99% intervals around the sampled p5, median and p95; None if exact."""
        return None

    @property
    def error(self) -> float | None:
        """The widest of the errors; None if exact."""
        return None

    def percentile(self, p: float) -> float:
        """Return the value it is below with a probability of `p` percent, 0 < p < 100."""
        return or_none_such(self._percentile, p)

    def percentiles(self, percents: Sequence[float]) -> list[float]:
        """Return several percentiles; where they are searched for, all at once."""
        return list(map(self.percentile, percents))

    @abstractmethod
    def _percentile(self, p: float) -> float:
        """Work out a percentile."""

    @abstractmethod
    def cdf(self, x: float) -> float:
        """Return the probability that it is at most `x`."""

    def below(self, x: float) -> float:
        """Return the probability that it is less than `x`."""
        return self.cdf(math.nextafter(x, -math.inf))

    @cached_property
    def mean(self) -> Mean:
        """Its expectation."""
        try:
            mean = self._mean()
        except FAULTS:
            mean = Mean(math.inf)
        return mean if mean.reason or math.isfinite(mean.value) else Mean.unknown(BEYOND)

    @abstractmethod
    def _mean(self) -> Mean:
        """Work out the expectation."""

    @cached_property
    def median(self) -> float:
        """The 50th percentile."""
        return self.percentile(50)

    @cached_property
    def p5(self) -> float:
        """The 5th percentile."""
        return self.percentile(5)

    @cached_property
    def p95(self) -> float:
        """The 95th percentile."""
        return self.percentile(95)

    def spread(self, steps: int) -> list[tuple[float, list[float]]]:
        """Return its values after `steps` equally likely steps, in parts: the probability of each and its values.

        The values of a part ascend. The first and the last are a quarter of a step within its ends, which may have
        no end.
        """
        return [(1.0, self.percentiles([100 * p for p in steps_within(steps)]))]

    def density(self, points: Sequence[float]) -> list[float]:
        """Return the probability density at each of `points`; zero everywhere if it is one known number."""
        asked = tuple(points)
        if self._density_known is None or self._density_known[0] != asked:
            try:
                heights = self._density(points)
            except FAULTS:
                heights = []
            known = heights if heights and all(map(math.isfinite, heights)) else [0.0] * len(points)
            self._density_known = (asked, known)
        return list(self._density_known[1])

    def _density(self, points: Sequence[float]) -> list[float]:
        """Work out the density."""
        step = (self.p95 - self.p5) * 1e-3
        return [max(0.0, self.cdf(x + step) - self.cdf(x - step)) / (2 * step) for x in points]


def steps_within(steps: int) -> list[float]:
    """Return the shares of a whole after each of `steps` equal steps, the first and the last within its ends."""
    return [0.25 / steps, *(place / steps for place in range(1, steps)), 1 - 0.25 / steps]


def or_none_such(work_out: Callable[..., float], *arguments: float) -> float:
    """Return a figure; not a number if it has no result."""
    try:
        return work_out(*arguments)
    except FAULTS:
        return math.nan


class NormalResult(Result):
    """A normal, or ten to the power of one."""

    def __init__(self, mean: float, deviation: float, power: bool) -> None:
        self.center = mean
        self.deviation = deviation
        self.power = power
        reach = deviation * _Z95
        if power:
            self.p5, self.median, self.p95 = power10(mean - reach), power10(mean), power10(mean + reach)
        else:
            self.p5, self.median, self.p95 = mean - reach, mean, mean + reach

    @property
    def ordinary(self) -> bool:
        """Whether it is uncertain, and its numbers are such as can be squared and divided by."""
        return 1 / _ORDINARY < self.deviation < _ORDINARY and abs(self.center) < _ORDINARY

    def _percentile(self, p: float) -> float:
        """Return mean + sd z(p), or ten to the power of it."""
        value = self.center + (self.deviation * STANDARD.inv_cdf(p / 100) if p != 50 else 0.0)
        return power10(value) if self.power else value

    def cdf(self, x: float) -> float:
        """Return Phi((x - mean) / sd), of log10 x if it is a power of ten."""
        if not self.deviation:
            return float(x >= self.median)
        if self.power:
            if x <= 0:
                return 0.0
            x = math.log10(x)
        return normal_cdf(x, self.center, self.deviation)

    def _mean(self) -> Mean:
        """Return the mean; exp(m + s²/2) of the natural logarithm if it is a power of ten."""
        return Mean(power10(self.center + LN10 * self.deviation * self.deviation / 2) if self.power else self.center)


class NormalMixture:
    """One of several normals, each with its probability."""

    def __init__(self, parts: Sequence[tuple[float, NormalResult]]) -> None:
        mean = sum([share * part.center for share, part in parts])
        second = third = 0.0
        self._parts = []
        """For each its probability, mean, steepness 1 / (sd √2), and its share of the density at its mean."""
        for share, part in parts:
            off, width = part.center - mean, part.deviation
            second += share * (width * width + off * off)
            third += share * off * (3 * width * width + off * off)
            self._parts.append((share, part.center, 1 / (_ROOT2 * width), share / (_ROOT_TAU * width)))
        self._mean, self._deviation, self._skew = mean, math.sqrt(second), third / second / 6
        self._narrowest = min([part.deviation for _, part in parts])

    def quantile(self, p: float) -> float:
        """Search from where a distribution of the same mean, variance and skewness has it (Cornish and Fisher 1938)."""
        score = STANDARD.inv_cdf(p)
        reach = score / _ROOT2
        ends = [center + reach / steepness for _, center, steepness, _ in self._parts]
        low, high = min(ends), max(ends)
        start = self._mean + self._deviation * score + self._skew * (score * score - 1)
        search = Search(p, low, high, min(max(start, low), high))
        for _ in range(ROUNDS):
            if search.step(*self._reached(search.x), self._narrowest, _NEAR):
                break
        return search.x

    def _reached(self, x: float) -> tuple[float, float, float]:
        """Return the probability at `x`, the density, and its derivative."""
        below = density = slope = 0.0
        for share, center, steepness, height in self._parts:
            steps = (x - center) * steepness
            here = height * exp(-steps * steps)
            below += share * erfc(-steps)
            density += here
            slope -= here * steps * steepness
        return below / 2, density, 2 * slope


class MixtureResult(Result):
    """One of several exact results, each with its probability; the probabilities sum to 1."""

    def __init__(self, parts: Sequence[tuple[float, Result]]) -> None:
        self._parts = parts
        normals = [(share, part) for share, part in parts if isinstance(part, NormalResult) and part.ordinary]
        powers = {part.power for _, part in normals}
        self._normals = NormalMixture(normals) if len(normals) == len(parts) and len(powers) == 1 else None
        """The parts if all are normal, or all ten to the power of one."""
        self._power = True in powers

    def _percentile(self, p: float) -> float:
        """Search between the lowest and the highest percentile of the parts."""
        if self._normals is None:
            ends = [part.percentile(p) for _, part in self._parts]
            return bisect_increasing(self.cdf, p / 100, min(ends), max(ends))
        value = self._normals.quantile(p / 100)
        return power10(value) if self._power else value

    def cdf(self, x: float) -> float:
        """Return the weighted mean of the parts."""
        return sum(share * part.cdf(x) for share, part in self._parts)

    def _mean(self) -> Mean:
        """Return the weighted mean of the parts' means."""
        return mixed_mean([(share, part.mean) for share, part in self._parts])
