"""Values and numbers as text: the notation that reads back the same, and the words and digits of a screen."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, Final

from hypotheses.arithmetic import LARGEST
from hypotheses.values.distributions import INTERVAL, Distribution, Lognormal, Normal, Point, TwoPiece
from hypotheses.values.mixtures import Mixture
from hypotheses.values.shapes import Beta, Gamma, Pert, Poisson, Samples, Triangular, Uniform

SUFFIXES: Final = {"": 0, "%": -2, "k": 3, "K": 3, "M": 6, "B": 9, "G": 9, "T": 12}
"""The exponents of ten that a suffix stands for."""


def format_value(value: Distribution) -> str:
    """Write a value as text that parses back to an equal one."""
    return _WRITERS[type(value)](value)


def _interval(value: Lognormal | Normal) -> str:
    shape = "normal " if isinstance(value, Normal) and value.low > 0 else ""
    return f"{shape}{_range(value.low, value.high)}{_width(value.interval)}"


def _two_piece(value: TwoPiece) -> str:
    shape = "normal " if value.low > 0 and not value.log else ""
    return f"{shape}{write_number(value.mid)} ({_range(value.low, value.high)}){_width(value.interval)}"


def _uniform(value: Uniform) -> str:
    return f"{'log' if value.log else ''}uniform {_range(value.low, value.high)}"


def _three_points(value: Triangular | Pert) -> str:
    texts = [write_number(number) for number in (value.low, value.mode, value.high)]
    if texts[-1][-1].isalpha() and not any(text[-1].isalpha() for text in texts[:-1]):
        texts[-1] = _digits(value.high)  # as in a range
    return f"{type(value).__name__.lower()}({', '.join(texts)})"


def _mixture(value: Mixture) -> str:
    parts = zip(value.weights, value.parts, strict=True)
    return f"mixture({', '.join(f'{write_number(weight)}: {format_value(part)}' for weight, part in parts)})"


def _list(numbers: tuple[float, ...]) -> str:
    return ", ".join(map(write_number, numbers))


def _range(low: float, high: float) -> str:
    first, second = write_number(low), write_number(high)
    if first[-1].isdigit() and not second[-1].isdigit():
        second = _digits(high)  # a suffix at the end alone would count for both
    return f"{first} to {second}"


def _width(interval: float) -> str:
    return "" if interval == INTERVAL else f" @{_percent(interval)}"


def _percent(share: float) -> str:
    """Write a share as the shortest percentage that reads back as the same share."""
    texts = (f"{100 * share:.{digits}f}" for digits in range(16))
    return next((text for text in texts if float(text) / 100 == share), f"{100 * share:.17g}") + "%"


_WRITERS: Final[Mapping[type[Distribution], Callable[[Any], str]]] = {
    Point: lambda value: write_number(value.value),
    Lognormal: _interval,
    Normal: _interval,
    TwoPiece: _two_piece,
    Uniform: _uniform,
    Triangular: _three_points,
    Pert: _three_points,
    Beta: lambda value: f"beta({_list((value.alpha, value.beta))})",
    Gamma: lambda value: f"gamma({_list((value.count, value.scale))})",
    Poisson: lambda value: f"poisson({write_number(value.rate)})",
    Mixture: _mixture,
    Samples: lambda value: f"samples({_list(value.values)})",
}


def write_number(number: float) -> str:
    """Write a number in the fewest digits that read back as the same number, with a suffix where that is short."""
    for suffix in ("T", "B", "M", "K"):
        mantissa = f"{number / 10.0 ** SUFFIXES[suffix]:.6g}"
        if 1 <= abs(float(mantissa)) < 1000 and float(f"{mantissa}e{SUFFIXES[suffix]}") == number:
            return mantissa + suffix
    return _digits(number)


def _digits(number: float) -> str:
    short = f"{number:.12g}"
    return short if float(short) == number else f"{number:.17g}"


def format_amount(number: float, error: float = 0.0) -> str:
    """Write a number for a screen: four significant digits, with a suffix from ten thousand on.

    Of a number that is known within an `error` no digit is written that is smaller than that.

    Examples: `8.456`, `236.5M`, `1.5e-09`; `8.5` within 0.06.
    """
    if not math.isfinite(number) or number == 0:
        return f"{number:g}"
    number = min(max(float(f"{number:.{_digits_within(number, error)}g}"), -LARGEST), LARGEST)
    size = abs(number)
    if 1e4 <= size < 1e15:
        suffix = next(suffix for suffix in ("T", "B", "M", "K") if size >= 10.0 ** SUFFIXES[suffix])
        return f"{number / 10.0 ** SUFFIXES[suffix]:.4g}{suffix}"
    return f"{number:.4g}"


def _digits_within(number: float, error: float) -> int:
    if error <= 0:
        return MOST_DIGITS
    if not math.isfinite(error):
        return 1
    return min(MOST_DIGITS, max(1, math.floor(math.log10(abs(number))) - math.ceil(math.log10(error)) + 1))


MOST_DIGITS: Final = 4

_SHAPES: Final[Mapping[type[Distribution], str]] = {
    Lognormal: "lognormal",
    Normal: "normal",
    Triangular: "triangular",
    Pert: "PERT",
    Beta: "beta",
    Gamma: "gamma",
    Poisson: "Poisson",
    Mixture: "mixture",
}


def describe(value: Distribution) -> str:
    """Say in words what a value means: its shape and where it lies."""
    if isinstance(value, Point):
        return f"exactly {format_amount(value.value)}"
    if isinstance(value, Uniform):
        shape = "loguniform" if value.log else "uniform"
        return f"{shape}, from {format_amount(value.low)} to {format_amount(value.high)}"
    interval = value.interval if isinstance(value, Normal | Lognormal | TwoPiece) else INTERVAL
    ends = (value.low, value.high) if isinstance(value, Normal | Lognormal | TwoPiece) else None
    low, high = map(format_amount, ends or [value.quantile(0.5 + side * interval / 2) for side in (-1, 1)])
    span = f"{_percent(interval)} between {low} and {high}"
    if isinstance(value, TwoPiece):
        return f"two-piece {'lognormal' if value.log else 'normal'}, median {format_amount(value.mid)}, {span}"
    if isinstance(value, Samples):
        return f"{len(value.values)} samples, {span}"
    return f"{_SHAPES[type(value)]}, {span}"
