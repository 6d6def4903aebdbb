"""The regularized incomplete gamma function and its inverse, which the standard library lacks."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import Final

_TINY: Final = 1e-300
_PRECISION: Final = 1e-15
_STEPS: Final = 100_000


def gamma_cdf(shape: float, x: float) -> float:
    """Return P(shape, x): by its series (DLMF 8.11.4) below the mean, else by the continued fraction of DLMF 8.9.2."""
    if x <= 0:
        return 0.0
    if math.isinf(x):
        return 1.0
    front = math.exp(shape * math.log(x) - x - math.lgamma(shape))
    if x < shape + 1:
        term = total = 1 / shape
        for step in range(1, _STEPS):
            term *= x / (shape + step)
            total += term
            if term < _PRECISION * total:
                break
        return min(1.0, front * total)
    return max(0.0, 1 - front * _fraction(shape, x))


def _fraction(shape: float, x: float) -> float:
    """Evaluate the continued fraction by the modified Lentz method (Thompson and Barnett 1986)."""
    part = x + 1 - shape
    value = lower = 1 / (part or _TINY)
    upper = 1 / _TINY
    for step in range(1, _STEPS):
        factor = -step * (step - shape)
        part += 2
        lower = 1 / ((factor * lower + part) or _TINY)
        upper = (part + factor / upper) or _TINY
        value *= lower * upper
        if abs(lower * upper - 1) < _PRECISION:
            break
    return value


def gamma_quantile(shape: float, p: float) -> float:
    """Return x with P(shape, x) = p: Newton's steps, halving the bracket whenever one leaves it.

    It starts from the cube of a normal (Wilson and Hilferty 1931), or from (p shape Γ(shape)) ** (1 / shape), the first
    term of the series near zero, if that is lower.
    """
    root = 1 - 1 / (9 * shape) + NormalDist().inv_cdf(p) / (3 * math.sqrt(shape))
    first = math.exp((math.log(p) + math.log(shape) + math.lgamma(shape)) / shape)
    x = min(shape * root**3, first) if root > 0 else first
    low, high = 0.0, math.inf
    for _ in range(200):
        if x == 0:
            break  # it is smaller than any float
        excess = gamma_cdf(shape, x) - p
        if excess > 0:
            high = x
        else:
            low = x
        slope = math.exp((shape - 1) * math.log(x) - x - math.lgamma(shape))
        step = x - excess / slope if slope > 0 else low
        following = step if low < step < high else ((low + high) / 2 if math.isfinite(high) else 2 * x)
        if abs(following - x) <= _PRECISION * x:
            return following
        x = following
    return x
