"""The distribution of a gap as a chart: how probable each part of its values is, now and with all weighed."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from hypotheses.debate import OOM, Gap
from hypotheses.reports.charts.scales import Scale, axis, scale_over
from hypotheses.reports.charts.svg import SMALL, WIDE, box, legend, line, mark, number, picture, words_at
from hypotheses.reports.figures import amount, interval, tolerance, with_unit
from hypotheses.reports.result_text import chance

if TYPE_CHECKING:
    from hypotheses.estimates import GapEstimate, Result

BINS: Final = 72
"""Into so many parts the axis is divided; of each the probability is drawn."""
_TAIL: Final = 0.5
"""Percent of a distribution that may lie beyond each end."""
_MASS, _SPIKE = 0.02, 4.0
_TOP, _HEIGHT = 34.0, 150.0


def distribution_chart(gap: GapEstimate, *, width: float = WIDE, name: str = "distribution") -> str:
    """Draw the gap with all explanations weighed as a filled shape, as it is now as a line, and where it is closed."""
    drawn = gap.weighed or gap.now
    ends = [result.percentile(p) for result in (gap.now, drawn) for p in (_TAIL, 100 - _TAIL)]
    scale = scale_over(ends, 8, width - 16, zero=gap.gap.unit == OOM)
    bottom = _TOP + _HEIGHT
    unit = "" if gap.gap.unit == OOM else gap.gap.unit
    labels = [(tick, amount(Gap("", "", unit=unit), tick)) for tick in scale.ticks(8 if width >= WIDE else 4)]
    parts = [*_closed(gap, scale), *axis(scale, _TOP, bottom, labels)]
    edges = _edges(scale)
    shares, now = _shares(drawn, edges), _shares(gap.now, edges)
    spikes = _spikes(shares)
    smooth = [share for place, share in enumerate(shares) if place not in spikes]
    top = max([*smooth, *(now if gap.now.p5 != gap.now.p95 else ())]) or 1.0
    if drawn.p5 != drawn.p95:
        parts.append(mark("path", class_="says", opacity=0.55, d=_outline(scale, edges, shares, top, closed=True)))
    if gap.now.p5 == gap.now.p95:
        parts.append(line(scale.at(gap.now.median), _TOP, scale.at(gap.now.median), bottom, "now", width=2))
    elif gap.weighed:
        parts.append(mark("path", class_="now", stroke_width=2, d=_outline(scale, edges, now, top, closed=False)))
    parts += [line(scale.start, bottom, scale.start + scale.length, bottom, "axis"), *_legend(gap)]
    for place in spikes:
        x = scale.at(edges[place]) - 6
        parts.append(words_at(x, _TOP + 16, chance(shares[place]), "says", anchor="end", size=SMALL))
    label = gap.gap.label or gap.gap.symbol
    parts.append(words_at(width - 8, bottom + 34, gap.gap.unit, "quiet", anchor="end", size=SMALL))
    return picture(
        width, bottom + 40, parts, name=name, title=f"{label}: what it may come to", about=_about(gap, label)
    )


def _legend(gap: GapEstimate) -> list[str]:
    entries = [(line(0, 0, 20, 0, "now", width=2), f"now {amount(gap.gap, gap.now.median)}")]
    if gap.weighed:
        filled = box(4, -6, 12, 12, "says", opacity=0.55)
        entries.append((filled, f"all weighed {amount(gap.gap, gap.weighed.median)}"))
    if gap.tolerance is not None:
        entries.append((box(4, -6, 12, 12, "band"), "closed"))
    return legend(entries)


def _closed(gap: GapEstimate, scale: Scale) -> Iterator[str]:
    size = gap.tolerance
    if size is not None and scale.low <= size and -size <= scale.high and not scale.orders:
        yield box(scale.at(-size), _TOP, scale.at(size) - scale.at(-size), _HEIGHT, "band")


def _edges(scale: Scale) -> list[float]:
    if scale.orders:
        low, high = math.log10(scale.low), math.log10(scale.high)
        return [10 ** (low + (high - low) * place / BINS) for place in range(BINS + 1)]
    return [scale.low + (scale.high - scale.low) * place / BINS for place in range(BINS + 1)]


def _shares(result: Result, edges: Sequence[float]) -> list[float]:
    """Return the probability of each part; what is one number, or a mass, is in the part where it lies."""
    below = [result.cdf(edge) for edge in edges]
    return [max(0.0, upto - start) for start, upto in pairwise(below)]


def _spikes(shares: Sequence[float]) -> list[int]:
    """Return the parts that hold a mass: far more than those beside them. They are cut off, with their probability."""
    around = [0.0, *shares, 0.0]
    return [
        place
        for place, share in enumerate(shares)
        if share > _MASS and share > _SPIKE * max(around[place], around[place + 2]) and sum(shares) - share > _MASS
    ]


def _outline(scale: Scale, edges: Sequence[float], shares: Sequence[float], top: float, *, closed: bool) -> str:
    bottom = _TOP + _HEIGHT
    path = f"M{number(scale.at(edges[0]))} {number(bottom)}"
    for edge, share in zip(edges[1:], shares, strict=True):
        path += f"V{number(bottom - min(share / top, 1) * (_HEIGHT - 8))}H{number(scale.at(edge))}"
    return path + f"V{number(bottom)}" + ("z" if closed else "")


def _about(gap: GapEstimate, label: str) -> str:
    def told(result: Result) -> str:
        spread = interval(gap.gap, result)
        return with_unit(gap.gap, result.median) + (f", with 90% from {spread}" if spread else "")

    weighed = f" With all explanations weighed: {told(gap.weighed)}." if gap.weighed else ""
    closed = f" Closed is {tolerance(gap.gap)}." if gap.tolerance is not None else ""
    return f"{label}, now: {told(gap.now)}.{weighed}{closed}"
