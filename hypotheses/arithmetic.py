"""Arithmetic that has an answer up to the ends of what a float can hold, and what is said where there is none."""

from __future__ import annotations

import math
import struct
import sys
from collections.abc import Callable
from statistics import NormalDist
from typing import Final

from hypotheses.problems import Malformed

STANDARD: Final = NormalDist()
LN10: Final = math.log(10)
LARGEST: Final = sys.float_info.max
LEAST: Final = math.ulp(0.0)
"""The smallest float above zero."""
SURE: Final = math.nextafter(1.0, 0.0)
"""The largest probability below 1."""
FAULTS: Final = (ArithmeticError, ValueError, RecursionError)
"""What sums raise that have no result: overflows, divisions by zero, what lies outside of a function's domain (both of
Python and of numpy), formulas built too deeply on one another. A fault of the program raises something else."""
_SMOOTH: Final = 100
"""So many steps are enough where a function does not jump, or jumps somewhere near its ends."""
BEYOND: Final = "its numbers are too large, too small or too far apart to compute with; expected ones nearer to 1"


def reason(error: Exception) -> str:
    """Say in a sentence why there is no result, from what was raised: one of `FAULTS`, or `Malformed`."""
    if isinstance(error, Malformed):
        return str(error)
    if isinstance(error, RecursionError):
        return "it is built too deeply to compute with; expected fewer formulas that stand on one another"
    return BEYOND


def power10(exponent: float) -> float:
    """Return 10 ** exponent, infinite where a float cannot hold it."""
    try:
        return math.pow(10.0, exponent)
    except OverflowError:
        return math.inf


def expm1(exponent: float) -> float:
    """Return e ** exponent - 1, infinite where a float cannot hold it."""
    try:
        return math.expm1(exponent)
    except OverflowError:
        return math.inf


def times_power10(factor: float, exponent: float) -> float:
    """Return factor * 10 ** exponent of a factor above zero, also where the power alone is out of reach of a float."""
    power = power10(exponent)
    return factor * power if sys.float_info.min < power < math.inf else power10(log10(factor) + exponent)


def raised(base: float, exponent: float) -> float:
    """Return base ** exponent, infinite where a float cannot hold it; a base below zero needs a whole exponent."""
    try:
        return math.pow(base, exponent)
    except OverflowError:
        return math.inf if base > 0 or exponent % 2 == 0 else -math.inf


def log10(value: float) -> float:
    """Return log10, and minus infinity for what is not above zero: it lies below every order of magnitude."""
    return math.log10(value) if value > 0 else -math.inf


def log_ratio(value: float, base: float) -> float:
    """Return ln(value / base) of two numbers above zero, also where the ratio is more or less than a float can hold."""
    ratio = value / base
    if 0.5 < ratio < 2:
        return math.log1p((value - base) / base)
    return math.log(ratio) if sys.float_info.min < ratio < math.inf else math.log(value) - math.log(base)


def probability(score: float) -> float:
    """Return the probability that a standard normal is at most `score`, never 0 or 1."""
    tail = STANDARD.cdf(score) if score > -8 else math.erfc(-score / math.sqrt(2)) / 2
    return min(max(tail, LEAST), SURE)


def normal_cdf(x: float, mean: float, deviation: float) -> float:
    """Return the probability that a normal is at most `x`; one that is too narrow for a float is its mean."""
    if deviation == 0:
        return float(x >= mean)
    return STANDARD.cdf((x - mean) / deviation)


def bisect_increasing(function: Callable[[float], float], target: float, low: float, high: float) -> float:
    """Return where an increasing function reaches `target` between `low` and `high`, to the last digits.

    Every other step is a secant, which is fast where the function is smooth; halving keeps it safe where it jumps, and
    halving what floats there are wherever it does. The ends may be infinite, and so may be the result; one between zero
    and the smallest float is zero.
    """
    if math.isinf(high):
        high = LARGEST
        if function(high) < target:
            return math.inf
    start, low = low, max(low, -LARGEST)
    below, above = function(low) - target, function(high) - target
    if below >= 0:
        return start
    for step in range(400):
        width = high - low
        share = below / (below - above) if step % 2 and above > 0 else 0.5
        middle = low + width * min(max(share, 1e-3), 1 - 1e-3)
        if not low < middle < high or (share == 0.5 and step > _SMOOTH):
            middle = _middle(low, high)
        if middle in (low, high) or width <= 1e-15 * max(abs(low), abs(high)):
            break
        excess = function(middle) - target
        if excess < 0:
            low, below = middle, excess
        else:
            high, above = middle, excess
    return 0.0 if high == LEAST and low == 0 else high


def _middle(low: float, high: float) -> float:
    """Return the float that has as many floats below it, down to `low`, as above it, up to `high`."""
    return _float((_place(low) + _place(high)) // 2)


def _place(number: float) -> int:
    """Return where a number stands among all floats, counted from zero."""
    (bits,) = struct.unpack("<q", struct.pack("<d", abs(number)))
    return int(math.copysign(1, number)) * int(bits)


def _float(place: int) -> float:
    (number,) = struct.unpack("<d", struct.pack("<q", abs(place)))
    return math.copysign(number, place)
