"""Expectations: what is known of a mean, and the mean of a function of one uncertain number."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from hypotheses.values.distributions import Distribution
from hypotheses.values.quadrature import QuadratureNode

RARE: Final = "it hangs on values so rare that they cannot be counted on to be met"
"""Why a mean is not known that has not converged."""
NO_END: Final = "it has no end where it divides by zero"
NO_NUMBER: Final = "a part of it is no number, or has no order of magnitude"
_RIM: Final = 1e-3
"""What the outermost values may add to a mean, as a part of all that is added."""


class Mean(NamedTuple):
    """An expectation, as far as it is known."""

    value: float
    """Not a number if it is not known."""
    error: float | None = None
    """The half width of a 99% interval around it; None if it is exact, or not known."""
    reason: str = ""
    """Why it is not known."""

    @staticmethod
    def unknown(reason: str) -> Mean:
        """Return a mean that is not known."""
        return Mean(math.nan, None, reason)

    def plus(self, other: Mean, weight: float = 1.0) -> Mean:
        """Return the mean of a sum with a multiple of something; the errors at their worst together."""
        if self.reason or other.reason:
            return Mean.unknown(self.reason or other.reason)
        error = None
        if self.error is not None or other.error is not None:
            error = (self.error or 0.0) + abs(weight) * (other.error or 0.0)
        return Mean(self.value + weight * other.value, error)

    def by(self, other: Mean) -> Mean:
        """Return the mean of a product with something independent; the errors at their worst together."""
        if self.reason or other.reason:
            return Mean.unknown(self.reason or other.reason)
        error = None
        if self.error is not None or other.error is not None:
            here, there = self.error or 0.0, other.error or 0.0
            error = abs(self.value) * there + abs(other.value) * here + here * there
        return Mean(self.value * other.value, error)


def mixed_mean(parts: Sequence[tuple[float, Mean]]) -> Mean:
    """Return the mean of one of several results, each with its probability."""
    total = Mean(0.0)
    for share, mean in parts:
        total = total.plus(mean, share)
    return total


@lru_cache(maxsize=128)
def _nodes(distribution: Distribution) -> tuple[QuadratureNode, ...]:
    """Return the nodes of a distribution: working them out can take longer than using them."""
    return tuple(distribution.nodes())


def expectation(distribution: Distribution, function: Callable[[float], float]) -> Mean:
    """Return the mean of a function of an uncertain number, by quadrature; what is no number is left out."""
    values = [(node, function(node.value)) for node in _nodes(distribution)]
    values = [(node, value) for node, value in values if not math.isnan(value)]
    if any(value == -math.inf for _, value in values):
        return Mean.unknown(NO_NUMBER)
    size = math.fsum(node.weight * abs(value) for node, value in values)
    outer = math.fsum(node.weight * abs(value) for node, value in values if node.outer)
    if not outer <= _RIM * size < math.inf:
        return Mean.unknown(RARE)
    whole = math.fsum(node.weight for node, _ in values)
    return Mean(math.fsum(node.weight * value for node, value in values) / whole)
