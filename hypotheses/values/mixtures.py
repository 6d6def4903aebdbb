"""One of several distributions, each with its weight."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from hypotheses.arithmetic import bisect_increasing
from hypotheses.values.distributions import Distribution
from hypotheses.values.quadrature import QuadratureNode


@dataclass(frozen=True, slots=True)
class Mixture(Distribution):
    """One of several distributions, each with a weight above zero; only the proportions of the weights count."""

    weights: tuple[float, ...]
    parts: tuple[Distribution, ...]

    @property
    def shares(self) -> tuple[float, ...]:
        """The weights, scaled to sum to 1."""
        _, exponent = math.frexp(max(self.weights))
        weights = [math.ldexp(weight, -exponent) for weight in self.weights]
        total = math.fsum(weights)
        return tuple(weight / total for weight in weights)

    @property
    def _likely(self) -> list[tuple[float, Distribution]]:
        """The parts, each with its share, but for those whose share is smaller than any float."""
        return [(share, part) for share, part in zip(self.shares, self.parts, strict=True) if share]

    def quantile(self, p: float) -> float:
        """Bisect the distribution function between the lowest and highest quantile of the parts."""
        ends = [part.quantile(p) for _, part in self._likely]
        return bisect_increasing(self.cdf, p, min(ends), max(ends))

    def cdf(self, x: float) -> float:
        """Return the weighted mean of the parts' distribution functions."""
        return sum(share * part.cdf(x) for share, part in self._likely)

    def below(self, x: float) -> float:
        """Return the weighted mean of the parts' probabilities below."""
        return sum(share * part.below(x) for share, part in self._likely)

    def possible(self, x: float) -> bool:
        """Return whether any part can be `x`."""
        return any(part.possible(x) for _, part in self._likely)

    def nodes(self) -> Iterator[QuadratureNode]:
        """Yield those of the parts."""
        for share, part in self._likely:
            for node in part.nodes():
                yield node._replace(weight=share * node.weight)

    @property
    def mean(self) -> float:
        """The weighted mean of the parts' means."""
        return sum(share * part.mean for share, part in self._likely)

    @property
    def support(self) -> tuple[float, float]:
        """From the lowest end of the parts to the highest."""
        return min(part.support[0] for part in self.parts), max(part.support[1] for part in self.parts)

    @property
    def positive(self) -> bool:
        """If all its parts are."""
        return all(part.positive for part in self.parts)

    @property
    def rarest(self) -> float:
        """The probability of the least likely part, in the parts of the parts too."""
        return min(share * part.rarest for share, part in zip(self.shares, self.parts, strict=True))
