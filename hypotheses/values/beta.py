"""The regularized incomplete beta function and its inverse, which the standard library lacks."""

from __future__ import annotations

import math
from typing import Final

_TINY: Final = 1e-300
_PRECISION: Final = 1e-15


def beta_cdf(alpha: float, beta: float, x: float) -> float:
    """Return I_x(alpha, beta), by the continued fraction of DLMF 8.17.22 on the side where it converges fast."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    front = math.exp(_log_kernel(alpha, beta, x))
    if x < (alpha + 1) / (alpha + beta + 2):
        return front * _fraction(alpha, beta, x) / alpha
    return 1 - front * _fraction(beta, alpha, 1 - x) / beta


def beta_quantile(alpha: float, beta: float, p: float) -> float:
    """Return x with I_x(alpha, beta) = p: Newton's steps, halving the bracket whenever one leaves it.

    It starts from the mean, or from x = (p alpha B(alpha, beta)) ** (1 / alpha), the first term of the series
    near zero, if that is lower.
    """
    low, high = 0.0, 1.0
    scale = math.lgamma(alpha) + math.lgamma(beta) - math.lgamma(alpha + beta)
    x = min(alpha / (alpha + beta), math.exp(min(0.0, (math.log(p) + math.log(alpha) + scale) / alpha)))
    for _ in range(200):
        if x == 0:
            break  # it is smaller than any float
        excess = beta_cdf(alpha, beta, x) - p
        if excess > 0:
            high = x
        else:
            low = x
        slope = math.exp(_log_kernel(alpha, beta, x)) / (x * (1 - x))
        step = x - excess / slope if slope > 0 else low
        following = step if low < step < high else (low + high) / 2
        if abs(following - x) <= _PRECISION * x or following in (0.0, 1.0):
            return following
        x = following
    return x


def _log_kernel(alpha: float, beta: float, x: float) -> float:
    """Return log of x^a (1 - x)^b / B(a, b)."""
    scale = math.lgamma(alpha + beta) - math.lgamma(alpha) - math.lgamma(beta)
    return scale + alpha * math.log(x) + beta * math.log1p(-x)


def _fraction(alpha: float, beta: float, x: float) -> float:
    """Evaluate 1 / (1 + d1 / (1 + d2 / ...)) by the modified Lentz method (Thompson and Barnett 1986)."""
    value, upper, lower = 1.0, 1 / _TINY, 1.0
    for step in range(1, 10_000):
        m = step // 2
        if step % 2:
            term = -(alpha + m) * (alpha + beta + m) * x / ((alpha + 2 * m) * (alpha + 2 * m + 1))
        else:
            term = m * (beta - m) * x / ((alpha + 2 * m - 1) * (alpha + 2 * m))
        lower = 1 / _off_zero(1 + term * lower)
        upper = _off_zero(1 + term / upper)
        value *= lower * upper
        if abs(lower * upper - 1) < _PRECISION:
            break
    return value


def _off_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
