"""How numbers are written on a screen."""

from __future__ import annotations

import math
import string
from typing import Final, Protocol

from hypotheses.debate import OOM, Gap, Hypothesis
from hypotheses.ranking import format_plausibility
from hypotheses.reports.result_text import chance

BLOCKS = " ▁▂▃▄▅▆▇█"
PARTS = " ▏▎▍▌▋▊▉█"
LONG: Final = 1e6
"""Orders of magnitude from here on are not written out."""
NEARLY: Final = 0.02
"""A factor is written with as few decimals as are this near to it: 0.67 is ÷1.5, as people type it."""
TOO_LONG: Final = 10_000
"""A factor from here on is written with a power of ten, and from `ENDLESS` on not at all."""
ENDLESS: Final = 1e100
MARKS: Final = string.digits[1:] + string.ascii_letters


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
    if gap.unit == OOM and abs(number) < LONG:
        return signed(number)
    from hypotheses.values import format_amount  # noqa: PLC0415 - values are not loaded for the first paint

    return format_amount(number).replace("-", "−")


def span(gap: Gap, spread: Spread) -> str:
    """Write `p5 … p95`; empty for a single point."""
    low, high = amount(gap, spread.p5), amount(gap, spread.p95)
    return "" if low == high else f"{low} … {high}"


def interval(gap: Gap, spread: Spread) -> str:
    """Write `[p5 … p95]`; empty for a single point."""
    written = span(gap, spread)
    return f"[{written}]" if written else ""


def with_unit(gap: Gap, number: float) -> str:
    """Write a figure with its unit."""
    return f"{amount(gap, number)} {gap.unit}".rstrip()


def decibans(number: float) -> str:
    """Write a difference in decibans, with its sign."""
    if math.isinf(number):
        return "+∞" if number > 0 else "−∞"
    text = signed(number, 1)
    return text if text.startswith("−") or float(text) == 0 else f"+{text}"


def odds(plausibility: float) -> str:
    """Write a plausibility as odds against one: `1.5:1`, `1:4`."""
    if plausibility in (0, 1):
        return "1:0" if plausibility else "0:1"
    longer = max(plausibility, 1 - plausibility) / min(plausibility, 1 - plausibility)
    shown = f"{longer:.1f}".removesuffix(".0") if longer < 10 else f"{longer:,.0f}" if longer < 100_000 else ">99,999"
    return f"{shown}:1" if plausibility >= 0.5 else f"1:{shown}"


def percentage(plausibility: float) -> str:
    """Write a plausibility in a column of four cells: `60%`, `0.5%`; of more digits `<1%` or `>99%`."""
    text = format_plausibility(plausibility)
    return text if len(text) <= len(">99%") else chance(plausibility)


def outcome(hypothesis: Hypothesis) -> str:
    """Write how a hypothesis turned out, with its glyph; nothing while that is not known."""
    return {"": "", "true": "✓ true", "false": "✗ false"}[hypothesis.settled]


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


def apart(number: float) -> str:
    """Write how far people are apart, in decibans."""
    return f"{number:.1f}" if math.isfinite(number) else "∞"


def mark_of(rank: int) -> str:
    """Return the mark of the hypothesis at a rank: its number, then letters."""
    return MARKS[rank - 1] if rank <= len(MARKS) else "•"


def factor(ratio: float) -> str:
    """Write a ratio as a factor: `×2`, and below 1 by its inverse, `÷1.5`."""
    times = max(ratio, 1 / ratio)
    digits = next(digits for digits in range(4) if digits == 3 or abs(round(times, digits) / times - 1) < NEARLY)
    shown = f"{times:,.{digits}f}" if times < TOO_LONG else f"{times:.1e}".replace("e+0", "e").replace("e+", "e")
    shown = "∞" if times >= ENDLESS else shown.replace(".0e", "e")
    return f"{'÷' if ratio < 1 and shown != '1' else '×'}{shown}"


def times(gap: Gap, number: float) -> str:
    """Write the ratio that an OOM figure stands for: `112×`; empty for a gap in another unit."""
    from hypotheses.reports.figures import times as ratio  # noqa: PLC0415 - as in `amount`

    return ratio(gap, number)
