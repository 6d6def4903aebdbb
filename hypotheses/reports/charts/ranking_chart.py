"""The ranking as a chart: what is held, and what the evidence says with its span over the doubts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from hypotheses.debate import Debate, Hypothesis
from hypotheses.doubted import Doubted
from hypotheses.ranking import format_plausibility, format_span, ranked
from hypotheses.reports.charts.scales import Scale, axis
from hypotheses.reports.charts.svg import (
    SMALL,
    WIDE,
    cut,
    diamond,
    legend,
    line,
    mark,
    picture,
    whisker,
    words_at,
    wrapped,
)

MOST: Final = 40
"""So many explanations are drawn, the most plausible ones."""
_LEGEND: Final = 34.0
_FIGURES: Final = 92.0
"""The room for the figures at the right."""
_TICKS: Final = tuple((percent / 100, f"{percent}%") for percent in (0, 25, 50, 75, 100))


class _Room(NamedTuple):
    """Where a row is drawn."""

    top: float
    height: float
    wide: bool
    """Whether titles stand beside the marks, not above."""


def ranking_chart(debate: Debate, says: Doubted, *, width: float = WIDE, name: str = "ranking") -> str:
    """Draw each explanation by rank: ● what is held, ◆ what the evidence says, ├ ┤ its span over the doubts."""
    everyone = ranked(debate)
    shown, wide = everyone[:MOST], width >= WIDE
    titles = 270.0 if wide else 0.0
    scale = Scale(0.0, 1.0, titles + 22, width - titles - 44 - _FIGURES)
    height = 44.0 if wide else 62.0
    bottom = _LEGEND + height * len(shown)
    parts = [*_legend(bool(says.counted)), *axis(scale, _LEGEND, bottom, _TICKS)]
    for place, h in enumerate(shown):
        parts += _row(place + 1, h, says, scale, _Room(_LEGEND + height * place, height, wide))
    return picture(
        width,
        bottom + 24,
        parts,
        name=name,
        title="The explanations, the most plausible first",
        about=_about(shown, says),
    )


def _legend(spans: bool) -> list[str]:
    held, says = mark("circle", class_="held", cx=10.0, cy=0.0, r=5.0), diamond(10, 0, 6, "says")
    reach = [(whisker(0, 20, 0, "reach"), "over the doubts")] if spans else []
    return legend([(held, "held"), (says, "the evidence says"), *reach])


def _row(rank: int, h: Hypothesis, says: Doubted, scale: Scale, room: _Room) -> Iterator[str]:
    top, height, wide = room
    middle = top + height / 2 if wide else top + height - 18
    if rank > 1:
        yield line(0, top, scale.start + scale.length + _FIGURES + 22, top, "grid")
    yield words_at(0, middle + 5 if wide else top + 22, str(rank), "quiet")
    width = scale.start - 44 if wide else scale.start + scale.length + _FIGURES
    lines = wrapped(h.title, width) if wide else [cut(h.title, width)]
    start = middle + 5 - 9 * (len(lines) - 1) if wide else top + 22
    for number, words in enumerate(lines):
        yield words_at(20, start + 18 * number, words)
    implied, (low, high) = says.rated.implied[h.slug], says.span(h.slug)
    yield line(scale.at(h.plausibility), middle, scale.at(implied), middle, "thread")
    if low != high:
        yield whisker(scale.at(low), scale.at(high), middle, "reach")
    yield diamond(scale.at(implied), middle, 6.5, "says")
    yield mark("circle", class_="held", cx=scale.at(h.plausibility), cy=middle, r=5.5)
    right = scale.start + scale.length + 16
    yield words_at(right, middle - 4 if wide else middle - 2, format_plausibility(h.plausibility), "held")
    span = format_span((low, high))
    told = format_plausibility(implied) + (f" {span}" if span else "")
    yield words_at(right, middle + 12, told, "says", size=SMALL)


def _about(shown: tuple[Hypothesis, ...], says: Doubted) -> str:
    rows = []
    for rank, h in enumerate(shown, 1):
        span = format_span(says.span(h.slug))
        told = f"the evidence says {format_plausibility(says.rated.implied[h.slug])}" + (f", {span}" if span else "")
        rows.append(f"{rank}. {h.title}: held {format_plausibility(h.plausibility)}, {told}.")
    return " ".join(rows) or "There are no explanations yet."
