"""Interval arithmetic: what can be said of the sign and size of a formula before anything is drawn."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from hypotheses.arithmetic import expm1, power10, raised
from hypotheses.values.writing import format_amount


@dataclass(frozen=True, slots=True)
class Range:
    """From `low` to `high`; `positive` if it stays above zero, even where `low` is zero."""

    low: float
    high: float
    positive: bool

    @staticmethod
    def of(value: float) -> Range:
        """Return the range of one number."""
        return Range(value, value, value > 0)

    def __str__(self) -> str:
        return f"{format_amount(self.low)} to {format_amount(self.high)}"

    def __add__(self, other: Range) -> Range:
        low = _sum(self.low, other.low, -math.inf)
        positive = low > 0 or (low == 0 and (self.positive or other.positive))
        return Range(low, _sum(self.high, other.high, math.inf), positive)

    def __mul__(self, other: Range) -> Range:
        ends = [_product(a, b) for a in (self.low, self.high) for b in (other.low, other.high)]
        return Range(min(ends), max(ends), (self.positive and other.positive) or min(ends) > 0)

    def times(self, factor: float) -> Range:
        """Return the range multiplied by a number."""
        low, high = _product(self.low, factor), _product(self.high, factor)
        return Range(low, high, self.positive) if factor > 0 else Range(high, low, high > 0)

    def power10(self) -> Range:
        """Return ten to the power of the range."""
        return Range(power10(self.low), power10(self.high), True)

    def log10(self) -> Range:
        """Return the logarithm of what is above zero in the range."""
        low = math.log10(self.low) if self.low > 0 else -math.inf
        high = math.log10(self.high) if self.high > 0 else -math.inf
        return Range(low, high, low > 0)

    def expm1(self) -> Range:
        """Return e to the power of the range, less 1."""
        return Range(expm1(self.low), expm1(self.high), self.positive)

    def log1p(self) -> Range:
        """Return the natural logarithm of 1 + what of the range is above -1."""
        low = math.log1p(self.low) if self.low > -1 else -math.inf
        high = math.log1p(self.high) if self.high > -1 else -math.inf
        return Range(low, high, self.positive)

    def saturation(self) -> Range:
        """Return 1 - e to the power of minus the range."""
        return Range(-expm1(-self.low), -expm1(-self.high), self.positive)

    def reciprocal(self) -> Range:
        """Return one divided by the range; anything if zero lies within."""
        if self.low < 0 < self.high or (self.low == self.high == 0):
            return ALL
        if self.high <= 0:
            return Range(1 / self.high if self.high else -math.inf, 1 / self.low, False)
        return Range(1 / self.high, 1 / self.low if self.low else math.inf, True)

    def raised(self, exponent: float) -> Range:
        """Return the range to a whole power above zero (or any, where the range is not below zero)."""
        ends = [
            0.0 if end < 0 and not exponent.is_integer() else raised(end, exponent) for end in (self.low, self.high)
        ]
        low = 0.0 if self.low < 0 < self.high and exponent % 2 == 0 else min(ends)
        return Range(low, max(ends), self.positive or low > 0)

    def absolute(self) -> Range:
        """Return the range of the sizes."""
        low = 0.0 if self.low < 0 < self.high else min(abs(self.low), abs(self.high))
        return Range(low, max(abs(self.low), abs(self.high)), low > 0)


ALL: Final = Range(-math.inf, math.inf, False)


def least(*ranges: Range) -> Range:
    """Return the range of the smallest of several values."""
    return Range(min(r.low for r in ranges), min(r.high for r in ranges), all(r.positive for r in ranges))


def greatest(*ranges: Range) -> Range:
    """Return the range of the largest of several values."""
    return Range(max(r.low for r in ranges), max(r.high for r in ranges), any(r.positive for r in ranges))


def hull(*ranges: Range) -> Range:
    """Return the range from the lowest to the highest of several."""
    return Range(min(r.low for r in ranges), max(r.high for r in ranges), all(r.positive for r in ranges))


def _sum(left: float, right: float, unknown: float) -> float:
    """Add; what infinities of both signs come to is not known."""
    total = left + right
    return unknown if math.isnan(total) else total


def _product(left: float, right: float) -> float:
    """Multiply, with zero times infinity as zero."""
    return 0.0 if 0 in (left, right) else left * right


RANGES: Final[Mapping[str, Callable[..., Range]]] = {
    "log10": Range.log10,
    "power10": lambda reach: reach,
    "expm1": Range.expm1,
    "log1p": Range.log1p,
    "saturation": Range.saturation,
    "*": Range.__mul__,
    "reciprocal": Range.reciprocal,
    "**": lambda base, exponent: base.raised(exponent.low),
    "abs": Range.absolute,
    "min": least,
    "max": greatest,
}
"""Operation of a variable -> its range, from those of its arguments."""
