"""How numbers are written on a screen."""

from __future__ import annotations

import math
from typing import Protocol

from hypotheses.debate import OOM, Gap

BLOCKS = " ▁▂▃▄▅▆▇█"
PARTS = " ▏▎▍▌▋▊▉█"


class Spread(Protocol):
    """The figures of a distribution that a screen shows."""

    @property
    def median(self) -> float: ...  # noqa: D102 - the words of the field
    @property
    def p5(self) -> float: ...  # noqa: D102
    @property
    def p95(self) -> float: ...  # noqa: D102


def signed(number: float, digits: int = 2) -> str:
    """Write a number with a real minus sign and no minus before a zero."""
    text = f"{number:.{digits}f}"
    if float(text) == 0:
        text = text.lstrip("-")
    return text.replace("-", "−")


def amount(gap: Gap, number: float) -> str:
    """Write a figure of a gap: two decimals in OOM, else as an amount."""
    if not math.isfinite(number):
        return "–"
    if gap.unit == OOM:
        return signed(number)
    from hypotheses.estimates import format_amount  # noqa: PLC0415 - the engine is not loaded for the first paint

    return format_amount(number).replace("-", "−")


def interval(gap: Gap, spread: Spread) -> str:
    """Write `[p5 … p95]`; empty for a single point."""
    low, high = amount(gap, spread.p5), amount(gap, spread.p95)
    return "" if low == high else f"[{low} … {high}]"


def with_unit(gap: Gap, number: float) -> str:
    """Write a figure with its unit."""
    return f"{amount(gap, number)} {gap.unit}".rstrip()


def bar(share: float, width: int) -> tuple[str, str]:
    """Return the filled and the empty part of a bar of `width` cells, to an eighth of a cell."""
    eighths = round(max(0.0, min(1.0, share)) * width * 8)
    full, rest = divmod(eighths, 8)
    filled = "█" * full + (PARTS[rest] if rest else "")
    return filled, "░" * (width - len(filled))


def sparkline(heights: list[float], lines: int = 1) -> list[str]:
    """Draw heights (any scale, >= 0) as `lines` rows of block characters, highest row first."""
    top = max(heights, default=0.0)
    if top <= 0:
        return [" " * len(heights)] * lines
    levels = [round(height / top * 8 * lines) for height in heights]
    return ["".join(BLOCKS[max(0, min(8, level - 8 * row))] for level in levels) for row in reversed(range(lines))]
