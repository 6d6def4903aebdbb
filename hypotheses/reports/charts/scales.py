"""Scales of charts: from values to places, with round figures to write beside them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from hypotheses.reports.charts.svg import SMALL, line, words_at

_ROUND: Final = (1.0, 2.0, 2.5, 5.0, 10.0)
_FAR: Final = 50.0
"""Values above zero that lie so many times apart are shown by their logarithm."""


class Scale(NamedTuple):
    """From `low` to `high`, drawn from `start` on over `length`."""

    low: float
    high: float
    start: float
    length: float
    orders: bool = False
    """Whether equal steps are equal ratios."""

    def at(self, value: float) -> float:
        """Return the place of a value; what lies beyond an end is drawn there."""
        low, high, here = self._bent(self.low), self._bent(self.high), self._bent(value)
        share = (here - low) / (high - low) if high > low else 0.5
        return self.start + self.length * min(max(share, 0.0), 1.0)

    def _bent(self, value: float) -> float:
        if not self.orders:
            return value
        return math.log10(value) if value > 0 else -math.inf

    def ticks(self, most: int) -> list[float]:
        """Return round figures between the ends, about so many at most."""
        if not self.high > self.low:
            return [self.low]
        if self.orders:
            first, last = math.ceil(math.log10(self.low) - 1e-9), math.floor(math.log10(self.high) + 1e-9)
            steps = max(1, math.ceil((last - first) / max(most, 1)))
            return [10.0**power for power in range(first, last + 1, steps)]
        size = _round_step((self.high - self.low) / max(most, 1))
        first, last = math.ceil(self.low / size - 1e-9), math.floor(self.high / size + 1e-9)
        return [float(f"{place * size:.12g}") for place in range(first, last + 1)]


def scale_over(values: Iterable[float], start: float, length: float, *, zero: bool = False) -> Scale:
    """Return a scale with room for some values, by their logarithm where they lie far apart; perhaps also for zero."""
    known = [value for value in values if math.isfinite(value)] + [0.0] * zero
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    if low > 0 and high / low > _FAR:
        return Scale(low / 1.3, high * 1.3, start, length, orders=True)
    edge = (high - low) * 0.04 or abs(low) * 0.1 or 1.0
    return Scale(low - edge, high + edge, start, length)


def _round_step(step: float) -> float:
    size = 10.0 ** math.floor(math.log10(step))
    return next(each * size for each in _ROUND if each * size >= step * (1 - 1e-9))


def axis(scale: Scale, top: float, bottom: float, labels: Sequence[tuple[float, str]]) -> list[str]:
    """Return upright lines at some values, and what each is called under them."""
    parts = []
    for value, label in labels:
        x = scale.at(value)
        parts += [
            line(x, top, x, bottom, "grid"),
            words_at(x, bottom + SMALL + 4, label, "quiet", anchor="middle", size=SMALL),
        ]
    return parts
