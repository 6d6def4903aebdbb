"""How a cell of the matrix, and what stands left of the cells, is written: a glyph, and a colour beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from textual.content import Content

from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis
from hypotheses.matrix import Figures
from hypotheses.people import cell_disagreement
from tui.matrix.layout import BESIDE, MARK, Layout
from tui.number_text import bar
from tui.terminal.clean import content
from tui.widgets.rating import NO_VIEW, rating_parts

REASON, DIFFER, REMARK = '"', "≠", "#"
"""Marks beside a rating: it has a reason, people differ on it, there are comments."""
ROOMY: Final = 12
"""Cells from which on a rating has a blank in it."""
RETRACTED: Final = "✗"
MOST_TELLING: Final = 1.15
"""The diagnosticity that fills the bar: half of the cells `++` and half of them blank have ln 10 / 2 = 1.15."""


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """What the matrix shows. Another one is another one: to compare ten thousand items takes too long for a key."""

    debate: Debate
    columns: tuple[Hypothesis, ...] = ()
    """The hypotheses in the order of the ranking."""
    figures: Figures = field(default_factory=Figures)
    remarks: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """Key and slug -> number of comments on that cell."""


def cell_parts(cell: Assessment | None, remarks: int, width: int = ROOMY) -> list[tuple[str, str]]:
    """Write a cell of so many cells: the rating and its marks; a blank one is a dot."""
    if cell is None:
        parts = [(NO_VIEW, "$hint")]
    else:
        parts = rating_parts(cell.ratio, close=width < ROOMY)
        if cell.why:
            parts.append((REASON, "$foreground"))
        if cell.others and cell_disagreement(cell) > 0:
            parts.append((DIFFER, "$foreground"))
    if remarks:
        parts.append((REMARK, "$foreground"))
    return parts


def fitted(parts: list[tuple[str, str]], width: int, on: str = "") -> Content:
    """Write parts into exactly so many cells; `on` is the style of all of it."""
    return Content.assemble(*parts).truncate(max(0, width), ellipsis=True, pad=True).stylize(on)


def beside_title(name: str, evidence: Evidence, figures: Figures) -> list[tuple[str, str]]:
    """Write what stands between title and cells."""
    match name:
        case "tells":
            full, empty = bar(figures.diagnosticity.get(evidence.key, 0.0) / MOST_TELLING, 4)
            return [(full, "$you"), (empty, "$surface-lighten-2")]
        case "counts":
            weight = figures.weights.get(evidence.key)
            return [("" if weight is None else f"{weight:.2f}", "$label")]
        case "date":
            return [(evidence.date[:7], "$label")]
        case "cluster":
            return [(content(evidence.cluster).plain, "$label")]
        case _:
            return [(f"{short_weight(evidence.credibility)}·{short_weight(evidence.relevance)}", "$label")]


def short_weight(weight: float | None) -> str:
    """Write a credibility or relevance in four cells at most: `low`, `med`, `high`, `0.6`, or `–` if not stated."""
    if weight is None:
        return "–"
    return {0.5: "low", 0.75: "med", 1.0: "high"}.get(weight, f"{weight:.2g}")


def row_start(evidence: Evidence, figures: Figures, layout: Layout) -> Content:
    """Write what stands left of the cells."""
    title = content(evidence.title).truncate(max(0, layout.title - 1), ellipsis=True, pad=True)
    if evidence.retracted:
        title = title.stylize("$label strike")
    parts: list[Content | tuple[str, str] | str] = [
        (f"{RETRACTED if evidence.retracted else ' ':<{MARK}}", "$today"),
        title,
        " ",
    ]
    for name in layout.beside:
        parts += [fitted(beside_title(name, evidence, figures), BESIDE[name] - 1), " "]
    return Content.assemble(*parts)


def described(cell: Assessment | None) -> str:
    """Say in words what a rating says of its hypothesis."""
    if cell is None:
        return "not rated yet"
    if cell.ratio is None:
        return "has nothing to do with this explanation"
    if cell.ratio == 1:
        return "as likely if true as if not"
    times = cell.ratio if cell.ratio > 1 else 1 / cell.ratio
    return f"{times:.3g} times {'likelier' if cell.ratio > 1 else 'less likely'} if true than if not"
