"""From a probability or a normal score to the value of a shape, on arrays."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Final

import numpy as np

from hypotheses.arithmetic import log_ratio
from hypotheses.estimates.sampling.normal import Array, normal_cdf, normal_scores
from hypotheses.values.distributions import Distribution, Normal, TwoPiece
from hypotheses.values.mixtures import Mixture
from hypotheses.values.shapes import (
    SURE_ENOUGH,
    Beta,
    Gamma,
    Pert,
    Poisson,
    Samples,
    Triangular,
    Uniform,
)

_FINE: Final = 1 << 13
"""Into how many steps a mixture is laid out to read its quantiles."""


def at_scores(distribution: Distribution, scores: Array) -> Array:
    """Return the value of a distribution at each normal score."""
    match distribution:
        case TwoPiece(mid=mid, log=log):
            below, above = distribution.deviations
            steps = np.where(scores < 0, below, above) * scores
            return np.asarray(10.0 ** (math.log10(mid) + steps)) if log else mid + steps
        case Normal():
            mean, deviation = distribution.normal
            return mean + deviation * scores
        case Beta() | Pert() | Gamma():
            return _interpolated(distribution, scores)
        case _ if parameters := distribution.log_normal:
            return np.asarray(10.0 ** (parameters[0] + parameters[1] * scores))
        case _:
            return quantiles(distribution, np.clip(normal_cdf(scores), 1e-12, 1 - 1e-12))


def quantiles(distribution: Distribution, uniforms: Array) -> Array:
    """Return the quantile of a distribution at each probability."""
    match distribution:
        case Uniform(low, high, log):
            if log:
                return np.minimum(np.exp(math.log(low) + log_ratio(high, low) * uniforms), high)
            return low + (high - low) * uniforms
        case Triangular(low, mode, high):
            width = high - low
            rising = (mode - low) / width
            below = low + width * np.sqrt(uniforms * rising)
            above = high - width * np.sqrt((1 - uniforms) * (1 - rising))
            return np.where(uniforms < rising, below, above)
        case Poisson():
            counts, reached = _counts(distribution)
            return counts[np.minimum(np.searchsorted(reached, uniforms), counts.size - 1)]
        case Samples() | Mixture():
            return np.interp(uniforms, *_laid_out(distribution))
        case _:
            return at_scores(distribution, normal_scores(uniforms))


def _interpolated(distribution: Distribution, scores: Array) -> Array:
    """Interpolate quantiles between 261 normal scores by cubics, with the slopes of their neighbours."""
    grid, values, slopes = _knots(distribution)
    scores = np.clip(scores, -6.4, 6.4)
    step = grid[1] - grid[0]
    place = ((scores - grid[0]) / step).astype(np.int64)
    t = (scores - grid[place]) / step
    left = values[place] * (1 + 2 * t) + slopes[place] * step * t
    right = values[place + 1] * (3 - 2 * t) + slopes[place + 1] * step * (t - 1)
    return np.asarray(left * (1 - t) ** 2 + right * t**2)


@lru_cache(maxsize=64)
def _knots(distribution: Distribution) -> tuple[Array, Array, Array]:
    """Return scores, the values there and the slopes: working them out takes far longer than using them."""
    grid = np.linspace(-6.5, 6.5, 261)
    values = np.array([distribution.score(score) for score in grid])
    return grid, values, np.gradient(values, grid)


@lru_cache(maxsize=64)
def _counts(distribution: Poisson) -> tuple[Array, Array]:
    """Return the counts that are drawn, and the probability up to each."""
    low, high = (int(distribution.quantile(p)) for p in (1 - SURE_ENOUGH, SURE_ENOUGH))
    counts = np.arange(low, high + 1, dtype=np.float64)
    return counts, np.array([distribution.cdf(count) for count in counts.tolist()])


@lru_cache(maxsize=64)
def _laid_out(distribution: Samples | Mixture) -> tuple[Array, Array]:
    """Return probabilities and the quantiles there, between which lines lie."""
    if isinstance(distribution, Samples):
        count = len(distribution.values)
        return (np.arange(count) + 0.5) / count, np.array(distribution.values)
    fine = (np.arange(_FINE) + 0.5) / _FINE
    return fine, np.sort(_composed(distribution, fine))


def _composed(mixture: Mixture, uniforms: Array) -> Array:
    """Draw from a mixture: the probability picks the part, and its place within that share the value."""
    values = np.empty_like(uniforms)
    start = 0.0
    for share, part in zip(mixture.shares, mixture.parts, strict=True):
        inside = (uniforms > start) & (uniforms <= start + share)
        low, high = 1e-12, 1 - 1e-12
        values[inside] = (
            part.quantile(0.5)
            if part.support[0] == part.support[1]
            else quantiles(part, np.clip((uniforms[inside] - start) / share, low, high))
        )
        start += share
    return values
