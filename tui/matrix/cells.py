"""How a cell of the matrix, and what stands left of the cells, is written: a glyph, and a colour beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from textual.content import Content

from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis
from hypotheses.matrix import Figures
from hypotheses.people import cell_disagreement
from hypotheses.summed import Cluster, Sum
from tui.evidence.evidence_list import weight_bar
from tui.matrix.layout import BESIDE, MARK, Layout
from tui.number_text import factor
from tui.terminal.clean import content
from tui.widgets.rating import NO_VIEW, rating_parts

REASON, DIFFER, REMARK = '"', "≠", "#"
"""Marks beside a rating: it has a reason, people differ on it, there are comments."""
ROOMY: Final = 11
"""Cells from which on a rating has a blank in it."""
RETRACTED: Final = "✗"
FOLDED, OPEN = "▸", "▾"
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
        parts = rating_parts(cell.ratio, close=width < ROOMY, shaded=True)
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


def sum_parts(cell: Sum, remarks: int, width: int = ROOMY) -> list[tuple[str, str]]:
    """Write a cell of a cluster: what its findings add up to, and how many they are if more than one and it fits."""
    rating = rating_parts(cell.ratio, close=width < ROOMY, shaded=True)
    many = f" {cell.findings}" if cell.findings > 1 else ""
    mark = REMARK if remarks else ""
    room = width - 2 - sum(len(text) for text, _ in rating)
    shown = f"{many}{mark}" if len(many + mark) <= room else mark
    return [*rating, (shown, "$foreground")] if shown else rating


def beside_title(name: str, of: Evidence | Cluster, tells: float, counts: float | None) -> Content:
    """Write what stands between title and cells: how well it tells the explanations apart, how much it counts."""
    match name:
        case "tells":
            written = weight_bar(min(tells, MOST_TELLING), MOST_TELLING, BESIDE[name] - 2)
        case "counts":
            written = "" if counts is None else f"{counts:.2f}"
        case "dated":
            written = of.date[:7] if isinstance(of, Evidence) else years(of.dates)
        case _ if isinstance(of, Evidence):
            written = f"{short_weight(of.credibility)}·{short_weight(of.relevance)}"
        case _:
            written = ""
    return fitted([(written, "$label")], BESIDE[name])


def years(dates: tuple[str, ...]) -> str:
    """Write from which year to which some evidence is: `2022–25`."""
    ends = dict.fromkeys(date[:4] for date in dates)
    return "–".join(year[2 * place :] for place, year in enumerate(ends))


def short_weight(weight: float | None) -> str:
    """Write a credibility or relevance in four cells at most: `low`, `med`, `high`, `0.6`, or `–` if not stated."""
    if weight is None:
        return "–"
    return {0.5: "low", 0.75: "med", 1.0: "high"}.get(weight, f"{weight:.2g}")


def item_start(evidence: Evidence, layout: Layout, *, under: bool) -> Content:
    """Write mark and title of an item, a little further in where it stands under its cluster."""
    title = content(evidence.title)
    if evidence.retracted:
        title = title.stylize("$label strike")
    mark = (f" {RETRACTED if evidence.retracted else ' '} ", "$today")
    line = ("│ ", "$rule") if under else ""
    return _started(Content.assemble(mark, line), title, "", layout)


def cluster_start(cluster: Cluster, layout: Layout, shown: int, *, is_open: bool) -> Content:
    """Write mark, name and size of a cluster; where not all of its items were chosen, how many were."""
    size = len(cluster.keys)
    many = f" {size}" if shown == size else f" {shown} of {size}"
    mark = (f" {OPEN if is_open else FOLDED} ", "$you")
    return _started(Content.assemble(mark), content(cluster.name, "bold"), many, layout)


def _started(mark: Content, title: Content, many: str, layout: Layout) -> Content:
    room = max(0, MARK + layout.title - 1 - mark.cell_length - len(many))
    title = title.truncate(room, ellipsis=True)
    whole = Content.assemble(mark, title, (many, "$label"))
    return whole.truncate(MARK + layout.title, pad=True)


def described(cell: Assessment | None) -> str:
    """Say in words what a rating says of its hypothesis."""
    if cell is None:
        return "not rated yet"
    if cell.ratio is None:
        return "has nothing to do with this explanation"
    if cell.ratio == 1:
        return "as likely if true as if not"
    return f"{factor(cell.ratio)[1:]} times {'likelier' if cell.ratio > 1 else 'less likely'} if true than if not"
