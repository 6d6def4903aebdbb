"""How the figures of a gap are written in a report."""

from __future__ import annotations

import math
from typing import Final

from hypotheses.debate import OOM, Gap
from hypotheses.estimates import Result, format_amount

LONG: Final = 1e6
"""Orders of magnitude from here on are not written out."""


def amount(gap: Gap, number: float) -> str:
    """Write a figure of a gap without its unit: two decimals in OOM, else as an amount."""
    if not math.isfinite(number):
        return "unbounded"
    text = f"{number + 0.0:.2f}" if gap.unit == OOM and abs(number) < LONG else format_amount(number)
    return text.replace("-0.00", "0.00").replace("-", "\N{MINUS SIGN}")


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


def share_explained(now: Result, explained: Result) -> str:
    """Write how much of a gap is explained, as a percentage; empty where there is hardly a gap, or one without end."""
    share = explained.median / now.median if abs(now.median) >= 0.05 else math.nan
    return f"{share:.0%}".replace("-", "\N{MINUS SIGN}") if math.isfinite(share) else ""
