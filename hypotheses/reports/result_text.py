"""How chances, and how a gap was worked out, are written: on screens and in reports, with no engine loaded."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from hypotheses.estimates import Chances, GapEstimate

_FAR_WIDER: Final = 10
"""So many times as wide as a median's, and more than this part of the median, the error of the ends is told apart."""


def chance(probability: float) -> str:
    """Write a probability as a whole percentage: `13%`; `<1%` and `>99%` for what is near an end and not at it."""
    percent = round(100 * probability)
    if percent == 0 and probability > 0:
        return "<1%"
    return ">99%" if percent == 100 and probability < 1 else f"{percent}%"


def in_words(likely: Chances) -> str:
    """Write `overshot 46%, closed 13%, open 40%`: each rounded on its own, so that they may sum to 99 or 101."""
    return f"overshot {chance(likely.overshot)}, closed {chance(likely.closed)}, open {chance(likely.open)}"


def fell_back(convention: str, instead: Mapping[str, str]) -> str:
    """Say what a convention has no reading of, and what counts there; empty if it has all."""
    by_reading: dict[str, list[str]] = {}
    for name, reading in instead.items():
        by_reading.setdefault(reading, []).append(name)
    parts = [f"{', '.join(names)} ({reading} counts)" for reading, names in by_reading.items()]
    return f"{convention} has no reading of {'; '.join(parts)}" if parts else ""


def method(estimate: GapEstimate) -> str:
    """Say how a gap was worked out: `exact`, `sampled, ±0.003`, or `sampled, ±0.02 (ends ±9e+04)` of a long tail."""
    widest, median = estimate.error, estimate.median_error
    if widest is None or median is None:
        return "exact"
    if not math.isfinite(widest):
        return "sampled"
    if 0 < median < widest / _FAR_WIDER and widest > abs(estimate.now.median) / _FAR_WIDER:
        return f"sampled, ±{median:.1g} (ends ±{widest:.1g})"
    return f"sampled, ±{widest:.1g}"
