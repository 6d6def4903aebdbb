"""How the figures of a gap are written in a report."""

from __future__ import annotations

import math
import re
from typing import Final

from hypotheses.debate import OOM, Gap
from hypotheses.estimates import Result, tolerance_of
from hypotheses.ratios import NOT_APPLICABLE
from hypotheses.values import format_amount

LONG: Final = 1e6
"""Orders of magnitude from here on are not written out."""
NEARLY_NONE: Final = 0.05
"""Of less than so many orders of magnitude a part says nothing."""
COUNTED: Final = re.compile(r"[^\W\d]{4,}")
"""A unit that counts things, which the label of a figure says; others, such as h and image/s, stand by the figure."""
LEAST: Final = 1e-300
_HARDLY: Final = 0.015
"""A factor that is off by this part is told as if it were right."""


def amount(gap: Gap, number: float) -> str:
    """Write a figure of a gap without its unit: two decimals in OOM, else as an amount."""
    if not math.isfinite(number):
        return "unbounded"
    text = f"{number + 0.0:.2f}" if gap.unit == OOM and abs(number) < LONG else format_amount(number)
    return "0.00" if text == "-0.00" else text.replace("-", "\N{MINUS SIGN}")


def with_unit(gap: Gap, number: float) -> str:
    """Write a figure of a gap with its unit; what is an amount of something gets a plain plural."""
    return f"{amount(gap, number)} {gap.unit}".rstrip()


def interval(gap: Gap, result: Result) -> str:
    """Write `0.10 to 1.02`, the middle 90%; empty for what is certain."""
    low, high = amount(gap, result.p5), amount(gap, result.p95)
    return "" if low == high else f"{low} to {high}"


def times(gap: Gap, number: float) -> str:
    """Write the ratio an OOM figure stands for: `112×` for 2.05; empty for a gap in another unit."""
    if gap.unit != OOM or not abs(number) < 15:
        return ""
    ratio = 10**number
    return f"{ratio:.3g}×" if ratio < 1000 else f"{format_amount(float(f'{ratio:.3g}'))}×"


def share_explained(gap: Gap, now: Result, explained: Result) -> str:
    """Write which part of a gap is explained, as a percentage, or by how much it is wider; empty of hardly a gap."""
    if abs(now.median) < (NEARLY_NONE if gap.unit == OOM else LEAST):
        return ""
    share = explained.median / now.median
    if not math.isfinite(share):
        return ""
    if round(100 * share) < 0:
        return f"wider by {amount(gap, abs(explained.median))}"
    return f"{abs(share):.0%}"


def moves(ratio: float | None) -> str:
    """Write what a likelihood ratio does, in the fewest digits that are right to a hundredth: `▲×3`, `▼÷3`, `n/a`."""
    if ratio is None:
        return NOT_APPLICABLE
    if ratio == 1:
        return "×1"
    factor = max(ratio, 1 / ratio)
    texts = [f"{factor:.{digits}g}" for digits in (1, 2, 3)]
    told = next((text for text in texts if abs(float(text) - factor) <= _HARDLY * factor), texts[-1])
    written = format_amount(float(told))
    return f"▲×{written}" if ratio > 1 else f"▼÷{written}"


def tolerance(gap: Gap) -> str:
    """Write what `closed` tests: `within 0.3 OOM of zero`; empty for a gap that cannot be closed."""
    size = tolerance_of(gap)
    return "" if size is None else f"within {f'{format_amount(size)} {gap.unit}'.rstrip()} of zero"
