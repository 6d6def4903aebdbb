"""The matrix as a chart: how each item of evidence moves each explanation, what tells them apart best first."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis
from hypotheses.ranking import ranked
from hypotheses.ratios import format_ratio
from hypotheses.reports.charts.svg import SMALL, WIDE, box, cut, line, picture, width_of, words_at
from hypotheses.reports.figures import moves
from hypotheses.schemes import diagnosticity

MOST_ROWS: Final = 40
MOST_COLUMNS: Final = 10
"""So many items and explanations are drawn; the table beside the chart has all."""
_TOP: Final = 26.0
_FULL: Final = math.log(10)
"""The size of ln ratio from which a mark is as strong as it gets."""


class _Grid(NamedTuple):
    """Where the cells stand."""

    titles: float
    """Where the columns begin."""
    cell: float
    """The width of a column."""
    height: float
    """Of a row."""
    beside: bool
    """Whether titles stand beside the cells, not above."""

    def middle(self, place: int) -> float:
        """Return the middle of a column."""
        return self.titles + self.cell * (place + 0.5)


def matrix_chart(debate: Debate, *, width: float = WIDE, name: str = "matrix") -> str:
    """Draw the ratings: ▲ for and ▼ against with their figures, on a ground that is stronger the more they move."""
    columns, rows = ranked(debate)[:MOST_COLUMNS], told_apart(debate)[:MOST_ROWS]
    beside = width >= WIDE
    cell = min(70.0, (width - 120) / max(len(columns), 1)) if beside else width / max(len(columns), 1)
    grid = _Grid(width - cell * len(columns), cell, 26.0 if beside else 44.0, beside)
    parts = []
    for place, h in enumerate(columns):
        label = cut(f"{place + 1} {h.short_name}", cell - 4, SMALL)
        parts.append(words_at(grid.middle(place), 16, label, "quiet", anchor="middle", size=SMALL))
    for place, item in enumerate(rows):
        parts += _row(item, columns, _TOP + grid.height * place, grid)
    bottom = _TOP + grid.height * len(rows)
    return picture(
        width, bottom + 4, parts, name=name, title="How the evidence moves the explanations", about=_about(debate, rows)
    )


def told_apart(debate: Debate) -> list[Evidence]:
    """Return the evidence, what tells the explanations apart best first; what is retracted last."""
    figures = {e.key: round(diagnosticity(e, debate.hypotheses), 9) for e in debate.evidence.values()}
    return sorted(debate.evidence.values(), key=lambda e: (e.retracted, -figures[e.key]))


def _row(item: Evidence, columns: Sequence[Hypothesis], top: float, grid: _Grid) -> Iterator[str]:
    right = grid.titles + grid.cell * len(columns)
    if top > _TOP:
        yield line(0, top, right, top, "grid")
    year = f" ({item.date[:4]})" if item.date and item.date[:4] not in item.title else ""
    title = f"{'retracted: ' if item.retracted else ''}{item.title}{year}"
    room = grid.titles - 12 if grid.beside else right
    yield words_at(0, top + 17, cut(title, room, SMALL + 1), "quiet" if item.retracted else "word", size=SMALL + 1)
    y = top + grid.height / 2 if grid.beside else top + 31
    for place, h in enumerate(columns):
        if rating := item.assessments.get(h.slug):
            yield from _cell(rating, grid.middle(place), y, grid.cell, retracted=item.retracted)


def _cell(rating: Assessment, x: float, y: float, cell: float, *, retracted: bool) -> Iterator[str]:
    ratio = rating.ratio
    text, kind = moves(ratio), "quiet"
    if ratio is not None and ratio != 1:
        kind = "neutral" if retracted else "for" if ratio > 1 else "against"
        share = min(1.0, abs(math.log(ratio)) / _FULL)
        wide = min(cell - 4, width_of(text, SMALL) + 14)
        yield box(x - wide / 2, y - 10, wide, 20, kind, rx=3.0, opacity=0.06 + 0.16 * share)
    yield words_at(x, y + 4, text, kind, anchor="middle", size=SMALL)


def _about(debate: Debate, rows: Sequence[Evidence]) -> str:
    if not debate.evidence:
        return "There is no evidence yet."
    some = f"The {len(rows)} that tell the explanations apart best of {len(debate.evidence)}. "
    lines = []
    for item in rows[:12]:
        cells = ", ".join(
            f"{debate.hypotheses[slug].short_name} {format_ratio(cell.ratio)}"
            for slug, cell in item.assessments.items()
            if slug in debate.hypotheses
        )
        lines.append(f"{item.title}: {cells or 'not rated'}.")
    return (some if len(rows) < len(debate.evidence) else "") + " ".join(lines)
