"""The gaps as a chart: each as it is now and with all explanations weighed, and how likely it is then closed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from hypotheses.debate import OOM, Gap
from hypotheses.reports.charts.scales import Scale, axis, scale_over
from hypotheses.reports.charts.svg import (
    SMALL,
    WIDE,
    box,
    cut,
    diamond,
    legend,
    line,
    mark,
    picture,
    whisker,
    width_of,
    words_at,
    wrapped,
)
from hypotheses.reports.figures import amount, interval, with_unit
from hypotheses.reports.result_text import chance, in_words

if TYPE_CHECKING:
    from hypotheses.estimates import Chances, GapEstimate, Result

_LEGEND: Final = 34.0
_FIGURES: Final = 84.0
_ROW: Final = 46.0
_NARROW_ROW: Final = 66.0
_FOOT: Final = 34.0
_PLAIN: Final = Gap("", "", unit="")


def gap_chart(gaps: Sequence[GapEstimate], *, width: float = WIDE, name: str = "gaps") -> str:
    """Draw each gap: ● as it is now, ◆ with every explanation weighed; those of one unit on one axis."""
    wide = width >= WIDE
    titles = 250.0 if wide else 0.0
    by_unit: dict[str, list[GapEstimate]] = {}
    for gap in gaps:
        by_unit.setdefault(gap.gap.unit, []).append(gap)
    parts, top = _legend(), _LEGEND
    for alike in by_unit.values():
        ends = [x for gap in alike for result in _results(gap) for x in (result.p5, result.median, result.p95)]
        scale = scale_over(ends, titles + 8, width - titles - 24 - _FIGURES, zero=alike[0].gap.unit == OOM)
        drawn, top = _panel(alike, scale, top, wide)
        parts += drawn
    about = " ".join(_told(gap) for gap in gaps) or "There are no gaps yet."
    return picture(width, top, parts, name=name, title="The gaps now, and with all explanations weighed", about=about)


def _results(gap: GapEstimate) -> list[Result]:
    return [gap.now, *([gap.weighed] if gap.weighed else [])]


def _legend() -> list[str]:
    now, weighed = mark("circle", class_="held", cx=10.0, cy=0.0, r=5.0), diamond(10, 0, 6, "says")
    return legend([(now, "now"), (weighed, "all weighed"), (whisker(0, 20, 0, "reach"), "90% interval")])


def _panel(gaps: Sequence[GapEstimate], scale: Scale, top: float, wide: bool) -> tuple[list[str], float]:
    """Return the marks of the gaps of one unit, and where they end."""
    height = _ROW if wide else _NARROW_ROW
    bottom = top + height * len(gaps)
    parts = []
    tolerances = {gap.tolerance for gap in gaps if gap.tolerance is not None}
    if len(tolerances) == 1 and scale.low <= 0 <= scale.high:
        size = tolerances.pop()
        parts.append(box(scale.at(-size), top, scale.at(size) - scale.at(-size), bottom - top, "band"))
    unit = gaps[0].gap.unit
    labels = [
        (tick, amount(Gap("", "", unit=unit if unit != OOM else ""), tick)) for tick in scale.ticks(6 if wide else 4)
    ]
    parts += axis(scale, top, bottom, labels)
    if scale.low < 0 < scale.high:
        parts.append(line(scale.at(0), top, scale.at(0), bottom, "axis"))
    parts.append(words_at(scale.start + scale.length + 16, bottom + 16, unit, "quiet", size=SMALL))
    for place, gap in enumerate(gaps):
        parts += _row(gap, scale, top + height * place, height, wide)
    return parts, bottom + _FOOT


def _row(gap: GapEstimate, scale: Scale, top: float, height: float, wide: bool) -> Iterator[str]:
    label = gap.gap.label or gap.gap.symbol
    lines = wrapped(label, scale.start - 24) if wide else [cut(label, scale.start + scale.length + _FIGURES)]
    middle = top + height / 2 if wide else top + height - 22
    start = middle + 5 - 9 * (len(lines) - 1) if wide else top + 20
    for number, words in enumerate(lines):
        yield words_at(0, start + 18 * number, words)
    right = scale.start + scale.length + 16
    yield from _interval(gap.now, scale, middle - 8, "now", "held")
    yield words_at(right, middle - 3, amount(gap.gap, gap.now.median), "held")
    if gap.weighed:
        yield from _interval(gap.weighed, scale, middle + 8, "reach", "says")
        yield words_at(right, middle + 14, amount(gap.gap, gap.weighed.median), "says")


def _interval(result: Result, scale: Scale, y: float, stroke: str, fill: str) -> Iterator[str]:
    if result.p5 != result.p95:
        yield whisker(scale.at(result.p5), scale.at(result.p95), y, stroke)
    x = scale.at(result.median)
    yield diamond(x, y, 6.0, fill) if fill == "says" else mark("circle", class_=fill, cx=x, cy=y, r=5.0)


def _told(gap: GapEstimate) -> str:
    def figure(result: Result) -> str:
        spread = interval(gap.gap, result)
        return with_unit(gap.gap, result.median) + (f", {spread}" if spread else "")

    weighed = f"; all weighed {figure(gap.weighed)}" if gap.weighed else ""
    return f"{gap.gap.label or gap.gap.symbol}: now {figure(gap.now)}{weighed}."


_KINDS: Final[Mapping[str, str]] = {"overshot": "says", "closed": "for", "open": "neutral"}


def chance_bar(likely: Chances, *, width: float = WIDE, name: str = "chances") -> str:
    """Draw how likely a gap is overshot, closed and open, as parts of one bar with their names under it."""
    parts, x, free = [], 0.0, 0.0
    shown = {kind: getattr(likely, kind) for kind in _KINDS}
    for kind, share in shown.items():
        parts.append(box(x + 1, 2, share * width - 2, 14, _KINDS[kind], opacity=0.75))
        words = f"{kind} {chance(share)}"
        place = min(max(x + 1, free), width - width_of(words, SMALL))
        parts.append(words_at(place, 34, words, "quiet", size=SMALL))
        x, free = x + share * width, place + width_of(words, SMALL) + 14
    return picture(width, 40, parts, name=name, title="How likely it is closed, all weighed", about=in_words(likely))
